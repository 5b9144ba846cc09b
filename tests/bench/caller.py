"""A process that codes and counts notes itself, one after the other: their keys are its arguments.

It says that it is ready, and begins when it is told to.
"""

import sys

import django


def main(keys):
    for note in Observation.objects.filter(pk__in=keys):
        coding.code(observation=note)
        sweeping.roll_up()


if __name__ == "__main__":
    django.setup()

    from observations.models import Observation
    from observations.notes import coding
    from reports.jobs import sweeping

    print("ready", flush=True)
    sys.stdin.readline()
    main([int(key) for key in sys.argv[1:]])
    print("done")
