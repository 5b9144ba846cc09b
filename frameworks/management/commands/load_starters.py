from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from frameworks.starters import loading
from frameworks.starters.files import WORKING_ALONGSIDE, StarterFault
from frameworks.versions import actions
from practicelens.people.models import Unit, User


class Command(BaseCommand):
    help = "Loads the framework, codebook and standards that come with PracticeLens for a unit."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="short code of the unit they are for")
        parser.add_argument(
            "--organisation", help="short code of its organisation, where two have such a unit"
        )
        parser.add_argument(
            "--number", type=int, choices=[1, 2], default=2, help="which version of the framework"
        )
        parser.add_argument("--publish-as", help="email of whoever publishes; without it, a draft")
        parser.add_argument(
            "--effective-on",
            type=date.fromisoformat,
            help="first day in force, such as 2026-09-01; today without it",
        )

    def handle(self, *args, unit, organisation, number, publish_as, effective_on, **options):
        try:
            place = found_unit(unit, organisation)
            publisher = publish_as and found(
                User, email=publish_as, organisation=place.organisation
            )
            version = load(place, number, publisher)
            if publisher and version.published_at is None:
                version = actions.publish(
                    version=version,
                    by=publisher,
                    change_note=version.change_note,
                    effective_on=effective_on or version.framework.unit.today(),
                )
        except (StarterFault, actions.NotReady) as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"Loaded {version}.")


@transaction.atomic
def load(unit, number, publisher=None):
    """The shipped framework's version, a draft at first, with codebook and standards."""
    loading.load_shared()
    version = loading.load_framework_version(WORKING_ALONGSIDE[number], unit=unit, number=number)
    if version.published_at is None:
        continue_from(version, publisher)
    loading.load_codebook(unit)
    loading.load_standards()
    loading.tie_crosswalk(version)
    return version


def continue_from(draft, publisher):
    """Ties the draft to the version before it, or says that it is the first."""
    earlier = draft.framework.versions.filter(number__lt=draft.number).order_by("number").last()
    if earlier:
        loading.load_lineage(draft, earlier, by=publisher)
    else:
        draft.change_note = "The first version."
        draft.save(update_fields=["change_note"])


def found_unit(code, organisation):
    """The unit of a short code; of one that several organisations have, theirs who was named."""
    within = {"organisation__code": organisation} if organisation else {}
    units = Unit.objects.filter(code=code, **within).select_related("organisation")
    if len(units) > 1:
        words = ", ".join(sorted(unit.organisation.code for unit in units))
        raise CommandError(f"Say with --organisation whose unit {code} is meant: {words}.")
    return found(Unit, code=code, **within)


def found(model, **named):
    row = model.objects.filter(**named).first()
    if row is None:
        words = ", ".join(f"{name.partition('__')[0]} {value}" for name, value in named.items())
        raise CommandError(f"No {model._meta.verbose_name} with {words}.")
    return row
