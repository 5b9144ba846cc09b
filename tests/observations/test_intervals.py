import pytest
from hypothesis import given
from hypothesis import strategies as st

from observations.intervals import wilson


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
