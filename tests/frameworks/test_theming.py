"""A framework admin changes a codebook in the browser; nothing counts before it comes into use."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from frameworks import history
from frameworks.models import Change, Theme, ThemeDraft, ThemeEnd, ThemeMapping
from frameworks.themes import editing, mergers
from observations.models import EmergingLook
from practicelens.refusals import NotNow
from tests.factories import RoleFactory, ThemeDraftFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def at(name, codebook, *args):
    return reverse(f"frameworks:{name}", args=[codebook.code, *args])


def typed(theme, **more):
    """What the form of a theme sends when nothing was touched, save for `more`."""
    row = editing.as_it_waits(Theme.objects.get(pk=theme.pk))
    data = {name: getattr(row, name) or "" for name in editing.WORDS}
    data |= {name: "\r\n".join(data[name]) for name in ("keywords", "examples")}
    data["lens"] = row.lens_id or ""
    return {"base": row.revision} | data | more


def edit(client, theme, **more):
    return client.post(at("edit_theme", theme.codebook, theme.pk), typed(theme, **more))


def start_using(codebook, by):
    return editing.start_using(
        codebook=codebook, why="Clearer.", as_seen=editing.seen(codebook), by=by
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
    assert editing.seen(theme.codebook) == ""


def test_all_that_waits_is_used_at_once_and_written_down(
    framework_admin_client, framework_admin, codebook, two
):
    edit(framework_admin_client, two[0], keywords="bus fare\r\nticket\r\n\r\nticket")
    data = {"name": "Housing", "short": "Housing", "definition": "A home.", "keywords": "damp"}
    framework_admin_client.post(at("add_theme", codebook), data)
    new = codebook.themes.get(code="housing")
    assert new.is_draft

    changed = start_using(codebook, framework_admin)

    assert {theme.pk for theme in changed} == {two[0].pk, new.pk}
    two[0].refresh_from_db()
    assert two[0].keywords == ["bus fare", "ticket"]
    assert new in codebook.themes.in_use()
    assert editing.seen(codebook) == ""
    note = history.history_of(codebook).get(what="codebook", verb="used")
    assert note.after == {"why": "Clearer.", "themes": [two[0].name, "Housing"]}
    assert note.by == framework_admin
    words = history.history_of(codebook).get(object_pk=two[0].pk, what="theme", verb="used")
    assert words.after["keywords"] == ["bus fare", "ticket"]
    page = framework_admin_client.get(at("codebook_history", codebook)).content.decode()
    assert "Why: Clearer." in page


def test_what_a_theme_tells_of_waits_with_its_words(
    framework_admin_client, framework_admin, codebook, theme
):
    edit(framework_admin_client, theme, tells_of="family")
    theme.refresh_from_db()
    assert theme.tells_of == "condition"
    page = framework_admin_client.get(at("codebook", codebook)).content.decode()
    assert "Tells of" in page

    start_using(codebook, framework_admin)

    theme.refresh_from_db()
    assert theme.tells_of == "family"


def test_only_what_was_seen_is_used(framework_admin, theme):
    ThemeDraftFactory(theme=theme)
    with pytest.raises(NotNow, match="since you looked"):
        editing.start_using(
            codebook=theme.codebook, why="", as_seen=f"{theme.pk}.0", by=framework_admin
        )
    assert ThemeDraft.objects.exists()


def test_two_themes_of_one_name_are_not_used(framework_admin, codebook, two):
    ThemeDraftFactory(theme=two[0], name=two[1].name.upper())
    with pytest.raises(NotNow, match="Rename one"):
        start_using(codebook, framework_admin)


def test_a_theme_named_from_passages_is_not_used_with_the_rest(codebook, psw):
    named = ThemeFactory(codebook=codebook, is_draft=True)
    look = EmergingLook.objects.create(codebook=codebook)
    decided = {"state": "named", "decided_by": psw, "decided_at": timezone.now()}
    look.groups.create(theme=named, closeness=0.5, place=1, **decided)
    assert named not in codebook.themes.begun()
    assert named not in editing.as_it_would_be(codebook)
    assert editing.seen(codebook) == ""


def test_nobody_overwrites_what_was_saved_meanwhile(framework_admin_client, theme):
    first = typed(theme, definition="Mine.")
    edit(framework_admin_client, theme, definition="Theirs.")

    answer = framework_admin_client.post(at("edit_theme", theme.codebook, theme.pk), first)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs." in page
    assert "Mine." in page
    assert ThemeDraft.objects.get().definition == "Theirs."


def test_what_was_used_meanwhile_is_not_overwritten_either(
    framework_admin_client, framework_admin, theme
):
    edit(framework_admin_client, theme, definition="First.")
    read = typed(theme, definition="Second.")
    start_using(theme.codebook, framework_admin)

    answer = framework_admin_client.post(at("edit_theme", theme.codebook, theme.pk), read)

    assert answer.status_code == 409
    assert not ThemeDraft.objects.exists()


def test_what_waits_can_be_dropped_and_the_history_keeps_it(framework_admin_client, theme):
    edit(framework_admin_client, theme, definition="Dropped.")
    framework_admin_client.post(at("leave_theme", theme.codebook, theme.pk))

    assert not ThemeDraft.objects.exists()
    change = history.history_of(theme.codebook).first()
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
    assert [row.pk for row in editing.listed(codebook)] == [
        themes[0].pk,
        themes[2].pk,
        themes[1].pk,
    ]
    page = answer.content.decode()
    assert "Moved to 2 of 3" in page
    assert page.count("autofocus") == 1

    framework_admin_client.post(at("move_theme", codebook, themes[1].pk), {"to": "99"})
    framework_admin_client.post(at("move_theme", codebook, themes[1].pk), {"to": "1"})
    assert editing.listed(codebook)[0] == themes[1]
    framework_admin_client.post(at("move_theme", codebook, themes[1].pk), {"to": "x"})
    assert editing.listed(codebook)[0] == themes[1]


# Merging, splitting, retiring


def ask(theme, kind, by, into=(), **more):
    return editing.end(theme=theme, kind=kind, into=into, why="So.", by=by, **more)


def done(theme, kind, by, into=(), **more):
    """The same, in use at once."""
    ask(theme, kind, by, into, **more)
    start_using(theme.codebook, by)


def test_a_merger_waits_and_is_used_with_the_rest(
    framework_admin_client, framework_admin, codebook, two
):
    ThemeDraftFactory(theme=two[0])
    edit(framework_admin_client, two[1], definition="Rent.")
    data = {"into": two[1].pk, "takes_words": "on", "why": "The same thing."}
    framework_admin_client.post(at("end_theme", codebook, two[0].pk, "merge"), data)

    assert set(codebook.themes.in_use()) == set(two)
    assert mergers.counted_together() == {}
    assert not ThemeMapping.objects.exists()
    (would,) = editing.as_it_would_be(codebook)
    assert (would.definition, would.keywords) == ("Rent.", ["rent", "bus fare"])
    page = framework_admin_client.get(at("codebook", codebook)).content.decode()
    assert f"To be merged into “{two[1]}”" in page

    start_using(codebook, framework_admin)

    assert list(codebook.themes.in_use()) == [two[1]]
    assert mergers.counted_with(two[1]) == [two[1].pk, two[0].pk]
    two[1].refresh_from_db()
    assert (two[1].definition, two[1].keywords) == ("Rent.", ["rent", "bus fare"])
    assert not ThemeDraft.objects.exists()
    assert not ThemeEnd.objects.exists()
    note = history.history_of(codebook).get(what="theme", verb="merged")
    assert (note.by, note.after) == (
        framework_admin,
        {"why": "The same thing.", "into": [two[1].name]},
    )
    page = framework_admin_client.get(reverse("frameworks:theme", args=[two[0].pk]))
    assert "Merged on" in page.content.decode()
    page = framework_admin_client.get(reverse("frameworks:theme", args=[two[1].pk]))
    assert "was merged into it" in page.content.decode()


def test_what_waits_to_end_a_theme_can_be_left(framework_admin_client, codebook, theme):
    framework_admin_client.post(at("end_theme", codebook, theme.pk, "retire"), {"why": "So."})
    assert editing.seen(codebook)

    framework_admin_client.post(at("keep_theme", codebook, theme.pk))

    assert editing.seen(codebook) == ""
    assert theme in codebook.themes.in_use()
    change = history.history_of(codebook).first()
    assert (change.verb, change.named) == ("deleted", f"{theme}, to be retired")
    framework_admin_client.post(at("keep_theme", codebook, theme.pk))
    assert history.history_of(codebook).count() == 2


def test_a_theme_is_split_into_new_ones_at_once(framework_admin, codebook, two):
    new = ThemeFactory(codebook=codebook, is_draft=True)
    ask(two[0], "split", framework_admin, [new, two[1]])
    with pytest.raises(NotNow, match="is to go into this theme"):
        editing.leave(theme=new, codebook=codebook, by=framework_admin)
    with pytest.raises(ProtectedError):
        new.delete()

    start_using(codebook, framework_admin)

    assert set(codebook.themes.in_use()) == {new, two[1]}
    assert set(mergers.became(two[0]).values_list("later", flat=True)) == {new.pk, two[1].pk}


def test_it_is_all_used_or_nothing(framework_admin, codebook, two):
    ask(two[0], "retired", framework_admin)
    three = ThemeFactory(codebook=codebook)
    ThemeDraftFactory(theme=three, name=two[1].name)
    with pytest.raises(NotNow, match="Rename"):
        start_using(codebook, framework_admin)
    assert two[0] in codebook.themes.in_use()
    assert ThemeEnd.objects.exists()


def test_a_name_is_free_once_its_theme_goes(framework_admin, codebook, two):
    ask(two[0], "retired", framework_admin)
    ThemeDraftFactory(theme=two[1], name=two[0].name)
    start_using(codebook, framework_admin)
    two[1].refresh_from_db()
    assert two[1].name == two[0].name


def test_of_two_admins_the_second_sees_what_the_first_asked(
    framework_admin_client, framework_admin, codebook, two
):
    address = at("end_theme", codebook, two[0].pk, "merge")
    ask(two[0], "retired", framework_admin)
    sent = {"into": two[1].pk, "why": "Mine.", "base": ""}

    answer = framework_admin_client.post(address, sent)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "while you were writing" in page
    assert "Mine." in page
    row = ThemeEnd.objects.get()
    assert row.kind == "retired"
    answer = framework_admin_client.post(address, sent | {"base": row.pk})
    assert answer.status_code == 302
    assert ThemeEnd.objects.get().kind == "merged"
    page = framework_admin_client.get(address).content.decode()
    assert f"It waits to be merged into “{two[1]}”" in page


def test_what_was_asked_since_the_preview_is_not_used(framework_admin, codebook, two):
    ask(two[0], "retired", framework_admin)
    as_seen = editing.seen(codebook)
    editing.keep(theme=two[0], by=framework_admin)
    ask(two[0], "retired", framework_admin)
    with pytest.raises(NotNow, match="since you looked"):
        editing.start_using(codebook=codebook, why="", as_seen=as_seen, by=framework_admin)


def test_mergers_run_on_to_the_last_and_can_be_taken_back(framework_admin, codebook, two):
    third = ThemeFactory(codebook=codebook)
    done(two[0], "merged", framework_admin, [two[1]])
    done(two[1], "merged", framework_admin, [third])
    assert mergers.counted_together() == {third.pk: [third.pk, two[0].pk, two[1].pk]}

    editing.bring_back(theme=two[1], by=framework_admin)
    assert mergers.counted_together() == {two[1].pk: [two[1].pk, two[0].pk]}
    assert two[1] in codebook.themes.in_use()
    with pytest.raises(NotNow):
        editing.bring_back(theme=two[1], by=framework_admin)


def test_a_theme_is_not_brought_back_to_a_name_that_was_taken(framework_admin, codebook, two):
    done(two[0], "retired", framework_admin)
    ThemeFactory(codebook=codebook, name=two[0].name)
    with pytest.raises(NotNow, match="Rename"):
        editing.bring_back(theme=two[0], by=framework_admin)


def test_what_is_not_to_stay_is_neither_merged_nor_merged_into(framework_admin, codebook, two):
    draft = ThemeFactory(codebook=codebook, is_draft=True)
    going, elsewhere = ThemeFactory(codebook=codebook), ThemeFactory()
    ask(going, "merged", framework_admin, [two[1]])
    for theme, into in [
        (two[0], going),
        (draft, two[0]),
        (two[0], elsewhere),
        (two[0], two[0]),
        (two[1], two[0]),
    ]:
        with pytest.raises(NotNow):
            ask(theme, "merged", framework_admin, [into])
    assert ThemeEnd.objects.get().theme == going


def test_only_a_merger_takes_words_along(framework_admin, theme):
    with pytest.raises(IntegrityError), transaction.atomic():
        ThemeEnd.objects.create(
            theme=theme, kind="retired", takes_words=True, why="So.", by=framework_admin
        )


def test_a_split_needs_two_parts_and_says_what_becomes_of_its_counts(
    framework_admin_client, framework_admin, codebook, two
):
    theme = ThemeFactory(codebook=codebook)
    address = at("end_theme", codebook, theme.pk, "split")
    answer = framework_admin_client.post(address, {"into": [two[0].pk], "why": "Finer."})
    assert answer.status_code == 422
    assert "merge it instead" in answer.content.decode()

    parts = [each.pk for each in two]
    framework_admin_client.post(address, {"into": parts, "why": "Finer."})
    start_using(codebook, framework_admin)
    assert set(theme.continues_in.values_list("later", flat=True)) == set(parts)
    page = framework_admin_client.get(reverse("frameworks:theme", args=[theme.pk]))
    assert "What it counted stays its own" in page.content.decode()
    assert mergers.counted_with(two[0]) == [two[0].pk]


def test_a_retired_theme_is_named_with_its_reason_and_brought_back(
    framework_admin_client, framework_admin, codebook, theme
):
    address = at("end_theme", codebook, theme.pk, "retire")
    assert framework_admin_client.get(address).status_code == 200
    assert framework_admin_client.post(address, {"why": ""}).status_code == 422
    framework_admin_client.post(address, {"why": "Nobody used it."})
    start_using(codebook, framework_admin)
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
