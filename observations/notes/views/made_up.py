"""A framework admin fills in a draft as an observer would, about a made-up visit."""

from itertools import groupby

from django.shortcuts import render
from django.views.decorators.cache import never_cache

from frameworks.fetching import kept_draft
from observations.notes.forms.entries import prompts_of
from observations.notes.forms.made_up import KIND_OF_WORK, MadeUpVisitForm
from practicelens.people.methods import shown_and_sent


@never_cache
@shown_and_sent
def visit(request, code):
    """What would be asked, and which checks speak. Nothing is written down."""
    version = kept_draft(request, code)
    form = MadeUpVisitForm(request.POST if request.method == "POST" else None, version=version)
    is_right = form.is_valid()
    domains = {domain.pk: domain for domain in version.domains.all()}
    rows = groupby(form.rows(), lambda row: row["criterion"].domain_id)
    context = {
        "version": version,
        "form": form,
        "domains": [(domains[pk], list(of_domain)) for pk, of_domain in rows],
        "prompts": prompts_of(version, KIND_OF_WORK),
        "passages": form.passages.values(),
        "counts": form.counts() if is_right else None,
    }
    status = 422 if form.is_bound and not is_right else 200
    return render(request, "observations/made_up.html", context, status=status)
