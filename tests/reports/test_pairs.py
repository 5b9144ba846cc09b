"""Two observers of one occasion: in words, side by side, and what many pairs say together."""

from datetime import date

import pytest
from django.urls import reverse

from frameworks.models import Level
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from reports import pairs
from reports.pairs.across import OfCriterion, OfTheme
from reports.pairs.words import agreement_words
from tests.factories import (
    CodebookFactory,
    CriterionFactory,
    DomainFactory,
    FrameworkVersionFactory,
    LineageFactory,
    MentionFactory,
    ObservationFactory,
    PairFactory,
    PassageFactory,
    RatingFactory,
    RoleFactory,
    ThemeFactory,
    ThemeMappingFactory,
)

CRITERIA = 10


@pytest.fixture
def other_psw(service):
    return RoleFactory(user__name="Tom Whitfield", kind=Role.Kind.PSW, unit=service).user


@pytest.fixture
def version(organisation):
    return published(FrameworkVersionFactory(framework__unit=organisation, draft=True, bare=True))


def published(version, criteria=CRITERIA):
    """Its criteria are made before it is published; after that it can't be changed."""
    domain = DomainFactory(version=version)
    for number in range(criteria):
        CriterionFactory(domain=domain, code=f"1.{number}", name=f"Criterion {number}")
    FrameworkVersionFactory._meta.model.objects.filter(pk=version.pk).update(
        published_at="2026-01-01T09:00Z", published_by=RoleFactory().user, change_note="First"
    )
    version.refresh_from_db()
    return version


@pytest.fixture
def pair(psw, other_psw, team, version):
    return made_pair(psw, other_psw, team, version)


def made_pair(first, second, team, version, day=date(2026, 11, 12)):
    given = {"unit": team, "submitted": True, "observed_on": day}
    notes = [
        ObservationFactory(observer=each, framework_version=version, **given)
        for each in (first, second)
    ]
    return PairFactory(first=notes[0], second=notes[1])


def rate(pair, *said):
    """What each of the two says of the first criteria: a level's place, "missed" or None."""
    version = pair.first.framework_version
    criteria = version.criteria.order_by("position")
    for criterion, of_both in zip(criteria, said, strict=False):
        for note, each in zip(pair.observations, of_both, strict=True):
            rate_one(note, criterion, each)


def rate_one(note, criterion, said):
    given = {"observation": note, "criterion": criterion}
    if said is None:
        RatingFactory(**given, not_seen=True)
    elif said == "missed":
        RatingFactory(**given, missed=True)
    else:
        level = Level.objects.filter(scale=criterion.version.scale).order_by("position")[said]
        RatingFactory(**given, level=level, evidence=f"{note.observer.first_name} saw it.")


def name(note, theme, **given):
    MentionFactory(passage=PassageFactory(observation=note), theme=theme, **given)


def told(pair, user):
    return pairs.in_words(pairs.read(pair, user))


# In words


def test_it_is_said_in_words_first(pair, psw):
    rate(pair, *[(2, 2)] * 7, (1, 2), (2, 3))

    assert told(pair, psw) == (
        "You both rated 9 things. On 7 you said the same, on 2 you were one step apart."
    )


def test_larger_distances_are_told_apart(pair, psw):
    rate(pair, (0, 2), (0, 3), (3, 0))

    assert told(pair, psw) == (
        "You both rated 3 things. On 1 you were two steps apart, on 2 you were three steps or more "
        "apart."
    )


def test_what_was_missed_and_what_one_alone_saw_is_no_number_of_steps(pair, psw):
    rate(pair, (2, 2), ("missed", 2), (1, None), (None, "missed"), (None, None))

    assert told(pair, psw) == (
        "You both rated 1 thing. On 1 you said the same. On 1 more, one of you says an opportunity "
        "was missed. 2 things were seen by one of you only."
    )


def test_it_is_said_where_both_rated_nothing(pair, psw):
    rate(pair, (2, None))

    assert told(pair, psw) == (
        "You both rated nothing that the other rated too. 1 thing was seen by one of you only."
    )


def test_a_third_reader_is_told_of_the_two(pair, service):
    reader = RoleFactory(kind=Role.Kind.PSW, unit=service).user
    rate(pair, (2, 2), ("missed", 1), (1, None))

    assert told(pair, reader) == (
        "Both rated 1 thing. On 1 they said the same. On 1 more, one of them says an opportunity "
        "was missed. 1 thing was seen by one of the two only."
    )


