"""Old observations on their way in from files, and where those that are in came from."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from observations.models.observation import Observation
from practicelens.people.models import Unit

# What nobody imported is not kept for longer: it is people's words, and the file is theirs still.
KEPT_FOR = timedelta(hours=24)


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sent the files: until they are imported for a day, and afterwards for good."""
        return self.filter(by=user).exclude(pk__in=self.model.objects.old().values("pk"))

    def old(self):
        """Never begun, and their day is over."""
        return self.filter(started_at=None, at__lte=timezone.now() - KEPT_FOR)

    def to_do(self):
        """Those at which the background job goes on, the oldest first."""
        states = [Import.State.READING, Import.State.IMPORTING, Import.State.UNDOING]
        return self.filter(state__in=states).order_by("pk")

    def for_list(self):
        return self.prefetch_related("files").order_by("-pk")


class Import(models.Model):
    """Files of one shape that someone sent, from the upload until each row is in or left out.

    `columns` says what each column is, by its place; `same` what holds for every row where the file
    says nothing; `values` what words of the file mean, {what: {words, folded: code}}.
    """

    class State(models.TextChoices):
        READING = "reading", "Being read"
        REFUSED = "refused", "Could not be read"
        MATCHING = "matching", "Columns to match"
        READY = "ready", "Ready to import"
        IMPORTING = "importing", "Being imported"
        DONE = "done", "Imported"
        UNDOING = "undoing", "Being undone"
        UNDONE = "undone", "Undone"

    BEGUN = (State.IMPORTING, State.DONE, State.UNDOING, State.UNDONE)

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="imports")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports"
    )
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    refused_because = models.CharField(max_length=300, blank=True)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    same = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    is_month_first = models.BooleanField("dates have the month first", default=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["importing", "done", "undoing", "undone"], started_at__isnull=False
                )
                | models.Q(
                    state__in=["reading", "refused", "matching", "ready"], started_at__isnull=True
                ),
                name="observations_import_begun_by_its_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state="undone", undone_at__isnull=False)
                | (~models.Q(state="undone") & models.Q(undone_at=None)),
                name="observations_import_undone_by_its_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state="refused") ^ models.Q(refused_because=""),
                name="observations_import_refused_because",
            ),
        ]

    def __str__(self):
        names = [each.name for each in self.files.all()]
        more = len(names) - 1
        return f"{names[0]} and {more} more" if more > 0 else "".join(names)

    def get_absolute_url(self):
        return reverse("observations:import", args=[self.pk])

    @property
    def state_words(self):
        return self.get_state_display().lower()

    @property
    def is_begun(self):
        return self.state in self.BEGUN

    @property
    def is_under_way(self):
        """Whether the background job is at it, so that its page looks again."""
        return self.state in (self.State.READING, self.State.IMPORTING, self.State.UNDOING)


class ImportFile(models.Model):
    """One file of an import. What is in it is kept until it is read, and its rows from then on."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    content = models.BinaryField(default=bytes)

    class Meta:
        verbose_name = "file of an import"
        verbose_name_plural = "files of imports"
        ordering = ["pk"]
        indexes = [models.Index(fields=["digest"], name="observations_import_file_again")]

    def __str__(self):
        return self.name


class ImportRowQuerySet(models.QuerySet):
    def for_list(self):
        return self.select_related("file").order_by("file", "number")

    def in_already(self, organisation, digests):
        """Rows of the same content that are in, whoever imported them."""
        return self.filter(
            organisation=organisation, digest__in=digests, outcome=ImportRow.Outcome.IMPORTED
        )


class ImportRow(models.Model):
    """One row of a file, or one Word form; and the observation that came of it.

    `texts` is what is in its columns, or {"fault": words} of a cell that is no text. It is emptied
    once the row is in, or the import is over. A good row can be left out, and is then until someone
    ticks it again, however the columns are matched. Of one row of an organisation there is one
    observation, in however many files it comes.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waits"
        GOOD = "good", "Can be imported"
        PROBLEM = "problem", "Has something to put right"
        KNOWN = "known", "Is in already"
        LEFT_OUT = "left_out", "Left out"
        IMPORTED = "imported", "Imported"
        TAKEN_OUT = "taken_out", "Taken out again"

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    file = models.ForeignKey(ImportFile, on_delete=models.CASCADE, related_name="rows")
    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # as the spreadsheet counts; 0 of a Word form
    texts = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    # [{"column", "found", "words"}]
    problems = models.JSONField(default=list)
    stays_because = models.CharField(max_length=200, blank=True)
    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, null=True, related_name="imported_from"
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "row of an import"
        verbose_name_plural = "rows of imports"
        constraints = [
            models.UniqueConstraint(
                fields=["file", "number"], name="observations_import_row_once_a_file"
            ),
            models.UniqueConstraint(
                fields=["organisation", "digest"],
                condition=models.Q(outcome="imported"),
                name="observations_import_row_in_once",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["imported", "taken_out"], observation__isnull=False)
                | (~models.Q(outcome__in=["imported", "taken_out"]) & models.Q(observation=None)),
                name="observations_import_row_in_by_its_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["of", "outcome"], name="observations_import_row_left"),
        ]

    def __str__(self):
        return f"{self.file}, row {self.number}" if self.number else self.file.name


class ImportMapping(models.Model):
    """What the columns of a file of one shape are: kept, and offered for the next such file."""

    organisation = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="import_mappings")
    shape = models.CharField(max_length=64)  # a digest of the headings, in any order
    columns = models.JSONField(default=dict)  # by heading
    same = models.JSONField(default=dict)
    values = models.JSONField(default=dict)  # never of people
    is_month_first = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="import_mappings"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "shape"], name="observations_import_mapping_once_a_shape"
            )
        ]

    def __str__(self):
        return f"Columns as matched on {self.at:%d %B %Y}"
