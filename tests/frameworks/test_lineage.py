"""An admin says what each criterion of a draft comes from, before it is published."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from frameworks.models import Change, Criterion, LevelDescription
from frameworks.versions import actions, drafting
from frameworks.versions.lineage import Mapping
from tests.factories import (
    CriterionFactory,
    DomainFactory,
    FrameworkVersionFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PAGE = reverse("frameworks:lineage", args=["ours"])
DRAFT = reverse("frameworks:draft", args=["ours"])


@pytest.fixture
def earlier(organisation):
    """1.1, 1.2 and 2.1, whose words have little in common."""
    version = FrameworkVersionFactory(
        framework__unit=organisation, framework__code="ours", draft=True
    )
    for code, name, level in [
        ("1.1", "Doubt is said aloud", "nobody asked what is unsure"),
        ("1.2", "Fathers are met", "he stood outside and was greeted later"),
        ("2.1", "Money comes up early", "rent, heating, food: each spoken of"),
    ]:
        Criterion.objects.filter(version=version, code=code).update(
            name=name, look_for=f"Where did you see: {name}?"
        )
        LevelDescription.objects.filter(criterion__version=version, criterion__code=code).update(
            text=level
        )
    version.criteria.update(missed="")
    actions.publish(
        version=version,
        by=UserFactory(),
        change_note="The first version.",
        effective_on=date(2026, 1, 1),
    )
    version.refresh_from_db()
    return version


@pytest.fixture
def draft(earlier, framework_admin):
    return drafting.start(framework=earlier.framework, by=framework_admin)


def old(draft, code):
    return Mapping(draft).earlier.criteria.get(code=code)


def sent(draft, *, right=(), dropped=(), came=None, carries=None, **more):
    """What the page sends: as it stands, save for `came` {code: [old codes]} and `carries`."""
    mapping = Mapping(draft)
    olds = {each.code: pk for pk, each in mapping.olds.items()}
    news = {each.code: pk for pk, each in mapping.news.items()}
    ties = mapping.suggested
    data = {"base": mapping.fingerprint()}
    for code, pk in news.items():
        chosen = ties.came[pk]
        if came and code in came:
            chosen = [olds[each] for each in came[code]]
        for place, each in zip(["first", "second", "third"], chosen, strict=False):
            data[f"{place}_{pk}"] = each
        if code in right:
            data[f"right_{pk}"] = "on"
    data |= {f"dropped_{olds[code]}": "on" for code in dropped}
    data |= {f"carries_{olds[code]}": news[to] for code, to in (carries or {}).items()}
    return data | more


def kinds(draft):
    """{(old code, new code): kind} of what is confirmed."""
    rows = draft.lineage.filter(confirmed_at__isnull=False).select_related("earlier", "later")
    return {
        (row.earlier and row.earlier.code, row.later and row.later.code): row.kind for row in rows
    }


def publish(draft, by):
    return actions.publish(
        version=draft, by=by, change_note="What is new.", effective_on=date(2026, 9, 1)
    )


ALL = ("1.1", "1.2", "2.1")


def test_a_copy_waits_to_be_looked_at_and_all_that_is_the_same_is_confirmed_at_once(
    framework_admin_client, framework_admin, draft
):
    assert "3 criteria need their lineage" in framework_admin_client.get(DRAFT).content.decode()
    with pytest.raises(actions.NotReady, match="3 criteria need their lineage"):
        publish(draft, framework_admin)
    assert "3 are word for word" in framework_admin_client.get(PAGE).content.decode()

    answer = framework_admin_client.post(PAGE, sent(draft, the_same="yes"))

    assert answer.url == DRAFT
    assert kinds(draft) == {(code, code): "same" for code in ALL}
    assert {row.confirmed_by for row in draft.lineage.all()} == {framework_admin}
    assert publish(draft, framework_admin).published_at


def test_a_first_version_has_nothing_to_map(framework_admin_client, framework_admin, organisation):
    version = FrameworkVersionFactory(
        framework__unit=organisation, framework__code="ours", draft=True
    )

    assert "This is the first version" in framework_admin_client.get(PAGE).content.decode()
    assert publish(version, framework_admin).published_at


def test_other_words_are_reworded_and_are_not_among_those_that_are_right_at_once(
    framework_admin_client, draft
):
    Criterion.objects.filter(version=draft, code="1.2").update(name="Fathers are met, and heard")

    framework_admin_client.post(PAGE, sent(draft, the_same="yes"))

    assert kinds(draft) == {("1.1", "1.1"): "same", ("2.1", "2.1"): "same"}
    page = framework_admin_client.get(DRAFT).content.decode()
    assert "1 criterion needs its lineage" in page
    assert "Reworded from 1.2" in page
    framework_admin_client.post(PAGE, sent(draft, right=ALL))
    assert kinds(draft)["1.2", "1.2"] == "reworded"


@pytest.mark.parametrize(
    ("field", "is_same"), [("look_for", False), ("missed", False), ("prompt", True)]
)
def test_the_words_are_those_an_observer_goes_by(draft, field, is_same):
    criterion = draft.criteria.get(code="1.1")
    if field == "prompt":
        criterion.prompts.update(text="Another question?")
    else:
        Criterion.objects.filter(pk=criterion.pk).update(**{field: "Other words"})

    mapping = Mapping(draft)

    found = mapping.kinds(mapping.kept)[old(draft, "1.1").pk, criterion.pk]
    assert (found == "same") is is_same


def test_an_added_criterion_is_suggested_from_the_likest_and_one_that_is_like_none_is_new(
    framework_admin, draft
):
    like = drafting.duplicate(criterion=draft.criteria.get(code="2.1"), by=framework_admin)
    other = CriterionFactory(domain=draft.domains.first(), code="1.9", name="Zebras")
    mapping = Mapping(draft)

    assert mapping.suggested.came[like.pk] == (old(draft, "2.1").pk,)
    assert mapping.suggested.came[other.pk] == ()


def test_a_criterion_that_nothing_was_said_of_is_new_once_that_is_confirmed(
    framework_admin_client, framework_admin, draft
):
    CriterionFactory(domain=draft.domains.first(), code="1.3", name="Zebras")
    framework_admin_client.post(PAGE, sent(draft, right=ALL))
    with pytest.raises(actions.NotReady, match="1 criterion needs its lineage"):
        publish(draft, framework_admin)

    framework_admin_client.post(PAGE, sent(draft, right=[*ALL, "1.3"]))

    assert kinds(draft)[None, "1.3"] == "new"


def test_a_deleted_criterion_is_dropped_once_that_is_confirmed(
    framework_admin_client, framework_admin, draft
):
    drafting.delete(row=draft.criteria.get(code="1.2"), by=framework_admin)
    framework_admin_client.post(PAGE, sent(draft, the_same="yes"))
    page = framework_admin_client.get(PAGE).content.decode()
    assert "1.2 Fathers are met is dropped" in page
    with pytest.raises(actions.NotReady, match="1 criterion needs its lineage"):
        publish(draft, framework_admin)

    framework_admin_client.post(PAGE, sent(draft, right=("1.1", "2.1"), dropped=["1.2"]))

    assert kinds(draft)["1.2", None] == "dropped"
    assert publish(draft, framework_admin)


@pytest.mark.parametrize(
    ("carries", "found"),
    [
        ({}, {("2.1", "2.1"): "split", ("2.1", "2.2"): "split"}),
        ({"2.1": "2.2"}, {("2.1", "2.1"): "split", ("2.1", "2.2"): "reworded"}),
    ],
)
def test_one_that_became_several_is_split_and_its_trend_may_carry_on_in_one(
    framework_admin_client, framework_admin, draft, carries, found
):
    drafting.duplicate(criterion=draft.criteria.get(code="2.1"), by=framework_admin)
    hint = "Split from 2.1: say which trend carries on"
    assert hint in framework_admin_client.get(DRAFT).content.decode()

    framework_admin_client.post(PAGE, sent(draft, right=[*ALL, "2.2"], carries=carries))

    assert {pair: kind for pair, kind in kinds(draft).items() if pair[0] == "2.1"} == found
    assert hint not in framework_admin_client.get(DRAFT).content.decode()
    assert publish(draft, framework_admin)


def test_several_that_became_one_are_merged_and_the_rest_of_them_are_not_dropped(
    framework_admin_client, framework_admin, draft
):
    drafting.delete(row=draft.criteria.get(code="1.2"), by=framework_admin)

    framework_admin_client.post(
        PAGE, sent(draft, right=["1.1", "2.1"], came={"1.1": ["1.1", "1.2"]})
    )

    assert kinds(draft) == {
        ("1.1", "1.1"): "merged",
        ("1.2", "1.1"): "merged",
        ("2.1", "2.1"): "same",
    }
    assert "Merged from 1.1 and 1.2" in framework_admin_client.get(DRAFT).content.decode()


def test_naming_one_twice_is_naming_it_once(framework_admin_client, draft):
    framework_admin_client.post(PAGE, sent(draft, right=ALL, came={"1.1": ["1.1", "1.1"]}))

    assert kinds(draft)["1.1", "1.1"] == "same"


def test_what_another_choice_turned_into_something_else_is_looked_at_again(
    framework_admin_client, draft
):
    answer = framework_admin_client.post(
        PAGE, sent(draft, right=ALL, came={"1.2": ["1.1"]}), follow=True
    )

    # 1.1 was shown as the same and is now half of a split; 1.2 of before is dropped unseen.
    assert "Look at 1.1 again" in answer.content.decode()
    assert kinds(draft) == {("1.1", "1.2"): "split", ("2.1", "2.1"): "same"}
    framework_admin_client.post(PAGE, sent(draft, right=ALL, dropped=["1.2"]))
    assert not Mapping(draft).unsettled()


def test_words_changed_after_it_was_confirmed_are_looked_at_again(
    framework_admin_client, framework_admin, draft
):
    framework_admin_client.post(PAGE, sent(draft, right=ALL))
    Criterion.objects.filter(version=draft, code="1.1").update(name="Doubt is shared")

    with pytest.raises(actions.NotReady, match="1 criterion needs its lineage"):
        publish(draft, framework_admin)


def test_a_tick_taken_off_is_no_longer_confirmed(framework_admin_client, draft):
    framework_admin_client.post(PAGE, sent(draft, right=ALL))
    framework_admin_client.post(PAGE, sent(draft, right=["1.1"]))

    assert kinds(draft) == {("1.1", "1.1"): "same"}


def test_what_stays_confirmed_keeps_who_confirmed_it_first(
    framework_admin_client, framework_admin, draft
):
    framework_admin_client.post(PAGE, sent(draft, right=["1.1"]))
    first = draft.lineage.get(later__code="1.1").confirmed_at
    framework_admin_client.post(PAGE, sent(draft, right=ALL))

    assert draft.lineage.get(later__code="1.1").confirmed_at == first


def test_a_choice_on_top_of_somebody_elses_is_shown_beside_it_and_not_saved(
    framework_admin_client, framework_admin, draft
):
    data = sent(draft, right=["1.1"], came={"1.1": ["2.1"]})
    framework_admin_client.post(PAGE, sent(draft, right=ALL))
    before = kinds(draft)

    answer = framework_admin_client.post(PAGE, data)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{framework_admin} changed the draft" in page
    assert "Saved is: Same as 1.1" in page
    assert kinds(draft) == before


def test_a_criterion_of_another_framework_is_refused_and_nothing_is_saved(
    framework_admin_client, draft
):
    far = FrameworkVersionFactory().criteria.first()
    later = draft.criteria.get(code="1.1")

    answer = framework_admin_client.post(
        PAGE, sent(draft, right=ALL) | {f"first_{later.pk}": far.pk}
    )

    assert answer.status_code == 422
    assert "Choose a criterion of the version before" in answer.content.decode()
    assert kinds(draft) == {}


def test_every_choice_is_in_the_history_and_one_that_changes_nothing_is_not(
    framework_admin_client, draft
):
    framework_admin_client.post(PAGE, sent(draft, right=ALL, came={"1.1": []}))
    framework_admin_client.post(PAGE, sent(draft, right=ALL, came={"1.1": []}))

    change = Change.objects.get(what="lineage")
    assert change.before["1.1"] == "Same: 1.1, to be confirmed"
    assert change.after["1.1"] == "New, confirmed"
    assert change.after["1.1 of version 1"] == "Dropped, to be confirmed"
    page = framework_admin_client.get(reverse("frameworks:history", args=["ours"]))
    assert "New, confirmed" in page.content.decode()


def test_what_is_put_back_is_mapped_anew_where_another_took_its_place(
    framework_admin_client, framework_admin, draft
):
    change = drafting.delete(row=draft.criteria.get(code="1.2"), by=framework_admin)
    framework_admin_client.post(PAGE, sent(draft, right=["1.1", "2.1"], came={"1.1": ["1.2"]}))

    drafting.restore(change=change, version=draft, by=framework_admin)

    assert ("1.2", "1.1") not in kinds(draft)
    assert draft.lineage.get(later__code="1.2").earlier.code == "1.2"


def test_likeness_is_said_in_words(framework_admin_client, draft):
    Criterion.objects.filter(version=draft, code="1.2").update(name="Fathers are met, and heard")
    Criterion.objects.filter(version=draft, code="2.1").update(name="Zebras", look_for="Stripes")

    page = framework_admin_client.get(PAGE).content.decode()

    assert "The same, word for word" in page
    assert "At least nine words in ten are alike" in page
    assert "At least six words in ten are alike" in page


def test_readers_may_not_say_what_comes_from_what(psw_client, stranger_client, draft):
    assert psw_client.get(PAGE).status_code == 403
    assert psw_client.post(PAGE, {"base": ""}).status_code == 403
    assert stranger_client.get(PAGE).status_code == 404


def test_the_page_takes_the_same_queries_however_large(
    framework_admin_client, framework_admin, organisation, django_assert_num_queries
):
    def page_of(count, code):
        version = FrameworkVersionFactory(
            framework__unit=UnitFactory(parent=organisation),
            framework__code=code,
            draft=True,
            bare=True,
        )
        for _ in range(count):
            CriterionFactory.create_batch(count, domain=DomainFactory(version=version))
        type(version).objects.filter(pk=version.pk).update(
            published_at="2026-01-01T00:00Z", published_by=framework_admin
        )
        drafting.start(framework=version.framework, by=framework_admin)
        return reverse("frameworks:lineage", args=[code])

    small, large = page_of(1, "small"), page_of(5, "large")
    framework_admin_client.get(small)
    with CaptureQueriesContext(connection) as taken:
        framework_admin_client.get(small)
    with django_assert_num_queries(len(taken)):
        framework_admin_client.get(large)
