from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics import (
    join_neighbours,
    ordinal_alpha,
    protect,
    protect_levels,
    xmr,
)

# Published: the vignette "deviations" and the tests of the R package NHSRplotthedots.
NHS_ONE_OUTLIER = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
NHS_STABLE = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621,
    -1.26506123, -0.68685285, -0.44566197, 1.2240818, 0.35981383, 0.40077145, 0.11068272,
    -0.55584113, 1.78691314, 0.49785048, -1.96661716, 0.7013559, -0.47279141,
]  # fmt: skip
NHS_OUTLIER_AT_15 = [*NHS_STABLE[:14], 10, *NHS_STABLE[15:]]
NHS_OPPOSITE_SIDES = [1, -1] * 7 + [5.5, -5.5]
STEADY_RISE = [
    40, 38, 41, 39, 40, 42, 39, 41, 43, 44, 46, 47, 49, 50, 52, 51, 50, 52, 51, 53,
]  # fmt: skip
BASE = [50, 52, 48, 51, 49, 50, 53, 47, 51, 49, 48, 50]
RAISED = [56, 57, 55, 58, 56, 57, 55]

counts = st.integers(0, 12)


@pytest.mark.parametrize(
    ("values", "mean", "upper", "lower"),
    [
        pytest.param(NHS_ONE_OUTLIER, 1.94, 6.95, -3.06, id="one outlier"),
        pytest.param(NHS_STABLE, 0.1416238, 3.294627, -3.01138, id="stable"),
        pytest.param(NHS_OUTLIER_AT_15, 0.6694159, 5.935457, -4.596625, id="outlier of ten"),
    ],
)
def test_limits_are_those_the_nhs_publishes(values, mean, upper, lower):
    run = xmr(values)

    assert (run.centre, run.upper, run.lower) == pytest.approx((mean, upper, lower), abs=0.005)


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        pytest.param(NHS_ONE_OUTLIER, {"astronomical": [4]}, id="beyond a limit"),
        pytest.param(NHS_STABLE, {}, id="nothing special"),
        pytest.param(NHS_OUTLIER_AT_15, {"astronomical": [14]}, id="outlier of ten"),
        pytest.param(NHS_OPPOSITE_SIDES, {}, id="near both limits is not near one"),
        pytest.param([*BASE, *RAISED, 58], {"shift": list(range(12, 20))}, id="shift of eight"),
        pytest.param([*BASE, *RAISED, 47], {"shift": list(range(12, 19))}, id="shift of seven"),
        pytest.param(
            [50, 52, 49, 51, 50, 51, 48, 49, 50, 51, 52, 53, 50, 52, 49, 51, 50, 52, 49, 51],
            {},
            id="a rise of six points is no trend",
        ),
        pytest.param(
            [10, 10.5] * 5 + [10, 11.4, 11.4, 10.5] + [10, 10.5] * 5,
            {"two_in_three": [11, 12]},
            id="two of three near the upper limit",
        ),
        pytest.param(
            STEADY_RISE,
            {
                "astronomical": [0, 1, 3, 4, 6, 14, 15, 17, 18, 19],
                "shift": list(range(20)),
                "trend": list(range(6, 15)),
                "two_in_three": [5, 7, 12, 13],
            },
            id="a steady rise breaks every rule",
        ),
    ],
)
def test_special_causes_are_those_of_the_nhs_rules(values, flags):
    found = xmr(values).flags

    assert {rule: marked for rule, marked in found.items() if marked} == flags


def test_under_twelve_points_there_is_a_median_and_nothing_more():
    run = xmr([4, 6, 100, 5, None, 3, 4, 5, 6, 4, 5, 4])

    assert (run.kind, run.centre) == ("median", 5)
    assert (run.upper, run.lower, run.special) == (None, None, set())


def test_a_gap_moves_no_flag_to_another_month():
    run = xmr([None, *NHS_ONE_OUTLIER])

    assert run.special == {5}


def test_a_series_without_values_has_no_centre():
    assert xmr([None, None]).centre is None


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        pytest.param([12, 9, 0], [12, 9, 0], id="nothing small"),
        pytest.param([12, 9, 3], [12, None, None], id="one gap would be the total less the rest"),
        pytest.param([20, 4, 3], [20, None, None], id="two small that hide each other"),
        pytest.param([20, 4, 4, 9], [20, None, None, None], id="two that can only be the largest"),
        pytest.param([30, 30, 4], [None, None, None], id="equal counts go together"),
        pytest.param([20, 1, 2, 9], [20, None, None, None], id="together still small"),
        pytest.param([4, 0, 0], [None, None, None], id="zeros hide a lone small count"),
        pytest.param([0, 0], [0, 0], id="zeros alone are shown"),
    ],
)
def test_small_counts_are_withheld_with_enough_others(parts, shown):
    assert protect(parts, 5) == shown


