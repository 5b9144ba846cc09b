"""Papers of one's own: parts with a title, and in them facts, texts and headings, set by paper.typ.

A paper is plain data; no word of it is ever markup.
"""

from datetime import date, datetime
from pathlib import Path

from django.utils.formats import date_format

from practicelens import typesetting
from practicelens.lengths import length_words
from practicelens.numbers import lowered

TEMPLATE = Path(__file__).with_name("paper.typ")


def pdf(*, lang, title, kicker, lede, parts):
    paper = {"lang": lang, "title": title, "kicker": kicker, "lede": lede, "parts": parts}
    return typesetting.pdf(TEMPLATE, paper=typesetting.printable(paper))


def part(title, *blocks, starts_page=False):
    """A part of a paper; blocks that say nothing are left out."""
    said = [block for block in blocks if block]
    return {"title": title, "blocks": said, "starts_page": starts_page} if said else None


def facts(rows):
    """A table of what and what of it; empty lines are left out."""
    said = [[what, str(words)] for what, words in rows if words not in ("", None)]
    return said and {"kind": "facts", "rows": said}


def text(words, source=""):
    return words and {"kind": "text", "words": words, "source": source}


def head(words):
    return words and {"kind": "head", "words": words}


def aside(words):
    return words and {"kind": "aside", "words": words}


def day_words(iso):
    """A day of the content, in words."""
    return date_format(date.fromisoformat(iso), "l j F Y") if iso else ""


def moment_words(iso):
    return date_format(datetime.fromisoformat(iso), "j F Y, H:i") if iso else ""


def parts_of(told, *, starts_page=False):
    """The parts of one observation, of its content."""
    found = [
        part("Where and who", facts(where_rows(told)), starts_page=starts_page),
        part("What was seen and heard", *passage_blocks(told)),
        part("What was seen, by criterion", *rating_blocks(told)),
        part("The meeting", facts((each["what"], each["answer"]) for each in told["meeting"])),
        part("What helped and got in the way", *friction_blocks(told)),
        part("What people said", *(text(each["words"], each["who"]) for each in told["voices"])),
        part(
            "The observer’s part in it",
            text(told["observers_part"]),
            told["observers_reflection"] and head("Their reflection"),
            text(told["observers_reflection"]),
        ),
        part("The practitioner’s reply", *reply_blocks(told["reply"])),
        part("The conversation", *conversation_blocks(told["conversation"])),
    ]
    return [each for each in found if each]


def where_rows(told):
    length = length_words(told["minutes"]) if told["minutes"] else ""
    when = [day_words(told["day"]), told["when_in_the_day"].lower(), length]
    where = [told["team"], told["setting"], told["in_person_or_remote"]]
    return [
        ("When", joined(when)),
        ("Where", joined(where)),
        ("Kind of work", told["kind_of_work"]),
        ("How observed", told["how_observed"]),
        ("Observer", told["observer"]),
        ("Practitioner", told["practitioner"] or "No one practitioner"),
        ("Who was there", told["who_was_there"]),
        ("The family", told["family_asked"]),
        ("Against", told["framework"]),
    ]


def joined(words):
    return ", ".join(each for each in words if each)


def passage_blocks(told):
    for each in told["passages"]:
        yield head(joined([f"Passage {each['number']}", each["heading"]]))
        risk = f"risk: {lowered(each['risk'])}" if each["risk"] else ""
        yield text(each["text"], joined([each["known"], risk]))
        for said in each["replies"]:
            yield text(said["words"] or said["verdict"], f"The practitioner: {said['verdict']}")


def rating_blocks(told):
    yield facts((f"{each['code']} {each['name']}", rating_words(each)) for each in told["ratings"])
    if told["not_seen"]:
        yield aside(f"Not seen: {', '.join(told['not_seen'])}.")


def rating_words(each):
    rated = f"{each['rating']}: {each['cause']}" if each["cause"] else each["rating"]
    shown = ", ".join(f"passage {number}" for number in each["passages"])
    return "\n".join(words for words in (rated, each["evidence"], shown) if words)


def friction_blocks(told):
    for each in told["friction"]:
        yield head(each["where"] or "Not said what")
        minutes = f"{each['minutes']} minutes" if each["minutes"] else ""
        yield text(". ".join(filter(None, [joined([each["effect"], minutes]), each["step"]])))
        yield facts(
            [("For the family", each["for_the_family"]), ("The way round it", each["way_round_it"])]
        )


def reply_blocks(reply):
    if reply:
        felt = reply["being_observed_felt"]
        yield aside(joined([reply["verdict"], moment_words(reply["at"])]))
        yield aside(felt and f"Being observed felt {felt.lower()}.")
        yield text(reply["words"])
        for each in reply["added"]:
            yield text(each["words"], f"Added {moment_words(each['at'])}")


def conversation_blocks(talk):
    if talk:
        agreed = moment_words(talk["agreed_at"])
        yield aside(f"Agreed by both, {agreed}" if agreed else "Not agreed to by both yet.")
        for name, title in [
            ("strengths", "Strengths"),
            ("questions", "Questions to think about"),
            ("next_step", "One next step"),
        ]:
            yield talk[name] and head(title)
            yield text(talk[name])
        yield aside(talk["look_again_on"] and f"To look again: {day_words(talk['look_again_on'])}")
        for each in talk["added"]:
            yield text(each["words"], f"Added by {each['by']}, {moment_words(each['at'])}")
