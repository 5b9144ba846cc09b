"""Changing a codebook: every change waits beside what is in use till all are in use at once.

So do merging, splitting and retiring a theme: they are asked for with a reason, left before they
are in use, or taken back after.
"""

from django.db import IntegrityError, transaction
from django.db.models import Max, Prefetch, ProtectedError

from frameworks import history
from frameworks.codes import code_from
from frameworks.models import (
    Change,
    Codebook,
    Theme,
    ThemeDraft,
    ThemeEnd,
    ThemeEndInto,
    ThemeMapping,
)
from frameworks.models.keeping import in_words
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.people import two_windows
from practicelens.people.models import Unit
from practicelens.refusals import NotNow

WORDS = [
    "name",
    "short",
    "definition",
    "use_when",
    "not_when",
    "helps_means",
    "hinders_means",
    "keywords",
    "examples",
    "lens",
    "tells_of",
]
Verb, Kind = Change.Verb, ThemeMapping.Kind


# What waits


def words_of(row):
    return {name: getattr(row, name) for name in WORDS}


def as_it_waits(theme):
    """The wording to edit: what waits, or else a copy, not saved, of what is in use."""
    if theme.is_draft:
        return theme
    return waiting_of(theme) or ThemeDraft(theme=theme, revision=theme.revision, **words_of(theme))


def waiting_of(theme):
    return ThemeDraft.objects.filter(theme=theme).select_related("theme", "lens").first()


def differences(theme, draft):
    """[(label, in use, waiting)] of the fields that would change; of lists, the lines that do."""
    return [
        (name.replace("_", " ").capitalize(), *changed(getattr(theme, name), getattr(draft, name)))
        for name in WORDS
        if getattr(theme, name) != getattr(draft, name)
    ]


def changed(was, now):
    if isinstance(was, list) and set(was) != set(now):
        was, now = (
            [line for line in one if line not in two] for one, two in ((was, now), (now, was))
        )
    return in_words(was), in_words(now)


def drafts_in(codebook):
    """The drafts of a codebook's themes in use, in order."""
    drafts = ThemeDraft.objects.filter(theme__codebook=codebook, theme__retired_on=None)
    return drafts.select_related("theme__lens", "lens").order_by("theme__position", "theme")


def waiting_in(codebook):
    """Those that would come into use: not of a theme that is to go itself."""
    return drafts_in(codebook).filter(theme__end_to_be=None)


def ends_in(codebook):
    """The mergers, splits and retirements that wait, in the order of their themes."""
    ends = ThemeEnd.objects.filter(theme__codebook=codebook)
    into = Prefetch("into", Theme.objects.order_by("position", "pk"))
    return (
        ends.select_related("theme", "by").prefetch_related(into).order_by("theme__position", "pk")
    )


def end_of(theme):
    """The merger, split or retirement of a theme that waits, or None."""
    return ends_in(theme.codebook).filter(theme=theme).first()


def as_it_would_be(codebook):
    """The codebook's themes if all that waits were in use; never saved."""
    drafts = {draft.theme_id: draft for draft in waiting_in(codebook)}
    themes = {theme.pk: theme for theme in codebook.themes.to_stay()}
    for pk, theme in themes.items():
        if draft := drafts.get(pk):
            write(draft, theme)
    for end in ends_in(codebook):
        if end.takes_words:
            join_words(end.theme, themes[end.into.all()[0].pk])
    return sorted(themes.values(), key=lambda theme: theme.is_draft)


def told_apart(codebook):
    """The themes whose names must differ: as they would be, and those named from passages."""
    themes = as_it_would_be(codebook)
    drafts = codebook.themes.filter(is_draft=True, retired_on=None)
    return [*themes, *drafts.exclude(pk__in=[theme.pk for theme in themes])]


def write(source, target):
    for name in WORDS:
        setattr(target, name, getattr(source, name))


