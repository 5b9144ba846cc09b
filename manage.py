#!/usr/bin/env python
"""Runs the management commands; `make manage ARGS="..."` does so with the local services up."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "practicelens.settings")
    from django.core.management import execute_from_command_line

    from practicelens.variables import WrongVariables

    try:
        execute_from_command_line(sys.argv)
    except WrongVariables as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
