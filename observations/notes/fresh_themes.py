"""What the passages of a draft may speak to, decided by its observer while it is fresh.

A draft holds decisions and no suggestions: what may fit is looked for each time it is shown, and
looked for again for the review queue once the draft is submitted.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django import forms
from django.db import transaction

from frameworks.models import Codebook, Theme
from observations.coding import passage_stance
from observations.engine import Suggester
from observations.life import Do
from observations.mentions.actions import add_mention, decide_mention, undecide
from observations.mentions.queue import is_kept_for_chance
from observations.models import Mention
from observations.models.choices import Stance
from observations.notes.actions import held
from practicelens.numbers import number_sent
from practicelens.refusals import NotNow

MOST = 3  # themes that are offered of one passage
CONFIRM, NONE, UNDO = "confirm", "none", "undo"
LEANS = 0.2  # from here on the words of a passage say that something helped, or hindered


@dataclass(frozen=True)
class Row:
    """One passage with what was decided about it, what it may speak to, and every other theme."""

    passage: object
    number: int
    decided: list
    offered: list
    others: list
    to_check: int  # words in it that may name someone and are not settled

    @property
    def read(self):
        return fingerprint(self.passage)

    @cached_property
    def confirmed(self):
        return [each for each in self.decided if each.status == Mention.Status.CONFIRMED]


def rows_of(observation):
    """A Row for each passage of a draft, in order; offered are the likeliest, at most three."""
    themes = list(Theme.objects.for_unit(observation.unit))
    decided = decisions_of(observation, themes)
    to_check = list(observation.redactions.open().values_list("passage", flat=True))
    passages = observation.passages.to_code_fresh().order_by("position", "pk")
    rows = []
    for number, (passage, found) in enumerate(found_in(observation, passages), start=1):
        said = decided.get(passage.pk, [])
        done = {mention.theme_id for mention in said}
        offered = [mention for mention in found if mention.theme_id not in done]
        left = done | {mention.theme_id for mention in offered}
        rows.append(
            Row(
                passage=passage,
                number=number,
                decided=said,
                offered=offered,
                others=[by_hand(passage, theme) for theme in themes if theme.pk not in left],
                to_check=to_check.count(passage.pk),
            )
        )
    return rows


def decisions_of(observation, themes):
    """{passage: its decided mentions}, of themes that passages are coded to there today."""
    mentions = observation.mentions.filter(theme__in=themes).select_related("theme", "passage")
    found = {}
    for mention in mentions.order_by("status", "theme__position", "pk"):
        found.setdefault(mention.passage_id, []).append(mention)
    return found


def found_in(observation, passages):
    """(passage, the likeliest Mentions of it, not saved), the likeliest first; without a codebook none."""
    codebook = Codebook.objects.for_unit(observation.unit).first()
    suggester = codebook and Suggester.today(codebook, by_words_alone=True)
    for passage in passages:
        found = suggester.mentions(observation, passage) if suggester else []
        yield passage, sorted(found, key=lambda each: -each.score)[:MOST]


def by_hand(passage, theme):
    """A theme that was not suggested, as a Mention that is not saved."""
    return Mention(passage=passage, theme=theme, stance=leaning(passage.text))


def leaning(text):
    value = passage_stance(text)
    if value >= LEANS:
        return Stance.HELPS
    return Stance.HINDERS if value <= -LEANS else Stance.NEITHER


def fingerprint(passage):
    """Tells a text that was read from what it was changed to since."""
    return sha256(passage.text.encode()).hexdigest()[:12]


class FreshForm(forms.Form):
    """One tap: which passage, as it was read, and what is said of it, such as "confirm-12"."""

    keeps_nothing = True
    ACTS = (CONFIRM, UNDO, *Stance.values)

    read = forms.CharField(max_length=12)
    passage = forms.IntegerField(
        error_messages=dict.fromkeys(["required", "invalid"], "Choose a passage from the page")
    )
    said = forms.CharField(max_length=40, error_messages={"required": "Choose a theme, or none"})

    def __init__(self, *args, observation, **kwargs):
        super().__init__(*args, **kwargs)
        self.observation = observation

    def clean_passage(self):
        pk = number_sent(str(self.cleaned_data["passage"]))
        found = self.observation.passages.to_code_fresh().filter(pk=pk).first()
        if found is None:
            raise forms.ValidationError("That passage is gone. Choose one of those below")
        return found

    def clean_said(self):
        """(what, theme); a theme only where one is spoken of."""
        what, _, theme = self.cleaned_data["said"].partition("-")
        if what == NONE:
            return NONE, None
        themes = Theme.objects.for_unit(self.observation.unit)
        found = themes.filter(pk=number_sent(theme)).first() if what in self.ACTS else None
        if found is None:
            raise forms.ValidationError("That theme is not in use. Choose one from the page")
        return what, found


@transaction.atomic
def decide_fresh(*, observation, passage, by, read, said, theme=None):
    """What the observer says of one passage of their draft, which counts once it is submitted.

    `read` is the fingerprint of the text that they read: of another text by now nothing is said.
    """
    observation = held(observation, Do.CODE_FRESH, by)
    passage = observation.passages.select_for_update(of=("self",)).filter(pk=passage.pk).first()
    if passage is None or fingerprint(passage) != read:
        raise NotNow("The passage was changed since. Here it is as it is now.")
    passage.observation = observation
    there = passage.mentions.select_related("theme").filter(theme=theme).first()
    if said == UNDO:
        if there:
            undecide(mention=there)
    elif said == NONE:
        reject_offered(observation, passage, by)
    elif said == CONFIRM:
        confirm(observation, passage, there, theme, by)
    elif there and there.status == Mention.Status.CONFIRMED:
        decide_mention(mention=there, by=by, status=there.status, stance=said)


def confirm(observation, passage, there, theme, by):
    """Confirm what was suggested, as it was suggested; or a theme that a person found."""
    suggested = there or next(
        (each for each in all_found(observation, passage) if each.theme_id == theme.pk), None
    )
    if suggested is None:
        add_mention(passage=passage, theme=theme, stance=leaning(passage.text), by=by)
    else:
        keep(suggested, Mention.Status.CONFIRMED, by)


def reject_offered(observation, passage, by):
    """None of those that the page offered; what was decided before stays."""
    done = set(passage.mentions.values_list("theme", flat=True))
    for suggested in all_found(observation, passage):
        if suggested.theme_id not in done:
            keep(suggested, Mention.Status.REJECTED, by)


def all_found(observation, passage):
    return next(found for _, found in found_in(observation, [passage]))


def keep(suggested, status, by):
    """Keep a suggestion with the decision about it.

    A fifth of them, by the fingerprint of their number, are those that chance would have put before
    a person in the queue: so what is measured there still holds for all suggestions.
    """
    if suggested.pk is None:
        suggested.save()
    decide_mention(mention=suggested, by=by, status=status, by_chance=is_kept_for_chance(suggested))
