from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from practicelens.people import actions, invitations, telling
from practicelens.people.administering import (
    for_system_admins,
    for_system_admins_anew,
    may_change,
    organisations_of,
    units_of,
)
from practicelens.people.forms import (
    LastDayForm,
    MoveRoleForm,
    NewPersonForm,
    PeopleFilter,
    PersonForm,
    RoleForm,
)
from practicelens.people.kept_words import waiting_for
from practicelens.people.methods import shown_and_sent
from practicelens.people.models import KeptWords, Role, RoleRequest, User
from practicelens.people.where_words_go import with_places

PEOPLE_ON_A_PAGE = 50


@require_safe
def me(request):
    """One's own page."""
    roles = request.user.roles.held().select_related("unit").order_by("unit__name", "kind")
    return render(request, "people/me.html", {"roles": roles})


@require_safe
def kept(request):
    """What one typed that is not saved, and where it can go, until it is saved or thrown away."""
    return render(request, "people/kept.html", {"kept": with_places(request, waiting_for(request))})


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
    """A person that the system admin can see and change."""
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
        "address_asked": shown.address_changes.filter(ended_at=None).first(),
        "waiting": RoleRequest.objects.visible_to(request.user).filter(user=shown).for_list(),
        "may_end": set(units_of(request.user).values_list("pk", flat=True)),
    }
    return render(request, "people/person.html", context)


@shown_and_sent
@for_system_admins_anew
def add(request):
    form = NewPersonForm(
        request.POST or None,
        organisations=organisations_of(request.user),
        units=units_of(request.user),
    )
    if form.is_valid():
        user = form.save(commit=False)
        wanted = {"organisation": form.chosen, "role": form.role, "by": request.user}
        return invite(request, actions.add(user=user, **wanted))
    context = {"title": "Add a person", "form": form}
    context |= {"back_url": reverse("people:list"), "back_name": "People"}
    return render(request, "form.html", context)


def invite(request, user):
    """Give a link to set a password: by mail, or on screen, once, where mail is off."""
    address = invitations.password_link(user, request)
    went = invitations.give_password_link(user=user, link=address, by=request.user)
    words = f"A link to set a password is on its way to {user.email}."
    return given(request, user, address, went, words, "To set a password")


def given(request, user, link, went, words, purpose):
    """Where to go after a link was given."""
    if went and telling.mail_is_off():
        request.session["link_given"] = {"user": user.pk, "link": link, "purpose": purpose}
        return redirect("people:link", user.pk)
    if went:
        messages.success(request, words)
    else:
        messages.error(
            request, "The mail could not be sent, so no link was given. Try again later."
        )
    return redirect("people:person", user.pk)


@require_safe
@for_system_admins_anew
def link(request, pk):
    found = looked_after(request, pk)
    given = request.session.get("link_given")
    if not given or given["user"] != found.pk:
        return redirect("people:person", found.pk)
    del request.session["link_given"]
    return render(
        request, "people/link.html", given | {"person": found, "days": invitations.days()}
    )


@require_POST
@for_system_admins_anew
def new_link(request, pk):
    found = looked_after(request, pk)
    if not found.is_active:
        messages.error(request, f"{found} can't sign in. Enable them first.")
        return redirect("people:person", found.pk)
    return invite(request, found)


@shown_and_sent
@for_system_admins_anew
def edit(request, pk):
    found = looked_after(request, pk)
    form = PersonForm(request.POST or None, instance=found)
    if form.is_valid():
        return save_person(request, looked_after(request, pk), **form.cleaned_data)
    context = {"title": f"Change {found.name}", "form": form}
    context |= {"back_url": reverse("people:person", args=[pk]), "back_name": "This person"}
    return render(request, "form.html", context)


def save_person(request, person, name, email, post):
    """Name and post change at once; a new address waits until its holder confirms it."""
    actions.change(user=person, name=name, post=post, by=request.user)
    if email == person.email:
        messages.success(request, f"{person} is saved.")
        return redirect("people:person", person.pk)
    asked = actions.ask_for_address(user=person, email=email, by=request.user)
    address = invitations.address_link(asked, request)
    went = invitations.send_address_link(asked, address)
    words = f"{person} is saved. The new address waits until it is confirmed by mail."
    return given(request, person, address, went, words, "To confirm the new address")


