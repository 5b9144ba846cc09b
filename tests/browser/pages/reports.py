"""The first page, what notes add up to, and briefings."""

from django.urls import reverse
from django.utils import timezone

from frameworks.models import Theme
from observations.models import Pair
from practicelens.people.models import Unit
from reports.briefings import compose
from reports.models import (
    Briefing,
    BriefingSchedule,
    Finding,
    Question,
    Recommendation,
    ReturnVisit,
    SavedView,
    Verdict,
)
from reports.periods import month_of
from tests.browser.pages.frameworks import first_criterion, live_version
from tests.browser.pages.page import Page, asked, at, person


def written():
    """A briefing that nobody has sent for approval: this month's, composed if it is not there."""
    unit = Unit.objects.get(code="harrowmere")
    return compose(unit=unit, month=month_of(timezone.localdate()), by=person("marian"))


def issued():
    return Briefing.objects.standing().filter(unit__code="harrowmere").order_by("-month")[0]


def of_issued(name):
    return lambda: reverse(f"reports:{name}", args=[issued().key])


def of_organisation(name):
    return lambda: reverse(f"reports:{name}", args=[person("lee").organisation_id])


def of_written(name, *args):
    return lambda: reverse(f"reports:{name}", args=[written().key, *args])


def of_schedule(name):
    return lambda: reverse(f"reports:{name}", args=[a_scheduled_unit()])


def a_scheduled_unit():
    return BriefingSchedule.objects.visible_to(person("marian")).running()[0].unit_id


def of_finding(name, *args):
    return lambda: reverse(f"reports:{name}", args=[written().key, a_finding(), *args])


def a_finding():
    return written().findings.standing()[0].pk


def coded(name, model):
    return lambda: reverse(f"reports:{name}", args=[model.objects.order_by("pk").last().pk])


def two_side_by_side():
    return SavedView.objects.get(page=SavedView.Page.SIDE_BY_SIDE).get_absolute_url()


def a_criterion_explored():
    return f"{reverse('reports:explore')}?criterion={first_criterion(live_version())}"


def a_criterion_in_use():
    return reverse("reports:summary_criterion", args=[first_criterion(live_version())])


def a_recommendation():
    return Recommendation.objects.filter(owner=person("ruth"), briefing=issued())[
        0
    ].get_absolute_url()


def a_dropped_finding():
    """One of those of a part's briefing, so that no other page misses it."""
    unit = Unit.objects.get(code="help-and-protection")
    briefing = compose(unit=unit, month=month_of(timezone.localdate()), by=person("marian"))
    finding = Finding.objects.create(
        briefing=briefing, section=Finding.WITH_FINDINGS[0], position=99, claim="Forms eat words."
    )
    Finding.objects.filter(pk=finding.pk).update(dropped_at=timezone.now())
    return reverse("reports:dropped", args=[briefing.key, finding.pk])


def a_promise():
    """What was promised, and is not marked as done."""
    promised = Recommendation.objects.filter(decision__answer="yes", decision__done_on=None)
    return reverse("reports:mark_done", args=[promised[0].pk])


def of_return_visit(what):
    """A page of one that is to be planned."""

    def address():
        due = ReturnVisit.objects.open().filter(visit=None).order_by("pk")[0]
        return reverse(f"reports:{what}_return_visit", args=[due.pk])

    return address


def a_question():
    return Question.objects.order_by("pk")[0].get_absolute_url()


def of_verdict(name, *, is_draft=False):
    """A page of a verdict file of the story: the draft, or what leaders decided."""

    def address():
        found = Verdict.objects.filter(issued_at__isnull=is_draft).order_by("pk")[0]
        return reverse(f"reports:{name}", args=[found.key])

    return address


def a_verdict_to_decide():
    """One that waits: what the story has is decided."""
    decided = Verdict.objects.filter(issued_at__isnull=False).order_by("pk")[0]
    fields = ("unit", "version", "domain", "written_by", "issued_by", "issued_at", "content")
    waiting, _ = Verdict.objects.get_or_create(
        number=2,
        **{name: getattr(decided, name) for name in fields},
        figures=decided.figures,
        advice=decided.advice,
        sha256=decided.sha256,
    )
    return reverse("reports:decide_verdict", args=[waiting.key])


