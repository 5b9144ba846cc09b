"""Addresses of before, which lead on to where the page is now."""

import re

from django.http import HttpResponsePermanentRedirect

KEY = "[0-9a-f-]{36}"
# How an address began, and how it begins now; the rest of it stays.
MOVED = [
    (re.compile(before), after)
    for before, after in [
        ("^/observations/jot/", "/observations/quick-note/"),
        ("^/observations/signals/", "/observations/early-signs/"),
        ("^/observations/reading-again/", "/observations/re-check/"),
        (f"^/observations/({KEY})/answer/", r"/observations/\1/reply/"),
        ("^/reports/asks/", "/reports/recommendations/"),
        (f"^/reports/briefings/({KEY})/asks/", r"/reports/briefings/\1/recommendations/"),
        (
            r"^/observations/emerging/drafts/(\d+)/put-to-use/",
            r"/observations/emerging/drafts/\1/start-using/",
        ),
        (
            f"^/reports/briefings/({KEY})/release/(\\d+)/take-back/",
            r"/reports/briefings/\1/release/\2/withdraw/",
        ),
    ]
]


def lead_on(get_response):
    """Middleware: whoever comes by a link of before is sent to the same page's new address."""

    def middleware(request):
        for before, after in MOVED:
            if before.match(request.path):
                # A form of a page that was open then is sent on with what was typed.
                return HttpResponsePermanentRedirect(
                    before.sub(after, request.get_full_path()),
                    preserve_request=request.method == "POST",
                )
        return get_response(request)

    return middleware