def test_one_figure_is_given_from_eight_criteria_on(pair, psw):
    rate(pair, *[(1, 1), (2, 2), (3, 3)] * 2, (0, 0), (2, 3))

    said = pairs.over_all(pairs.read(pair, psw))

    assert said.startswith("Over the 8 together that is close enough to lean on either’s levels.")
    assert "Krippendorff’s alpha is 0.9" in said


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([(1, 1), (2, 3)] * 3, id="too few"),
        pytest.param([(2, 2)] * 9, id="no level but one"),
        pytest.param([(1, 1), (2, 3)] * 3 + [(2, None)] * 3, id="too few that both rated"),
    ],
)
def test_no_figure_is_given_where_it_says_too_little(said, pair, psw):
    rate(pair, *said)

    assert pairs.over_all(pairs.read(pair, psw)) == ""


@pytest.mark.parametrize(
    ("alpha", "words"),
    [
        (1, "usually the same"),
        (0.8, "usually the same"),
        (0.799, "close, not always the same"),
        (0.667, "close, not always the same"),
        (0.666, "often apart"),
        (-0.4, "often apart"),
    ],
)
def test_words_follow_krippendorff_s_limits(alpha, words):
    assert agreement_words(alpha) == words


# Side by side


def test_what_was_seen_differently_stands_first_and_furthest_apart_before_near(pair, psw):
    rate(pair, (2, 3), (2, 2), (0, 3), ("missed", 2), (1, None), (None, None))

    comparison = pairs.read(pair, psw)

    assert codes(comparison.different) == ["1.3", "1.2", "1.0"]
    assert codes(comparison.alike) == ["1.1"]
    assert codes(comparison.seen_by_one) == ["1.4"]
    assert codes(comparison.seen_by_neither) == ["1.5"]


def codes(rows):
    return [row.criterion.code for row in rows]


def test_an_opportunity_that_both_say_was_missed_is_seen_alike(pair, psw):
    rate(pair, ("missed", "missed"))

    assert codes(pairs.read(pair, psw).alike) == ["1.0"]


def test_one_s_own_note_stands_first_whichever_was_written_first(pair, psw, other_psw):
    assert [side.name for side in pairs.read(pair, psw).sides] == ["You", "Tom"]
    assert [side.name for side in pairs.read(pair, other_psw).sides] == ["You", "Marian"]


def test_two_of_one_first_name_are_told_apart(service, team, version):
    both = [
        RoleFactory(user__name=each, kind=Role.Kind.PSW, unit=service).user
        for each in ("Tom Whitfield", "Tom Ardern")
    ]
    reader = RoleFactory(kind=Role.Kind.PSW, unit=service).user

    sides = pairs.read(made_pair(*both, team, version), reader).sides

    assert [side.name for side in sides] == ["Tom Whitfield", "Tom Ardern"]


def next_version(version, kind):
    """A second version whose first criterion continues that of the first."""
    later = FrameworkVersionFactory(
        framework=version.framework, number=version.number + 1, draft=True, bare=True,
        scale=version.scale,
    )  # fmt: skip
    domain = DomainFactory(version=later)
    criterion = CriterionFactory(domain=domain, code="9.9", name="In new words")
    LineageFactory(
        version=later, kind=kind, earlier=version.criteria.order_by("position")[0], later=criterion
    )
    versions = FrameworkVersionFactory._meta.model.objects
    versions.filter(pk=version.pk).update(retired_on=date(2026, 11, 12))
    versions.filter(pk=later.pk).update(
        published_at="2026-11-01T09:00Z", published_by=RoleFactory().user, change_note="Second",
        effective_on=date(2026, 11, 12),
    )  # fmt: skip
    later.refresh_from_db()
    return later


@pytest.mark.parametrize(("kind", "both"), [("reworded", ["9.9"]), ("split", [])])
def test_two_versions_are_read_together_along_their_lineage_alone(
    kind, both, psw, other_psw, team, version
):
    later = next_version(version, kind)
    first = ObservationFactory(observer=psw, unit=team, framework_version=version, submitted=True)
    second = ObservationFactory(
        observer=other_psw, unit=team, framework_version=later, submitted=True
    )
    rate_one(first, version.criteria.order_by("position")[0], 2)
    rate_one(second, later.criteria.get(), 2)

    comparison = pairs.read(PairFactory(first=first, second=second), psw)

    assert codes(comparison.rated) == both
    if not both:
        assert [[each.words for each in row.said] for row in comparison.seen_by_one] == [
            ["Evident", "Not asked"],
            ["Not asked", "Evident"],
        ]


