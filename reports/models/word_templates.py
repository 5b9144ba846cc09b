"""The look that an organisation gives its briefings in Word."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from practicelens.people.models import Unit
from practicelens.people.permissions import Act


class WordTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that the person can replace or remove, as a system admin."""
        return self.filter(unit__in=user.reach(Act.KEEP_PEOPLE))

    def bytes_for(self, unit):
        """The template that a unit's briefings are put into, or None."""
        file = self.filter(unit=unit.organisation_id).values_list("file", flat=True).first()
        return bytes(file) if file else None


class WordTemplate(models.Model):
    """An organisation's own .docx: letterhead, styles and paper size. Its text is never used."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="word_template")
    file = models.BinaryField()
    sha256 = models.CharField("fingerprint", max_length=64)
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = WordTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"),
                name="reports_wordtemplate_has_fingerprint",
            )
        ]

    def __str__(self):
        return f"Word template of {self.unit}"

    def get_absolute_url(self):
        return reverse("reports:word_template", args=[self.unit_id])
