"""Which version looks for names: declared by whoever changes it.

FINDER is raised when other words may be found in a text than before, or others put in their place,
and LISTS when a list has other words: past notes are then looked through again. A comment, a better
name or a quicker way to the same is no new version. What is rare or uncommon is looked for afresh whenever a
person looks, and nothing of it is kept: it has no version.
"""

FINDER = "names 4"
LISTS = "lists 2"
VERSION = f"{FINDER}, {LISTS}"
