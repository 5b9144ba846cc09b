"""Which themes are counted together, and what became of one, in words."""

from collections import defaultdict

from django.utils.formats import date_format
from django.utils.text import get_text_list

from frameworks.models import ThemeMapping

Kind = ThemeMapping.Kind


def counted_together():
    """{theme: [it and every theme merged into it]} by pk, of themes that others were merged into."""
    went = dict(ThemeMapping.objects.filter(kind=Kind.MERGED).values_list("earlier_id", "later_id"))
    groups = defaultdict(list)
    for earlier in sorted(went):
        groups[last_of(earlier, went)].append(earlier)
    return {last: [last, *earlier] for last, earlier in groups.items()}


def last_of(theme, went):
    """Where a chain of mergers ends; a theme that was brought back and merged on can't lead round,
    for what is merged is not in use, and only what is in use is merged into."""
    while theme in went:
        theme = went[theme]
    return theme


def counted_in(pk):
    """The pk of the theme in which this one is counted now: the one it was merged into, or itself."""
    return counted_as().get(pk, pk)


def counted_as():
    """{theme: the one that it is counted with} by pk, of themes that were merged into another."""
    return {
        earlier: last
        for last, members in counted_together().items()
        for earlier in members
        if earlier != last
    }


def counted_with(theme):
    """The pks of a theme and of every one merged into it."""
    return counted_together().get(theme.pk, [theme.pk])


def joins_of(theme):
    """[(date, words)] of each theme that was merged into this one, earliest first."""
    rows = ThemeMapping.objects.filter(kind=Kind.MERGED, earlier__in=counted_with(theme))
    found = rows.select_related("earlier").order_by("on", "pk")
    return [(row.on, f"“{row.earlier.name}” merged") for row in found]


def splits_into():
    """{part: the mapping} by pk, of themes that took over a part of one that was split."""
    rows = ThemeMapping.objects.filter(kind=Kind.SPLIT).select_related("earlier")
    return {row.later_id: row for row in rows.order_by("on", "pk")}


def notes_of(theme):
    """Where the counts of a theme end or begin, and why they join no other's; a sentence each."""
    return [*begins(theme), *ends(theme)]


def begins(theme):
    for row in came_together(theme).filter(kind=Kind.SPLIT).select_related("earlier"):
        yield (
            f"It took over a part of “{row.earlier.name}”, which was split on {day(row)}: "
            "what that counted is not added here."
        )


def ends(theme):
    rows = list(became(theme))
    if not rows:
        return
    names = get_text_list([f"“{row.later.name}”" for row in rows if row.later], "and")
    yield {
        Kind.MERGED: f"It was merged into {names} on {day(rows[0])}, and is counted there.",
        Kind.SPLIT: f"It was split into {names} on {day(rows[0])}: its counts end there.",
        Kind.RETIRED: f"It was retired on {day(rows[0])}: its counts end there.",
    }[rows[0].kind]


def day(row):
    return date_format(row.on, "j F Y")


def became(theme):
    """What a theme was merged or split into, or that it was retired; in order."""
    return theme.continues_in.select_related("later", "by").order_by("pk")


def came_together(theme):
    """The mergers and splits that led to a theme."""
    return theme.continues_from.select_related("earlier", "by").order_by("on", "pk")
