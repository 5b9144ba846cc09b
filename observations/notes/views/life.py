"""An observation's life after submission: share, answer, talk, withdraw."""

from functools import wraps

from django.shortcuts import render

from frameworks.fetching import differences
from observations.fetching import asked_for
from observations.life import Do
from observations.models import Conversation
from observations.notes import actions
from observations.notes.forms.life import (
    AdditionForm,
    AgreementForm,
    ConversationForm,
    ReplyAdditionForm,
    ReplyForm,
    WithdrawForm,
)
from observations.notes.forms.sharing import TakeBackForm
from observations.notes.reading import passages_read, reading_context
from practicelens.once import press
from practicelens.people.kept_words import hold, is_by_script
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, saves_itself, take_typed
from practicelens.people.two_windows import Meanwhile, ReadAt


@shown_and_sent
def share(request, key):
    """Show what the practitioner will see, and then show it to them. Names must be settled first."""
    observation = asked_for(request, key, Do.SHARE)
    practitioner = observation.practitioner
    if request.method != "POST":
        context = reading_context(observation, practitioner)
        names = observation.redactions.open().count()
        return render(request, "observations/share.html", context | {"names": names})
    said = (
        f"Shared with {practitioner.name}, who has ten working days to reply. You can take it back "
        "until it is opened."
    )
    given = {"observation": observation, "by": request.user}
    return press(request, observation, said, actions.share, **given)


def form_about(do):
    """The page of one form about an observation, for whoever can do this with it now.

    What its script sends is kept until the button is pressed, if the person still can by then.
    """

    def decorate(view):
        @shown_and_sent
        @keeps_typed
        @saves_itself
        @wraps(view)
        def page(request, key):
            observation = asked_for(request, key, do)
            return hold(request) if is_by_script(request) else view(request, observation)

        return page

    return decorate


def typed_in(request):
    """What was sent now, or typed before and not saved."""
    return request.POST if request.method == "POST" else take_typed(request)


def after(request, observation, form, status=200, template="observations/after.html", **words):
    """A page with one form about an observation that was submitted."""
    if request.method != "POST":
        form.errors.clear()  # of kept words nobody has pressed the button yet
    plain = {"theirs": [], "read_at": 0}
    context = {"observation": observation, "form": form, **plain, **words}
    return render(request, template, context, status=status)


@form_about(Do.TAKE_BACK)
def take_sharing_back(request, observation):
    """As long as the practitioner has not opened it; with a reason, as where it is not shared."""
    form = TakeBackForm(typed_in(request), instance=observation)
    name = observation.practitioner.name
    if request.method == "POST" and form.is_valid():
        given = {"observation": observation, "by": request.user, "not_shared": form.not_shared}
        said = f"Taken back. {name} can’t see it, and did not open it."
        return press(request, observation, said, actions.take_sharing_back, **given)
    return after(
        request,
        observation,
        form,
        title="Take the sharing back",
        button="Take it back",
        intro=f"{name} has not opened it. They are told that it was taken back. You can share it "
        "again.",
    )


@form_about(Do.REPLY)
def reply(request, observation):
    """The practitioner agrees or disagrees, with the whole and beside each passage."""
    passages = passages_read(observation, request.user)
    form = ReplyForm(typed_in(request), passages=passages)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("verdict", "words", "fairness")}
        given |= {"observation": observation, "by": request.user, "beside": form.beside}
        said = told_of_names("Your reply is saved, and stays with the observation.")
        return press(request, observation, said, actions.reply, **given)
    return replying(
        request,
        observation,
        form,
        title="Your reply",
        button="Send this reply",
        intro="What you send stays as it is. You can add to it until a briefing that quotes it is "
        "issued.",
    )