# Themes


@pytest.fixture
def themes(organisation):
    book = CodebookFactory(unit=organisation)
    return [ThemeFactory(codebook=book, name=each) for each in ("Poverty", "Voice", "Forms")]


def test_themes_that_both_notes_confirm_stand_first_with_their_stances(pair, psw, themes):
    poverty, voice, forms = themes
    name(pair.second, poverty, confirmed=True, stance="hinders")
    name(pair.first, voice, confirmed=True, stance="helps")
    name(pair.second, voice, confirmed=True, stance="hinders")
    name(pair.second, voice, confirmed=True, stance="helps")
    name(pair.first, forms, rejected=True)

    named = pairs.read(pair, psw).themes

    assert [(each.theme, each.stances) for each in named] == [
        (voice, ("helps", "helps and hinders")),
        (poverty, ("", "hinders")),
    ]


def test_a_merged_theme_and_the_one_it_went_into_are_the_same(
    psw, other_psw, team, version, themes, psw_client
):
    poverty, voice, forms = themes
    pair = made_pair(psw, other_psw, team, version)
    name(pair.first, poverty, confirmed=True, stance="helps")
    name(pair.first, voice, confirmed=True, stance="hinders")
    name(pair.second, voice, confirmed=True, stance="helps")
    ThemeMappingFactory(earlier=poverty, later=forms)
    ThemeMappingFactory(earlier=voice, later=forms)

    (named,) = pairs.read(pair, psw).themes
    ((row,),) = pairs.agreement([pair])[1:]

    assert (named.theme, named.stances) == (forms, ("helps and hinders", "helps"))
    assert (row.theme, row.either, row.both) == (forms, 1, 1)
    page = psw_client.get(pair.get_absolute_url()).content.decode()
    assert "“Poverty” and “Voice”, which were merged into it" in page
    page = psw_client.get(reverse("reports:pairs")).content.decode()
    assert "counted as the same" in page


def test_suggestions_are_counted_apart_and_name_no_theme(pair, psw, themes):
    name(pair.second, themes[0])

    comparison = pairs.read(pair, psw)

    assert comparison.themes == ()
    assert comparison.undecided == (0, 1)


# What to talk about


def test_what_was_seen_differently_is_asked_about_first(pair, psw, themes):
    rate(pair, (1, 3), (None, 2))
    name(pair.first, themes[0], confirmed=True)

    assert pairs.questions(pairs.read(pair, psw)) == [
        "Criterion 0: you said Emerging, Tom said Strong example. What did each of you see?",
        "Criterion 1: Tom said Evident, you did not see it. What had your attention?",
        "Poverty is in your observation and not in Tom’s observation. Was it not there, or not written down?",
    ]


def test_a_theme_seen_to_help_by_one_and_to_hinder_by_the_other_is_asked_about(pair, psw, themes):
    name(pair.first, themes[0], confirmed=True, stance="helps")
    name(pair.second, themes[0], confirmed=True, stance="hinders")

    assert pairs.questions(pairs.read(pair, psw)) == [
        "Poverty: in your observation it helps, in Tom’s observation it hinders. For whom?"
    ]


def test_no_theme_is_asked_about_while_the_other_note_has_suggestions_to_decide(pair, psw, themes):
    rate(pair, (1, 2))
    name(pair.first, themes[0], confirmed=True)
    name(pair.second, themes[1])

    assert len(pairs.questions(pairs.read(pair, psw))) == 1


def test_where_they_saw_it_alike_it_is_asked_what_both_looked_past(pair, psw):
    rate(pair, (2, 2))

    assert pairs.questions(pairs.read(pair, psw)) == [
        "You saw it much alike. What might you both have looked past?"
    ]


# The page of a pair


def test_the_page_shows_both_with_their_lines_and_not_seen_as_such(pair, psw_client):
    rate(pair, (1, 3), (2, None))

    page = psw_client.get(pair.get_absolute_url()).content.decode()

    for words in ("Emerging", "Strong example", "Marian saw it.", "Tom saw it.", "Not seen"):
        assert words in page
    assert "For a conversation, not a mark" in page


def test_reading_a_pair_is_a_reading_of_both_notes_in_the_log(pair, psw, psw_client):
    psw_client.get(pair.get_absolute_url())

    read = Entry.objects.filter(action="read", what="observation", by=psw)
    assert set(read.values_list("object_pk", flat=True)) == {
        str(note.pk) for note in pair.observations
    }


