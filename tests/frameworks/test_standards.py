"""Standards that are typed or loaded, and the matrix of criteria by clauses with its gaps."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from frameworks import history
from frameworks.models import Change, Crosswalk, Framework, Standard
from frameworks.standards import actions
from frameworks.starters import loading
from frameworks.versions import drafting
from tests.factories import (
    ClauseFactory,
    CrosswalkFactory,
    FrameworkVersionFactory,
    ScaleFactory,
    StandardFactory,
)

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"frameworks:{name}", args=args)


def typed(**more):
    usual = {
        "name": "County promise",
        "body": "The county",
        "source": "The county, Promise, 2026",
        "in_force_from": "2026-04-01",
        "in_force_until": "",
        "note": "Ours.",
        "clauses": "1 Listen\n1.1 Listen to children",
    }
    return usual | more


def clauses(standard):
    return list(standard.clauses.order_by("position").values_list("number", "name"))


@pytest.fixture
def standard(organisation):
    made = StandardFactory(code="ours", name="Ours", unit=organisation)
    ClauseFactory(standard=made, number="1", name="Listen", position=1)
    ClauseFactory(standard=made, number="2", name="Answer", position=2)
    return made


@pytest.fixture
def version(organisation):
    return FrameworkVersionFactory(framework__unit=organisation, framework__code="frame")


# Typed


def test_an_admin_types_a_standard_with_its_clauses(framework_admin_client, organisation):
    framework_admin_client.post(at("standard_new"), typed(unit=organisation.pk))

    made = Standard.objects.get(code="county-promise")
    assert (made.unit, made.in_force_from) == (organisation, date(2026, 4, 1))
    assert clauses(made) == [("1", "Listen"), ("1.1", "Listen to children")]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("clauses", "Listen", "Line 1: give a number, a space and a name"),
        ("clauses", "1 Listen\n1 Answer", "The number “1” is there twice"),
        ("clauses", "123456789.1 Listen", "is longer than 10 characters"),
        ("in_force_until", "2026-04-01", "Give a day after the one from which it applies"),
        ("source", "", "Say where it is from"),
    ],
)
def test_what_is_wrong_in_a_typed_standard_is_named(
    framework_admin_client, organisation, field, value, words
):
    data = typed(unit=organisation.pk) | {field: value}

    page = framework_admin_client.post(at("standard_new"), data)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Standard.objects.exists()


def test_a_clause_keeps_its_ties_under_a_new_name_and_does_not_leave_with_them(
    framework_admin_client, standard, version
):
    tied = CrosswalkFactory(
        criterion=version.criteria.first(), clause=standard.clauses.get(number="1")
    )
    edit = at("standard_edit", "ours")

    refused = framework_admin_client.post(edit, typed(base=0, clauses="2 Answer"))
    framework_admin_client.post(edit, typed(base=0, clauses="3 Ask\n1 Hear"))

    assert refused.status_code == 422
    assert "Criteria are linked to 1 Listen" in refused.content.decode()
    tied.refresh_from_db()
    assert (tied.clause.number, tied.clause.name) == ("1", "Hear")
    assert clauses(standard) == [("3", "Ask"), ("1", "Hear")]
    assert Change.objects.get().before["clauses"] == ["1 Listen", "2 Answer"]


def test_two_admins_at_once_see_each_other(framework_admin_client, standard):
    edit = at("standard_edit", "ours")
    framework_admin_client.post(edit, typed(base=0, name="First"))

    page = framework_admin_client.post(edit, typed(base=0, name="Second"))

    assert page.status_code == 409
    assert "Joel Amadi changed this at" in page.content.decode()


def test_a_shipped_standard_is_copied_and_not_changed(framework_admin_client, organisation):
    shipped = loading.load_standard()

    assert framework_admin_client.get(at("standard_edit", shipped.code)).status_code == 403
    framework_admin_client.post(at("standard_ours", shipped.code), {"unit": organisation.pk})

    copied = Standard.objects.get(unit=organisation)
    assert clauses(copied) == clauses(shipped)
    assert framework_admin_client.get(at("standard_edit", copied.code)).status_code == 200


def test_a_stranger_does_not_find_our_standard(stranger_client, psw_client, standard):
    assert stranger_client.get(standard.get_absolute_url()).status_code == 404
    assert "Ours" not in stranger_client.get(at("standards")).content.decode()
    assert psw_client.get(standard.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (date(2020, 1, 1), None, "In force"),
        (date(2020, 1, 1), date(2021, 1, 1), "Replaced"),
        (date(2999, 1, 1), None, "Not yet in force"),
    ],
)
def test_a_standard_says_whether_it_holds(psw_client, start, end, state):
    made = StandardFactory(in_force_from=start, in_force_until=end)

    assert f"{state}: from" in psw_client.get(made.get_absolute_url()).content.decode()


def test_a_replaced_standard_keeps_its_ties(psw_client, version):
    gone = StandardFactory(in_force_until=date(2021, 1, 1))
    criterion = version.criteria.first()
    CrosswalkFactory(criterion=criterion, clause=ClauseFactory(standard=gone))

    assert str(criterion) in psw_client.get(gone.get_absolute_url()).content.decode()


# Deleted, and put back


def test_a_standard_of_our_own_is_deleted_and_put_back_with_its_draft_ties(
    framework_admin_client, organisation, standard
):
    draft = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    stays, leaves, _ = draft.criteria.order_by("position")
    for criterion in (stays, leaves):
        CrosswalkFactory(criterion=criterion, clause=standard.clauses.get(number="1"))

    framework_admin_client.post(at("standard_delete", "ours"))
    bar = framework_admin_client.get(at("standards")).content.decode()
    leaves.delete()
    back = at("standard_restore", Change.objects.get(verb="deleted").pk)
    first = framework_admin_client.post(back, follow=True).content.decode()
    again = framework_admin_client.post(back, follow=True).content.decode()

    assert "Ours is deleted." in bar
    assert "Ours is back." in first
    assert "It is back already." in again
    assert clauses(standard) == [("1", "Listen"), ("2", "Answer")]
    assert tied(draft) == {("1.1", "1")}


def test_a_criterion_comes_back_without_its_ties_to_a_standard_that_is_gone(
    framework_admin, organisation, standard
):
    draft = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    criterion = draft.criteria.first()
    CrosswalkFactory(criterion=criterion, clause=standard.clauses.first())
    gone = history.delete(row=criterion, part_of=draft, by=framework_admin)
    actions.delete(standard=standard, by=framework_admin)

    history.restore(change=gone, part_of=draft, by=framework_admin)

    assert draft.criteria.filter(pk=gone.object_pk).exists()
    assert tied(draft) == set()


def test_a_standard_that_something_holds_on_to_stays_and_says_why(
    framework_admin_client, standard, version
):
    CrosswalkFactory(criterion=version.criteria.first(), clause=standard.clauses.first())
    old = StandardFactory(
        code="old", name="Old", unit=standard.unit, in_force_until=date(2026, 1, 1)
    )
    other = StandardFactory(code="other", name="Other", unit=standard.unit)
    Standard.objects.filter(pk=old.pk).update(followed_by=other)

    pages = [
        framework_admin_client.post(at("standard_delete", code), follow=True).content.decode()
        for code in ("ours", "other")
    ]

    assert f"Ours stays. Criteria of {version} are linked to its clauses" in pages[0]
    assert "Other stays. Old says that it is replaced by it" in pages[1]
    assert "Delete it" not in pages[0]
    assert Standard.objects.count() == 3


# Loaded

FILE = {
    "name": "Promise",
    "body": "The county",
    "source": "The county, 2026",
    "in_force_from": "2026-04-01",
    "licence": "Headings only.",
    "clauses": [{"number": "1", "name": "Kōrero first"}],
}


def send(client, unit, content, name="promise.json"):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    data = {"unit": unit.pk, "file": SimpleUploadedFile(name, content)}
    return client.post(at("standard_load"), data)


def test_a_standard_is_loaded_from_json(framework_admin_client, organisation):
    send(framework_admin_client, organisation, FILE)

    made = Standard.objects.get(code="promise")
    assert (made.unit, made.note) == (organisation, "Headings only.")
    assert clauses(made) == [("1", "Kōrero first")]
    assert Change.objects.get().verb == "added"


def test_a_shipped_file_can_be_loaded_as_ours(framework_admin_client, organisation):
    path = loading.STANDARDS[-1]

    send(framework_admin_client, organisation, path.read_bytes(), path.name)

    assert Standard.objects.get().unit == organisation


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "The file is empty", id="nothing"),
        pytest.param(b" \n ", "promise.json</strong> is empty", id="blanks"),
        pytest.param(
            "name = 'Kōrero'".encode("utf-16"),
            "is not UTF-8 text. Save the file again",
            id="utf-16",
        ),
        pytest.param(b"\n\n\xe9t\xe9", "promise.json, line 3</strong> is not UTF-8", id="latin-1"),
        pytest.param(b"PK\x03\x04", "promise.json</strong> is no text file", id="spreadsheet"),
        pytest.param(b"{", "promise.json</strong> can’t be read as JSON", id="broken"),
        pytest.param(b"[" * 100_000, "promise.json</strong> is nested too deep", id="deep"),
        pytest.param(b"[]", "promise.json</strong> has no keys", id="list"),
        pytest.param(b"5", "promise.json</strong> has no keys", id="number"),
        pytest.param(
            FILE | {"clauses": ["1 Listen"]}, "clause 1</strong> must have a number", id="lines"
        ),
        pytest.param(
            FILE | {"clauses": "1"}, "promise.json, clauses</strong> must be a list", id="text"
        ),
        pytest.param(
            FILE | {"in_force_from": 2026}, "in_force_from</strong> must be a day", id="a year"
        ),
        pytest.param(FILE | {"in_force_until": "2020-01-01"}, "must be a day after", id="days"),
        pytest.param(FILE | {"name": "a\x00b"}, "a character that is no text", id="zero"),
        pytest.param(FILE | {"name": "a\ud800"}, "a character that is no text", id="half a pair"),
        pytest.param(
            FILE | {"name": ["a"]}, "promise.json, name</strong> must be text", id="name a list"
        ),
        pytest.param(
            FILE | {"clauses": [{"number": str(at), "name": "x"} for at in range(5000)]},
            "5,000 clauses are too many: 300 are the most",
            id="5,000 clauses",
        ),
        pytest.param(b" " * 500_001, "larger than half a megabyte", id="large"),
    ],
)
def test_what_is_wrong_in_a_file_is_named_and_nothing_is_loaded(
    framework_admin_client, organisation, content, words
):
    page = send(framework_admin_client, organisation, content)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Standard.objects.exists()


def test_all_that_is_wrong_in_a_file_is_told_at_once(framework_admin_client, organisation):
    content = """
        body = "x"
        in_force_form = 2026-04-01
        source = ""
        followed_by = "gone"
        clauses = [
          {number = "1", name = "Listen"}, {number = "1"}, {number = 1.10, name = "Ask"},
          {number = "1 a", name = "Hear"}, {name = "%s"},
        ]
    """ % ("y" * 201)

    page = send(framework_admin_client, organisation, content.encode(), "p.toml")

    assert page.context["form"].faults == (
        ("p.toml, in_force_form", "is no key of a standard: take it out"),
        ("p.toml, name", "is missing"),
        ("p.toml, source", "is empty"),
        ("p.toml, in_force_from", "is missing: it must be a day, such as 2027-04-01"),
        (
            "p.toml, followed_by",
            "“gone” is the code of no standard here: correct it, or leave it out",
        ),
        ("p.toml, in_force_until", "is missing: say from which day the other takes its place"),
        ("p.toml, clause 2, name", "is missing"),
        ("p.toml, clause 3, number", "must be in quotes, so that “1.10” is not read as 1.1"),
        ("p.toml, clause 4, number", "has a space in it: take it out, or put a dot in its place"),
        ("p.toml, clause 5, number", "is missing"),
        ("p.toml, clause 5, name", "is 1 character too long: 200 at most"),
        ("p.toml, clauses 1 and 2", "the number “1” is there twice: give each its own"),
    )
    assert "12 things to put right in the file" in page.content.decode()
    assert not Standard.objects.exists()


def test_faults_without_end_are_counted(framework_admin_client, organisation):
    content = FILE | {f"{at}\ud800": at for at in range(150)}

    page = send(framework_admin_client, organisation, content).content.decode()

    assert "150 things to put right" in page
    assert page.count("is no key of a standard") == 100
    assert "And 50 more." in page


def said_of(client, standard):
    return client.get(standard.get_absolute_url()).content.decode()


def test_what_takes_its_place_is_loaded_typed_and_told(framework_admin_client, organisation):
    early = StandardFactory(
        code="early", name="Early", unit=organisation, in_force_from=date(2027, 4, 1)
    )
    until = {"in_force_until": "2027-04-01", "followed_by": "early"}
    send(framework_admin_client, organisation, FILE | until)
    made = Standard.objects.get(code="promise")
    page = said_of(framework_admin_client, made)
    page += said_of(framework_admin_client, early)
    edit = at("standard_edit", "promise")
    late = typed(base=0, followed_by=early.pk, in_force_from="2027-05-01")
    late = framework_admin_client.post(edit, late).content.decode()
    framework_admin_client.post(edit, typed(base=0, in_force_until="2027-04-01"))

    assert made.followed_by == early
    assert "From 1 April 2027 its place is taken by" in page
    assert "From 1 April 2027 it takes the place of" in page
    assert "Give the day on which Early replaces it" in late
    assert "Early applies from an earlier day than this one" in late
    assert Change.objects.filter(verb="changed").get().before["followed_by"] == "Early"
    assert "takes the place of" not in said_of(framework_admin_client, early)


def test_no_name_takes_the_place_of_a_page(framework_admin, organisation):
    made = drafting.make(
        name="Lenses", description="x", unit=organisation, scale=ScaleFactory(), by=framework_admin
    )

    assert made.framework.code == "lenses-2"
    assert actions.free_code("New", organisation) == "new-standard"
    assert Framework.objects.count() == 1


# The matrix


def tick(client, version, standard, read_as, ticked):
    data = {"standard": standard.code}
    data |= {"read_as": [f"{a.pk}-{b.pk}" for a, b in read_as]}
    data |= {"tie": [f"{a.pk}-{b.pk}" for a, b in ticked]}
    return client.post(at("crosswalk", "frame", version.number), data, follow=True)


def tied(version):
    rows = Crosswalk.objects.filter(criterion__version=version)
    return set(rows.values_list("criterion__code", "clause__number"))


@pytest.mark.parametrize("draft", [True, False])
def test_ties_are_ticked_of_a_draft_and_of_a_published_version(
    framework_admin_client, organisation, standard, draft
):
    version = FrameworkVersionFactory(
        framework__unit=organisation, framework__code="frame", draft=draft
    )
    first, second, _ = version.criteria.order_by("position")
    listen, answer = standard.clauses.order_by("position")
    CrosswalkFactory(criterion=first, clause=listen)

    page = tick(
        framework_admin_client,
        version,
        standard,
        [(first, listen)],
        [(first, answer), (second, answer)],
    )

    assert tied(version) == {("1.1", "2"), ("1.2", "2")}
    assert "Saved: 3 links are changed." in page.content.decode()
    changes = Change.objects.order_by("pk")
    assert [(each.named[:3], each.before, each.after) for each in changes] == [
        ("1.1", {"linked to, of Ours": ["1"]}, {"linked to, of Ours": ["2"]}),
        ("1.2", {"linked to, of Ours": []}, {"linked to, of Ours": ["2"]}),
    ]


def test_what_another_admin_ticked_meanwhile_stays(framework_admin_client, standard, version):
    first, second, _ = version.criteria.order_by("position")
    listen, answer = standard.clauses.order_by("position")
    CrosswalkFactory(criterion=second, clause=listen)

    tick(framework_admin_client, version, standard, [], [(first, answer)])

    assert tied(version) == {("1.1", "2"), ("1.2", "1")}


def test_saving_what_is_there_writes_nothing_down(framework_admin_client, standard, version):
    pair = (version.criteria.first(), standard.clauses.first())
    CrosswalkFactory(criterion=pair[0], clause=pair[1])

    page = tick(framework_admin_client, version, standard, [pair], [pair])

    assert "Nothing was changed." in page.content.decode()
    assert not Change.objects.exists()


def test_criteria_and_clauses_of_others_are_not_tied(framework_admin_client, standard, version):
    strange = FrameworkVersionFactory().criteria.first()
    elsewhere = ClauseFactory()
    own = version.criteria.first()

    tick(framework_admin_client, version, standard, [], [(strange, elsewhere), (own, elsewhere)])

    assert not Crosswalk.objects.exists()


def test_gaps_are_told_both_ways(framework_admin_client, standard, version):
    first, *rest = version.criteria.order_by("position")
    listen, answer = standard.clauses.order_by("position")
    CrosswalkFactory(criterion=first, clause=listen)

    unspoken, untied = actions.gaps(*actions.matrix(version, standard))
    page = framework_admin_client.get(at("crosswalk", "frame", 1), {"standard": "ours"})

    assert (unspoken, untied) == ([answer], rest)
    assert f'href="#row-{rest[0].pk}"' in page.content.decode()


def test_the_matrix_takes_the_same_queries_at_any_size(
    framework_admin_client, standard, version, django_assert_num_queries
):
    address = at("crosswalk", "frame", 1) + "?standard=ours"
    framework_admin_client.get(address)
    with django_assert_num_queries(13):
        framework_admin_client.get(address)
    for number in range(3, 20):
        ClauseFactory(standard=standard, number=str(number), position=number)
    with django_assert_num_queries(13):
        framework_admin_client.get(address)


def test_the_matrix_is_for_those_who_keep_the_framework(psw_client, stranger_client, version):
    assert psw_client.get(at("crosswalk", "frame", 1)).status_code == 403
    assert stranger_client.get(at("crosswalk", "frame", 1)).status_code == 404


def test_a_matrix_without_standards_or_clauses_says_so(framework_admin_client, version):
    address = at("crosswalk", "frame", 1)
    assert "No standard here yet" in framework_admin_client.get(address).content.decode()

    StandardFactory()
    assert "has no clauses yet" in framework_admin_client.get(address).content.decode()
