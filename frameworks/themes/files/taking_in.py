"""Holds a codebook's file against the codebook, and lets what it says wait like what is typed."""

import copy
from dataclasses import dataclass, field
from hashlib import sha256
from textwrap import shorten

from django.db import transaction

from frameworks import history
from frameworks.codes import code_from
from frameworks.files.cells import one_line
from frameworks.models import Change, Lens, Theme, ThemeDraft
from frameworks.plain_text import LONGEST
from frameworks.themes import editing
from frameworks.themes.files.columns import COLUMNS, LISTS, guid_of_theme, text_of
from frameworks.themes.files.coming_in import read
from frameworks.themes.files.forms import BegunOfAFile, NewOfAFile, WaitingOfAFile
from frameworks.themes.forms import holders_by_word
from practicelens.refusals import NotNow

MOST_LINES = 200  # words or examples of one theme
NOT_EMPTIED = ["short", "tells_of"]  # an empty cell leaves what is there
SHORTEST_NAME = Theme._meta.get_field("short").max_length


@dataclass
class Step:
    """A theme to be added or changed: the valid form, and of a change what it changes."""

    where: str
    form: object
    theme: object = None
    revision: int = 0
    rows: list = field(default_factory=list)


@dataclass
class Plan:
    """What a file would do to a codebook; `left` and `faults` are (where, words)."""

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    same: int = 0
    left: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    @property
    def is_any(self):
        return bool(self.added or self.changed)


@transaction.atomic
def take_in(*, held, base, by):
    """Let what a file says wait in the codebook; returns the Plan that was followed.

    All of it or nothing, and only what was seen: NotNow, if the codebook was changed meanwhile.
    """
    codebook = history.locked_row(held.codebook)
    found = plan(codebook, read(bytes(held.content)))
    if base != as_seen(codebook) or found.faults:
        raise NotNow(
            "The codebook was changed since you looked. This is what the file would do now."
        )
    for step in found.added:
        editing.add(form=step.form, codebook=codebook, by=by)
    for step in found.changed:
        editing.save(form=step.form, base=step.revision, codebook=codebook, by=by)
    if found.is_any:
        told = {"file": held.name}
        history.write_down(Change.Verb.IMPORTED, codebook, codebook, by, after=told)
    held.delete()
    return found


def as_seen(codebook):
    """The codebook as a short text that changes with every theme, draft change and end in it."""
    themes = codebook.themes.order_by("pk").values_list("pk", "revision", "is_draft", "retired_on")
    drafts = ThemeDraft.objects.filter(theme__codebook=codebook).order_by("theme")
    told = [list(themes), list(drafts.values_list("theme", "revision")), editing.seen(codebook)]
    return sha256(repr(told).encode()).hexdigest()


def plan(codebook, found):
    """What a file that was read would do to the codebook."""
    return Planning(codebook, found).plan


