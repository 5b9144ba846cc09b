"""A briefing as a file: the paper as PDF and in Word, its figures, and the content itself."""

from functools import partial

from django.http import HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from practicelens.audit.actions import record
from practicelens.audit.models import Entry
from reports import briefings as composing
from reports.briefings.render import figures
from reports.briefings.render import pdf as pdf_of
from reports.briefings.render import word as word_of
from reports.briefings.views.finding import seen_briefing, written_briefing
from reports.models import WordTemplate

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
def pdf(request, key):
    """The paper, from the frozen content; a draft says on every page that it is one."""
    return sent(request, seen_briefing(request, key), pdf_of.render, "practice-briefing", "pdf")


@require_safe
def word(request, key):
    """The same in Word, in the organisation's own template where there is one."""
    found = seen_briefing(request, key)
    make = partial(word_of.render, template=WordTemplate.objects.bytes_for(found.unit))
    return sent(request, found, make, "practice-briefing", "docx")


@require_safe
def figures_csv(request, key):
    """Its figures, a line each."""
    found = seen_briefing(request, key)
    return sent(request, found, figures.as_csv, "practice-briefing-figures", "csv")


@require_safe
def figures_xlsx(request, key):
    """Its figures, a sheet for each table."""
    found = seen_briefing(request, key)
    return sent(request, found, figures.as_book, "practice-briefing-figures", "xlsx")


def sent(request, found, make, name, ending):
    """The file that is made of a briefing's content and fingerprint; that it was taken is on record."""
    content = found.content or composing.build_content(found)
    data = make(content, found.sha256 or composing.fingerprint(content))
    record(by=request.user, action=Entry.Action.DOWNLOADED, what=found, unit=found.unit)
    state = "" if found.is_issued else "-draft"
    return attached(data, f"{name}-{paper_of(found)}{state}", ending)


def paper_of(briefing):
    """Whose paper it is, of which month, in which version: as the names of files say it."""
    return f"{slugify(briefing.unit.name)}-{briefing.month:%Y-%m}-v{briefing.version}"


def attached(data, name, ending):
    """A file that is saved under this name."""
    return HttpResponse(
        data,
        content_type=TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'},
    )


@require_safe
def content(request, key):
    """The plain object itself, with its fingerprint; for those who write briefings."""
    found = written_briefing(request, key)
    made = found.content or composing.build_content(found)
    record(by=request.user, action=Entry.Action.DOWNLOADED, what=found, unit=found.unit)
    return HttpResponse(
        composing.canonical(made),
        content_type="application/json",
        headers={"X-Content-SHA256": composing.fingerprint(made)},
    )
