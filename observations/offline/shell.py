"""What a device keeps to open without a signal: one page without anybody's data, and its files."""

from hashlib import sha256

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

from practicelens.people.safeguarding.showing import everywhere

FONTS = [f"build/fonts/source-sans-3-latin-{weight}-normal.woff2" for weight in (400, 600, 700)]
FILES = [
    "build/practicelens.css",
    "build/lens.svg",
    "build/idb.js",
    "js/counting.js",
    "js/tally.js",
    *[
        f"js/offline/{name}.js"
        for name in ("shell", "writing", "store", "seal", "sending", "telling", "words")
    ],
    *FONTS,
]
ICONS = [(192, "any"), (512, "any"), (512, "maskable")]


def page():
    """The same for everybody: it is drawn without a request."""
    return render_to_string("observations/offline/shell.html", {"places": everywhere()})


def files():
    return [reverse("observations:offline"), *map(static, FILES)]


def version():
    """A name for the page and its files as they are: another name, another worker."""
    return sha256("\n".join([*files(), page()]).encode()).hexdigest()[:16]


def manifest():
    return {
        "name": "PracticeLens",
        "short_name": "PracticeLens",
        "description": "Observations of practice, with or without a signal",
        "start_url": reverse("observations:offline"),
        "scope": "/",
        "display": "standalone",
        "lang": "en-GB",
        "theme_color": "#5F1D52",
        "background_color": "#FFFFFF",
        "icons": [icon(size, purpose) for size, purpose in ICONS],
    }


def icon(size, purpose):
    name = f"build/icon-{size}{'' if purpose == 'any' else f'-{purpose}'}.png"
    sizes = f"{size}x{size}"
    return {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
