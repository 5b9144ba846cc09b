import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.statistics import ordinal_alpha, xmr

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
