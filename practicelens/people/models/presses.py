"""What someone pressed lately, and where it led: a second press of the same leads there too."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from practicelens.database.writing_over import write_over

PRESS = "press"  # the field with the number of the drawing
REMEMBERED_FOR = timedelta(minutes=15)
# Asked before whatever is sent: a plain statement costs a third of one that is put together.
FOUND = "SELECT * FROM people_press WHERE person_id = %s AND key = %s AND at > %s"


class PressQuerySet(models.QuerySet):
    def of(self, person, key):
        """The press with this key that the person made, if it was not long ago; or None."""
        since = timezone.now() - REMEMBERED_FOR
        return next(iter(self.raw(FOUND, [person.pk, key, since])), None)

    def over(self):
        return self.filter(at__lte=timezone.now() - REMEMBERED_FOR)

    def remember(self, person, key, drawing, leads_to):
        """Keep where a press led; what was remembered of the same before is written over."""
        said = {"drawing": drawing, "leads_to": leads_to, "at": timezone.now()}
        write_over(Press, "person_id", "key", person_id=person.pk, key=key, **said)


class Press(models.Model):
    """A form that was sent and taken: a fingerprint of it, and the address that it led to."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presses"
    )
    key = models.CharField(max_length=64)
    drawing = models.UUIDField(null=True)  # the number of the form as it was drawn
    leads_to = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    objects = PressQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="people_press_once")]
        indexes = [models.Index(fields=["at"], name="people_press_at")]

    def __str__(self):
        return f"{self.person_id}: {self.leads_to}"
