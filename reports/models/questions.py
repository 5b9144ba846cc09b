"""What leaders ask about a passage of an issued briefing, and what is answered."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from practicelens.people.permissions import Act
from reports.models.briefings import Briefing

LONGEST = 500


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those about issues that the user reads."""
        read = user.reach(Act.READ_BRIEFINGS)
        return self.filter(briefing__unit__in=read, briefing__issued_at__isnull=False)

    def of_issue(self, briefing):
        """Those about any version of the same paper, in the order in which they were asked."""
        same = self.filter(briefing__unit=briefing.unit, briefing__month=briefing.month)
        return same.order_by("asked_at", "pk")

    def for_list(self):
        """With who asked and all that was answered."""
        return self.select_related("briefing__unit", "by").prefetch_related("replies__by")


class Question(models.Model):
    """A question on one passage of an issued briefing. Its thread says what was answered."""

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="questions")
    # Where in its content: the key of a section, or "finding-2"; and that passage's own words.
    place = models.CharField(max_length=20)
    about = models.CharField(max_length=200)
    words = models.CharField("your question", max_length=LONGEST)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""), name="reports_question_asks_something"
            ),
            models.UniqueConstraint(
                fields=["briefing", "by", "place", "words"], name="reports_question_once"
            ),
        ]

    def __str__(self):
        return self.words

    def get_absolute_url(self):
        return reverse("reports:question", args=[self.pk])

    @property
    def is_answered(self):
        """Whether someone else than its asker said something in its thread."""
        return any(each.by_id != self.by_id for each in self.replies.all())

    def can_be_answered_by(self, user):
        """Whoever writes the briefings of the unit answers; who asked can ask on."""
        return user.pk == self.by_id or self.briefing.can_be_written_by(user)


class QuestionReply(models.Model):
    """One answer in the thread of a question, or what its asker asks on."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="replies")
    words = models.CharField(max_length=LONGEST)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="question_replies"
    )
    replied_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["replied_at", "pk"]
        verbose_name = "answer to a question"
        verbose_name_plural = "answers to questions"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""), name="reports_questionreply_says_something"
            ),
            models.UniqueConstraint(
                fields=["question", "by", "words"], name="reports_questionreply_once"
            ),
        ]

    def __str__(self):
        return self.words