REPORTS = [
    *[Page(f"home of {who}", who, at("home")) for who in ["marian", "priya", "ruth", "lee"]],
    Page("summary", "marian", at("reports:summary")),
    Page("summary by clause", "marian", asked("reports:summary", "read_by=social-work-england")),
    Page("summary of a theme", "marian", coded("summary_theme", Theme)),
    Page("summary of a criterion", "marian", a_criterion_in_use),
    Page("coverage", "marian", at("reports:coverage")),
    Page("definitions", "marian", at("reports:definitions")),
    Page("how suggestions are made", "ruth", at("reports:how")),
    Page("two observers", "marian", at("reports:pairs")),
    Page("a pair", "marian", coded("pair", Pair)),
    Page("a pair read by another", "elspeth", coded("pair", Pair)),
    Page("briefings", "marian", at("reports:briefings")),
    Page("briefings for a leader", "ruth", at("reports:briefings")),
    Page("explore what was told", "ruth", at("reports:explore")),
    Page("explore a criterion, read by who reads observations", "marian", a_criterion_explored),
    Page("two jurisdictions side by side", "ruth", two_side_by_side),
    Page("a saved view renamed", "ruth", coded("rename_view", SavedView)),
    Page("a saved view removed", "ruth", coded("remove_view", SavedView)),
    Page("compose a briefing", "marian", at("reports:compose")),
    Page("an issued briefing", "ruth", lambda: issued().get_absolute_url()),
    Page("a fingerprint", "ruth", of_issued("fingerprint")),
    Page("a public edition", "marian", of_issued("public_edition")),
    Page("a Word template", "lee", of_organisation("word_template")),
    Page("a briefing being written", "marian", of_written("briefing")),
    Page("its preview", "marian", of_written("preview")),
    Page("its answers", "marian", of_written("part", "answers")),
    Page("its first section", "marian", of_written("part", "framework")),
    Page("its good work", "marian", of_written("part", "good_work")),
    Page("its quotations", "marian", of_written("release")),
    Page("what became of its recommendations", "marian", of_written("part", "since")),
    Page("a finding", "marian", of_finding("finding")),
    Page("its evidence", "marian", of_finding("evidence", "for")),
    Page("add a finding", "marian", of_written("add_finding")),
    Page("its recommendations", "marian", of_written("edit_recommendations")),
    Page("add a recommendation", "marian", of_written("add_recommendation")),
    Page("recommendations", "ruth", at("reports:recommendations")),
    Page("a recommendation", "ruth", a_recommendation),
    Page("questions on an issue", "ruth", of_issued("questions")),
    Page("a question asked", "ruth", of_issued("ask")),
    Page("a question in its thread", "marian", a_question),
    Page("who opened an issue", "marian", of_issued("readers")),
    Page("return visits", "marian", at("reports:return_visits")),
    Page("a return visit planned", "marian", of_return_visit("plan")),
    Page("what was seen on going back", "marian", of_return_visit("tell")),
    Page("nobody goes back", "marian", of_return_visit("close")),
    Page("what leaders decided", "priya", at("reports:decided")),
    Page("a promise marked as done", "marian", a_promise),
    Page("a finding dropped", "marian", a_dropped_finding),
    Page("an issue drafted again", "marian", of_issued("reissue")),
    Page("verdict files", "ruth", at("reports:verdicts")),
    Page("open a verdict file", "marian", at("reports:open_verdict")),
    Page("a decided verdict file", "ruth", of_verdict("verdict")),
    Page("a verdict file being written", "marian", of_verdict("verdict", is_draft=True)),
    Page("its words", "marian", of_verdict("write_verdict", is_draft=True)),
    Page("it is put before leaders", "marian", of_verdict("issue_verdict", is_draft=True)),
    Page("a verdict file decided", "ruth", a_verdict_to_decide),
    Page("runs", "lee", at("reports:runs")),
    Page("when drafts are made", "marian", at("reports:schedules")),
    Page("a schedule", "marian", of_schedule("schedule")),
    Page("committee dates", "marian", of_schedule("committee_dates")),
    Page("a schedule ended", "marian", of_schedule("end_schedule")),
]

# Opened by a button, asked by a script or downloaded: never a page that is read.
NO_PAGE = {
    "save_view",
    "remove_committee_date",
    "approve",
    "briefing_figures_csv",
    "briefing_figures_xlsx",
    "change_evidence",
    "content",
    "content_schema",
    "drop_finding",
    "figures_csv",
    "gather_again",
    "looked",  # a form on the finding's page
    "not_the_opposite",
    "pdf",
    "public_csv",
    "public_pdf",
    "public_word",
    "remove_recommendation",
    "remove_word_template",
    "run_again",
    "send",
    "take_back",
    "take_words",
    "withdraw_release",
    "tell_early_sign",
    "undo_drop",
    "unpair",
    "edit_recommendation",  # the page of a new recommendation
    "issue",  # walked through in test_issuing.py
    "word",
    "count_verdict_again",
    "verdict_pdf",
    "verdict_word",
}
