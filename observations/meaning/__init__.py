"""A small sentence model: turns a sentence into numbers that are near for sentences that mean alike.

It runs here, in plain numpy, from weights that set-up fetched (practicelens/local/meaning.py). Like the
engines beside it, it knows no database and no Django. Nothing that it reads leaves this machine.
"""

from .folder import NoModel, fingerprint
from .reading import Reader

__all__ = ["NoModel", "Reader", "fingerprint"]
