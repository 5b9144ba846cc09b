"""Brings the database up to date and fills an empty one. Run inside the services' environment."""

import sys
from pathlib import Path

import django
from django.core.management import call_command


def main(sign_ins):
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("seed")
    with Path(sign_ins).open("w") as told:
        call_command("seed", sign_ins=True, stdout=told)


if __name__ == "__main__":
    main(*sys.argv[1:])
