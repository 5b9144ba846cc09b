"""A codebook goes out as CSV and as a codebook of the REFI-QDA exchange standard, and comes in."""

import csv
from io import StringIO
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from frameworks.models import Change, FileToImport, ThemeDraft
from frameworks.themes import editing
from tests.factories import CodebookFactory, LensFactory, ThemeDraftFactory, ThemeFactory

pytestmark = pytest.mark.django_db

NAMESPACE = {"": "urn:QDA-XML:codebook:1.0"}


def taken(client, codebook, kind):
    answer = client.get(reverse(f"frameworks:export_codebook_{kind}", args=[codebook.address]))
    assert answer.status_code == 200
    assert f'filename="{codebook.address}.{kind}"' in answer["Content-Disposition"]
    return answer.content


def rows_in(data):
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def codes_in(data):
    return ElementTree.fromstring(data).findall("Codes/Code", NAMESPACE)


def test_a_codebook_goes_out_as_csv_one_theme_a_row(psw_client, theme):
    lens = LensFactory(code="sleep", name="Sleep")
    ThemeFactory(codebook=theme.codebook, name="Rent", lens=lens, tells_of="system")

    first, second = rows_in(taken(psw_client, theme.codebook, "csv"))

    assert first == {
        "Code": theme.code,
        "Name": theme.name,
        "Short name": theme.short,
        "Definition": "Whether the family is asked, heard and answered.",
        "Use when": "The passage shows who was asked.",
        "Not when": "It is only about manner.",
        "Helps means": "The family was heard.",
        "Hinders means": "The family was heard too late.",
        "Words": "talked over\nown words",
        "Examples": "Mum was asked first, and her three points were written up.",
        "Lens": "",
        "What it is about": "condition",
    }
    assert [second["Name"], second["Lens"], second["What it is about"]] == [
        *["Rent", "sleep", "system"]
    ]


def test_only_what_is_in_use_goes_out(psw_client, theme, framework_admin):
    ThemeDraftFactory(theme=theme, definition="What waits.")
    ThemeFactory(codebook=theme.codebook, name="Begun", is_draft=True)
    ThemeFactory(codebook=theme.codebook, name="Gone", retired_on="2026-01-01")

    (row,) = rows_in(taken(psw_client, theme.codebook, "csv"))
    (code,) = codes_in(taken(psw_client, theme.codebook, "qdc"))

    assert row["Definition"] == theme.definition
    assert code.get("name") == theme.name


def test_no_spreadsheet_runs_what_a_theme_says(psw_client, codebook):
    ThemeFactory(codebook=codebook, name="=1+1", definition="-2", keywords=["@work"])

    (row,) = rows_in(taken(psw_client, codebook, "csv"))

    assert [row["Name"], row["Definition"], row["Words"]] == ["'=1+1", "'-2", "'@work"]


def test_as_a_codebook_of_the_standard_a_theme_is_a_code_within_its_lens(psw_client, theme):
    lens = LensFactory(code="sleep", name="Sleep")
    ThemeFactory(codebook=theme.codebook, name="Rent & <board>", lens=lens)

    own, group = codes_in(taken(psw_client, theme.codebook, "qdc"))

    assert own.attrib | {"guid": ""} == {"guid": "", "name": theme.name, "isCodable": "true"}
    said = own.find("Description", NAMESPACE).text
    assert said.startswith("Whether the family is asked, heard and answered.\n\nUse when: The pas")
    assert "\n\nWords:\ntalked over\nown words\n\nExamples:\nMum was" in said
    assert [group.get("name"), group.get("isCodable")] == ["Sleep", "false"]
    assert [each.get("name") for each in group.findall("Code", NAMESPACE)] == ["Rent & <board>"]


def test_a_theme_keeps_its_guid_when_it_is_reworded(psw_client, theme):
    other = ThemeFactory(codebook=theme.codebook)
    before = [each.get("guid") for each in codes_in(taken(psw_client, theme.codebook, "qdc"))]
    theme.name = "Heard"
    theme.save()

    after = [each.get("guid") for each in codes_in(taken(psw_client, theme.codebook, "qdc"))]

    assert before == after
    assert len(set(after)) == 2, other


def test_the_list_of_codebooks_offers_both_files(psw_client, theme):
    page = psw_client.get(reverse("frameworks:themes")).content.decode()

    for kind in ("csv", "qdc"):
        assert reverse(f"frameworks:export_codebook_{kind}", args=[theme.codebook.address]) in page


# In


def send(client, codebook, data, name="themes.csv"):
    address = reverse("frameworks:import_themes", args=[codebook.address])
    return client.post(address, {"file": SimpleUploadedFile(name, data)})


