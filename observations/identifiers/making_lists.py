"""Make the lists that are read from elsewhere: run once, and again when those sources change.

    python -m observations.identifiers.making_lists /usr/share/dict/british-english

Needs Faker (MIT) for names of many countries, and a word list of SCOWL (free to use and change,
Copyright 2000-2011 Kevin Atkinson), such as Debian's package wbritish installs.
"""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from .lists import HERE, is_derived, plain, read, set_of

# Names that an English word list holds in small letters, though people seldom write the word.
SELDOM_WORDS = set_of(
    "amir aria billy bobby bola brogan carol colleen deb debs ebony emir felicity gabby harry "
    "jack jasmine jimmy jock john josh lee linden maria martin nadir peter phoebe rob roger rosy "
    "sally sue terry tom tony victor piers raja ani mads bud barney beryl percy"
)
# Entries of the sources that name nobody.
NO_NAMES = {"unknown", "unnamed", "anonymous", "infant", "female", "male", "test", "none"}
NAMES = """# Names from the locale lists of Faker (MIT licence, Copyright 2012 Daniele Faraglia), those in
# Latin letters: small letters, no marks, in order. Made by making_lists.py; not edited by hand.
"""
WORDS = """# Ordinary words of British English, so that a name can be told from a word. From SCOWL (Spell
# Checker Oriented Word Lists), Copyright 2000-2011 Kevin Atkinson: "Permission to use, copy,
# modify, distribute and sell these word lists ... is hereby granted without fee, provided that the
# above copyright notice appears in all copies". Endings that can be told (-s, -ed, -ing, -ly) are
# left out. Made by making_lists.py; not edited by hand.
"""


def main(dictionary):
    given, family = names_of()
    typed_given, typed_family = typed("given_names.txt"), typed("surnames.txt")
    write("listed_given.txt", NAMES, given - typed_given)
    write("listed_surnames.txt", NAMES, family - typed_family)
    words = words_of(Path(dictionary).read_text(encoding="utf-8").split())
    write("words.txt", WORDS, needed(words, typed_given | typed_family | given | family))


def words_of(entries):
    small = {word for word in entries if word.isalpha() and word.islower()}
    return {plain(word) for word in small if len(word) > 1} - SELDOM_WORDS


def needed(words, names):
    """The words that cannot be told from a shorter one that is kept."""
    kept = set()
    for word in sorted(words, key=len):
        if word in names or not is_derived(word, kept):
            kept.add(word)
    return kept


def names_of():
    import faker.providers.person as people

    given, family = set(), set()
    for module in iter_modules(people.__path__, "faker.providers.person."):
        provider = import_module(module.name).Provider
        for attribute in dir(provider):
            if attribute.startswith(("first_name", "given_name")):
                given |= latin(getattr(provider, attribute))
            elif attribute.startswith("last_name"):
                family |= latin(getattr(provider, attribute))
    return given - NO_NAMES, family - NO_NAMES


def latin(entries):
    if not isinstance(entries, (tuple, list, set, dict)):
        return set()
    parts = {part.strip(".,") for entry in entries for part in str(entry).split()}
    names = {plain(part) for part in parts}
    return {name for name in names if len(name) > 2 and name.isascii() and name[-1].isalpha()}


def typed(name):
    return {plain(word.rstrip("~")) for word in read(name)}


def write(name, header, entries):
    (HERE / name).write_text(header + "\n".join(sorted(entries)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
