"""Reading a framework in its second language: chosen, shown, and falling back where it is missing."""

import uuid

import pytest
from django.urls import reverse

from frameworks.languages.wordings import OptionWords, option_said, said, wordings_in
from frameworks.models import FrameworkVersion, SecondLanguage
from observations.models import Passage, Rating
from tests.factories import (
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    SecondLanguageFactory,
    SecondWordingFactory,
)

pytestmark = pytest.mark.django_db

# First words of the small version that the factories make, and what is said of them.
WORDS = {
    "Domain 1": "Te rohe tuatahi",
    "Criterion 1.1": "Te mea <b>tuatahi</b>",
    "What happened, and what shows it?": "I aha te aha, ā, mā te aha e kitea ai?",
    "Emerging": "E puta mai ana",
    "Emerging for 1.1": "E tīmata ana",
    "There was an opening and nobody took it.": "I tuwhera te ara, kāore i whāia.",
    "No time": "Kāore he wā",
    "What told you so?": "Nā te aha koe i mōhio ai?",
}


def in_two_languages(version):
    language = SecondLanguageFactory(version=version)
    for first, second in WORDS.items():
        SecondWordingFactory(language=language, first=first, second=second)
    return language


@pytest.fixture
def language(framework_version):
    return in_two_languages(framework_version)


@pytest.fixture
def draft(language, team, psw, practitioner):
    return ObservationFactory(unit=team, observer=psw, practitioner=practitioner)


@pytest.fixture
def reader(psw):
    psw.reads_in = "mi"
    psw.save()
    return psw


def at(name, *args):
    return reverse(f"observations:{name}", args=args)


def ratings_of(draft, domain=1):
    found = draft.framework_version.domains.get(code=str(domain))
    return at("section", draft.key, f"domain-{found.pk}")


def shown(client, url):
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


# What is said of a text


def wordings(version):
    return wordings_in(FrameworkVersion.objects.for_reading().get(pk=version.pk), "mi")


def test_a_text_is_said_with_its_language_and_no_markup_of_its_own(language):
    words = said("Criterion 1.1", wordings(language.version))

    assert words == '<span lang="mi" dir="auto">Te mea &lt;b&gt;tuatahi&lt;/b&gt;</span>'


def test_what_is_missing_stands_as_it_is_and_is_marked_and_counted_once(language):
    words = wordings(language.version)

    assert said("<i>No</i>", words).startswith("&lt;i&gt;No&lt;/i&gt; <span")
    assert "(English)" in said("<i>No</i>", words)
    said("Emerging", words)
    assert (len(words.missing), len(words.asked)) == (1, 2)


def test_nothing_is_missing_of_no_text(language):
    words = wordings(language.version)

    assert said("", words) == ""
    assert words.missing == set()


def test_an_option_carries_its_language_beside_it(language):
    words = wordings(language.version)

    assert option_said("No time", words).tag == "mi"
    assert option_said("Set aside", words) == "Set aside (English)"
    assert option_said("Set aside", None) == OptionWords("Set aside")


@pytest.mark.parametrize(("tag", "name"), [("mi", "English"), ("en-NZ", "First wording")])
def test_the_first_language_is_named_so_that_it_is_told_from_the_second(tag, name):
    assert SecondLanguage(tag=tag).first_name == name


# The choice


def test_a_version_of_one_language_offers_no_choice(psw_client, team, psw, framework_version):
    draft = ObservationFactory(unit=team, observer=psw)

    assert "Read in:" not in shown(psw_client, draft.get_absolute_url())
    assert "Read in:" not in shown(psw_client, framework_version.get_absolute_url())


def test_the_choice_leads_back_and_is_remembered(psw_client, psw, draft):
    url = at("ratings", draft.key)

    sent = psw_client.post(reverse("frameworks:read_in"), {"tag": "mi", "next": url})

    assert sent.url == url
    psw.refresh_from_db()
    assert psw.reads_in == "mi"
    assert "Te rohe tuatahi" in shown(psw_client, url)


