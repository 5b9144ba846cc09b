"""Emerging themes: what is looked at, what is offered, what people make of it, and who sees it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from frameworks.models import Theme
from observations import identifiers
from observations.coding import emerging as engine
from observations.emerging import looks, naming, views
from observations.engine import Suggester
from observations.mentions import actions
from observations.models import EmergingLook, EmergingTheme, Mention, Passage
from observations.notes import actions as notes
from observations.notes import coding
from observations.recoding.differences import compared
from practicelens.audit.models import Entry
from practicelens.people.models import Role
from practicelens.refusals import NotNow
from reports.cells import rollup
from reports.periods import rolling
from reports.summaries import summarise
from tests.factories import MentionFactory, RoleFactory, ThemeFactory
from tests.observations.emerging_notes import note, observers, planted, unlike
from tests.observations.test_coding_emerging import WAITING

pytestmark = pytest.mark.django_db

PAGE = "/observations/emerging/"
# More of the same, for a group that grows.
MORE = [
    "The waiting room smelled of damp wool.",
    "Two brothers slept across the waiting room.",
    "A grandmother knitted in the waiting room.",
    "The waiting room clock had stopped.",
    "An interpreter walked into the waiting room.",
    "The waiting room lights flickered all morning.",
    "Someone wept quietly in the waiting room.",
    "The waiting room has no ramp.",
]
NAMED = {"name": "Waiting rooms", "definition": "How families are kept waiting."}


def looked(codebook):
    """The groups that a look of now offers."""
    looks.ask(codebook=codebook)
    look = EmergingLook.objects.asked().get()
    looks.look(look=look)
    return list(EmergingTheme.objects.candidates().filter(look=look).order_by("place"))


def about_waiting(groups):
    return [group for group in groups if "waiting" in " ".join(group.terms)]


@pytest.fixture
def group(team, codebook):
    """A candidate of eight passages about waiting rooms."""
    planted(team)
    unlike(team)
    (found,) = about_waiting(looked(codebook))
    return found


@pytest.fixture
def named(group, psw):
    return naming.name(group=group, by=psw, keywords=["waiting room"], **NAMED)


# Looking


def test_passages_that_resemble_each_other_are_offered_with_their_terms(group):
    assert {row.quote for row in group.passages.all()} == set(WAITING)
    assert {"waiting", "room"} <= set(" ".join(group.terms).split())
    assert group.look.said == "found"


def test_the_same_notes_are_grouped_the_same_way(team, codebook):
    planted(team)
    unlike(team)

    first, again = looked(codebook), looked(codebook)

    assert [(g.terms, g.closeness, g.passages.count()) for g in first] == [
        (g.terms, g.closeness, g.passages.count()) for g in again
    ]


def test_what_two_observers_wrote_is_not_offered(team, codebook):
    by = observers(2)
    planted(team, by=by)
    unlike(team, by=[*by, *observers(1)])

    assert about_waiting(looked(codebook)) == []


def test_too_little_text_is_said_with_its_numbers(team, codebook):
    planted(team)

    assert looked(codebook) == []
    look = EmergingLook.objects.get()
    assert (look.said, look.sentences, look.observers) == ("too_little", 8, 3)


def test_text_of_two_observers_is_too_little(team, codebook):
    unlike(team, by=observers(2))

    looked(codebook)

    assert EmergingLook.objects.get().said == "too_little"


def sentences_of(codebook):
    return [each.text for each in looks.uncovered(codebook, timezone.localdate())]


@pytest.mark.parametrize(("status", "covers"), [("confirmed", True), ("rejected", False)])
def test_a_sentence_is_covered_by_what_people_did_not_reject(team, codebook, status, covers):
    text = f"{WAITING[0]} {WAITING[1]}"
    passage = note(team, text)
    theme = ThemeFactory(codebook=codebook)
    MentionFactory(passage=passage, theme=theme, end=len(WAITING[0]), **{status: True})

    assert sentences_of(codebook) == (WAITING[1:2] if covers else WAITING[:2])


def test_what_is_only_suggested_covers_too(team, codebook):
    MentionFactory(passage=note(team, WAITING[0]), theme=ThemeFactory(codebook=codebook))

    assert sentences_of(codebook) == []


def test_old_withdrawn_uncoded_and_other_people_s_notes_are_not_looked_at(
    team, other_team, codebook
):
    year_ago = timezone.localdate() - timedelta(days=400)
    note(team, WAITING[0], observed_on=year_ago)
    note(team, WAITING[1], withdrawn_at=timezone.now())
    waiting = note(team, WAITING[2])
    type(waiting.observation).objects.filter(pk=waiting.observation_id).update(coded_at=None)
    note(other_team, WAITING[3])

    assert sentences_of(codebook) == []


def test_names_are_masked_before_anything_is_grouped(team, codebook):
    note(team, "Then Leanne Carter waited an hour in the waiting room with us.")

    (told,) = sentences_of(codebook)

    assert "Leanne" not in told
    assert "Carter" not in told


def test_a_passage_that_could_not_be_looked_through_is_left_out(team, codebook, monkeypatch):
    def fail(*args, **kwargs):
        raise identifiers.CouldNotLook

    note(team, WAITING[0])
    monkeypatch.setattr(identifiers, "find", fail)

    assert sentences_of(codebook) == []


def test_asked_twice_is_one_look_and_done_twice_is_once(team, codebook, psw):
    assert looks.ask(codebook=codebook, by=psw)
    assert not looks.ask(codebook=codebook)
    planted(team)
    unlike(team)
    look = EmergingLook.objects.get()

    offered = looks.look(look=look)

    assert offered > 0
    assert looks.look(look=look) == 0
    assert EmergingTheme.objects.count() == offered


def test_a_week_is_asked_for_once(codebook):
    looks.ask_where_due()
    EmergingLook.objects.update(state="done", done_at=timezone.now())
    looks.ask_where_due()
    assert EmergingLook.objects.count() == 1

    EmergingLook.objects.update(asked_at=timezone.now() - timedelta(days=7))
    looks.ask_where_due()
    assert EmergingLook.objects.count() == 2


# Deciding


def test_what_nobody_decided_on_is_the_same_group_at_the_next_look(codebook, group):
    again = looked(codebook)
    assert group in again
    assert EmergingTheme.objects.candidates().count() == len(again)


def test_what_is_not_found_again_stays_until_somebody_decides(codebook, group, psw_client):
    theme = ThemeFactory(codebook=codebook)
    for row in group.passages.select_related("passage"):
        MentionFactory(passage=row.passage, theme=theme, start=row.start, end=row.end)
    assert group not in looked(codebook)

    page = psw_client.get(PAGE).content.decode()
    assert "Groups of earlier looks that nobody decided on: 1" in page
    address = reverse("observations:not_a_theme", args=[group.pk])
    assert address in page
    psw_client.post(address)
    assert "Groups of earlier looks" not in psw_client.get(PAGE).content.decode()


def test_what_was_dismissed_stays_away(team, codebook, group, psw):
    naming.dismiss(group=group, by=psw)
    note(team, MORE[0])

    assert about_waiting(looked(codebook)) == []


def test_it_comes_back_once_it_has_doubled(team, codebook, group, psw, psw_client):
    naming.dismiss(group=group, by=psw)
    planted(team, MORE)

    (again,) = about_waiting(looked(codebook))

    assert again.dismissed_before == group
    assert again.passages.count() == 16
    assert "when it had 8" in psw_client.get(PAGE).content.decode()


def test_a_dismissal_is_undone(codebook, group, psw):
    naming.dismiss(group=group, by=psw)
    naming.bring_back(group=group)

    assert about_waiting(looked(codebook))


def test_what_one_person_decided_another_does_not_decide_again(group, psw):
    naming.dismiss(group=group, by=psw)

    with pytest.raises(NotNow):
        naming.dismiss(group=group, by=psw)
    with pytest.raises(NotNow):
        naming.name(group=group, by=psw, **NAMED)
    assert not Theme.objects.filter(is_draft=True).exists()


def test_naming_makes_a_draft_theme_and_suggestions(codebook, group, named, psw):
    named.refresh_from_db()
    mentions = Mention.objects.filter(theme=named)

    assert (named.is_draft, named.codebook, named.code) == (True, codebook, "waiting-rooms")
    assert named.keywords == ["waiting room"]
    assert set(mentions.values_list("status", "engine")) == {("suggested", engine.ENGINE)}
    assert {mention.quote for mention in mentions} == set(WAITING)
    assert all(
        next(mention.passage.text[a:b] for a, b in mention.words).lower() == "waiting"
        for mention in mentions
    )
    group.refresh_from_db()
    assert (group.state, group.theme, group.decided_by) == ("named", named, psw)
    assert Entry.objects.filter(what="theme", action="made", by=psw).exists()


def test_a_second_theme_of_a_like_name_gets_a_code_of_its_own(codebook):
    ThemeFactory(codebook=codebook, code="waiting-rooms")

    assert naming.free_code(codebook, "Waiting rooms!") == "waiting-rooms-2"
    assert naming.free_code(codebook, "待合室") == "theme"


def test_a_long_name_is_cut_between_words():
    assert naming.shortened("How families are kept waiting in our rooms") == (
        "How families are kept waiting in"
    )
    assert naming.shortened("x" * 50) == "x" * 32


def test_what_was_withdrawn_meanwhile_is_not_suggested(group, psw):
    gone = group.passages.first().passage.observation
    RoleFactory(user=gone.observer, unit=gone.unit, kind="psw")
    notes.withdraw(observation=gone, by=gone.observer)

    theme = naming.name(group=group, by=psw, **NAMED)

    assert theme.mentions.count() == 7


def test_a_draft_is_left_out_of_summaries_until_it_is_used(team, named, psw):
    mention = named.mentions.first()
    actions.decide_mention(mention=mention, by=psw, status="confirmed", stance="hinders")
    rollup.recount_all()
    assert named not in [row.theme for row in summarise(team, rolling()).themes]
    assert named not in [row.theme for row in summarise(team, rolling(), "home_visit").themes]

    naming.start_using(theme=named, by=psw)
    rollup.roll_up_dirty()

    (row,) = (row for row in summarise(team, rolling()).themes if row.theme == named)
    assert (row.hinders, row.suggested) == (1, 7)
    assert Entry.objects.filter(what="theme", action="published", by=psw).exists()


def test_a_draft_has_no_page_of_figures_and_stands_in_no_list_of_themes(named, psw_client):
    assert psw_client.get(reverse("reports:summary_theme", args=[named.pk])).status_code == 404
    assert named.name not in psw_client.get(reverse("frameworks:themes")).content.decode()


def test_new_notes_are_suggested_for_it_only_once_it_is_in_use(team, named, psw):
    before, after = note(team, WAITING[0]), note(team, WAITING[0])
    for each in (before, after):
        type(each.observation).objects.filter(pk=each.observation_id).update(coded_at=None)

    coding.code(observation=before.observation)
    naming.start_using(theme=named, by=psw)
    coding.code(observation=after.observation)

    assert not before.mentions.filter(theme=named).exists()
    assert after.mentions.filter(theme=named).exists()


@pytest.mark.parametrize("in_use", [False, True])
def test_reading_the_archive_again_leaves_what_was_grouped_alone(codebook, named, psw, in_use):
    Theme.objects.filter(pk=named.pk).update(is_draft=not in_use, keywords=[])
    mention = named.mentions.first()

    found = compared(mention.observation, Suggester.today(codebook))

    assert found.changes == []
    assert found.left_alone == 1


def test_a_draft_is_taken_back_while_nothing_is_confirmed(codebook, group, named, psw):
    naming.take_back(theme=named, by=psw)

    group.refresh_from_db()
    assert (group.state, group.theme) == ("candidate", None)
    assert not codebook.themes.filter(code="waiting-rooms").exists()
    assert about_waiting(looked(codebook))


def test_a_draft_with_something_confirmed_is_not_taken_back(named, psw):
    actions.decide_mention(mention=named.mentions.first(), by=psw, status="confirmed")

    with pytest.raises(NotNow):
        naming.take_back(theme=named, by=psw)
    assert named.mentions.count() == 8


def test_what_is_in_use_is_neither_started_again_nor_taken_back(named, psw):
    naming.start_using(theme=named, by=psw)

    for act in (naming.start_using, naming.take_back):
        with pytest.raises(NotNow):
            act(theme=named, by=psw)


def test_the_database_refuses_a_decision_that_nobody_made(group):
    for wrong in ({"state": "dismissed"}, {"state": "named", "decided_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EmergingTheme.objects.filter(pk=group.pk).update(**wrong)


# The pages


def test_the_page_shows_each_group_with_its_passages(group, psw_client):
    page = psw_client.get(PAGE).content.decode()

    assert "8 passages in 8 observations by three observers" in page
    assert all(text in page for text in WAITING)
    assert "Most groups are not themes" in page


def test_with_too_little_text_the_passages_are_listed(team, codebook, psw_client):
    planted(team)
    looked(codebook)

    page = psw_client.get(PAGE).content.decode()

    assert "8 sentences that no theme covers, by three observers; it takes 60" in page
    assert all(text in page for text in WAITING)


def test_only_the_newest_passages_without_a_theme_are_listed(
    team, codebook, psw_client, monkeypatch
):
    monkeypatch.setattr(views, "MOST_UNCOVERED", 2)
    planted(team, WAITING[:3])

    page = psw_client.get(PAGE)

    assert page.context["page"].paginator.count == 2
    assert "the newest 2 are shown" in " ".join(page.content.decode().split())


def test_nobody_sees_passages_outside_their_units(team, sibling_team, group, client):
    """Two passages in the sibling's team are too few to be shown a group, and stay unread there."""
    there = planted(sibling_team, WAITING[:2])
    for passage in there:
        group.passages.create(passage=passage, start=0, end=len(passage.text), nearness=0.9)
    client.force_login(RoleFactory(unit=sibling_team, kind=Role.Kind.PSW).user)

    page = client.get(PAGE).content.decode()

    assert "Name it" not in page
    assert not any(text in page for text in WAITING[2:])
    assert client.get(reverse("observations:name_theme", args=[group.pk])).status_code == 404


