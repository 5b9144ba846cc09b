"""Changing a codebook: every edit waits beside the wording in use till all are put to use at once.

Merging, splitting and retiring a theme are decided with a reason, and can be taken back.
"""

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError

from frameworks import keeping
from frameworks.codes import code_from
from frameworks.models import Change, Theme, ThemeDraft, ThemeMapping
from frameworks.models.keeping import in_words

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
]
Verb, Kind = Change.Verb, ThemeMapping.Kind


class NotNow(Exception):
    """The codebook does not stand as the person saw it; says in words what is in the way."""


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


def waiting_in(codebook):
    """The drafts of a codebook's themes in use, in order."""
    drafts = ThemeDraft.objects.filter(theme__codebook=codebook, theme__retired_on=None)
    return drafts.select_related("theme__lens", "lens").order_by("theme__position", "theme")


def as_it_would_be(codebook):
    """The codebook's themes if all that waits were put to use; never saved."""
    drafts = {draft.theme_id: draft for draft in waiting_in(codebook)}
    themes = [*codebook.themes.in_use(), *codebook.themes.begun().order_by("position", "pk")]
    for theme in themes:
        if draft := drafts.get(theme.pk):
            write(draft, theme)
    return themes


def write(source, target):
    for name in WORDS:
        setattr(target, name, getattr(source, name))


def seen(codebook):
    """What waits, as a short text that changes with it: what was previewed is what is used."""
    drafts = [f"{draft.theme_id}.{draft.revision}" for draft in waiting_in(codebook)]
    begun = codebook.themes.begun().order_by("pk").values_list("pk", "revision")
    return "-".join([*drafts, *(f"n{pk}.{revision}" for pk, revision in begun)])


# Editing


@transaction.atomic
def add(*, form, codebook, by):
    """A new theme, at the end of the codebook, that waits to be put to use."""
    codebook = keeping.locked(codebook)
    theme = form.save(commit=False)
    theme.codebook, theme.is_draft = codebook, True
    theme.code = theme.code or free_code(codebook, theme.name)
    theme.position = (codebook.themes.aggregate(last=Max("position"))["last"] or 0) + 1
    return keeping.add(row=theme, part_of=codebook, by=by)


def free_code(codebook, name):
    """A code made of the name that no theme of the codebook has."""
    return code_from(name, set(codebook.themes.values_list("code", flat=True)), otherwise="theme")


@transaction.atomic
def save(*, form, base, codebook, by):
    """Keep what a valid form says of a theme that was read at revision `base`.

    A theme in use keeps its wording: the new one waits. Words as they are in use wait for nothing.
    """
    row = form.instance
    keeping.locked(codebook)
    if isinstance(row, Theme):
        return keeping.save(form=form, base=base, part_of=codebook, by=by)
    theme = keeping.locked(row.theme)
    if row.pk and ThemeDraft.objects.filter(pk=row.pk).exists():
        draft = keeping.save(form=form, base=base, part_of=codebook, by=by)
    else:
        draft = begin(form, theme, base, codebook, by)
    if not differences(theme, draft):
        forget(draft, theme)
    return draft


def begin(form, theme, base, codebook, by):
    """The first edit of a wording in use."""
    held = waiting_of(theme) or theme
    if held.revision != base:
        raise keeping.Meanwhile(held, keeping.last_change(held))
    draft = form.instance
    # Saved as new, whatever it was: another person may have left it while this was typed.
    draft.pk, draft.theme, draft.revision = None, theme, theme.revision + 1
    form.save()
    before, after = (keeping.values_of(row, form.changed_data) for row in (theme, draft))
    if before != after:
        keeping.write_down(Verb.CHANGED, draft, codebook, by, before=before, after=after)
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
    theme = keeping.locked(theme)
    if not theme.is_draft:
        if draft := waiting_of(theme):
            words = keeping.values_of(draft, WORDS)
            keeping.write_down(Verb.DELETED, draft, codebook, by, before=words)
            forget(draft, theme)
        return
    try:
        with transaction.atomic():
            keeping.delete(row=theme, part_of=codebook, by=by)
    except (ProtectedError, IntegrityError) as error:
        raise NotNow("Passages are tied to this theme already, so it can’t be deleted.") from error


@transaction.atomic
def put_back(*, change, codebook, by):
    """Put back a theme that was deleted before it was ever in use."""
    keeping.locked(codebook)
    fields = change.before["rows"][0]["fields"]
    themes = codebook.themes.filter(retired_on=None)
    if themes.filter(name__iexact=fields["name"]).exists():
        raise NotNow("Another theme has its name by now. Rename that one first.")
    if codebook.themes.filter(code=fields["code"]).exists():
        raise NotNow("Another theme has its code by now, so it can’t be put back.")
    return keeping.restore(change=change, part_of=codebook, by=by)


@transaction.atomic
def move(*, theme, to, by):
    """Put a theme at a place of the list, counted from 1; returns the place."""
    codebook = keeping.locked(theme.codebook)
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
    keeping.write_down(Verb.MOVED, theme, codebook, by, **change)
    return to


