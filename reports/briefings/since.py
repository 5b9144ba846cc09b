"""What became of the recommendations of earlier issues, overdue first."""

from datetime import datetime, time, timedelta

from practicelens.numbers import count_words, plural
from practicelens.people.models import know_zones
from reports.models import Briefing, Decision, Recommendation
from reports.periods import day_words

ROWS = 6  # on the page; what is left is counted in the heading
ORDER = ("Overdue", "Waiting", "Under way", "Done", "Not now", "Declined")


def since_section(briefing, on):
    """The section of the content, as things stood on a day."""
    rows = rows_of(briefing, on)
    left = len(rows) - ROWS
    return {
        "key": "since",
        "kicker": "Since last time: overdue first",
        "heading": heading_of(rows),
        "text": [f"{left} more are still open; the list of recommendations has them."]
        if left > 0
        else [],
        "side": [],
        "rows": rows[:ROWS],
    }


def heading_of(rows):
    if not rows:
        return "Nothing was open"
    overdue = sum(row["state"] == "Overdue" for row in rows)
    done = sum(row["state"] == "Done" for row in rows)
    if overdue:
        verb = "is" if overdue == 1 else "are"
        return f"{count_words(overdue).capitalize()} of {count_words(len(rows))} {verb} overdue"
    if done:
        verb = "is" if done == 1 else "are"
        return f"{count_words(done).capitalize()} of {count_words(len(rows))} {verb} done"
    return "None is overdue"


def rows_of(briefing, on):
    """Asks of earlier issues that are open, or that were settled since the last issue."""
    before = last_issued(briefing)
    since = briefing.unit.day_of(before.issued_at) if before else None
    recommendations = list(earlier_recommendations(briefing, on))
    know_zones(recommendation.briefing.unit for recommendation in recommendations)
    rows = [(recommendation, *state_on(recommendation, on)) for recommendation in recommendations]
    kept = [row for row in rows if not was_told(row[0], row[1], since, on)]
    return [row_of(*row, on) for row in sorted(kept, key=order)]


def earlier_recommendations(briefing, on):
    ends = datetime.combine(on + timedelta(days=1), time.min, briefing.unit.zone)
    earlier = Recommendation.objects.issued().filter(
        briefing__unit=briefing.unit,
        briefing__month__lt=briefing.month,
        briefing__issued_at__lt=ends,
    )
    return earlier.for_list().defer("briefing__content", "briefing__figures")


def last_issued(briefing):
    """The last issue of an earlier month, or None."""
    earlier = Briefing.objects.standing().filter(unit=briefing.unit, month__lt=briefing.month)
    return earlier.order_by("-month").first()


def state_on(recommendation, on):
    """(state, days) of a recommendation as it stood on a day; days late where it is overdue."""
    decision = decision_on(recommendation, on)
    if decision is None:
        return late(recommendation.due_on, on, "Waiting")
    if decision.done_on and decision.done_on <= on:
        return "Done", day_words(decision.done_on, year=False)
    if decision.promises:
        return late(decision.act_by, on, "Under way")
    return decision.state, day_words(decided_on(recommendation), year=False)


def decision_on(recommendation, on):
    decision = getattr(recommendation, "decision", None)
    return decision if decision and decided_on(recommendation) <= on else None


def decided_on(recommendation):
    return recommendation.briefing.unit.day_of(recommendation.decision.decided_at)


def late(due, on, otherwise):
    days = (on - due).days if due else 0
    if days > 0:
        return "Overdue", plural(days, "day")
    return otherwise, f"by {day_words(due, year=False)}" if due else ""


def was_told(recommendation, state, since, on):
    """Settled before the last issue, which told of it."""
    if since is None or state not in ("Done", "Not now", "Declined"):
        return False
    decision = decision_on(recommendation, on)
    settled = decision.done_on or decided_on(recommendation)
    return settled <= since


def order(row):
    recommendation, state, _ = row
    return (
        ORDER.index(state),
        recommendation.due_on,
        recommendation.briefing_id,
        recommendation.number,
    )


def row_of(recommendation, state, days, on):
    owner = recommendation.owner
    return {
        "state": state,
        "days": days,
        "decision": recommendation.question,
        "owner": owner.post or owner.name,
        "due": f"{recommendation.due_on.day} {recommendation.due_on:%b %Y}",  # a narrow column
        "became": became(recommendation, on),
    }


def became(recommendation, on):
    """What had become of it by a day, in a few words."""
    decision = decision_on(recommendation, on)
    if decision is None:
        return "No answer yet"
    if decision.done_on and decision.done_on <= on and decision.became:
        return decision.became
    words = Decision.Answer(decision.answer).label
    return f"{words}: {first_sentence(decision.reason)}"


def first_sentence(text):
    return text.strip().split(". ")[0].rstrip(".")
