"""What people have is read into rows: exports of forms, CSV, Word forms; and what is hostile is not."""

from datetime import date
from zipfile import ZIP_DEFLATED

import pytest
from django.core.exceptions import ValidationError

from observations.imports import parts, reading
from observations.imports.going_on import digest_of
from observations.imports.understanding import day_in
from tests.observations import old_files as old


def table(data):
    return reading.read(data)


def refusal(data):
    with pytest.raises(reading.Unreadable) as refused:
        reading.read(data)
    return str(refused.value)


# What is read


def test_an_export_of_microsoft_forms_is_read_with_its_days():
    found = table(old.book(old.row()))

    assert found.headings == old.HEADS
    assert found.rows[0][0] == 2
    assert found.rows[0][1][:4] == ["1", "2026-03-05", "", "5 March 2026"]


def test_an_export_of_google_forms_is_read():
    heads = ["Timestamp", "Which team?", "What did you notice?"]
    found = table(
        old.text(["2026/03/05 9:30:11 am GMT", "River", "One, two\nand three"], heads=heads)
    )

    assert found.headings == heads
    assert found.rows == [(2, ["2026/03/05 9:30:11 am GMT", "River", "One, two\nand three"])]


def test_semicolons_and_windows_letters_are_read():
    data = old.text(["Zoë said “yes”", "3"], heads=["Said", "No"], mark=";", encoding="cp1252")

    assert table(data).rows == [(2, ["Zoë said “yes”", "3"])]


def test_a_cell_of_several_lines_has_one_kind_of_line_end():
    data = old.text(["She waited.\r\nHe spoke.", "3"], heads=["Said", "No"])

    assert table(data).rows == [(2, ["She waited.\nHe spoke.", "3"])]


def test_a_word_form_is_one_row_of_its_labels():
    data = old.word({"Date:": "5 March 2026", "Team": "River", "Seen": "One line\nand another"})

    found = table(data)

    assert found.headings == ["Date", "Team", "Seen"]
    assert found.rows == [(0, ["5 March 2026", "River", "One line\nand another"])]


def test_of_boxes_in_a_word_form_the_ticked_one_is_meant():
    data = old.word({"Where": "☐ Office ☒ Family home", "Seen": "She asked first"})

    assert table(data).rows[0][1][0] == "Family home"


def test_a_merged_title_above_the_headings_is_not_taken_for_them():
    data = old.book(["River", "She asked"], heads=["Team", "Seen"], before=[["Visits 2026"], []])

    assert table(data).headings == ["Team", "Seen"]
    assert table(data).rows == [(4, ["River", "She asked"])]


def test_blank_rows_and_columns_are_passed_over():
    data = old.book(
        ["River", None, "a"], [None] * 3, ["Field", "", "b"], heads=["Team", "", "Seen"]
    )

    found = table(data)

    assert found.headings == ["Team", "Seen"]
    assert [number for number, _ in found.rows] == [2, 4]


def test_the_second_column_of_one_heading_has_a_number():
    data = old.book(["a", "b", "c"], heads=["Comments", "Comments", None])

    assert table(data).headings == ["Comments", "Comments (2)", "Column C"]


def test_a_formula_is_never_taken():
    data = old.book(["=1+1", "She asked"], heads=["Team", "Seen"])

    assert "has a formula" in table(data).rows[0][1][0]["fault"]


def test_the_order_of_columns_makes_no_other_row():
    assert digest_of({"a": "1", "b": "2", "c": ""}) == digest_of({"b": "2", "a": "1"})


# What is refused


def test_a_bomb_is_not_opened():
    bomb = old.with_part(old.book(old.row()), "xl/bomb.xml", "0" * 30_000_000, ZIP_DEFLATED)

    assert "grows" in refusal(bomb)


@pytest.mark.parametrize("data", [old.book(old.row()), old.word({"Date": "5 March"})])
def test_a_file_with_macros_is_not_opened(data):
    assert "macros" in refusal(old.with_part(data, "xl/vbaProject.bin", "x"))


def test_a_word_form_that_declares_entities_is_not_read():
    document = '<!DOCTYPE d [<!ENTITY a "aaaa">]><w:document xmlns:w="x">&a;</w:document>'

    assert "has parts" in refusal(old.zipped({"word/document.xml": document}))


def test_a_hundred_thousand_rows_are_not_read():
    data = b"Team,Seen\n" + b"River,She asked first\n" * 100_000

    assert "more than 2,000 rows: split it" in refusal(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"  \n", "is empty", id="empty"),
        pytest.param(b"%PDF-1.7", "is a PDF", id="pdf"),
        pytest.param(b"\xd0\xcf\x11\xe0", "older Office file", id="xls"),
        pytest.param(b"a\0b", "is no spreadsheet", id="bytes"),
        pytest.param(b"PK\x03\x04 no", "is damaged", id="broken"),
        pytest.param(b"Team,Seen\n", "no row of headings with a row under it", id="head"),
        pytest.param(old.book(heads=["Team", "Seen"]), "has no sheet", id="sheet"),
        pytest.param(old.word({}), "has no table", id="word"),
        pytest.param(b"x" * 5_300_000, "larger than 5 MB", id="large"),
    ],
)
def test_what_can_not_be_read_says_what_to_do(data, words):
    assert words in refusal(data)


# Days, as people and programs write them


@pytest.mark.parametrize(
    "written",
    [
        *["2026-03-05", "5/3/2026", "5.3.26", "Thursday 5 March 2026", "5 Mar 2026 09:30"],
        *["2026/03/05 9:30:11 am GMT", "05/03/2026 09:30:00", "2026-03-05T09:30:00Z"],
    ],
)
def test_a_day_is_understood(written):
    assert day_in(written) == date(2026, 3, 5)


def test_a_day_with_the_month_first_is_understood_where_that_is_said():
    assert day_in("3/5/2026 9:30:11", is_month_first=True) == date(2026, 3, 5)
    assert day_in("2026-03-05", is_month_first=True) == date(2026, 3, 5)
    assert reading.is_month_first(["3/5/2026", "3/25/2026"])
    assert not reading.is_month_first(["3/5/2026", "25/3/2026"])


@pytest.mark.parametrize("written", ["31/02/2026", "last week", "45321", "5 March"])
def test_what_is_no_day_is_not_guessed(written):
    with pytest.raises(ValidationError):
        day_in(written)


# Guesses


def test_headings_are_guessed():
    heads = [*old.HEADS, "Reflection", "How long was it?"]

    guess = parts.guessed(heads, [("1.1", "Criterion 1.1"), ("1.2", "Other")])

    assert list(guess.values()) == [
        *["leave", "leave", "observer", "day", "unit", "kind_of_work", "practitioner"],
        *["seen", "heard", "criterion:1.1", "reading", "minutes"],
    ]


def test_when_a_form_was_sent_is_the_day_for_want_of_another():
    assert parts.guessed(["Timestamp", "Seen"], []) == {"Timestamp": "day", "Seen": "seen"}
