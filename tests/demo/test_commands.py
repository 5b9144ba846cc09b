from django.core.management import call_command

from practicelens.people.models import Unit, User


def test_seeding_where_there_is_data_changes_nothing(db, capsys):
    User.objects.create_user("someone@example.org", name="Someone")

    call_command("seed")

    assert capsys.readouterr().out == "There is data already; nothing was changed.\n"
    assert not Unit.objects.exists()


def test_sign_ins_name_one_person_of_each_role(capsys):
    call_command("seed", sign_ins=True)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 9
    assert lines[0].split() == ["Role", "Name", "Email", "Password"]
    for name in ["marian", "priya", "ruth", "sanjay", "joel", "fiona", "lee", "aroha"]:
        assert any(f"{name}@harrowmere.example" in line for line in lines)
