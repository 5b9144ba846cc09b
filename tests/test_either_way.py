"""What people write runs the way of its own words: Arabic and Hebrew from the right, in box, page and paper."""

import io
import re

import pypdf
import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.urls import reverse

from reports.briefings.render import pdf
from tests.factories import ObservationFactory, PassageFactory
from tests.reports.sample_content import content
from tests.reports.test_pdf import SHA256

ARABIC = "محمد قال لا. لم يسأله أحد."
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
# The names that people's texts go by on pages.
OF_PEOPLE = (
    "text|words|evidence|family|workaround|step|quote|found|because|strengths|questions|next_step"
    "|reflection_effect|reflection_asks"
)
# A tag that begins with such a text, and does not say which way it runs.
UNSAID = re.compile(
    r"<(?:p|dd|li|blockquote|td|q)(?:\s(?:(?!dir=)[^<>{])*)?>\s*[“\"]?"
    rf"\{{\{{ [\w.]+\.(?:{OF_PEOPLE})(?:\|[^}}]*)? \}}\}}"
)


class Boxes(forms.Form):
    line = forms.CharField()
    text = forms.CharField(widget=forms.Textarea)
    turned = forms.CharField(widget=forms.TextInput(attrs={"dir": "ltr"}))


@pytest.mark.parametrize(("name", "way"), [("line", "auto"), ("text", "auto"), ("turned", "ltr")])
def test_each_box_runs_the_way_of_what_is_typed(name, way):
    assert f'dir="{way}"' in str(Boxes()[name])


def test_a_box_that_a_page_draws_itself_does_too():
    drawn = re.compile(r"<textarea\b[^>]*>|<input\b[^>]*type=\"(?:text|search)\"[^>]*>")

    boxes = [box for path in TEMPLATES for box in drawn.findall(path.read_text())]

    assert boxes
    assert [box for box in boxes if 'dir="auto"' not in box] == []


def test_paragraphs_run_each_their_own_way_and_hold_no_markup():
    shown = Template("{{ text|paragraphs }}").render(Context({"text": f"{ARABIC}\n\n<b>x</b>\ny"}))

    assert shown == f'<p dir="auto">{ARABIC}</p>\n\n<p dir="auto">&lt;b&gt;x&lt;/b&gt;<br>y</p>'


def test_no_text_of_people_stands_on_a_page_without_its_way():
    strange = [
        f"{path.name}: {found}" for path in TEMPLATES for found in UNSAID.findall(path.read_text())
    ]
    unturned = [path.name for path in TEMPLATES if "|linebreaks }}" in path.read_text()]

    assert strange == []
    assert unturned == []


def test_the_guard_finds_a_text_that_does_not_say_its_way():
    assert UNSAID.search('<p class="a">{{ row.text|said:x }}</p>')
    assert UNSAID.search("<blockquote>“{{ voice.words }}”")
    assert not UNSAID.search('<p class="a" dir="auto">{{ row.text }}</p>')


@pytest.mark.django_db
def test_a_passage_in_arabic_is_read_from_the_right(psw, psw_client, team):
    observation = ObservationFactory(observer=psw, unit=team, submitted=True)
    observation.refresh_from_db()
    PassageFactory(observation=observation, text=ARABIC)

    page = psw_client.get(reverse("observations:observation", args=[observation.key])).text

    assert f'<p dir="auto">{ARABIC}</p>' in page


def places_of(words):
    """[(letters, how far from the left of the paper they begin)] of a paragraph."""
    month = content()
    month["sections"][0]["text"] = [words]
    found = []

    def visit(text, cm, tm, font, size):
        if any(letter in words for letter in text.strip()):
            found.append((text, tm[4] * cm[0] + tm[5] * cm[2] + cm[4]))

    for page in pypdf.PdfReader(io.BytesIO(pdf.render(month, SHA256))).pages:
        page.extract_text(visitor_text=visit)
    return found


def test_a_paragraph_in_arabic_runs_from_the_right_on_paper():
    short = "لا"

    begins = [
        x for text, x in places_of(short) if short[0] in text or short[1] in text or "ﻻ" in text
    ]

    assert begins
    assert min(begins) > 200
