"""The rows of an import as its page shows them."""

from observations.imports.offering import Offered
from observations.imports.parts import Part
from observations.imports.understanding import understand
from observations.models import Import, ImportRow
from practicelens import days
from practicelens.numbers import plural

# Of these a tick says whether they go in.
ASKED = (ImportRow.Outcome.GOOD, ImportRow.Outcome.LEFT_OUT)


def shown(rows, found):
    """Each row with what it comes to in a line, and all that is to be put right in it."""
    is_looked_at = found.state == Import.State.READY
    offered = Offered(found.by) if is_looked_at else None
    return [
        {
            "row": row,
            "line": line_of(understand(row.texts, found, offered)) if is_looked_at else "",
            "problems": row.problems,
            "is_asked": is_looked_at and row.outcome in ASKED,
        }
        for row in rows
    ]


def line_of(read_so):
    """Such as: 5 November 2025, First Response, home visit, Jo Bell. 2 passages, 1 rating."""
    facts = read_so.facts
    day = facts.get(Part.DAY)
    told = [days.in_words(day) if day else "", str(facts.get(Part.UNIT) or "")]
    told.append(str(facts.get(Part.PRACTITIONER) or ""))
    parts = [plural(len(read_so.passages), "passage")]
    parts += [plural(len(read_so.ratings), "rating")] if read_so.ratings else []
    where = ", ".join(filter(None, told))
    return f"{where}: {', '.join(parts)}" if where else ", ".join(parts)
