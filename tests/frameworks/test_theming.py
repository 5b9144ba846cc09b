"""A framework admin changes a codebook in the browser; nothing counts before it is put to use."""

import pytest
from django.urls import reverse
from django.utils import timezone

from frameworks import keeping, mapping, theming
from frameworks.models import Change, Theme, ThemeDraft, ThemeMapping
from observations.models import EmergingLook
from tests.factories import RoleFactory, ThemeDraftFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def at(name, codebook, *args):
    return reverse(f"frameworks:{name}", args=[codebook.code, *args])


def typed(theme, **more):
    """What the form of a theme sends when nothing was touched, save for `more`."""
    row = theming.as_it_waits(Theme.objects.get(pk=theme.pk))
    data = {name: getattr(row, name) or "" for name in theming.WORDS}
    data |= {name: "\r\n".join(data[name]) for name in ("keywords", "examples")}
    data["lens"] = row.lens_id or ""
    return {"base": row.revision} | data | more


def edit(client, theme, **more):
    return client.post(at("edit_theme", theme.codebook, theme.pk), typed(theme, **more))


def put_to_use(codebook, by):
    return theming.put_to_use(
        codebook=codebook, why="Clearer.", as_seen=theming.seen(codebook), by=by
    )


@pytest.fixture
def two(codebook):
    return ThemeFactory(codebook=codebook, keywords=["bus fare"]), ThemeFactory(
        codebook=codebook, keywords=["rent"]
    )


def test_an_edit_of_a_theme_in_use_waits_beside_it(framework_admin_client, theme):
    answer = edit(framework_admin_client, theme, definition="Whether anybody asks the family.")

    assert answer.status_code == 302
    theme.refresh_from_db()
    assert theme.definition == "Whether the family is asked, heard and answered."
    assert theme.wording_to_be.definition == "Whether anybody asks the family."
    page = framework_admin_client.get(at("codebook", theme.codebook)).content.decode()
    assert "Changed, not in use yet" in page
    assert "Whether anybody asks the family." in page


def test_saving_what_is_in_use_leaves_nothing_waiting(framework_admin_client, theme):
    edit(framework_admin_client, theme, definition="Another.")
    edit(framework_admin_client, theme, definition=theme.definition)

    assert not ThemeDraft.objects.exists()
    assert theming.seen(theme.codebook) == ""


def test_all_that_waits_is_put_to_use_at_once_and_written_down(
    framework_admin_client, framework_admin, codebook, two
):
    edit(framework_admin_client, two[0], keywords="bus fare\r\nticket\r\n\r\nticket")
    data = {"name": "Housing", "short": "Housing", "definition": "A home.", "keywords": "damp"}
    framework_admin_client.post(at("add_theme", codebook), data)
    new = codebook.themes.get(code="housing")
    assert new.is_draft

    changed = put_to_use(codebook, framework_admin)

    assert {theme.pk for theme in changed} == {two[0].pk, new.pk}
    two[0].refresh_from_db()
    assert two[0].keywords == ["bus fare", "ticket"]
    assert new in codebook.themes.in_use()
    assert theming.seen(codebook) == ""
    note = keeping.history_of(codebook).get(what="codebook", verb="used")
    assert note.after == {"why": "Clearer.", "themes": [two[0].name, "Housing"]}
    assert note.by == framework_admin
    words = keeping.history_of(codebook).get(object_pk=two[0].pk, what="theme", verb="used")
    assert words.after["keywords"] == ["bus fare", "ticket"]
    page = framework_admin_client.get(at("codebook_history", codebook)).content.decode()
    assert "Why: Clearer." in page


def test_only_what_was_seen_is_put_to_use(framework_admin, theme):
    ThemeDraftFactory(theme=theme)
    with pytest.raises(theming.NotNow, match="since you looked"):
        theming.put_to_use(
            codebook=theme.codebook, why="", as_seen=f"{theme.pk}.0", by=framework_admin
        )
    assert ThemeDraft.objects.exists()


def test_two_themes_of_one_name_are_not_put_to_use(framework_admin, codebook, two):
    ThemeDraftFactory(theme=two[0], name=two[1].name.upper())
    with pytest.raises(theming.NotNow, match="Rename one"):
        put_to_use(codebook, framework_admin)


def test_a_theme_named_from_passages_is_not_put_to_use_with_the_rest(codebook, psw):
    named = ThemeFactory(codebook=codebook, is_draft=True)
    look = EmergingLook.objects.create(codebook=codebook)
    decided = {"state": "named", "decided_by": psw, "decided_at": timezone.now()}
    look.groups.create(theme=named, closeness=0.5, place=1, **decided)
    assert named not in codebook.themes.begun()
    assert theming.seen(codebook) == ""


