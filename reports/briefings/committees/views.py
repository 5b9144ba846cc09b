from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from practicelens.once import press
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, sent_or_kept, status_of
from reports.briefings.committees import actions
from reports.briefings.committees.forms import CommitteeDateForm
from reports.briefings.schedules.views import written_for
from reports.models import CommitteeDate


@shown_and_sent
@keeps_typed
def committee_dates(request, pk):
    """When committees read the briefings of a unit, with what is due when; one more is added here."""
    unit = get_object_or_404(written_for(request.user), pk=pk)
    form = CommitteeDateForm(sent_or_kept(request), unit=unit)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "unit": unit, "by": request.user}
        here = request.path
        return press(request, here, "The date is added.", actions.add, **given)
    dates = CommitteeDate.objects.visible_to(request.user).ahead(unit)
    context = {"unit": unit, "form": form, "dates": dates}
    status = status_of(request, form)
    return render(request, "reports/committee_dates.html", context, status=status)


@require_POST
def remove_committee_date(request, pk):
    found = get_object_or_404(CommitteeDate.objects.visible_to(request.user), pk=pk)
    given = {"committee_date": found, "by": request.user}
    return press(request, found.get_absolute_url(), "The date is removed.", actions.remove, **given)