def rows_that_look_like(shown, total, threshold):
    """Every row that a reader who knows the rule and the total could not tell from this one."""
    gaps = shown.count(None)
    rest = total - sum(count for count in shown if count is not None)
    for filling in fillings(gaps, rest):
        values = iter(filling)
        row = [next(values) if count is None else count for count in shown]
        if protect(row, threshold) == shown:
            yield row


def fillings(gaps, rest):
    if gaps == 1:
        yield (rest,)
        return
    for first in range(rest + 1):
        for others in fillings(gaps - 1, rest - first):
            yield (first, *others)


@given(st.lists(counts, min_size=2, max_size=4), st.integers(3, 6))
def test_a_withheld_count_cannot_be_worked_out_even_by_one_who_knows_the_rule(parts, threshold):
    shown = protect(parts, threshold)
    hidden = [at for at, count in enumerate(shown) if count is None]

    assert all(count is None or count == 0 or count >= threshold for count in shown)
    if hidden:
        alike = list(rows_that_look_like(shown, sum(parts), threshold))
        assert all(len({row[at] for row in alike}) > 1 for at in hidden)


@pytest.mark.parametrize("people", [5, 6])
def test_single_people_in_every_part_are_not_told_by_their_number(people):
    shown = protect([1] * people + [0], 5)

    assert shown == [None] * (people + 1)


@pytest.mark.parametrize(
    ("levels", "parts"),
    [
        pytest.param([6, 14, 24, 7], [([0], 6), ([1], 14), ([2], 24), ([3], 7)], id="none small"),
        pytest.param([18, 14, 8, 3], [([0], 18), ([1], 14), ([2, 3], 11)], id="the top is small"),
        pytest.param([2, 14, 8, 0], [([0, 1], 16), ([2], 8), ([3], 0)], id="the bottom is small"),
        pytest.param([6, 0, 3], [([0, 1, 2], 9)], id="over a zero"),
        pytest.param([1, 1, 1, 2], [([0, 1, 2, 3], 5)], id="all small, together enough"),
        pytest.param([1, 0, 2, 1], [([0, 1, 2, 3], None)], id="the whole row is small"),
        pytest.param([0, 0], [([0], 0), ([1], 0)], id="nothing seen"),
    ],
)
def test_small_levels_are_joined_with_their_neighbours(levels, parts):
    joined = [(part["levels"], part["count"]) for part in join_neighbours(levels, 5)]

    assert joined == parts


@given(st.lists(counts, min_size=1, max_size=6), st.integers(2, 6))
def test_joined_levels_keep_their_order_and_their_sum_and_none_is_small(levels, threshold):
    parts = join_neighbours(levels, threshold)

    assert [level for part in parts for level in part["levels"]] == list(range(len(levels)))
    if parts[0]["count"] is None:
        assert 0 < sum(levels) < threshold
    else:
        assert sum(part["count"] for part in parts) == sum(levels)
        assert not any(0 < part["count"] < threshold for part in parts)


@pytest.mark.parametrize(
    ("levels", "parts"),
    [
        pytest.param([6, 14, 24, 7], [([0], 6), ([1], 14), ([2], 24), ([3], 7)], id="none small"),
        pytest.param([18, 14, 8, 3], [([0], 18), ([1], 14), ([2, 3], 11)], id="the top is small"),
        pytest.param([2, 14, 8, 0], [([0, 1], 16), ([2], 8), ([3], 0)], id="the bottom is small"),
        pytest.param([1, 0, 2, 1], [([0, 1, 2, 3], None)], id="the whole row is small"),
        pytest.param([0, 0, 18, 11], [([0], 0), ([1], 0), ([2], 18), ([3], 11)], id="all above"),
    ],
)
def test_a_small_level_is_told_with_its_half(levels, parts):
    told = [(part["levels"], part["count"]) for part in protect_levels(levels, 5)]

    assert told == parts


