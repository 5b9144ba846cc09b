"""The forms of an import: which files, what each column is, what words of the file mean."""

from django import forms
from django.utils.html import escape, format_html, format_html_join

from frameworks.files.cells import one_line
from frameworks.files.parsing import LARGEST
from observations.imports import reading
from observations.imports.offering import LEVEL, choice_of
from observations.imports.parts import CRITERION, GROUPS, PASSAGES, SAME, Part, folded, guessed
from observations.models import ImportRow
from practicelens.forms import helper, with_blank

MOST_FILES = 20
MOST_VALUES = 100  # asked about at once
NAMES = {
    Part.UNIT: "Teams",
    Part.KIND_OF_WORK: "Kinds of work",
    Part.SETTING: "Settings",
    Part.PROXIMITY: "How it was observed",
    Part.MODE: "In person or remote",
    Part.PART_OF_DAY: "When in the day",
    Part.FAMILY_ASKED: "Whether the family was asked",
    Part.OBSERVER: "Observers",
    Part.PRACTITIONER: "Practitioners",
    LEVEL: "Levels",
}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one form."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(each, initial) for each in files or [None]]


class SendForm(forms.Form):
    keeps_nothing = True
    files = FilesField(
        label="The files",
        widget=FilesInput(
            attrs={"accept": ".xlsx,.csv,.tsv,.txt,.docx", "class": "govuk-file-upload"}
        ),
        help_text=(
            f"Spreadsheets (.xlsx or CSV) or Word forms (.docx). At most {MOST_FILES} files, and "
            "5 MB together"
        ),
        error_messages={
            "required": "Choose a file",
            "empty": "A file is empty: choose another",
            "max_length": "The name of a file is too long: shorten it",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("files")

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"These are more than {MOST_FILES} files: send fewer")
        if sum(file.size for file in files) > LARGEST:
            raise forms.ValidationError("The files are larger than 5 MB together: send fewer")
        contents = [(file.name, file.read()) for file in files]
        return [(name, content, reading.is_word(content)) for name, content in contents]


class RowsForm(forms.Form):
    """Which rows of a page go in: those that were shown, and those of them with a tick."""

    shown = forms.ModelMultipleChoiceField(ImportRow.objects.none(), required=False)
    ticked = forms.ModelMultipleChoiceField(ImportRow.objects.none(), required=False)

    def __init__(self, *args, found, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.queryset = found.rows.all()

    @property
    def chosen(self):
        """{"shown": keys, "ticked": keys}; empty where any of them is no row of the import."""
        if not self.is_valid():
            return {}
        return {name: [row.pk for row in rows] for name, rows in self.cleaned_data.items()}


class ColumnsForm(forms.Form):
    """What each column is: guessed, or as a file of the same shape was matched before."""

    is_month_first = forms.TypedChoiceField(
        label="How are days in figures written?",
        choices=[
            ("", "Day first: 5/11/2025 is 5 November"),
            ("1", "Month first: 11/5/2025 is 5 November"),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
    )

    def __init__(self, *args, found, offered, kept=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.found, self.kept = found, kept
        criteria = offered.criteria
        offers = self.offers(criteria)
        start = self.start(criteria)
        first = [row.texts for row in found.rows.order_by("file", "number")[:30]]
        for at, heading in enumerate(found.headings):
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=escape(heading),  # the form pack would write it as it is
                help_text=samples_of(first, at),
                choices=offers,
                initial=start[at],
                required=False,
            )
        same = found.same or (kept.same if kept else {})
        for part in SAME:
            self.fields[f"same_{part}"] = forms.ChoiceField(
                label=part.label,
                choices=with_blank(offered.choices(part), "The file says it"),
                initial=same.get(part, ""),
                required=False,
            )
        month_first = found.is_month_first if found.columns else self.seems_month_first(start)
        self.fields["is_month_first"].initial = "1" if month_first else ""

    @staticmethod
    def offers(criteria):
        groups = [(name, [(p.value, p.label) for p in parts]) for name, parts in GROUPS]
        rated = [(f"{CRITERION}{code}", f"{code} {name}") for code, name in criteria]
        return [
            (Part.LEAVE.value, Part.LEAVE.label),
            *groups,
            *([("A rating", rated)] if rated else []),
        ]

    def start(self, criteria):
        """What each column is to begin with, in order."""
        found, headings = self.found, self.found.headings
        if found.columns:
            return [found.columns.get(str(at), Part.LEAVE) for at in range(len(headings))]
        guess = guessed(headings, criteria)
        before = self.kept.columns if self.kept else {}
        return [before.get(folded(heading), guess[heading]) for heading in headings]

    def seems_month_first(self, start):
        """Whether a day of the file can only be read with the month in front."""
        if self.kept:
            return self.kept.is_month_first
        at = next((at for at, part in enumerate(start) if part == Part.DAY), None)
        return at is not None and reading.is_month_first(
            row.texts[at] for row in self.found.rows.all()
        )

    def each_column(self):
        return [self[f"column_{at}"] for at in range(len(self.found.headings))]

    def for_every_row(self):
        return [self[f"same_{part}"] for part in SAME]

    def clean(self):
        given = super().clean()
        taken = {}
        for at, heading in enumerate(self.found.headings):
            part = given.get(f"column_{at}") or Part.LEAVE
            if part in taken and part not in PASSAGES and part != Part.LEAVE:
                words = f"“{taken[part]}” is that already. Leave one of the two out"
                self.add_error(f"column_{at}", words)
            taken.setdefault(part, heading)
        if Part.DAY not in taken:
            self.add_error(None, "Say which column has the day of the observation")
        for part in (Part.UNIT, Part.KIND_OF_WORK):
            if part not in taken and not given.get(f"same_{part}"):
                words = f"Say which column has {part.label.lower()}, or choose one for every row"
                self.add_error(f"same_{part}", words)
        if not any(part in PASSAGES or part.startswith(CRITERION) for part in taken):
            self.add_error(None, "Say which column has what was seen or heard, or a rating")
        return given

    @property
    def columns(self):
        given = self.cleaned_data
        return {
            str(at): given[f"column_{at}"] or Part.LEAVE.value
            for at in range(len(self.found.headings))
        }

    @property
    def same(self):
        chosen = {part.value: self.cleaned_data[f"same_{part}"] for part in SAME}
        return {part: code for part, code in chosen.items() if code}


def samples_of(rows, at):
    """The first two texts of a column, cut, as they can stand in a page."""
    found = dict.fromkeys(
        text[:80] for texts in rows if isinstance(text := texts[at], str) and text
    )
    told = [(one_line(text),) for text in list(found)[:2]]
    quoted = format_html_join(" and ", "“<bdi>{}</bdi>”", told)
    return format_html("Such as {}", quoted) if told else ""


class ValuesForm(forms.Form):
    """What words of the file mean: asked once of all that nobody can tell."""

    def __init__(self, *args, found, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = []
        for what, words in list(unknown_values(found, offered))[:MOST_VALUES]:
            name = f"value_{len(self.asked)}"
            self.asked.append((name, what, words))
            self.fields[name] = forms.ChoiceField(
                label=escape(words),
                choices=with_blank(offered.choices(what), "Leave these rows out"),
                required=False,
            )

    def groups(self):
        """[(what it is, fields)], as the page draws them."""
        found = {}
        for name, what, _ in self.asked:
            found.setdefault(NAMES[what], []).append(self[name])
        return list(found.items())

    @property
    def values(self):
        """{what: {words, folded: code}} of what was chosen."""
        found = {}
        for name, what, words in self.asked:
            if code := self.cleaned_data.get(name):
                found.setdefault(what, {})[folded(words)] = code
        return found


def unknown_values(found, offered):
    """Each (what, words) of the file's rows that nobody can tell, once, the first first."""
    chosen = {
        int(at): choice_of(part) for at, part in found.columns.items() if choice_of(part) in NAMES
    }
    seen = {}
    rows = found.rows.exclude(outcome=ImportRow.Outcome.KNOWN).order_by("file", "number")
    for row in rows:
        for at, what in chosen.items():
            text = row.texts[at] if at < len(row.texts) else ""
            if isinstance(text, str) and text and (what, folded(text)) not in seen:
                is_told = offered.meant(what, text, found.values) is not None
                seen[what, folded(text)] = None if is_told else (what, text)
    order = list(NAMES)
    return sorted(filter(None, seen.values()), key=lambda each: order.index(each[0]))