@form_about(Do.ADD_TO_REPLY)
def add_to_reply(request, observation):
    """The practitioner adds to their reply; what they said before stays as it was."""
    passages = passages_read(observation, request.user)
    form = ReplyAdditionForm(typed_in(request), passages=passages)
    if request.method == "POST" and form.is_valid():
        given = {"observation": observation, "by": request.user}
        given |= {"words": form.cleaned_data["words"], "beside": form.beside}
        said = told_of_names("Added, with the day. What you said before stays as it was.")
        return press(request, observation, said, actions.add_to_reply, **given)
    return replying(
        request,
        observation,
        form,
        said=reading_context(observation, request.user),
        title="Add to your reply",
        button="Add this",
        intro="What you said before stays as it was. What you add stands below it, with the day.",
    )


def replying(request, observation, form, said=None, **words):
    """A page to reply on; what was said before stands on it as it is read."""
    return after(request, observation, form, template="observations/reply.html", said=said, **words)


def told_of_names(said):
    """What is said of a reply that was saved: in what of it someone may be named, too."""

    def told(names):
        return f"{said} Something in it may name someone: check it below." if names else said

    return told


@form_about(Do.CONVERSE)
def conversation(request, observation):
    """What observer and practitioner agreed afterwards."""
    saved = getattr(observation, "conversation", None)
    typed = typed_in(request)
    form = ConversationForm(typed, instance=saved or Conversation(observation=observation))
    base = ReadAt.of(typed, otherwise=0) if typed else ReadAt(saved.revision if saved else 0)
    theirs = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"observation": observation, "by": request.user, "base": base}
        said = "The conversation is saved."
        try:
            return press(request, observation, said, actions.converse, **given)
        except Meanwhile as meanwhile:
            theirs = differences(form, ConversationForm(instance=meanwhile.row))
            base = meanwhile.row.revision
    return after(
        request,
        observation,
        form,
        status=409 if theirs else 200,
        theirs=theirs,
        read_at=base,
        title="The conversation",
        button="Save the conversation",
        intro="What you agreed together: strengths, questions, one next step.",
    )


def conversation_read(observation, user):
    read = reading_context(observation, user)
    return {name: read[name] for name in ("conversation", "additions")}


@form_about(Do.AGREE)
def agree(request, observation):
    """The practitioner says whether the conversation is what was agreed."""
    form = AgreementForm(typed_in(request))
    read_at = ReadAt(observation.conversation.revision)
    if request.method == "POST" and form.is_valid():
        is_agreed = form.cleaned_data["is_agreed"] == form.YES
        given = {"is_agreed": is_agreed, "words": form.cleaned_data["words"]}
        given |= {"observation": observation, "by": request.user, "base": ReadAt.of(request.POST)}
        said = "You have both agreed to it. Either of you can add to it, and nobody changes it."
        to_do = f"{observation.observer.name} will read what you added, and can change it."
        return press(request, observation, said if is_agreed else to_do, actions.agree, **given)
    return after(
        request,
        observation,
        form,
        read_at=read_at,
        **conversation_read(observation, request.user),
        title="The conversation, as it was written down",
        button="Send",
        intro=f"{observation.observer.name} wrote this down after you talked.",
    )


@form_about(Do.ADD)
def add_to_conversation(request, observation):
    """Either of the two adds to what they agreed."""
    form = AdditionForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"observation": observation, "by": request.user}
        said = "Added. What you agreed stays as it was."
        return press(request, observation, said, actions.add_to_conversation, **given)
    return after(
        request,
        observation,
        form,
        **conversation_read(observation, request.user),
        title="Add to the conversation",
        button="Add this",
        intro="You have both agreed to it. What you add stands below it, with your name and the day.",
    )


@form_about(Do.WITHDRAW)
def withdraw(request, observation):
    """Take it out of everything, after a question."""
    form = WithdrawForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"observation": observation, "by": request.user}
        said = "Withdrawn. It is out of every number and every page."
        return press(request, observation, said, actions.withdraw, **given)
    return after(
        request,
        observation,
        form,
        title="Withdraw this draft" if observation.is_draft else "Withdraw this observation",
        button="Withdraw it",
        intro="It leaves every number and passage at once, and nobody but you can open it. "
        "This can't be undone.",
    )
