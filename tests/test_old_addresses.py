"""A link of before the names changed leads to the page that it meant."""

from uuid import UUID

import pytest

NOTE = UUID(int=7)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/observations/jot/", "/observations/quick-note/"),
        ("/observations/signals/?state=all", "/observations/early-signs/?state=all"),
        ("/observations/signals/4/", "/observations/early-signs/4/"),
        ("/observations/reading-again/3/", "/observations/re-check/3/"),
        (f"/observations/{NOTE}/answer/", f"/observations/{NOTE}/reply/"),
        ("/reports/asks/12/done/", "/reports/recommendations/12/done/"),
        (f"/reports/briefings/{NOTE}/asks/add/", f"/reports/briefings/{NOTE}/recommendations/add/"),
        (
            "/observations/emerging/drafts/8/put-to-use/",
            "/observations/emerging/drafts/8/start-using/",
        ),
        (
            f"/reports/briefings/{NOTE}/release/3/take-back/",
            f"/reports/briefings/{NOTE}/release/3/withdraw/",
        ),
    ],
)
def test_an_old_address_leads_on(client, before, after):
    response = client.get(before)

    assert (response.status_code, response["Location"]) == (301, after)


def test_a_form_sent_to_an_old_address_is_sent_on_whole(client):
    response = client.post("/observations/jot/", {"words": "She knew the way."})

    assert (response.status_code, response["Location"]) == (308, "/observations/quick-note/")
