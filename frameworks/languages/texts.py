"""Every text of a framework version that can be said in a second language, by its place."""

from hashlib import sha256
from typing import NamedTuple

from frameworks.models import FrameworkVersion


class Text(NamedTuple):
    """A text and its places, as (of what, what it is); it is asked once, at the first of them."""

    words: str
    places: list

    @property
    def key(self):
        return key_of(self.words)

    @property
    def of(self):
        return self.places[0][0]

    @property
    def what(self):
        return self.places[0][1]

    @property
    def also(self):
        """The other places, in words."""
        return [in_words(place) for place in self.places[1:]]

    @property
    def place(self):
        return in_words(self.places[0])


class Part(NamedTuple):
    """A part of a version with the texts that are in it first."""

    key: str
    name: str
    texts: list


class Told(NamedTuple):
    """How much of a part, or of a version, is said in the second language."""

    total: int
    missing: int

    @property
    def said(self):
        return self.total - self.missing


def key_of(words):
    """A short name for a text, the same wherever it is."""
    return sha256(words.encode()).hexdigest()[:16]


def in_words(place):
    return ": ".join(part for part in place if part)


def parts_of(version):
    """[Part] in the order in which a reader meets them; each text is in one of them."""
    version = FrameworkVersion.objects.for_reading().get(pk=version.pk)
    known, parts = {}, []
    for key, name, found in found_in(version):
        own = []
        for of, what, words in found:
            if not words:
                continue
            if words not in known:
                known[words] = Text(words, [])
                own.append(known[words])
            known[words].places.append((of, what))
        parts.append(Part(key, name, own))
    return parts


def texts_of(version):
    """{words: Text} of a whole version, in order."""
    return {text.words: text for part in parts_of(version) for text in part.texts}


def told(texts, seconds):
    """How many of some texts are said; `seconds` is what is said of which words."""
    texts = list(texts)
    return Told(len(texts), sum(text.words not in seconds for text in texts))


def missing_from(version, language):
    """How many texts of a version have no words in its second language."""
    seconds = set(language.wordings.values_list("first", flat=True))
    return told(texts_of(version).values(), seconds).missing


def found_in(version):
    """(key, name, [(of what, what it is, words)]) of each part."""
    framework = version.framework
    about = [("", "Name", framework.name), ("", "Description", framework.description)]
    yield "framework", "The framework", about
    for domain in version.domains.all():
        yield f"domain-{domain.pk}", str(domain), list(of_domain(domain))
    yield "scale", "The scale", list(of_scale(version.scale))
    causes = sorted(version.causes.all(), key=lambda each: (each.position, each.code))
    yield "causes", "Causes", [each for cause in causes for each in of_cause(cause)]
    lenses = sorted(version.lenses.all(), key=lambda each: each.code)
    yield "lenses", "Lenses", [each for lens in lenses for each in of_lens(lens)]


def of_domain(domain):
    name = f"Domain {domain.code}"
    yield name, "Name", domain.name
    yield name, "About it", domain.about
    for criterion in domain.criteria.all():
        of = criterion.code
        yield of, "What good looks like", criterion.name
        yield of, "What to look for", criterion.look_for
        for each in criterion.level_descriptions.all():
            yield of, each.level.name, each.text
        yield of, "An opportunity missed", criterion.missed
        yield from ((of, "Prompt", each.text) for each in criterion.prompts.all())
        for each in criterion.examples.all():
            yield of, f"Example, {each.get_kind_display().lower()}", each.text


def of_scale(scale):
    yield scale.name, "Name", scale.name
    yield scale.name, "Description", scale.description
    for level in scale.levels.all():
        yield level.name, "Level", level.name
        yield level.name, "What it means", level.description


def of_cause(cause):
    yield cause.name, "Cause", cause.name
    yield cause.name, "What it means", cause.description


def of_lens(lens):
    yield lens.name, "Lens", lens.name
    yield lens.name, "About it", lens.about
    yield from ((lens.name, "Prompt", each.text) for each in lens.prompts.all())