def test_an_observer_who_has_left_meets_the_other_s_words_no_more(pair, other_psw, psw, client):
    rate(pair, (1, 3))
    client.force_login(other_psw)
    assert "Marian saw it." in client.get(pair.get_absolute_url()).content.decode()

    other_psw.roles.update(ended_at=pair.made_at, ended_by=psw)

    assert client.get(pair.get_absolute_url()).status_code == 404


def test_taking_them_apart_leads_back_to_one_s_own_note(pair, psw_client):
    response = psw_client.post(reverse("reports:unpair", args=[pair.pk]))

    assert response.url == pair.first.get_absolute_url()
    assert psw_client.get(pair.get_absolute_url()).status_code == 404


def test_the_page_of_a_pair_takes_as_many_queries_for_many_criteria_as_for_one(
    pair, psw_client, django_assert_max_num_queries
):
    rate(pair, *[(1, 2)] * CRITERIA)

    with django_assert_max_num_queries(30):
        psw_client.get(pair.get_absolute_url())


# Across pairs


def test_alpha_by_criterion_needs_five_pairs_that_both_rated_it(psw, other_psw, team, version):
    made = [made_pair(psw, other_psw, team, version) for _ in range(5)]
    for place, each in enumerate(made):
        rate(each, (place % 4, place % 4), (place % 4, 3 - place % 4), (2, 2))
    rate_one(made[0].first, version.criteria.get(code="1.3"), 2)
    rate_one(made[0].second, version.criteria.get(code="1.3"), 2)

    rows, _ = pairs.agreement(made)

    assert [(row.criterion.code, row.pairs, row.words) for row in rows] == [
        ("1.0", 5, "Usually the same"),
        ("1.1", 5, "Often apart"),
        ("1.2", 5, "The same every time, at one level: no figure can be given"),
        ("1.3", 1, "Too few: 1 of 5"),
    ]
    assert [row.has_figure for row in rows] == [True, True, False, False]
    assert rows[0].alpha == 1


def test_what_only_one_of_a_pair_rated_is_in_no_row(psw, other_psw, team, version):
    pair = made_pair(psw, other_psw, team, version)
    rate(pair, (2, None), ("missed", 2))

    assert pairs.agreement([pair])[0] == []


def test_a_theme_is_shared_in_so_many_of_the_pairs_that_name_it(
    psw, other_psw, team, version, themes
):
    made = [made_pair(psw, other_psw, team, version) for _ in range(6)]
    for place, each in enumerate(made):
        name(each.first, themes[0], confirmed=True)
        if place < 4:
            name(each.second, themes[0], confirmed=True)
    name(made[0].first, themes[1], confirmed=True)
    name(made[0].second, themes[1])  # a suggestion is no agreement

    _, rows = pairs.agreement(made)

    assert [(row.theme, row.words) for row in rows] == [
        (themes[0], "Both in 4 of 6"),
        (themes[1], "Too few: 1 of 5"),
    ]
    assert rows[0].share == "67%, likely 30% to 90%"
    assert rows[1].share == ""


def test_no_person_is_named_where_pairs_are_added_up(
    psw, other_psw, team, version, psw_client, themes
):
    for place in range(5):
        pair = made_pair(psw, other_psw, team, version)
        rate(pair, (place % 3, place % 4))
        name(pair.first, themes[0], confirmed=True)

    page = psw_client.get(reverse("reports:pairs")).content.decode()
    main = page[page.index("<main") : page.index("</main>")]

    assert "Criterion 0" in main
    assert "Poverty" in main
    assert "Tom" not in main
    assert "Marian" not in main


def test_pairs_elsewhere_are_in_nobody_else_s_figures(pair, version, other_team, client):
    rate(pair, (1, 2))
    stranger = RoleFactory(kind=Role.Kind.PSW, unit=other_team).user
    client.force_login(stranger)

    page = client.get(reverse("reports:pairs")).content.decode()

    assert "No occasion was seen by two yet" in page


def test_the_figures_of_many_pairs_take_no_more_queries_than_of_one(
    psw, other_psw, team, version, django_assert_num_queries, themes
):
    made = [made_pair(psw, other_psw, team, version) for _ in range(4)]
    for each in made:
        rate(each, *[(1, 2)] * CRITERIA)
        name(each.first, themes[0], confirmed=True)

    with django_assert_num_queries(8):
        pairs.agreement(made)


def test_rows_without_a_database_speak_for_themselves():
    assert OfCriterion(None, 4, 1.0).words == "Too few: 4 of 5"
    assert OfTheme(None, 0, 0).words == "Too few: 0 of 5"
