"""What an admin says of a version in a second language: text by text, kept, copied, put back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from frameworks.languages import saying, texts
from frameworks.models import Change, SecondLanguage
from frameworks.versions import checking, drafting
from tests.factories import (
    CriterionFactory,
    DomainFactory,
    FrameworkVersionFactory,
    SecondLanguageFactory,
    SecondWordingFactory,
)
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(organisation):
    return FrameworkVersionFactory(framework__unit=organisation, framework__code="ours", draft=True)


@pytest.fixture
def language(version):
    return SecondLanguageFactory(version=version)


def at(name, *args):
    return reverse(f"frameworks:{name}", args=["ours", 1, *args])


def page_of(client, part, **asked):
    return client.get(at("second_words", part), asked).content.decode()


def typed(language, **said):
    """What the page of a part sends when only some texts were touched: {first words: second}."""
    seconds = dict(language.wordings.values_list("first", "second"))
    data = {}
    for first, second in said.items():
        key = texts.key_of(first)
        data |= {
            f"say-{key}": second,
            f"read-{key}": texts.key_of(seconds.get(first, "")),
        }
    return data


def said(language):
    return dict(language.wordings.values_list("first", "second"))


def part_of(version):
    return f"domain-{version.domains.get(code='1').pk}"


def test_an_admin_chooses_a_language_and_says_a_domain_in_it(
    framework_admin_client, framework_admin, version
):
    chosen = framework_admin_client.post(at("second_language"), {"which": "mi"}, follow=True)

    language = version.second_language
    total = len(texts.texts_of(version))
    assert (language.tag, language.name) == ("mi", "te reo Māori")
    assert f"0 of {total} texts translated, {total} missing" in chosen.content.decode()

    page = page_of(framework_admin_client, part_of(version))
    assert 'lang="mi"' in page
    assert 'spellcheck="true"' in page
    # In two pieces, as some keyboards send it: a, then the macron.
    words = {"Criterion 1.1": "Te Ma\u0304ori", "Domain 1": " Ko\r\ntahi "}
    framework_admin_client.post(at("second_words", part_of(version)), typed(language, **words))

    assert said(language) == {"Criterion 1.1": "Te M\u0101ori", "Domain 1": "Ko\ntahi"}
    change = Change.objects.filter(part_of_pk=version.pk, part_of="frameworkversion").first()
    changes = Change.objects.filter(
        part_of_pk=version.pk, what="second wording", by=framework_admin
    )
    assert change.by == framework_admin
    assert sorted(changes.values_list("named", flat=True)) == [
        "te reo Māori: Criterion 1.1",
        "te reo Māori: Domain 1",
    ]


@pytest.mark.parametrize(
    ("sent", "comes_to"),
    [
        ({"which": "cy"}, ("cy", "Cymraeg")),
        ({"which": "other", "name": "Gaeilge", "tag": "GA"}, ("ga", "Gaeilge")),
        ({"which": "other", "name": "中文", "tag": "zh-hant"}, ("zh-Hant", "中文")),
    ],
)
def test_any_language_can_be_chosen(sent, comes_to, framework_admin_client, version):
    framework_admin_client.post(at("second_language"), sent)

    assert (version.second_language.tag, version.second_language.name) == comes_to


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a language"),
        ({"which": "other", "tag": "ga"}, "Give the language’s name"),
        ({"which": "other", "name": "Gaeilge", "tag": "Irish"}, "Give the language’s tag"),
    ],
)
def test_a_language_without_name_or_tag_is_refused(sent, words, framework_admin_client, version):
    page = framework_admin_client.post(at("second_language"), sent)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not SecondLanguage.objects.exists()


def test_another_language_keeps_the_words_and_stands_in_the_history(
    framework_admin_client, version, language
):
    SecondWordingFactory(language=language, first="Domain 1")

    framework_admin_client.post(at("second_language"), {"which": "cy", "base": 0})

    language.refresh_from_db()
    change = Change.objects.get(part_of_pk=version.pk, verb="changed")
    assert (language.tag, language.wordings.count()) == ("cy", 1)
    assert change.before == {"name": "te reo Māori", "tag": "mi"}
    assert change.after == {"name": "Cymraeg", "tag": "cy"}


def test_two_who_choose_at_once_see_each_other(framework_admin_client, version, language):
    page = framework_admin_client.post(at("second_language"), {"which": "cy", "base": ""})
    late = framework_admin_client.post(at("second_language"), {"which": "cy", "base": "7"})

    language.refresh_from_db()
    assert (page.status_code, late.status_code, language.tag) == (409, 409, "mi")
    assert "This is what is saved now" in page.content.decode()


def test_the_same_text_is_asked_once(framework_admin_client, version, language):
    shared = version.criteria.first().look_for

    pages = [
        page_of(framework_admin_client, part.key) for part in texts.parts_of(version) if part.texts
    ]

    assert sum(page.count(f'id="first-{texts.key_of(shared)}"') for page in pages) == 1
    assert sum(page.count("Also in 1.2: What to look for") for page in pages) == 1


def test_only_what_is_missing_is_shown_and_stays_so(framework_admin_client, version, language):
    SecondWordingFactory(language=language, first="Domain 1")
    part = part_of(version)

    page = page_of(framework_admin_client, part, only="missing")
    assert f'id="first-{texts.key_of("Domain 1")}"' not in page
    assert f'id="first-{texts.key_of("Criterion 1.1")}"' in page

    place = f"first-{texts.key_of('Criterion 1.2')}"
    data = typed(language, **{"Criterion 1.1": "Tahi"}) | {"then": place}
    sent = framework_admin_client.post(f"{at('second_words', part)}?only=missing", data)
    assert sent.url == f"{at('second_words', part)}?only=missing#{place}"


def test_going_on_leads_to_the_next_part_with_something_missing(
    framework_admin_client, version, language
):
    parts = [part for part in texts.parts_of(version) if part.texts]
    for text in parts[2].texts:
        SecondWordingFactory(language=language, first=text.words)

    sent = framework_admin_client.post(at("second_words", parts[1].key), {"then": "next"})

    assert sent.url == at("second_words", parts[3].key)


def test_what_another_admin_said_meanwhile_is_not_overwritten(
    framework_admin_client, version, language, psw
):
    read = typed(language, **{"Domain 1": "Mine", "Criterion 1.1": "Tahi", "Criterion 1.2": ""})
    theirs = [("Domain 1", "Theirs"), ("Criterion 1.2", "Untouched by me")]
    for first, second in theirs:
        one = saying.Said(first, second, texts.key_of(""))
        saying.say(language=language, said=[one], by=psw)

    page = framework_admin_client.post(at("second_words", part_of(version)), read)

    shown = page.content.decode()
    assert page.status_code == 409
    assert f"{psw} saved this at" in shown
    assert "Theirs" in shown
    assert "Mine" in shown
    assert "Saved: 1 text." in shown
    assert said(language) == dict(theirs) | {"Criterion 1.1": "Tahi"}

    again = typed(language, **{"Domain 1": "Both"})
    framework_admin_client.post(at("second_words", part_of(version)), again)
    assert said(language)["Domain 1"] == "Both"


def test_what_another_admin_emptied_meanwhile_is_not_filled_in_again_unseen(
    framework_admin_client, version, language, psw
):
    SecondWordingFactory(language=language, first="Domain 1", second="Wāhanga")
    mine = typed(language, **{"Domain 1": "Wāhanga tahi"})
    emptied = saying.Said("Domain 1", "", texts.key_of("Wāhanga"))
    saying.say(language=language, said=[emptied], by=psw)

    page = framework_admin_client.post(at("second_words", part_of(version)), mine)

    shown = page.content.decode()
    assert page.status_code == 409
    assert f"{psw} saved this at" in shown
    assert "Nothing: its words were taken away" in shown
    assert "Wāhanga tahi</textarea>" in shown


def test_words_for_a_text_that_was_changed_meanwhile_are_shown(
    framework_admin_client, version, language
):
    data = typed(language, **{"Criterion 1.1": "Kua tuhia"})
    version.criteria.filter(code="1.1").update(name="Other words")

    page = framework_admin_client.post(at("second_words", part_of(version)), data)

    assert page.status_code == 409
    assert "Kua tuhia" in page.content.decode()
    assert said(language) == {}


def test_a_text_that_was_changed_offers_what_was_said_before(
    framework_admin_client, version, language
):
    row = SecondWordingFactory(language=language, first="Criterion 1.1", second="Paearu")
    version.criteria.filter(code="1.1").update(name="Criterion 1.1, said better")
    key, part = texts.key_of("Criterion 1.1, said better"), part_of(version)

    assert "Criterion 1.1" in framework_admin_client.get(at("second_language")).content.decode()
    assert "Start from these words" in page_of(framework_admin_client, part)
    other = texts.key_of("Domain 1")
    data = {f"say-{key}": "", f"say-{other}": "Typed", "use": f"{key}-{row.pk}"}
    page = framework_admin_client.post(at("second_words", part), data).content.decode()

    assert "Paearu</textarea>" in page
    assert "Typed</textarea>" in page
    assert "not saved yet" in page


def test_words_left_over_are_deleted_and_put_back(framework_admin_client, version, language):
    row = SecondWordingFactory(language=language, first="Gone", second="Kua ngaro")
    held = SecondWordingFactory(language=language, first="Domain 1")

    framework_admin_client.post(at("forget_words", held.pk))
    page = framework_admin_client.post(at("forget_words", row.pk), follow=True).content.decode()
    change = Change.objects.get(verb="deleted")
    assert said(language).keys() == {"Domain 1"}
    assert "Gone is deleted" in page

    for _ in range(2):
        framework_admin_client.post(at("restore_words", change.pk))
    assert said(language)["Gone"] == "Kua ngaro"


def test_a_language_is_deleted_after_asking_and_put_back(framework_admin_client, version, language):
    SecondWordingFactory(language=language, first="Domain 1", second="Wāhanga")
    asked = framework_admin_client.get(at("delete_second_language")).content.decode()
    assert "1 text said in it goes with it" in asked

    framework_admin_client.post(at("delete_second_language"))
    assert not SecondLanguage.objects.exists()
    change = Change.objects.get(verb="deleted")
    framework_admin_client.post(at("restore_words", change.pk))

    assert said(SecondLanguage.objects.get(version=version)) == {"Domain 1": "Wāhanga"}


def test_words_for_a_language_that_was_deleted_meanwhile_are_shown(
    framework_admin_client, version, language
):
    data = typed(language, **{"Domain 1": "Kua tuhia", "Domain 2": ""})
    framework_admin_client.post(at("delete_second_language"))

    page = framework_admin_client.post(at("second_words", part_of(version)), data)

    assert page.status_code == 409
    assert "Kua tuhia" in page.content.decode()
    assert "Put it back" in page.content.decode()


def test_a_deleted_language_does_not_take_the_place_of_another(
    framework_admin_client, version, language
):
    framework_admin_client.post(at("delete_second_language"))
    SecondLanguageFactory(version=version, tag="cy", name="Cymraeg")

    page = framework_admin_client.post(
        at("restore_words", Change.objects.get(verb="deleted").pk), follow=True
    )

    assert "Something else was chosen" in page.content.decode()
    assert version.second_language.tag == "cy"


def test_what_is_emptied_can_be_read_in_the_history(framework_admin_client, version, language):
    SecondWordingFactory(language=language, first="Domain 1", second="Wāhanga")

    data = typed(language, **{"Domain 1": ""})
    framework_admin_client.post(at("second_words", part_of(version)), data)

    framework_admin_client.post(
        at("second_words", part_of(version)), typed(language, **{"Domain 2": "Tuarua"})
    )

    assert said(language) == {"Domain 2": "Tuarua"}
    history = framework_admin_client.get(reverse("frameworks:history", args=["ours"]))
    assert "<del>Wāhanga</del>" in history.content.decode()
    assert "<ins>Tuarua</ins>" in history.content.decode()


def test_a_published_version_can_still_be_said_and_a_retired_one_not(
    framework_admin_client, framework_admin, version, language
):
    version.published_at, version.published_by = timezone.now(), framework_admin
    version.save()
    data = typed(language, **{"Domain 1": "Wāhanga"})
    framework_admin_client.post(at("second_words", part_of(version)), data)
    assert said(language) == {"Domain 1": "Wāhanga"}

    version.retired_on = timezone.localdate()
    version.save()
    data = typed(language, **{"Domain 1": "Other"})
    refused = framework_admin_client.post(at("second_words", part_of(version)), data)

    assert refused.status_code == 403
    page = page_of(framework_admin_client, part_of(version))
    assert "Wāhanga" in page
    assert "<textarea" not in page
    assert said(language) == {"Domain 1": "Wāhanga"}


def test_what_is_typed_outlives_the_session(
    client, ended_session, framework_admin, version, language
):
    part = at("second_words", part_of(version))

    ended_session(framework_admin)
    client.post(part, typed(language, **{"Domain 1": "Wāhanga"}))
    client.force_login(framework_admin)
    page = client.get(part).content.decode()

    assert "Wāhanga</textarea>" in page
    assert "not saved yet" in page


def test_a_draft_takes_the_words_of_the_version_it_is_copied_from(
    version, language, framework_admin
):
    SecondWordingFactory(language=language, first="Domain 1", second="Wāhanga")
    version.published_at, version.published_by = timezone.now(), framework_admin
    version.save()

    later = drafting.start(framework=version.framework, by=framework_admin)

    assert said(later.second_language) == {"Domain 1": "Wāhanga"}
    assert later.second_language.tag == "mi"


def test_what_is_missing_is_advice_and_stops_nothing(framework_admin_client, version, language):
    missing = texts.missing_from(version, language)
    for first in list(texts.texts_of(version))[2:]:
        SecondWordingFactory(language=language, first=first)

    assert f"{missing} labels" not in str(checking.what_stops(version))
    (advice,) = checking.worth_a_look(version)
    assert advice.words == "2 labels have no words in te reo Māori yet"
    assert advice.url == at("second_language")
    page = framework_admin_client.get(reverse("frameworks:draft", args=["ours"]))
    assert advice.words in page.content.decode()


def test_a_text_is_said_once(language):
    SecondWordingFactory(language=language, first="Domain 1")

    with refused_by("frameworks_second_wording_once"):
        SecondWordingFactory(language=language, first="Domain 1", second="Again")


def test_words_say_something_of_something(language):
    with refused_by("frameworks_second_wording_says_something"):
        SecondWordingFactory(language=language, second="")


def test_a_large_version_costs_as_many_queries_as_a_small_one(
    framework_admin_client, version, language
):
    def queries(*addresses):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            for address in addresses:
                assert framework_admin_client.get(address).status_code == 200
        return len(captured)

    addresses = [at("second_language"), at("second_words", part_of(version))]
    small = queries(*addresses)
    domain = version.domains.get(code="1")
    CriterionFactory.create_batch(12, domain=domain)
    DomainFactory.create_batch(6, version=version)
    for first in texts.texts_of(version):
        SecondWordingFactory(language=language, first=f"{first}!")

    assert queries(*addresses) == small
