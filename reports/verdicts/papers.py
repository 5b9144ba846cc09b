"""A verdict file's content as a tagged PDF (PDF/UA-1) and as a Word document.

What was decided is beside the content, which was frozen before: both papers say so.
"""

from practicelens import typesetting
from reports.briefings.render import pdf as of_briefings
from reports.briefings.render import word as in_word
from reports.briefings.render import word_template
from reports.periods import day_words

TEMPLATE = of_briefings.TEMPLATE.with_name("verdict.typ")
AS_LOOSE_AS_CAN_BE = {"body": 0, "annex": 0, "parted": False}
DRAFT = "Draft, not with leaders"
BESIDE = "The decision is beside the content and not in its fingerprint."
BY_RULE = "First words by rule, from the counts."


def decided(verdict):
    """What was decided as papers tell it, or None."""
    decision = verdict.decision_made
    if decision is None:
        return None
    return {
        "course": decision.get_course_display(),
        "reason": decision.reason.splitlines(),
        "by": decision.by.by_post,
        "on": day_words(decision.decided_on),
    }


def pdf(content, sha256, decision=None):
    """The PDF; the same content and decision give the same bytes."""
    told = {**content, "sha256": sha256, "issue": content["number"], "decision": decision}
    paper = typesetting.printable(told)
    paper["charts"] = [
        of_briefings.drawn_chart(chart, of_briefings.WHOLE) for chart in paper["charts"]
    ]
    return typesetting.pdf(TEMPLATE, briefing=paper, fit=AS_LOOSE_AS_CAN_BE)


def word(content, sha256, decision=None, template=None):
    """The document, in the organisation's own `template` if it has one."""
    charts = {"sections": [], "annex": {"charts": content["charts"]}}
    paper = in_word.Paper(charts, template)
    if not template:
        state = [] if content["issued_on"] else [DRAFT]
        in_word.foot_of(paper, [name_of(content), f"Content {sha256[:12]}", *state])
    add_head(paper, content)
    if decision:
        add_decision(paper, decision)
    paper.heading("The advice: " + (content["advice"]["course"].lower() or "none yet"), 1)
    add_words(paper, content["advice"]["text"])
    for case in content["cases"]:
        add_case(paper, case)
    add_quotes(paper, content["quotes"])
    add_figures(paper, content)
    add_about(paper, content, sha256)
    in_word.say(
        paper.document,
        title=content["title"],
        subject=name_of(content),
        author=content["organisation"],
        lang=content["lang"],
    )
    return word_template.save(paper.document)


def name_of(content):
    return f"Verdict file {content['number']}"


def add_head(paper, content):
    issued = f"Put before leaders {content['issued_on']}" if content["issued_on"] else DRAFT
    paper.words(f"{content['organisation']}. {name_of(content)}. {issued}")
    paper.words(content["title"], "Title")
    subject = content["subject"]
    paper.words(
        f"{content['unit']}. Of {subject['framework']}. In use since {subject['began']}. "
        f"The figures cover {content['window']['words']}."
    )
    if content["strip"]:
        rows = [[each["figure"], each["words"]] for each in content["strip"]]
        paper.table(["Figure", "What it is"], rows, "In short")


def add_decision(paper, decision):
    paper.heading(f"Decided: {decision['course'].lower()}", 1)
    for text in decision["reason"]:
        paper.words(text)
    paper.words(f"By {decision['by']}, on {decision['on']}. {BESIDE}")


def add_words(paper, texts):
    for text in texts or ["Nothing is written yet."]:
        paper.words(text)


def add_case(paper, case):
    for part, title, level in (("text", "title", 1), ("opposite", "opposite_title", 2)):
        paper.heading(case[title], level)
        add_words(paper, case[part])
        if part in case["by_rule"]:
            paper.words(BY_RULE)


def add_quotes(paper, quotes):
    if not (quotes["seen"] or quotes["otherwise"]):
        return
    paper.heading("Words from practice", 1)
    paper.words("Each was released and told in an issued briefing before.")
    for name, title in (("seen", "Where it was seen"), ("otherwise", "Counter-examples")):
        if quotes[name]:
            paper.heading(title, 2)
        for quote in quotes[name]:
            paper.quotation(quote)


def add_figures(paper, content):
    if content["charts"] or content["tables"]:
        paper.heading("What it rests on", 1)
        paper.words(f"{content['window']['words']}. {content['rule']}")
    for chart in content["charts"]:
        paper.picture(chart)
        paper.table(chart["table"]["head"], chart["table"]["rows"], chart["title"])
    for table in content["tables"]:
        paper.words(table["title"], "Caption")
        paper.table(table["head"], table["rows"], table["title"])
        if table["note"]:
            paper.words(table["note"])


def add_about(paper, content, sha256):
    paper.heading("Limits", 1)
    paper.bullets(content["limits"])
    if approved := content["approved"]:
        paper.heading("About this file", 1)
        paper.words(f"{approved['by']}, {approved['on']}. {approved['words']}")
    paper.words(f"Content, SHA-256: {sha256}")
