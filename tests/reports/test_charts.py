from xml.etree import ElementTree

import pytest

from reports.charts import SHAPES, SIZES, draw, palette
from reports.charts.text import width, wrap
from tests.reports import sample_content

SVG = "{http://www.w3.org/2000/svg}"

CHARTS = {
    "levels": sample_content.levels_chart(),
    "helps_hinders": sample_content.helps_hinders_chart(),
    "run": sample_content.run_chart(9),
    "run with limits": sample_content.run_chart(18),
    "bars": sample_content.bars_chart(
        "Most is seen by direct observation",
        "Observations",
        [("Own practice", 6, True), ("Worked alongside", 11, True), ("Read about", 7, False)],
        {"first": 0, "last": 1, "words": "17 of 24 direct observations"},
    ),
    "coverage": sample_content.coverage_chart(),
    "shares": sample_content.shares_chart(),
    "then_now": sample_content.then_now_chart(),
    "year": sample_content.year_chart(),
}
EMPTY = {
    "levels": {"levels": ["Not yet", "Evident"], "of": 0, "rows": []},
    "helps_hinders": {"rows": []},
    "run": {
        "counted": "Minutes",
        "points": [{"label": "Oct 2026", "value": None, "special": False}],
        "centre": {"kind": "median", "value": None},
        "limits": None,
        "joins": [],
    },
    "bars": {"rows": [], "bracket": None},
    "coverage": {"columns": [], "rows": []},
    "shares": {"rows": []},
    "then_now": {"points": []},
    "year": {"points": []},
}
LONG = "An uncommonly long name for a team, a theme or a criterion, such as people do write " * 3

every_chart = pytest.mark.parametrize("name", CHARTS)
every_size = pytest.mark.parametrize("size", SIZES)


def parsed(chart, size="wide", **how):
    return ElementTree.fromstring(draw(chart, size, **how))


def words_of(tree):
    return " ".join(text.text or "" for text in tree.iter(f"{SVG}text"))


def relabelled(chart, label):
    rows = [{**row, "label": label} for row in chart["data"]["rows"]]
    return {**chart, "data": {**chart["data"], "rows": rows}}


@every_chart
@every_size
def test_every_chart_is_well_formed_and_styled_by_attributes_alone(name, size):
    tree = parsed(CHARTS[name], size)

    assert not [element for element in tree.iter() if "style" in element.attrib]
    assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= {
        "svg", "defs", "pattern", "rect", "line", "path", "circle", "text",
    }  # fmt: skip


@every_chart
def test_on_screen_a_chart_is_an_image_with_its_text_alternative(name):
    tree = parsed(CHARTS[name], "narrow")

    assert tree.get("role") == "img"
    assert tree.get("aria-label") == CHARTS[name]["alt"]


@every_chart
@every_size
@pytest.mark.parametrize("long", [False, True])
def test_no_text_leaves_the_drawing(name, size, long):
    chart = CHARTS[name]
    if long and "rows" in chart["data"]:
        chart = relabelled(chart, LONG)
    tree = parsed(chart, size)
    wide, high = float(tree.get("width")), float(tree.get("height"))

    for text in tree.iter(f"{SVG}text"):
        start, end = span(text, SIZES[size].type)
        assert start > -0.5, text.text
        assert end < wide + 0.5, text.text
        assert 0 < float(text.get("y")) < high, text.text


def span(text, size):
    x, bold = float(text.get("x")), text.get("font-weight") == "600"
    wide = width(text.text, size, bold)
    start = {"end": x - wide, "middle": x - wide / 2}.get(text.get("text-anchor"), x)
    return start, start + wide


@every_chart
@every_size
def test_no_shape_leaves_the_drawing(name, size):
    tree = parsed(CHARTS[name], size)
    wide, high = float(tree.get("width")), float(tree.get("height"))

    drawn = list(tree.findall(f"{SVG}rect"))
    for rect in drawn:
        x, y = float(rect.get("x")), float(rect.get("y"))
        assert -0.1 <= x <= x + float(rect.get("width")) <= wide + 0.1
        assert -0.1 <= y <= y + float(rect.get("height")) <= high + 0.1


@pytest.mark.parametrize("kind", SHAPES)
@every_size
def test_a_chart_without_data_says_nothing_yet(kind, size):
    chart = {"kind": kind, "alt": "There is nothing to show.", "verdict": "", "data": EMPTY[kind]}

    assert words_of(parsed(chart, size)) == "Nothing yet"


