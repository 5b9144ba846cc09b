"""Who could be known from a text: found here, so that a writer can put a role in their place."""

from .finding import find
from .kinds import Identifier

__all__ = ["Identifier", "find"]
