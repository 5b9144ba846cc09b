"""What a re-issue changed, in words, section by section."""

from copy import deepcopy

from observations.models import Passage

NOT_REPEATED = "[a family’s words, quoted no longer]"
ROW = ("state", "days", "decision", "owner", "due", "became")
ASK = ("question", "what", "cost", "equality", "owner", "due")


def changes_between(before, after):
    """[{"where", "before", "after"}] of everything that a reader would find different."""
    kept = {quote["text"] for quote in quotes_in(after)}
    earlier = dict(pieces(without_family(before, kept)))
    later = dict(pieces(after))
    places = [*earlier, *[where for where in later if where not in earlier]]
    return [
        {"where": where, "before": earlier.get(where, ""), "after": later.get(where, "")}
        for where in places
        if earlier.get(where, "") != later.get(where, "")
    ]


def quotes_in(content):
    for section in content["sections"]:
        for finding in section.get("findings", []):
            yield from finding["quotes"]
            yield from finding["otherwise"]["quotes"]


def without_family(content, kept):
    """What a family said and is quoted no longer is not repeated: they may have taken it back."""
    content = deepcopy(content)
    for quote in quotes_in(content):
        if is_of_family(quote) and quote["text"] not in kept:
            quote["text"] = NOT_REPEATED
    return content


def is_of_family(quote):
    """Marked so; in issues from before the mark, by how it was known, which was always told."""
    return quote.get("family") or quote["how"].startswith(Passage.Kind.FAMILY.label)


def pieces(content):
    """Every piece of a content that is compared, as (where, words)."""
    yield "Title", content["title"]
    yield "How far to trust it", content["confidence"]
    for line, words in content.get("lines", {}).items():
        yield line.capitalize(), words
    yield "What we know", content["answers"]["know"]
    yield "How we know it", content["answers"]["how"]
    yield "What we are doing", content["answers"]["doing"]
    yield "Evidence to", content["evidence_to"]
    yield "In figures", "; ".join(f"{each['figure']} {each['words']}" for each in content["strip"])
    if year := content.get("year"):
        yield "The year", year["alt"] or year["title"]
    for section in content["sections"]:
        yield from of_section(section)
    for chart in content["annex"]["charts"]:
        yield f"Annex: {chart['counted']}", chart["alt"]


def of_section(section):
    name = section["kicker"] or section["heading"]
    yield name, "\n".join([section["heading"], *section["text"], *section["side"]])
    for chart in section.get("charts", []):
        yield f"{name}: {chart['counted']}", chart["alt"]
    for finding in section.get("findings", []):
        yield f"Finding: {finding['claim']}", finding_of(finding)
    if "items" in section:
        yield f"{name}, each", "\n".join(map(item_of, section["items"]))
    if "questions" in section:
        told = [f"{each['question']} {each['answer']}" for each in section["questions"]]
        yield f"{name}, each", "\n".join(told)
    if "rows" in section:
        yield f"{name}, each", "\n".join(named(row, ROW, " ") for row in section["rows"])
    for recommendation in section.get("asks", []):
        yield f"Recommendation {recommendation['number']}", named(recommendation, ASK, "\n")


def named(part, names, between):
    """Its words in a fixed order: the database keeps an object's parts in an order of its own."""
    return between.join(part[name] for name in names if part.get(name))


def item_of(item):
    return item if isinstance(item, str) else f"{item['text']} {item['how']}".strip()


def finding_of(finding):
    quotes = [*finding["quotes"], *finding["otherwise"]["quotes"]]
    told = [
        *finding["text"],
        finding["sure"],
        finding["otherwise"]["text"],
        *(quote_of(quote) for quote in quotes),
    ]
    return "\n".join(words for words in told if words)


def quote_of(quote):
    said = f"“{quote['text']}” {quote['how']}"
    answer = " ".join(quote.get("answer", []))
    return f"{said} The practitioner’s answer: {answer}" if answer else said
