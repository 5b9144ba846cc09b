"""Codes and addresses: made from names, and never in the way of another page."""

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
        "lists",
        "load",
        "new",
        "read-in",
        "scales",
        "standards",
        "themes",
    }
)


def code_from(name, taken, otherwise, longest=LONGEST):
    """The name as a code, with a number if that is among `taken`.

    `otherwise` takes its place where nothing of the name can be in an address.
    """
    stem = slugify(name)[:longest].strip("-") or otherwise
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in [stem, *numbered] if code not in taken)


def address_from(code, organisation, taken):
    """The code as it is in addresses; with its organisation's where another has that."""
    if code not in taken:
        return code
    return code_from(f"{code}-{organisation}", taken, otherwise=code, longest=110)
