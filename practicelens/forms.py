"""What forms of every app are made of."""

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import HTML, Div, Field, Layout
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

LONGEST_LINE = 200
# What people write in: Arabic or Hebrew runs from the right there, as it is typed.
WRITTEN_IN = ("django/forms/widgets/text.html", "django/forms/widgets/textarea.html")


class Renderer(DjangoTemplates):
    """Draws the boxes of every form; those that people write in run the way of their words."""

    def render(self, template_name, context, request=None):
        if template_name in WRITTEN_IN:
            context["widget"]["attrs"].setdefault("dir", "auto")
        return super().render(template_name, context, request)


def area(rows=2):
    return forms.Textarea(attrs={"rows": rows})


class Lines(forms.CharField):
    """One text a line, as a list; a line that is too long is named."""

    def __init__(self, *, label, help_text="One a line.", longest=LONGEST_LINE):
        super().__init__(label=label, help_text=help_text, widget=area(3), required=False)
        self.longest = longest

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        for number, line in enumerate(lines, start=1):
            if (over := len(line) - self.longest) > 0:
                raise forms.ValidationError(f"Line {number} is {over} characters too long")
        return lines


def helper(*fields):
    """A crispy helper for a form that is inside the page's own <form>."""
    made = FormHelper()
    made.form_tag = False
    made.disable_csrf = True
    made.form_show_errors = True
    made.layout = Layout(*fields)
    return made


def side_by_side(name):
    """Radios of few words, in a row for as long as there is room."""
    return Field(name, context={"radios_small": True, "wrapper_class": "pl-row-of-answers"})


def folded(title, *fields, is_open=False):
    """Fields behind one line, open where something in them is to be put right."""
    head = format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>',
        " open" if is_open else "",
        title,
    )
    return Div(HTML(escaped(head)), *fields, HTML("</details>"))


def escaped(html):
    """As a template has to have it, which a layout's HTML is."""
    return html.replace("{", "&#123;")


def with_blank(choices, blank="Choose"):
    return [("", blank), *choices]


class Offering(forms.TextInput):
    """A line to write in that offers what was written there before, and takes anything else.

    `offered` gives that as texts; it is asked only when the line is drawn.
    """

    offered = staticmethod(tuple)

    def render(self, name, value, attrs=None, renderer=None):
        found = self.offered()
        if not found:
            return super().render(name, value, attrs, renderer)
        place = f"id_{name}_offered"
        box = super().render(name, value, {**(attrs or {}), "list": place}, renderer)
        offered = format_html_join("", '<option value="{}"></option>', zip(found, strict=True))
        return format_html('{}<datalist id="{}">{}</datalist>', box, place, offered)


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
