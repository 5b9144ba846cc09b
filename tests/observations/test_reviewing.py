"""Suggested themes are a machine's until a person decides; and names are settled by the observer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from observations.coding.model import Learned, Model
from observations.mentions import actions, queue, quotes
from observations.models import (
    Card,
    CodingModel,
    DirtyCell,
    Mention,
    Observation,
    Passage,
    Redaction,
    ReviewSession,
)
from observations.notes import actions as notes
from observations.notes import coding
from observations.redaction import actions as redactions
from observations.redaction import finding
from practicelens.refusals import NotNow
from tests.factories import (
    MentionFactory,
    PassageFactory,
    RedactionFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

REVIEW = "/observations/review/"


@pytest.fixture
def mention(observation, theme):
    passage = PassageFactory(observation=observation)
    return MentionFactory(observation=observation, passage=passage, theme=theme)


@pytest.fixture
def review_session(psw_client, psw, mention):
    """The review session that was begun, with the one suggestion there is."""
    begun(psw_client)
    return ReviewSession.objects.get(person=psw)


def suggestions(observation, theme, count, **fields):
    """As many suggestions of a theme, each for a passage of its own."""
    return [
        MentionFactory(passage=PassageFactory(observation=observation), theme=theme, **fields)
        for _ in range(count)
    ]


def decide(client, mention, **data):
    return client.post(reverse("observations:decide", args=[mention.pk]), data)


def undo(client, mention, **data):
    return client.post(reverse("observations:undo", args=[mention.pk]), data, follow=True)


def begun(client, address=REVIEW):
    """The first page of a review session that is begun."""
    return client.post(address, follow=True)


def page_of(client, address=REVIEW):
    return client.get(address).content.decode()


def test_coding_suggests_themes_and_is_done_once(observation, theme):
    PassageFactory(observation=observation, text="Mum was talked over by three professionals.")

    assert coding.code(observation=observation) == 1
    assert coding.code(observation=observation) == 0

    mention = Mention.objects.get()
    assert (mention.theme, mention.status) == (theme, "suggested")
    assert mention.engine
    assert [mention.passage.text[a:b] for a, b in mention.words] == ["talked", "over"]
    assert DirtyCell.objects.filter(theme=theme).exists()


def test_a_draft_is_not_coded(draft, theme):
    PassageFactory(observation=draft, text="Mum was talked over.")

    assert coding.code(observation=draft) == 0


# A review session and its order


def test_the_queue_shows_one_with_its_words_and_why(psw_client, mention):
    Mention.objects.update(words=[[0, 3]])

    page = begun(psw_client).content.decode()

    assert "Suggested, not confirmed" in page
    assert mention.theme.name in page
    assert "0 of 1 looked at." in page
    assert '<mark class="pl-found">Mum</mark>' in page
    assert "The word <strong>Mum</strong> is on this theme’s list." in page


def test_opening_it_again_carries_on_the_same_review_session(
    psw_client, observation, theme, mention
):
    suggestions(observation, theme, 2)
    first = begun(psw_client).context["mention"]
    decide(psw_client, first, status="confirmed", review_session=ReviewSession.objects.get().pk)
    suggestions(observation, theme, 1)

    page = page_of(psw_client)

    assert "1 of 3 looked at." in page
    assert ReviewSession.objects.count() == 1


def test_a_review_session_is_carried_on_for_a_week(psw_client, review_session):
    ReviewSession.objects.update(begun_at=timezone.now() - timedelta(days=8))

    begun(psw_client)

    assert ReviewSession.objects.count() == 2


def test_a_review_session_has_at_most_forty(psw_client, observation, theme):
    suggestions(observation, theme, 50)

    assert "0 of 40 looked at." in begun(psw_client).content.decode()


def test_themes_with_the_fewest_confirmed_come_first_and_full_ones_last(observation, codebook):
    full, thin, none = (ThemeFactory(codebook=codebook) for _ in range(3))
    suggestions(observation, full, 30, confirmed=True)
    suggestions(observation, thin, 2, confirmed=True)
    for theme in (full, thin, none):
        suggestions(observation, theme, 3)

    order = list(queue.most_wanted(Mention.objects.suggested()))

    themes = [Mention.objects.get(pk=pk).theme for pk in order]
    assert themes == [none] * 3 + [thin] * 3 + [full] * 3


def test_a_theme_takes_no_more_than_it_needs_while_others_wait(observation, codebook):
    near_full, other = (ThemeFactory(codebook=codebook) for _ in range(2))
    suggestions(observation, near_full, 28, confirmed=True)
    suggestions(observation, other, 29, confirmed=True)
    for theme in (near_full, other):
        suggestions(observation, theme, 4)

    order = list(queue.most_wanted(Mention.objects.suggested()))

    themes = [Mention.objects.get(pk=pk).theme for pk in order]
    assert themes == [near_full] * 2 + [other] + [near_full] * 2 + [other] * 3


def test_in_a_theme_what_is_nearest_the_threshold_comes_first(observation, theme):
    far, near, unknown = (
        suggestions(observation, theme, 1, score=score)[0] for score in (0.95, 0.5, None)
    )

    assert list(queue.most_wanted(Mention.objects.suggested())) == [near.pk, far.pk, unknown.pk]


def test_a_learned_theme_goes_by_its_own_threshold(observation, theme, codebook):
    themes = {theme.code: Learned(threshold=0.9, bias=0, weights={})}
    learned = Model(trained_on="a" * 64, idf={}, features=(), themes=themes)
    version = CodingModel.objects.create(
        codebook=codebook, version=1, state="in_use", content=learned.as_plain()
    )
    sure, doubtful = (
        suggestions(observation, theme, 1, score=score, model=version)[0] for score in (0.5, 0.88)
    )

    assert list(queue.most_wanted(Mention.objects.suggested())) == [doubtful.pk, sure.pk]


def test_every_fifth_is_by_chance_wherever_it_is_begun():
    mixed = list(queue.mixed(range(100), range(100, 200), seed=3))

    assert [is_lucky for _, is_lucky in mixed] == [False, False, False, True, False] * 8
    assert [pk for pk, is_lucky in mixed if is_lucky] == list(range(100, 108))


def test_when_one_kind_runs_out_the_other_fills_the_review_session():
    assert list(queue.mixed([1], [2, 3], seed=0)) == [(2, True), (1, False), (3, True)]
    assert len(list(queue.mixed(range(100), [], seed=0))) == 40


def test_what_comes_by_chance_is_never_chosen_for_another_reason(psw, observation, theme):
    suggestions(observation, theme, 120, score=0.46)

    first = queue.drawn(psw, None, seed=1)
    second = queue.drawn(psw, None, seed=2)

    chosen = {pk for pk, by_chance in [*first, *second] if not by_chance}
    lucky = [[pk for pk, by_chance in drawn if by_chance] for drawn in (first, second)]
    assert len(lucky[0]) == len(lucky[1]) == 8
    assert not chosen & {*lucky[0], *lucky[1]}
    assert lucky[0] != lucky[1]
    assert queue.drawn(psw, None, seed=1) == first


def test_a_decision_says_whether_it_came_by_chance(psw_client, psw, mention, review_session):
    review_session.cards.update(by_chance=True)

    decide(psw_client, mention, status="rejected", review_session=review_session.pk)
    mention.refresh_from_db()
    assert mention.by_chance

    undo(psw_client, mention, review_session=review_session.pk)
    mention.refresh_from_db()
    assert not mention.by_chance


def test_one_theme_alone_is_looked_at_through_a_reload_and_a_decision(
    psw_client, observation, codebook, mention
):
    other = ThemeFactory(codebook=codebook)
    wanted = suggestions(observation, other, 2)
    address = f"{REVIEW}?theme={other.pk}"

    first = begun(psw_client, address).context["mention"]
    review_session = ReviewSession.objects.get(theme=other)
    response = decide(psw_client, first, status="confirmed", review_session=review_session.pk)

    assert response.url == address
    assert psw_client.get(address).context["mention"] in wanted
    assert "1 of 2 looked at." in page_of(psw_client, address)
    assert "0 of 3 looked at." not in page_of(psw_client, REVIEW)


@pytest.mark.parametrize("asked", ["999999", "x", "²", "-1"])
def test_a_theme_that_is_not_there_is_not_found(psw_client, mention, asked):
    assert psw_client.get(f"{REVIEW}?theme={asked}").status_code == 404


def test_a_theme_of_elsewhere_is_not_found(psw_client, other_organisation):
    theme = ThemeFactory(codebook__unit=other_organisation)

    assert psw_client.get(f"{REVIEW}?theme={theme.pk}").status_code == 404


def test_what_vanished_drops_out_without_fuss(psw_client, psw, observation, theme, mention):
    withdrawn = MentionFactory(
        passage__observation__unit=observation.unit,
        passage__observation__submitted=True,
        theme=theme,
    )
    gone, decided = suggestions(observation, theme, 2)
    begun(psw_client)
    assert "0 of 4 looked at." in page_of(psw_client)

    gone.delete()
    actions.decide_mention(mention=decided, by=UserFactory(), status="confirmed")
    Observation.objects.filter(pk=withdrawn.observation_id).update(withdrawn_at=timezone.now())

    assert "0 of 1 looked at." in page_of(psw_client)


def test_deciding_what_is_gone_says_so_and_goes_on(psw_client, mention, review_session):
    pk = mention.pk
    mention.delete()

    response = psw_client.post(
        reverse("observations:decide", args=[pk]),
        {"status": "confirmed", "review_session": review_session.pk},
        follow=True,
    )

    assert "That suggestion is gone" in response.content.decode()


def test_ones_own_practice_is_not_ones_own_to_code(psw_client, psw, observation, mention):
    Observation.objects.update(practitioner=psw, observer=UserFactory())

    assert "Nothing to look at" in page_of(psw_client)


def test_a_theme_that_is_no_longer_used_is_not_asked_about(psw_client, mention):
    mention.theme.retired_on = timezone.localdate()
    mention.theme.save()

    assert "Nothing to look at" in page_of(psw_client)


# Deciding


def test_confirming_counts_it_and_says_who(psw_client, psw, mention):
    decide(psw_client, mention, status="confirmed", stance="hinders", theme=mention.theme_id)

    mention.refresh_from_db()
    assert (mention.status, mention.stance, mention.decided_by) == ("confirmed", "hinders", psw)
    assert DirtyCell.objects.filter(theme=mention.theme).exists()


def test_rejecting_takes_it_out_of_the_queue(psw_client, mention):
    decide(psw_client, mention, status="rejected", theme=mention.theme_id)

    mention.refresh_from_db()
    assert mention.status == "rejected"
    assert "Nothing to look at" in page_of(psw_client)


def test_another_theme_rejects_this_one_and_adds_that(psw_client, mention, codebook):
    other = ThemeFactory(codebook=codebook)

    decide(psw_client, mention, status="confirmed", stance="helps", theme=other.pk)

    assert set(Mention.objects.values_list("theme", "status")) == {
        (mention.theme_id, "rejected"),
        (other.pk, "confirmed"),
    }


def test_not_this_theme_is_that_whatever_else_was_chosen(psw_client, mention, codebook):
    other = ThemeFactory(codebook=codebook)

    decide(psw_client, mention, status="rejected", theme=other.pk)

    assert Mention.objects.get().status == "rejected"


def test_another_theme_that_was_confirmed_already_stays_as_it_is(psw_client, mention, codebook):
    other = MentionFactory(
        passage=mention.passage, theme=ThemeFactory(codebook=codebook), confirmed=True
    )

    decide(psw_client, mention, status="confirmed", stance="hinders", theme=other.theme_id)

    other.refresh_from_db()
    mention.refresh_from_db()
    assert (other.stance, other.decided_by) == ("helps", other.observation.observer)
    assert mention.status == "rejected"


def test_a_theme_of_another_codebook_is_refused_and_what_was_chosen_kept(
    psw_client, mention, review_session
):
    response = decide(
        psw_client,
        mention,
        status="confirmed",
        stance="neither",
        theme=ThemeFactory().pk,
        review_session=review_session.pk,
    )

    assert response.status_code == 422
    assert "Choose a theme from the list" in response.content.decode()
    mention.refresh_from_db()
    assert mention.status == "suggested"


def test_without_saying_what_nothing_is_decided(psw_client, mention):
    response = decide(psw_client, mention)

    assert response.status_code == 422
    assert "Confirm it, or say that it is not this theme" in response.content.decode()
    mention.refresh_from_db()
    assert mention.status == "suggested"


def test_skipping_leaves_it_for_another_review_session(psw_client, mention, review_session):
    decide(psw_client, mention, status="skipped", review_session=review_session.pk)

    page = page_of(psw_client)
    assert "That was the last" in page
    assert "0 confirmed, 0 not this theme, 1 skipped." in page
    mention.refresh_from_db()
    assert mention.status == "suggested"

    psw_client.post(REVIEW)
    assert "0 of 1 looked at." in page_of(psw_client)


def test_the_end_says_what_is_still_thin(psw_client, psw, observation, mention, review_session):
    suggestions(observation, mention.theme, 3, confirmed=True)

    decide(psw_client, mention, status="confirmed", review_session=review_session.pk)

    page = page_of(psw_client)
    assert "1 confirmed, 0 not this theme, 0 skipped." in page
    assert "10 confirmed are needed before a theme is learned." in page
    assert "4 confirmed</span>" in page


def test_an_hour_later_another_review_session_can_be_begun(
    psw_client, observation, theme, mention, review_session
):
    decide(psw_client, mention, status="confirmed", review_session=review_session.pk)
    Card.objects.update(done_at=timezone.now() - timedelta(hours=2))
    suggestions(observation, theme, 1)

    assert "1 suggestion waits for a decision." in page_of(psw_client)
    assert "0 of 1 looked at." in begun(psw_client).content.decode()


def test_looking_at_the_queue_begins_nothing(psw_client, observation, theme):
    suggestions(observation, theme, 3)

    page = page_of(psw_client)

    assert "3 suggestions wait for a decision." in page
    assert "Begin a review session" in page
    assert not ReviewSession.objects.exists()


def test_pressing_begin_twice_begins_once(psw_client, observation, theme):
    suggestions(observation, theme, 3)

    begun(psw_client)
    begun(psw_client)

    assert ReviewSession.objects.count() == 1


# Two people at once


def test_what_somebody_decided_meanwhile_is_told_and_never_overwritten(
    psw_client, mention, review_session
):
    dilys = UserFactory(name="Dilys Price")
    actions.decide_mention(mention=mention, by=dilys, status="confirmed", stance="hinders")

    response = decide(psw_client, mention, status="rejected", review_session=review_session.pk)

    assert response.status_code == 409
    assert f"Dilys Price confirmed “{mention.theme}”, hinders, on" in response.content.decode()
    mention.refresh_from_db()
    assert (mention.status, mention.decided_by) == ("confirmed", dilys)


def test_and_can_then_be_changed_knowingly_and_put_back(psw_client, psw, mention, review_session):
    dilys = UserFactory(name="Dilys Price")
    held = actions.decide_mention(mention=mention, by=dilys, status="confirmed", stance="hinders")
    known = held.decided_at.isoformat()

    decide(psw_client, mention, status="rejected", known=known, review_session=review_session.pk)
    mention.refresh_from_db()
    assert (mention.status, mention.decided_by) == ("rejected", psw)

    undo(psw_client, mention, review_session=review_session.pk)
    mention.refresh_from_db()
    assert (mention.status, mention.decided_by, mention.decided_at) == (
        "confirmed",
        dilys,
        held.decided_at,
    )


def test_the_same_decision_sent_twice_is_one(psw_client, mention, review_session):
    decide(psw_client, mention, status="confirmed", review_session=review_session.pk)
    mention.refresh_from_db()
    decided_at = mention.decided_at

    response = decide(psw_client, mention, status="confirmed", review_session=review_session.pk)

    assert response.status_code == 302
    mention.refresh_from_db()
    assert mention.decided_at == decided_at


def test_another_theme_that_somebody_refused_is_theirs_to_be_changed_knowingly(
    psw_client, mention, review_session, codebook
):
    refused = MentionFactory(
        passage=mention.passage, theme=ThemeFactory(codebook=codebook), rejected=True
    )

    response = decide(
        psw_client,
        mention,
        status="confirmed",
        theme=refused.theme_id,
        review_session=review_session.pk,
    )

    assert response.status_code == 409
    assert f"said that “{refused.theme}” does not fit" in response.content.decode()
    refused.refresh_from_db()
    mention.refresh_from_db()
    assert (refused.status, mention.status) == ("rejected", "suggested")


# Undoing


def test_a_decision_can_be_taken_back(psw_client, mention, review_session):
    decide(
        psw_client,
        mention,
        status="confirmed",
        stance="hinders",
        start=4,
        review_session=review_session.pk,
    )
    assert "Undo" in page_of(psw_client)

    page = undo(psw_client, mention, review_session=review_session.pk).content.decode()

    assert "is undecided again" in page
    assert "0 of 1 looked at." in page
    mention.refresh_from_db()
    assert (mention.status, mention.decided_by, mention.stance, mention.start) == (
        "suggested",
        None,
        "helps",
        0,
    )


def test_undoing_goes_back_step_by_step(psw_client, observation, theme, codebook):
    suggestions(observation, theme, 4)
    other = ThemeFactory(codebook=codebook)
    seen = []
    begun(psw_client)
    for said in [
        {"status": "confirmed"},
        {"status": "skipped"},
        {"status": "rejected"},
        {"status": "confirmed", "theme": other.pk, "stance": "helps"},
    ]:
        seen.append(psw_client.get(REVIEW).context["mention"])
        decide(psw_client, seen[-1], review_session=ReviewSession.objects.get().pk, **said)
    assert "4 of 4 looked at." in page_of(psw_client)

    for left, mention in zip([3, 2, 1, 0], reversed(seen), strict=True):
        last = psw_client.get(REVIEW).context["way"].last
        assert last.mention == mention
        page = undo(
            psw_client, mention, review_session=ReviewSession.objects.get().pk
        ).content.decode()
        assert f"{left} of 4 looked at." in page

    assert set(Mention.objects.values_list("status", "theme")) == {("suggested", theme.pk)}


def test_what_somebody_changed_since_is_not_undone(psw_client, mention, review_session):
    decide(psw_client, mention, status="confirmed", review_session=review_session.pk)
    dilys = UserFactory(name="Dilys Price")
    actions.decide_mention(mention=mention, by=dilys, status="rejected")

    page = undo(psw_client, mention, review_session=review_session.pk).content.decode()

    assert "so it stays as it is" in page
    mention.refresh_from_db()
    assert (mention.status, mention.decided_by) == ("rejected", dilys)


def test_undoing_on_the_note_brings_back_what_the_queue_found(psw_client, mention, review_session):
    decide(
        psw_client, mention, status="confirmed", stance="neither", review_session=review_session.pk
    )

    undo(psw_client, mention)

    mention.refresh_from_db()
    assert (mention.status, mention.stance) == ("suggested", "helps")
    assert "0 of 1 looked at." in page_of(psw_client)


# The quote's edges

TEXT = "Mum was asked first. Then 😀 the chair wrote it up! Nobody spoke."


@pytest.fixture
def quoted(observation, theme):
    passage = PassageFactory(observation=observation, text=TEXT)
    return MentionFactory(passage=passage, theme=theme, start=21, end=50)


def test_the_quote_stands_between_the_sentences_round_it(psw_client, quoted):
    quote = begun(psw_client).context["quote"]

    assert quote["before"] == "Mum was asked first."
    assert quote["pieces"] == [("Then 😀 the chair wrote it up!", False)]
    assert quote["after"] == "Nobody spoke."


@pytest.mark.parametrize(
    ("start", "end", "before", "after"),
    [
        (0, 64, "", ""),
        (8, 20, "Mum was", "Then 😀 the chair wrote it up!"),
        (21, 37, "Mum was asked first.", "wrote it up!"),
    ],
)
def test_a_quote_within_a_sentence_stands_between_its_other_halves(start, end, before, after):
    shown = quotes.shown(TEXT, start, end)

    assert (shown["before"], shown["after"]) == (before, after)


def test_an_edge_is_moved_to_another_word(psw_client, quoted):
    decide(psw_client, quoted, status="confirmed", start=27, end=64)

    quoted.refresh_from_db()
    assert quoted.quote == "the chair wrote it up! Nobody spoke."


def test_space_at_an_edge_is_left_out(psw_client, quoted):
    decide(psw_client, quoted, status="confirmed", start=20, end=51)

    quoted.refresh_from_db()
    assert quoted.quote == "Then 😀 the chair wrote it up!"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (22, 50, "Start the quote at the beginning of a word"),
        (21, 35, "End the quote at the end of a word"),
        (21, 21, "End the quote at least one word after it starts"),
        (50, 21, "End the quote at least one word after it starts"),
        (26, 27, "End the quote at least one word after it starts"),
        (21, 900, "End the quote inside the passage"),
        (900, 901, "Start the quote inside the passage"),
        (-1, 50, "Start the quote inside the passage"),
        ("x", 50, "Choose the start"),
    ],
)
def test_a_quote_that_will_not_do_says_what_to_put_right(psw_client, quoted, start, end, words):
    begun(psw_client)
    said = {"status": "confirmed", "start": start, "end": end, "stance": "neither"}

    response = decide(psw_client, quoted, review_session=ReviewSession.objects.get().pk, **said)

    assert response.status_code == 422
    assert words in response.content.decode()
    quoted.refresh_from_db()
    assert (quoted.status, quoted.start, quoted.end) == ("suggested", 21, 50)


def test_edges_that_make_no_quote_stay_chosen_until_put_right(psw_client, quoted):
    begun(psw_client)

    response = decide(
        psw_client,
        quoted,
        status="confirmed",
        start=51,
        end=20,
        review_session=ReviewSession.objects.get().pk,
    )

    page = response.content.decode()
    assert '<option value="51" selected>' in page
    assert '<option value="20" selected>' in page
    assert (
        '<p class="pl-mention__passage" id="quote" dir="auto">Then 😀 the chair wrote it up!</p>'
        in page
    )


def test_the_quote_of_what_is_not_confirmed_stays(psw_client, quoted):
    decide(psw_client, quoted, status="rejected", start=900, end=3)

    quoted.refresh_from_db()
    assert (quoted.status, quoted.start, quoted.end) == ("rejected", 21, 50)


def test_the_sentences_to_choose_from_hold_the_edges_as_they_are():
    assert [place for place, _ in quotes.starts(TEXT, 27)] == [0, 21, 27, 51]
    assert quotes.ends(TEXT, 64)[-1] == (64, "…chair wrote it up! Nobody spoke.")


# Why it was suggested


def test_it_says_how_many_confirmed_ones_it_is_like_and_the_nearest(
    psw_client, psw, theme, team, mention
):
    def confirmed(text, **fields):
        return MentionFactory(
            passage__text=text,
            passage__observation__unit=team,
            theme=theme,
            confirmed=True,
            **fields,
        )

    Passage.objects.update(text="The form timed out and she typed it again at the table.")
    Mention.objects.update(end=54)
    confirmed("The form timed out at the table.")
    confirmed("The form timed out, so she left.")
    confirmed("Nobody had asked the school.")
    MentionFactory(passage__text="The form timed out at the table.", theme=theme, confirmed=True)

    page = begun(psw_client).content.decode()

    assert "It is like 2 passages confirmed before" in page
    assert "“The form timed out at the table.”" in page


def test_it_says_which_version_found_it(psw_client, mention, codebook):
    version = CodingModel.objects.create(
        codebook=codebook, version=7, state="replaced", trained_at="2026-11-20T02:30Z"
    )
    Mention.objects.update(model=version)

    page = begun(psw_client).content.decode()

    assert "From version 7 of what was learned, 20 November 2026." in page


# Coding on the note


def test_a_person_adds_a_theme_that_nobody_suggested(psw_client, psw, observation, theme):
    passage = PassageFactory(observation=observation)

    psw_client.post(
        reverse("observations:add_mention", args=[passage.pk]),
        {"theme": theme.pk, "stance": "helps", "start": 0, "end": 19},
    )

    mention = Mention.objects.get()
    assert (mention.engine, mention.status, mention.decided_by) == ("", "confirmed", psw)
    assert mention.quote == "Mum was asked first"


def test_a_theme_added_in_a_sitting_is_undone_like_any_step(
    psw_client, mention, review_session, codebook
):
    other = ThemeFactory(codebook=codebook)

    response = psw_client.post(
        reverse("observations:add_mention", args=[mention.passage_id]),
        {"theme": other.pk, "stance": "helps", "review_session": review_session.pk},
        follow=True,
    )

    page = response.content.decode()
    assert "0 of 1 looked at." in page
    assert f"Theme added: “{other}”, helps." in page
    undo(psw_client, Mention.objects.get(theme=other), review_session=review_session.pk)
    assert not Mention.objects.filter(theme=other).exists()
    assert "0 of 1 looked at." in page_of(psw_client)


def test_adding_nothing_says_what_to_choose(psw_client, observation, theme):
    passage = PassageFactory(observation=observation)

    response = psw_client.post(reverse("observations:add_mention", args=[passage.pk]), {})

    assert response.status_code == 422
    assert "Choose a theme" in response.content.decode()
    assert "Say whether it helps or hinders" in response.content.decode()


def test_adding_what_somebody_decided_says_who_and_changes_nothing(psw_client, mention):
    dilys = UserFactory(name="Dilys Price")
    actions.decide_mention(mention=mention, by=dilys, status="rejected")

    response = psw_client.post(
        reverse("observations:add_mention", args=[mention.passage_id]),
        {"theme": mention.theme_id, "stance": "hinders"},
    )

    assert response.status_code == 409
    assert "Dilys Price said that" in response.content.decode()
    mention.refresh_from_db()
    assert (mention.status, mention.decided_by) == ("rejected", dilys)


def test_a_decided_mention_is_changed_from_the_note(psw_client, mention):
    held = actions.decide_mention(mention=mention, by=UserFactory(), status="confirmed")
    address = reverse("observations:decide", args=[mention.pk])
    note = page_of(psw_client, mention.observation.get_absolute_url())
    assert f'href="{address}"' in note
    assert timezone.localtime(held.decided_at).isoformat()[:19] in page_of(psw_client, address)

    decide(
        psw_client,
        mention,
        status="confirmed",
        stance="neither",
        end=19,
        known=held.decided_at.isoformat(),
    )

    mention.refresh_from_db()
    assert (mention.stance, mention.quote) == ("neither", "Mum was asked first")


def test_only_practice_leaders_over_it_decide(
    mention, stranger_client, practitioner_client, leader_client, practitioner
):
    Observation.objects.update(shared_at="2026-11-20T10:00Z")

    assert decide(stranger_client, mention).status_code == 404
    assert decide(leader_client, mention).status_code == 404
    assert decide(practitioner_client, mention).status_code == 404
    assert practitioner_client.get(REVIEW).status_code == 404


def test_nobody_goes_on_in_the_sitting_of_another(
    stranger_client, psw_client, mention, review_session
):
    assert decide(stranger_client, mention, review_session=review_session.pk).status_code == 404
    assert not Card.objects.exclude(done="").exists()


@pytest.mark.parametrize("rows", [5, 50])
def test_a_decision_and_the_next_card_take_the_same_queries_at_any_length(
    psw_client, observation, theme, django_assert_num_queries, rows
):
    suggestions(observation, theme, rows)
    suggestions(observation, theme, rows, confirmed=True)
    mention = begun(psw_client).context["mention"]
    review_session = ReviewSession.objects.get()

    with django_assert_num_queries(20):
        decide(psw_client, mention, status="confirmed", review_session=review_session.pk)
    with django_assert_num_queries(14):
        psw_client.get(REVIEW)


# Identifiers


@pytest.fixture
def named(draft):
    UserFactory(name="Callum Reid")
    passage = PassageFactory(observation=draft, text="Then Callum Reid rang. Callum Reid waited.")
    finding.refresh(draft)
    return passage


def settle(client, **data):
    redaction = Redaction.objects.filter(settled_at=None).first()
    return client.post(reverse("observations:settle", args=[redaction.pk]), data)


def test_a_word_is_put_in_its_place_everywhere_it_stands(psw_client, named):
    settle(psw_client, how="word", word="the duty worker")

    named.refresh_from_db()
    assert named.text == "Then the duty worker rang. The duty worker waited."
    assert not Redaction.objects.filter(settled_at=None).exists()


def test_it_can_stay_with_a_reason_and_is_not_asked_again(psw_client, psw, named, draft):
    settle(psw_client, how="keep", reason="He asked to be named.")
    finding.refresh(draft)

    assert not Redaction.objects.filter(settled_at=None).exists()
    assert Redaction.objects.first().settled_by == psw


@pytest.mark.parametrize("data", [{"how": "keep", "reason": " "}, {"how": "word", "word": ""}])
def test_nothing_is_settled_without_a_reason_or_a_word(psw_client, named, data):
    settle(psw_client, **data)

    assert Redaction.objects.filter(settled_at=None).exists()


def test_only_the_observer_settles(named, stranger_client, practitioner_client):
    assert settle(stranger_client, how="keep", reason="x").status_code == 404
    assert settle(practitioner_client, how="keep", reason="x").status_code == 404


def test_words_written_differently_close_their_finding(named, draft):
    Passage.objects.filter(pk=named.pk).update(text="Then a worker rang.")
    finding.refresh(draft)

    assert set(Redaction.objects.values_list("settled", flat=True)) == {"gone"}


def test_a_passage_with_an_open_one_is_never_put_forward(observation):
    passage = PassageFactory(observation=observation)
    assert Passage.objects.quotable().exists()

    RedactionFactory(observation=observation, passage=passage)

    assert not Passage.objects.quotable().exists()


def test_my_reading_is_never_put_forward(observation):
    PassageFactory(observation=observation, kind="reading")

    assert not Passage.objects.quotable().exists()


def test_replacing_after_submission_suggests_themes_again(psw, observation, theme):
    passage = PassageFactory(observation=observation, text="Leanne was talked over.")
    coding.code(observation=observation)
    redaction = RedactionFactory(
        observation=observation, passage=passage, words="Leanne", start=0, end=6
    )

    redactions.replace(redaction=redaction, by=psw, replacement="The mother")

    observation.refresh_from_db()
    assert observation.coded_at is None
    coding.code(observation=observation)
    mention = Mention.objects.get()
    assert mention.passage.text[mention.start : mention.end] == "The mother was talked over."


# Withdrawn while it is decided


def test_what_is_withdrawn_while_a_theme_is_added_gets_no_mention(mention, theme, psw):
    passage, other = mention.passage, ThemeFactory(codebook=theme.codebook)
    notes.withdraw(observation=mention.observation, by=mention.observation.observer)

    with pytest.raises(NotNow, match="withdrawn"):
        actions.add_mention(passage=passage, theme=other, stance="helps", by=psw)

    assert not Mention.objects.filter(theme=other).exists()


def test_what_is_gone_while_it_is_decided_says_so(mention, psw):
    Mention.objects.filter(pk=mention.pk).delete()

    with pytest.raises(NotNow, match="gone"):
        actions.decide_mention(mention=mention, by=psw, status=Mention.Status.CONFIRMED)
    with pytest.raises(NotNow, match="gone"):
        actions.undecide(mention=mention)