@every_size
def test_a_withheld_count_is_an_open_stub_with_the_words(size):
    tree = parsed(CHARTS["helps_hinders"], size)
    stubs = [path for path in tree.iter(f"{SVG}path") if path.get("stroke") == palette.EDGE]

    assert len(stubs) == 1
    assert "fewer than 5" in words_of(tree)


@every_size
def test_a_row_of_levels_under_the_threshold_shows_no_count(size):
    row = {
        "label": "Next steps are clear and small",
        "seen": None,
        "parts": [{"levels": [0, 1, 2, 3], "count": None, "shown": "fewer than 5"}],
        "not_seen": None,
    }
    data = {"levels": sample_content.LEVELS, "of": 62, "rows": [row]}
    chart = {"kind": "levels", "alt": "Seen in fewer than 5.", "verdict": "", "data": data}
    words = words_of(parsed(chart, size))

    assert "fewer than 5" in words
    assert "62" not in words


@every_size
@pytest.mark.parametrize("count", [0, None])
def test_helps_and_hinders_stand_without_any_bar(size, count):
    half = {"count": count, "shown": "none" if count == 0 else "fewer than 5"}
    data = {"rows": [{"label": "Poverty", "helps": half, "hinders": half}]}
    chart = {"kind": "helps_hinders", "alt": "Neither.", "verdict": "", "data": data}

    assert words_of(parsed(chart, size)).count(half["shown"]) == 2


def test_joined_levels_say_so_where_there_is_room():
    assert "11 together" in words_of(parsed(CHARTS["levels"], width=1400))


def test_special_points_are_diamonds_and_the_rest_are_round():
    tree = parsed(CHARTS["run with limits"])
    points = CHARTS["run with limits"]["data"]["points"]
    diamonds = [path for path in tree.iter(f"{SVG}path") if path.get("fill") == palette.SPECIAL]

    assert len(diamonds) == sum(point["special"] for point in points)
    assert len(list(tree.iter(f"{SVG}circle"))) == sum(not point["special"] for point in points)


@every_size
def test_a_month_that_is_not_over_is_a_ring_on_dashes(size):
    chart = sample_content.run_chart(18)
    chart["data"]["points"][-1] |= {"open": True, "special": False}
    tree = parsed(chart, size)

    (ring,) = [each for each in tree.iter(f"{SVG}circle") if each.get("fill") == palette.WHITE]
    assert ring.get("stroke") == palette.LAGOON
    assert [each for each in tree.iter(f"{SVG}path") if each.get("stroke-dasharray")]
    assert "24 so far in Oct 2026" in words_of(tree)


def test_the_only_month_may_be_one_that_is_not_over():
    chart = sample_content.run_chart(1)
    chart["data"]["points"][0]["open"] = True

    assert "Too few points for limits (0 of 12)" in words_of(parsed(chart))


def test_too_few_points_are_said_in_the_drawing_unless_the_verdict_says_it():
    silent = words_of(parsed(CHARTS["run"]))
    told = words_of(parsed({**CHARTS["run"], "verdict": "Nine months: too few points for limits."}))

    assert "Too few points for limits (9 of 12)" in silent
    assert "Too few" not in told


def test_a_month_without_a_value_breaks_the_line():
    chart = sample_content.run_chart(9)
    chart["data"]["points"][4]["value"] = None
    lines = [path for path in parsed(chart).iter(f"{SVG}path") if path.get("fill") == "none"]

    assert len(lines) == 2


def test_families_stand_below_professionals_in_the_shares():
    words = words_of(parsed(CHARTS["shares"]))

    assert words.index("Chair") < words.index("Parents and carers")


@every_size
def test_a_grid_of_many_columns_turns_into_bands(size):
    columns = [f"Kind of work {number}" for number in range(13)]
    cells = [{"count": number, "shown": str(number)} for number in range(13)]
    data = {"columns": columns, "rows": [{"label": "Riverside", "cells": cells}]}
    chart = {"kind": "coverage", "alt": "Thirteen kinds of work.", "verdict": "", "data": data}
    words = words_of(parsed(chart, size))

    assert words.count("Riverside") > 1
    assert all(f"work {number}" in words for number in range(13))


@every_chart
def test_pattern_ids_differ_between_the_drawings_of_a_page(name):
    drawings = [parsed(CHARTS[name], size) for size in ("wide", "narrow")]
    ids = [element.get("id") for tree in drawings for element in tree.iter() if element.get("id")]

    assert len(ids) == len(set(ids))


