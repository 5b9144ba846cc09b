import pytest
from django.core.management import CommandError, call_command

from practicelens.people.models import Unit, User
from tests.factories import UserFactory


def test_seeding_where_there_is_data_changes_nothing(db, capsys):
    there = UserFactory().organisation

    call_command("seed")

    assert capsys.readouterr().out == "There is data already; nothing was changed.\n"
    assert list(Unit.objects.all()) == [there]


def test_sign_ins_name_one_person_of_each_role(capsys):
    call_command("seed", sign_ins=True)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert lines[0].split() == ["Role", "Name", "Email", "Password"]
    for name in ["marian", "priya", "ruth", "sanjay", "joel", "fiona", "lee", "aroha"]:
        assert any(f"{name}@harrowmere.example" in line for line in lines)


@pytest.mark.parametrize(
    "command",
    [
        ["seed"],
        ["seed", "--sign-ins"],
        ["briefing_demo"],
        ["load_inspections", "paragraphs.jsonl", "--observer", "reader@example.org"],
    ],
)
def test_nothing_made_up_is_written_outside_a_demonstration(command, db, settings, capsys):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="DEMONSTRATION=1"):
        call_command(*command)

    assert not Unit.objects.exists()
    assert not User.objects.exists()
    assert capsys.readouterr().out == ""