@pytest.mark.parametrize("tag", ["", "xx-", "<b>", "mi\x00", "abc-Latn-419", "m" * 300])
def test_what_is_no_language_is_the_first(psw_client, reader, tag):
    psw_client.post(reverse("frameworks:read_in"), {"tag": tag})

    reader.refresh_from_db()
    assert reader.reads_in == ""


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_the_choice_leads_nowhere_else(psw_client, page):
    sent = psw_client.post(reverse("frameworks:read_in"), {"tag": "mi", "next": page})

    assert sent.url == reverse("frameworks:read_in")


def test_ones_own_page_leads_to_the_languages_that_there_are(
    psw_client, stranger_client, reader, language
):
    url = reverse("frameworks:read_in")

    assert url in shown(psw_client, reverse("people:me"))
    assert 'value="mi" lang="mi" dir="auto" aria-current="true"' in shown(psw_client, url)
    assert "One language so far" in shown(stranger_client, url)


# What is being written stays


def test_choosing_on_a_form_saves_what_was_typed_and_shows_it_again(psw_client, psw, draft):
    url = ratings_of(draft)
    criterion = draft.framework_version.criteria.get(code="1.1")
    level = draft.framework_version.scale.levels.get(code="emerging")
    typed = {f"answer_{criterion.pk}": f"level-{level.pk}", "then": "read-in-mi"}

    sent = psw_client.post(url, typed)

    assert sent.url == url
    assert draft.ratings.get(criterion=criterion).level == level
    page = shown(psw_client, url)
    assert "Te mea &lt;b&gt;tuatahi&lt;/b&gt;" in page
    assert f'value="level-{level.pk}" checked' in page
    assert psw_client.post(url, typed | {"base_revision": 1, "then": "read-in-"}).url == url
    psw.refresh_from_db()
    assert psw.reads_in == ""


def test_choosing_keeps_on_the_page_what_can_not_be_saved(psw_client, draft):
    url = at("section", draft.key, "where")

    sent = psw_client.post(url, {"minutes": "a while", "then": "read-in-mi"})

    assert sent.status_code == 422
    assert 'value="a while"' in sent.content.decode()
    assert 'value="read-in-"' in sent.content.decode()


def test_choosing_beside_an_entry_keeps_the_entry_open(psw_client, draft):
    url = at("entry", draft.key, "passages", uuid.uuid4())

    sent = psw_client.post(url, {"text": "She asked Gran first.", "then": "read-in-mi"})

    assert sent.url == url
    assert Passage.objects.get().text == "She asked Gran first."
    page = shown(psw_client, url)
    assert "govuk-select" in page
    assert '<optgroup label="Te rohe tuatahi" lang="mi" dir="auto">' in page
    assert ' dir="auto" lang="mi">Nā te aha koe i mōhio ai?</option>' in page
    assert '<optgroup label="Domain 2 (English)">' in page


@pytest.mark.parametrize("tag", ["", "mi"])
def test_the_same_is_stored_whichever_was_read(psw_client, psw, draft, tag):
    psw.reads_in = tag
    psw.save()
    version = draft.framework_version
    rated, missed = version.criteria.filter(domain__code="1").order_by("position")
    level = version.scale.levels.get(code="emerging")
    typed = {
        f"answer_{rated.pk}": f"level-{level.pk}",
        f"evidence_{rated.pk}": "She asked.",
        f"answer_{missed.pk}": "missed",
        f"cause_{missed.pk}": version.causes.get(code="no_time").pk,
    }

    assert psw_client.post(ratings_of(draft), typed).status_code == 302

    kept = Rating.objects.order_by("criterion__position")
    assert list(kept.values_list("outcome", "level__code", "evidence", "cause__code")) == [
        ("level", "emerging", "She asked.", None),
        ("missed", None, "", "no_time"),
    ]


