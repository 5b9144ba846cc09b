"""Other words in place of what may name someone, and the words put back.

Whatever points at a place in the text (a mention, a quotation, another finding) moves with it.
"""

from observations import identifiers
from observations.identifiers.roles import NAME
from observations.models import EarlySign, Mention, Redaction
from observations.models.redaction import HOLDERS


class CannotBePlaced(Exception):
    """The text was written differently since: nobody can say where the words were."""


def holder_of(redaction):
    """What the words stand in, and its field."""
    [(name, holder)] = redaction.where.items()
    return holder, HOLDERS[name]


def replace(redaction, replacement):
    """Write the replacement wherever the words stand, each time as its sentence needs it."""
    text = redaction.text
    found = [
        identifiers.Identifier(start, end, redaction.kind, redaction.words, replacement)
        for start, end in identifiers.standing(redaction.words, text)
    ]
    swapped = identifiers.mask(text, found)
    write(redaction, swapped)
    redaction.replacement, redaction.replaced_places = replacement, swapped.put_in


def put_back(redaction):
    """Write the words again wherever their replacement is."""
    text = redaction.text
    edits = [(start, end, redaction.words) for start, end in where_replaced(redaction, text)]
    write(redaction, identifiers.swap(text, edits))
    redaction.replacement, redaction.replaced_places = "", []


def where_replaced(redaction, text):
    """The places of the replacement: where it was put or, if the text moved, where it must be."""
    places = [tuple(place) for place in redaction.replaced_places]
    if not places:
        raise CannotBePlaced
    if all(is_form_of(text[start:end], redaction.replacement) for start, end in places):
        return places
    words = redaction.replacement
    forms = {words, words[:1].upper() + words[1:]}
    standing = sorted(place for form in forms for place in identifiers.standing(form, text))
    if len(standing) != len(places):
        raise CannotBePlaced
    return standing


def is_form_of(written, replacement):
    """Whether words are a replacement as some sentence needs it."""
    written, replacement = written.lower().rstrip("."), replacement.lower().rstrip(".")
    forms = {replacement, identifiers.without_article(replacement), NAME}
    return written in forms


def write(redaction, swapped):
    """Write the changed text, and move what points into it."""
    holder, field = holder_of(redaction)
    setattr(holder, field, swapped.text)
    holder.save(update_fields=[field])
    for row in pointing_into(holder):
        move(row, swapped)


def move(row, swapped):
    row.start, row.end = swapped.span_to_masked(row.start, row.end)
    changed = ["start", "end"]
    for kind, pairs in ((Redaction, "replaced_places"), (Mention, "words")):
        if isinstance(row, kind):
            moved = [swapped.span_to_masked(*place) for place in getattr(row, pairs)]
            setattr(row, pairs, moved)
            changed.append(pairs)
    if isinstance(row, EarlySign):
        row.reasons = [moved_reason(reason, swapped) for reason in row.reasons]
        changed.append("reasons")
    row.save(update_fields=changed)


def moved_reason(reason, swapped):
    """Why an early sign is one, with its words where they are now."""
    return {**reason, "words": [swapped.span_to_masked(*place) for place in reason["words"]]}


def pointing_into(holder):
    """Rows of any kind that point at a place in a text by its `start` and `end`."""
    for relation in holder._meta.related_objects:
        fields = {field.name for field in relation.related_model._meta.get_fields()}
        if {"start", "end"} <= fields:
            yield from getattr(holder, relation.get_accessor_name()).all()
