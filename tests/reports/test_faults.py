"""What may break between a note and its cells, broken on purpose: nothing is lost or doubled.

The database, the worker and the broker are real; the broker is the tests' own, to be stopped.
"""

import os
import random
import signal
import subprocess
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from functools import partial
from urllib.parse import urlencode

import psutil
import pytest
import redis
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from observations.models import Mention, Observation, OtherCopy
from observations.notes import actions
from observations.notes.sections import build_form
from observations.recounting import recount_mentions, recount_observation
from practicelens.audit.models import Entry
from practicelens.jobs import nudges
from practicelens.jobs.models import LEASE, Run
from practicelens.jobs.names import Task
from practicelens.local import broker as brokers
from practicelens.people.two_windows import ReadAt
from practicelens.refusals import NotNow
from reports.models import CriterionCell
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RatingFactory,
    ThemeFactory,
)
from tests.reports.rig import (
    end,
    everything_is_counted,
    everything_is_done,
    python,
    until,
    worker,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("machines_clock"),
]

SEED = 20_261_123
KILLS = 50
SLOWEST_ANSWER = 2  # seconds, for a submission without a broker


@pytest.fixture(scope="module")
def own_broker(tmp_path_factory):
    broker = brokers.Broker(tmp_path_factory.mktemp("broker"))
    yield broker
    brokers.stop(broker)


@pytest.fixture
def broker(own_broker, monkeypatch):
    """A broker that this process nudges and that a test may stop; empty to begin with."""
    brokers.start(own_broker)
    client(own_broker).flushall()
    monkeypatch.setenv("CELERY_BROKER_URL", own_broker.url())
    monkeypatch.setitem(nudges.silent_until, "broker", 0)
    return own_broker


def client(broker):
    return redis.Redis.from_url(broker.url())


@pytest.fixture
def log(tmp_path):
    return tmp_path / "worker.log"


@pytest.fixture
def theme(theme):
    theme.keywords = ["family", "asked first", "meeting"]
    theme.save()
    return theme


@pytest.fixture
def scene(team, sibling_team, framework_version, theme, psw):
    """Two teams, a framework, a codebook with two themes, and an observer."""
    ThemeFactory(codebook=theme.codebook)
    return psw


def ready_draft(unit, observer):
    """A draft with nothing left to do but submit it."""
    observation = ObservationFactory(
        unit=unit, observer=observer, practitioner=None, reflection_effect="They were on show."
    )
    observation.refresh_from_db()
    PassageFactory(observation=observation, text="Mum was asked first in the family meeting.")
    RatingFactory(observation=observation)
    return observation


def submit(unit, observer):
    draft = ready_draft(unit, observer)
    actions.submit(observation=draft, by=observer)
    return draft


def at_once(count, function):
    """Call a function so many times in parallel; what they returned, or the NotNow they raised."""
    results, gate = [], threading.Barrier(count)

    def call():
        gate.wait(20)
        try:
            results.append(function())
        except NotNow as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=call) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


# The worker is killed


def many_notes(unit, theme, observer):
    """Thirty counted notes, quickly."""
    for _ in range(30):
        observation = ObservationFactory(
            unit=unit, observer=observer, practitioner=None, submitted=True
        )
        observation.refresh_from_db()
        RatingFactory.create_batch(2, observation=observation)
        MentionFactory(passage=PassageFactory(observation=observation), theme=theme)
        Observation.objects.filter(pk=observation.pk).update(coded_at=timezone.now())
        recount_observation(observation)


