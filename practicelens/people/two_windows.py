"""Nobody overwrites another unseen: one way for every page that changes what others can change.

A row counts its saves, and a page says at which of them it was read (`ReadAt`). A save on top of a
newer one is a clash: it is not made, and both texts are kept. A window does not clash with itself:
where the newest save is its own, the answer was lost on the way, and what it sends now is later.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from practicelens.database.writing_over import write_over
from practicelens.numbers import number_sent
from practicelens.people.models import LastWindow

WINDOW = "window"  # the field that says in which window a page is
REVISION = "base_revision"  # the field that says at which save it was read
REMEMBERED = timedelta(days=30)


class ReadAt(int):
    """The save that a page was read at, with the window that it is in, if that is known."""

    window = None

    @classmethod
    def of(cls, data, name=REVISION, otherwise=-1):
        """What a form says of itself; of one that says nothing, a save that no row has, or `otherwise`."""
        sent = number_sent(data.get(name), otherwise)
        return cls(sent).in_window(data.get(WINDOW))

    def in_window(self, sent):
        """This save as read in the window that a page named."""
        read = type(self)(self)
        read.window = window_of(sent)
        return read


class Meanwhile(Exception):
    """The row was saved in another window after it was read; `change` says by whom, if that is known."""

    def __init__(self, row, change=None):
        super().__init__(f"{row} was changed meanwhile.")
        self.row, self.change = row, change


UNREAD = ReadAt(0)  # of a page that was made before anything was saved


def window_of(sent):
    """The window that a page named; None where it named none."""
    try:
        return UUID(sent or "")
    except ValueError:
        return None


def window_of_page(request):
    """The window that a page is in: a form that is shown again is in the one it was sent from."""
    if not hasattr(request, "window"):
        request.window = window_of(request.POST.get(WINDOW)) or uuid4()
    return request.window


def clashes(row, base):
    """Whether a row was saved after it was read, in another window."""
    return row.revision != base and not is_own(row, base)


def is_own(row, base):
    window = getattr(base, "window", None)
    own = LastWindow.objects.filter(row=name_of(row), revision=row.revision, window=window)
    return window is not None and own.exists()


def remember(row, base):
    """Say that the save a row now is at was made in the window of `base`."""
    window = getattr(base, "window", None)
    if window is None:
        return
    said = {"revision": row.revision, "window": window, "saved_at": timezone.now()}
    write_over(LastWindow, "row", row=name_of(row), **said)


def count_on(row, base):
    """Give a row that is about to be saved the number of its next save, by the window of `base`.

    The row is held in the database; what was saved of it since it was read raises Meanwhile.
    """
    held = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if clashes(held, base):
        raise Meanwhile(held)
    row.revision = held.revision + 1
    remember(row, base)
    return held


def name_of(row):
    return f"{row._meta.label_lower}-{row.pk}"


def forget_old_windows():
    """By then no page whose answer was lost is still open."""
    LastWindow.objects.filter(saved_at__lt=timezone.now() - REMEMBERED).delete()
