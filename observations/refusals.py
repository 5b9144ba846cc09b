"""Why something can't be done with an observation now."""


class NotNow(Exception):
    """The observation is not in a state in which this can be done."""
