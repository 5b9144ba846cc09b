"""Why something can't be done now, said once for every app."""


class NotNow(Exception):
    """What was asked about is not, or no longer, in a state in which this can be done.

    The message says to the person what is in the way. `leads_to` is where that can be seen.
    """

    words = "That can’t be done now. This page says how things stand."

    def __init__(self, words="", leads_to=None):
        super().__init__(words or self.words)
        self.leads_to = leads_to


class AlreadySo(NotNow):
    """What was asked for is so already, by the same press or by another's: no fault."""

    words = "That is done already."
