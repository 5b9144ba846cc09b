"""The table of an observation's life: drawn in the documents, and kept by what people really can do."""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from observations import life
from observations.family.actions import make as make_card
from observations.life import MOVE, MOVES, Do, State
from observations.models import (
    Observation,
)
from observations.notes import actions
from observations.notes.fresh_themes import fingerprint
from observations.pairs.actions import pair
from practicelens.refusals import AlreadySo, NotNow
from tests.factories import (
    CodebookFactory,
    ConversationFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    RedactionFactory,
    RoleFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TRAITS = {
    State.DRAFT: {"draft": True},
    State.TRIAL: {"trial": True},
    State.TRIED: {"tried": True},
    State.SUBMITTED: {"submitted": True},
    State.SHARED: {"shared": True},
    State.OPENED: {"shared": True, "opened_at": timezone.now()},
    State.REPLIED: {"answered": True},
    State.WITHDRAWN: {"withdrawn": True},
}
PEOPLE = [
    "observer",
    "practitioner",
    "another_leader",
    "mover",
    "colleague",
    "leader",
    "framework_admin",
    "governance",
    "system_admin",
    "stranger",
    "nobody",
]


@pytest.fixture
def people(
    team, service, practitioner, leader, framework_admin, governance, system_admin, stranger, nobody
):
    """Everybody who may try; `mover` wrote notes of the team and has left it."""
    mover = UserFactory()
    RoleFactory(user=mover, kind="psw", unit=team, ended_at=timezone.now(), ended_by=system_admin)
    return {
        "observer": RoleFactory(kind="psw", unit=team).user,
        "practitioner": practitioner,
        "another_leader": RoleFactory(kind="psw", unit=service).user,
        "mover": mover,
        "colleague": RoleFactory(kind="practitioner", unit=team).user,
        "leader": leader,
        "framework_admin": framework_admin,
        "governance": governance,
        "system_admin": system_admin,
        "stranger": stranger,
        "nobody": nobody,
    }


@pytest.fixture
def theme(organisation):
    return ThemeFactory(codebook=CodebookFactory(unit=organisation))


@pytest.fixture
def note(people, team, framework_version, theme):
    """Makes a note that stands in a state, with all that its moves need."""

    def make(state, by="observer", **talked):
        made = ObservationFactory(
            unit=team,
            observer=people[by],
            practitioner=people["practitioner"],
            reflection_effect="They sat straighter.",
            **TRAITS[state],
        )
        made.refresh_from_db()
        passage = PassageFactory(observation=made)
        RedactionFactory(passage=passage, observation=made)
        for criterion in made.framework_version.criteria.all()[:1]:
            RatingFactory(observation=made, criterion=criterion).passages.add(passage)
        if state == State.REPLIED:
            RedactionFactory(reply=made.reply, passage=None, observation=made)
        if talked:
            ConversationFactory(observation=made, **talked)
        return Observation.objects.get(pk=made.pk)

    return make


def all_of(note, state):
    """One of each sort that stands in the state."""
    yield note(state)
    yield note(state, by="mover")
    if state in life.COUNTED:
        yield note(state, strengths="Bright.")
        yield note(state, strengths="Bright.", agreed_at=timezone.now())
    if state == State.REPLIED:
        quoted = note(state)
        Observation.objects.filter(pk=quoted.pk).update(quoted_at=timezone.now())
        yield Observation.objects.get(pk=quoted.pk)


@pytest.fixture
def beside(people, team, framework_version):
    """Another observer's note of the same occasion."""
    return ObservationFactory(
        unit=team, observer=people["another_leader"], practitioner=None, submitted=True
    )


def test_it_is_drawn_in_the_documents():
    page = Path(__file__).parents[2] / "docs" / "life-of-an-observation.md"

    assert life.as_table() in page.read_text()


@pytest.mark.parametrize("state", State)
def test_each_state_is_told_from_what_happened(note, state):
    assert note(state).state == state


def test_every_move_stands_once():
    assert [move.do for move in MOVES] == list(MOVE)
    assert set(MOVE) == set(Do)


def given(do, observation, beside):
    """What the action of a move takes besides the note and whoever does it."""
    if do == Do.REPLY:
        return {"verdict": "agreed", "words": "", "fairness": "fair"}
    if do == Do.CONVERSE:
        return {"strengths": "Calm."}
    if do == Do.AGREE:
        return {"is_agreed": True, "base": 0}
    if do == Do.ASK_FAMILY:
        return {"days": 14}
    if do == Do.TAKE_BACK:
        return {"not_shared": ("asked", "")}
    if do in (Do.ADD, Do.ADD_TO_REPLY):
        return {"words": "And Tuesday."}
    return {"other": beside} if do == Do.PAIR else {}


ACTIONS = {
    Do.SUBMIT: actions.submit,
    Do.FINISH: actions.finish_trial,
    Do.SHARE: actions.share,
    Do.TAKE_BACK: actions.take_sharing_back,
    Do.REPLY: actions.reply,
    Do.ADD_TO_REPLY: actions.add_to_reply,
    Do.CONVERSE: actions.converse,
    Do.AGREE: actions.agree,
    Do.ADD: actions.add_to_conversation,
    Do.PAIR: pair,
    Do.ASK_FAMILY: make_card,
    Do.WITHDRAW: actions.withdraw,
}


def prepare(do, observation):
    """Names are settled before it is shared."""
    if do == Do.SHARE:
        observation.redactions.all().delete()


def outcome(do, observation, by, beside):
    """The state that an action led to, or how it was refused; then all is as before."""
    with transaction.atomic():
        prepare(do, observation)
        try:
            ACTIONS[do](observation=observation, by=by, **given(do, observation, beside))
            return Observation.objects.get(pk=observation.pk).state
        except AlreadySo:
            return "already so"
        except NotNow:
            return "refused"
        finally:
            transaction.set_rollback(True)


def declared(do, observation, by):
    if observation.allows(do, by):
        return MOVE[do].to or observation.state
    return "already so" if life.is_so(observation, do, by) else "refused"


@pytest.mark.parametrize("state", State)
def test_the_actions_allow_what_it_says_and_nothing_else(note, people, beside, state):
    wrong = [
        f"{do} of {observation.observer} by {name}: {found}, not {expected}"
        for observation in all_of(note, state)
        for do in ACTIONS
        for name in PEOPLE
        for found in [outcome(do, observation, people[name], beside)]
        for expected in [declared(do, observation, people[name])]
        if found != expected
    ]

    assert wrong == []


def sent(do, observation, beside, theme):
    return {
        Do.WRITE: {"minutes": "41", "base_revision": "0"},
        Do.SUBMIT: {"not_shared_because": "share"},
        Do.TAKE_BACK: {"not_shared_because": "asked"},
        Do.REPLY: {"verdict": "agreed", "fairness": "fair"},
        Do.CONVERSE: {"strengths": "Calm."},
        Do.AGREE: {"is_agreed": "yes", "base_revision": "0"},
        Do.ADD: {"words": "And Tuesday."},
        Do.ADD_TO_REPLY: {"words": "And Tuesday."},
        Do.PAIR: {"other": beside.pk},
        Do.ASK_FAMILY: {"days": "14"},
        Do.CODE_FRESH: fresh(observation, theme),
        Do.CODE: {"theme": theme.pk, "stance": "helps"},
        Do.SETTLE_REPLY: {"how": "keep", "reason": "A town."},
        Do.SETTLE_NAMES: {"how": "keep", "reason": "A town."},
    }.get(do, {})


def fresh(observation, theme):
    passage = observation.passages.first()
    return {
        "passage": passage.pk,
        "read": fingerprint(passage),
        "said": f"confirm-{theme.pk}",
    }


def address(do, observation):
    parts = [observation.key]
    if do == Do.WRITE:
        parts.append("where")
    elif do == Do.CODE:
        parts = [observation.passages.first().pk]
    elif do == Do.SETTLE_NAMES:
        parts = [observation.redactions.in_reply(False).first().pk]
    elif do == Do.SETTLE_REPLY:
        found = observation.redactions.in_reply().first()
        parts = [found.pk if found else 0]
    return reverse(f"observations:{MOVE[do].address}", args=parts)


STANDING = """
SELECT (SELECT note::text FROM observations_observation note WHERE id = %(note)s),
       (SELECT string_agg(settled::text, ' ' ORDER BY id) FROM observations_redaction
         WHERE observation_id = %(note)s),
       (SELECT string_agg(said.strengths || coalesce(said.agreed_at::text, ''), '|' ORDER BY id)
          FROM observations_conversation said),
       (SELECT count(*) FROM observations_reply),
       (SELECT count(*) FROM observations_replypart),
       (SELECT count(*) FROM observations_conversationaddition),
       (SELECT count(*) FROM observations_pair),
       (SELECT count(*) FROM observations_familycard),
       (SELECT count(*) FROM observations_mention WHERE observation_id = %(note)s)
"""


def standing(observation):
    """All that a move could have changed."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"note": observation.pk})
        return cursor.fetchone()


def those_asked(at):
    """Of the first observation everybody; of each other whoever may have a part in it, and in turn
    one of those from whom all of it is kept, whatever became of it."""
    concerned, others = PEOPLE[:4], PEOPLE[4:]
    return PEOPLE if at == 0 else [*concerned, others[at % len(others)]]


@pytest.mark.parametrize("state", State)
def test_the_pages_let_through_what_it_says_and_nothing_else(
    client, note, people, beside, theme, state
):
    wrong = []
    for at, observation in enumerate(all_of(note, state)):
        closes = Do.FINISH if observation.is_trial else Do.SUBMIT  # one page does both
        for name in those_asked(at):
            client.force_login(people[name])
            for do in {*Do} - {Do.SUBMIT, Do.FINISH} | {closes}:
                found = pressed(client, do, observation, beside, theme)
                may = observation.allows(do, people[name])
                is_refused = not may and not life.is_so(observation, do, people[name])
                if found != (may, is_refused):
                    wrong.append(f"{do} of {observation.observer} by {name}: {found}")

    assert wrong == []


def pressed(client, do, observation, beside, theme):
    """Whether it changed anything, and whether it was refused; then all is as before."""
    with transaction.atomic():
        prepare(do, observation)
        before = standing(observation)
        response = client.post(address(do, observation), sent(do, observation, beside, theme))
        changed = standing(observation) != before
        transaction.set_rollback(True)
    return changed, response.status_code in (403, 404)


@pytest.mark.parametrize("state", State)
def test_the_page_offers_what_it_says_and_nothing_else(client, note, people, state):
    wrong = []
    for observation in all_of(note, state):
        prepare(Do.SHARE, observation)
        for name in PEOPLE:
            client.force_login(people[name])
            response = client.get(observation.get_absolute_url())
            if response.status_code != 200 or observation.allows(Do.WRITE, people[name]):
                continue  # not theirs to read, or a list of what is left to write
            page = response.content.decode()
            for move in [each for each in MOVES if each.button]:
                offers = f'"{reverse(f"observations:{move.address}", args=[observation.key])}"'
                may = Observation.objects.get(pk=observation.pk).allows(move.do, people[name])
                if (offers in page) != may:
                    wrong.append(f"{move.do} to {name}, of {observation.observer}")

    assert wrong == []
