"""The account that PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass

from .words import Trouble

CANNOT_CHANGE = (
    "PostgreSQL does not run as root, and this machine does not let root act as another user. "
    "Run this as a plain user, or set DATABASE_URL to a PostgreSQL that is already running."
)

NAMELESS = (
    "PostgreSQL does not run under a user number that has no name on this machine (number {}). "
    "Run this as a user listed in /etc/passwd, or set DATABASE_URL to a PostgreSQL that is running."
)


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    def options(self):
        """How subprocess starts something under this account."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path):
        if self.options():
            os.chown(path, self.uid, self.gid)


def choose(data):
    """Ourselves; for root, the owner of the data if there is any, else postgres or nobody."""
    if os.geteuid() != 0:
        return ourselves()
    if data.exists():
        return tried(Account(data.stat().st_uid, data.stat().st_gid))
    return tried(unprivileged())


def ourselves():
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError as error:
        raise Trouble(NAMELESS.format(os.geteuid())) from error
    return Account(os.geteuid(), os.getegid())


def unprivileged():
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Trouble(CANNOT_CHANGE)


def tried(account):
    try:
        subprocess.run(["/bin/sh", "-c", "exit 0"], check=True, cwd="/", **account.options())
    except (OSError, subprocess.SubprocessError) as error:
        raise Trouble(CANNOT_CHANGE) from error
    return account
