"""What a passage may speak to though it is less likely: shown to whoever adds a theme to it."""

from typing import NamedTuple

from frameworks.models import Theme


class Perhaps(NamedTuple):
    """A theme, and where in the passage it may be shown."""

    theme: Theme
    start: int
    end: int
    quote: str


def perhaps_in(passage, themes):
    """Those of these themes that a passage perhaps speaks to, and that nothing was said of there."""
    said = set(passage.mentions.values_list("theme", flat=True))
    by_pk = {theme.pk: theme for theme in themes}
    return [
        Perhaps(by_pk[pk], start, end, passage.text[start:end])
        for pk, start, end in passage.perhaps
        if pk in by_pk and pk not in said and end <= len(passage.text)
    ]
