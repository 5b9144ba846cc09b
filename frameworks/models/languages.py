"""A framework version's words in a second language, beside those that it is published in."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import MD5

from frameworks.models.versions import FrameworkVersion
from practicelens.people.models import Counted

# A language tag as pages carry it in `lang`: RFC 5646, section 2.1, without its rarest parts.
LANGUAGE_TAG = RegexValidator(
    r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\Z",
    "Give the language’s tag as pages carry it: mi for te reo Māori, cy for Welsh.",
)


class SecondLanguage(Counted):
    """The language that a version can be read in beside its own.

    What it says is no part of the published version, which never changes: words may still come,
    and be put right, while the version is in use. Ratings and counts know nothing of it.
    """

    version = models.OneToOneField(
        FrameworkVersion, on_delete=models.CASCADE, related_name="second_language"
    )
    tag = models.CharField(max_length=11, validators=[LANGUAGE_TAG])
    name = models.CharField(max_length=60)  # as its speakers call it

    def __str__(self):
        return self.name

    @property
    def first_name(self):
        """What to call the language that the version itself is written in, beside this one.

        All that is written for a unit says of itself that it is in English (Unit.language). That
        would tell nothing apart where this is another English, such as one in plainer words.
        """
        return "First wording" if self.tag.split("-")[0] == "en" else "English"


class SecondWording(Counted):
    """One text of a version in its second language.

    It is found by the text itself, so that it serves wherever that text is, and serves no more
    once the text was changed: what was said of other words is not passed off as theirs.
    """

    language = models.ForeignKey(SecondLanguage, on_delete=models.CASCADE, related_name="wordings")
    first = models.TextField()
    second = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "language", MD5("first"), name="frameworks_second_wording_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(first="") & ~models.Q(second=""),
                name="frameworks_second_wording_says_something",
            ),
        ]

    def __str__(self):
        return f"{self.language}: {self.first}"[:250]
