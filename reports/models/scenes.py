from django.core.validators import MaxLengthValidator
from django.db import models

from reports.models.briefings import Briefing


class Scene(models.Model):
    """A short scene from practice in a briefing, told so that nobody in it can be made out.

    What was altered is for whoever approves it; leaders read that it was, and who was asked.
    """

    class Asked(models.TextChoices):
        NOT_YET = "", "Not yet"
        BOTH = "both", "Both were asked, and agree to its telling"

    briefing = models.OneToOneField(Briefing, on_delete=models.CASCADE, related_name="scene")
    text = models.TextField("the scene", validators=[MaxLengthValidator(600)], blank=True)
    altered = models.CharField("what was altered", max_length=200, blank=True)
    asked = models.CharField(max_length=10, choices=Asked, blank=True)

    def __str__(self):
        return "A scene from practice"
