"""An observation as a device seals and sends it."""

import json
import uuid
from base64 import b64decode, b64encode
from urllib.parse import urlencode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.urls import reverse

from observations.offline.sealing import CURVE, OF_SEAL, points_of, public_key

NOW = 1_800_000_000_000  # by the device's own clock


def seal(text, about, server=None):
    """Sealed as a browser does it, for whoever holds the key that belongs to `server`."""
    theirs = b64decode(server or public_key())
    own = ec.generate_private_key(CURVE)
    point, once = points_of(own.public_key()), b"0123456789ab"
    met = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    key = HKDF(hashes.SHA256(), 32, salt=point + theirs, info=OF_SEAL).derive(met)
    parts = {"point": point, "once": once, "words": AESGCM(key).encrypt(once, text, about)}
    return {name: b64encode(part).decode() for name, part in parts.items()}


class Device:
    """Writes one observation, and sends it from the client of whoever is signed in."""

    def __init__(self, person, version, **where):
        self.person, self.version, self.id = str(person.pk), version.pk, str(uuid.uuid4())
        self.window, self.turn, self.passage = str(uuid.uuid4()), 1, f"passages/{uuid.uuid4()}"
        self.sections = {"where": urlencode(where)}

    def write(self, section, **typed):
        self.sections[section] = urlencode(typed)
        self.turn += 1

    def see(self, text):
        self.write(self.passage, text=text, kind="seen")

    def parcel(self, **changed):
        beside = {
            "id": self.id,
            "person": self.person,
            "turn": self.turn,
            "window": self.window,
            "submit": False,
            "leaves": True,
            "began_at": NOW - 60_000,
            "changed_at": NOW,
            "sent_at": NOW,
        } | {name: value for name, value in changed.items() if name not in ("content", "server")}
        content = {"version": self.version, "sections": self.sections} | changed.get("content", {})
        about = f"{beside['id']} {beside['person']} {beside['turn']}".encode()
        sealed = seal(json.dumps(content).encode(), about, changed.get("server"))
        return {"sealed": sealed} | beside

    def send(self, client, **changed):
        return post(client, "offline_send", self.parcel(**changed))


def post(client, name, value):
    body = value if isinstance(value, (str, bytes)) else json.dumps(value)
    return client.post(
        reverse(f"observations:{name}"),
        body,
        content_type="application/json",
        HTTP_ACCEPT="application/json",
    )
