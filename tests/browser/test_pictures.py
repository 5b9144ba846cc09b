"""The pictures that the README shows, taken of the product itself.

They are written to docs/pictures when PL_PICTURES is set, and otherwise only tried.
"""

import os

import pytest
from django.conf import settings
from playwright.sync_api import expect

from reports.briefings.render import pdf
from reports.models import Briefing
from tests.factories import PassageFactory, RedactionFactory

TALL_PHONE = {"width": 320, "height": 1540}
FIRST = "The chair began with mum. She had a page of her own and read from it."
SECOND = (
    "The worker wanted the school run to stay with the aunt. Leanne said mornings had been calmer "
    "since they shared it, and the chair wrote that into the plan."
)


@pytest.fixture
def pictures(tmp_path):
    folder = settings.BASE_DIR / "docs/pictures" if os.environ.get("PL_PICTURES") else tmp_path
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_taken_of_a_passage_being_written_on_a_phone(visit, pictures, psw, draft):
    PassageFactory(observation=draft, text=FIRST)
    passage = PassageFactory(observation=draft, text=SECOND, kind="heard")
    start = SECOND.index("Leanne")
    RedactionFactory(observation=draft, passage=passage, start=start, end=start + len("Leanne"))
    address = f"{draft.get_absolute_url()}entries/passages/{passage.key}/"
    picture = pictures / "observation-form.png"

    page = visit(psw, address, size=TALL_PHONE)
    expect(page.get_by_role("region", name="Is this a name?")).to_be_visible()
    page.evaluate("document.fonts.ready")
    page.screenshot(path=picture)

    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_picture_is_taken_of_a_briefings_first_page(seeded, pictures):
    briefing = Briefing.objects.standing().filter(unit__parent=None).latest("month")
    picture = pictures / "briefing-page.png"

    picture.write_bytes(pdf.first_page(briefing.content, briefing.sha256))

    assert picture.read_bytes().startswith(b"\x89PNG")
