#!/usr/bin/env python
"""Runs the management commands; `make manage ARGS="..."` does so with the local services up."""

import os
import sys

# Under the role that owns the tables, where there is one: the product's own may not change them.
AS_OWNER = ("migrate", "grant")


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "practicelens.settings")
    if sys.argv[1:2] and sys.argv[1] in AS_OWNER and os.environ.get("DATABASE_OWNER_URL"):
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]
    from django.core.management import execute_from_command_line

    from practicelens.variables import WrongVariables

    try:
        execute_from_command_line(sys.argv)
    except WrongVariables as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