class Planning:
    """Holds what a file says against a codebook, first every name, then each theme by its form.

    So two themes may swap names, and a clash is told of each that it is in.
    """

    def __init__(self, codebook, found):
        self.codebook, self.plan = codebook, Plan(left=list(found.left))
        self.lenses = Lens.objects.for_unit(codebook.unit).order_by("pk")
        self.by_lens = by_name_or_code(self.lenses)
        self.themes = list(codebook.themes.select_related("lens").order_by("position", "pk"))
        self.drafts = {draft.theme_id: draft for draft in editing.drafts_in(codebook)}
        self.codes = {theme.code for theme in self.themes}
        self.everyone = editing.told_apart(codebook)
        self.matches = self.matched()
        wanted = [(said, theme, self.told(said)) for said, theme in self.meant(found.said)]
        meant = [(said, theme, told, self.simulated(theme, told)) for said, theme, told in wanted]
        self.holders = holders_by_word(self.everyone)
        for said, theme, told, itself in meant:
            self.change(said, theme, told, itself) if theme else self.add(said, told, itself)

    # Which theme is meant

    def matched(self):
        """{what a theme goes by: theme}; a name in use before one that waits, or is used no more."""
        names = {}
        for theme in sorted(self.themes, key=lambda theme: not theme.retired_on):
            names |= {("name", fold(self.held(theme).name)): theme}
        for theme in sorted(self.themes, key=lambda theme: not theme.retired_on):
            names |= {("name", fold(theme.name)): theme}
        codes = {("code", fold(theme.code)): theme for theme in self.themes}
        guids = {("guid", guid_of_theme(self.codebook, each.code)): each for each in self.themes}
        return names | codes | guids

    def held(self, theme):
        """Its wording to edit, as `editing.as_it_waits` finds it, without another query."""
        if theme.is_draft or theme.retired_on:
            return theme
        begun = {"theme": theme, "revision": theme.revision, **editing.words_of(theme)}
        return self.drafts.get(theme.pk) or ThemeDraft(**begun)

    def meant(self, all_said):
        """(said, theme or None) of all that is to be held against the codebook."""
        taken = {}
        for said in all_said:
            if said.is_heading:
                self.leave_heading(said)
                continue
            keys = [
                ("guid", said.guid),
                ("code", fold(said.values.get("code", ""))),
                ("name", fold(said.values["name"])),
            ]
            theme = next((self.matches[key] for key in keys if key in self.matches), None)
            same = theme.pk if theme else keys[1] if keys[1][1] else None
            if same in taken and same is not None:
                words = f"is of the same theme as {taken[same]}: keep one of them"
                self.plan.faults.append((said.where, words))
            elif theme and theme.retired_on:
                words = f"is of “{theme}”, which is not used any more. Bring it back first."
                self.plan.left.append((said.where, words))
            else:
                yield said, theme
            taken.setdefault(same, said.where)

    def leave_heading(self, said):
        if fold(said.values["name"]) not in self.by_lens:
            words = "is a heading that nothing is coded to, and no lens here has its name."
            self.plan.left.append((said.where, words))

    # What it is to say

    def told(self, said):
        """{field: what its form takes}, of what is said of a theme; what can't be is a fault."""
        told = {}
        for name, text in said.values.items():
            try:
                told[name] = self.taken(name, text)
            except ValueError as error:
                self.plan.faults.append((f"{said.where}, {COLUMNS[name]}:", str(error)))
        if lens := self.by_lens.get(fold(said.within)):
            told["lens"] = lens.pk
        return {
            name: value for name, value in told.items() if value != "" or name not in NOT_EMPTIED
        }

    def taken(self, name, text):
        if len(text) > LONGEST:
            raise ValueError(f"is {len(text):,} characters. Use at most {LONGEST:,}")
        if name in LISTS and len(text.splitlines()) > MOST_LINES:
            raise ValueError(f"has more than {MOST_LINES} lines. Take some out")
        if name == "lens" and text:
            return self.one_of(self.by_lens, text, "Leave it empty, or use a lens that is here").pk
        if name == "tells_of" and text:
            kinds = {fold(each): kind for kind in Theme.TellsOf for each in (kind, kind.label)}
            return self.one_of(kinds, text, f"Use one of {', '.join(Theme.TellsOf)}")
        return text

    def one_of(self, known, text, otherwise):
        if fold(text) not in known:
            raise ValueError(f"“{text[:60]}” is none. {otherwise}")
        return known[fold(text)]

    def simulated(self, theme, told):
        """The theme as the file has it, among all those that its name has to differ from."""
        told = {name: told[name] for name in ("name", "short", "keywords") if name in told}
        if "keywords" in told:
            told["keywords"] = [line.strip() for line in told["keywords"].splitlines()]
        if theme is None:
            itself = Theme(**told)
            self.everyone.append(itself)
            return itself
        itself = next((each for each in self.everyone if each.pk == theme.pk), None)
        for name, value in told.items():
            setattr(itself, name, value) if itself else None
        return itself

    # What it would do

    def add(self, said, told, itself):
        name = told.get("name", "")
        told["short"] = told.get("short") or self.short_of(name)
        told["code"] = told.get("code") or code_from(name, self.codes, otherwise="theme")
        itself.short = told["short"]
        self.codes.add(told["code"])
        told.setdefault("tells_of", Theme.TellsOf.CONDITION)
        if form := self.valid(said, NewOfAFile, told, Theme(), itself):
            self.plan.added.append(Step(said.where, form))

    def short_of(self, name):
        """A short name where a file has none: the beginning of the name, if no theme has that."""
        short = shorten(name, SHORTEST_NAME, placeholder="") or name[:SHORTEST_NAME]
        taken = {theme.short.casefold() for theme in self.everyone}
        return short if short.casefold() not in taken else name[:SHORTEST_NAME]

    def change(self, said, theme, told, itself):
        row = self.held(theme)
        now = {name: text_of(row, name) for name in editing.WORDS} | {"lens": row.lens_id or ""}
        wanted = now | {name: value for name, value in told.items() if name != "code"}
        if wanted == now:
            self.plan.same += 1
            return
        before, kind = copy.copy(row), BegunOfAFile if theme.is_draft else WaitingOfAFile
        if form := self.valid(said, kind, wanted, row, itself):
            rows = editing.differences(before, form.instance)
            if rows:
                step = Step(said.where, form, theme, before.revision, rows)
                self.plan.changed.append(step)
            else:
                self.plan.same += 1

    def valid(self, said, kind, data, row, itself):
        """The form, or None: then its faults are told."""
        among = {"itself": itself, "everyone": self.everyone, "holders": self.holders}
        form = kind(data, instance=row, codebook=self.codebook, **among)
        if form.is_valid():
            return form
        for name, errors in form.errors.items():
            where = f"{said.where}, {COLUMNS[name]}:" if name in COLUMNS else said.where
            self.plan.faults += [(where, words) for words in errors]
        return None


def by_name_or_code(rows):
    """{name or code: row}; a code goes before a name."""
    names = {fold(row.name): row for row in rows}
    return names | {fold(row.code): row for row in rows}


def fold(text):
    return one_line(text).casefold()
