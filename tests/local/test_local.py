"""The first run's parts, tried for real in a folder with a space in its name."""

import json
import signal
import socket
import subprocess
import sys
import threading
import time

import psutil
import pytest

from practicelens.local import (
    bootstrap,
    broker,
    demo,
    environment,
    postgres,
    processes,
    words,
)
from practicelens.local.locks import open_lock, taken
from practicelens.local.services import Services, needed
from practicelens.local.supervisor import Supervisor
from practicelens.local.words import Trouble, quietly, step

pytestmark = pytest.mark.alone

FOREVER = [sys.executable, "-c", "import signal; signal.pause()"]
AT_ONCE = [sys.executable, "-c", "print('cannot go on')"]


@pytest.fixture
def services(tmp_path, monkeypatch):
    """Services that nothing else here uses, removed afterwards."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    services = Services(tmp_path / "a folder", careless=True)
    yield services
    services.stop()
    postgres.remove(services.cluster)


@pytest.fixture
def supervisor(services, tmp_path, monkeypatch):
    """Watches processes only: its services count as in other hands."""
    monkeypatch.setenv("DATABASE_URL", "set")
    monkeypatch.setenv("REDIS_URL", "set")
    monkeypatch.setattr("practicelens.local.supervisor.LOGS", tmp_path)
    with Supervisor(services, environment={}) as supervisor:
        yield supervisor


@pytest.fixture
def demo_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(demo, "DEMO", tmp_path)
    monkeypatch.setattr(demo, "NOTE", tmp_path / "demo.json")
    return tmp_path


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def kill_outright(process):
    everything = [process, *process.children(recursive=True)]
    for each in everything:
        each.kill()
    psutil.wait_procs(everything, timeout=10)


# The services


def test_postgres_comes_back_with_its_data_after_being_killed(services):
    cluster = postgres.Cluster(services.home)
    cluster.home.mkdir()
    postgres.start(cluster)
    with cluster.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Kōtuku' AS team")
        assert connection.execute("SELECT upper(team) FROM kept").fetchone() == ("KŌTUKU",)

    kill_outright(postgres.running(cluster))
    assert not postgres.answers(cluster)
    postgres.start(cluster)

    with cluster.connect() as connection:
        assert connection.execute("SELECT team FROM kept").fetchone() == ("Kōtuku",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_postgres_starts_though_its_old_number_is_another_programs_now(services):
    cluster = services.cluster
    services.home.mkdir()
    postgres.start(cluster)
    left = (cluster.data / "postmaster.pid").read_text()
    postgres.stop(cluster)
    other = subprocess.Popen(["sleep", "60"], cwd="/", **cluster.account.options())
    noted = left.splitlines()
    noted[0] = str(other.pid)
    (cluster.data / "postmaster.pid").write_text("\n".join(noted) + "\n")

    postgres.start(cluster)

    assert postgres.running(cluster).pid != other.pid
    other.kill()
    other.wait()


def test_the_password_and_the_socket_are_closed_to_others(services):
    services.home.mkdir()
    postgres.start(services.cluster)

    assert services.cluster.password.stat().st_mode & 0o077 == 0
    assert services.cluster.socket.stat().st_mode & 0o077 == 0


def test_a_socket_folder_that_points_elsewhere_is_refused(services, tmp_path):
    services.cluster.socket.symlink_to(tmp_path)
    try:
        with pytest.raises(Trouble, match="belongs to someone else"):
            services.start()
    finally:
        services.cluster.socket.unlink()


def test_the_broker_keeps_its_port_unless_another_program_took_it(services, taken_port):
    broker.start(services.broker)
    first = services.broker.url()
    kill_outright(broker.running(services.broker))
    broker.start(services.broker)
    assert services.broker.url() == first

    broker.stop(services.broker)
    services.broker.note.write_text(json.dumps({"port": taken_port}))
    broker.start(services.broker)
    assert broker.answers(services.broker)
    assert f":{taken_port}/" not in services.broker.url()


def test_the_last_of_those_who_need_the_services_stops_them(services):
    with needed(services):
        with needed(services):
            assert services.addresses("other")["DATABASE_URL"].endswith("/other")
        assert services.silent() == []
    assert services.silent() == ["PostgreSQL", "the broker"]


# The demo


def test_a_port_that_is_taken_is_told_and_the_next_one_used(taken_port, monkeypatch, capsys):
    monkeypatch.setenv("PORT", str(taken_port))

    listener, port = demo.listen()

    listener.close()
    assert taken_port < port
    assert f"Port {taken_port} is taken" in capsys.readouterr().out


@pytest.mark.parametrize("port", ["eight thousand", "0", "70000"])
def test_a_port_that_is_none_is_told(port, monkeypatch):
    monkeypatch.setenv("PORT", port)

    with pytest.raises(Trouble, match="PORT should be a whole number"):
        demo.listen()


def test_what_is_local_is_a_demonstration_unless_the_environment_says_otherwise(monkeypatch):
    monkeypatch.delenv("DEMONSTRATION", raising=False)
    assert environment.with_services({})["DEMONSTRATION"] == "1"

    monkeypatch.setenv("DEMONSTRATION", "0")
    assert environment.with_services({})["DEMONSTRATION"] == "0"


def test_a_second_demo_tells_where_the_first_one_is(demo_folder, capsys):
    (demo_folder / "demo.json").write_text(json.dumps({"address": "http://127.0.0.1:8000/"}))
    with open_lock(demo_folder / "demo.lock") as first:
        assert taken(first)

        assert demo.run() == 0

    assert "already running at http://127.0.0.1:8000/" in capsys.readouterr().out


def test_what_a_killed_demo_left_running_is_ended(demo_folder):
    left = processes.start(FOREVER, log=demo_folder / "left.log")
    known = processes.identity(left.pid)
    stranger = [known[0], known[1] - 1000]
    (demo_folder / "demo.json").write_text(json.dumps({"children": [stranger]}))
    demo.end_leftovers()
    assert processes.find(known)

    (demo_folder / "demo.json").write_text(json.dumps({"children": [known]}))
    demo.end_leftovers()
    assert not processes.find(known)


def test_a_process_that_ends_is_started_once_and_then_told_of(supervisor, capsys):
    supervisor.start("web", AT_ONCE)
    supervisor.children[0].process.wait()
    supervisor.look()
    assert "The web process ended and is started once more." in capsys.readouterr().out

    supervisor.children[0].process.wait()
    with pytest.raises(Trouble, match="ended twice(.|\n)*cannot go on"):
        supervisor.look()


def test_stopping_ends_the_processes_and_what_they_started(supervisor):
    with_child = f"import subprocess; subprocess.run({FOREVER!r})"
    supervisor.start("web", [sys.executable, "-c", with_child])
    supervisor.start("worker", FOREVER)
    started = [psutil.Process(child.process.pid) for child in supervisor.children]
    while not started[0].children():
        assert started[0].is_running()
    everything = started + started[0].children()

    supervisor.__exit__()

    assert psutil.wait_procs(everything, timeout=10)[1] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_stop_lets_the_demo_tidy_up(number):
    script = (
        "import signal\n"
        # However the tests were started: under nohup it would be let go by, as it should.
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
        "from practicelens.local.demo import stopping_on_signals\n"
        "with stopping_on_signals():\n"
        "    try:\n"
        "        print('up', flush=True)\n"
        "        signal.pause()\n"
        "    finally:\n"
        "        print('tidied')\n"
    )
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "up\n"
        process.send_signal(number)
        told = process.communicate(timeout=10)[0]

    assert told.startswith("tidied\n")
    assert "PracticeLens has stopped." in told
    assert process.returncode == 0


def test_a_step_that_fails_says_which_what_to_do_and_why():
    why = [sys.executable, "-c", "raise SystemExit('the wire is cut')"]
    with pytest.raises(Trouble, match="Trying the wire failed. Mend it.(.|\n)*the wire is cut"):
        quietly("Trying the wire", why, "Mend it.")


def test_two_steps_at_once_have_a_line_each(monkeypatch, capsys):
    monkeypatch.setattr(words, "SLOW", 0)
    inner_told = threading.Event()

    def inner():
        with step("Inner"):
            inner_told.wait(10)

    with step("Outer"):
        until_told(capsys, "Outer ...")
        thread = threading.Thread(target=inner)
        thread.start()
        until_told(capsys, "\nInner ...")
        inner_told.set()
        thread.join()
        assert capsys.readouterr().out == " 0 s\n"
    assert capsys.readouterr().out == "Outer: 0 s\n"


def until_told(capsys, wanted):
    told = ""
    for _ in range(1000):
        told += capsys.readouterr().out
        if told:
            break
        time.sleep(0.01)
    assert told == wanted


def test_what_goes_wrong_beside_the_packages_is_left_to_whoever_needs_it():
    done = []

    def fails():
        raise Trouble("there is no wire")

    with bootstrap.meanwhile([fails, lambda: done.append("styles")]):
        done.append("packages")

    assert sorted(done) == ["packages", "styles"]