def lines(*rows):
    return "\r\n".join(rows).encode()


def looked_at(client, codebook, data):
    """The page that shows what a file would do, and its address."""
    answer = send(client, codebook, data)
    assert answer.status_code == 302, faults_of(answer)
    return client.get(answer.url), answer.url


def take_in(client, codebook, data):
    page, address = looked_at(client, codebook, data)
    return client.post(address, {"base": page.context["base"]})


def faults_of(answer):
    return answer.context["faults"] or answer.context["form"].errors


def qdc(*codes):
    codes = "".join(codes)
    return f'<CodeBook xmlns="{NAMESPACE[""]}"><Codes>{codes}</Codes></CodeBook>'.encode()


def test_a_file_is_looked_at_and_then_waits_like_what_is_typed(
    framework_admin_client, framework_admin, theme
):
    book = theme.codebook
    file = lines(
        "code,Description,THEME,colour,use_when",
        f"{theme.code},Who was asked.,{theme.name},red,{theme.use_when}",
        ",What a room costs.,Rent and board,,",
    )

    page, address = looked_at(framework_admin_client, book, file)

    text = " ".join(page.content.decode().split())
    assert "1 new, 1 changed, 0 the same as now" in text
    assert "Rent and board" in text
    assert "Who was asked." in text
    assert "Column “colour”" in text
    assert book.themes.count() == 1
    assert not ThemeDraft.objects.exists()

    saved = framework_admin_client.post(address, {"base": page.context["base"]}, follow=True)

    assert "1 added, 1 changed" in saved.content.decode()
    theme.refresh_from_db()
    assert theme.definition == "Whether the family is asked, heard and answered."
    assert theme.wording_to_be.definition == "Who was asked."
    assert theme.wording_to_be.use_when == theme.use_when
    new = book.themes.get(name="Rent and board")
    assert (new.is_draft, new.code, new.short) == (True, "rent-and-board", "Rent and board")
    assert not FileToImport.objects.exists()
    imported = Change.objects.get(verb="imported")
    assert (imported.by, imported.after) == (framework_admin, {"file": "themes.csv"})


@pytest.mark.parametrize("kind", ["csv", "qdc"])
def test_what_went_out_comes_in_again_and_changes_nothing(framework_admin_client, codebook, kind):
    ThemeFactory(codebook=codebook, name="=1+1", definition="-2\nand on", tells_of="system")
    ThemeFactory(codebook=codebook, lens=LensFactory(code="sleep", name="Sleep"))
    data = taken(framework_admin_client, codebook, kind)

    page, _ = looked_at(framework_admin_client, codebook, data)

    assert "0 new, 0 changed, 2 the same as now" in " ".join(page.content.decode().split())
    assert "Nothing would change" in page.content.decode()


@pytest.mark.parametrize("kind", ["csv", "qdc"])
def test_a_codebook_goes_whole_into_another_and_twice_adds_nothing(
    framework_admin_client, theme, kind, organisation
):
    lens = LensFactory(code="sleep", name="Sleep")
    ThemeFactory(codebook=theme.codebook, name="Rent", lens=lens, tells_of="system")
    other = CodebookFactory(unit=organisation, code="other")
    data = taken(framework_admin_client, theme.codebook, kind)

    take_in(framework_admin_client, other, data)
    page, _ = looked_at(framework_admin_client, other, data)

    words = [*editing.WORDS, "code"]
    there, here = (book.themes.order_by("name").values(*words) for book in (other, theme.codebook))
    assert list(there) == list(here)
    assert not page.context["plan"].is_any


def test_codes_of_another_program_come_in_side_by_side(framework_admin_client, codebook):
    file = qdc(
        '<Code guid="{A}" name="Money" isCodable="false">',
        '<Code guid="b" name="Rent" isCodable="true"><Description>What a room costs.</Description>',
        '<Code guid="c" name="Bond"><Description>What is paid first.</Description></Code>',
        "</Code></Code>",
    )

    page, address = looked_at(framework_admin_client, codebook, file)
    framework_admin_client.post(address, {"base": page.context["base"]})

    text = page.content.decode()
    assert "is a heading that nothing is coded to" in text
    assert "stands within another code" in text
    assert [theme.name for theme in editing.listed(codebook)] == ["Rent", "Bond"]


def test_two_themes_may_swap_their_names(framework_admin_client, codebook):
    one, two = ThemeFactory(codebook=codebook), ThemeFactory(codebook=codebook)

    take_in(
        framework_admin_client,
        codebook,
        lines("Code,Name", f"{one.code},{two.name}", f"{two.code},{one.name}"),
    )

    assert one.wording_to_be.name == two.name
    assert two.wording_to_be.name == one.name


