"""The month's paper for senior leaders: composed by rule, edited by a person, frozen when issued.

compose(unit=…, month=…, by=None)  -> the draft of a unit and month; twice is once
compose_due(today=None)            -> drafts whatever the schedules ask for
gather_again(briefing)             -> counts again, and leaves every word as it is
what_stops(briefing)               -> [(words, url)]: what is left before it can be approved
quotations_in(briefing)            -> the words of observations in it, and what released them
worth_a_look(briefing)             -> [(words, url)]: what a careful reader would look at again
build_content(briefing, …)         -> the one plain object that every page and paper reads
canonical(content), fingerprint(content), check_content(content)
"""

from reports.briefings.checking import quotations_in, what_stops, worth_a_look
from reports.briefings.composing import compose, compose_due, gather_again
from reports.briefings.content import build_content, canonical, fingerprint
from reports.briefings.schema import check_content

__all__ = [
    "build_content",
    "canonical",
    "check_content",
    "compose",
    "compose_due",
    "fingerprint",
    "gather_again",
    "quotations_in",
    "what_stops",
    "worth_a_look",
]
