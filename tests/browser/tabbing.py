"""Walking through a page with the Tab key.

The key is held down, as a person may hold it: each press is Chromium's own, and what has the focus is
looked at just before the next. To press and to ask one by one takes three times as long.
"""

from dataclasses import dataclass

MOST_STOPS = 400
AT_ONCE = 20

# A walk begins at the top. Where Chromium begins by itself depends now and then on how fast a page
# was drawn; a page that takes the focus when it opens is found by this too.
#
# At each stop: where the focus is, whether it can be seen, and how it is drawn. A ring may be on the
# control, on what stands behind a link that fills its row, or on the words beside a hidden radio.
BEGIN = """() => {
  const {body, activeElement} = document;
  if (activeElement !== body) return false;
  body.tabIndex = -1;
  body.focus({preventScroll: true});
  body.removeAttribute("tabindex");

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
  const look = (el, before) => {
    const rect = (el.matches("input") && el.offsetWidth < 2 ? el.parentElement : el).getBoundingClientRect();
    const box = [...el.getClientRects()].find(r => r.width > 0 && r.height > 0) ?? rect;
    const top = document.elementFromPoint(
      Math.min(box.left + box.width / 2, innerWidth - 1),
      Math.max(0, Math.min(box.top + Math.min(box.height / 2, 20), innerHeight - 1)),
    );
    const seen = top && (el.contains(top) || top.contains(el) || el.labels?.[0]?.contains(top));
    const focused = drawing(el);
    return {el, focused,
      name: (el.getAttribute("aria-label") || el.labels?.[0]?.textContent || el.textContent || el.name || "").trim().replace(/\\s+/g, " ").slice(0, 60),
      tag: el.tagName,
      place: [...document.querySelectorAll("*")].indexOf(el),
      top: rect.top + scrollY,
      bottom: rect.bottom + scrollY,
      is_in_sight: Boolean(seen) && rect.bottom > 0 && rect.top < innerHeight,
      has_ring: focused.replaceAll("|", "") !== "" && (!before || drawing(before.el) !== before.focused),
    };
  };

  const walk = window.walkByTab = {stops: [], isOver: false};
  walk.note = () => {
    const el = document.activeElement, last = walk.stops.at(-1);
    if (walk.isOver || el === last?.el) return;
    walk.isOver = !el || el === body || el === walk.stops[0]?.el;
    if (!walk.isOver) walk.stops.push(look(el, last));
  };
  addEventListener("keydown", ({key}) => {
    if (key !== "Tab") return;
    if (walk.hasBegun) walk.note();
    walk.hasBegun = true;
  }, {capture: true});
  return true;
}"""
END = """() => {
  walkByTab.note();
  return walkByTab.isOver && walkByTab.stops.map(({el, focused, ...stop}) => stop);
}"""
LAST = "walkByTab.stops.slice(-3).map(({tag, name}) => `${tag} ${name}`)"


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
    for _ in range(0, MOST_STOPS, AT_ONCE):
        page.keyboard.press("+".join(["Tab"] * AT_ONCE))
        if stops := page.evaluate(END):
            return [Stop(**stop) for stop in stops]
    raise AssertionError(f"The focus never leaves the page: {page.evaluate(LAST)}")
