"""What became of the recommendations of earlier issues, overdue first."""

from datetime import datetime, time, timedelta

from practicelens.numbers import count_words, plural
from practicelens.people.models import Unit, know_zones
from reports.models import Briefing, Decision, Recommendation
from reports.periods import day_words, months_after

ROWS = 6  # on the page; what is left is counted in the heading
SAW = "We went back and saw: "
ORDER = ("Overdue", "Waiting", "Under way", "Done", "Not now", "Declined")


def since_section(briefing, on):
    """The section of the content, as things stood on a day."""
    told = Told(briefing)
    kept = kept_rows(briefing, told, on)
    rows = [row_of(*row, briefing, told, on) for row in kept]
    shown = max(ROWS, newly_decided(kept, told, on))
    left = len(rows) - shown
    return {
        "key": "since",
        "kicker": "Since last time: overdue first",
        "heading": heading_of(rows),
        "text": [f"{left} more are still open; the list of recommendations has them."]
        if left > 0
        else [],
        "side": [],
        "rows": rows[:shown],
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
    """Asks of earlier issues that are open, or that were settled since the last issue.

    Those of the units below are among them: a board reads what its services were asked.
    """
    told = Told(briefing)
    return [row_of(*row, briefing, told, on) for row in kept_rows(briefing, told, on)]


def kept_rows(briefing, told, on):
    """[(recommendation, state, days)]: overdue first, then what was decided since the last issue."""
    recommendations = list(earlier_recommendations(briefing, on))
    know_zones(recommendation.briefing.unit for recommendation in recommendations)
    rows = [(recommendation, *state_on(recommendation, on)) for recommendation in recommendations]
    kept = [row for row in rows if not was_told(row[0], row[1], told, on)]
    return sorted(kept, key=lambda row: order(*row, told, on))


def newly_decided(kept, told, on):
    """How many of the kept rows have to be shown so that every decision is told whole once."""
    fresh = [at for at, row in enumerate(kept, start=1) if is_fresh(row[0], told, on)]
    return max(fresh, default=0)


class Told:
    """The days on which a unit's papers of earlier months were issued, the first first."""

    def __init__(self, briefing):
        earlier = Briefing.objects.issued().filter(unit=briefing.unit, month__lt=briefing.month)
        self.days = sorted(map(briefing.unit.day_of, earlier.values_list("issued_at", flat=True)))

    @property
    def last(self):
        return self.days[-1] if self.days else None

    def first_from(self, day):
        """The day of the first paper from a day on, which told what was so by then; or None."""
        return next((each for each in self.days if each >= day), None)


def is_fresh(recommendation, told, on):
    """Whether no paper of the unit has told yet what was decided, or what was seen on going back."""
    if decision_on(recommendation, on) is None:
        return False
    days = [recommendation.decided_on, *back_on(recommendation, on)]
    return any(told.first_from(day) is None for day in days)


def back_on(recommendation, on):
    """[the day on which it was told what was seen on going back, or why nobody went], by a day."""
    told_at = came_back(recommendation)[1]
    day = told_at and recommendation.briefing.unit.day_of(told_at)
    return [day] if day and day <= on else []


def came_back(recommendation):
    """(words, moment) of what was seen on going back, or of why nobody went; else ("", None)."""
    back = getattr(recommendation.decision, "return_visit", None)
    if back and back.tells:
        return f"{SAW}{sentence(back.tells)}", back.saw_at
    if back and back.closed_at:
        return f"Nobody went back: {sentence(back.because)}", back.closed_at
    return "", None


def sentence(words):
    """Its words with one full stop at the end."""
    return words if words[-1:] in "?!" else f"{words.strip().rstrip('.')}."


def earlier_recommendations(briefing, on):
    ends = datetime.combine(on + timedelta(days=1), time.min, briefing.unit.zone)
    earlier = Recommendation.objects.issued().filter(
        briefing__unit__in=Unit.objects.below(briefing.unit),
        briefing__month__lt=briefing.month,
        briefing__issued_at__lt=ends,
    )
    return earlier.for_list().defer("briefing__content", "briefing__figures")


def overdue_answers(briefing):
    """[(key, question, the issue that asked)] of what nobody has answered and was due by its end.

    Nor by now: what was answered while the draft was written is overdue no longer.
    """
    on = months_after(briefing.month, 1)
    rows = kept_rows(briefing, Told(briefing), on)
    return [
        (each.pk, each.question, asked_in(each, briefing))
        for each, state, _ in rows
        if state == "Overdue" and decision_on(each, max(on, briefing.unit.today())) is None
    ]


def asked_in(recommendation, briefing):
    """Issue 14; or issue 3 for Help and protection, where another unit was asked."""
    asked = recommendation.briefing
    of = f" for {asked.unit}" if asked.unit != briefing.unit else ""
    return f"issue {asked.issue}{of}"


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
    return decision.state, day_words(recommendation.decided_on, year=False)


def decision_on(recommendation, on):
    decision = getattr(recommendation, "decision", None)
    return decision if decision and recommendation.decided_on <= on else None


def late(due, on, otherwise):
    days = (on - due).days if due else 0
    if days > 0:
        return "Overdue", plural(days, "day")
    return otherwise, f"by {day_words(due, year=False)}" if due else ""


def was_told(recommendation, state, told, on):
    """Settled before the last issue, which told of it."""
    if told.last is None or state not in ("Done", "Not now", "Declined"):
        return False
    decision = decision_on(recommendation, on)
    settled = decision.done_on or recommendation.decided_on
    return settled <= told.last and not is_fresh(recommendation, told, on)


def order(recommendation, state, days, told, on):
    return (
        state != "Overdue",
        not is_fresh(recommendation, told, on),
        ORDER.index(state),
        recommendation.due_on,
        recommendation.briefing_id,
        recommendation.number,
    )


def row_of(recommendation, state, days, briefing, told, on):
    owner = recommendation.owner
    return {
        "state": state,
        "days": days,
        "decision": of_unit(recommendation, briefing) + recommendation.question,
        "owner": owner.post or owner.name,
        "due": f"{recommendation.due_on.day} {recommendation.due_on:%b %Y}",  # a narrow column
        "became": became(recommendation, told, on),
    }


def of_unit(recommendation, briefing):
    """The name of a unit below before what it was asked."""
    unit = recommendation.briefing.unit
    return f"{unit}: " if unit != briefing.unit else ""


def became(recommendation, told, on):
    """What was decided, whole in the first paper that tells it, and what had become of it by a day."""
    decision = decision_on(recommendation, on)
    if decision is None:
        return "No answer yet"
    words = [decided_in_words(recommendation, decision, told)]
    if decision.done_on and decision.done_on <= on and decision.became:
        words.append(sentence(decision.became))
    if any(told.first_from(day) is None for day in back_on(recommendation, on)):
        words.append(came_back(recommendation)[0])
    return " ".join(words)


def decided_in_words(recommendation, decision, told):
    """Such as “Yes: the forms team starts. Decided on 3 June 2026.”; later the two dates alone."""
    answer = Decision.Answer(decision.answer).label
    day = day_words(recommendation.decided_on)
    told_on = told.first_from(recommendation.decided_on)
    if told_on:
        return f"{answer}, decided on {day} and told on {day_words(told_on)}."
    return f"{answer}: {sentence(decision.reason)} Decided on {day}."
