"""The background work of observations, found from the rows and written on the ledger."""

from contextlib import suppress
from time import monotonic

from frameworks.models import Codebook
from observations.emerging import looks
from observations.imports import going_on as imports
from observations.learning import versions
from observations.models import CodingModel, EmergingLook, Import, Observation
from observations.notes import coding
from observations.recoding import actions as recoding
from practicelens.jobs.heartbeats import finished
from practicelens.jobs.ledger import count_of, ledger
from practicelens.jobs.models import Part, Run
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge

# One sweep does so much and leaves the rest to the next, so that none outlasts its time limit.
OBSERVATIONS_A_SWEEP = 200
SECONDS_OF_RECODING_A_SWEEP = 20
SECONDS_OF_IMPORTING_A_SWEEP = 20


def code_waiting(asked_by=None):
    """Code submitted observations, oldest first; one that fails does not stop the others."""
    waiting = Observation.objects.counted().filter(coded_at=None).select_related("unit")
    for observation in waiting.order_by("submitted_at", "pk")[:OBSERVATIONS_A_SWEEP]:
        with suppress(Exception):  # the ledger and the log have it
            code(observation, asked_by)


def code(observation, asked_by):
    with ledger(Run.Kind.CODING, unit=observation.unit, asked_by=asked_by) as run:
        suggested = coding.code(observation=observation)
        run.result = f"{count_of(suggested, 'mention')} suggested"


def import_some():
    """Go on with what people import, the oldest first; one that fails stops no other."""
    until = monotonic() + SECONDS_OF_IMPORTING_A_SWEEP
    imports.forget_old()
    done = 0
    for each in Import.objects.to_do().select_related("by", "organisation"):
        with suppress(Exception):  # the ledger and the log have it
            done += go_on_importing(each, until)
    if done and Import.objects.to_do().exists():
        nudge(Task.IMPORT)  # what comes to nothing waits for the sweep


def go_on_importing(each, until):
    with ledger(Run.Kind.IMPORT, unit=each.organisation, asked_by=each.by) as run:
        done = imports.go_on(found=each, until=until)
        run.result = count_of(done, "row")
    return done


def look_for_emerging():
    """Do the looks for emerging themes that were asked for; one that fails stops no other."""
    for look in EmergingLook.objects.asked().select_related("codebook__unit"):
        with suppress(Exception):  # the ledger and the log have it
            group(look)


def group(look):
    try:
        with ledger(Run.Kind.GROUP, unit=look.codebook.unit, asked_by=look.asked_by) as run:
            run.result = f"{count_of(looks.look(look=look), 'group')} to look at"
    except Exception:
        looks.give_up(look=look)
        raise


def look_every_week():
    """Look where nobody has this week."""
    looks.ask_where_due()
    look_for_emerging()


def recode_some(asked_by=None):
    """Re-check more past observations, if there is anything to; a codebook that fails stops no other."""
    until = monotonic() + SECONDS_OF_RECODING_A_SWEEP
    with suppress(Exception):  # the ledger and the log have it
        start_recoding(asked_by)
    for each in recoding.running():
        with suppress(Exception):
            recode(each, until, asked_by)


def start_recoding(asked_by):
    if recoding.due():
        with ledger(Run.Kind.RECODE, asked_by=asked_by) as run:
            run.result = f"{count_of(recoding.start_due(), 'codebook')} to re-check"


def recode(each, until, asked_by):
    with ledger(Run.Kind.RECODE, unit=each.codebook.unit, asked_by=asked_by) as run:
        notes, changes = recoding.go_on(recoding=each, until=until)
        run.result = f"{count_of(notes, 'observation')} read, {count_of(changes, 'change')} settled"


def learn_asked(asked_by=None):
    """Train each version that was asked for; one that fails stays asked for, and stops no other."""
    for model in CodingModel.objects.asked().select_related("codebook__unit", "asked_by"):
        with suppress(Exception):  # the ledger and the log have it
            learn(model, asked_by or model.asked_by)


def learn_every_night():
    """Learn wherever people decided something; finished once nothing is left that was asked for."""
    versions.ask_where_decided()
    learn_asked()
    if not CodingModel.objects.asked().exists():
        finished(Part.LEARNING)


def learn(model, asked_by):
    with ledger(Run.Kind.LEARN, unit=model.codebook.unit, asked_by=asked_by) as run:
        learned = versions.learn(model)
        run.result = (
            outcome(learned) if learned else "Learned in the meantime by another background job"
        )


def outcome(model):
    return f"{model}: {model.get_state_display().lower()}" if model.version else str(model)


def look_again(asked_by):
    """Look where the person is under the codebook, whether or not someone has this week."""
    for codebook in Codebook.objects.visible_to(asked_by):
        looks.ask(codebook=codebook, by=asked_by)
    look_for_emerging()
