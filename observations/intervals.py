"""How sure a share is, when it was counted in few."""

from math import sqrt

# The value that leaves 2.5% in each tail of the normal curve.
Z_95 = 1.959964


def wilson(k, n):
    """The 95% interval for a share of `k` in `n`, as (low, high); None where `n` is zero.

    Wilson's score interval: (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), with p = k/n.
    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22 (1927), 209-212.
    """
    if n == 0:
        return None
    share, z2 = k / n, Z_95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    reach = Z_95 * sqrt(share * (1 - share) / n + z2 / (4 * n**2)) / (1 + z2 / n)
    # The formula touches 0 and 1 exactly there; rounding would leave a hair outside.
    low = 0.0 if k == 0 else middle - reach
    high = 1.0 if k == n else middle + reach
    return low, high