def listed(codebook):
    """The themes that are edited: in use or waiting, in order."""
    return list(codebook.themes.filter(retired_on=None).order_by("position", "pk"))


# Putting to use


@transaction.atomic
def put_to_use(*, codebook, why, as_seen, by):
    """Let all that waits be the wording in use, at once; returns the themes that changed."""
    codebook = keeping.locked(codebook)
    list(codebook.themes.select_for_update().order_by("pk"))
    if not as_seen or as_seen != seen(codebook):
        raise NotNow("What waits has changed since you looked. Look again, and then put it to use.")
    if same := same_name(as_it_would_be(codebook)):
        raise NotNow(f"Two themes would be called “{same}”. Rename one of them first.")
    changed = [use(draft, codebook, by) for draft in waiting_in(codebook)]
    for theme in codebook.themes.begun():
        theme.is_draft = False
        theme.revision += 1
        theme.save(update_fields=["is_draft", "revision"])
        keeping.write_down(Verb.USED, theme, codebook, by)
        changed.append(theme)
    told = {"why": why, "themes": [theme.name for theme in changed]}
    keeping.write_down(Verb.USED, codebook, codebook, by, after=told)
    return changed


def same_name(themes):
    names = [theme.name.casefold() for theme in themes]
    return next((each.name for each in themes if names.count(each.name.casefold()) > 1), "")


def use(draft, codebook, by):
    theme = draft.theme
    before = keeping.values_of(theme, WORDS)
    after = keeping.values_of(draft, WORDS)
    write(draft, theme)
    theme.revision = draft.revision + 1
    theme.save(update_fields=[*WORDS, "revision"])
    draft.delete()
    changed = [name for name in WORDS if before[name] != after[name]]
    keeping.write_down(
        Verb.USED,
        theme,
        codebook,
        by,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return theme


# Merging, splitting, retiring


@transaction.atomic
def merge(*, theme, into, why, takes_words, by):
    """From now on a theme's mentions are counted with those of another.

    Its words may wait to join the other's list: they are put to use like any other edit.
    """
    codebook, theme, into = both(theme, [into])
    end(theme, Kind.MERGED, into, why, by, codebook)
    if takes_words:
        hand_over(theme, into[0], codebook, by)


@transaction.atomic
def split(*, theme, parts, why, by):
    """A theme gives way to finer ones. What it counted stays its own: nobody says whose it was."""
    codebook, theme, parts = both(theme, parts)
    if len(parts) < 2:
        raise NotNow("A theme is split into two or more that are in use.")
    end(theme, Kind.SPLIT, parts, why, by, codebook)


@transaction.atomic
def retire(*, theme, why, by):
    """Nothing more is suggested for a theme; old months still show it."""
    codebook, theme, _ = both(theme, [])
    end(theme, Kind.RETIRED, [None], why, by, codebook)


def both(theme, others):
    """The codebook and the themes, held, all of them in use."""
    codebook = keeping.locked(theme.codebook)
    wanted = {each.pk for each in others}
    held = {row.pk: row for row in codebook.themes.select_for_update().in_use()}
    if theme.pk not in held or not wanted <= held.keys() - {theme.pk}:
        raise NotNow("One of these themes is not in use any more.")
    return codebook, held[theme.pk], [held[pk] for pk in sorted(wanted)]


def end(theme, kind, later, why, by, codebook):
    if waiting_of(theme):
        leave(theme=theme, codebook=codebook, by=by)
        theme.refresh_from_db()
    theme.retired_on = codebook.unit.today()
    theme.revision += 1
    theme.save(update_fields=["retired_on", "revision"])
    ThemeMapping.objects.bulk_create(
        ThemeMapping(kind=kind, earlier=theme, later=each, why=why, by=by) for each in later
    )
    told = {"why": why, "into": [each.name for each in later if each]}
    keeping.write_down(Verb(kind), theme, codebook, by, after=told)


def hand_over(theme, into, codebook, by):
    """Let a merged theme's words and examples wait beside those of the one it went into."""
    draft = as_it_waits(into)
    before = {"keywords": draft.keywords, "examples": draft.examples}
    for name, held in before.items():
        more = [line for line in getattr(theme, name) if line not in held]
        setattr(draft, name, [*held, *more])
    if differences(into, draft):
        draft.revision += 1
        draft.save()
        after = keeping.values_of(draft, before)
        keeping.write_down(Verb.CHANGED, draft, codebook, by, before=before, after=after)


@transaction.atomic
def bring_back(*, theme, by):
    """Take back that a theme was merged, split or retired."""
    codebook = keeping.locked(theme.codebook)
    theme = keeping.locked(theme)
    if not theme.retired_on:
        raise NotNow("This theme is in use.")
    if same_name([theme, *listed(codebook)]) == theme.name:
        raise NotNow("Another theme has its name by now. Rename that one first.")
    theme.continues_in.all().delete()
    theme.retired_on = None
    theme.revision += 1
    theme.save(update_fields=["retired_on", "revision"])
    keeping.write_down(Verb.RESTORED, theme, codebook, by)
