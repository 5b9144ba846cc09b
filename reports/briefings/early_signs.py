"""Early signs in a briefing: one grave sighting is a finding, and not noise.

What is told claims one sighting and no more: no team, no place, and since when it is known.
"""

from django.db.models import F, Q

from observations.models import EarlySign, Passage
from reports.briefings.checking import LIMITS
from reports.models import Evidence, Finding
from reports.periods import month_words
from reports.summaries import as_quotable, quoted_at
from reports.summaries.scope import scope_of

KEPT_OPEN = 3  # further ones that are told in a line each
PUT_FORWARD = 1  # kept early signs that a draft tells by itself; others are offered to its writer
Reason = EarlySign.Reason
ONCE, AGAIN = "Seen once, and it may matter: ", "Seen again, and it may matter: "
TOLD = {
    Reason.ODD: "unlike anything that was written before",
    Reason.FLAGGED: "the observer flagged it",
    Reason.LIKE: "like an earlier one that was kept",
}


def in_window(unit, window):
    """The early signs of observations that count, in a unit and all below it, over some months."""
    return EarlySign.objects.in_scope(**scope_of(unit, window).where)


def kept_and_untold(unit, window):
    """What was kept and may be quoted, newest first, and no issue of this unit has told yet."""
    told = Evidence.objects.filter(
        finding__briefing__unit=unit,
        finding__briefing__issued_at__isnull=False,
        finding__sure=Finding.Sure.SINGLE,
        finding__dropped_at=None,
    )
    found = quotable(in_window(unit, window).kept())
    return found.exclude(passage__in=told.values("passage")).order_by("-decided_at", "-pk")


def kept_open(unit, window):
    """Beside those that are a finding: a line for each that was kept, and since when it is known."""
    further = kept_and_untold(unit, window)[PUT_FORWARD : PUT_FORWARD + KEPT_OPEN]
    return "\n".join(f"{claim_of(each)}. {text_of(each)}" for each in further)


def quotable(early_signs):
    return early_signs.filter(passage__in=Passage.objects.quotable()).select_related("passage")


def offered(briefing, user):
    """Kept and open ones that the writer can start a finding from, and that it does not tell yet."""
    mine = EarlySign.objects.visible_to(user)
    here = Evidence.objects.filter(finding__briefing=briefing, finding__dropped_at=None)
    found = in_window(briefing.unit, briefing.window).filter(pk__in=mine)
    return (
        quotable(found.filter(Q(pk__in=found.kept()) | Q(pk__in=found.open())))
        .exclude(passage__in=here.values("passage"))
        .for_lane()
    )


def claim_of(early_sign):
    """Seen once, and it may matter: and then why, in a person's words where there are any."""
    why = early_sign.because if early_sign.state == EarlySign.State.KEPT else ""
    opening = AGAIN if early_sign.seen_again_in.in_lane().exists() else ONCE
    claim = f"{opening}{why.strip().rstrip('.') or reasons_of(early_sign)}"
    return claim if len(claim) <= LIMITS["claim"] else f"{opening}{reasons_of(early_sign)}"


def reasons_of(early_sign):
    """words of fear and shame; or what else made it stand out."""
    kinds = [Reason(reason["kind"]) for reason in early_sign.reasons]
    words = [kind.value for kind in kinds if kind not in TOLD]
    if words:
        *first, last = words
        return f"words of {', '.join(first)} and {last}" if first else f"words of {last}"
    return TOLD[kinds[0]]


def text_of(early_sign):
    """How little it claims."""
    since = month_words(early_sign.passage.month)
    if early_sign.seen_again_in.in_lane().exists():
        return f"First seen in {since}, and something like it since."
    return f"One sighting, of {since}."


def passage_of(early_sign):
    """The sentence as what may be quoted."""
    rows = Passage.objects.filter(pk=early_sign.passage_id).with_answers()
    placed = quoted_at(
        rows.filter(early_signs=early_sign), F("early_signs__start"), F("early_signs__end")
    )
    return as_quotable(placed, early_sign.passage.unit.zone)[0]
