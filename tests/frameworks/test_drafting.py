"""A framework admin builds a draft in the browser: add, change in place, copy, move, delete, undo."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frameworks.models import Change, Criterion, Domain, Framework, LevelDescription, Lineage
from frameworks.versions import drafting
from tests.factories import CriterionFactory, DomainFactory, FrameworkVersionFactory, ScaleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(organisation):
    return FrameworkVersionFactory(framework__unit=organisation, framework__code="ours", draft=True)


def at(name, *args):
    return reverse(f"frameworks:{name}", args=["ours", *args])


def codes(version):
    return list(version.criteria.order_by("position").values_list("code", flat=True))


def names(version):
    return list(version.criteria.order_by("position").values_list("name", flat=True))


def typed(criterion, **more):
    """What the form of a criterion sends when nothing was touched, save for `more`."""
    data = {
        "base": criterion.revision,
        "name": criterion.name,
        "look_for": criterion.look_for,
        "missed": criterion.missed,
        "domain": criterion.domain_id,
        "prompts": "\r\n".join(criterion.prompts.values_list("text", flat=True)),
    }
    for each in criterion.level_descriptions.select_related("level"):
        data[f"level_{each.level.code}"] = each.text
    for each in criterion.examples.all():
        data[f"example_{each.kind}"] = each.text
    return data | more


def test_an_admin_begins_a_framework_and_builds_it(
    framework_admin_client, framework_admin, organisation
):
    scale = ScaleFactory()
    data = {"name": "Our way", "description": "How we work.", "unit": organisation.pk}
    page = framework_admin_client.post(
        reverse("frameworks:new"), data | {"scale": scale.pk}, follow=True
    )
    assert "Add a domain" in page.content.decode()
    version = Framework.objects.get(code="our-way").versions.get()

    for name in ("Being with them", "Thinking"):
        framework_admin_client.post(
            reverse("frameworks:add_domain", args=["our-way"]), {"name": name, "about": ""}
        )
    domain = version.domains.get(code="2")
    levels = {f"level_{level.code}": f"It is {level.name}" for level in scale.levels.all()}
    framework_admin_client.post(
        reverse("frameworks:add_criterion", args=["our-way", domain.pk]),
        {"name": "Doubt is said aloud", "look_for": "Who said so?", "domain": domain.pk}
        | levels
        | {
            "prompts": "What is not known?\r\n\r\nWho asked?",
            "example_hit": "She said: I’m not sure.",
        },
    )

    criterion = version.criteria.get()
    assert (criterion.code, criterion.position) == ("2.1", 1)
    assert criterion.level_descriptions.count() == 4
    assert list(criterion.prompts.values_list("text", flat=True)) == [
        "What is not known?",
        "Who asked?",
    ]
    assert criterion.examples.get().kind == "hit"
    assert {each.by for each in Change.objects.all()} == {framework_admin}


def test_two_frameworks_of_one_name_have_addresses_of_their_own(framework_admin, organisation):
    scale = ScaleFactory()
    made = [
        drafting.make(
            name="Our way", description="x", unit=organisation, scale=scale, by=framework_admin
        )
        for _ in range(3)
    ]

    assert [each.framework.code for each in made] == ["our-way", "our-way-2", "our-way-3"]


def test_no_framework_takes_the_address_of_another_page(framework_admin, organisation):
    version = drafting.make(
        name="Standards",
        description="x",
        unit=organisation,
        scale=ScaleFactory(),
        by=framework_admin,
    )

    assert version.framework.code == "standards-2"


def test_a_criterion_is_changed_in_its_place(framework_admin_client, draft):
    criterion = draft.criteria.get(code="1.2")
    page = framework_admin_client.get(at("draft_part", "criteria", criterion.pk)).content.decode()
    assert 'id="part-form"' in page

    answer = framework_admin_client.post(
        at("draft_part", "criteria", criterion.pk),
        typed(criterion, name="Said in plain words", level_evident="Heard by all"),
    )

    assert answer.status_code == 302
    criterion.refresh_from_db()
    assert criterion.name == "Said in plain words"
    assert criterion.level_descriptions.get(level__code="evident").text == "Heard by all"
    change = Change.objects.get()
    assert change.after == {"name": "Said in plain words", "level_evident": "Heard by all"}


def test_a_second_admin_sees_both_and_overwrites_nothing(
    framework_admin_client, framework_admin, draft
):
    criterion = draft.criteria.get(code="1.1")
    theirs = typed(criterion, name="Theirs")
    framework_admin_client.post(at("draft_part", "criteria", criterion.pk), theirs)

    answer = framework_admin_client.post(
        at("draft_part", "criteria", criterion.pk), typed(criterion, name="Mine")
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{framework_admin} changed this at" in page
    assert "Theirs" in page
    assert "Mine" in page
    criterion.refresh_from_db()
    assert criterion.name == "Theirs"

    framework_admin_client.post(
        at("draft_part", "criteria", criterion.pk), typed(criterion, name="Mine and theirs")
    )
    criterion.refresh_from_db()
    assert criterion.name == "Mine and theirs"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Say what good looks like"),
        ("look_for", " ", "Say what to look for"),
        ("prompts", "fine\n" + "x" * 203, "Line 2 is 3 characters too long"),
    ],
)
def test_an_error_names_its_field_and_nothing_typed_is_lost(
    framework_admin_client, draft, field, value, words
):
    criterion = draft.criteria.get(code="1.1")

    answer = framework_admin_client.post(
        at("draft_part", "criteria", criterion.pk),
        typed(criterion, level_evident="Typed and kept", **{field: value}),
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Typed and kept" in answer.content.decode()


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("down", ["B", "A", "C"]),
        ("3", ["B", "C", "A"]),
        ("99", ["B", "C", "A"]),
        ("up", ["A", "B", "C"]),
    ],
)
def test_a_criterion_moves_by_buttons_and_by_number(
    framework_admin_client, organisation, to, expected
):
    version = FrameworkVersionFactory(
        framework__unit=organisation, framework__code="ours", draft=True, bare=True
    )
    domain = DomainFactory(version=version)
    first, *_ = [CriterionFactory(domain=domain, name=name) for name in "ABC"]
    other = CriterionFactory(domain=DomainFactory(version=version), name="Other")

    answer = framework_admin_client.post(
        at("move_part", "criteria", first.pk), {"to": to}, follow=True
    )

    assert names(version) == [*expected, "Other"]
    assert codes(version) == ["1.1", "1.2", "1.3", "2.1"]
    assert other.position == 4
    place = expected.index("A") + 1
    assert f"Moved to {place} of 3" in answer.content.decode()


def test_a_domain_moves_with_its_criteria_and_numbers_follow(framework_admin_client, draft):
    second = draft.domains.get(code="2")
    inside = list(second.criteria.values_list("pk", flat=True))

    framework_admin_client.post(at("move_part", "domains", second.pk), {"to": "up"})

    second.refresh_from_db()
    assert second.code == "1"
    moved = Criterion.objects.filter(pk__in=inside)
    assert list(moved.values_list("code", "position")) == [("1.1", 1)]
    assert codes(draft) == ["1.1", "2.1", "2.2"]


def test_a_code_of_its_own_stays(framework_admin, draft):
    criterion = draft.criteria.get(code="1.1")
    Criterion.objects.filter(pk=criterion.pk).update(code="SoS-3")
    criterion.refresh_from_db()

    drafting.move(row=criterion, to=2, by=framework_admin)

    assert codes(draft) == ["1.1", "SoS-3", "2.1"]


def test_a_place_that_is_no_number_is_told_where_it_was_typed(framework_admin_client, draft):
    criterion = draft.criteria.get(code="1.1")

    page = framework_admin_client.post(
        at("move_part", "criteria", criterion.pk), {"to": "first"}
    ).content.decode()

    assert "Give the place as a number" in page
    assert "Moved to" not in page
    assert 'id="to-error"' in page


def test_a_copy_stands_right_after_with_all_that_hangs_on_it(framework_admin_client, draft):
    criterion = draft.criteria.get(code="1.1")

    framework_admin_client.post(at("duplicate", criterion.pk))

    assert codes(draft) == ["1.1", "1.2", "1.3", "2.1"]
    copy = draft.criteria.get(code="1.2")
    assert copy.name == f"{criterion.name} (again)"
    assert copy.level_descriptions.count() == criterion.level_descriptions.count() > 0


@pytest.mark.parametrize("kind", ["domains", "criteria"])
def test_what_is_deleted_can_be_put_back_where_it_stood(framework_admin_client, draft, kind):
    row = (
        {"domains": Domain, "criteria": Criterion}[kind]
        .objects.filter(version=draft)
        .order_by("position")[0]
    )
    before = names(draft), codes(draft), LevelDescription.objects.count()

    page = framework_admin_client.post(at("delete_part", kind, row.pk), follow=True)
    assert f"{row} is deleted." in page.content.decode()
    assert len(names(draft)) < len(before[0])

    change = Change.objects.get(verb="deleted")
    framework_admin_client.post(at("restore", change.pk))
    framework_admin_client.post(at("restore", change.pk))

    assert (names(draft), codes(draft), LevelDescription.objects.count()) == before


def test_what_was_deleted_earlier_is_put_back_from_the_history(framework_admin_client, draft):
    gone = draft.criteria.get(code="1.1")
    framework_admin_client.post(at("delete_part", "criteria", gone.pk))
    framework_admin_client.post(at("delete_part", "domains", gone.domain_id))
    earlier, later = Change.objects.filter(verb="deleted").order_by("pk")
    assert "Put it back" in framework_admin_client.get(at("history")).content.decode()

    page = framework_admin_client.post(at("restore", earlier.pk), follow=True).content.decode()
    assert f"Put the domain back first in which {gone} was." in page
    framework_admin_client.post(at("restore", later.pk))
    framework_admin_client.post(at("restore", earlier.pk))

    assert gone in Criterion.objects.filter(version=draft, domain=gone.domain_id, code="1.1")
    assert "Put back since" in framework_admin_client.get(at("history")).content.decode()


def test_words_of_a_scale_given_up_since_do_not_come_back(framework_admin, draft):
    criterion = draft.criteria.get(code="1.1")
    change = drafting.delete(row=criterion, by=framework_admin)
    draft.scale = ScaleFactory(code="other")
    draft.save()

    drafting.restore(change=change, version=draft, by=framework_admin)

    assert not criterion.level_descriptions.exists()


def test_the_phone_shows_what_is_typed_in_a_new_criterion(framework_admin_client, draft):
    domain = draft.domains.get(code="1")
    page = framework_admin_client.post(
        at("add_criterion", domain.pk), {"name": "They sit level", "domain": domain.pk}
    ).content.decode()

    of = draft.criteria.count() + 1
    assert f"{of} of {of}" in page
    assert '<p class="pl-strong" data-shows="name">They sit level</p>' in page


def test_the_next_version_starts_as_a_copy_with_every_criterion_the_same(
    framework_admin_client, organisation
):
    version = FrameworkVersionFactory(framework__unit=organisation, framework__code="ours")

    framework_admin_client.post(at("start_draft"))
    framework_admin_client.post(at("start_draft"))

    later = version.framework.versions.get(number=2)
    assert names(later) == names(version)
    assert later.causes.count() == version.causes.count()
    lineage = Lineage.objects.filter(version=later)
    assert {(each.kind, each.earlier.code) for each in lineage} == {
        ("same", code) for code in codes(version)
    }
    assert all(each.earlier.code == each.later.code for each in lineage)


def test_the_next_version_shows_first_what_the_last_one_did(framework_admin, organisation):
    version = FrameworkVersionFactory(framework__unit=organisation, draft=True)
    version.shown_first = version.criteria.get(code="2.1")
    version.published_at, version.published_by = timezone.now(), framework_admin
    version.save()

    later = drafting.start(framework=version.framework, by=framework_admin)

    assert (later.shown_first.code, later.shown_first.version) == ("2.1", later)


def test_what_is_shown_first_is_chosen_in_the_browser_and_goes_with_its_criterion(
    framework_admin_client, draft
):
    first = draft.criteria.get(code="2.1")
    page = framework_admin_client.get(at("draft_about"))
    data = {
        **page.context["forms"][0].initial,
        "base": page.context["base"],
        "scale": draft.scale_id,
        "causes": list(draft.causes.values_list("pk", flat=True)),
        "shown_first": first.pk,
    }

    framework_admin_client.post(at("draft_about"), data)
    draft.refresh_from_db()
    assert draft.shown_first == first

    framework_admin_client.post(at("duplicate", first.pk))
    framework_admin_client.post(at("delete_part", "criteria", first.pk))
    draft.refresh_from_db()
    assert draft.shown_first is None


def test_a_criterion_of_another_version_is_not_offered_to_be_shown_first(
    framework_admin_client, draft
):
    other = FrameworkVersionFactory().criteria.first()

    page = framework_admin_client.post(at("draft_about"), {"shown_first": other.pk})

    assert "shown_first" in page.context["forms"][1].errors


def test_what_stops_publication_leads_to_the_place(framework_admin_client, draft):
    criterion = draft.criteria.get(code="1.2")
    criterion.level_descriptions.first().delete()
    Criterion.objects.filter(code="2.1").update(name="Partners and/or families are heard")

    page = framework_admin_client.get(at("draft")).content.decode()

    assert "1.2 has 1 level with no description" in page
    assert f'href="{at("draft_part", "criteria", criterion.pk)}#{criterion.anchor}"' in page
    assert "2.1 may ask two things" in page


def test_the_editor_takes_the_same_queries_however_large(
    framework_admin_client, organisation, django_assert_num_queries
):
    def page_of(count, code):
        version = FrameworkVersionFactory(
            framework__unit=organisation, framework__code=code, draft=True, bare=True
        )
        for _ in range(count):
            CriterionFactory.create_batch(count, domain=DomainFactory(version=version))
        return reverse("frameworks:draft", args=[code])

    small, large = page_of(1, "small"), page_of(7, "large")
    framework_admin_client.get(small)
    with CaptureQueriesContext(connection) as taken:
        framework_admin_client.get(small)
    with django_assert_num_queries(len(taken)):
        framework_admin_client.get(large)


@pytest.mark.parametrize(("kind", "sent"), [("criteria", {"name": "New"}), ("domains", {"to": 2})])
def test_an_edit_takes_the_same_queries_however_large(
    framework_admin_client, organisation, django_assert_num_queries, kind, sent
):
    def edit(size):
        version = FrameworkVersionFactory(framework__unit=organisation, draft=True, bare=True)
        for _ in range(size):
            CriterionFactory.create_batch(size, domain=DomainFactory(version=version))
        row = (version.criteria if kind == "criteria" else version.domains).order_by("position")[0]
        name, data = (
            ("draft_part", typed(row, **sent)) if kind == "criteria" else ("move_part", sent)
        )
        address = reverse(f"frameworks:{name}", args=[version.framework.code, kind, row.pk])
        return lambda: framework_admin_client.post(address, data)

    small, large = edit(2), edit(4)
    with CaptureQueriesContext(connection) as taken:
        small()
    with django_assert_num_queries(len(taken)):
        assert large().status_code == 302


def test_the_history_says_who_changed_what(framework_admin_client, framework_admin, draft):
    criterion = draft.criteria.get(code="1.1")
    framework_admin_client.post(
        at("draft_part", "criteria", criterion.pk), typed(criterion, name="Said plainly")
    )

    page = framework_admin_client.get(at("history")).content.decode()

    assert "Said plainly" in page
    assert str(framework_admin) in page


@pytest.mark.parametrize("who", ["psw_client", "leader_client"])
def test_readers_may_not_change_a_draft(request, who, draft):
    client = request.getfixturevalue(who)

    assert client.get(at("draft")).status_code == 403
    assert client.post(at("start_draft")).status_code == 403


def test_the_page_of_what_it_is_built_with_saves_both_forms(framework_admin_client, draft):
    page = framework_admin_client.get(at("draft_about"))
    base = page.context["base"]
    cause = draft.causes.first()
    data = {
        "base": base,
        "name": "Our other way",
        "description": "How.",
        "source": "",
        "licence": "",
    }

    framework_admin_client.post(
        at("draft_about"), data | {"scale": draft.scale_id, "causes": [cause.pk]}
    )

    draft.framework.refresh_from_db()
    assert draft.framework.name == "Our other way"
    assert list(draft.causes.all()) == [cause]

    again = framework_admin_client.post(
        at("draft_about"), data | {"name": "Lost?", "scale": draft.scale_id, "causes": [cause.pk]}
    )
    assert again.status_code == 409
    draft.framework.refresh_from_db()
    assert draft.framework.name == "Our other way"