def join_words(source, target):
    """Put the words and examples of one theme with those of another."""
    for name in ("keywords", "examples"):
        held = getattr(target, name)
        more = [line for line in getattr(source, name) if line not in held]
        setattr(target, name, [*held, *more])


def seen(codebook):
    """What waits, as a short text that changes with it: what was previewed is what is used."""
    drafts = [f"{draft.theme_id}.{draft.revision}" for draft in waiting_in(codebook)]
    begun = codebook.themes.begun().order_by("pk").values_list("pk", "revision")
    ends = ThemeEnd.objects.filter(theme__codebook=codebook).order_by("pk")
    return "-".join(
        [
            *drafts,
            *(f"n{pk}.{revision}" for pk, revision in begun),
            *(f"e{pk}" for pk in ends.values_list("pk", flat=True)),
        ]
    )


# Editing


@transaction.atomic
def begin_codebook(*, name, description, unit, by):
    """A codebook of a unit, with no theme yet; pressed twice it is the one that is there."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    if there := unit.codebooks.order_by("pk").first():
        return there
    named = Codebook.objects.filter(unit__organisation=unit.organisation_id)
    taken = {"new", *named.values_list("code", flat=True)}
    code = code_from(name, taken, otherwise="codebook")
    codebook = Codebook(name=name, description=description, unit=unit, code=code)
    history.add(row=codebook, part_of=codebook, by=by)
    record(by=by, action=Entry.Action.MADE, what=codebook, unit=unit)
    return codebook


@transaction.atomic
def add(*, form, codebook, by):
    """A new theme, at the end of the codebook, that waits to come into use."""
    codebook = history.locked_row(codebook)
    theme = form.save(commit=False)
    theme.codebook, theme.is_draft = codebook, True
    theme.code = theme.code or free_code(codebook, theme.name)
    theme.position = (codebook.themes.aggregate(last=Max("position"))["last"] or 0) + 1
    return history.add(row=theme, part_of=codebook, by=by)


def free_code(codebook, name):
    """A code made of the name that no theme of the codebook has."""
    return code_from(name, set(codebook.themes.values_list("code", flat=True)), otherwise="theme")


@transaction.atomic
def save(*, form, base, codebook, by):
    """Keep what a valid form says of a theme that was read at revision `base`.

    A theme in use keeps its wording: the new one waits. Words as they are in use wait for nothing.
    """
    row = form.instance
    history.locked_row(codebook)
    if isinstance(row, Theme):
        return history.save(form=form, base=base, part_of=codebook, by=by)
    theme = history.locked_row(row.theme)
    if row.pk and ThemeDraft.objects.filter(pk=row.pk).exists():
        draft = history.save(form=form, base=base, part_of=codebook, by=by)
    else:
        draft = begin(form, theme, base, codebook, by)
    if not differences(theme, draft):
        forget(draft, theme)
    return draft


def begin(form, theme, base, codebook, by):
    """The first edit of a wording in use."""
    held = waiting_of(theme) or theme
    if two_windows.clashes(held, base):
        raise history.Meanwhile(held, history.last_change(held))
    draft = form.instance
    # Saved as new, whatever it was: another person may have left it while this was typed.
    draft.pk, draft.theme, draft.revision = None, theme, theme.revision + 1
    form.save()
    two_windows.remember(draft, base)
    before, after = (history.values_of(row, form.changed_data) for row in (theme, draft))
    if before != after:
        history.write_down(Verb.CHANGED, draft, codebook, by, before=before, after=after)
    return draft


def forget(draft, theme):
    """Drop what waits; the theme's revision goes past it, so that no older page fits again."""
    theme.revision = draft.revision + 1
    theme.save(update_fields=["revision"])
    draft.delete()


