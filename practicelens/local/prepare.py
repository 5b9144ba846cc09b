"""Fills an empty database, once it is up to date. Run inside the services' environment."""

import sys
from pathlib import Path

import django
from django.core.management import call_command


def main(sign_ins):
    django.setup()
    call_command("seed")
    with Path(sign_ins).open("w") as told:
        call_command("seed", sign_ins=True, stdout=told)


if __name__ == "__main__":
    main(*sys.argv[1:])