# Where the words show


def test_a_page_of_ratings_is_read_in_the_second_words_and_says_what_is_missing(
    psw_client, reader, draft
):
    page = shown(psw_client, ratings_of(draft))

    for words in WORDS.values():
        if words not in ("Te mea <b>tuatahi</b>", "Nā te aha koe i mōhio ai?"):
            assert words in page
    assert "Te mea &lt;b&gt;tuatahi&lt;/b&gt;" in page
    assert "Criterion 1.2 <span" in page
    assert "of the framework’s" in page
    assert "Not seen (English)" not in page


def test_the_other_window_is_told_apart_in_the_same_words(psw_client, reader, draft):
    criterion = draft.framework_version.criteria.get(code="1.1")
    level = draft.framework_version.scale.levels.get(code="emerging")
    url = ratings_of(draft)
    psw_client.post(url, {f"evidence_{criterion.pk}": "One.", "base_revision": "0"})

    sent = psw_client.post(url, {f"answer_{criterion.pk}": f"level-{level.pk}"})

    page = shown(psw_client, sent.url)
    assert "Te mea &lt;b&gt;tuatahi&lt;/b&gt;</span></h3>" in page
    assert '<p dir="auto"><span lang="mi" dir="auto">E puta mai ana</span></p>' in page


def test_the_note_is_read_by_each_in_the_language_they_chose(
    psw_client, practitioner_client, practitioner, language, shared_observation
):
    criterion = language.version.criteria.get(code="1.1")
    level = language.version.scale.levels.get(code="emerging")
    PassageFactory(observation=shared_observation, prompt=criterion.prompts.get())
    RatingFactory(observation=shared_observation, criterion=criterion, level=level)
    practitioner.reads_in = "mi"
    practitioner.save()

    theirs = shown(practitioner_client, shared_observation.get_absolute_url())
    assert "Te mea &lt;b&gt;tuatahi&lt;/b&gt;" in theirs
    assert "E puta mai ana" in theirs
    assert "Nā te aha koe i mōhio ai?" in theirs
    ours = shown(psw_client, shared_observation.get_absolute_url())
    assert "1.1 Criterion 1.1" in ours
    assert "Te mea" not in ours


def test_a_draft_that_is_tried_is_read_so_too(psw_client, reader, framework_version, team):
    draft = ObservationFactory(unit=team, observer=reader, trial=True)
    in_two_languages(draft.framework_version)

    assert "Te rohe tuatahi" in shown(psw_client, at("ratings", draft.key))
    assert "I tuwhera te ara" in shown(psw_client, ratings_of(draft))


def test_a_version_is_read_in_the_second_words(psw_client, reader, language):
    page = shown(psw_client, language.version.get_absolute_url())

    assert "Te mea &lt;b&gt;tuatahi&lt;/b&gt;" in page
    assert "Kāore he wā" in page
    assert "are not in" in page
    SecondWordingFactory(language=language, first="What good looks like here.", second="Te pai.")
    assert "Te pai." in shown(psw_client, language.version.framework.get_absolute_url())


def test_another_language_than_the_version_has_is_its_first(psw_client, reader, language):
    reader.reads_in = "cy"
    reader.save()

    page = shown(psw_client, language.version.get_absolute_url())
    assert "1.1 Criterion 1.1" in page
    assert "pl-first-words" not in page


@pytest.mark.parametrize(("tag", "more"), [("", 0), ("mi", 1)])
def test_reading_in_two_languages_takes_one_query_more_at_most(
    psw_client, psw, draft, framework_version, django_assert_num_queries, tag, more
):
    psw.reads_in = tag
    psw.save()
    url = ratings_of(draft)

    with django_assert_num_queries(23 + more):
        shown(psw_client, url)
    with django_assert_num_queries(17 + more):
        shown(psw_client, framework_version.get_absolute_url())
