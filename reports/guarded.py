"""Counts for everybody, of what is no group of observations: never one so small that it could point at someone."""

from django.conf import settings

from reports.counts import share


def is_small(count):
    return 0 < count < settings.SMALL_COUNT_THRESHOLD


def shown(count):
    """12, none, or fewer than 5."""
    if is_small(count):
        return f"fewer than {settings.SMALL_COUNT_THRESHOLD}"
    return str(count) if count else "none"


def part_of(count, whole):
    """31 of 44, unless the part or what is left of the whole is too small to be shown.

    Never a word that says more than is known: at least 40 of 44, not nearly all of them. Where a
    bound would give the count away, it is some of 6.
    """
    if is_small(whole):
        return f"{'some' if count else 'none'} of {shown(whole)}"
    if count == whole and count:
        return f"all {whole}"
    if count and whole < 2 * settings.SMALL_COUNT_THRESHOLD - 1:
        return f"some of {whole}"
    if is_small(whole - count):
        return f"at least {whole - settings.SMALL_COUNT_THRESHOLD + 1} of {whole}"
    return f"{shown(count)} of {whole}"


def may_tell(count, whole):
    """Whether a part may be told beside its whole, so that subtraction gives nothing away."""
    return not (is_small(count) or is_small(whole - count))


def with_interval(count, whole, what=""):
    """31 of 44 (70%; 95% interval 56% to 82%); no percentage where either part is withheld."""
    words = f"{part_of(count, whole)} {what}".strip()
    if not whole or is_small(whole) or not may_tell(count, whole):
        return words
    return f"{words} ({share(count, whole)})"
