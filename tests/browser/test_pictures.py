"""The pictures that the README shows, taken of the product itself.

They are written to docs/pictures when PL_PICTURES is set, and otherwise only tried.
"""

import os

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.pages import entry, passage_with_a_name, person

pytestmark = pytest.mark.usefixtures("seeded")


@pytest.fixture
def pictures(tmp_path):
    if os.environ.get("PL_PICTURES"):
        return settings.BASE_DIR / "docs/pictures"
    return tmp_path


def test_a_picture_is_taken_of_a_passage_being_written_on_a_phone(visit, pictures):
    page = visit(person("marian"), entry("passages", passage_with_a_name)())
    expect(page.get_by_role("region", name="Is this a name?")).to_be_visible()
    page.evaluate("document.fonts.ready")
    picture = pictures / "observation-form.png"
    picture.parent.mkdir(parents=True, exist_ok=True)

    page.get_by_role("main").screenshot(path=picture)

    assert picture.read_bytes().startswith(b"\x89PNG")
