"""Keeps the demo's processes going: one that ends is started once more, then all of it stops."""

import time
from dataclasses import dataclass, field
from subprocess import Popen

from . import processes
from .places import LOGS, ROOT
from .words import Trouble, last_lines, say


@dataclass
class Child:
    name: str
    command: list
    options: dict
    process: Popen = None
    starts: int = 0

    @property
    def log(self):
        return LOGS / f"{self.name}.log"


@dataclass
class Supervisor:
    """`note` gets the identities of what runs, for a later run to find."""

    services: object
    environment: dict
    note: object = lambda **_: None
    children: list = field(default_factory=list)
    services_restarted: bool = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in self.children:
            child.process.terminate()
        for child in self.children:
            processes.end(child.process)

    def start(self, name, command, **options):
        child = Child(name, command, options)
        child.log.unlink(missing_ok=True)
        self._launch(child)
        self.children.append(child)
        self.note(children=[processes.identity(child.process.pid) for child in self.children])

    def watch(self, every):
        while True:
            time.sleep(every)
            self.look()

    def look(self):
        """Start again what has ended; raise Trouble the second time."""
        self._look_at_services()
        for child in self.children:
            if child.process.poll() is not None:
                self._restart(child)

    def _look_at_services(self):
        silent = " and ".join(self.services.silent())
        if not silent:
            return
        if self.services_restarted:
            raise Trouble(f"{silent} ended again. The logs are in {self.services.home}.")
        self.services_restarted = True
        say(f"{silent} ended and is started once more.")
        self.services.start()

    def _restart(self, child):
        if child.starts > 1:
            raise Trouble(
                f"The {child.name} process ended twice, so everything is stopped. "
                f"The end of {child.log}:\n{last_lines(child.log)}"
            )
        say(f"The {child.name} process ended and is started once more.")
        self._launch(child)
        self.note(children=[processes.identity(child.process.pid) for child in self.children])

    def _launch(self, child):
        child.starts += 1
        child.process = processes.start(
            child.command,
            log=child.log,
            env=self.environment,
            cwd=ROOT,
            preexec_fn=processes.end_with_parent,
            **child.options,
        )
