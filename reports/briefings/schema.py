"""A check that content is what docs/briefing-schema.md says, part by part."""

SECTIONS = ["framework", "families", "conditions", "good_work", "since", "asks", "limits"]
STATES = {"Overdue", "Waiting", "Under way", "Done", "Not now", "Declined"}
CHARTS = {"levels", "helps_hinders", "run", "bars", "coverage", "shares"}

QUOTE = {"text": str, "how": str}
FINDING = {
    "number": int,
    "claim": str,
    "text": [str],
    "sure": str,
    "quotes": [QUOTE],
    "otherwise": {"text": str, "quotes": [QUOTE]},
}
CHART = {
    "kind": CHARTS,
    "title": str,
    "counted": str,
    "alt": str,
    "verdict": str,
    "data": dict,
    "table": {"head": [str], "rows": [[str]]},
}
HEAD = {"key": str, "kicker": str, "heading": str, "text": [str], "side": [str]}
EVIDENCE = {**HEAD, "charts": [CHART], "findings": [FINDING]}
PARTS = {
    "framework": EVIDENCE,
    "families": EVIDENCE,
    "conditions": EVIDENCE,
    "good_work": {**HEAD, "items": [QUOTE]},
    "since": {
        **HEAD,
        "rows": [
            {
                "state": STATES,
                "days": str,
                "decision": str,
                "owner": str,
                "due": str,
                "became": str,
            }
        ],
    },
    "asks": {
        **HEAD,
        "asks": [
            {"number": int, "question": str, "what": str, "cost": str, "owner": str, "due": str}
        ],
    },
    "limits": {**HEAD, "items": [str]},
}
CONTENT = {
    "schema": {"practicelens.briefing/1"},
    "lang": str,
    "organisation": str,
    "unit": str,
    "month": str,
    "month_words": str,
    "issue": int,
    "version": int,
    "title": str,
    "issued_on": (str, None),
    "evidence_to": str,
    "window": {"months": int, "words": str},
    "threshold": int,
    "supersedes": (
        {
            "issue": int,
            "version": int,
            "sha256": str,
            "changes": [{"where": str, "before": str, "after": str}],
        },
        None,
    ),
    "approved": ({"by": str, "on": str, "words": str}, None),
    "strip": [{"figure": str, "words": str}],
    "confidence": str,
    "answers": {"know": str, "how": str, "doing": str},
    "sections": list,
    "annex": {
        "charts": [CHART],
        "tables": [{"title": str, "head": [str], "rows": [[str]], "note": str}],
        "definitions": [{"word": str, "meaning": str}],
        "about": [{"subject": str, "text": str}],
    },
}


class NotContent(Exception):
    """Something is not as the schema says."""


def check_content(content):
    """Raise NotContent, naming the place, unless this is content of schema practicelens.briefing/1."""
    _check(content, CONTENT, "content")
    found = [section.get("key") for section in content["sections"]]
    if found != SECTIONS:
        raise NotContent(f"content.sections: {found} instead of {SECTIONS}")
    for section in content["sections"]:
        _check(section, PARTS[section["key"]], f"content.sections.{section['key']}")


def _check(value, shape, where):
    if isinstance(shape, tuple):
        if value is not None:
            _check(value, shape[0], where)
    elif isinstance(shape, set):
        _hold(value in shape, where, f"one of {sorted(shape)}")
    elif isinstance(shape, dict):
        _check_object(value, shape, where)
    elif isinstance(shape, list):
        _hold(isinstance(value, list), where, "a list")
        for place, each in enumerate(value):
            _check(each, shape[0], f"{where}[{place}]")
    else:
        fits = isinstance(value, shape) and not (shape is int and isinstance(value, bool))
        _hold(fits, where, shape.__name__)


def _check_object(value, shape, where):
    _hold(isinstance(value, dict), where, "an object")
    _hold(set(value) == set(shape), where, f"an object with {sorted(shape)}")
    for name, part in shape.items():
        _check(value[name], part, f"{where}.{name}")


def _hold(fits, where, expected):
    if not fits:
        raise NotContent(f"{where} is not {expected}")
