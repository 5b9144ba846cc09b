"""Why something can't be done now, said once for every app."""


class NotNow(Exception):
    """What was asked about is not, or no longer, in a state in which this can be done.

    A message, where there is one, says to the person what is in the way.
    """
