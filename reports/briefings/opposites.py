"""What speaks against a finding: in passages that can be quoted, and in what was counted besides."""

from frameworks.themes import mergers
from practicelens.numbers import plural

COUNTED = {
    "for": ("observation", "rated it lower or missed it", "no passage of theirs"),
    "against": ("observation", "rated it higher", "no passage of theirs"),
    "helps": ("passage", "say that it gets in the way", "none of them"),
    "hinders": ("passage", "say that it helps", "none of them"),
}
OF_ONE = {"no passage of theirs": "no passage of it", "none of them": "it"}


def count_opposites(briefing, summary):
    """Keeps with each finding's subject how many were counted against it, of what is told of.

    With the figures and not later: what is counted later may be of observations that came late.
    """
    for subject in briefing.figures["subjects"].values():
        subject.pop("opposite", None)
        if summary is not None:
            subject["opposite"] = counted_against(summary, subject)


def counted_against(summary, subject):
    if "theme" in subject:
        row = summary.theme(mergers.counted_in(subject["theme"]))
        return getattr(row, {"helps": "hinders", "hinders": "helps"}[subject["side"]], 0)
    row = summary.criterion(subject["criterion"])
    if row is None:
        return 0
    return row.upper if subject["side"] == "against" else row.seen - row.upper + row.missed


def none_found(found, subject):
    """What a finding says where no passage of its opposite is found: that, and what was counted.

    Not in how many passages: they are looked for at any time, so that they may be of more than is
    told of.
    """
    where = "every passage" if found.looked else "no passage"
    said = f"Looked for the opposite in {where} that can be quoted: none found."
    count = subject.get("opposite")
    if not count:
        return said
    noun, verb, none = COUNTED[subject["side"]]
    if count == 1:
        verb, none = verb.replace("say ", "says "), OF_ONE[none]
    words = f"{plural(count, noun)} {verb}"
    if found.confirmed or found.suggested:
        return f"{said} {words}."
    can = "can’t be quoted" if none == "it" else "can be quoted"
    return f"{said} {words}; {none} {can}."
