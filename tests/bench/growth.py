"""How long each page and each job takes as the archive grows."""

from dataclasses import asdict, dataclass


@dataclass
class Grown:
    """Milliseconds of one page or job in each size of archive, and the queries that it took."""

    name: str
    times: dict
    queries: dict

    def cells(self, sizes):
        shown = [f"{self.times[size]:,.0f}" if size in self.times else "" for size in sizes]
        return [self.name, *shown, self.factor, self.counted]

    @property
    def factor(self):
        """How many times longer it takes in the largest than in the smallest."""
        sizes = sorted(self.times)
        return f"{self.times[sizes[-1]] / self.times[sizes[0]]:.1f}" if len(sizes) > 1 else ""

    @property
    def counted(self):
        counts = sorted(set(self.queries.values()))
        return f"{counts[0]}-{counts[-1]}" if len(counts) > 1 else str(*counts)

    def as_dict(self):
        return asdict(self) | {"factor": self.factor}


def head(sizes):
    return ["page or job, ms", *(f"{size:,}" for size in sizes), "factor", "queries"]


def grown(databases, run, kind):
    """A Grown for each of `kind(size)`: pairs of a name and what is done, ready in each size."""
    found = {}
    for size in run.sizes:
        with databases.of(size):
            for name, times, queries in kind(size, run):
                each = found.setdefault(name, Grown(name, {}, {}))
                each.times[size], each.queries[size] = times, queries
    return list(found.values())