def test_nobody_overwrites_what_was_saved_meanwhile(framework_admin_client, theme):
    first = typed(theme, definition="Mine.")
    edit(framework_admin_client, theme, definition="Theirs.")

    answer = framework_admin_client.post(at("edit_theme", theme.codebook, theme.pk), first)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs." in page
    assert "Mine." in page
    assert ThemeDraft.objects.get().definition == "Theirs."


def test_what_was_put_to_use_meanwhile_is_not_overwritten_either(
    framework_admin_client, framework_admin, theme
):
    edit(framework_admin_client, theme, definition="First.")
    read = typed(theme, definition="Second.")
    put_to_use(theme.codebook, framework_admin)

    answer = framework_admin_client.post(at("edit_theme", theme.codebook, theme.pk), read)

    assert answer.status_code == 409
    assert not ThemeDraft.objects.exists()


def test_what_waits_can_be_dropped_and_the_history_keeps_it(framework_admin_client, theme):
    edit(framework_admin_client, theme, definition="Dropped.")
    framework_admin_client.post(at("leave_theme", theme.codebook, theme.pk))

    assert not ThemeDraft.objects.exists()
    change = keeping.history_of(theme.codebook).first()
    assert change.verb == "deleted"
    assert change.before["definition"] == "Dropped."


def test_a_new_theme_is_deleted_and_put_back(framework_admin_client, codebook):
    data = {"name": "Housing", "short": "Housing", "definition": "A home.", "code": "home"}
    framework_admin_client.post(at("add_theme", codebook), data)
    theme = codebook.themes.get(code="home")
    framework_admin_client.post(at("leave_theme", codebook, theme.pk))
    assert not codebook.themes.exists()

    page = framework_admin_client.get(at("codebook", codebook)).content.decode()
    assert "Put it back" in page
    change = Change.objects.get(verb="deleted")
    framework_admin_client.post(at("restore_theme", codebook, change.pk))
    assert codebook.themes.get().name == "Housing"


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("definition", "", "Say what the theme is"),
        ("name", "Money", "Another theme is called that: “Money”"),
        ("short", "money", "Another theme has this short name: “Money”"),
        ("keywords", "x\r\n" + "y" * 203, "Line 2 is 3 characters too long"),
        ("keywords", "Late", "“Late” stands in Money and Time already"),
        ("code", "money", "“Money” has this code"),
        ("code", "a b", "Use letters, numbers and hyphens only"),
        ("helps_means", "z" * 251, "Use at most 250 characters: these are 251"),
    ],
)
def test_errors_name_the_field_and_the_fix(framework_admin_client, codebook, field, sent, said):
    for name in ("Money", "Time"):
        ThemeFactory(codebook=codebook, name=name, short=name, code=name.lower(), keywords=["late"])
    good = {"name": "New", "short": "New", "definition": "New.", "keywords": "own"}
    answer = framework_admin_client.post(at("add_theme", codebook), good | {field: sent})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'href="#id_{field}"' in page
    assert not codebook.themes.filter(name="New").exists()


def test_a_word_that_stands_there_already_may_stay(framework_admin_client, codebook):
    themes = [ThemeFactory(codebook=codebook, keywords=["late"]) for _ in range(3)]
    answer = edit(framework_admin_client, themes[0], definition="Changed.")
    assert answer.status_code == 302


def test_themes_move_and_the_page_says_where(framework_admin_client, codebook):
    themes = [ThemeFactory(codebook=codebook, position=place) for place in (1, 2, 3)]
    answer = framework_admin_client.post(
        at("move_theme", codebook, themes[2].pk), {"to": "up"}, follow=True
    )
    assert [row.pk for row in theming.listed(codebook)] == [
        themes[0].pk,
        themes[2].pk,
        themes[1].pk,
    ]
    page = answer.content.decode()
    assert "Moved to 2 of 3" in page
    assert page.count("autofocus") == 1

    framework_admin_client.post(at("move_theme", codebook, themes[1].pk), {"to": "99"})
    framework_admin_client.post(at("move_theme", codebook, themes[1].pk), {"to": "1"})
    assert theming.listed(codebook)[0] == themes[1]
    framework_admin_client.post(at("move_theme", codebook, themes[1].pk), {"to": "x"})
    assert theming.listed(codebook)[0] == themes[1]


