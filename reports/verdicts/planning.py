"""Which groups a verdict file may tell of: since the launch, by month or quarter, part and kind of work.

They are held against all that readers were ever told, as those of a briefing are.
"""

from reports.periods import Window, month_of, months_after
from reports.telling import Why
from reports.telling.planning import Kind, Planning, kind_name

MOST_MONTHS = 36
EARLIER = 6  # months by which the window may end sooner, if that is what it takes


def plan_since(unit, began):
    """The Plan of a verdict file on what began on a day."""
    return PlanningSince(unit, window_since(began, unit.today()), longer=0).plan()


def window_since(began, today):
    """From the month in which it began to the last that is over; at least the running month."""
    last = max(months_after(month_of(today), -1), month_of(began))
    first = max(month_of(began), months_after(last, 1 - MOST_MONTHS))
    return Window(first, last, today)


class PlanningSince(Planning):
    """Tries the window since the launch, then months or quarters, parts, and kinds of work in it."""

    def _choose_window(self, before):
        """The longest since the launch that may be told of: it may end some months earlier."""
        first, last = self.usual.first_month, self.usual.last_month
        ends = [months_after(last, -at) for at in range(min(self.usual.length, 1 + EARLIER))]
        windows = [Window(first, end, self.usual.today) for end in ends]
        notes = {each: self._notes(each.first_month, each.last_month) for each in windows}
        telling = self._telling(before, notes.values())
        whys = {each: telling.why_not(notes[each]) for each in windows}
        told = [each for each in windows if notes[each] and not whys[each]]
        if told:
            self.made.window = told[0]
        else:
            few = all(why in (Why.FEW, None) for why in whys.values())
            self.made.why = Why.FEW if few else Why.NEAR

    def _tell_within(self):
        self._run()
        self._parts()
        self._kinds()

    def _run_window(self):
        return self.made.window

    def _kinds(self):
        """Each kind of work in the window that may be told of, in the order of the columns."""
        notes = self._notes_of_kinds()
        by_size = sorted(
            (each for each in notes if notes[each]), key=lambda each: -len(notes[each])
        )
        told = [
            each
            for each in by_size
            if self._tell(kind_name(each.label), notes[each], self.made.window, (), each.code)
        ]
        self.made.kinds = tuple(
            Kind(each.label, len(notes[each]), self.made.window) for each in notes if each in told
        )
