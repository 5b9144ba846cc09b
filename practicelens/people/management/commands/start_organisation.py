from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from practicelens.people import actions
from practicelens.people.models import Unit, User
from practicelens.people.permissions import FIRST


class Command(BaseCommand):
    help = (
        "Makes an organisation and its first system admin, and prints the path of the page on "
        "which the admin sets a password. Everything else is done in the browser."
    )

    def add_arguments(self, parser):
        parser.add_argument("--name", required=True, help="the organisation's name")
        parser.add_argument(
            "--jurisdiction", choices=Unit.Jurisdiction.values, default=Unit.Jurisdiction.ENGLAND
        )
        parser.add_argument("--admin-email", required=True)
        parser.add_argument("--admin-name", required=True)

    @transaction.atomic
    def handle(self, *, name, jurisdiction, admin_email, admin_name, **options):
        unit = Unit(
            code=slugify(name),
            name=name,
            kind=Unit.Kind.ORGANISATION,
            jurisdiction=jurisdiction,
        )
        user = User(email=admin_email.lower(), name=admin_name)
        user.set_unusable_password()
        for row in (unit, user):
            try:
                row.full_clean()
            except ValidationError as error:
                raise CommandError(" ".join(error.messages)) from error
        actions.add_unit(unit=unit, by=None)
        actions.add(user=user, organisation=unit, by=None)
        actions.make_role(user=user, unit=unit, kind=FIRST, by=None)
        actions.record_link(user=user, by=None, way="shown where the command was run")
        self.stdout.write(
            f"{unit} is there, in {unit.get_jurisdiction_display()}, with the short code {unit.code}."
        )
        self.stdout.write(f"{user} sets a password at this path of the site:\n{path_for(user)}")


def path_for(user):
    """The path of the page that sets a password, good once and for a few days."""
    return reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
