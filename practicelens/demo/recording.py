"""Writes an observation as an observer does: through the pages' forms and their actions."""

from urllib.parse import urlencode

from django.http import QueryDict

from observations import meeting_facts
from observations.models import Observation, Passage
from observations.notes import actions
from observations.notes.completeness import ratings_section
from observations.notes.forms.starting import StartForm
from observations.notes.sections import build_form
from practicelens.demo.noting import as_counted
from practicelens.demo.story import part_key

WHERE = ["kind_of_work", "part_of_day", "minutes", "setting", "mode", "proximity", "present"]
WHERE += ["family_asked"]


class Refused(Exception):
    """A form did not take what the observation says."""


def record(note, units, people, observed_on, trial=None):
    """A draft with everything that the story says, ready to be submitted; in a trial, finished."""
    observation = start(note, units, people, observed_on, trial)
    for section, typed in sections_of(note, observation, people):
        save(observation, section, typed)
    return Observation.objects.get(pk=observation.pk)


def start(note, units, people, observed_on, trial=None):
    by = people[note["observer"]]
    form = StartForm(
        {
            "key": note["key"],
            "unit": units[note["team"]].pk,
            "kind_of_work": note["kind_of_work"],
            **date_parts("observed_on", observed_on),
            "trial": trial.pk if trial else "",
        },
        user=by,
    )
    refuse_faults(form, "start")
    return actions.start(by=by, **form.cleaned_data)


def save(observation, section, typed):
    """Save one section, as its page does when nobody else has it open."""
    observation = Observation.objects.get(pk=observation.pk)
    sent = urlencode(typed, doseq=True)
    _, form = actions.save_section(
        observation=observation,
        section=section,
        by=observation.observer,
        base=0,
        build=lambda: build_form(observation, section, QueryDict(sent)),
        typed=sent,
    )
    refuse_faults(form, section)


def refuse_faults(form, section):
    if not form.is_valid():
        raise Refused(f"{section}: {form.errors.as_text()}")


def sections_of(note, observation, people):
    """Each section's code and what is typed into it, in the order of the pages."""
    yield "where", where(note, observation, people)
    for kind, entries in ENTRIES.items():
        for place, told in enumerate(note.get(entries, [])):
            fields = {field: text for field, text in told.items() if field != "themes"}
            yield f"{kind}/{part_key(note['key'], kind, place)}", fields
    for domain in observation.framework_version.domains.prefetch_related("criteria"):
        if answers := ratings(note, observation, domain):
            yield ratings_section(domain), answers
    yield "my-part", my_part(note)
    if "meeting" in note:
        yield "meeting", meeting(note["meeting"])


ENTRIES = {"passages": "passages", "friction": "frictions", "voices": "voices"}


def where(note, observation, people):
    practitioner = people.get(note.get("practitioner"))
    return {
        **{field: note[field] for field in WHERE},
        **date_parts("observed_on", observation.observed_on),
        "unit": observation.unit_id,
        "practitioner": practitioner.pk if practitioner else "",
    }


def date_parts(name, day):
    """What is typed of a day, ticked as right: the story goes back further than a year."""
    parts = {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}
    return {**parts, f"{name}_sure": day.isoformat()}


def ratings(note, observation, domain):
    """The answers of one domain; what the observation does not speak of stays at "Not seen"."""
    typed = {}
    for criterion in domain.criteria.all():
        if told := note["ratings"].get(criterion.code):
            typed |= rating(told, criterion, observation)
    return typed


def rating(told, criterion, observation):
    version = observation.framework_version
    typed = {f"evidence_{criterion.pk}": told.get("line", "")}
    if "missed" in told:
        cause = version.causes.get(code=told["missed"])
        return typed | {f"answer_{criterion.pk}": "missed", f"cause_{criterion.pk}": cause.pk}
    level = version.scale.levels.get(code=told["level"])
    typed[f"answer_{criterion.pk}"] = f"level-{level.pk}"
    if "passage" in told:
        shown = Passage.objects.get(observation=observation, position=told["passage"])
        typed[f"passages_{criterion.pk}"] = shown.pk
    return typed


def my_part(note):
    reflection = note["reflection"]
    return {"reflection_effect": reflection["effect"], "reflection_asks": reflection["asks"]}


def meeting(told):
    facts = {fact: told.get(fact, "") for fact in meeting_facts.NAMES}
    moments = {name: told.get(name, "") for name in meeting_facts.MOMENT_NAMES}
    shares = {f"minutes_{role}": number for role, number in told.get("shares", {}).items()}
    return facts | moments | shares | {"counted": as_counted(told.get("counted", {}))}
