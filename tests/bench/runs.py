"""How large and how often a run of the bench measures."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """`sizes` are of archives, in observations; what should stay flat is held against `base`."""

    sizes: tuple
    base: int
    times: int = 5  # that each pair is timed
    rounds: int = 10  # of one more observation in each size
    changes: int = 1_000  # at random, after which every cell must be right
    tasks: int = 200  # sent to a worker
    issues: int = 60  # told before the one that is gone through
    looped_up_to: int = 100_000  # the largest that is counted in Python for comparison: it is slow


RUNS = {
    "short": Run(
        sizes=(1_000, 4_000),
        base=1_000,
        times=3,
        rounds=2,
        changes=100,
        tasks=40,
        looped_up_to=1_000,
    ),
    "usual": Run(sizes=(1_000, 10_000, 100_000), base=10_000),
    "full": Run(sizes=(1_000, 10_000, 100_000, 1_000_000), base=10_000),
}
