"""Whether the content of a file fits together, and names only what is known where it goes."""

import re
from collections import Counter
from itertools import chain, islice

from django.core.validators import validate_slug

from frameworks.codes import OTHER_PAGES
from frameworks.files.shape import MOST_FAULTS, Fault, criteria_of, words_in
from frameworks.models import Cause, Clause, Framework, Lens, Lineage, Scale, Standard

HAS_NO = {Lineage.Kind.NEW: "from", Lineage.Kind.DROPPED: "to"}
ONE_WAY = {Lineage.Kind.SAME, Lineage.Kind.REWORDED}


def faults_in(content, unit, framework=None):
    """The faults of content that is to begin a framework of the unit, or to go into one."""
    faults = chain(
        [] if framework else of_code(content, unit),
        of_codes_given_twice(content),
        of_what_is_named(content, unit),
        of_clauses(content, unit),
        of_shown_first(content),
        of_lineage(content, framework),
        of_words(content),
    )
    return list(islice(faults, MOST_FAULTS))


def of_code(content, unit):
    code, path = content["framework"]["code"], ("framework", "code")
    if code and not re.fullmatch(validate_slug.regex, code):
        yield Fault(path, "has to be letters without accents, digits and hyphens")
    elif code in OTHER_PAGES:
        yield Fault(path, f"“{code}” is an address of its own: choose another code")
    elif (
        code
        and Framework.objects.filter(unit__organisation=unit.organisation_id, code=code).exists()
    ):
        words = f"“{code}” is taken: choose another, or replace that framework’s draft"
        yield Fault(path, words)


def of_codes_given_twice(content):
    domains = [(("domains", at), each) for at, each in enumerate(content["domains"])]
    for what, rows in [("domain", domains), ("criterion", criteria_of(content))]:
        seen = set()
        for path, row in rows:
            if row["code"] and row["code"] in seen:
                words = f"“{row['code']}” is the code of another {what} too: give each its own"
                yield Fault((*path, "code"), words)
            seen.add(row["code"])


def of_words(content):
    """A text is said once."""
    seen = set()
    for place, row in enumerate(words_in(content)):
        if row["first"] and row["first"] in seen:
            words = f"“{row['first'][:60]}” is in another row too: keep one"
            yield Fault(("second_language", "words", place, "first"), words)
        seen.add(row["first"])


def of_what_is_named(content, unit):
    """Scale, levels, causes and lenses have to be there already, for the unit."""
    version = content["version"]
    for key, model in [("causes", Cause), ("lenses", Lens)]:
        known = set(model.objects.for_unit(unit).values_list("code", flat=True))
        yield from of_list(version[key], known, ("version", key), key)
    if not version["scale"]:
        return
    known = Scale.objects.for_unit(unit).by_code()
    scale = known.get(version["scale"])
    if scale is None:
        scales = ", ".join(sorted(known))
        words = f"“{version['scale']}” is not a scale known here ({scales}): mend it, or add it"
        yield Fault(("version", "scale"), words)
        return
    yield from of_levels(content, scale)


def of_list(codes, known, path, what):
    seen, known_words = set(), ", ".join(sorted(known)) or "none"
    for place, code in enumerate(codes):
        if code in known and code in seen:
            yield Fault((*path, place), f"“{code}” is named twice: keep one")
        elif code and code not in known and code not in seen:
            words = f"“{code}” is not among the {what} known here: {known_words}"
            yield Fault((*path, place), words)
        seen.add(code)


def of_levels(content, scale):
    levels = list(scale.levels.order_by("position").values_list("code", flat=True))
    listed = ", ".join(levels)
    if content["version"]["levels"] not in ([], levels):
        words = (
            f"are not those that “{scale.code}” has here: {listed}. Mend them, or leave them out"
        )
        yield Fault(("version", "levels"), words)
    for path, criterion in criteria_of(content):
        for code in criterion["levels"].keys() - set(levels):
            words = f"“{code}” is no level of “{scale.code}”: {listed}"
            yield Fault((*path, "levels", code), words)