def test_words_that_only_others_wrote_are_not_told(sibling_team, group, client):
    EmergingTheme.objects.filter(pk=group.pk).update(terms=["waiting", "ombudsman"])
    for passage in planted(sibling_team):
        group.passages.create(passage=passage, start=0, end=len(passage.text), nearness=0.9)
    client.force_login(RoleFactory(unit=sibling_team, kind=Role.Kind.PSW).user)

    page = client.get(PAGE).content.decode()

    assert "Name it" in page
    assert "ombudsman" not in page


def test_only_practice_leaders_have_the_page(framework_admin_client, leader_client, nobody_client):
    for client in (framework_admin_client, leader_client, nobody_client):
        assert client.get(PAGE).status_code == 404


def test_a_practice_leader_asks_for_a_look_and_sees_that_it_is_under_way(
    team, codebook, psw, psw_client
):
    psw_client.post(reverse("observations:look_for_emerging", args=[codebook.pk]))

    assert EmergingLook.objects.asked().get().asked_by == psw
    assert "A look is under way" in psw_client.get(PAGE).content.decode()


def test_a_look_that_failed_is_said(team, codebook, psw_client):
    looks.ask(codebook=codebook)
    looks.give_up(look=EmergingLook.objects.get())

    assert "could not be finished" in psw_client.get(PAGE).content.decode()