def test_what_is_wrong_is_told_by_row_and_nothing_is_kept(framework_admin_client, theme):
    file = lines(
        "Code,Name,Definition,Lens,What it is about",
        f"{theme.code},Heard,,,",
        f"{theme.code},{theme.name},It is twice.,,",
        "not a code,Rent,What it costs.,nowhere,",
        ",Board,What it costs.,,weather",
        ",Board,The same again.,,",
    )

    answer = send(framework_admin_client, theme.codebook, file)

    assert answer.status_code == 422
    told = [f"{where} {words}" for where, words in faults_of(answer)]
    for begins in [
        "Row 3 is of the same theme as Row 2",
        "Row 4, Lens: “nowhere” is none. Leave it empty",
        "Row 5, What it is about: “weather” is none. Use one of condition, system",
        "Row 2, Definition: Say what the theme is",
        "Row 4, Code: Use letters, numbers and hyphens only",
        "Row 5, Name: Another theme is called that",
        "Row 6, Name: Another theme is called that",
    ]:
        assert any(each.startswith(begins) for each in told), (begins, told)
    assert not FileToImport.objects.exists()


def test_a_word_of_three_themes_is_told_also_where_the_file_has_them_all(
    framework_admin_client, codebook
):
    file = lines("Name,Definition,Words", "a,a,rent", "b,b,Rent", "c,c,board", "d,d,rent")

    told = faults_of(send(framework_admin_client, codebook, file))

    assert [where for where, _ in told] == ["Row 2, Words:", "Row 3, Words:", "Row 5, Words:"]
    assert "“rent” stands in b and d already" in told[0][1]


def test_a_theme_that_is_not_used_any_more_is_left(framework_admin_client, theme):
    data = taken(framework_admin_client, theme.codebook, "csv")
    theme.retired_on = "2026-01-01"
    theme.save()

    page, _ = looked_at(framework_admin_client, theme.codebook, data)

    assert "is not used any more. Bring it back first." in page.content.decode()
    assert not page.context["plan"].is_any


def test_what_was_changed_since_it_was_looked_at_is_looked_at_again(framework_admin_client, theme):
    page, address = looked_at(
        framework_admin_client, theme.codebook, lines("Code,Name", f"{theme.code},Heard")
    )
    ThemeDraftFactory(theme=theme)

    answer = framework_admin_client.post(address, {"base": page.context["base"]})

    assert answer.status_code == 409
    assert "was changed since you looked" in answer.content.decode()
    assert ThemeDraft.objects.get().name == theme.name


def test_pressed_again_it_leads_back_to_the_codebook(framework_admin_client, theme):
    page, address = looked_at(
        framework_admin_client, theme.codebook, lines("Name,Definition", "a,b")
    )
    sent = {"base": page.context["base"]}

    first, second = (framework_admin_client.post(address, sent) for _ in range(2))

    assert first.url == second.url
    assert theme.codebook.themes.filter(name="a").count() == 1


ENTITY = b'<!DOCTYPE a [<!ENTITY e "x">]><CodeBook><Codes><Code name="&e;"/></Codes></CodeBook>'
DEEP = b"<CodeBook><Codes>" + b'<Code name="a">' * 40 + b"</Code>" * 40 + b"</Codes></CodeBook>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b" \n", "is empty"),
        (b"PK\x03\x04", "save the sheet as CSV"),
        (b"%PDF-1.7", "is a PDF"),
        (b"Name\0", "is neither CSV nor"),
        (b"Colour,Code\r\nred,a", "has no column Name"),
        (b"Name,Theme\r\na,b", "has two columns for Name"),
        (b"Name,Code\r\n", "has no theme in it"),
        (b"Name\r\n" + b"a\r\n" * 201, "has more than 200 themes"),
        (b"Name\r\n" + b"a\r\n" * 6000, "has more than 200 themes"),
        (b"<CodeBook><Codes>", "is damaged"),
        (b"<Project/>", "is a whole project"),
        (b"<html/>", "no REFI-QDA codebook"),
        (b'<CodeBook xmlns="urn:other"/>', "no REFI-QDA codebook"),
        (ENTITY, "has parts that no codebook has"),
        (DEEP, "nested too deep"),
        (b"<CodeBook>" + b"<a/>" * 6000 + b"</CodeBook>", "has more than 200 themes"),
        (b"Name\r\n" + b"a" * 1024 * 1024, "larger than 1 MB"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(framework_admin_client, codebook, data, words):
    answer = send(framework_admin_client, codebook, data)

    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["file"])
    assert not FileToImport.objects.exists()
