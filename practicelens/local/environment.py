"""The variables under which the project runs on this machine."""

import os
import secrets

from .places import DEMO, LOCAL


def with_services(addresses):
    """For a command that uses the services at these addresses. What is already set stays."""
    return defaults() | os.environ | addresses


def without_services():
    """For a command that reads the settings and needs no service."""
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1/none", "REDIS_URL": "redis://127.0.0.1"}
    return defaults() | nowhere | os.environ


def like_production():
    """For a check of the settings as they would be on a server."""
    return without_services() | {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "practice.example.gov.uk",
        "INSECURE_HTTP": "0",
        "DEMONSTRATION": "0",
    }


def defaults():
    return {
        "DJANGO_SETTINGS_MODULE": "practicelens.settings",
        "SECRET_KEY": secret_key(),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "INSECURE_HTTP": "1",
        "DEMONSTRATION": "1",
        "EMAIL_URL": "dummymail://",  # nobody is written to: links are shown on screen
        "BEAT_SCHEDULE_FILE": str(DEMO / "beat-schedule"),
    }


def secret_key():
    """Kept from run to run, so that a restart signs nobody out."""
    path = LOCAL / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
