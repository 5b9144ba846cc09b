"""What has been set up already, and from which files, so that a second run is quick."""

import hashlib

from .places import ROOT, STAMPS


def fingerprint(*parts):
    """One value for the contents of these files, and for the folder the project is in."""
    total = hashlib.sha256(str(ROOT).encode())
    for part in parts:
        total.update(part.read_bytes() if hasattr(part, "read_bytes") else str(part).encode())
    return total.hexdigest()


def fresh(name, value):
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == value


def mark(name, value):
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(value)