def test_naming_by_the_form(group, psw_client):
    url = reverse("observations:name_theme", args=[group.pk])
    term = group.terms[0]

    response = psw_client.post(url, NAMED | {"use_when": "", "not_when": "", "keywords": [term]})

    assert response.status_code == 302
    theme = Theme.objects.get(is_draft=True)
    assert (theme.name, theme.keywords) == ("Waiting rooms", [term])
    page = psw_client.get(PAGE).content.decode()
    assert "Draft, not counted" in page
    assert "8 to look at" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Give the theme a name"),
        ({"definition": ""}, "Say in a sentence what it is"),
        ({"name": "x" * 101}, "Make the name shorter"),
        ({"name": "kindness"}, "A theme is called that already"),
        ({"keywords": ["ombudsman"]}, "ombudsman"),
    ],
)
def test_a_form_that_is_not_right_says_so_and_keeps_what_was_typed(
    codebook, group, psw_client, sent, said
):
    ThemeFactory(codebook=codebook, name="Kindness")
    url = reverse("observations:name_theme", args=[group.pk])

    response = psw_client.post(url, NAMED | {"use_when": "Only on duty days"} | sent)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Only on duty days" in response.content.decode()


def test_a_name_for_what_was_decided_meanwhile_is_not_lost(group, psw, psw_client):
    naming.dismiss(group=group, by=psw)

    response = psw_client.post(reverse("observations:name_theme", args=[group.pk]), NAMED)

    assert response.status_code == 422
    assert "How families are kept waiting." in response.content.decode()
    assert "decided about these passages since you opened them" in response.content.decode()


