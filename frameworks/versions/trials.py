"""Trying a draft: who tries it and where. What they write counts nowhere, and is erased in the end."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from frameworks import history
from frameworks.models import Change, FrameworkVersion, Trial
from practicelens.people.models import Role, Unit, UnitReach, User
from practicelens.people.permissions import Act
from practicelens.refusals import NotNow


def may_try(framework):
    """The practice leaders who write observations somewhere that the framework covers."""
    reach = UnitReach.objects.filter(
        Q(above=OuterRef("unit"), below=framework.unit)
        | Q(above=framework.unit, below=OuterRef("unit"))
    )
    roles = Role.objects.carrying(Act.WRITE_OBSERVATIONS).filter(Exists(reach))
    return User.objects.with_role(roles)


def where(framework):
    """The units in which a draft of the framework may be tried."""
    open_ones = Unit.objects.below(framework.unit).filter(closed_on=None)
    return open_ones.select_related("parent").order_by("parent__name", "name")


def out_of_reach(observers, units):
    """Those of the observers who can write nothing in any of the units."""
    act = Act.WRITE_OBSERVATIONS
    found = [(person, Unit.objects.where(person, act).teams()) for person in observers]
    return [person for person, reached in found if not reached.below(*units).exists()]


@transaction.atomic
def save(*, version, observers, units, by):
    """Start the trial of a draft, or change who tries it and where; one that had ended goes on."""
    locked_draft(version)
    trial, is_new = Trial.objects.get_or_create(version=version, defaults={"started_by": by})
    before = {} if is_new else values_of(trial)
    trial.ended_at = None
    trial.save(update_fields=["ended_at"])
    trial.observers.set(observers)
    trial.units.set(units)
    write_down(version, by, before, values_of(trial))
    return trial


@transaction.atomic
def end(*, version, by):
    """Nobody starts another trial observation. Those begun can be finished, till they are erased."""
    locked_draft(version)
    trial = Trial.objects.running().filter(version=version).first()
    if trial is None:
        raise NotNow
    before = values_of(trial)
    trial.ended_at = timezone.now()
    trial.save(update_fields=["ended_at"])
    write_down(version, by, before, {"trial": "Ended"})


@transaction.atomic
def erase(*, version, by, at_most):
    """Erase the observations of a trial that has ended, so that what they rate can be deleted."""
    locked_draft(version)
    is_running = Trial.objects.running().filter(version=version).exists()
    if is_running or observations_of(version).count() > at_most:
        raise NotNow
    erase_observations(version, by)


def close(*, version, by):
    """End the trial of a version that is being published, and erase its observations."""
    Trial.objects.running().filter(version=version).update(ended_at=timezone.now())
    erase_observations(version, by)


def trial_of(version):
    """The trial of a draft that the person can change, running or ended, or None."""
    return Trial.objects.filter(version=version).first()


def observations_of(version):
    """The observations of a version's trial: to count, since nobody reads their words here."""
    return version.observations.filter(is_trial=True)


def visits(version):
    """How many trial observations are finished and not withdrawn."""
    return observations_of(version).filter(tried_at__isnull=False, withdrawn_at=None).count()


def erase_observations(version, by):
    observations = observations_of(version)
    if count := observations.count():
        observations.delete()
        write_down(version, by, {"trial_notes": count}, {"trial_notes": "Erased"})


def locked_draft(version):
    """Holds the version's row, so that none of this meets a publication half way."""
    held = FrameworkVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if held.published_at:
        raise NotNow
    return held


def values_of(trial):
    """What the history says of a trial."""
    return {
        "trial": "Running" if trial.is_running else "Ended",
        "tried_by": sorted(trial.observers.values_list("name", flat=True)),
        "tried_in": sorted(trial.units.values_list("name", flat=True)),
    }


def write_down(version, by, before, after):
    """One line of history; a value that was not there before is empty."""
    names = [name for name in after if before.get(name) != after[name]]
    if names:
        was = {name: before.get(name) for name in names}
        now = {name: after[name] for name in names}
        history.write_down(Change.Verb.CHANGED, version, version, by, before=was, after=now)


def in_words(count):
    return "1 trial observation" if count == 1 else f"{count} trial observations"