def test_a_merged_theme_is_not_in_use_and_its_words_wait_beside_the_other(
    framework_admin_client, codebook, two
):
    data = {"into": two[1].pk, "takes_words": "on", "why": "The same thing."}
    ThemeDraftFactory(theme=two[0])
    framework_admin_client.post(at("end_theme", codebook, two[0].pk, "merge"), data)

    assert list(codebook.themes.in_use()) == [two[1]]
    assert mapping.counted_with(two[1]) == [two[1].pk, two[0].pk]
    draft = ThemeDraft.objects.get()
    assert draft.theme == two[1]
    assert draft.keywords == ["rent", "bus fare"]
    page = framework_admin_client.get(reverse("frameworks:theme", args=[two[0].pk]))
    assert "Merged on" in page.content.decode()
    page = framework_admin_client.get(reverse("frameworks:theme", args=[two[1].pk]))
    assert "was merged into it" in page.content.decode()


def test_mergers_run_on_to_the_last_and_can_be_taken_back(framework_admin, codebook, two):
    third = ThemeFactory(codebook=codebook)
    say = {"why": "So.", "takes_words": False, "by": framework_admin}
    theming.merge(theme=two[0], into=two[1], **say)
    theming.merge(theme=two[1], into=third, **say)
    assert mapping.counted_together() == {third.pk: [third.pk, two[0].pk, two[1].pk]}

    theming.bring_back(theme=two[1], by=framework_admin)
    assert mapping.counted_together() == {two[1].pk: [two[1].pk, two[0].pk]}
    assert two[1] in codebook.themes.in_use()
    with pytest.raises(theming.NotNow):
        theming.bring_back(theme=two[1], by=framework_admin)


def test_a_theme_is_not_brought_back_to_a_name_that_was_taken(framework_admin, codebook, two):
    theming.retire(theme=two[0], why="So.", by=framework_admin)
    ThemeFactory(codebook=codebook, name=two[0].name)
    with pytest.raises(theming.NotNow, match="Rename"):
        theming.bring_back(theme=two[0], by=framework_admin)


def test_what_is_not_in_use_is_neither_merged_nor_merged_into(framework_admin, codebook, two):
    draft = ThemeFactory(codebook=codebook, is_draft=True)
    elsewhere = ThemeFactory()
    say = {"why": "So.", "takes_words": False, "by": framework_admin}
    for theme, into in [
        (two[0], draft),
        (draft, two[0]),
        (two[0], elsewhere),
        (two[0], two[0]),
    ]:
        with pytest.raises(theming.NotNow):
            theming.merge(theme=theme, into=into, **say)
    assert not ThemeMapping.objects.exists()


def test_a_split_needs_two_parts_and_says_what_becomes_of_its_counts(
    framework_admin_client, codebook, two
):
    theme = ThemeFactory(codebook=codebook)
    address = at("end_theme", codebook, theme.pk, "split")
    answer = framework_admin_client.post(address, {"parts": [two[0].pk], "why": "Finer."})
    assert answer.status_code == 422
    assert "merge it instead" in answer.content.decode()

    parts = [each.pk for each in two]
    framework_admin_client.post(address, {"parts": parts, "why": "Finer."})
    assert set(theme.continues_in.values_list("later", flat=True)) == set(parts)
    page = framework_admin_client.get(reverse("frameworks:theme", args=[theme.pk]))
    assert "What it counted stays its own" in page.content.decode()
    assert mapping.counted_with(two[0]) == [two[0].pk]


def test_a_retired_theme_is_named_with_its_reason_and_brought_back(
    framework_admin_client, codebook, theme
):
    address = at("end_theme", codebook, theme.pk, "retire")
    assert framework_admin_client.get(address).status_code == 200
    assert framework_admin_client.post(address, {"why": ""}).status_code == 422
    framework_admin_client.post(address, {"why": "Nobody used it."})
    theme.refresh_from_db()
    assert theme.retired_on
    assert framework_admin_client.get(address).status_code == 404

    framework_admin_client.post(at("bring_back", codebook, theme.pk))
    theme.refresh_from_db()
    assert theme.retired_on is None
    assert not theme.continues_in.exists()


def test_those_who_read_a_codebook_may_not_change_it(psw_client, stranger_client, theme):
    for name, args in [("codebook", []), ("edit_theme", [theme.pk]), ("codebook_history", [])]:
        assert psw_client.get(at(name, theme.codebook, *args)).status_code == 403
        assert stranger_client.get(at(name, theme.codebook, *args)).status_code == 404


def test_an_admin_of_a_team_does_not_change_the_organisations_codebook(client, theme, team):
    role = RoleFactory(kind="framework_admin", unit=team)
    client.force_login(role.user)
    assert client.get(at("codebook", theme.codebook)).status_code == 403