def of_clauses(content, unit):
    standards = Standard.objects.for_unit(unit).by_code().values()
    known = set(
        Clause.objects.filter(standard__in=standards).values_list("standard__code", "number")
    )
    for path, criterion in criteria_of(content):
        yield from of_ties(criterion["clauses"], path, known, {code for code, _ in known})


def of_ties(clauses, path, known, standards):
    seen = set()
    for place, each in enumerate(clauses):
        where, tie = (*path, "clauses", place), (each["standard"], each["clause"])
        if tie in seen and all(tie):
            yield Fault(where, "is linked to the same clause twice: keep one")
        elif all(tie) and tie not in known:
            key, words = "standard", tie[0]
            if tie[0] in standards:
                key, words = "clause", " ".join(tie)
            yield Fault((*where, key), f"“{words}” is not known here: correct it, or add it")
        seen.add(tie)


def of_shown_first(content):
    code = content["version"]["shown_first"]
    if code and code not in {criterion["code"] for _, criterion in criteria_of(content)}:
        yield Fault(("version", "shown_first"), f"“{code}” is no criterion of this file")


def of_lineage(content, framework):
    """A version follows an earlier one, so that what goes on can never come back to itself."""
    number, follows = content["version"]["number"], content["version"]["follows"]
    if number and follows and follows >= number:
        words = f"is a loop: version {number} can follow only a version before it"
        yield Fault(("version", "follows"), words)
        return
    rows = content["lineage"]
    yield from of_ends(rows)
    yield from of_later(content)
    yield from of_pairs(rows)
    if framework and rows:
        yield from of_earlier(rows, follows, framework)


def of_ends(rows):
    for place, row in enumerate(rows):
        unwanted = HAS_NO.get(row["kind"])
        for end in ("from", "to"):
            if end == unwanted and row[end]:
                yield Fault(("lineage", place, end), f"does not go with “{row['kind']}”: empty it")
            elif end != unwanted and row["kind"] and not row[end]:
                yield Fault(("lineage", place, end), f"is needed for “{row['kind']}”: fill it in")


def of_later(content):
    codes = {criterion["code"] for _, criterion in criteria_of(content)}
    for place, row in enumerate(content["lineage"]):
        if row["to"] and row["to"] not in codes:
            yield Fault(("lineage", place, "to"), f"“{row['to']}” is no criterion of this file")


def of_pairs(rows):
    """One continuation to a row; one that goes on as it is goes on in one place."""
    goes = Counter(row["from"] for row in rows if row["from"])
    comes = Counter(row["to"] for row in rows if row["to"])
    pairs, one_way = set(), set()
    for place, row in enumerate(rows):
        path, kind = ("lineage", place), row["kind"]
        if (row["from"], row["to"]) in pairs:
            yield Fault(path, "is in another row too: keep one")
        elif kind == Lineage.Kind.NEW and comes[row["to"]] > 1:
            yield Fault(path, f"says {row['to']} is new, and another row says where it is from")
        elif kind == Lineage.Kind.DROPPED and goes[row["from"]] > 1:
            yield Fault(path, f"says {row['from']} is dropped, and another row says it goes on")
        elif kind in ONE_WAY and row["from"] in one_way:
            words = f"{row['from']} goes on as “same” or “reworded” already: is it “split”?"
            yield Fault(path, words)
        pairs.add((row["from"], row["to"]))
        if kind in ONE_WAY:
            one_way.add(row["from"])


def of_earlier(rows, follows, framework):
    earlier = version_before(framework, follows)
    if earlier is None:
        which = f"version {follows}" if follows else "an earlier version"
        words = f"needs {which} of {framework}, published: leave lineage out, or correct the number"
        yield Fault(("version", "follows"), words)
        return
    codes = set(earlier.criteria.values_list("code", flat=True))
    for place, row in enumerate(rows):
        if row["from"] and row["from"] not in codes:
            words = f"“{row['from']}” is no criterion of version {earlier.number}"
            yield Fault(("lineage", place, "from"), words)


def version_before(framework, follows):
    """The published version that a draft of the framework follows."""
    versions = framework.versions.filter(published_at__isnull=False).order_by("-number")
    return versions.filter(number=follows).first() if follows else versions.first()
