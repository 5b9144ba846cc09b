"""Who could be known from a text: found here, so that a writer can put a role in their place."""

from .catalogue import bare, is_role, without_article
from .finding import CouldNotLook, find, unread
from .kinds import Identifier
from .masking import Masked, as_needed, mask, needs, standing, swap
from .offering import Offer, Standing, offer
from .people import class_of, parts_of, same
from .rare import RareFeature, rare_features
from .remaining import Place, remaining
from .uncommon import uncommon
from .version import VERSION

__all__ = [
    "VERSION",
    "CouldNotLook",
    "Identifier",
    "Masked",
    "Offer",
    "Place",
    "RareFeature",
    "Standing",
    "as_needed",
    "bare",
    "class_of",
    "find",
    "is_role",
    "mask",
    "needs",
    "offer",
    "parts_of",
    "rare_features",
    "remaining",
    "same",
    "standing",
    "swap",
    "uncommon",
    "unread",
    "without_article",
]
