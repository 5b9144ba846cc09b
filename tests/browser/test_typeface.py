"""Every letter of te reo Māori, Welsh and English is drawn by the one typeface."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Kōrero Ōtaki, tŷ ŵyr"


def faces_of(page, selector):
    """The names of the typefaces that drew an element, and how many letters each drew."""
    tools = page.context.new_cdp_session(page)
    tools.send("DOM.enable")
    tools.send("CSS.enable")
    root = tools.send("DOM.getDocument")["root"]["nodeId"]
    node = tools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    fonts = tools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"]: font["glyphCount"] for font in fonts}


def test_macrons_and_circumflexes_are_drawn_by_our_typeface(visit, team, psw, draft):
    team.name = WORDS
    team.save()

    page = visit(psw, draft.get_absolute_url())

    assert page.locator("h1").inner_text().endswith(WORDS)
    assert page.evaluate(
        "words => document.fonts.ready.then(() => document.fonts.check('700 30px \"Source Sans 3\"', words))",
        WORDS,
    )
    (face,) = faces_of(page, "h1")
    assert face.startswith("Source Sans 3")


def test_the_probe_tells_another_typeface(visit, psw, draft):
    page = visit(psw, draft.get_absolute_url())

    page.evaluate("document.querySelector('h1').style.fontFamily = 'monospace'")

    assert not any(face.startswith("Source Sans 3") for face in faces_of(page, "h1"))
