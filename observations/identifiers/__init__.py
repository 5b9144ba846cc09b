"""Who could be known from a text: found here, so that a writer can put a role in their place."""

from .finding import CouldNotLook, find, unread
from .kinds import Identifier
from .masking import Masked, in_sentence, mask, standing, swap
from .rare import RareFeature, rare_features
from .remaining import Place, remaining
from .version import VERSION

__all__ = [
    "VERSION",
    "CouldNotLook",
    "Identifier",
    "Masked",
    "Place",
    "RareFeature",
    "find",
    "in_sentence",
    "mask",
    "rare_features",
    "remaining",
    "standing",
    "swap",
    "unread",
]
