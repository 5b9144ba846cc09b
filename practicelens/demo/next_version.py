"""The framework's next version, begun and tried out by two observers in one team; not ready yet."""

import tomllib
from datetime import timedelta
from uuid import uuid5

from django.forms.models import model_to_dict

from frameworks import history
from frameworks.models import Change, Criterion, Trial
from frameworks.outside.forms import OpeningForm
from frameworks.versions import actions, drafting, settling, trials
from frameworks.versions.forms.drafting import CriterionForm
from frameworks.versions.lineage import Mapping
from observations.models import Observation, SectionSave
from observations.notes import actions as observation_actions
from practicelens.demo import story
from practicelens.demo.recording import record, refuse_faults


def add_next_version(framework, units, people, until):
    """Through the same forms and actions as on the pages, then set back to the story's days."""
    told = tomllib.loads((story.HERE / "next_version.toml").read_text())
    by = people["joel"]
    open_outside(framework, by)
    version = drafting.start(framework=framework, by=by)
    for change in told["reworded"]:
        reword(version.criteria.get(code=change["code"]), change, by)
    for new in told["new"]:
        add_criterion(version, new, by)
    confirm_the_same(version, by)
    date_back_changes(framework, version, story.at(until - timedelta(days=told["begun"]), 10, 1))
    try_out(version, told, units, people, until)
    return version


def open_outside(framework, by):
    form = OpeningForm({"is_open": "True"}, instance=framework)
    refuse_faults(form, "opening")
    actions.open_outside(form=form, base=framework.revision, by=by)


def reword(criterion, change, by):
    unbound = CriterionForm(instance=criterion, version=criterion.version)
    texts = {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in unbound.beside(criterion).items()
    }
    sent = model_to_dict(criterion, ["name", "look_for", "missed", "domain"]) | texts | change
    form = CriterionForm(sent, instance=criterion, version=criterion.version)
    refuse_faults(form, criterion.code)
    history.save(form=form, base=criterion.revision, part_of=criterion.version, by=by)


def add_criterion(version, new, by):
    domain = version.domains.get(code=new["domain"])
    instance = Criterion(domain=domain, version=version, position=0, code="")
    form = CriterionForm({**new, "domain": domain.pk}, instance=instance, version=version)
    refuse_faults(form, new["name"])
    drafting.add_criterion(form=form, by=by)


def confirm_the_same(version, by):
    """The button "These are right": what was reworded or is new still waits."""
    mapping = Mapping(version)
    chosen = settling.Chosen(ties=mapping.suggested, the_same=True)
    settling.settle(version=version, chosen=chosen, base=mapping.fingerprint(), by=by)


def date_back_changes(framework, version, begun_at):
    """One after the other, some minutes apart."""
    rows = Change.objects.filter(part_of="frameworkversion", part_of_pk=version.pk)
    for place, pk in enumerate(rows.order_by("pk").values_list("pk", flat=True)):
        Change.objects.filter(pk=pk).update(at=begun_at + timedelta(minutes=9 * place))
    opened = Change.objects.filter(part_of="framework", part_of_pk=framework.pk)
    opened.update(at=begun_at - timedelta(days=30))
    version.lineage.exclude(confirmed_at=None).update(confirmed_at=begun_at + timedelta(hours=1))


def try_out(version, told, units, people, until):
    trial = trials.save(
        version=version,
        observers=[people[code] for code in told["observers"]],
        units=[units[code] for code in told["units"]],
        by=people["joel"],
    )
    started_at = story.at(until - timedelta(days=told["tried"]), 9, 2)
    Trial.objects.filter(pk=trial.pk).update(started_at=started_at)
    last = Change.objects.filter(part_of="frameworkversion", part_of_pk=version.pk).latest("pk")
    Change.objects.filter(pk=last.pk).update(at=started_at)
    for note in told["note"]:
        write_trial_note(note, trial, units, people, until)


def write_trial_note(note, trial, units, people, until):
    day = story.on_or_before(until - timedelta(days=note["days_ago"]))
    note["key"] = uuid5(story.NOTES, f"next_version {note['n']}")
    written = record(note, units, people, day, trial=trial)
    observation_actions.finish_trial(observation=written, by=written.observer)
    began_at = story.at(day, story.HOURS[note["part_of_day"]], note["n"])
    finished_at = story.at(story.later(day, 1), 9, note["n"])
    Observation.objects.filter(pk=written.pk).update(
        created_at=began_at, changed_at=finished_at, tried_at=finished_at
    )
    SectionSave.objects.filter(observation=written).update(saved_at=finished_at)
