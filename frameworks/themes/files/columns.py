"""What a file says of a theme: the columns of the CSV, and the parts of a code's description."""

from uuid import NAMESPACE_URL, uuid5

COLUMNS = {
    "code": "Code",
    "name": "Name",
    "short": "Short name",
    "definition": "Definition",
    "use_when": "Use when",
    "not_when": "Not when",
    "helps_means": "Helps means",
    "hinders_means": "Hinders means",
    "keywords": "Words",
    "examples": "Examples",
    "lens": "Lens",
    "tells_of": "What it is about",
}
LISTS = ["keywords", "examples"]
# Of a code the standard has a name and a description. The rest is in the description, each part
# after its label; a lens is the code that its themes are within.
LABELS = {
    name: COLUMNS[name]
    for name in [
        *["use_when", "not_when", "helps_means", "hinders_means", "keywords", "examples"],
        *["tells_of", "short", "code"],
    ]
}
NAMESPACE = "urn:QDA-XML:codebook:1.0"


def text_of(theme, name):
    """What a theme says, as text; of lists, one a line. A lens goes by its code."""
    value = getattr(theme, name)
    if name == "lens":
        return value.code if value else ""
    return "\n".join(value) if name in LISTS else value


def guid_of_theme(codebook, code):
    """The same wherever and whenever the codebook goes out: neither its address nor a code changes."""
    return guid_of(f"codebooks/{codebook.address}/{code}")


def guid_of_lens(lens):
    return guid_of(f"lenses/{lens.address}")


def guid_of(address):
    return str(uuid5(NAMESPACE_URL, f"practicelens/{address}"))