def change_some(dice, observer):
    """Decide five mentions this way or that, and mark all cells many times over."""
    for mention in dice.sample(list(Mention.objects.all()), 5):
        status = dice.choice([Mention.Status.CONFIRMED, Mention.Status.REJECTED])
        Mention.objects.filter(pk=mention.pk).update(
            status=status, decided_by=observer, decided_at=timezone.now()
        )
        recount_mentions([mention])
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO observations_dirtycell (unit_id, month, criterion_id, theme_id)
            SELECT unit_id, month, NULL::bigint, theme_id
              FROM observations_mention, generate_series(1, 40)
             UNION ALL
            SELECT unit_id, month, criterion_id, NULL
              FROM observations_rating, generate_series(1, 20)
            """
        )


def kill_during_a_roll_up(process, dice):
    """Ask for a roll-up and kill whoever does it, at a random moment after it began."""
    runs = Run.objects.count()
    nudges.send(Task.ROLL_UP)
    until(lambda: Run.objects.count() > runs)
    time.sleep(dice.uniform(0, 0.08))  # the moment is what is random here
    for child in psutil.Process(process.pid).children():
        with suppress(psutil.NoSuchProcess):
            child.kill()


@pytest.mark.alone
def test_a_worker_killed_at_any_moment_strands_nothing(team, scene, theme, broker, log):
    dice = random.Random(SEED)
    many_notes(team, theme, scene)
    interrupted = Run.objects.filter(ended_at=None)

    with worker(broker.url(), log, processes=2) as process:
        nudges.send(Task.ROLL_UP)
        until(everything_is_counted)
        # On a quick machine more of the kills come too late: then there are more of them.
        for kill in range(5 * KILLS):
            change_some(dice, scene)
            kill_during_a_roll_up(process, dice)
            call_command("sweep")
            until(everything_is_counted)
            if kill >= KILLS - 1 and interrupted.count() >= 5:
                break

    assert interrupted.count() >= 5, "hardly any kill fell into a roll-up"
    interrupted.update(started_at=timezone.now() - 2 * LEASE)
    call_command("sweep")
    assert not Run.objects.filter(ended_at=None).exists()


@pytest.mark.alone
def test_a_whole_worker_killed_and_started_again_finds_its_work(team, scene, theme, broker, log):
    for _ in range(3):
        submit(team, scene)
        with worker(broker.url(), log) as process:
            until(lambda: client(broker).hlen("unacked"))
            end(process)

    with worker(broker.url(), log):
        nudges.send(Task.SWEEP)
        until(everything_is_done)


CRASH_AFTER_COMMIT = """
import os, sys, django
django.setup()
from observations.models import Observation
from observations.notes import actions
from practicelens.jobs import nudges
nudges.send = lambda *_: os._exit(9)
observation = Observation.objects.get(pk=sys.argv[1])
actions.submit(observation=observation, by=observation.observer)
"""


@pytest.mark.alone
def test_a_crash_between_commit_and_message_loses_nothing(team, scene, broker):
    draft = ready_draft(team, scene)

    crashed = python("-c", CRASH_AFTER_COMMIT, draft.pk, broker_url=broker.url())
    assert crashed.wait(30) == 9
    assert client(broker).keys() == []

    sweeper = python("manage.py", "sweep", broker_url="redis://127.0.0.1:1/0")
    assert sweeper.wait(30) == 0
    draft.refresh_from_db()
    assert draft.submitted_at
    assert draft.coded_at
    assert everything_is_done()


# The broker fails


@pytest.mark.alone
def test_a_broker_emptied_and_then_gone_loses_nothing(team, scene, broker, log):
    with worker(broker.url(), log):
        for number in range(6):
            submit(team, scene)
            if number % 2:
                client(broker).flushall()
    brokers.stop(broker)
    submit(team, scene)

    call_command("sweep")

    assert everything_is_done()
    assert Observation.objects.counted().count() == 7


def answer_times(team, psw, psw_client, count):
    """How long each of so many submissions through the page took."""
    times = []
    for _ in range(count):
        address = reverse("observations:check", args=[ready_draft(team, psw).key])
        begun = time.monotonic()
        assert psw_client.post(address).status_code == 302
        times.append(time.monotonic() - begun)
    return times


@pytest.mark.alone
def test_submissions_do_not_wait_for_a_stopped_broker(team, scene, psw_client, broker, log, caplog):
    brokers.stop(broker)

    times = answer_times(team, scene, psw_client, 40)

    assert max(times) < SLOWEST_ANSWER
    assert "the sweep will do it" in caplog.text
    assert not everything_is_done()
    brokers.start(broker)
    nudges.silent_until["broker"] = 0
    with worker(broker.url(), log):
        nudges.send(Task.SWEEP)
        until(everything_is_done, within=60)
    assert Observation.objects.counted().count() == 40


@pytest.mark.alone
def test_submissions_do_not_wait_for_a_broker_that_hangs(team, scene, psw_client, broker):
    process = brokers.running(broker)
    process.send_signal(signal.SIGSTOP)
    try:
        times = answer_times(team, scene, psw_client, 3)
    finally:
        process.send_signal(signal.SIGCONT)

    assert max(times) < SLOWEST_ANSWER


@pytest.mark.alone
def test_a_worker_goes_on_after_its_connection_was_reset_again_and_again(team, scene, broker, log):
    with worker(broker.url(), log, processes=2):
        submit(team, scene)
        until(everything_is_done)
        for _ in range(5):
            busy(team, scene)
            client(broker).client_kill_filter(_type="normal")
            time.sleep(1.5)  # five resets in under ten seconds

        nudges.silent_until["broker"] = 0
        submit(team, scene)
        with beat(every=5):
            until(everything_is_done, within=60)


@contextmanager
def beat(every):
    """Asks for the sweep every so many seconds, as the calendar does every minute."""
    over = threading.Event()

    def ask():
        while not over.wait(every):
            nudges.send(Task.SWEEP)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        over.set()
        asking.join()


def busy(team, observer):
    for _ in range(3):
        recount_observation(submit(team, observer))
        nudges.send(Task.ROLL_UP)


@pytest.mark.alone
def test_a_message_delivered_five_times_at_once_has_one_effect(team, scene, broker, log):
    draft = submit(team, scene)
    for _ in range(5):
        nudges.send(Task.CODE, draft.pk)
        nudges.send(Task.ROLL_UP)

    with worker(broker.url(), log, processes=4):
        until(everything_is_done)
        until(lambda: not client(broker).llen("celery") and not client(broker).hlen("unacked"))

    assert Mention.objects.filter(observation=draft).count() == 1
    assert CriterionCell.objects.get(criterion__code="1.1").observations == 1


# The same thing is sent twice


@pytest.mark.parametrize("times", [2, 10, 50])
def test_one_note_sent_in_parallel_is_one_observation(team, scene, times):
    key, passage_key = uuid.uuid4(), uuid.uuid4()
    sent = partial(
        actions.start,
        by=scene,
        key=key,
        unit=team,
        kind_of_work="home_visit",
        text="Mum was asked first.",
        passage_key=passage_key,
    )

    results = at_once(times, sent)

    assert set(results) == {Observation.objects.get()}
    assert len(results) == times
    assert Observation.objects.get().passages.count() == 1


def test_one_draft_submitted_in_parallel_is_submitted_once(team, scene):
    draft = ready_draft(team, scene)

    results = at_once(10, partial(actions.submit, observation=draft, by=scene))

    assert sum(isinstance(result, NotNow) for result in results) == 9
    assert Entry.objects.filter(action=Entry.Action.SUBMITTED).count() == 1
    assert draft.ratings.count() == 3


def save(draft, base, words):
    """Save the section My part, as sent from a page of its own that was opened at `base`."""
    typed = urlencode({"reflection_effect": words})
    fresh = Observation.objects.get(pk=draft.pk)
    saved, _ = actions.save_section(
        observation=fresh,
        section="my-part",
        by=fresh.observer,
        base=ReadAt(base).in_window(str(uuid.uuid4())),
        build=lambda: build_form(Observation.objects.get(pk=draft.pk), "my-part", QueryDict(typed)),
        typed=typed,
    )
    return saved


def test_two_tabs_that_save_one_section_lose_neither_text(team, scene):
    draft = ready_draft(team, scene)
    first = save(draft, 0, "They sat up.")

    kept = save(draft, first.revision - 1, "They fell quiet.")

    draft.refresh_from_db()
    assert draft.reflection_effect == "They sat up."
    assert isinstance(kept, actions.Kept)
    assert "They+fell+quiet." in OtherCopy.objects.get().typed


def test_two_tabs_that_save_at_once_lose_neither_text(team, scene):
    draft = ready_draft(team, scene)
    save(draft, 0, "They sat up.")
    words = [f"They did thing {number}." for number in range(5)]
    waiting = list(words)

    at_once(5, lambda: save(draft, 1, waiting.pop()))

    draft.refresh_from_db()
    kept = [copy.typed for copy in OtherCopy.objects.all()]
    assert len(kept) == 4
    for text in words:
        assert text == draft.reflection_effect or any(
            text.replace(" ", "+") in typed for typed in kept
        )


def test_a_save_sent_again_because_its_answer_was_cut_off_is_saved_once(team, scene):
    draft = ready_draft(team, scene)

    for _ in range(2):
        save(draft, 0, "They sat up.")

    draft.refresh_from_db()
    assert draft.reflection_effect == "They sat up."
    assert not OtherCopy.objects.exists()


# Everything at once


@pytest.mark.alone
def test_random_changes_by_two_processes_leave_every_cell_right(team, sibling_team, scene, broker):
    changes = int(os.environ.get("RANDOM_CHANGES", "200"))

    processes = [
        python(
            "-m",
            "tests.reports.random_changes",
            SEED + number,
            changes // 2,
            broker_url=broker.url(),
            stderr=subprocess.PIPE,
        )
        for number in range(2)
    ]
    for process in processes:
        _, told = process.communicate(timeout=changes)
        assert process.returncode == 0, told.decode()
    call_command("sweep")

    assert everything_is_done()
    assert CriterionCell.objects.exists()
    assert Mention.objects.confirmed().exists()
