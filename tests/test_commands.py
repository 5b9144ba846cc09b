"""Every management command, run once as the shell runs it: Django's own checks come first."""

import io
import json

import pytest
from django.core.management import BaseCommand, call_command, get_commands, load_command_class
from django.db import connection

from reports.cells import rollup
from reports.models import CriterionCell
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

OURS = ("practicelens.", "frameworks", "observations", "reports")
# They want the demonstration's data, which takes long to make.
RUN_ON_THE_DEMONSTRATION = {"seed", "briefing_demo"}  # in tests/demo/test_main_job.py
# What a command defines; any other name of BaseCommand is Django's to call.
HOOKS = {"help", "add_arguments", "handle", "requires_system_checks"}


def commands():
    return {name: app for name, app in get_commands().items() if app.startswith(OURS)}


@pytest.fixture
def run(capsys, monkeypatch, settings):
    # The tests put an object there that fails at a variable that is not defined.
    settings.SILENCED_SYSTEM_CHECKS = ["templates.E002"]

    def run(name, *arguments, typed=""):
        command = load_command_class(commands()[name], name)
        checks = {"skip_checks": False} if command.requires_system_checks else {}
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        call_command(command, *arguments, **checks)
        return capsys.readouterr().out

    return run


@pytest.fixture
def role(observation):
    """A database role that owns nothing; it goes when the test is taken back."""
    name = f"{connection.settings_dict['NAME']}_commands"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {name}")
    return name


@pytest.fixture
def arguments(tmp_path, organisation, observation, role):
    """What each command is run with, and what it is to say."""
    codebook = tmp_path / "codebook.json"
    codebook.write_text(json.dumps([{"name": "Waiting", "description": "", "keywords": "wait"}]))
    paragraphs = tmp_path / "paragraphs.jsonl"
    paragraphs.write_text("")
    UserFactory(email="reader@example.org")
    return {
        "audit": (["--verify"], "The audit log is whole"),
        "code_passages": (["--codebook", str(codebook)], '"Waiting"'),
        "grant": (["--to", role], f"The role {role} can run PracticeLens"),
        "find_identifiers": ([], '"id": "a"'),
        "load_inspections": (
            [str(paragraphs), "--observer", "reader@example.org"],
            "0 authorities",
        ),
        "load_starters": (["--unit", organisation.code], "Loaded Working alongside"),
        "recount": ([], "Counted."),
        "start_organisation": (
            ["--name", "Upper Vale", "--admin-email", "lee@example.org", "--admin-name", "Lee"],
            "Upper Vale is there",
        ),
        "sweep": ([], ""),
    }


PASSAGE = json.dumps({"id": "a", "text": "We had to wait."}) + "\n"


@pytest.mark.parametrize("name", sorted(commands().keys() - RUN_ON_THE_DEMONSTRATION))
def test_every_command_runs(name, arguments, run):
    given, said = arguments[name]

    assert said in run(name, *given, typed=PASSAGE)


def test_no_command_takes_a_name_that_django_calls():
    taken = {
        name: vars(type(load_command_class(app, name))).keys() & (vars(BaseCommand).keys() - HOOKS)
        for name, app in commands().items()
    }

    assert {name: names - {"__module__", "__doc__"} for name, names in taken.items()} == {
        name: set() for name in taken
    }


def test_a_recount_repairs_what_is_wrong(observation, run):
    CriterionCell.objects.create(
        unit=observation.unit,
        month=observation.month,
        criterion=observation.framework_version.criteria.first(),
        outcome="missed",
        observations=4,
    )
    assert rollup.differences()

    run("recount")

    assert rollup.differences() == []
    assert "No cell differs." in run("recount", "--check")
