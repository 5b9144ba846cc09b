"""What the counts of clauses say, in short: never a mark, and nothing averaged."""

from reports.periods import day_words
from reports.summaries.shape import half_words, upper_words

NOBODY = "No criterion of this framework is linked to it."


def clause_words(found, row):
    """What one clause of a ByClause is told in, a sentence each."""
    if not row.rows and not row.apart:
        return [NOBODY]
    said = [] if row.rows else ["No criterion of this framework is linked to it now."]
    return [*said, *how_many(found, row)]


def how_many(found, row):
    before = found.window.before
    spoke = (
        f"{row.spoken.observations or 'None'} of {found.observations} observations were about it"
    )
    why = why_alone(row, before)
    if not why:
        was = f"{row.before.observations or 'none'} of {found.observations_before}"
        spoke = f"{spoke}; in the {before.length_words} before, {was}"
    yield f"{spoke}."
    yield from how(row)
    if why:
        yield f"There is nothing from the {before.length_words} before to compare it with: {why}."


def how(row):
    """Evident or strong, the other half, and missed: in how many observations each."""
    rows = [each for each in (*row.rows, *row.apart) if each.seen]
    upper, lower = halves(rows)
    spoken = row.spoken
    counts = [
        (spoken.upper, upper),
        (spoken.lower, lower),
        (spoken.missed, "an opportunity missed"),
    ]
    said = [f"{words} in {count}" for count, words in counts if count]
    if said:
        sentence = "; ".join(said)
        yield f"{sentence[0].upper()}{sentence[1:]}."


def halves(rows):
    """What the upper and the lower half of the levels are called, where all have the same."""
    if len({row.levels for row in rows}) != 1:
        return "in the upper half of its levels", "in the lower half"
    levels = rows[0].levels
    return upper_words(levels), half_words(levels[: len(levels) // 2] or levels)


def why_alone(row, before):
    """Why the months before can't be compared with these: a criterion began, or ended, since then."""
    for each in row.rows:
        if each.began and each.began > before.first_month:
            return f"{each.criterion} began on {day_words(each.began)}"
    for each in row.apart:
        if ended := [note for note in each.notes if note.endswith("its trend ends there.")]:
            return ended[0].removesuffix(": its trend ends there.")
    return ""


def in_short_by_clause(found):
    """How much of a standard the observations spoke to, in three sentences at most."""
    if not found.clauses:
        return []
    spoken = [row for row in found.clauses if row.spoken.observations]
    unspoken = [row.clause.number for row in found.clauses if not row.rows]
    all_of = f"{len(found.clauses)} clause{'' if len(found.clauses) == 1 else 's'}"
    if not found.is_tied:
        return [f"No criterion of this framework is linked to any of its {all_of} yet."]
    said = [f"Observations were about {len(spoken) or 'none'} of {all_of}."]
    if len(spoken) > 1:
        least = min(spoken, key=lambda row: row.spoken.observations)
        notes = f"{least.spoken.observations} observation{'' if least.spoken.observations == 1 else 's'}"
        said.append(f"We have least to go on for clause {least.clause.number}: {notes}.")
    if unspoken:
        said.append(
            f"No criterion of this framework is linked to clause{'s' * (len(unspoken) > 1)} {listed(unspoken)}."
        )
    return said


def listed(numbers):
    *others, last = numbers
    return f"{', '.join(others)} or {last}" if others else last


def when_it_held(standard, window):
    """A sentence for each end of a standard that falls into a window."""
    start, end = standard.in_force_from, standard.in_force_until
    if start > window.first_month:
        yield (
            f"It applies from {day_words(start)}, within these months: observations from before that day "
            "are counted too."
        )
    if end and window.first_month < end <= window.last_day:
        yield (
            f"It was replaced on {day_words(end)}, within these months: observations from that day on "
            "are counted too. For what it covered, choose months that end before."
        )