@transaction.atomic
def leave(*, theme, codebook, by):
    """Leave the wording in use as it is, or delete a theme that was never in use.

    The history keeps what was written; a deleted theme is put back from there.
    """
    theme = history.locked_row(theme)
    if not theme.is_draft:
        if draft := waiting_of(theme):
            words = history.values_of(draft, WORDS)
            history.write_down(Verb.DELETED, draft, codebook, by, before=words)
            forget(draft, theme)
        return
    stays_for_others(theme)
    try:
        with transaction.atomic():
            history.delete(row=theme, part_of=codebook, by=by)
    except (ProtectedError, IntegrityError) as error:
        raise NotNow("Passages are coded to this theme already, so it can’t be deleted.") from error


@transaction.atomic
def put_back(*, change, codebook, by):
    """Put back a theme that was deleted before it was ever in use."""
    history.locked_row(codebook)
    fields = change.before["rows"][0]["fields"]
    themes = codebook.themes.filter(retired_on=None)
    if themes.filter(name__iexact=fields["name"]).exists():
        raise NotNow("Another theme has its name by now. Rename that one first.")
    if codebook.themes.filter(code=fields["code"]).exists():
        raise NotNow("Another theme has its code by now, so it can’t be put back.")
    return history.restore(change=change, part_of=codebook, by=by)


@transaction.atomic
def move(*, theme, to, by):
    """Put a theme at a place of the list, counted from 1; returns the place."""
    codebook = history.locked_row(theme.codebook)
    rows = listed(codebook)
    was = rows.index(theme) + 1
    to = max(1, min(to, len(rows)))
    if to == was:
        return to
    rows.insert(to - 1, rows.pop(was - 1))
    for place, row in enumerate(rows, start=1):
        row.position = place
    Theme.objects.bulk_update(rows, ["position"])
    change = {"before": {"place": was}, "after": {"place": to}}
    history.write_down(Verb.MOVED, theme, codebook, by, **change)
    return to


def listed(codebook):
    """The themes that are edited: in use or waiting, in order."""
    return list(codebook.themes.filter(retired_on=None).order_by("position", "pk"))


# Starting to use


@transaction.atomic
def start_using(*, codebook, why, as_seen, by):
    """Let all that waits be the wording in use, at once; returns the themes that changed."""
    codebook = history.locked_row(codebook)
    list(codebook.themes.select_for_update().order_by("pk"))
    if not as_seen or as_seen != seen(codebook):
        raise NotNow(
            "What waits has changed since you looked. Look again, and then start using it."
        )
    if same := same_name(as_it_would_be(codebook)):
        raise NotNow(f"Two themes would be called “{same}”. Rename one of them first.")
    hand_over_words(codebook, by)
    changed = [use(draft, codebook, by) for draft in waiting_in(codebook)]
    changed += [begin_using(theme, codebook, by) for theme in codebook.themes.begun()]
    changed += [finish(end, codebook, by) for end in ends_in(codebook)]
    told = {"why": why, "themes": [theme.name for theme in changed]}
    history.write_down(Verb.USED, codebook, codebook, by, after=told)
    return changed


def same_name(themes):
    names = [theme.name.casefold() for theme in themes]
    return next((each.name for each in themes if names.count(each.name.casefold()) > 1), "")


