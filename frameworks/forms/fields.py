"""What forms of every app are made of."""

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.template.loader import render_to_string


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


class DayField(DateInputField):
    """A date in three boxes, day first; what is wrong is said of the box that it is in."""

    def __init__(self, *, error_messages=None, **kwargs):
        super().__init__(require_all_fields=False, **kwargs)
        self.error_messages |= error_messages or {}
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


class SelectInWords(forms.Select):
    """A list whose options, and groups of options, may each be in a language of its own."""

    def create_option(self, name, value, label, *args, **kwargs):
        option = super().create_option(name, value, label, *args, **kwargs)
        if tag := getattr(label, "tag", ""):
            option["attrs"] |= {"lang": tag, "dir": "auto"}
        return option

    def render(self, name, value, attrs=None, renderer=None):
        # Django's own template has no place for the language of a group.
        return render_to_string("includes/select.html", self.get_context(name, value, attrs))
