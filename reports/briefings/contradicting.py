"""Where a briefing says one figure in two ways, and what in it is a rule's own words still.

What is surely wrong stops approval: an outdated figure that a sentence was bound to, and a total with
its own name. Any other figure that is in none of those told is only worth a look.
"""

import json
import re

from django.urls import reverse

from practicelens.numbers import count_words
from reports.briefings.bound import figures_in, outdated
from reports.briefings.since import overdue_answers

NAMES = {"answers": "The first page"}
NUMBER = re.compile(r"\d+")


def contradictions(look):
    """[(words, url)]: one line for each figure that is told in another way elsewhere."""
    kept = {sentence.place: (sentence, now) for sentence, now in look.sentences}
    found = []
    for text in look.texts:
        found += [(words, text.url) for words in outdated_in(text, kept.get(text.place))]
        found += [(words, text.url) for words in misnamed(text, look.briefing.figures)]
    return [*dict.fromkeys(found), *gone(look, kept), *answered(look)]


def outdated_in(text, kept):
    """What a sentence was bound to, and a person's words still say though it was counted anew."""
    if kept is None or not kept[0].is_outdated:
        return
    for before, now in outdated(kept[0].words, kept[0].anew, text.words):
        instead = f"it is “{now}”" if now else "that is no longer so"
        yield f"{text.name} says “{before}”: counted again, {instead}"


def misnamed(text, figures):
    """A total that is called by its name and has another number than the figures."""
    named = figures.get("named")
    if not named:
        return
    since = re.escape(named["since"])
    totals = [
        (rf"\b(\d+) observations? {since}", named["observations"], named["since"]),
        (r"\bRests on (\d+) observations?\b", named["observations"], named["since"]),
    ]
    if "month" in named:
        month = named["month"]
        whole = rf"\b(\d+) observations? in {month}(?! to| and|,)"
        totals.append((whole, named["in_month"], f"in {month}"))
    for pattern, number, words in totals:
        for found in re.finditer(pattern, text.words, re.IGNORECASE):
            if int(found[1]) != number:
                yield (
                    f"{text.name} says “{found[1]} observations”: the figures have {number} {words}"
                )


def gone(look, kept):
    """Findings in a rule's words whose figures are too few by now."""
    for text in look.texts:
        sentence, now = kept.get(text.place, (None, ""))
        is_claim = sentence is not None and sentence.field == "claim"
        is_gone = is_claim and sentence.is_outdated and not sentence.anew
        if is_gone and now.strip() == sentence.words.strip():
            words = "says what the figures no longer bear out: change it, or drop it"
            yield f"{text.name} {words}", text.url


def answered(look):
    """Where words say that an answer is overdue which has come since."""
    told = look.briefing.figures.get("overdue")
    alert = [text for text in look.texts if text.place in ("answers.alert", "answers.title")]
    alert = [text for text in alert if "overdue" in text.words.lower()]
    if not (told and alert):
        return
    waiting = {key for key, *_ in overdue_answers(look.briefing)}
    if set(told) - waiting:
        for text in alert:
            words = "says that an answer is overdue which has come: gather the figures again"
            yield f"{text.name} {words}", text.url


def machine_made(look):
    """One line for each part that has words of a rule which nobody has taken as theirs."""
    parts = {}
    for sentence, now in look.sentences:
        if sentence.is_machines(now):
            parts.setdefault(sentence.part, []).append(sentence)
    for part, found in parts.items():
        are = "sentence is" if len(found) == 1 else "sentences are"
        name, url = named_part(look, part)
        yield (
            (
                f"{name}: {count_words(len(found))} {are} a rule’s own words. Read and take them, "
                "or change them"
            ),
            url,
        )


def named_part(look, part):
    """What a part is called, and where its sentences are taken."""
    kind, _, pk = part.partition("-")
    if kind == "finding":
        number = next(at for at, each in enumerate(look.findings, start=1) if str(each.pk) == pk)
        url = reverse("reports:finding", args=[look.briefing.key, pk])
        return f"Finding {number}", f"{url}#made-by-rule"
    labels = {section.key: section.get_key_display() for section in look.sections}
    url = reverse("reports:part", args=[look.briefing.key, part])
    return NAMES.get(part) or labels[part], f"{url}#made-by-rule"


def figures_not_told(look):
    """Advice: a share or a count of observations in a person's words that is in no figure."""
    untouched = {sentence.place for sentence, now in look.sentences if sentence.is_machines(now)}
    bound = " ".join(f"{sentence.words} {sentence.anew}" for sentence, _ in look.sentences)
    told = set(NUMBER.findall(json.dumps(look.briefing.figures, ensure_ascii=False) + bound))
    for text in look.texts:
        if text.place and text.place not in untouched:
            for figure in figures_in(text.words):
                numbers = NUMBER.findall(figure)
                if len(numbers) > 1 and not told.issuperset(numbers):
                    yield (
                        f"{text.name} says “{figure}”, which is in none of the figures",
                        text.url,
                    )
