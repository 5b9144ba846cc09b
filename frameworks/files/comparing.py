"""What a file would change, in words."""

from typing import NamedTuple

from frameworks.files.shape import criteria_of, words_in

WORDS = {
    "code": "its code",
    "name": "its name",
    "about": "about it",
    "description": "its description",
    "source": "its source",
    "licence": "its licence",
    "look_for": "what to look for",
    "missed": "an opportunity missed",
    "levels": "levels",
    "prompts": "prompts",
    "examples": "examples",
    "clauses": "links to standards",
    "domain": "its domain",
    "change_note": "the change note",
    "effective_on": "the day it applies from",
    "scale": "the scale",
    "causes": "causes",
    "lenses": "lenses",
    "shown_first": "the criterion that is shown first",
}


class Changes(NamedTuple):
    """Of domains or of criteria: those added and removed, and (name, what is different)."""

    what: str
    added: list
    changed: list
    removed: list

    @property
    def counts(self):
        return f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed"


class Difference(NamedTuple):
    """All that a file would change in a draft, or bring where there is none."""

    about: list
    domains: Changes
    criteria: Changes
    lineage: bool
    second: Changes | None = None

    @property
    def is_any(self):
        parts = [part for part in (self.domains, self.criteria, self.second) if part]
        lists = [each for part in parts for each in (part.added, part.changed, part.removed)]
        return bool(self.about or self.lineage or any(lists))


def difference(new, old):
    """From the old content, or none, to the new."""
    old = old or {"framework": {}, "version": {}, "domains": [], "lineage": []}
    return Difference(
        about=about(new, old),
        domains=changes("Domains", domains_of(new), domains_of(old)),
        criteria=changes("Criteria", by_code(new), by_code(old)),
        # A file without lineage leaves that of the draft.
        lineage=bool(new["lineage"]) and new["lineage"] != old["lineage"],
        second=second(new, old),
    )


def second(new, old):
    """What the file says in a second language; one without that part leaves what is there."""
    if not new["second_language"]:
        return None
    now, was = said_in(new), said_in(old)
    return Changes(
        f"Words in {new['second_language']['name']}",
        [f"{first}: {words}" for first, words in now.items() if first not in was],
        [
            (first, f"“{words}” in place of “{was[first]}”")
            for first, words in now.items()
            if first in was and was[first] != words
        ],
        [f"{first}: {words}" for first, words in was.items() if first not in now],
    )


def said_in(content):
    return {each["first"]: each["second"] for each in words_in(content) if each["second"]}


def about(new, old):
    """What is said of the framework and its version; the code and number of one there stay."""
    parts = [("framework", ["name", "description", "source", "licence"])]
    parts += [("version", ["change_note", "effective_on", "scale", "causes"])]
    parts += [("version", ["lenses", "shown_first"])]
    told = [
        (WORDS[key], in_words(old[part].get(key)), in_words(new[part][key]))
        for part, keys in parts
        for key in keys
        if compared(new[part][key]) != compared(old[part].get(key))
    ]
    was, now = language_in(old), language_in(new)
    return [*told, ("the second language", in_words(was), now)] if now and now != was else told


def language_in(content):
    language = content.get("second_language")
    return language and f"{language['name']} ({language['tag']})"


def compared(value):
    """A list of codes in any order is the same list, and nothing is nothing."""
    return sorted(value) if isinstance(value, list) else value or ""


def in_words(value):
    return ", ".join(value) if isinstance(value, list) else value or "nothing"


def domains_of(content):
    return {
        each["code"]: {key: each[key] for key in ("code", "name", "about")}
        for each in content["domains"]
    }


def by_code(content):
    return {
        criterion["code"]: criterion | {"domain": content["domains"][path[1]]["code"]}
        for path, criterion in criteria_of(content)
    }


def changes(what, new, old):
    named = [(code, f"{code} {row['name']}") for code, row in new.items()]
    return Changes(
        what,
        [name for code, name in named if code not in old],
        [
            (name, different(new[code], old[code]))
            for code, name in named
            if code in old and new[code] != old[code]
        ],
        [f"{code} {row['name']}" for code, row in old.items() if code not in new],
    )


def different(new, old):
    return ", ".join(WORDS[key] for key in new if new[key] != old[key])
