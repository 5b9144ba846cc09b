from urllib.parse import urlencode

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.urls import reverse_lazy

# A box in which a person writes freely: the script looks for names in it as they type.
LOOKED_AT = {"data-look": reverse_lazy("observations:look")}
# The same, where names are looked for again once it is saved.
LOOKED_AT_AGAIN = {**LOOKED_AT, "data-look-again": True}


def helper(*fields):
    """A crispy helper for a form that stands inside the page's own <form>."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.form_show_errors = True
    made.layout = Layout(*fields)
    return made


def with_blank(choices, blank="Choose"):
    return [("", blank), *choices]


def free_text(rows, looked_at=LOOKED_AT):
    """A box for as much as one likes to write."""
    return forms.Textarea(attrs={"rows": rows, **looked_at})


class DayField(DateInputField):
    """A date in three boxes, day first; what is wrong is said of the box that it is in."""

    def __init__(self, **kwargs):
        super().__init__(require_all_fields=False, **kwargs)
        for name, field, box in zip(
            ["day", "month", "year"], self.fields, self.widget.widgets, strict=True
        ):
            field.error_messages["incomplete"] = f"Give the {name} as well"
            field.validators = [RegexValidator(r"^[0-9]{1,4}$", f"Give the {name} as a number")]
            box.attrs["inputmode"] = "numeric"

    def compress(self, data_list):
        try:
            return super().compress(data_list)
        except ValidationError:
            raise ValidationError("There is no such day. Look at the three numbers") from None


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
