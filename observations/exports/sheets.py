"""What goes out of observations: a sheet of them, one of their passages, one of their ratings."""

from io import BytesIO

from django.db.models import Prefetch
from openpyxl import Workbook

from frameworks.files.spreadsheet_out import CELL_HOLDS, add_sheet
from frameworks.plain_text import writable
from observations.models import Mention, Passage, Rating, Redaction
from practicelens.harmless import harmless_csv

MOST = 2_000  # observations at once
SHEETS = {
    "observations": [
        *["Observation", "Day", "Team", "Kind of work", "Setting", "When in the day", "Minutes"],
        *["In person or remote", "How observed", "Who was there", "Family asked", "Observer"],
        *["Practitioner", "Reply", "Framework", "Version", "Imported from"],
    ],
    "passages": [
        *["Observation", "Day", "Team", "Kind of work", "Passage", "How it is known", "Under"],
        *["Text", "Themes confirmed", "Suggested, not confirmed", "Names to settle"],
        *["Reply", "What the practitioner says of it", "Risk"],
    ],
    "ratings": [
        *["Observation", "Day", "Team", "Kind of work", "Criterion", "Name", "Rating", "Cause"],
        *["What shows it"],
    ],
}


class TooLong(Exception):
    """A text does not fit into one cell of a spreadsheet."""


def with_parts(observations, user):
    """The observations with all that goes out of them, as this person reads them."""
    mentions = Mention.objects.visible_to(user).exclude(status=Mention.Status.REJECTED)
    mentions = mentions.select_related("theme").order_by("theme__position", "pk")
    passages = Passage.objects.exclude(text="").order_by("position", "pk")
    ratings = Rating.objects.exclude(outcome=Rating.Outcome.NOT_SEEN)
    ratings = ratings.select_related("criterion", "level", "cause").order_by("criterion__position")
    return observations.for_reading().prefetch_related(
        "reply__parts",
        Prefetch("passages", passages),
        Prefetch("passages__mentions", mentions),
        Prefetch("passages__redactions", Redaction.objects.open(), "open_redactions"),
        Prefetch("ratings", ratings),
    )


def rows_of(what, observations):
    """The rows of a sheet, as texts."""
    for each in observations:
        for row in ROWS[what](each):
            yield [written(value) for value in row]


def written(value):
    return writable("" if value is None else str(value))


def head_of(each):
    """What tells in every sheet which observation a row is of."""
    return [each.key, each.observed_on.isoformat(), each.unit, each.get_kind_of_work_display()]


def observation_rows(each):
    yield [
        *head_of(each),
        each.get_setting_display(),
        each.get_part_of_day_display(),
        each.minutes,
        each.get_mode_display(),
        each.get_proximity_display(),
        each.present_words,
        each.get_family_asked_display(),
        each.observer,
        each.practitioner,
        each.reply_words,
        each.framework_version.framework,
        each.framework_version.number,
        each.came_in,
    ]


def passage_rows(each):
    for number, passage in enumerate(each.passages.all(), start=1):
        yield [
            *head_of(each),
            number,
            passage.get_kind_display(),
            passage.heading,
            passage.text,
            themes_of(passage, Mention.Status.CONFIRMED),
            themes_of(passage, Mention.Status.SUGGESTED),
            len(passage.open_redactions) or "",
            passage.reply_words,
            passage.answer or "\n".join(each.words for each in passage.said_of_it),
            passage.risk_words,
        ]


def themes_of(passage, status):
    return "; ".join(str(each.theme) for each in passage.mentions.all() if each.status == status)


def rating_rows(each):
    for rating in each.ratings.all():
        criterion = rating.criterion
        cause = rating.cause.name if rating.cause else ""
        yield [
            *head_of(each),
            *[criterion.code, criterion.name, rating.words, cause, rating.evidence],
        ]


ROWS = {"observations": observation_rows, "passages": passage_rows, "ratings": rating_rows}


def as_csv(what, observations):
    """One sheet as CSV; no cell of it runs."""
    return harmless_csv(SHEETS[what], rows_of(what, observations))


def as_book(observations):
    """All sheets as a spreadsheet; raises TooLong."""
    found = {what: list(rows_of(what, observations)) for what in SHEETS}
    cells = (cell for rows in found.values() for row in rows for cell in row)
    if any(len(cell) > CELL_HOLDS for cell in cells):
        raise TooLong
    book = Workbook(write_only=True)
    for what, rows in found.items():
        add_sheet(book, what.capitalize(), SHEETS[what], rows)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
