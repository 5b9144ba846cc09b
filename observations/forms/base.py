from urllib.parse import urlencode

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms


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
