"""What still stops a draft from being published, and what is worth another look."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.formats import date_format

from frameworks.languages import saying, texts
from frameworks.models import FrameworkVersion
from frameworks.versions.lineage import Mapping
from practicelens.numbers import plural

ASKS_TWO = re.compile(r"\band/or\b|\bas well as\b|;|\band\b.*\band\b", re.IGNORECASE)


class Left(NamedTuple):
    """Something left, in words, and the address of the place where it is put right."""

    words: str
    url: str


def what_stops(version):
    """Everything in the draft itself that has to be put right, as [Left], in its order."""
    return [
        *no_cause(version),
        *empty(version),
        *undescribed(version),
        *unsettled(version),
        *too_late_to_correct(version),
    ]


def what_publication_lacks(version, change_note, effective_on):
    """What publishing still needs, as [Left]: a change note, and a day after every other version's."""
    if not change_note.strip():
        yield Left("Write the change note", draft_url(version))
    # A version follows the ones before it: it can't start on or before the day they did.
    later = version.framework.versions.filter(
        published_at__isnull=False, effective_on__gte=effective_on
    )
    # One that is put right gives up its place.
    later = later.exclude(retired_on=F("effective_on")).exclude(pk=version.corrects_id)
    for each in later.order_by("number"):
        day, next_day = spoken(each.effective_on), spoken(day_after(each.effective_on))
        words = f"Version {each.number} applies from {day}: choose {next_day} or a later day"
        yield Left(words, draft_url(version))
    yield from another_in_force(version, effective_on)


# What a form says that asks whose framework it is to be.
ONE_AT_A_TIME = (
    "A team has one framework at a time. Where another is in use you can write and try this one, "
    "and publish it once the other is retired."
)


def another_in_force(version, day):
    """A unit has one framework: what others, here, above or below, leave open of the days from this one."""
    others = FrameworkVersion.objects.in_the_way(version, day).select_related("framework__unit")
    for each in others.order_by("effective_on", "pk"):
        if each.retired_on:
            words = f"{each} is in use for {each.framework.unit} until {spoken(each.retired_on)}"
            todo = "choose that day or a later one"
        else:
            words = f"{each} is in use for {each.framework.unit}"
            todo = (
                f"retire it first, on {spoken(max(day, day_after(each.effective_on)))} or earlier, "
                f"as a framework admin of {each.framework.unit} can"
            )
        yield Left(f"{words}: {todo}", each.get_absolute_url())


def day_after(day):
    return min(day, date.max - timedelta(days=1)) + timedelta(days=1)


def spoken(day):
    return date_format(day, "j F Y")


def worth_a_look(version):
    """Advice that stops nothing: what may ask two things at once, what has no second words."""
    two = [
        Left(f"{criterion.code} may ask two things: “{criterion.name}”", part_url(criterion))
        for criterion in version.criteria.order_by("position")
        if ASKS_TWO.search(criterion.name)
    ]
    return [*two, *unsaid(version)]


def part_url(row):
    """Where a domain or a criterion of a draft is changed."""
    args = [row.version.framework.address, kind_of(row), row.pk]
    return f"{reverse('frameworks:draft_part', args=args)}#{row.anchor}"


def kind_of(row):
    return {"domain": "domains", "criterion": "criteria"}[row._meta.model_name]


def draft_url(version, name="draft"):
    return reverse(f"frameworks:{name}", args=[version.framework.address])


def no_cause(version):
    if not version.causes.exists():
        yield Left("Choose at least one cause", draft_url(version, "draft_about"))


def empty(version):
    domains = list(version.domains.annotate(size=Count("criteria")).order_by("position"))
    if not domains:
        yield Left("Add a domain", f"{draft_url(version, 'add_domain')}#new-part")
    for domain in domains:
        if not domain.size:
            domain.version = version
            yield Left(f"{domain} has no criterion", part_url(domain))


def undescribed(version):
    if not version.scale.is_described:
        return
    levels = version.scale.levels.count()
    told = Count("level_descriptions", filter=~Q(level_descriptions__text=""))
    for criterion in version.criteria.annotate(told=told).order_by("position"):
        if missing := levels - criterion.told:
            criterion.version = version
            levels_words = plural(missing, "level")
            yield Left(
                f"{criterion.code} has {levels_words} with no description", part_url(criterion)
            )


def too_late_to_correct(version):
    wrong = version.corrects
    if wrong and not wrong.may_be_put_right:
        words = (
            f"Version {wrong.number} is in use by now: this can’t take its place any more. "
            "Let it follow instead"
        )
        yield Left(words, draft_url(version, "publish"))


def unsettled(version):
    if left := len(Mapping(version).unsettled()):
        words = "1 criterion needs its" if left == 1 else f"{left} criteria need their"
        yield Left(f"{words} lineage", draft_url(version, "lineage"))


def unsaid(version):
    language = saying.language_of(version)
    missing = texts.missing_from(version, language) if language else 0
    if missing:
        labels = "1 label has" if missing == 1 else f"{missing} labels have"
        url = reverse(
            "frameworks:second_language", args=[version.framework.address, version.number]
        )
        yield Left(f"{labels} no words in {language} yet", url)
