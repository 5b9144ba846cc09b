"""A long text is cut into passages where its writer says that the next one begins."""

import uuid
from dataclasses import dataclass

from django import forms
from django.db import transaction

from observations.coding.sentences import sentences
from observations.life import Do
from observations.mentions.following import decisions_about, follow
from observations.models import Passage
from observations.notes.actions import count_save, held
from observations.redaction import finding
from practicelens.people.two_windows import UNREAD
from practicelens.refusals import NotNow

GOES_ON = ""
MOST = 400  # sentences that are offered of one text


@dataclass(frozen=True)
class Sentence:
    """A stretch of a text: all of them in a row are the text, whatever stands between sentences."""

    start: int
    end: int
    words: str


def stretches(text):
    """The sentences of a text with all that follows each, so that nothing of it is left out."""
    starts = [start for start, _ in sentences(text)][:MOST]
    starts = [0, *starts[1:]]
    ends = [*starts[1:], len(text)]
    return [Sentence(a, b, text[a:b].strip()) for a, b in zip(starts, ends, strict=True)]


class CutForm(forms.Form):
    """Before each sentence: it goes on, or a passage of some kind begins there."""

    # The text as it was when the page was read: what was changed since is not cut unseen.
    length = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, passage, **kwargs):
        self.passage, self.stretches = passage, stretches(passage.text)
        super().__init__(*args, **kwargs)
        self.fields["length"].initial = len(passage.text)
        kinds = [(kind.value, kind.label) for kind in Passage.OWN_KINDS]
        for at, sentence in enumerate(self.stretches):
            self.fields[f"at_{at}"] = forms.ChoiceField(
                label=sentence.words,
                choices=kinds if at == 0 else [(GOES_ON, "Goes on"), *kinds],
                initial=(passage.kind or Passage.Kind.SEEN) if at == 0 else GOES_ON,
                widget=forms.RadioSelect,
                required=False,
            )

    def rows(self):
        """Each sentence with the choices before it."""
        return [(sentence, self[f"at_{at}"]) for at, sentence in enumerate(self.stretches)]

    def clean(self):
        given = super().clean()
        if given.get("length") != len(self.passage.text):
            raise forms.ValidationError("The text was changed since. Choose again where it is cut")
        return given

    def pieces(self):
        """[(kind, text)] of a valid form, in order; together they are the whole text."""
        found = []
        for at, sentence in enumerate(self.stretches):
            kind = self.cleaned_data[f"at_{at}"]
            if kind or at == 0:
                found.append([kind or self.passage.kind, ""])
            found[-1][1] += self.passage.text[sentence.start : sentence.end]
        return [(kind, text.strip()) for kind, text in found]


@transaction.atomic
def cut(*, passage, pieces, was, by):
    """The passage becomes its first piece, and each other piece a passage right after it.

    `was` is its text when it was cut up; another text by now is left as it is.
    """
    observation = held(passage.observation, Do.WRITE, by)
    first = Passage.objects.get(pk=passage.pk)
    if first.text != was:
        raise NotNow("The text was changed since. Choose again where it is cut.")
    decisions = decisions_about(first)
    (first.kind, first.text), *others = pieces
    first.save(update_fields=["kind", "text"])
    following = observation.passages.filter(position__gt=first.position).order_by("position", "pk")
    made = [
        Passage(**observation.place, key=uuid.uuid4(), prompt=first.prompt, kind=kind, text=text)
        for kind, text in others
    ]
    following = list(following)
    for position, row in enumerate([*made, *following], start=first.position + 1):
        row.position = position
    Passage.objects.bulk_create(made)
    Passage.objects.bulk_update(following, ["position"])
    follow(decisions, [first, *made])
    count_save(observation, f"passages/{first.key}", UNREAD)
    finding.refresh(observation)
