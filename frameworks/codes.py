"""Codes that stand in addresses: made from names, and never in the way of another page."""

from django.utils.text import slugify

LONGEST = 40  # characters, before a number

# First words of addresses under /framework/ that lead to other pages.
OTHER_PAGES = frozenset(
    {
        "causes",
        "change-notes",
        "codebooks",
        "export",
        "import",
        "lenses",
        "new",
        "read-in",
        "scales",
        "standards",
        "themes",
    }
)


def code_from(name, taken, otherwise):
    """The name as a code, with a number if that is among `taken`.

    `otherwise` takes its place where nothing of the name can stand in an address.
    """
    stem = slugify(name)[:LONGEST].strip("-") or otherwise
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in [stem, *numbered] if code not in taken)
