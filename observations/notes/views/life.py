"""An observation's life after submission: share, answer, talk, withdraw."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from observations.fetching import visible_observation
from observations.models import Conversation
from observations.notes import actions
from observations.notes.forms.life import ConversationForm, ReplyForm, WithdrawForm
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed


@require_POST
def share(request, key):
    """Show it to the practitioner. Possible names must be settled first."""
    observation = visible_observation(request, key)
    if not observation.can_be_shared_by(request.user):
        raise PermissionDenied
    if observation.redactions.filter(settled_at=None).exists():
        messages.error(request, "Settle the words that may name somebody before you share it.")
        return redirect(observation)
    actions.share(observation=observation, by=request.user)
    messages.success(
        request, f"Shared with {observation.practitioner.name}, who has ten working days to reply."
    )
    return redirect(observation)


@shown_and_sent
@keeps_typed
def reply(request, key):
    """The practitioner agrees or disagrees, in their own words."""
    observation = visible_observation(request, key)
    if not observation.can_be_replied_to_by(request.user):
        raise PermissionDenied
    form = ReplyForm(request.POST if request.method == "POST" else take_typed(request))
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("verdict", "words", "fairness")}
        actions.reply(observation=observation, by=request.user, **given)
        messages.success(request, "Your reply is saved, and stays with the note.")
        return redirect(observation)
    return render(
        request,
        "observations/after.html",
        {
            "observation": observation,
            "title": "Your reply",
            "form": form,
            "button": "Send this reply",
            "intro": "You can reply once. If you want to change it later, tell the observer.",
        },
    )


@shown_and_sent
@keeps_typed
def conversation(request, key):
    """What observer and practitioner agreed afterwards."""
    observation = visible_observation(request, key)
    if not observation.can_hold_conversation(request.user):
        raise PermissionDenied
    saved = Conversation.objects.filter(observation=observation).first()
    data = request.POST if request.method == "POST" else take_typed(request)
    form = ConversationForm(data, instance=saved or Conversation(observation=observation))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "The conversation is saved.")
        return redirect(observation)
    return render(
        request,
        "observations/after.html",
        {
            "observation": observation,
            "title": "The conversation",
            "form": form,
            "button": "Save the conversation",
            "intro": "What you agreed together: strengths, questions, one next step.",
        },
    )


@shown_and_sent
@keeps_typed
def withdraw(request, key):
    """Take it out of everything, after a question."""
    observation = visible_observation(request, key)
    if not observation.can_be_withdrawn_by(request.user):
        raise PermissionDenied
    form = WithdrawForm(request.POST if request.method == "POST" else take_typed(request))
    if request.method == "POST" and form.is_valid():
        actions.withdraw(
            observation=observation, by=request.user, because=form.cleaned_data["because"]
        )
        messages.success(request, "Withdrawn. It is out of every number and every page.")
        return redirect(observation)
    return render(
        request,
        "observations/after.html",
        {
            "observation": observation,
            "title": "Withdraw this draft" if observation.is_draft else "Withdraw this observation",
            "form": form,
            "button": "Withdraw it",
            "intro": "It leaves every number and passage at once, and nobody but you can open it. "
            "This can't be undone.",
        },
    )
