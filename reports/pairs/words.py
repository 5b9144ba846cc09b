"""What two observations say beside each other, in words; and what the two may ask each other."""

from collections import Counter

from reports.statistics import ordinal_alpha

# Fewer criteria than this say too little for one figure over all of them.
CRITERIA_FOR_A_FIGURE = 8
# What may be leaned on, and what may be taken with care; below that, alpha says that observers do
# not see the same. Source: K. Krippendorff, "Content Analysis", 2nd edition (Sage, 2004), page 241.
RELIED_ON, TENTATIVE = 0.800, 0.667
QUESTIONS_OF_A_KIND = 2
NUMBERS = {1: "one step", 2: "two steps", 3: "three steps"}


def agreement_words(alpha):
    """How often two observers say the same of what both rated, in words."""
    if alpha >= RELIED_ON:
        return "usually the same"
    return "close, not always the same" if alpha >= TENTATIVE else "often apart"


def in_words(comparison):
    """The pair in two or three sentences."""
    said = [rated(comparison)]
    if missed := sum(row.one_missed for row in comparison.rows):
        both = "one of you" if comparison.by_you else "one of them"
        said.append(f"On {missed} more, {both} says an opportunity was missed.")
    if alone := len(comparison.seen_by_one):
        whom = "you" if comparison.by_you else "the two"
        said.append(f"{things(alone)} {were(alone)} seen by one of {whom} only.")
    return " ".join(said)


def rated(comparison):
    who, they = ("You both", "you") if comparison.by_you else ("Both", "they")
    count = len(comparison.rated)
    if not count:
        return f"{who} rated nothing that the other rated too."
    steps = Counter(min(row.steps, 3) for row in comparison.rated)
    parts = [f"on {steps[0]} {they} said the same"] if steps[0] else []
    parts += [
        f"on {steps[far]} {they} were {NUMBERS[far]}{' or more' if far == 3 else ''} apart"
        for far in (1, 2, 3)
        if steps[far]
    ]
    told = ", ".join(parts)
    return f"{who} rated {count} thing{s(count)}. {told[0].upper()}{told[1:]}."


def over_all(comparison):
    """One figure over the criteria that both rated, in words; "" where it would say too little."""
    units = [[each.place for each in row.said] for row in comparison.rated]
    alpha = ordinal_alpha(units)
    if alpha is None or len(units) < CRITERIA_FOR_A_FIGURE:
        return ""
    return (
        f"Over the {len(units)} together that is {leaning_words(alpha)}. Krippendorff’s alpha is "
        f"{alpha:.2f}, where 1 is full agreement and 0 is what chance would do."
    )


def leaning_words(alpha):
    """What one occasion allows to be said: too little for "often" or "usually"."""
    if alpha >= RELIED_ON:
        return "close enough to lean on either’s levels"
    if alpha >= TENTATIVE:
        return "close enough to lean on either’s levels with care"
    return "far enough apart to talk first, and then lean on either’s levels"


def questions(comparison):
    """What to talk about, by rule: what was seen differently, then what one alone saw or named."""
    first, second = comparison.sides
    asked = [of_difference(row, first, second) for row in comparison.different]
    asked += [of_one(row, comparison.sides) for row in asked_of_both(comparison)]
    asked += [of_stances(each, first, second) for each in comparison.themes if differ(each)]
    asked += [of_theme(each, comparison.sides) for each in named_by_one(comparison)]
    they = "You" if comparison.by_you else "They"
    return asked or [f"{they} saw it much alike. What might {they.lower()} both have looked past?"]


def asked_of_both(comparison):
    rows = [row for row in comparison.seen_by_one if all(each.rating for each in row.said)]
    return rows[:QUESTIONS_OF_A_KIND]


def named_by_one(comparison):
    """None while suggestions wait in the other observation: it may name the theme once decided."""
    found = [
        each
        for each in comparison.themes
        if not each.by_both and not comparison.undecided[each.stances.index("")]
    ]
    return found[:QUESTIONS_OF_A_KIND]


def of_difference(row, first, second):
    ours, theirs = (each.words for each in row.said)
    return (
        f"{row.criterion.name}: {name(first)} said {ours}, {second.name} said {theirs}. "
        f"What did each of {two(first)} see?"
    )


def of_one(row, sides):
    at = 0 if row.said[0].is_seen else 1
    seer, other = sides[at], sides[1 - at]
    whose = "your" if other.is_you else f"{other.name}’s"
    return (
        f"{row.criterion.name}: {name(seer)} said {row.said[at].words}, {name(other)} did not "
        f"see it. What had {whose} attention?"
    )


def differ(named):
    return named.by_both and named.stances[0] != named.stances[1]


def of_stances(named, first, second):
    return (
        f"{named.theme.name}: in {note_of(first)} it {named.stances[0]}, in {note_of(second)} it "
        f"{named.stances[1]}. For whom?"
    )


def of_theme(named, sides):
    at = 0 if named.stances[0] else 1
    return (
        f"{named.theme.name} is in {note_of(sides[at])} and not in {note_of(sides[1 - at])}. "
        "Was it not there, or not written down?"
    )


def name(side):
    return "you" if side.is_you else side.name


def note_of(side):
    return "your observation" if side.is_you else f"{side.name}’s observation"


def two(first):
    return "you" if first.is_you else "them"


def things(count):
    return f"{count} thing{s(count)}"


def were(count):
    return "was" if count == 1 else "were"


def s(count):
    return "" if count == 1 else "s"
