"""The public edition of an issue: a preview, then what was made, on the page and as files."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from reports.briefings.public_edition import actions
from reports.briefings.public_edition.making import by_reason, public
from reports.briefings.render import figures
from reports.briefings.render import pdf as pdf_of
from reports.briefings.render import word as word_of
from reports.briefings.views.files import attached, paper_of
from reports.briefings.views.finding import seen_briefing
from reports.models import WordTemplate


@shown_and_sent
def public_edition(request, key):
    """What it leaves out and why, and what the public would read; then what it does read."""
    briefing = issued_briefing(request, key)
    if request.method == "POST":
        said = "The public edition is made. It never changes."
        to = f"{briefing.get_absolute_url()}public/"
        return press(request, to, said, actions.make, briefing=briefing, by=request.user)
    made = getattr(briefing, "public_edition", None)
    content, left_out = (
        (made.content, made.left_out) if made else public(briefing.content, briefing.sha256)
    )
    context = {
        "briefing": briefing,
        "made": made,
        "content": content,
        "left_out": by_reason(left_out),
        "is_replaced": actions.is_replaced(briefing),
    }
    return render(request, "reports/public_edition.html", context)


def issued_briefing(request, key):
    """One that is issued, and that the person writes: 404 before, 403 to those who only read it."""
    briefing = seen_briefing(request, key)
    if not briefing.is_issued:
        raise Http404
    if not briefing.can_be_written_by(request.user):
        raise PermissionDenied
    return briefing


@require_safe
def public_pdf(request, key):
    """The paper of the public edition."""
    return sent(request, key, pdf_of.render, "pdf")


@require_safe
def public_word(request, key):
    """The same in Word, in the organisation's own template where there is one."""
    briefing = issued_briefing(request, key)
    template = WordTemplate.objects.bytes_for(briefing.unit)
    return sent(request, key, partial(word_of.render, template=template), "docx")


@require_safe
def public_csv(request, key):
    """Its rounded figures, a line each."""
    return sent(request, key, figures.as_csv, "csv")


def sent(request, key, make, ending):
    """The file of a public edition that is made; that it was taken is on record."""
    briefing = issued_briefing(request, key)
    edition = getattr(briefing, "public_edition", None)
    if edition is None:
        raise Http404
    record(by=request.user, action=Entry.Action.DOWNLOADED, what=edition, unit=briefing.unit)
    data = make(edition.content, edition.sha256)
    return attached(data, f"public-edition-{paper_of(briefing)}", ending)
