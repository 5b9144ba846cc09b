"""Lenses, causes and scales: what is shipped stays, what is ours is changed with care."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from frameworks.models import Cause, Change, Lens, LevelDescription, Prompt, Scale
from frameworks.shared import actions
from frameworks.starters import loading
from observations.notes.forms.entries import prompts_for
from tests.factories import (
    CauseFactory,
    FrameworkVersionFactory,
    LensFactory,
    ObservationFactory,
    PassageFactory,
    PromptFactory,
    RatingFactory,
    ScaleFactory,
)

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"frameworks:{name}", args=args)


@pytest.fixture
def lens(organisation):
    made = LensFactory(code="sleep", name="Sleep", about="Who slept where.", unit=organisation)
    for position, text in enumerate(["Who slept where?", "Who chose it?"], start=1):
        PromptFactory(criterion=None, lens=made, text=text, position=position)
    return made


def of_lens(lens, **more):
    asked = lens.prompts.asked().order_by("position").values_list("text", flat=True)
    data = {"base": lens.revision, "name": lens.name, "about": lens.about}
    return data | {"prompts": "\n".join(asked), "kinds": lens.kinds} | more


def asked(lens):
    return list(lens.prompts.asked().order_by("position").values_list("text", flat=True))


@pytest.fixture
def own_scale(organisation):
    made = Scale.objects.create(code="own", name="Own words", unit=organisation)
    for position, name in enumerate(["Little", "Some", "Much"], start=1):
        made.levels.create(position=position, code=name.lower(), name=name)
    return made


def of_scale(scale, levels, **more):
    data = {"base": scale.revision, "name": scale.name, "is_described": "on", "levels": levels}
    return data | more


def names(scale):
    return list(scale.levels.order_by("position").values_list("name", flat=True))


# Making


def test_an_admin_makes_a_lens_with_its_prompts_and_kinds_of_work(
    framework_admin_client, organisation
):
    data = {"unit": organisation.pk, "name": "Sleep", "about": "Who slept where."}
    data |= {"prompts": "Who slept where?\n\nWho chose it?", "kinds": ["home_visit"]}

    page = framework_admin_client.post(at("shared_new", "lenses"), data, follow=True)

    lens = Lens.objects.get(code="sleep")
    assert (lens.unit, lens.kinds) == (organisation, ["home_visit"])
    assert asked(lens) == ["Who slept where?", "Who chose it?"]
    assert "Home visit" in page.content.decode()


def test_an_admin_makes_a_cause_after_the_others(framework_admin_client, organisation):
    CauseFactory(position=8)
    data = {"unit": organisation.pk, "name": "Long drives", "description": "Roads."}

    framework_admin_client.post(at("shared_new", "causes"), data)

    assert Cause.objects.get(code="long-drives").position == 9


def test_an_admin_makes_a_scale_of_words_with_what_they_mean(framework_admin_client, organisation):
    data = {"unit": organisation.pk, "name": "Two", "levels": "Begun: a start\nDone"}

    framework_admin_client.post(at("shared_new", "scales"), data)

    levels = Scale.objects.get(code="two").levels.order_by("position")
    assert [(each.name, each.description) for each in levels] == [
        ("Begun", "a start"),
        ("Done", ""),
    ]


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ("", "Give from 1 to 15 levels"),
        ("\n".join(str(number) for number in range(16)), "Give from 1 to 15 levels"),
        ("Good\nGOOD", "“good” is there twice"),
        ("Good\n: a meaning and no name", "Line 2: give the level a name"),
        ("x" * 41, "Line 1: give the level a name of up to 40"),
        ("Good: " + "x" * 200, "Line 1 is 6 characters too long"),
    ],
)
def test_levels_that_can_not_be_used_are_named(framework_admin_client, organisation, levels, words):
    data = {"unit": organisation.pk, "name": "Odd", "levels": levels}

    page = framework_admin_client.post(at("shared_new", "scales"), data)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Scale.objects.filter(name="Odd").exists()


def test_a_name_that_is_taken_gets_another_address(framework_admin_client, organisation, lens):
    data = of_lens(lens, unit=organisation.pk)

    framework_admin_client.post(at("shared_new", "lenses"), data)

    assert Lens.objects.filter(code="sleep-2").exists()


# What is shipped, and making it ours


def test_nobody_changes_or_deletes_what_is_shipped(framework_admin_client):
    lens = LensFactory()

    changed = framework_admin_client.post(at("shared_edit", "lenses", lens.code), of_lens(lens))
    deleted = framework_admin_client.post(at("shared_delete", "lenses", lens.code))

    assert (changed.status_code, deleted.status_code) == (403, 403)


@pytest.mark.parametrize("kind", ["lenses", "causes", "scales"])
def test_making_it_ours_copies_it_whole(framework_admin_client, organisation, kind):
    loading.load_shared()
    model = actions.KINDS[kind]
    shipped = model.objects.order_by("pk").first()

    page = framework_admin_client.post(
        at("shared_ours", kind, shipped.code), {"unit": organisation.pk}
    )

    copy = model.objects.get(unit=organisation)
    assert page.url == at("shared_edit", kind, copy.code)
    assert copy.name == shipped.name
    for parts in {"lenses": ["prompts"], "scales": ["levels"]}.get(kind, []):
        assert getattr(copy, parts).count() == getattr(shipped, parts).count() > 0
    assert Change.objects.get(object_pk=copy.pk, verb="added").part_of == model._meta.model_name


def test_it_is_made_ours_for_a_unit_that_one_keeps(framework_admin_client, other_organisation):
    lens = LensFactory()

    page = framework_admin_client.post(
        at("shared_ours", "lenses", lens.code), {"unit": other_organisation.pk}
    )

    assert page.status_code == 422
    assert Lens.objects.count() == 1


def test_a_stranger_does_not_find_ours_and_a_reader_may_not_change_it(
    stranger_client, psw_client, lens
):
    assert stranger_client.get(at("shared_row", "lenses", lens.code)).status_code == 404
    assert psw_client.get(at("shared_row", "lenses", lens.code)).status_code == 200
    assert psw_client.get(at("shared_edit", "lenses", lens.code)).status_code == 403
    assert "Sleep" not in stranger_client.get(at("lenses")).content.decode()


# Changing


def test_a_lens_is_changed_with_its_history(framework_admin_client, lens):
    data = of_lens(lens, prompts="Who chose it?\nWho woke?", kinds=["duty"])

    page = framework_admin_client.post(
        at("shared_edit", "lenses", "sleep"), data, follow=True
    ).content.decode()

    assert asked(lens) == ["Who chose it?", "Who woke?"]
    assert "Joel Amadi" in page
    change = Change.objects.get(verb="changed")
    assert change.before["prompts"] == ["Who slept where?", "Who chose it?"]
    assert change.after["kinds"] == ["duty"]


def test_a_prompt_that_a_passage_began_from_is_put_away_and_may_come_back(
    framework_admin_client, lens
):
    prompt = lens.prompts.get(position=1)
    passage = PassageFactory(observation=ObservationFactory(), prompt=prompt)
    edit = at("shared_edit", "lenses", "sleep")

    framework_admin_client.post(edit, of_lens(lens, prompts="Who chose it?"))
    passage.refresh_from_db()
    assert passage.prompt == prompt
    assert asked(lens) == ["Who chose it?"]

    lens.refresh_from_db()
    framework_admin_client.post(edit, of_lens(lens, prompts="Who chose it?\nWho slept where?"))
    assert asked(lens) == ["Who chose it?", "Who slept where?"]
    assert Prompt.objects.filter(lens=lens).count() == 2


def test_two_admins_at_once_see_each_other(framework_admin_client, lens):
    edit = at("shared_edit", "lenses", "sleep")
    framework_admin_client.post(edit, of_lens(lens, name="Nights"))

    page = framework_admin_client.post(edit, of_lens(lens, name="Beds"))

    shown = page.content.decode()
    assert page.status_code == 409
    assert "Joel Amadi changed this at" in shown
    assert "Nights" in shown
    assert "Beds" in shown
    lens.refresh_from_db()
    assert lens.name == "Nights"


# Deleting


def test_what_nothing_uses_is_deleted_and_put_back_whole(framework_admin_client, lens, own_scale):
    for kind, row in [("lenses", lens), ("scales", own_scale)]:
        page = framework_admin_client.post(at("shared_delete", kind, row.code), follow=True)
        assert f"{row.name} is deleted." in page.content.decode()
        change = Change.objects.filter(verb="deleted").latest("pk")
        framework_admin_client.post(at("shared_restore", kind, change.pk))

    assert asked(Lens.objects.get(code="sleep")) == ["Who slept where?", "Who chose it?"]
    assert names(Scale.objects.get(code="own")) == ["Little", "Some", "Much"]


def test_putting_back_twice_is_once(framework_admin_client, lens):
    framework_admin_client.post(at("shared_delete", "lenses", lens.code))
    address = at("shared_restore", "lenses", Change.objects.get(verb="deleted").pk)

    framework_admin_client.post(address)
    page = framework_admin_client.post(address, follow=True)

    assert "It is back already." in page.content.decode()
    assert Lens.objects.count() == 1


def test_one_made_meanwhile_does_not_take_the_address_of_one_deleted(
    framework_admin_client, organisation, lens
):
    framework_admin_client.post(at("shared_delete", "lenses", lens.code))
    again = of_lens(lens, prompts="Who woke?", unit=organisation.pk)
    framework_admin_client.post(at("shared_new", "lenses"), again)

    change = Change.objects.get(verb="deleted")
    framework_admin_client.post(at("shared_restore", "lenses", change.pk))

    assert set(Lens.objects.values_list("code", flat=True)) == {"sleep", "sleep-2"}


@pytest.mark.parametrize("kind", ["lenses", "causes", "scales"])
def test_what_a_framework_uses_is_not_deleted(framework_admin_client, organisation, kind):
    FrameworkVersionFactory(framework__unit=organisation, draft=True)
    # The one that the version uses, which is found again.
    row = {"lenses": LensFactory, "causes": CauseFactory, "scales": ScaleFactory}[kind]()
    type(row).objects.filter(pk=row.pk).update(unit=organisation)

    page = framework_admin_client.post(at("shared_delete", kind, row.code), follow=True)

    assert "is in use, so it stays" in page.content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()


# Scales in use


def test_levels_keep_their_rows_through_a_new_name_and_a_new_order(
    framework_admin_client, own_scale
):
    little, some, much = own_scale.levels.order_by("position")

    framework_admin_client.post(
        at("shared_edit", "scales", "own"), of_scale(own_scale, "Much\nLittle: a bit\nHalf\nAll")
    )

    levels = list(own_scale.levels.order_by("position"))
    assert [each.pk for each in levels[:3]] == [much.pk, little.pk, some.pk]
    assert names(own_scale) == ["Much", "Little", "Half", "All"]
    assert Change.objects.get(verb="changed").before["levels"] == ["Little", "Some", "Much"]


def test_a_level_that_a_draft_describes_does_not_go(
    framework_admin_client, organisation, own_scale
):
    FrameworkVersionFactory(framework__unit=organisation, scale=own_scale, draft=True)

    page = framework_admin_client.post(
        at("shared_edit", "scales", "own"), of_scale(own_scale, "Little\nSome")
    )

    assert page.status_code == 422
    assert "A draft says what “Much” looks like" in page.content.decode()
    assert LevelDescription.objects.filter(level__name="Much").exists()


def test_a_scale_of_a_published_version_stays_and_a_copy_is_offered(
    framework_admin_client, organisation, own_scale
):
    FrameworkVersionFactory(framework__unit=organisation, scale=own_scale)
    edit = at("shared_edit", "scales", "own")

    shown = framework_admin_client.get(edit).content.decode()
    sent = framework_admin_client.post(edit, of_scale(own_scale, "Less\nMore"))

    assert "This scale can’t be changed." in shown
    assert "Make it ours" in shown
    assert sent.status_code == 409
    assert names(own_scale) == ["Little", "Some", "Much"]


def test_a_scale_with_ratings_stays_though_it_is_of_a_draft(
    framework_admin_client, organisation, own_scale
):
    version = FrameworkVersionFactory(framework__unit=organisation, scale=own_scale, draft=True)
    note = ObservationFactory(unit=organisation, framework_version=version)
    RatingFactory(observation=note, level=own_scale.levels.get(name="Some"))

    sent = framework_admin_client.post(
        at("shared_edit", "scales", "own"), of_scale(own_scale, "Less\nMore\nMost")
    )

    assert sent.status_code == 409
    assert names(own_scale) == ["Little", "Some", "Much"]


@pytest.mark.parametrize("what", ["name", "level", "new level", "delete"])
def test_the_database_keeps_a_published_scale(organisation, own_scale, what):
    FrameworkVersionFactory(framework__unit=organisation, scale=own_scale)
    do = {
        "name": lambda: Scale.objects.filter(pk=own_scale.pk).update(name="Other"),
        "level": lambda: own_scale.levels.update(name="Other"),
        "new level": lambda: own_scale.levels.create(position=9, code="z", name="Z"),
        "delete": lambda: own_scale.levels.all()._raw_delete("default"),
    }

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        do[what]()


# Where a lens is offered


def test_a_lens_is_offered_in_its_kinds_of_work_only(organisation, lens):
    version = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    version.lenses.set([lens])
    Lens.objects.filter(pk=lens.pk).update(kinds=["home_visit", "duty"])

    def offered(kind):
        note = ObservationFactory(framework_version=version, kind_of_work=kind)
        return "Sleep" in dict(prompts_for(note))

    assert [offered(kind) for kind in ("home_visit", "duty", "court")] == [True, True, False]


def test_a_passage_keeps_its_prompt_when_the_note_becomes_another_kind_of_work(organisation, lens):
    version = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    version.lenses.set([lens])
    Lens.objects.filter(pk=lens.pk).update(kinds=["home_visit"])
    note = ObservationFactory(framework_version=version, kind_of_work="court")
    prompt = lens.prompts.get(position=2)
    PassageFactory(observation=note, prompt=prompt)

    assert dict(prompts_for(note))["Sleep"] == [prompt]
