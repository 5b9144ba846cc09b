"""Which passages of a briefing can be asked about, as the frozen content has them."""

NAMES = {"since": "Since last time", "limits": "Limits"}


def places_of(content):
    """{place: its words}: every finding by its claim, and every section by its heading, in page order."""
    found = {}
    for section in content["sections"]:
        if section["key"] == "asks":
            continue  # a recommendation has its decision
        name = section["kicker"] or NAMES.get(section["key"], section["key"])
        found[section["key"]] = ": ".join(filter(None, [name, section["heading"]]))[:200]
        for finding in section.get("findings", []):
            words = f"Finding {finding['number']}: {finding['claim']}"
            found[f"finding-{finding['number']}"] = words[:200]
    return found
