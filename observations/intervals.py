"""How sure a share is, when it was counted in few."""

from math import hypot, sqrt

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


def difference(k, n, before_k, before_n):
    """The 95% interval for a share of `k` in `n` less one of `before_k` in `before_n`, as (low, high).

    None where either whole is zero. With p and q the two shares, and l and u the ends of Wilson's
    interval of each: low = p - q - √((p - l_p)² + (u_q - q)²), high = p - q + √((u_p - p)² + (q - l_q)²).
    Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions:
    comparison of eleven methods", Statistics in Medicine 17 (1998), 873-890, method 10.
    """
    if not n or not before_n:
        return None
    now, before = k / n, before_k / before_n
    (low, high), (before_low, before_high) = wilson(k, n), wilson(before_k, before_n)
    apart = now - before
    return (
        apart - hypot(now - low, before_high - before),
        apart + hypot(high - now, before - before_low),
    )
