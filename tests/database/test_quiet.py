"""PostgreSQL's own log holds no words of a note, whatever fails."""

import resource
from contextlib import contextmanager

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.utils import load_backend

from practicelens.database.checks import warnings, words_may_be_logged
from practicelens.local import postgres
from tests.factories import ReplyFactory

pytestmark = pytest.mark.django_db

WORDS = "She said that she was tired of asking for the same thing"
TABLE = """
CREATE TABLE reply (note bigint PRIMARY KEY CHECK (note <> 2), words text);
ALTER TABLE reply ALTER COLUMN words SET STORAGE EXTERNAL;
GRANT ALL ON reply TO PUBLIC;
INSERT INTO reply VALUES (1, 'a first reply');
"""
# No file of the server may grow over this: its own have 16 MB, the words below more.
LARGEST_FILE = 20 * 1024 * 1024
TOO_MUCH = "INSERT INTO reply SELECT n, repeat(%s, 20000) FROM generate_series(10, 50) AS n"
FAILING = [
    pytest.param("INSERT INTO reply VALUES (1, %s)", "unique constraint", id="a second reply"),
    pytest.param("INSERT INTO reply VALUES (2, %s)", "check constraint", id="a row refused"),
    pytest.param("INSERT INTO reply VALUES (NULL, %s)", "not-null constraint", id="no key"),
    pytest.param("SELECT pg_sleep(60), %s::text", "statement timeout", id="too slow"),
    pytest.param("SELECT 1 / (length(%s) - 56)", "division by zero", id="no such number"),
    pytest.param(TOO_MUCH, "could not extend file", id="a full disk"),
]
# Those whose failure is told without the row that was refused.
NO_ROW_TOLD = [FAILING[0], *FAILING[3:]]


@contextmanager
def small_files():
    """What starts meanwhile finds the disk full once a file is as large as may be."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A PostgreSQL as it comes, which writes down every statement, and whose disk is soon full."""
    cluster = postgres.Cluster(tmp_path_factory.mktemp("server"), careless=True)
    quiet = postgres.SETTINGS
    postgres.SETTINGS = {
        name: value for name, value in quiet.items() if not name.startswith("log_")
    } | {"log_min_duration_statement": "0"}
    try:
        with small_files():
            postgres.start(cluster)
        with cluster.connect() as owner:
            owner.execute(TABLE)
            owner.execute("CREATE ROLE plain LOGIN PASSWORD 'walk'")
        yield cluster
    finally:
        postgres.SETTINGS = quiet
        postgres.remove(cluster)


@pytest.fixture
def plain_role(server):
    """A role that may set nothing of the log; what it was given is taken back."""
    yield "plain"
    with server.connect() as owner:
        owner.execute("ALTER ROLE plain RESET ALL")


@contextmanager
def connected(cluster, **who):
    """As the product connects to its database, to another server."""
    given = connection.settings_dict
    options = {name: value for name, value in given["OPTIONS"].items() if name != "pool"}
    there = {"HOST": str(cluster.socket), "NAME": "postgres", "USER": postgres.USER, "PORT": ""}
    there |= {"PASSWORD": cluster.password.read_text(), "OPTIONS": options} | who
    wrapper = load_backend(given["ENGINE"]).DatabaseWrapper(given | there, connection.alias)
    try:
        yield wrapper
    finally:
        wrapper.close()


def logged_by(cluster, wrapper, statement):
    """What the server's log gains by a statement that fails."""
    before = len(cluster.log.read_text())
    with wrapper.cursor() as cursor:
        if "pg_sleep" in statement:
            cursor.execute("SET statement_timeout = '100ms'")
        with pytest.raises(DatabaseError):
            cursor.execute(statement, [WORDS])
    return cluster.log.read_text()[before:]


@pytest.mark.parametrize(("statement", "failure"), FAILING)
def test_what_fails_leaves_no_words_in_the_servers_log(server, statement, failure):
    with connected(server) as wrapper:
        logged = logged_by(server, wrapper, statement)

    assert failure in logged
    assert "tired" not in logged
    assert "STATEMENT" not in logged


def test_a_statement_that_is_logged_for_being_slow_leaves_no_words(server):
    before = len(server.log.read_text())
    with connected(server) as wrapper, wrapper.cursor() as cursor:
        cursor.execute("SELECT length(%s) AS how_long", [WORDS])

    logged = server.log.read_text()[before:]

    assert "SELECT length($1) AS how_long" in logged
    assert "tired" not in logged


@pytest.mark.parametrize(("statement", "failure"), NO_ROW_TOLD)
def test_binding_alone_keeps_words_out_of_the_statement(server, plain_role, statement, failure):
    with connected(server, USER=plain_role, PASSWORD="walk") as wrapper:
        logged = logged_by(server, wrapper, statement)

    assert failure in logged
    assert "STATEMENT" in logged
    assert "tired" not in without_parameters(logged)


def without_parameters(logged):
    """Less what is logged of slow statements, where the server logs them."""
    lines = [line for line in logged.splitlines() if "DETAIL:  Parameters:" not in line]
    return "\n".join(lines)


@pytest.mark.parametrize(("statement", "failure"), FAILING)
def test_a_role_that_may_set_nothing_is_quiet_as_the_check_says(
    server, plain_role, statement, failure
):
    plain = {"USER": plain_role, "PASSWORD": "walk"}
    with connected(server, **plain) as wrapper:
        hints = hints_for(wrapper)
    with server.connect() as owner:
        for hint in hints:
            owner.execute(hint.removeprefix("As a superuser: "))

    with connected(server, **plain) as wrapper:
        assert hints_for(wrapper) == []
        logged = logged_by(server, wrapper, statement)

    assert len(hints) == 3
    assert failure in logged
    assert "tired" not in logged


def hints_for(wrapper):
    return [each.hint for each in warnings(wrapper)]


def test_the_database_that_is_used_is_quiet():
    assert words_may_be_logged(None, ["default"]) == []


def test_the_check_asks_no_database_unless_told_to(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert words_may_be_logged(None, None) == []


def test_a_second_reply_reaches_the_server_without_its_words(held_by_server):
    first = ReplyFactory(disagreed=True)

    with pytest.raises(DatabaseError), transaction.atomic(), held_by_server() as held:
        ReplyFactory(disagreed=True, observation=first.observation, words=WORDS)

    assert held[-1].startswith('INSERT INTO "observations_reply"')
    assert "$1" in held[-1]
    assert "tired" not in "".join(held)


@pytest.fixture
def held_by_server():
    """Gathers each statement as the server holds it, and would write it down if it failed."""
    given = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    where = {name: given[name] for name in names if name in given}

    @contextmanager
    def held_by_server():
        held = []
        pid = connection.connection.info.backend_pid
        with psycopg.connect(**where, autocommit=True) as other:

            def look(execute, *arguments):
                try:
                    return execute(*arguments)
                finally:
                    asked = "SELECT query FROM pg_stat_activity WHERE pid = %s"
                    held.append(other.execute(asked, [pid]).fetchone()[0])

            with connection.execute_wrapper(look):
                yield held

    return held_by_server