def test_a_group_is_dismissed_and_brought_back_by_hand(group, psw_client):
    psw_client.post(reverse("observations:not_a_theme", args=[group.pk]))
    assert "Groups that are not themes: 1" in psw_client.get(PAGE).content.decode()

    psw_client.post(reverse("observations:bring_back_group", args=[group.pk]))
    assert "Groups that are not themes" not in psw_client.get(PAGE).content.decode()


def test_pressed_twice_says_that_it_was_decided(group, psw_client):
    for _ in range(2):
        response = psw_client.post(reverse("observations:not_a_theme", args=[group.pk]))

    assert response.status_code == 302
    assert (
        "decided about these passages since you opened them"
        in psw_client.get(PAGE).content.decode()
    )


def test_a_draft_is_used_and_taken_back_by_hand(named, psw_client):
    psw_client.post(reverse("observations:start_using", args=[named.pk]))
    named.refresh_from_db()
    assert not named.is_draft

    Theme.objects.filter(pk=named.pk).update(is_draft=True)
    psw_client.post(reverse("observations:take_back_theme", args=[named.pk]))
    assert not Theme.objects.filter(pk=named.pk).exists()


def test_a_draft_s_suggestion_is_looked_at_in_the_queue_as_its_own_theme(
    codebook, theme, named, psw_client
):
    """With the theme missing among the choices, confirming would code it to another."""
    page = psw_client.post(reverse("observations:review"), follow=True).content.decode()
    mention = named.mentions.first()

    psw_client.post(
        reverse("observations:decide", args=[mention.pk]),
        {"status": "confirmed", "stance": "hinders", "theme": named.pk},
    )

    assert f'<option value="{named.pk}" selected>' in page
    mention.refresh_from_db()
    assert mention.status == "confirmed"
    assert not Mention.objects.filter(theme=theme).exists()


@pytest.mark.parametrize("groups", [1, 3])
def test_the_page_takes_the_same_queries_for_one_group_as_for_more(
    group, psw_client, groups, django_assert_max_num_queries
):
    for _ in range(groups - 1):
        copy = EmergingTheme.objects.create(
            look=group.look, terms=group.terms, closeness=0.8, place=9
        )
        for passage in Passage.objects.filter(text__in=WAITING):
            copy.passages.create(passage=passage, start=0, end=9, nearness=0.8)

    with django_assert_max_num_queries(20):
        assert psw_client.get(PAGE).content.decode().count("Name it") >= groups
