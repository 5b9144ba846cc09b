"""Which two versions are set side by side."""

from django import forms


class CompareForm(forms.Form):
    """Two versions that the person can read; without a choice, the newest and the one before."""

    def __init__(self, data=None, *, versions):
        super().__init__(data)
        self.versions = {version.number: version for version in versions}
        choices = [(number, f"Version {number}") for number in self.versions]
        newest = max(self.versions, default=None)
        for name, label, initial in [("from", "From", self._before(newest)), ("to", "To", newest)]:
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=choices, initial=initial, coerce=int, required=False
            )

    def pair(self):
        """(earlier, later), or None where two different versions can't be had."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        last = asked.get("to") or self.fields["to"].initial
        first = asked.get("from") or self._before(last)
        if None in (first, last) or first == last:
            return None
        return tuple(self.versions[number] for number in sorted((first, last)))

    def _before(self, number):
        """The version before one, among those that may be read."""
        return max((each for each in self.versions if each < (number or 0)), default=None)