@require_POST
@for_system_admins_anew
def take_address_back(request, pk):
    found = looked_after(request, pk)
    for asked in found.address_changes.filter(ended_at=None):
        actions.take_address_back(asked=asked, by=request.user)
    messages.success(request, "The address stays as it is.")
    return redirect("people:person", found.pk)


@shown_and_sent
@login_not_required
def confirm_address(request, key):
    """Whoever reads the mail of a new address says that it is right."""
    asked = invitations.asked_by_link(key)
    if asked is None or asked.ended_at:
        return render(request, "people/confirm_address.html", {"asked": None}, status=404)
    if request.method != "POST":
        return render(request, "people/confirm_address.html", {"asked": asked})
    try:
        actions.confirm_address(asked=asked)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Confirmed. You sign in with {asked.email} from now on.")
    return redirect("account_login")


@shown_and_sent
@for_system_admins_anew
def disable(request, pk):
    found = looked_after(request, pk)
    if request.method == "POST":
        done = f"{found} can no longer sign in."
        return tried(request, found, done, actions.disable, user=found, by=request.user)
    return render(request, "people/disable.html", {"person": found})


@shown_and_sent
@for_system_admins_anew
def enable(request, pk):
    found = looked_after(request, pk)
    if request.method == "POST":
        done = f"{found} can sign in again."
        return tried(request, found, done, actions.enable, user=found, by=request.user)
    return render(request, "people/enable.html", {"person": found})


@shown_and_sent
@for_system_admins_anew
def give_role(request, pk):
    found = looked_after(request, pk)
    form = RoleForm(request.POST or None, units=units_of(request.user))
    if form.is_valid():
        wanted = form.cleaned_data | {"user": found, "by": request.user}
        return tried(request, found, told_of_role, actions.give_role, **wanted)
    context = {"title": f"Give {found} a role", "form": form}
    context |= {"back_url": reverse("people:person", args=[pk]), "back_name": str(found)}
    return render(request, "form.html", context)


def told_of_role(given):
    if isinstance(given, RoleRequest):
        return f"{given.user} has the role once a second person has agreed. They get a mail."
    return f"{given.user} has the role now."


@shown_and_sent
@for_system_admins_anew
def end_role(request, pk):
    reached = Role.objects.held().filter(unit__in=units_of(request.user))
    role = get_object_or_404(reached.select_related("user", "unit"), pk=pk)
    if request.method == "POST":
        return tried(
            request, role.user, "The role has ended.", actions.end_role, role=role, by=request.user
        )
    return render(request, "people/end_role.html", {"role": role})


@shown_and_sent
@for_system_admins_anew
def move_role(request, pk):
    """Take someone with a role to another unit: it ends here, and is given there."""
    reached = Role.objects.held().filter(unit__in=units_of(request.user))
    role = get_object_or_404(reached.select_related("user__organisation", "unit"), pk=pk)
    looked_after(request, role.user_id)
    form = MoveRoleForm(request.POST or None, role=role, units=units_of(request.user))
    if form.is_valid():
        wanted = {"role": role, "unit": form.cleaned_data["unit"], "by": request.user}
        return tried(request, role.user, told_of_role, actions.move_role, **wanted)
    intro = f"{role.get_kind_display()}, {role.unit}. It ends there now."
    context = {"title": f"Move {role.user}", "form": form, "intro": intro}
    context |= {"back_url": reverse("people:person", args=[role.user_id])}
    context |= {"back_name": str(role.user)}
    return render(request, "form.html", context)


@shown_and_sent
@for_system_admins_anew
def leaving(request, pk):
    found = looked_after(request, pk)
    form = LastDayForm(request.POST or None, person=found, initial={"last_day": found.last_day})
    if form.is_valid():
        day = form.cleaned_data["last_day"]
        done = f"All roles of {found} end after {date_format(day, 'j F Y')}." if day else ""
        done = done or f"{found} stays."
        wanted = {"user": found, "day": day, "by": request.user}
        return tried(request, found, done, actions.set_last_day, **wanted)
    context = {"title": f"The last day of {found}", "form": form}
    context |= {"back_url": reverse("people:person", args=[pk]), "back_name": str(found)}
    return render(request, "form.html", context)


def tried(request, whose, done, action, /, **wanted):
    """Do it, say how it went, and go back to the person. `done` says it, or makes words of the result."""
    try:
        result = action(**wanted)
    except actions.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done if isinstance(done, str) else done(result))
    return redirect("people:person", whose.pk)
