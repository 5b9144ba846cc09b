"""Observations by the words in them, whatever marks, capitals or apostrophes they are typed with."""

from django.contrib.postgres.search import SearchQuery

from observations.coding.words import folded, words
from observations.models import Friction, Passage, Rating, Voice

# What is searched, in the order in which it is shown.
SEARCHED = {
    Passage: ["text"],
    Voice: ["words"],
    Rating: ["evidence"],
    Friction: ["step", "family", "workaround"],
}
AROUND = 12  # words shown before and after the first that was found


def searched(observations, wanted):
    """Those with a passage, a voice, a rating's line or friction that has the words."""
    query = query_of(wanted)
    first, *others = (
        model.objects.filter(search=query).order_by().values("observation") for model in SEARCHED
    )
    return observations.filter(pk__in=first.union(*others))


def find_words(observations, wanted):
    """Give each of these `found`: the first text of it with the words, those between ⟦ and ⟧."""
    query, texts = query_of(wanted), {}
    for model, columns in SEARCHED.items():
        rows = model.objects.filter(observation__in=observations, search=query).order_by("pk")
        for of, *told in rows.values_list("observation", *columns):
            texts.setdefault(of, " ".join(filter(None, told)))
    stems = {word.stem for word in words(wanted)}
    for each in observations:
        each.found = headline(texts[each.pk], stems) if each.pk in texts else ""


def headline(text, stems):
    """The words around the first that was found, each that was found between ⟦ and ⟧."""
    there = words(text)
    hits = [at for at, word in enumerate(there) if word.stem in stems]
    if not hits:
        return text[:200]
    begin = max(0, hits[0] - AROUND)
    shown = there[begin : hits[0] + AROUND]
    told, at = "", there[begin].start
    for word in shown:
        piece = text[word.start : word.end]
        told += text[at : word.start] + (f"⟦{piece}⟧" if word.stem in stems else piece)
        at = word.end
    return told if hits[0] + AROUND < len(there) else told + text[at:]


def query_of(wanted):
    return SearchQuery(folded(wanted), config="english", search_type="websearch")
