"""What helps and what hinders: passages by theme."""

from django.db.models import Count, Exists, OuterRef, Q, Sum

from frameworks.models import Codebook, Theme
from frameworks.themes import mergers
from observations.models import Mention, choices
from reports.models import ThemeCell
from reports.summaries.shape import ThemeRow

COUNTS = ("helps", "hinders", "neither", "suggested", "observations")


def theme_rows(scope):
    """A row for each theme of the unit's codebook, and for any other that passages speak to.

    Drafts are left out, whatever is confirmed of them: they count once they are in use. Themes
    merged into another have no row of their own: they are counted in its row, whenever that was.
    """
    counted = {row.pop("theme_id"): row for row in counts_by_theme(scope)}
    together = mergers.counted_together()
    for theme, members in together.items():
        if counted.keys() & set(members):
            counted = {pk: row for pk, row in counted.items() if pk not in members}
            counted[theme] = counted_once(scope, members)
    tells, splits = tell_of(together), mergers.splits_into()
    return tuple(
        ThemeRow(
            theme,
            **counted.get(theme.pk, {}),
            **split(splits.get(theme.pk)),
            tells_of=tells.get(theme.pk, frozenset({theme.tells_of})),
        )
        for theme in themes(scope, counted)
    )


def split(step):
    return {"split_on": step.on, "split_from": step.earlier.name} if step else {}


def tell_of(together):
    """{theme: what all that are counted in it tell of}"""
    if not together:
        return {}
    pks = {pk for members in together.values() for pk in members}
    told = dict(Theme.objects.filter(pk__in=pks).values_list("pk", "tells_of"))
    return {theme: frozenset(told[pk] for pk in members) for theme, members in together.items()}


def counts_by_theme(scope):
    if scope.kind_of_work:
        return counted_from_mentions(scope.parts(Mention))
    sums = {count: Sum(count) for count in COUNTS}
    return scope.cells(ThemeCell).values("theme_id").annotate(**sums)


def counted_from_mentions(mentions):
    confirmed = Q(status=Mention.Status.CONFIRMED)
    stances = {
        stance.value: Count("pk", filter=confirmed & Q(stance=stance)) for stance in choices.Stance
    }
    rows = mentions.exclude(status=Mention.Status.REJECTED).values("theme_id")
    return rows.annotate(
        **stances,
        suggested=Count("pk", filter=Q(status=Mention.Status.SUGGESTED)),
        observations=Count("observation", distinct=True, filter=confirmed),
    )


def counted_once(scope, members):
    """The counts of themes taken together: a passage or an observation that has two is one."""
    mentions = scope.parts(Mention).filter(theme__in=members)
    confirmed = Q(status=Mention.Status.CONFIRMED)
    same = mentions.filter(confirmed, passage=OuterRef("passage"))
    waiting = Q(status=Mention.Status.SUGGESTED) & ~Q(Exists(same))
    passages = {
        stance.value: Count("passage", distinct=True, filter=confirmed & Q(stance=stance))
        for stance in choices.Stance
    }
    return mentions.aggregate(
        **passages,
        suggested=Count("passage", distinct=True, filter=waiting),
        observations=Count("observation", distinct=True, filter=confirmed),
    )


def passages_of(scope, themes):
    """How many passages a person has tied to any of these themes, or to what was merged into one."""
    together = mergers.counted_together()
    members = {pk for theme in themes for pk in together.get(theme.pk, [theme.pk])}
    tied = scope.parts(Mention).filter(theme__in=members, status=Mention.Status.CONFIRMED)
    return tied.aggregate(passages=Count("passage", distinct=True))["passages"]


def themes(scope, counted):
    codebook = Codebook.objects.for_unit(scope.unit).first()
    wanted = Q(pk__in=list(counted)) | Q(codebook=codebook, retired_on=None)
    return sorted(
        Theme.objects.filter(wanted, is_draft=False),
        key=lambda theme: (theme.codebook_id != (codebook and codebook.pk), theme.position),
    )