def test_words_that_look_like_markup_stay_words():
    hostile = '<script>alert(1)</script> & "quoted"'
    chart = relabelled({**CHARTS["bars"], "alt": hostile}, hostile)
    tree = parsed(chart, width=1400)

    assert tree.get("aria-label") == hostile
    assert hostile in words_of(tree)


def test_macrons_and_circumflexes_are_drawn_as_they_are():
    label = "Kōrero Ōtaki, tŷ ŵyr"

    assert label in words_of(parsed(relabelled(CHARTS["bars"], label)))


def test_words_turn_into_two_lines_and_the_rest_is_cut():
    lines = wrap(LONG, 16, 200)

    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(width(line, 16) <= 200 for line in lines)


def test_a_figure_keeps_its_noun():
    assert wrap("seen in 44\xa0of\xa062", 16, 70) == ["seen in", "44\xa0of\xa062"]


def test_widths_are_those_of_the_typeface():
    # Source Sans 3 Regular: H 652, o 542, ō 542 thousandths, and 2% for other faces.
    assert width("Hoō", 1000) == pytest.approx((652 + 542 + 542) * 1.02)


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("ground", "text"), palette.LEVELS)
def test_a_count_can_be_read_on_its_level(ground, text):
    assert contrast(ground, text) >= 4.5


@pytest.mark.parametrize(
    "colour",
    [palette.SLATE, palette.LAGOON, palette.MULBERRY, palette.MULBERRY_MID, palette.SPECIAL],
)
def test_words_can_be_read_on_white(colour):
    assert contrast(colour, palette.WHITE) >= 4.5


@pytest.mark.parametrize(
    "colour", [palette.EDGE, palette.CONTEXT, palette.LAGOON, palette.LAGOON_MID]
)
def test_marks_can_be_told_from_white(colour):
    assert contrast(colour, palette.WHITE) >= 3


@pytest.mark.parametrize("count", [2, 3, 4, 5, 11])
def test_levels_run_from_white_to_the_deepest_and_no_two_are_alike(count):
    grounds = [ground for ground, _ in palette.level_colours(count)]

    assert (grounds[0], grounds[-1]) == (palette.WHITE, palette.LAGOON_DEEP)
    assert sorted(set(grounds), key=luminance, reverse=True) == grounds
    assert all(contrast(*colours) >= 4.5 for colours in palette.level_colours(count))


def test_a_scale_of_one_word_is_drawn_dark():
    assert palette.level_colours(1) == [(palette.LAGOON_DEEP, palette.WHITE)]


@pytest.mark.parametrize(
    ("names", "marks", "in_the_key"),
    [
        (["Poor", "Fair", "Good", "Best"], [], "Poor"),
        ([str(number) for number in range(11)], [str(number) for number in range(11)], "0"),
        (["Poor", "Weak", "Fair", "Good", "Best"], ["1", "2", "3", "4", "5"], "1 Poor"),
    ],
)
def test_more_levels_than_tones_tell_apart_have_a_mark_each(names, marks, in_the_key):
    assert palette.level_marks(names) == marks
    assert palette.marked(names)[0] == in_the_key


def eleven(parts):
    row = {"label": "Safety", "seen": 40, "parts": parts, "not_seen": 3}
    data = {"levels": [str(number) for number in range(11)], "of": 43, "rows": [row]}
    return {"kind": "levels", "alt": "Seen in 40 of 43.", "verdict": "", "data": data}


@every_size
def test_each_part_of_eleven_levels_says_which_it_is_inside_the_drawing(size):
    parts = [{"levels": [level], "count": level % 4, "shown": ""} for level in range(11)]
    tree = parsed(eleven(parts), size)
    after_the_key = words_of(tree).partition("Not seen")[2].split()

    marks = [word for word in after_the_key if word in {"5", "6", "7", "9", "10"}]
    assert marks == ["5", "6", "7", "9", "10"]
    wide = float(tree.get("width"))
    for text in tree.iter(f"{SVG}text"):
        start, end = span(text, SIZES[size].type)
        assert -0.5 < start < end < wide + 0.5, text.text


def test_levels_told_together_say_the_first_and_the_last():
    parts = [
        {"levels": [0, 1, 2, 3, 4], "count": 12, "shown": "12 together"},
        {"levels": list(range(5, 11)), "count": 28, "shown": "28 together"},
    ]
    words = words_of(parsed(eleven(parts)))

    assert "0–4" in words
    assert "5–10" in words
