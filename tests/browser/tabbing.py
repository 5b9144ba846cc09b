"""Walking through a page with the Tab key."""

from dataclasses import dataclass

MOST_STOPS = 400

# Where the focus is, whether it can be seen, and how it is drawn. A ring may be on the control, on
# what stands behind a link that fills its row, or on the words beside a hidden radio.
LOOK = """() => {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  const drawn = (node, part) => {
    const style = getComputedStyle(node, part);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return (outline || style.boxShadow !== "none") ? style.outline + style.boxShadow : "";
  };
  const drawing = node => {
    const beside = node.nextElementSibling;
    const parts = [[node], [node, "::after"], [node, "::before"]];
    if (beside && node.matches("input")) parts.push([beside], [beside, "::before"]);
    return parts.map(([where, part]) => drawn(where, part)).join("|");
  };
  const rect = (el.matches("input") && el.offsetWidth < 2 ? el.parentElement : el).getBoundingClientRect();
  const box = [...el.getClientRects()].find(r => r.width > 0 && r.height > 0) ?? rect;
  const top = document.elementFromPoint(
    Math.min(box.left + box.width / 2, innerWidth - 1),
    Math.max(0, Math.min(box.top + Math.min(box.height / 2, 20), innerHeight - 1)),
  );
  const seen = top && (el.contains(top) || top.contains(el) || el.labels?.[0]?.contains(top));
  const focused = drawing(el);
  const before = window.lastStop;
  window.lastStop = {el, focused};
  return {
    name: (el.getAttribute("aria-label") || el.labels?.[0]?.textContent || el.textContent || el.name || "").trim().replace(/\\s+/g, " ").slice(0, 60),
    tag: el.tagName,
    place: [...document.querySelectorAll("*")].indexOf(el),
    top: rect.top + scrollY,
    bottom: rect.bottom + scrollY,
    seen: Boolean(seen) && rect.bottom > 0 && rect.top < innerHeight,
    ring: focused.replaceAll("|", "") !== "",
    ringGoes: !before || before.el === el || drawing(before.el) !== before.focused,
  };
}"""


# A walk begins at the top. Where Chromium begins by itself depends now and then on how fast a page
# was drawn; a page that takes the focus when it opens is found by this too.
BEGIN = """() => {
  const {body, activeElement} = document;
  body.tabIndex = -1;
  body.focus({preventScroll: true});
  body.removeAttribute("tabindex");
  return activeElement === body;
}"""


@dataclass(frozen=True)
class Stop:
    name: str
    tag: str
    place: int  # in the document
    top: float
    bottom: float
    is_in_sight: bool
    has_ring: bool

    def is_above(self, before):
        return self.bottom < before.top


def stops_of(page):
    """Every stop from the top, until the focus leaves the page."""
    assert page.evaluate(BEGIN), "the page took the focus when it opened"
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        found = page.evaluate(LOOK)
        if found is None or (stops and found["place"] == stops[0].place):
            return stops
        stops.append(
            Stop(
                found["name"],
                found["tag"],
                found["place"],
                found["top"],
                found["bottom"],
                found["seen"],
                found["ring"] and found["ringGoes"],
            )
        )
    raise AssertionError(f"The focus never leaves the page: {stops[-3:]}")
