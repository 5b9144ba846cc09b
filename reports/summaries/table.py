"""All counts of a summary as rows of a table, for a spreadsheet."""

from observations.meeting_facts import DRAWN
from practicelens.harmless import harmless

HEAD = ["Figure", "Of what", "Measure", "Count"]


def rows(summary):
    """[figure, of what, measure, count]: text, and counts as numbers."""
    for row in rows_of(summary):
        yield [harmless(cell) for cell in row]


def clause_rows(found):
    """[figure, of what, measure, count] of a summary that is read by the clauses of a standard."""
    figure = f"Clauses, observations ({found.standard.name})"
    for row in found.clauses:
        for measure, count in {
            "Spoke to it": row.spoken.observations,
            "With a criterion in the upper half of its levels": row.spoken.upper,
            "With a criterion in the lower half of its levels": row.spoken.lower,
            "With an opportunity missed": row.spoken.missed,
            "Criteria of the framework linked to it": len(row.rows),
        }.items():
            yield [harmless(cell) for cell in (figure, str(row.clause), measure, count)]


def rows_of(summary):
    yield from whole(summary)
    for row in summary.criteria:
        yield from criterion(row)
    for row in summary.themes:
        for measure in ("helps", "hinders", "neither", "suggested"):
            words = "Suggested, not confirmed" if measure == "suggested" else measure.capitalize()
            yield ["Themes, passages", row.theme.name, words, getattr(row, measure)]
    for row in summary.causes:
        yield ["Causes", row.label, "Opportunities missed", row.missed]
    yield from friction(summary)
    for row in summary.proximity:
        yield ["Proximity", row.label, "Observations", row.observations]
    for row in summary.coverage:
        for column, count in zip(summary.columns, row.counts, strict=True):
            yield ["Coverage, observations", row.unit.name, column.label, count]
    yield from meetings_of(summary.meetings)
    yield from families_of(summary.families)
    yield from lenses_of(summary)


def whole(summary):
    for measure, count in {
        "Observations": summary.observations,
        "Observations in the last month": summary.month_observations,
        "Observers": len(summary.observers),
        "Teams": summary.teams,
        "Teams seen": summary.teams_seen,
        "Teams seen in the last month": summary.month_teams_seen,
        "Minutes observed": summary.minutes,
        "Observations that say how the observer’s presence may have changed it": summary.watched,
        "Agreed": summary.replies.agreed,
        "Disagreed": summary.replies.disagreed,
        "No reply": summary.replies.no_reply,
        "Waiting for a reply": summary.replies.waiting,
        "Not shared yet": summary.replies.not_shared,
        "No one practitioner": summary.replies.no_practitioner,
    }.items():
        yield ["All", summary.unit.name, measure, count]


def criterion(row):
    name = f"{row.criterion.code} {row.label}"
    figure = f"Criteria, counted apart ({row.apart})" if row.apart else "Criteria"
    for level, count in zip(row.levels, row.counts, strict=True):
        yield [figure, name, level, count]
    yield [figure, name, "Opportunity missed", row.missed]
    yield [figure, name, "Not seen", row.not_seen]
    yield [figure, name, "Asked about", row.of]


def friction(summary):
    for row in summary.friction:
        yield ["Friction", row.label, "Entries that got in the way", row.hindered]
        yield ["Friction", row.label, "Minutes lost", row.lost]
        yield ["Friction", row.label, "Entries that helped", row.helped]
        yield ["Friction", row.label, "Minutes gained", row.gained]


def families_of(families):
    if not families.cards:
        return
    yield ["Families’ words", "All", "Cards that came in", families.cards]
    for row in families.questions:
        for answer, count in (("Yes", row.yes), ("A bit", row.partly), ("No", row.no)):
            yield ["Families’ words", row.label, answer, count]


def lenses_of(summary):
    """How risk was spoken of, where it was marked, and what began from the questions of lenses."""
    if summary.risk.seen:
        for kind, count in summary.risk.counts:
            yield ["Risk statements", kind.label, "Passages", count]
        yield ["Risk statements", "All", "Observations", summary.risk.observations]
    for row in summary.systems:
        yield ["Systems by name", row.label, "Entries", row.entries]
        yield ["Systems by name", row.label, "Minutes lost", row.lost]
    for row in summary.lenses:
        yield ["Lenses", row.label, "Passages from its questions", row.passages]
        yield ["Lenses", row.label, "Observations with such a passage", row.observations]


def meetings_of(meetings):
    yield ["Meetings", "All", "Meetings observed", meetings.meetings]
    yield ["Meetings", "All", "Timed", meetings.timed]
    yield ["Meetings", "Asked first", "Known in", meetings.asked]
    yield ["Meetings", "Asked first", "Someone of the family", meetings.asked_family]
    for fact in DRAWN:
        for _, label, count in meetings.noted[fact.name]:
            yield ["Meetings", fact.told, label, count]
    for row in meetings.talk:
        yield ["Meetings", row.label, "Minutes spoken", row.minutes]
