from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy

from frameworks.lists.offered import lists_by_unit
from frameworks.models.lists import ListOf
from observations import readers
from practicelens.numbers import in_a_row, lowered
from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class TeamChoice(forms.ModelChoiceField):
    """A team, grouped under what it is in."""

    def label_from_instance(self, unit):
        return f"{unit.name} ({unit.parent.name})" if unit.parent else unit.name


class OneListed(forms.ChoiceField):
    """One entry of a list of the unit's own: its choices are set by the form that asks."""

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(**kwargs)


def offer_teams(field, usual):
    """In the list of teams those where the observer usually is come first, under a name of their own."""
    rows = [(team.pk, field.label_from_instance(team)) for team in field.queryset]
    first = sorted((row for row in rows if row[0] in usual), key=lambda row: usual.index(row[0]))
    if first and len(first) < len(rows):
        others = [row for row in rows if row[0] not in usual]
        blank = [("", field.empty_label)] if field.empty_label else []
        field.choices = [*blank, ("Your usual teams", first), ("Other teams", others)]


def kinds_by_team(teams):
    """{team: the codes it offers}, and the kinds of work of all of them as choices.

    Where the teams have several lists, each stands under the name of whose it is.
    """
    lists = lists_by_unit(teams)
    of, several = ListOf.KIND_OF_WORK, list(dict.fromkeys(lists.values()))
    choices = [(each.name, each.choices(of)) for each in several]
    offered = {team: {code for code, _ in each.choices(of)} for team, each in lists.items()}
    return offered, choices if len(several) > 1 else [row for _, rows in choices for row in rows]


def teams_of(user):
    """The teams in which the user can be an observer."""
    return (
        Unit.objects.where(user, Act.WRITE_OBSERVATIONS)
        .teams()
        .filter(closed_on=None)
        .select_related("parent")
        .order_by("parent__name", "name")
    )


# A box in which a person writes freely: the script looks for names in it as they type.
LOOKED_AT = {"data-look": reverse_lazy("observations:look")}
# The same, where names are looked for again once it is saved.
LOOKED_AT_AGAIN = {**LOOKED_AT, "data-look-again": True}


def tell_readers(form, model, *, is_trial=False, named=None):
    """Say of each box in which one writes freely who will read it, and of what fewer read.

    `named` are the names of fields that are called otherwise in the form.
    """
    for name, field in form.fields.items():
        name_there = (named or {}).get(name, name)
        if name_there not in readers.TABLE[model]:
            continue
        full = f"{model}.{name_there}"
        is_box = "data-look" in field.widget.attrs
        if is_box or readers.readers_of(full) != readers.Readers.NOTE:
            words = readers.words_for(full, is_trial=is_trial)
            field.help_text = f"{field.help_text} {words}".strip()


def free_text(rows, looked_at=LOOKED_AT):
    """A box for as much as one likes to write."""
    return forms.Textarea(attrs={"rows": rows, **looked_at})


def as_typed(form):
    """What a form shows, url-encoded as a browser would send it."""
    sent = []
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field.widget, forms.MultiWidget):
            parts = value if isinstance(value, list) else field.widget.decompress(value)
            sent += [(f"{form.add_prefix(name)}_{i}", part or "") for i, part in enumerate(parts)]
            if isinstance(value, date):  # it was kept, so it is not asked about again
                sent.append((f"{form.add_prefix(name)}_sure", value.isoformat()))
        elif isinstance(value, (list, tuple)):
            sent += [(form.add_prefix(name), item) for item in value]
        else:
            sent.append((form.add_prefix(name), "" if value is None else value))
    return urlencode(sent)


def unread_in(form):
    """{label: {name: [what was typed]}} of the fields of a bound form that could not be read."""
    unread = {}
    for name in form.errors:
        if name in form.fields and (typed := typed_into(form[name])):
            unread.setdefault(str(form[name].label), {}).update(typed)
    return unread


def typed_into(bound):
    """{name: [what was typed]} of one field, in all its boxes."""
    boxes = getattr(bound.field.widget, "widgets", None)
    name = bound.html_name
    names = [f"{name}_{at}" for at in range(len(boxes))] if boxes else [name]
    sent = {each: bound.form.data.getlist(each) for each in names if each in bound.form.data}
    return sent if any(any(values) for values in sent.values()) else {}


def with_unread(form, unread):
    """The data of a form as it is saved, with what could not be read in its boxes again."""
    data = QueryDict(as_typed(form), mutable=True)
    for boxes in unread.values():
        for name, values in boxes.items():
            data.setlist(name, values)
    return data


def except_words(unread):
    """Which fields were not read, as a sentence goes on: how long and when was it."""
    names = [lowered(label).rstrip("?") for label in unread]
    return in_a_row(names) if names else ""


class SavesWhatIsValid(forms.ModelForm):
    """A draft's form: `save_valid` saves the fields that are valid and leaves the others alone.

    What the form works out itself, and asks in no field, is named in `works_out` and saved as well.
    """

    works_out = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
            if isinstance(field, forms.TypedChoiceField):
                field.choices = [
                    (value, label if value else "Choose") for value, label in field.choices
                ]

    def save_valid(self):
        for name in self.errors:
            self.cleaned_data.pop(name, None)
        valid = [name for name in self.cleaned_data if name in self._meta.fields]
        for name in valid:
            setattr(self.instance, name, self.cleaned_data[name])
        if self.instance.pk:
            self.instance.save(update_fields=[*valid, *self.works_out])
        else:
            self.instance.save()