@pytest.mark.parametrize(
    ("levels", "leaning"),
    [
        pytest.param([1, 0, 18, 11], "upper", id="almost every one evident or strong"),
        pytest.param([12, 9, 2, 1], "lower", id="almost every one below"),
        pytest.param([2, 1, 3, 1], "", id="both halves small"),
        pytest.param([1, 0, 5, 0], "", id="too few to say without telling"),
    ],
)
def test_a_small_half_is_told_with_the_other(levels, leaning):
    part = {"levels": [0, 1, 2, 3], "count": sum(levels), "leaning": leaning}

    assert protect_levels(levels, 5) == [part]


@given(st.lists(counts, min_size=2, max_size=6), st.integers(3, 6))
def test_protected_levels_never_let_a_small_count_be_worked_out(levels, threshold):
    """Every row that would be told in the same way: a small count differs among them."""
    told = protect_levels(levels, threshold)
    assert not any(0 < (part["count"] or 0) < threshold for part in told)
    if len(levels) > 4 or sum(levels) > 14:
        return  # too many rows to try them all
    alike = [
        row
        for row in product(range(sum(levels) + 1), repeat=len(levels))
        if sum(row) == sum(levels) and protect_levels(list(row), threshold) == told
    ]
    for at, count in enumerate(levels):
        if 0 < count < threshold and sum(levels) >= threshold:
            assert len({row[at] for row in alike}) > 1


# Krippendorff's alpha


def by_unit(*observers):
    """What each observer said of each unit, a full stop for nothing, as one tuple a unit."""
    told = [[None if said == "." else int(said) for said in line.split()] for line in observers]
    return list(zip(*told, strict=True))


FOUR_OBSERVERS = by_unit(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
TWO_OBSERVERS = by_unit("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0")
levels = st.one_of(st.none(), st.integers(0, 4))
units = st.lists(st.tuples(levels, levels, levels), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("said", "alpha"),
    [
        # Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections D and A. Two
        # values lie one step apart whatever the order, so the binary example holds here as well.
        pytest.param(FOUR_OBSERVERS, 0.815, id="four observers, twelve units, some not seen"),
        pytest.param(TWO_OBSERVERS, 0.095, id="two observers, ten units"),
    ],
)
def test_alpha_is_the_published_one(said, alpha):
    assert ordinal_alpha(said) == pytest.approx(alpha, abs=0.0005)


def test_alpha_is_one_where_all_agree_and_some_differ_from_unit_to_unit():
    assert ordinal_alpha([(0, 0), (3, 3), (1, 1)]) == 1


def test_alpha_is_below_zero_where_observers_say_the_opposite():
    assert ordinal_alpha([(0, 4), (4, 0), (0, 4)]) < 0


def test_being_one_level_apart_weighs_less_than_being_three():
    near = ordinal_alpha([(0, 1), (1, 1), (2, 2), (3, 3)])
    far = ordinal_alpha([(0, 3), (1, 1), (2, 2), (3, 3)])

    assert far < near < 1


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([], id="nothing"),
        pytest.param([(1, 2)], id="one thing rated by two"),
        pytest.param([(1, None), (None, 2), (3, None)], id="nothing rated by two"),
        pytest.param([(1, 2), (2, None)], id="one of two rated by two"),
        pytest.param([(2, 2), (2, 2), (2, 2)], id="one value said of all"),
    ],
)
def test_alpha_is_not_given_where_it_says_nothing(said):
    assert ordinal_alpha(said) is None


@given(units)
def test_alpha_does_not_hang_on_who_is_first_nor_on_the_order_of_units(said):
    turned = [unit[::-1] for unit in reversed(said)]

    assert ordinal_alpha(turned) == pytest.approx(ordinal_alpha(said))


@given(units)
def test_alpha_hangs_on_the_order_of_levels_and_not_on_their_numbers(said):
    other_numbers = [[None if each is None else each * 7 - 3 for each in unit] for unit in said]

    assert ordinal_alpha(other_numbers) == pytest.approx(ordinal_alpha(said))


@given(units)
def test_alpha_is_one_at_the_most_and_only_for_full_agreement(said):
    alpha = ordinal_alpha(said)
    if alpha is not None:
        both = [{each for each in unit if each is not None} for unit in said]
        assert alpha <= 1
        assert (alpha == 1) == all(len(values) <= 1 for values in both)


@given(units, st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=4))
def test_what_only_one_rated_changes_nothing(said, alone):
    assert ordinal_alpha([*said, *[(each, None, None) for each in alone]]) == ordinal_alpha(said)
