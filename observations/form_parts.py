from datetime import date
from urllib.parse import urlencode

from django import forms
from django.urls import reverse_lazy

from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class TeamChoice(forms.ModelChoiceField):
    """A team, grouped under what it stands in."""

    def label_from_instance(self, unit):
        return f"{unit.name} ({unit.parent.name})" if unit.parent else unit.name


def teams_of(user):
    """The teams in which the user may be an observer."""
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


def free_text(rows, looked_at=LOOKED_AT):
    """A box for as much as one likes to write."""
    return forms.Textarea(attrs={"rows": rows, **looked_at})


class NumberField(forms.IntegerField):
    """A whole number in a plain box, since boxes with arrows change when a page is scrolled."""

    def __init__(self, *, digits, **kwargs):
        attrs = {"inputmode": "numeric", "class": f"govuk-input--width-{digits}"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)


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


class SavesWhatIsValid(forms.ModelForm):
    """A draft's form: `save_valid` saves the fields that are valid and leaves the others alone."""

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
            self.instance.save(update_fields=valid)
        else:
            self.instance.save()
