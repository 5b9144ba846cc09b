"""Words proposed for a theme's list, or to be taken off it: kept, and decided by people."""

from django.db import transaction
from django.utils import timezone

from frameworks import history
from frameworks.models import Change, Theme, ThemeDraft
from observations.models import WordProposal
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.refusals import NotNow


def keep(codebook, found):
    """Keep what is proposed, as (theme's code, WordProposal); never again what was decided once.

    An open proposal that is no longer true goes away.
    """
    themes = {theme.code: theme for theme in codebook.themes.in_use()}
    earlier = {
        (row.theme_id, row.kind, row.word): row
        for row in WordProposal.objects.select_for_update().filter(theme__codebook=codebook)
    }
    put_on_or_off = {(row.theme_id, row.word) for row in earlier.values() if row.is_decided}
    kept = set()
    for code, row in found:
        row.theme = themes[code]
        if (row.theme_id, row.word) in put_on_or_off:
            continue
        known = earlier.get((row.theme_id, row.kind, row.word), row)
        known.seen, known.confirmed = row.seen, row.confirmed
        known.save()
        kept.add(known.pk)
    stale = WordProposal.objects.open().filter(theme__codebook=codebook)
    stale.exclude(pk__in=kept).delete()


@transaction.atomic
def accept(*, proposal, by):
    """Change the theme's list as proposed, remembering what is needed to undo it."""
    proposal, theme = locked_with_theme(proposal, WordProposal.State.OPEN)
    words = list(theme.keywords)
    if proposal.kind == WordProposal.Kind.HIDE:
        if proposal.word not in words:
            raise NotNow
        proposal.place = words.index(proposal.word)
        words.remove(proposal.word)
    elif proposal.word in words:
        raise NotNow
    else:
        words.append(proposal.word)
    change(theme, words, by)
    write_decision(proposal, WordProposal.State.ACCEPTED, by, Entry.Action.CHANGED)


@transaction.atomic
def dismiss(*, proposal, by):
    """Leave the list as it is; the word is not proposed again."""
    proposal, _ = locked_with_theme(proposal, WordProposal.State.OPEN)
    write_decision(proposal, WordProposal.State.DISMISSED, by, Entry.Action.DECIDED)


@transaction.atomic
def undo(*, proposal, by):
    """Put the list back as it was before the proposal was accepted."""
    proposal, theme = locked_with_theme(proposal, WordProposal.State.ACCEPTED)
    words = list(theme.keywords)
    if proposal.kind == WordProposal.Kind.ADD and proposal.word in words:
        words.remove(proposal.word)
    elif proposal.kind == WordProposal.Kind.HIDE and proposal.word not in words:
        words.insert(proposal.place, proposal.word)
    change(theme, words, by)
    write_decision(proposal, WordProposal.State.UNDONE, by, Entry.Action.CHANGED)


def locked_with_theme(proposal, state):
    """The theme's row and the proposal's, locked, so that no two change one list at once."""
    theme = Theme.objects.select_for_update().get(pk=proposal.theme_id)
    held = WordProposal.objects.select_for_update().filter(pk=proposal.pk, state=state).first()
    if held is None:
        raise NotNow
    held.theme = theme
    return held, theme


def change(theme, words, by):
    """As an admin's own change of the list: in the theme's history, and seen by who edits it now."""
    before, theme.keywords = theme.keywords, words
    theme.revision += 1
    theme.save(update_fields=["keywords", "revision"])
    history.write_down(
        Change.Verb.CHANGED,
        theme,
        theme.codebook,
        by,
        before={"keywords": before},
        after={"keywords": words},
    )
    change_what_waits(theme, before, words)


def change_what_waits(theme, before, words):
    """Make the same change in the theme's draft, or the word would come back when the draft is used."""
    draft = ThemeDraft.objects.select_for_update().filter(theme=theme).first()
    if draft is None:
        return
    kept = [word for word in draft.keywords if word not in before or word in words]
    draft.keywords = kept + [word for word in words if word not in before and word not in kept]
    draft.revision += 1
    draft.save(update_fields=["keywords", "revision"])


def write_decision(proposal, state, by, action):
    proposal.state = state
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save(update_fields=["state", "place", "decided_by", "decided_at"])
    unit = proposal.theme.codebook.unit
    record(by=by, action=action, what=proposal, unit=unit)
