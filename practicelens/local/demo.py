"""`make demo`: the whole product on this machine until Ctrl-C."""

import http.client
import json
import os
import signal
import socket
import sys
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from practicelens.variables import Variables

from . import meaning, processes, styles
from .environment import with_services
from .locks import open_lock, taken
from .places import DEMO, LOGS, ROOT
from .services import Services, needed
from .supervisor import Supervisor
from .words import Trouble, quietly, say, step

NOTE = DEMO / "demo.json"
SIGN_INS = DEMO / "sign-ins.txt"
FIRST_PORT = 8000
ANSWERS_WITHIN = 120  # seconds
SHOWN_WITHIN = 1  # seconds between two looks at what runs


def run():
    """Start everything, tell where it is, and keep it going until told to stop."""
    with open_lock(DEMO / "demo.lock") as lock:
        if not taken(lock):
            return tell_of_the_other()
        with stopping_on_signals():
            end_leftovers()
            styles.ensure()
            meaning.ensure()
            with needed(Services(DEMO)) as services:
                return serve(services)
    return 0


def tell_of_the_other():
    address = noted().get("address")
    if address:
        say(f"PracticeLens is already running at {address}\nStop it with Ctrl-C where it runs.")
    else:
        say("Another `make demo` is starting PracticeLens. It tells the address when it is up.")
    return 0


@contextmanager
def stopping_on_signals():
    """Turn the first signal to stop into KeyboardInterrupt; later ones do not cut the end short."""
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(*_):
        for number in wanted:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in wanted:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # as nohup does
            signal.signal(number, stop)
    try:
        yield
    except KeyboardInterrupt:
        say("\nPracticeLens has stopped. `make demo` starts it again with the same data.")


def serve(services):
    environment = with_services(services.product_addresses())
    prepare(environment)
    listener, port = listen()
    with Supervisor(services, environment, note=take_note) as supervisor, listener:
        supervisor.start("worker", worker())
        supervisor.start("beat", beat())
        supervisor.start("web", web(listener), pass_fds=[listener.fileno()])
        address = f"http://127.0.0.1:{port}/"
        with step("Waiting for the site to answer"):
            wait_for(address, port, supervisor)
        take_note(address=address)
        tell(address)
        supervisor.watch(every=SHOWN_WITHIN)


def migrate(environment):
    """Bring the database up to date, as the role that owns it; then let the product's role in."""
    wanted = [["migrate", "--verbosity=0"]]
    if "DATABASE_OWNER_URL" in environment:
        wanted.append(["grant", "--to", urlsplit(environment["DATABASE_URL"]).username])
    for command in wanted:
        quietly(
            "Bringing the database up to date",
            [sys.executable, "manage.py", *command],
            "Put right what the lines below name. `make clean` starts from nothing.",
            env=environment,
        )


def prepare(environment):
    """Bring the demonstration's database up to date; fill it if it is empty."""
    migrate(environment)
    quietly(
        "Preparing the data",
        [sys.executable, "-m", "practicelens.local.prepare", SIGN_INS],
        "Put right what the lines below name. `make clean` starts from nothing.",
        env=environment,
    )


def worker():
    return [
        *(sys.executable, "-m", "celery", "-A", "practicelens", "worker"),
        *("--concurrency", "2", "--loglevel", "INFO"),
    ]


def beat():
    return [sys.executable, "-m", "celery", "-A", "practicelens", "beat", "--loglevel", "INFO"]


def web(listener):
    """The socket is ours and stays open over a restart, so nobody else can take the port."""
    return [
        *(sys.executable, "-m", "gunicorn", "practicelens.wsgi"),
        *("--bind", f"fd://{listener.fileno()}", "--workers", "2"),
        *("--worker-class", "gthread", "--threads", "2", "--graceful-timeout", "5"),
        "--no-control-socket",  # it would be one for all of a person's demos
    ]


def listen():
    wanted = wanted_port()
    for port in range(wanted, wanted + 50):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
            listener.listen(128)
        except OSError:
            listener.close()
            continue
        if port != wanted:
            say(f"Port {wanted} is taken by another program, so PracticeLens uses {port}.")
        return listener, port
    raise Trouble(f"Ports {wanted} to {wanted + 49} are all taken. Set PORT to a free one.")


def wanted_port():
    given = Variables(os.environ)
    port = given.number("PORT", default=FIRST_PORT, least=1, most=65000)
    if given.faults:
        raise Trouble(given.faults[0])
    return port


def wait_for(address, port, supervisor):
    until = time.monotonic() + ANSWERS_WITHIN
    while not answers(port):
        supervisor.look()
        if time.monotonic() > until:
            raise Trouble(f"{address} does not answer. Its log is {LOGS / 'web.log'}.")
        time.sleep(0.1)


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    return False


def tell(address):
    say(f"\nPracticeLens is running at {address}\n")
    say(SIGN_INS.read_text())
    say(f"Data: {DEMO.relative_to(ROOT)}   Logs: {LOGS.relative_to(ROOT)}   Ctrl-C stops it.")


# What a later run needs to know of this one


def noted():
    with suppress(OSError, ValueError):
        return json.loads(NOTE.read_text())
    return {}


def take_note(**what):
    part = NOTE.with_suffix(".part")
    part.write_text(json.dumps(noted() | what))
    part.replace(NOTE)


def end_leftovers():
    """End what a demo that was killed outright left running."""
    for known in noted().get("children", []):
        left = processes.find(known)
        if left:
            processes.end(left)
    NOTE.unlink(missing_ok=True)
