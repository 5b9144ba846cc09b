"""Adding people or units from a file: a template, what the file would add, and adding it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from practicelens.numbers import plural
from practicelens.people import invitations, telling
from practicelens.people.administering import (
    for_system_admins,
    for_system_admins_anew,
    organisations_of,
)
from practicelens.people.methods import shown_and_sent
from practicelens.people.models import PeopleFile
from practicelens.people.setting_up import actions
from practicelens.people.setting_up.forms import SetUpForm
from practicelens.people.setting_up.tables import COLUMNS, Unreadable, template

MOST_SHOWN = 100  # of what is to be put right; mending these mends most of the rest
DONE = {"people": "people:list", "units": "people:units"}


@require_safe
@for_system_admins
def empty_table(request, kind):
    """A template to fill in."""
    if kind not in COLUMNS:
        raise Http404
    response = HttpResponse(template(kind), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response


@shown_and_sent
@for_system_admins_anew
def set_up(request):
    """Choose a file; everything that is wrong with it is said at once."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SetUpForm(*sent, organisations=organisations_of(request.user))
    if form.is_valid():
        return look_at(request, form)
    return show_form(request, form)


def look_at(request, form):
    file = form.cleaned_data["file"]
    content = file.read()
    try:
        plan = actions.plan_of(content, form.chosen, request.user)
    except Unreadable as words:
        form.add_error("file", str(words))
        return show_form(request, form)
    if plan.faults:
        return show_form(request, form, plan.faults)
    held = actions.hold(
        owner=request.user, organisation=form.chosen, name=file.name, content=content
    )
    return redirect("people:set_up_check", held.pk)


def show_form(request, form, faults=()):
    context = {
        "form": form,
        "columns": COLUMNS,
        "faults": [(f"Row {each.row}, {each.column}:", each.words) for each in faults[:MOST_SHOWN]],
        "more": len(faults[MOST_SHOWN:]),
    }
    return render(request, "people/set_up.html", context, status=422 if form.is_bound else 200)


@shown_and_sent
@for_system_admins_anew
def set_up_check(request, pk):
    """What a file would add; then it is added, the whole of it."""
    visible = PeopleFile.objects.visible_to(request.user).select_related("organisation")
    file = get_object_or_404(visible, pk=pk)
    plan = actions.plan_of(bytes(file.content), file.organisation, request.user)
    if file.added_at:
        messages.info(request, f"{file} was added already. Nothing was added again.")
        return redirect(DONE[plan.kind])
    if request.method == "POST":
        return add(request, file, plan)
    return render(request, "people/set_up_check.html", {"file": file, "plan": plan, "stop": ""})


def add(request, file, plan):
    try:
        people = actions.add_all(file=file, by=request.user)
    except (actions.Faulty, actions.Refused):
        stop = "What is here has changed since you sent the file. Choose the file again."
        context = {"file": file, "plan": plan, "stop": stop}
        return render(request, "people/set_up_check.html", context, status=409)
    if people is None:
        messages.info(request, f"{file} was added already. Nothing was added again.")
    elif plan.kind == "units":
        messages.success(request, f"Added: {plural(len(plan.units), 'unit')}.")
    else:
        messages.success(request, f"Added: {plural(len(people), 'person', 'people')}.")
        invite(request, people)
    return redirect(DONE[plan.kind])


def invite(request, people):
    """Mail each a link to set a password, and say to whom none went."""
    if telling.mail_is_off():
        words = "Mail is off, so nobody was sent a link. Give each person one on their page."
        messages.info(request, words)
        return
    left = [
        user.name
        for user in people
        if not invitations.give_password_link(
            user=user, link=invitations.password_link(user, request), by=request.user
        )
    ]
    if left:
        words = f"The mail could not be sent to {', '.join(left)}. Send a link on their page."
        messages.error(request, words)
