"""Text from outside as it can be stored: composed, plain, within limits."""

import re
import unicodedata

from practicelens.line_ends import one_line_end

LONGEST = 20_000  # of a text that the database keeps at any length
# Control characters save for tab and line break, halves of characters, and what XML can't hold.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text):
    """A text as files hold it: one kind of line break, nothing round it."""
    return one_line_end(text).strip()


def composed(text):
    """Words in a second language as they are kept: each letter with its marks in one piece."""
    return unicodedata.normalize("NFC", plain(text))


def writable(text):
    """A text with a sign in place of each letter that files and the database can't hold."""
    return UNWRITABLE.sub("\ufffd", text)
