"""The frozen content of an issue -> the content of its public edition, and what that leaves out.

Plain functions of the content: nothing else is read.
"""

from copy import deepcopy
from typing import NamedTuple

from reports.briefings.early_signs import AGAIN, ONCE
from reports.briefings.public_edition.rounding import HIDDEN, TO, cell, sentences
from reports.briefings.since import SAW
from reports.models import Finding

ANSWERS = {"know": "What we know", "how": "How we know it", "doing": "What we are doing"}
FIVE = 5  # fewer are never told to the public, whatever leaders are told
SEEN_ONCE = Finding.Sure.SINGLE.label
NOT_TOLD = "Not told in the public edition."
SOMEONE = "a senior leader"
NOT_SEEN, CHANGE = "Not seen", "Change"  # columns of tables whose figures hang together
REPLIES = "Practitioners"  # what of the annex tells of what stands beside quotations
ASKED_SINCE = ["About", "Question", "Answer"]


LEADERS_ALONE = {
    "scene": "it is a single sighting",
    "early_signs": "each is a single sighting",
    "practitioners": "it has exact figures",
    "questions": "they are for those who decide",
}


class LeftOut(NamedTuple):
    """Something that the public edition leaves out, and why."""

    what: str
    why: str


class Made(NamedTuple):
    """The content of a public edition, and what it leaves out."""

    content: dict
    left_out: list


def public(content, sha256):
    """What the public reads of an issue, whose fingerprint is `sha256`."""
    return Making(content, sha256).made()


def rule(least):
    return (
        f"Public edition: counts are to the nearest {TO}, and none under {least} is told, nor whether there "
        "was none. Shares are to the nearest ten, and told only where enough are on either side."
    )


