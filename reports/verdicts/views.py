"""Verdict files: the list, one as leaders read it, writing it, putting it before leaders, deciding."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from frameworks.fetching import differences
from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept, status_of
from practicelens.people.permissions import Act
from practicelens.people.refusals import Refusal
from practicelens.people.two_windows import Meanwhile, ReadAt
from practicelens.refusals import AlreadySo, NotNow
from reports.briefings import fingerprint
from reports.briefings.views.files import attached
from reports.models import Verdict, WordTemplate
from reports.verdicts import actions, papers
from reports.verdicts.content import build_content
from reports.verdicts.forms import DecideForm, IssueForm, OpenForm, WordsForm
from reports.verdicts.page import for_page
from reports.verdicts.quoting import offers

PER_PAGE = 12


@require_safe
def verdicts(request):
    """Practice leaders: drafts and what leaders were given; leaders: what they were given."""
    if not request.user.can(Act.READ_VERDICTS):
        raise Http404
    found = Verdict.objects.visible_to(request.user).for_list()
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    writes = request.user.can(Act.WRITE_VERDICTS)
    return render(request, "reports/verdicts.html", {"page": page, "writes": writes})


@shown_and_sent
@keeps_typed
def open_verdict(request):
    """For a unit, and for a framework version, a domain or a criterion."""
    if not request.user.can(Act.WRITE_VERDICTS):
        raise Http404
    form = OpenForm(sent_or_kept(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.open_file(**form.chosen, by=request.user))
    status = status_of(request, form)
    return render(request, "reports/verdict_open.html", {"form": form}, status=status)


def seen_verdict(request, key):
    """A verdict file that the person can see, or 404."""
    return get_object_or_404(
        Verdict.objects.visible_to(request.user).select_related(
            "unit", "version__framework", "domain", "criterion", "decision__by", "issued_by"
        ),
        key=key,
    )


def draft(request, key):
    """One that the person can change now: 403 to who only reads it, and once it is with leaders."""
    found = seen_verdict(request, key)
    if not found.can_be_written_by(request.user):
        raise PermissionDenied
    if found.is_issued:
        because = "This verdict file was put before leaders, so nothing more can be saved in it."
        request.refusal = Refusal(because, [("Read it", found.get_absolute_url())])
        raise PermissionDenied
    return found


def content_of(verdict):
    """The frozen content and its fingerprint; of a draft, as it is now."""
    if verdict.is_issued:
        return verdict.content, verdict.sha256
    content = build_content(verdict)
    return content, fingerprint(content)


@require_safe
@keeps_typed
def verdict(request, key):
    """As leaders read it; a draft, with what is left to do, to those who write it."""
    found = seen_verdict(request, key)
    content, sha256 = content_of(found)
    if found.is_issued:
        record(by=request.user, action=Entry.Action.READ, what=found, unit=found.unit)
    context = {
        **for_page(content),
        "verdict": found,
        "sha256": sha256 if found.is_issued else "",
        "decision": found.decision_made,
        "may_decide": found.can_be_decided_by(request.user),
        "stops": [] if found.is_issued else actions.what_stops(found),
        "may_issue": found.can_be_issued_by(request.user),
    }
    return render(request, "reports/verdict.html", context)


@shown_and_sent
@keeps_typed
def write_verdict(request, key):
    """The three cases with their opposites, the advice, and which quotations stand in it."""
    found = draft(request, key)
    typed = sent_or_kept(request)
    make = partial(WordsForm, offers=offers(found))
    form = make(typed, instance=found)
    form.base = ReadAt.of(typed, otherwise=0) if typed else ReadAt(found.revision)
    theirs, status = [], status_of(request, form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_words(verdict=found, form=form, by=request.user)
        except NotNow as refusal:
            raise PermissionDenied from refusal
        except Meanwhile as since:
            theirs = differences(form, make(instance=since.row))
            form.base, status = since.row.revision, 409
        else:
            return redirect(found)
    context = {"form": form, "verdict": found, "theirs": theirs, "figures": found.figures}
    return render(request, "reports/verdict_write.html", context, status=status)


@require_POST
def count_verdict_again(request, key):
    """Count again; what someone wrote stays."""
    found = draft(request, key)
    said = "The figures are counted again. Read the words against them."
    return press(request, found, said, actions.count_again, verdict=found, by=request.user)


@shown_and_sent
def issue_verdict(request, key):
    """Put it before leaders: by someone who wrote none of it, if there is one."""
    found = seen_verdict(request, key)
    if not found.can_be_written_by(request.user):
        raise PermissionDenied
    if found.is_issued:
        raise AlreadySo("It is with leaders already.", leads_to=found)
    may_issue = found.can_be_issued_by(request.user)
    if request.method == "POST" and not may_issue:
        raise PermissionDenied
    form = IssueForm(request.POST if request.method == "POST" else None, verdict=found)
    if form.is_valid():
        said = "It is with leaders now, and never changes."
        return press(request, found, said, actions.issue, verdict=found, by=request.user)
    context = {"form": form, "verdict": found, "may_issue": may_issue}
    context["stops"] = actions.what_stops(found)
    status = 422 if form.is_bound else 200
    return render(request, "reports/verdict_issue.html", context, status=status)


@shown_and_sent
@keeps_typed
def decide_verdict(request, key):
    """A leader of its unit records what was decided, once."""
    found = seen_verdict(request, key)
    if found.unit_id not in request.user.reach(Act.DECIDE_VERDICTS):
        raise PermissionDenied
    if found.decision_made:
        raise AlreadySo("It is decided already.", leads_to=found)
    form = DecideForm(sent_or_kept(request), verdict=found)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("course", "reason", "decided_on")}
        given |= {"verdict": found, "by": request.user}
        return press(request, found, "The decision is recorded.", actions.decide_verdict, **given)
    context = {"form": form, "verdict": found, "advice": found.content["advice"]}
    status = status_of(request, form)
    return render(request, "reports/verdict_decide.html", context, status=status)


@require_safe
def verdict_pdf(request, key):
    """The paper; a draft says on every page that it is one."""
    return sent(request, seen_verdict(request, key), papers.pdf, "pdf")


@require_safe
def verdict_word(request, key):
    """The same in Word, in the organisation's own template where there is one."""
    found = seen_verdict(request, key)
    template = WordTemplate.objects.bytes_for(found.unit)
    return sent(request, found, partial(papers.word, template=template), "docx")


def sent(request, found, make, ending):
    """The file, with the decision beside its content if there is one; that it was taken is on record."""
    content, sha256 = content_of(found)
    data = make(content, sha256, papers.decided(found))
    record(by=request.user, action=Entry.Action.DOWNLOADED, what=found, unit=found.unit)
    state = "" if found.is_issued else "-draft"
    return attached(data, f"verdict-{slugify(found.unit.name)}-{found.number}{state}", ending)
