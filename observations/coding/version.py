"""Which version suggests themes: declared by whoever changes it.

Each way of suggesting has a name with a number, and so have the word lists. The number is raised
when a text may be given other suggestions than before: past notes are then read again. A comment,
a better name or a quicker way to the same is no new version. Early signs are not read again, so
their lists are no part of it.
"""

from .suggesting import ENGINE as WORDS

# Their own modules need numpy, which whoever suggests by words alone can do without.
LEARNED = "learned 2"
NEARNESS = "nearness 2"
LISTS = "lists 1"
VERSION = f"{WORDS}, {LEARNED}, {NEARNESS}, {LISTS}"