class Making:
    """One edition in the making, with what was left out so far."""

    def __init__(self, content, sha256):
        self.content, self.sha256 = content, sha256
        self.least = max(FIVE, content["threshold"])
        self.left = []

    def made(self):
        content = deepcopy(self.content)
        sections = [self._section(each) for each in content["sections"] if self._is_public(each)]
        answers = {
            name: self._text(f"The answer to “{ANSWERS[name]}”", words) or NOT_TOLD
            for name, words in content["answers"].items()
        }
        title = self._text("The title", content["title"])
        told = content | {
            "title": title or f"What was seen of practice, {content['month_words']}",
            "threshold": self.least,
            "rule": rule(self.least),
            "supersedes": None,
            "approved": None,
            "strip": [],
            "year": None,
            "lines": dict.fromkeys(content.get("lines", {}), ""),
            "confidence": self._text("How far to trust it", content["confidence"]),
            "answers": answers,
            "sections": sections,
            "annex": self._annex(content["annex"]),
            "public_edition_of": {
                "issue": content["issue"],
                "version": content["version"],
                "sha256": self.sha256,
            },
        }
        if any(content.get("lines", {}).values()):
            self._leave("Alert, advise and assure", "they may tell of a single sighting")
        if content.get("year"):
            self._leave("The year’s story", "it has exact figures")
        self._leave(
            "The figures at the head, and who approved it", "they are exact, and name a person"
        )
        return Made(told, self.left)

    def _leave(self, what, why):
        if LeftOut(what, why) not in self.left:
            self.left.append(LeftOut(what, why))

    def _text(self, what, words):
        """Paragraph by paragraph, without sentences that have a number."""
        kept = [sentences(line, self.least) for line in words.splitlines()]
        told = "\n".join(line for line in kept if line)
        if count_sentences(told) < count_sentences(words):
            self._leave(
                f"Sentences of {what[:1].lower() + what[1:]}", "they have a number that is not told"
            )
        return told

    def _is_public(self, section):
        if because := LEADERS_ALONE.get(section["key"]):
            self._leave(f"“{section['kicker']}”", because)
        return because is None

    def _section(self, section):
        name = section["kicker"] or section["heading"]
        if section.get("charts") or section["side"]:
            self._leave(f"Drawings and notes of “{name}”", "they have exact figures")
        told = section | {
            "heading": self._text(f"“{name}”", section["heading"]) or name,
            "text": [
                text for text in (self._text(f"“{name}”", each) for each in section["text"]) if text
            ],
            "side": [],
        }
        if "charts" in told:
            told["charts"] = []
        if "findings" in told:
            told["findings"] = [each for each in map(self._finding, section["findings"]) if each]
        if section["key"] == "good_work":
            told["items"] = [self._quote(each) for each in section["items"]]
        if section["key"] == "limits":
            told["items"] = self._limits(section["items"])
        if section["key"] == "since":
            told["rows"] = self._rows(section["rows"])
        if section["key"] == "asks":
            told["asks"] = [each for each in map(self._ask, section["asks"]) if each]
        if says_something(section) and not says_something(told):
            told["text"] = [NOT_TOLD]
        return told

    def _finding(self, finding):
        name = f"Finding {finding['number']}"
        if finding["sure"].startswith(SEEN_ONCE) or finding["claim"].startswith((ONCE, AGAIN)):
            return self._leave(name, "it is a single sighting")
        claim = self._text(name, finding["claim"])
        if not claim:
            return self._leave(name, "its claim is a figure that is not told")
        otherwise = finding["otherwise"]
        return finding | {
            "claim": claim,
            "text": [text for text in (self._text(name, each) for each in finding["text"]) if text],
            "sure": f"{finding['sure'].split('.')[0]}.",
            "quotes": self._quotes(name, finding["quotes"]),
            "otherwise": {
                "text": self._text(name, otherwise["text"]),
                "quotes": self._quotes(name, otherwise["quotes"]),
            },
        }

    def _quotes(self, name, quotes):
        if any(each.get("answer") or "Disputed" in each["how"] for each in quotes):
            self._leave(
                f"A quotation of {name.lower()}",
                "it is disputed, and its answer points to one person",
            )
        return [
            self._quote(each)
            for each in quotes
            if not each.get("answer") and "Disputed" not in each["how"]
        ]

    def _quote(self, quote):
        """Its words alone: beside a month no kind of work stands, and no reply."""
        if quote["how"]:
            self._leave(
                "What stands beside quotations",
                "kind of work and month together may say whose it is",
            )
        return {"text": quote["text"], "how": ""}

    def _limits(self, items):
        told = [each for each in items if not each.startswith("Not told.")]
        if len(told) < len(items):
            self._leave("What leaders are not told, and why", "it names small groups")
        kept = [self._text("The limits", each) for each in told]
        return [*(each for each in kept if each), rule(self.least)]

    def _rows(self, rows):
        told = []
        for row in rows:
            if decision := self._text("What became of a recommendation", row["decision"]):
                became = self._text(
                    "What became of a recommendation", self._not_seen(row["became"])
                )
                told.append(row | {"decision": decision, "became": became, "owner": SOMEONE})
        if rows:
            self._leave("Whose decisions those before were", "it names a person")
        return told

    def _not_seen(self, became):
        """Without what was seen on going back: that is one observation."""
        before, saw, _ = became.partition(SAW)
        if saw:
            self._leave("What was seen on going back", "it is a single sighting")
        return before

    def _ask(self, ask):
        name = f"Recommendation {ask['number']}"
        question = self._text(name, ask["question"])
        if not question:
            return self._leave(name, "its question has a number that is not told")
        self._leave("Who is asked to decide", "it names a person")
        told = {part: self._text(name, ask.get(part, "")) for part in ("what", "equality")}
        return ask | {"question": question, "owner": SOMEONE, **told}

    def _annex(self, annex):
        if annex["charts"]:
            self._leave("Drawings of the annex", "they have exact figures")
        about = [
            each | {"text": text}
            for each in annex["about"]
            if each["subject"] != REPLIES and (text := self._text(each["subject"], each["text"]))
        ]
        return {
            "charts": [],
            "tables": [each for each in map(self._table, annex["tables"]) if each],
            "definitions": [
                each
                for each in annex["definitions"]
                if each["word"] not in ("What is told", "Limits", "95% interval")
            ],
            "about": about,
        }

    def _table(self, table):
        if table["head"] == ASKED_SINCE:
            return self._leave(
                "What was asked since", "it is between leaders and those who wrote to them"
            )
        title = f"The table “{table['title']}”"
        if NOT_SEEN in table["head"]:
            return self._leave(
                title, "its parts and their sum, beside shares, would give away what is hidden"
            )
        rows = [[row[0], *(cell(each, self.least) for each in row[1:])] for row in table["rows"]]
        if any(each is None for row in rows for each in row):
            return self._leave(title, "it has figures that can’t be rounded")
        if any(HIDDEN in row for row in rows):
            self._leave(f"Small figures of “{table['title']}”", f"they are under {self.least}")
        if table["head"][-1] == CHANGE:  # which would tell of a share that is hidden
            rows = [row for row in rows if HIDDEN not in row]
        note = self._text(f"The note of “{table['title']}”", table["note"])
        return table | {"rows": rows, "note": note} if rows else None


def by_reason(left_out):
    """[[what, why], ...] -> [(why, [what, ...]), ...], each reason once."""
    found = {}
    for what, why in left_out:
        found.setdefault(why, []).append(what)
    return list(found.items())


def says_something(section):
    return any(section.get(part) for part in ("text", "findings", "items", "rows", "asks"))


def count_sentences(text):
    return sum(text.count(mark) for mark in ".!?") or bool(text.strip())
