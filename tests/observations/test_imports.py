"""Old observations come in through the pages: matched, looked at, imported, and taken out again."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from observations import background
from observations.imports import reading
from observations.imports.parts import Part
from observations.models import (
    DirtyCell,
    Import,
    ImportFile,
    ImportMapping,
    ImportRow,
    Observation,
    Redaction,
)
from observations.models.imports import KEPT_FOR
from observations.notes import actions as notes
from practicelens.audit.models import Entry
from practicelens.jobs.models import Run
from practicelens.people.models import Role
from tests.factories import MentionFactory, RoleFactory, ThemeFactory
from tests.observations import old_files as old

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("framework_version")]

COLUMNS = ["leave", "leave", "observer", "day", "unit", "kind_of_work", "practitioner"]
COLUMNS += ["seen", "heard", "criterion:1.1"]
MATCHED = {f"column_{at}": part for at, part in enumerate(COLUMNS)}


@pytest.fixture(autouse=True)
def people(team, practitioner, psw):
    return team, practitioner, psw


def send(client, *files):
    """Send files as (name, content); returns the answer."""
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("observations:imports"), {"files": sent})


def at(found, page="import"):
    return reverse(f"observations:{page}", args=[found.pk])


def read(client, data, name="visits.xlsx"):
    """An import whose file is read."""
    assert send(client, (name, data)).status_code == 302
    background.import_some()
    return Import.objects.latest("pk")


def ready(client, data, name="visits.xlsx", **more):
    """An import whose columns are matched."""
    found = read(client, data, name)
    assert client.post(at(found, "import_columns"), MATCHED | more).status_code == 302
    found.refresh_from_db()
    return found


def imported(client, data, **more):
    found = ready(client, data, **more)
    client.post(at(found, "start_import"))
    background.import_some()
    found.refresh_from_db()
    return found


def page_of(client, found, **query):
    text = re.sub(r"</?bdi>", "", client.get(at(found), query).text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


# In


def test_a_row_becomes_an_observation_that_counts_and_is_shared_with_nobody(
    psw_client, psw, practitioner, team
):
    found = imported(psw_client, old.book(old.row()))

    observation = Observation.objects.get()
    assert found.state == Import.State.DONE
    assert (observation.observer, observation.practitioner) == (psw, practitioner)
    assert (observation.unit, observation.observed_on) == (team, date(2026, 3, 5))
    assert observation.state == "submitted"
    assert observation.is_counted
    assert list(
        observation.passages.values_list("kind", "heading", "text").order_by("position")
    ) == [
        ("seen", "What did you see?", "She asked the boy first."),
        ("heard", "What was said?", "“You listened,” said the mother."),
    ]
    assert sorted(observation.ratings.values_list("criterion__code", "outcome", "evidence")) == [
        ("1.1", "level", "Rated “Evident” in visits.xlsx, row 2"),
        ("1.2", "not_seen", ""),
        ("2.1", "not_seen", ""),
    ]


def test_what_an_old_record_does_not_say_stays_empty(psw_client):
    imported(psw_client, old.book(old.row()))

    observation = Observation.objects.get()
    assert (observation.minutes, observation.proximity, observation.setting) == (None, "", "")


def test_it_is_coded_and_counted_and_names_are_looked_for_in_it(psw_client):
    imported(psw_client, old.book(old.row(seen="Priya Nair asked the boy first.")))

    background.code_waiting()
    assert Redaction.objects.open().filter(words__contains="Priya").exists()
    assert Observation.objects.get().coded_at
    assert DirtyCell.objects.filter(criterion__code="1.1", month=date(2026, 3, 1)).exists()


def test_where_it_came_from_is_on_its_page_and_on_record(psw_client, psw):
    found = imported(psw_client, old.book(old.row()))

    observation = Observation.objects.get()
    page = psw_client.get(observation.get_absolute_url()).text
    assert "visits.xlsx, row 2" in page
    assert "Imported from" in page
    assert "What did you see?" in page
    done = Entry.objects.filter(by=psw).values_list("action", "what", "object_pk")
    assert ("imported", "observation", str(observation.pk)) in done
    assert ("made", "import", str(found.pk)) in done
    assert Run.objects.filter(kind=Run.Kind.IMPORT, error="", asked_by=psw).exists()


def test_nothing_is_an_observation_until_someone_says_so(psw_client):
    found = ready(psw_client, old.book(old.row()))

    background.import_some()
    page = page_of(psw_client, found)
    assert "1 row can be imported" in page
    assert "5 March 2026, River, Priya Nair: 2 passages, 1 rating" in page
    assert not Observation.objects.exists()


def test_the_words_of_a_file_are_not_kept_once_it_is_imported(psw_client):
    found = imported(psw_client, old.book(old.row(), old.row(day="who knows", id=2)))

    assert bytes(found.files.get().content) == b""
    assert [row.texts for row in found.rows.all()] == [[], []]
    assert {each["found"] for row in found.rows.all() for each in row.problems} == {""}


def test_word_forms_of_one_kind_are_one_import(psw_client):
    given = {"Date": "5 March 2026", "Team": "River", "Kind": "Home visit", "Seen": "She asked"}
    send(
        psw_client,
        ("one.docx", old.word(given)),
        ("two.docx", old.word(given | {"Date": "6 March 2026"})),
        ("rows.csv", old.text(["5 March 2026", "a"], heads=["Date", "Seen"])),
    )
    background.import_some()

    forms, rows = Import.objects.order_by("-pk")[:2]
    assert {forms.rows.count(), rows.rows.count()} == {2, 1}
    forms = forms if forms.rows.count() == 2 else rows
    parts = ["day", "unit", "kind_of_work", "seen"]
    given = {f"column_{at}": part for at, part in enumerate(parts)}
    psw_client.post(at(forms, "import_columns"), given)
    psw_client.post(at(forms, "start_import"))
    background.import_some()
    came = {str(each.imported_from) for each in Observation.objects.all()}
    assert came == {"one.docx", "two.docx"}


def test_what_is_the_same_for_every_row_is_said_once(psw_client, team):
    data = old.text(["5/3/2026", "She asked first"], heads=["Date", "Seen"])
    found = read(psw_client, data, "old.csv")
    given = {"column_0": "day", "column_1": "seen", "same_unit": team.pk}
    given |= {"same_kind_of_work": "home_visit", "same_proximity": "shadowed"}

    psw_client.post(at(found, "import_columns"), given)
    psw_client.post(at(found, "start_import"))
    background.import_some()

    observation = Observation.objects.get()
    assert (observation.unit, observation.proximity) == (team, "shadowed")


# What is to be put right


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"day": "31/02/2026"}, "“31/02/2026” is no day. February 2026 has 28 days"),
        ({"day": "5 March 2096"}, "is after today"),
        ({"day": "5 March 1926"}, "is more than 50 years ago"),
        ({"day": ""}, "Date of visit is empty: give the day"),
        ({"team": "Rivver"}, "“Rivver” is no team in which you write observations"),
        ({"team": ""}, "Team is empty: give the team"),
        ({"kind": "Tea"}, "“Tea” is not on your list"),
        ({"worker": "J Bloggs"}, "is nobody who is observed in your teams"),
        ({"email": "x@example.org"}, "is nobody who writes observations in your teams"),
        ({"worker": "=1+1"}, "Social worker has a formula"),
        ({"rating": "Splendid"}, "“Splendid” is no level of the scale"),
        ({"seen": "", "heard": "", "rating": ""}, "has nothing that was seen or heard"),
    ],
)
def test_a_row_says_what_is_to_be_put_right_in_it(psw_client, given, words):
    found = ready(psw_client, old.book(old.row(**given)))

    page = page_of(psw_client, found)
    assert words.casefold() in page.casefold()
    assert "No row can be imported yet" in page


def test_nobody_is_observer_and_practitioner_at_once(psw_client, psw, team):
    RoleFactory(user=psw, kind=Role.Kind.PRACTITIONER, unit=team)

    found = ready(psw_client, old.book(old.row(worker="Marian Osei")))

    assert "is the observer as well" in page_of(psw_client, found)


def test_rows_that_are_not_right_are_left_out_and_stay_named(psw_client):
    found = imported(psw_client, old.book(old.row(), old.row(id=2, day="who knows")))

    page = page_of(psw_client, found)
    assert Observation.objects.count() == 1
    assert "1 observation imported" in page
    assert "1 left out" in page
    assert "who knows" not in page


def test_a_good_row_without_its_tick_stays_out_and_is_counted_as_left_out(psw_client):
    days = enumerate(["5 March 2026", "6 March 2026", "7 March 2026"])
    found = ready(psw_client, old.book(*[old.row(id=at, day=day) for at, day in days]))
    first, second, third = found.rows.order_by("number").values_list("pk", flat=True)

    chosen = {"shown": [first, second], "ticked": [first], "page": "1"}
    psw_client.post(at(found, "choose_import_rows"), chosen)
    psw_client.post(at(found, "import_columns"), MATCHED)
    page = page_of(psw_client, found)
    assert "2 rows can be imported" in page
    assert "1 row without a tick stays out" in page

    again = {"shown": [first, second, third], "ticked": [second, third]}
    psw_client.post(at(found, "start_import"), again)
    background.import_some()

    outcomes = found.rows.order_by("number").values_list("outcome", flat=True)
    assert list(outcomes) == ["left_out", "imported", "imported"]
    page = page_of(psw_client, found)
    assert "2 observations imported" in page
    assert "1 left out by you" in page


def test_ticks_of_another_import_change_nothing(psw_client):
    other = ready(psw_client, old.book(old.row(day="4 March 2026")))
    found = ready(psw_client, old.book(old.row()))
    rows = [each.rows.get().pk for each in (found, other)]

    psw_client.post(at(found, "choose_import_rows"), {"shown": rows})

    assert [row.outcome for row in ImportRow.objects.all()] == ["good", "good"]


def test_what_words_mean_is_chosen_once_for_all_rows(psw_client, practitioner):
    rows = [old.row(id=number, kind="Family call", worker="P. Nair") for number in (1, 2)]
    found = ready(psw_client, old.book(*rows))
    page = psw_client.get(at(found, "import_values")).text
    assert page.count("Family call") == 1

    given = {"value_0": "home_visit", "value_1": practitioner.pk}
    psw_client.post(at(found, "import_values"), given)

    assert "2 rows can be imported" in page_of(psw_client, found)


def test_an_observer_is_known_by_their_address(psw_client, service):
    other = RoleFactory(user__email="other@example.org", kind=Role.Kind.PSW, unit=service).user

    imported(psw_client, old.book(old.row(email="Other@example.org")))

    assert Observation.objects.get().observer == other


def test_a_columns_form_says_what_is_missing(psw_client):
    found = read(psw_client, old.book(old.row()))

    answer = psw_client.post(at(found, "import_columns"), {"column_3": "seen", "column_4": "unit"})

    assert answer.status_code == 422
    assert "Say which column has the day" in answer.text
    assert "Say which column has the kind of work" in answer.text
    found.refresh_from_db()
    assert found.state == Import.State.MATCHING


def test_two_columns_are_not_the_day(psw_client):
    found = read(psw_client, old.book(old.row()))

    answer = psw_client.post(at(found, "import_columns"), MATCHED | {"column_1": "day"})

    assert "“Start time” is that already" in answer.text


def test_words_of_a_file_are_never_part_of_a_page(psw_client):
    heads = [f"<u>{head}" for head in old.HEADS]
    found = ready(psw_client, old.book(old.row(kind="<u>Tea", team="<u>A"), heads=heads))
    again = psw_client.post(at(found, "import_columns"), MATCHED | {"column_1": "day"})

    pages = [psw_client.get(at(found, name)).text for name in ("import_columns", "import_values")]
    for page in [*pages, psw_client.get(at(found)).text, again.text]:
        assert "<u>" not in page
        assert "&lt;u&gt;" in page


# Kept for the next file


def test_the_columns_of_a_shape_are_offered_again_and_whom_a_name_stands_for_is_not(
    psw_client, practitioner
):
    found = ready(psw_client, old.book(old.row(kind="Call", worker="P.")))
    given = {"value_0": "home_visit", "value_1": practitioner.pk}
    psw_client.post(at(found, "import_values"), given)

    again = read(psw_client, old.book(old.row(id=7), heads=old.HEADS))
    page = psw_client.get(at(again, "import_columns")).text

    kept = ImportMapping.objects.get()
    assert "was matched before, by Marian Osei" in " ".join(page.split())
    assert kept.values == {"kind_of_work": {"call": "home_visit"}}
    assert kept.columns["what did you see"] == Part.SEEN


def test_days_with_the_month_first_are_guessed(psw_client):
    rows = [old.row(id=1, day="3/25/2026"), old.row(id=2, day="3/5/2026")]
    found = read(psw_client, old.text(*rows), "us.csv")

    page = psw_client.get(at(found, "import_columns")).text

    assert '<option value="1" selected>Month first' in page


# Twice


def test_the_same_file_twice_adds_nothing_and_says_so(psw_client):
    data = old.book(old.row())
    imported(psw_client, data)

    found = ready(psw_client, data, name="copy.xlsx")

    page = page_of(psw_client, found)
    assert "There is nothing new in it" in page
    assert "1 row is in already" in page
    assert "The same file was imported before, as visits.xlsx, by Marian Osei" in page


def test_of_a_longer_export_only_new_rows_are_added(psw_client):
    imported(psw_client, old.book(old.row()))

    imported(psw_client, old.book(old.row(), old.row(id=2, day="6 March 2026")))

    days = Observation.objects.values_list("observed_on", flat=True).order_by("observed_on")
    assert list(days) == [date(2026, 3, 5), date(2026, 3, 6)]


def test_a_row_that_is_twice_in_a_file_is_one_observation(psw_client):
    imported(psw_client, old.book(old.row(), old.row()))

    assert Observation.objects.count() == 1


def test_the_database_keeps_one_observation_a_row(psw_client):
    imported(psw_client, old.book(old.row()))
    row = ImportRow.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRow.objects.filter(pk=row.pk).update(observation=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportRow.objects.create(
            of=row.of,
            file=row.file,
            organisation=row.organisation,
            number=9,
            digest=row.digest,
            outcome=ImportRow.Outcome.IMPORTED,
            observation=None,
        )


# Out again


def undone(client, found):
    client.post(at(found, "undo_import"))
    background.import_some()
    found.refresh_from_db()
    return found


def test_an_import_is_undone_and_can_be_imported_again(psw_client):
    data = old.book(old.row())
    found = undone(psw_client, imported(psw_client, data))

    observation = Observation.objects.get()
    assert found.state == Import.State.UNDONE
    assert observation.is_withdrawn
    assert Entry.objects.filter(action="withdrew", object_pk=str(observation.pk)).exists()
    assert observation.get_absolute_url() not in psw_client.get(reverse("observations:list")).text

    imported(psw_client, data)
    assert Observation.objects.counted().count() == 1


def test_what_someone_has_built_on_stays_and_says_why(psw_client, psw, codebook):
    days = {number: f"{number} March 2026" for number in (1, 2, 3)}
    found = imported(psw_client, old.book(*[old.row(id=at, day=day) for at, day in days.items()]))
    shared, coded, _ = Observation.objects.order_by("observed_on")
    shared.redactions.update(settled_at=timezone.now(), settled="gone")
    notes.share(observation=shared, by=psw)
    passage = coded.passages.first()
    MentionFactory(passage=passage, theme=ThemeFactory(codebook=codebook), confirmed=True)

    undone(psw_client, found)

    page = page_of(psw_client, found)
    assert "visits.xlsx, row 2 : it is shared with the practitioner" in page
    assert "visits.xlsx, row 3 : it had a theme decided" in page
    assert "1 observation taken out again" in page
    kept = Observation.objects.counted()
    assert set(kept) == {shared, coded}


def test_undoing_asks_first(psw_client):
    found = imported(psw_client, old.book(old.row()))

    page = psw_client.get(at(found, "undo_import")).text

    assert "Undo this import?" in page
    assert Observation.objects.counted().exists()


# Bounds, and what goes


def test_files_that_can_not_be_read_say_why(psw_client):
    found = read(psw_client, b"%PDF-1.7", "visit.pdf")

    assert "visit.pdf is a PDF" in page_of(psw_client, found)
    assert found.state == Import.State.REFUSED


def test_a_form_without_files_or_with_too_much_says_so(psw_client):
    assert "Choose a file" in psw_client.post(reverse("observations:imports")).text
    many = [(f"{at}.csv", b"Day,Seen") for at in range(21)]
    assert "more than 20 files: send fewer" in send(psw_client, *many).text
    large = [("a.csv", b"x" * 3_000_000), ("b.csv", b"x" * 3_000_000)]
    answer = send(psw_client, *large)
    assert answer.status_code == 422
    assert "larger than 5 MB together" in answer.text


def test_what_is_not_imported_goes_with_its_day_or_is_thrown_away(psw_client):
    found = ready(psw_client, old.book(old.row()))
    Import.objects.update(at=timezone.now() - KEPT_FOR)
    assert psw_client.get(at(found)).status_code == 404

    background.import_some()
    assert not ImportFile.objects.exists()

    found = ready(psw_client, old.book(old.row()))
    psw_client.post(at(found, "discard_import"))
    assert not Import.objects.exists()


def test_a_role_that_ended_imports_nothing(psw_client, psw):
    found = ready(psw_client, old.book(old.row()))
    psw_client.post(at(found, "start_import"))
    Role.objects.filter(user=psw).update(ended_at=timezone.now(), ended_by=psw)

    background.import_some()

    assert not Observation.objects.exists()
    assert ImportRow.objects.get().outcome == ImportRow.Outcome.PROBLEM


def test_a_row_that_fails_stops_no_other(psw_client, monkeypatch):
    found = ready(psw_client, old.book(old.row(), old.row(id=2, day="6 March 2026")))
    psw_client.post(at(found, "start_import"))
    rows = found.rows.order_by("number")
    count_in = notes.count_in

    def fails_once(observation, **given):
        if observation.observed_on == date(2026, 3, 5):
            raise IntegrityError
        return count_in(observation, **given)

    monkeypatch.setattr(notes, "count_in", fails_once)
    background.import_some()

    assert [row.outcome for row in rows] == ["problem", "imported"]


def test_a_table_is_split_where_it_has_more_rows_than_are_read(psw_client, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 1)
    found = read(psw_client, old.book(*[old.row(id=at) for at in range(30)]))

    assert "split it" in found.refused_because


@pytest.mark.parametrize("who", ["practitioner_client", "stranger_client"])
def test_an_import_is_its_owners_alone(psw_client, who, request):
    found = ready(psw_client, old.book(old.row()))

    assert request.getfixturevalue(who).get(at(found)).status_code == 404
