"""What a device seals for this server, so that it can still send it and no longer read it.

ECDH on P-256, HKDF with SHA-256, and AES-GCM, as browsers and `cryptography` both have them. The
server's key comes from its SECRET_KEY, and from those before it: there is nothing to store.
"""

from base64 import b64decode, b64encode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
OF_SERVER = b"practicelens: the key of the server"
OF_SEAL = b"practicelens: a sealed observation"


class Unreadable(Exception):
    """It was sealed for another key, or changed on the way."""


@cache
def key_of(secret):
    """The private key that a secret leads to, always the same."""
    drawn = HKDF(hashes.SHA256(), 48, salt=None, info=OF_SERVER).derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(drawn, "big") % (ORDER - 1) + 1, CURVE)


def points_of(public):
    encoding, form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    return public.public_bytes(encoding, form)


def public_key():
    """What a device seals with, as text."""
    return b64encode(points_of(key_of(settings.SECRET_KEY).public_key())).decode()


def open_sealed(sealed, about):
    """The bytes within; `about` stands beside it, and must be as it was when it was sealed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    for secret in secrets:
        opened = opened_with(key_of(secret), sealed, about)
        if opened is not None:
            return opened
    raise Unreadable


def opened_with(key, sealed, about):
    try:
        point, once, words = (b64decode(sealed[name]) for name in ("point", "once", "words"))
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        return AESGCM(shared(key, theirs, point)).decrypt(once, words, about.encode())
    except (InvalidTag, ValueError):
        return None


def shared(key, theirs, point):
    ours = points_of(key.public_key())
    met = key.exchange(ec.ECDH(), theirs)
    return HKDF(hashes.SHA256(), 32, salt=point + ours, info=OF_SEAL).derive(met)
