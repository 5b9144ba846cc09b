"""The rules of WCAG 2.2 A and AA, as far as a machine can look for them."""

from django.conf import settings

SCRIPT = settings.BASE_DIR / "node_modules/axe-core/axe.min.js"
# For a window that opens one page after another: what the browser read once it need not read again.
AT_ONCE = SCRIPT.read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page):
    """Each rule that the page breaks and the elements that break it; nothing is let past."""
    if page.evaluate("!window.axe"):
        page.evaluate(SCRIPT.read_text())
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
        TAGS,
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