def use(draft, codebook, by):
    theme = draft.theme
    before = history.values_of(theme, WORDS)
    after = history.values_of(draft, WORDS)
    write(draft, theme)
    theme.revision = draft.revision + 1
    theme.save(update_fields=[*WORDS, "revision"])
    draft.delete()
    changed = [name for name in WORDS if before[name] != after[name]]
    history.write_down(
        Verb.USED,
        theme,
        codebook,
        by,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return theme


def begin_using(theme, codebook, by):
    theme.is_draft = False
    theme.revision += 1
    theme.save(update_fields=["is_draft", "revision"])
    history.write_down(Verb.USED, theme, codebook, by)
    return theme


# Merging, splitting, retiring


@transaction.atomic
def end(*, theme, kind, why, by, into=(), takes_words=False, instead_of=None):
    """Let it wait that a theme is merged, split or retired, in the place of the one that was seen.

    Once in use, a merged theme's mentions are counted with those of the other, and its words
    may join the other's list. What a split or retired theme counted stays its own: nobody says
    whose it was.
    """
    codebook = history.locked_row(theme.codebook)
    theme = codebook.themes.in_use().filter(pk=theme.pk).first()
    if theme is None:
        raise NotNow("This theme is not in use.")
    if there := end_of(theme):
        if there != instead_of:
            raise history.Meanwhile(there, history.last_change(there))
        keep(theme=theme, by=by)
    stays_for_others(theme)
    into = may_go_into(theme, kind, into)
    row = ThemeEnd.objects.create(theme=theme, kind=kind, why=why, takes_words=takes_words, by=by)
    ThemeEndInto.objects.bulk_create(ThemeEndInto(end=row, theme=each) for each in into)
    history.write_down(Verb.ADDED, row, codebook, by, after={"why": why})
    return row


def stays_for_others(theme):
    """Others may be about to go into it; then it stays."""
    if other := theme.ends_into.select_related("end__theme").first():
        raise NotNow(f"“{other.end.theme}” is to go into this theme. Leave that first.")


def may_go_into(theme, kind, into):
    """The same themes, in order, if they are as many as it takes and will all be in use."""
    if kind == Kind.SPLIT and len(into) < 2:
        raise NotNow("A theme is split into two or more.")
    wanted = {each.pk for each in into} - {theme.pk}
    found = list(theme.codebook.themes.to_stay().filter(pk__in=wanted))
    if len(found) != len(into) or (kind == Kind.MERGED) != (len(found) == 1):
        raise NotNow("One of these themes is not in use any more, or is to go itself.")
    return found


@transaction.atomic
def keep(*, theme, by):
    """Leave a theme in use after all: what waited to end it is dropped."""
    codebook = history.locked_row(theme.codebook)
    if row := end_of(theme):
        history.write_down(Verb.DELETED, row, codebook, by, before={"why": row.why})
        row.delete()


def hand_over_words(codebook, by):
    """Let the words of themes that are merged wait beside those of the ones they go into."""
    for row in ends_in(codebook):
        if row.takes_words:
            hand_over(row.theme, row.into.all()[0], codebook, by)


def hand_over(theme, into, codebook, by):
    draft = as_it_waits(into)
    before = {"keywords": draft.keywords, "examples": draft.examples}
    join_words(theme, draft)
    after = history.values_of(draft, before)
    if before != after:
        draft.revision += 1
        draft.save()
        history.write_down(Verb.CHANGED, draft, codebook, by, before=before, after=after)


def finish(row, codebook, by):
    """What waited for a theme comes to be: it is used no longer."""
    theme, kind, why = row.theme, row.kind, row.why
    if waiting_of(theme):
        leave(theme=theme, codebook=codebook, by=by)
        theme.refresh_from_db()
    theme.retired_on = codebook.unit.today()
    theme.revision += 1
    theme.save(update_fields=["retired_on", "revision"])
    into = list(row.into.all())
    ThemeMapping.objects.bulk_create(
        ThemeMapping(kind=kind, earlier=theme, later=each, why=why, by=by)
        for each in into or [None]
    )
    told = {"why": why, "into": [each.name for each in into]}
    history.write_down(Verb(kind), theme, codebook, by, after=told)
    row.delete()
    return theme


@transaction.atomic
def bring_back(*, theme, by):
    """Take back that a theme was merged, split or retired."""
    codebook = history.locked_row(theme.codebook)
    theme = history.locked_row(theme)
    if not theme.retired_on:
        raise NotNow("This theme is in use.")
    if same_name([theme, *listed(codebook)]) == theme.name:
        raise NotNow("Another theme has its name by now. Rename that one first.")
    theme.continues_in.all().delete()
    theme.retired_on = None
    theme.revision += 1
    theme.save(update_fields=["retired_on", "revision"])
    history.write_down(Verb.RESTORED, theme, codebook, by)
