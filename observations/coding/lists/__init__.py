"""Word lists, kept as text so that anybody can read and mend them."""

from pathlib import Path

HERE = Path(__file__).parent


def read_phrases(name):
    """The lines of a list, without its comments."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_words(name):
    return [word for line in read_phrases(name) for word in line.split()]
