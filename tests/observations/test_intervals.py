import pytest
from hypothesis import given
from hypothesis import strategies as st

from observations.intervals import difference, wilson


@pytest.mark.parametrize(
    ("k", "n", "interval"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        pytest.param(81, 263, (0.2553, 0.3662), id="Newcombe 81 of 263"),
        pytest.param(15, 148, (0.0624, 0.1605), id="Newcombe 15 of 148"),
        pytest.param(0, 20, (0.0, 0.1611), id="Newcombe none of 20"),
        pytest.param(1, 29, (0.0061, 0.1718), id="Newcombe 1 of 29"),
        pytest.param(29, 29, (0.8830, 1.0), id="all of 29, the mirror of none"),
    ],
)
def test_wilson_gives_the_published_interval(k, n, interval):
    assert wilson(k, n) == pytest.approx(interval, abs=0.0001)


def test_a_share_of_nothing_has_no_interval():
    assert wilson(0, 0) is None


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_stays_between_zero_and_one(case):
    k, n = case
    low, high = wilson(k, n)

    assert 0 <= low <= k / n <= high <= 1


@pytest.mark.parametrize(
    ("now", "before", "interval"),
    [
        # Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10.
        pytest.param((56, 70), (48, 80), (0.0524, 0.3339), id="56 of 70 and 48 of 80"),
        pytest.param((9, 10), (3, 10), (0.1705, 0.8090), id="9 of 10 and 3 of 10"),
        pytest.param((6, 7), (2, 7), (0.0582, 0.8062), id="6 and 2 of 7"),
        pytest.param((5, 56), (0, 29), (-0.0381, 0.1926), id="5 of 56 and none of 29"),
        pytest.param((0, 10), (0, 10), (-0.2775, 0.2775), id="none of 10, twice"),
        pytest.param((10, 10), (0, 10), (0.6075, 1.0), id="all of 10 and none of 10"),
    ],
)
def test_a_difference_of_shares_has_the_published_interval(now, before, interval):
    assert difference(*now, *before) == pytest.approx(interval, abs=0.0001)


def test_a_difference_from_nothing_has_no_interval():
    assert difference(3, 4, 0, 0) is None
    assert difference(0, 0, 3, 4) is None


SHARE = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(SHARE, SHARE)
def test_a_difference_turned_round_is_its_own_mirror(now, before):
    low, high = difference(*now, *before)

    assert difference(*before, *now) == pytest.approx((-high, -low))
    assert low <= now[0] / now[1] - before[0] / before[1] <= high
