"""What each criterion of a draft comes from, on one form."""

from django import forms

from frameworks.versions.lineage import Kind, Ties, likeness_words
from frameworks.versions.settling import Chosen

PLACES = {"first": "From", "second": "and", "third": "and"}


class LineageForm(forms.Form):
    """For each criterion up to three it comes from, and whether that is right.

    Shown with what is saved or suggested; sent, it says what was chosen.
    """

    def __init__(self, data=None, *, mapping):
        super().__init__(data)
        self.mapping, self.ties = mapping, mapping.suggested
        self.settled = mapping.settled()
        for later in mapping.news:
            self._add_criterion(later)
        for earlier in mapping.olds:
            self._add_earlier(earlier)

    def _add_criterion(self, later):
        choices = [("", "Nothing"), *[(pk, str(each)) for pk, each in self.mapping.olds.items()]]
        came = [*self.ties.came[later], "", "", ""]
        for (place, label), initial in zip(PLACES.items(), came, strict=False):
            self.fields[f"{place}_{later}"] = a_choice(label, choices, initial)
        held = [(old, later) for old in self.ties.came[later]] or [(None, later)]
        is_settled = all(pair in self.settled for pair in held)
        self.fields[f"right_{later}"] = a_tick("This is right", is_settled)

    def _add_earlier(self, earlier):
        going = self.mapping.news if self.is_bound else self.ties.going()[earlier]
        named = [(pk, str(self.mapping.news[pk])) for pk in going]
        label = f"Its trend carries on in ({self.mapping.olds[earlier].code})"
        choices = [("", "None: its trend ends"), *named]
        initial = self.ties.carries.get(earlier, "")
        self.fields[f"carries_{earlier}"] = a_choice(label, choices, initial)
        is_settled = (earlier, None) in self.settled
        self.fields[f"dropped_{earlier}"] = a_tick("Nothing comes from it", is_settled)

    def clean(self):
        """What was chosen is what the page goes on to show."""
        if not self.errors:
            self.ties = self._typed()
        return self.cleaned_data

    def _typed(self):
        asked = self.cleaned_data
        came = {
            later: tuple(sorted({pk for place in PLACES if (pk := asked[f"{place}_{later}"])}))
            for later in self.mapping.news
        }
        going = Ties(came, {}).going()
        carries = {
            earlier: later
            for earlier in self.mapping.olds
            if (later := asked[f"carries_{earlier}"]) in going[earlier]
            and len(going[earlier]) > 1
            and len(came[later]) == 1
        }
        return Ties(came, carries)

    def chosen(self):
        """What a valid form says, ready to be saved."""
        asked = self.cleaned_data
        return Chosen(
            ties=self.ties,
            right={pk for pk in self.mapping.news if asked[f"right_{pk}"]},
            dropped={pk for pk in self.mapping.olds if asked[f"dropped_{pk}"]},
            the_same="the_same" in self.data,
        )

    # What the page shows

    def rows(self):
        """A row for each criterion of the draft, in its order."""
        kinds = self.mapping.kinds(self.ties)
        return [self._row(pk, criterion, kinds) for pk, criterion in self.mapping.news.items()]

    def _row(self, pk, criterion, kinds):
        came = self.ties.came[pk]
        kind = kinds[came[0] if came else None, pk]
        names = [f"{place}_{pk}" for place in PLACES]
        is_settled = self[f"right_{pk}"].initial
        return {
            "criterion": criterion,
            "words": self.mapping.words(pk, self.ties, kinds),
            "like": "" if len(came) != 1 else self._like(came[0], criterion),
            "selects": [self[name] for name in names],
            "right": self[f"right_{pk}"],
            "is_settled": is_settled,
            "is_split": kind == Kind.SPLIT and not is_settled,
            "is_open": kind != Kind.SAME and not is_settled or any(n in self.errors for n in names),
        }

    def _like(self, earlier, criterion):
        return likeness_words(self.mapping.olds[earlier], criterion)

    def split(self):
        """[(old criterion, the field that says where its trend carries on)]"""
        going = {old: laters for old, laters in self.ties.going().items() if len(laters) > 1}
        alone = {
            old
            for old, laters in going.items()
            if any(len(self.ties.came[pk]) == 1 for pk in laters)
        }
        return [
            (each, self[f"carries_{pk}"]) for pk, each in self.mapping.olds.items() if pk in alone
        ]

    def gone(self):
        """[(old criterion that nothing comes from, its tick)]"""
        going = self.ties.going()
        return [
            (each, self[f"dropped_{pk}"])
            for pk, each in self.mapping.olds.items()
            if pk not in going
        ]

    def alike(self):
        """How many are word for word what they were, and have yet to be confirmed."""
        return sum(
            kind == Kind.SAME and pair not in self.settled
            for pair, kind in self.mapping.kinds(self.ties).items()
        )


def a_choice(label, choices, initial):
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        initial=initial,
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Choose a criterion of the version before"},
    )


def a_tick(label, initial):
    return forms.BooleanField(label=label, initial=initial, required=False)
