"""Stretches of a text that lie apart, asked about without going through all of them."""

from bisect import bisect_left, bisect_right


class Spans:
    """(start, end) pairs, joined where they overlap."""

    def __init__(self, pairs):
        self.starts, self.ends = [], []
        for start, end in sorted(pairs):
            if self.ends and start < self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def touch(self, start, end):
        """Whether any of them overlaps `start` to `end`."""
        place = bisect_left(self.starts, end) - 1
        return place >= 0 and self.ends[place] > start

    def cover(self, start, end):
        """Whether one of them holds `start` to `end` whole."""
        place = bisect_right(self.starts, start) - 1
        return place >= 0 and self.ends[place] >= end
