from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from practicelens.people import actions, invitations
from practicelens.people.administering import for_system_admins, may_change, units_of
from practicelens.people.forms import PeopleFilter, PersonForm, RoleForm
from practicelens.people.kept_words import waiting_for
from practicelens.people.methods import shown_and_sent
from practicelens.people.models import KeptWords, Role, User

PEOPLE_ON_A_PAGE = 50


@require_safe
def me(request):
    """One's own page."""
    roles = request.user.roles.held().select_related("unit").order_by("unit__name", "kind")
    return render(request, "people/me.html", {"roles": roles})


@require_safe
def kept(request):
    """What one typed after one's session had ended, until it is saved or thrown away."""
    return render(request, "people/kept.html", {"kept": waiting_for(request)})


@require_POST
def throw_away(request, pk):
    get_object_or_404(KeptWords.objects.visible_to(request.user), pk=pk).delete()
    messages.success(request, "Thrown away.")
    return redirect("people:kept")


@require_safe
@for_system_admins
def people(request):
    form = PeopleFilter(request.GET)
    shown = form.filter(User.objects.visible_to(request.user)).for_list()
    page = Paginator(shown, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/list.html", {"page": page, "form": form})


def looked_after(request, pk):
    """A person that the system admin may see and change."""
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not may_change(request.user, found):
        raise PermissionDenied
    return found


@require_safe
@for_system_admins
def person(request, pk):
    shown = get_object_or_404(User.objects.visible_to(request.user).for_list(), pk=pk)
    context = {
        "person": shown,
        "ended": shown.roles.exclude(ended_at=None)
        .select_related("unit", "ended_by")
        .order_by("-ended_at"),
        "may_change": may_change(request.user, shown),
        "may_end": set(units_of(request.user).values_list("pk", flat=True)),
    }
    return render(request, "people/person.html", context)


@shown_and_sent
@for_system_admins
def add(request):
    form = PersonForm(request.POST or None)
    if form.is_valid():
        return invite(request, form.save())
    context = {"title": "Add a person", "form": form}
    context |= {"back_url": reverse("people:list"), "back_name": "People"}
    return render(request, "form.html", context)


def invite(request, user):
    """Mail the link; show it too, once, to whom added somebody who has no password yet."""
    address = invitations.link_for(user, request)
    sent = invitations.send(user, address)
    if user.has_usable_password():
        tell_of_mail(request, user, sent)
        return redirect("people:person", user.pk)
    request.session["set_password"] = {"user": user.pk, "link": address, "sent": sent}
    return redirect("people:link", user.pk)


def tell_of_mail(request, user, sent):
    if sent:
        messages.success(request, f"A link to set a new password is on its way to {user.email}.")
    else:
        messages.error(request, f"The mail to {user.email} could not be sent. Try again later.")


@require_safe
@for_system_admins
def link(request, pk):
    found = looked_after(request, pk)
    kept = request.session.get("set_password")
    if not kept or kept["user"] != found.pk:
        return redirect("people:person", found.pk)
    del request.session["set_password"]
    return render(request, "people/link.html", kept | {"person": found, "days": invitations.days()})


@require_POST
@for_system_admins
def new_link(request, pk):
    found = looked_after(request, pk)
    if not found.is_active:
        messages.error(request, f"{found} may not sign in. Enable them first.")
        return redirect("people:person", found.pk)
    return invite(request, found)


@shown_and_sent
@for_system_admins
def edit(request, pk):
    found = looked_after(request, pk)
    form = PersonForm(request.POST or None, instance=found)
    if form.is_valid():
        actions.keep_one_address(user=form.save())
        messages.success(request, f"{found} is saved.")
        return redirect("people:person", found.pk)
    context = {"title": f"Change {found.name}", "form": form}
    context |= {"back_url": reverse("people:person", args=[pk]), "back_name": "This person"}
    return render(request, "form.html", context)


@shown_and_sent
@for_system_admins
def disable(request, pk):
    found = looked_after(request, pk)
    if request.method == "POST":
        done = f"{found} can no longer sign in."
        return tried(request, found, done, actions.disable, user=found, by=request.user)
    return render(request, "people/disable.html", {"person": found})


@shown_and_sent
@for_system_admins
def enable(request, pk):
    found = looked_after(request, pk)
    if request.method == "POST":
        return tried(request, found, f"{found} may sign in again.", actions.enable, user=found)
    return render(request, "people/enable.html", {"person": found})


@shown_and_sent
@for_system_admins
def give_role(request, pk):
    found = looked_after(request, pk)
    form = RoleForm(request.POST or None, units=units_of(request.user))
    if form.is_valid():
        wanted = form.cleaned_data | {"user": found, "by": request.user}
        return tried(request, found, f"{found} holds the role now.", actions.give_role, **wanted)
    context = {"title": f"Give {found} a role", "form": form}
    context |= {"back_url": reverse("people:person", args=[pk]), "back_name": str(found)}
    return render(request, "form.html", context)


@shown_and_sent
@for_system_admins
def end_role(request, pk):
    reached = Role.objects.held().filter(unit__in=units_of(request.user))
    role = get_object_or_404(reached.select_related("user", "unit"), pk=pk)
    if request.method == "POST":
        return tried(
            request, role.user, "The role has ended.", actions.end_role, role=role, by=request.user
        )
    return render(request, "people/end_role.html", {"role": role})


def tried(request, whose, done, action, /, **wanted):
    """Do it, say how it went, and go back to the person."""
    try:
        action(**wanted)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("people:person", whose.pk)
