"""Learning a codebook's themes from what people decided: asked for as a row, done from it."""

from time import monotonic

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from frameworks.models import Codebook
from observations.engine import (
    as_engine_theme,
    engine_codebook,
    model_of,
    sentence_model,
    sentence_reader,
)
from observations.learning import proposals
from observations.models import CodingModel, Mention, Observation
from practicelens.jobs.names import Task
from practicelens.jobs.nudges import nudge

__all__ = ["ask", "ask_where_decided", "learn"]

State = CodingModel.State


@transaction.atomic
def ask(codebook, *, by=None):
    """Ask for a new version; while one is asked for already, that one is it."""
    model, _ = CodingModel.objects.get_or_create(
        codebook=codebook, state=State.ASKED, defaults={"asked_by": by}
    )
    nudge(Task.LEARN)
    return model


def ask_where_decided():
    """Ask for a version of each codebook about which something was decided since the last."""
    return [ask(codebook) for codebook in Codebook.objects.order_by("pk") if has_news(codebook)]


def has_news(codebook):
    """Whether something was decided, or an observation withdrawn, since the last was trained.

    So is another sentence model, or none, in place of the one that it was trained beside.
    """
    units = codebook.coded_unit_pks()
    decided = Mention.objects.filter(
        unit__in=units, theme__codebook=codebook, is_counted=True, decided_at__isnull=False
    )
    last = codebook.coding_models.aggregate(last=Max("trained_at"))["last"]
    if last is None:
        return decided.exists()
    newest = codebook.coding_models.without_content().trained().first()
    if newest and newest.measures.get("meaning", "") != sentence_model():
        return True
    withdrawn = Observation.objects.filter(unit__in=units, withdrawn_at__gt=last)
    # What was decided in a draft counts from its submission on.
    since = Q(decided_at__gt=last) | Q(observation__submitted_at__gt=last)
    return decided.filter(since).exists() or withdrawn.exists()


@transaction.atomic
def learn(model, *, by_words_alone=False):
    """Train the version that was asked for; twice is once. Returns it, or None if it was done.

    People's decisions are only read. Whatever stops it leaves the row asked for.
    """
    asked = CodingModel.objects.select_for_update(of=("self",), skip_locked=True)
    model = asked.filter(pk=model.pk, state=State.ASKED).select_related("codebook").first()
    if model is None:
        return None
    # What is decided from here on is for the next version, and `has_news` then says so.
    model.trained_at, began = timezone.now(), monotonic()
    study = study_of(model.codebook, None if by_words_alone else sentence_reader())
    last = model.codebook.coding_models.trained().first()
    if study.lacking:
        nothing(model, study.lacking)
    elif last and last.trained_on == study.training.trained_on:
        nothing(model, f"Nothing to learn from was decided since version {last.version}.")
    else:
        take(model, study, (last.version if last else 0) + 1, began)
    return model


def study_of(codebook, reader):
    # They bring scikit-learn, which a web process never needs.
    from observations.learning.decisions import decided
    from observations.learning.study import Study

    in_use = CodingModel.objects.in_use(codebook)
    themes = tuple(as_engine_theme(theme) for theme in codebook.themes.in_use())
    return Study(
        engine_codebook(themes, reader),
        decided(codebook),
        before=model_of(in_use.pk) if in_use else None,
    )


def nothing(model, because):
    """Say why there is no new version. One such row is enough: the newest."""
    model.codebook.coding_models.filter(state=State.NOTHING).delete()
    model.state, model.because = State.NOTHING, because
    model.save()


def take(model, study, version, began):
    """Keep what was learned, and use it unless it does worse than what suggests today."""
    from observations.learning import telling_words
    from observations.learning.study import in_words, is_worse

    used = telling_words.uses(study)
    model.version, model.trained_on = version, study.training.trained_on
    model.content = study.model.as_plain()
    model.themes_then = [plain_theme(theme) for theme in study.book.themes]
    model.measures = measures(study) | {"words": telling_words.strongest(study, used)}
    in_use = CodingModel.objects.in_use(model.codebook)
    rival = f"version {in_use.version}" if in_use and study.is_held_back else "the word lists"
    comparison = model.measures["comparison"]
    model.because = in_words(comparison, rival)
    model.seconds = round(monotonic() - began, 2)
    model.codebook.coding_models.filter(state=State.NOTHING).delete()
    if is_worse(comparison):
        model.state = State.KEPT_BACK
    else:
        model.codebook.coding_models.filter(state=State.IN_USE).update(state=State.REPLACED)
        model.state = State.IN_USE
    model.save()
    proposals.keep(model.codebook, telling_words.proposals(study, used))


def plain_theme(theme):
    """A theme as the engine read it."""
    return {
        "code": theme.code,
        "name": theme.name,
        "definition": theme.definition,
        "keywords": list(theme.keywords),
        "examples": list(theme.examples),
    }


def measures(study):
    return {
        "meaning": study.book.reader.sha256 if study.book.reader else "",
        "passages": len(study.decided),
        "notes": len({each.confirmed.group for each in study.decided}),
        "held_back": len(study.held_back),
        "comparison": study.comparison,
        "themes": study.by_theme(),
    }
