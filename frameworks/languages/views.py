"""A version's second language: which it is, and every text of the version beside its words."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from frameworks import history
from frameworks.fetching import base_of, differences, kept_framework
from frameworks.languages import saying, texts
from frameworks.languages.forms import LanguageForm, WordsForm
from frameworks.models import Change, FrameworkVersion, SecondLanguage
from frameworks.plain_text import composed
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed


def of_kept_version(view):
    """Gives a view the version; 403 to who can only read it, and to any change once it is retired."""

    @wraps(view)
    def found(request, code, number, **more):
        framework = kept_framework(request, code)
        versions = FrameworkVersion.objects.kept_by(request.user).filter(framework=framework)
        version = get_object_or_404(versions.select_related("framework__unit"), number=number)
        try:
            if request.method == "POST":
                saying.refuse_if_closed(version)
            return view(request, version, **more)
        except saying.Closed as error:
            raise PermissionDenied from error

    return found


def address(version, name="second_language", *args):
    return reverse(f"frameworks:{name}", args=[version.framework.address, version.number, *args])


def language_or_404(version):
    language = saying.language_of(version)
    if language is None:
        raise Http404("No second language")
    language.version = version
    return language


@shown_and_sent
@of_kept_version
def second_language(request, version):
    """Which language it is, how much is said in it, and what is left over."""
    held = saying.language_of(version)
    typed = request.POST if request.method == "POST" else None
    form = LanguageForm(typed, instance=held or SecondLanguage(version=version))
    if request.method != "POST":
        return show(request, version, form, base=held.revision if held else "")
    if not form.is_valid():
        return show(request, version, form, 422, base=request.POST.get("base", ""))
    try:
        language = saying.choose(form=form, base=base_of(request), version=version, by=request.user)
    except history.Meanwhile as meanwhile:
        saved = LanguageForm(instance=meanwhile.row)
        theirs = {"change": meanwhile.change, "rows": differences(form, saved)}
        return show(request, version, form, 409, base=meanwhile.row.revision, theirs=theirs)
    messages.success(request, f"The second language is {language}.")
    return redirect(address(version))


def show(request, version, form, status=200, *, base, theirs=None, astray=()):
    language = saying.language_of(version)
    parts = texts.parts_of(version) if language else []
    seconds = said_in(language) if language else {}
    known = {text.words for part in parts for text in part.texts}
    context = {
        "version": version,
        "language": language,
        "form": form,
        "base": base,
        "theirs": theirs,
        "astray": astray,
        "closed": saying.is_closed(version),
        "parts": [(part, texts.told(part.texts, seconds)) for part in parts if part.texts],
        "told": texts.told((text for part in parts for text in part.texts), seconds),
        "left_over": [row for first, row in seconds.items() if first not in known],
        "deleted": saying.last_deletion(version),
    }
    return render(request, "frameworks/second_language.html", context, status=status)


def said_in(language):
    """{first words: the row that says them}, in a fixed order."""
    return {row.first: row for row in language.wordings.order_by("pk")}


@shown_and_sent
@keeps_typed
@of_kept_version
def second_words(request, version, part):
    """The texts of a part, each beside its words in the second language."""
    if request.method == "POST" and saying.language_of(version) is None:
        form = LanguageForm(instance=SecondLanguage(version=version))
        return show(request, version, form, 409, base="", astray=typed_for_no_text(request.POST))
    page = WordsPage(request, version, language_or_404(version), part)
    if request.method != "POST":
        return page.show(page.form(take_typed(request)))
    if left := page.words_asked_for():
        return page.show(page.form(left))
    form = page.form(request.POST)
    if not form.is_valid():
        return page.show(form, 422)
    return page.save(form)


def typed_for_no_text(sent, known=()):
    """What was typed, and not only left as it was read, for texts that are not among those known."""
    keys = [name.removeprefix("say-") for name in sent if name.startswith("say-")]
    typed = [(key, composed(sent[f"say-{key}"])) for key in keys if key not in known]
    return [
        words for key, words in typed if words and texts.key_of(words) != sent.get(f"read-{key}")
    ]


class WordsPage:
    """What the page of a part needs, read once."""

    def __init__(self, request, version, language, key):
        self.request, self.version, self.language = request, version, language
        self.parts = texts.parts_of(version)
        self.known = {text.key: text for part in self.parts for text in part.texts}
        self.rows = said_in(language)
        self.only = request.GET.get("only") == "missing"
        self.part = next((part for part in self.parts if part.key == key), None)
        if self.part is None and request.method != "POST":
            raise Http404("No such part")

    @property
    def seconds(self):
        return {first: row.second for first, row in self.rows.items()}

    @property
    def left_over(self):
        known = {text.words for text in self.known.values()}
        return [row for first, row in self.rows.items() if first not in known]

    def form(self, typed):
        """The boxes that were sent, wherever their texts are by now; or those to be shown."""
        if typed is None:
            shown = [
                text for text in self.part.texts if not self.only or text.words not in self.rows
            ]
        else:
            shown = [text for key, text in self.known.items() if f"say-{key}" in typed]
        return WordsForm(typed, texts=shown, language=self.language, seconds=self.seconds)

    def words_asked_for(self):
        """What was typed, with words left over put into the box that asked for them."""
        key, _, pk = self.request.POST.get("use", "").partition("-")
        row = next((row for row in self.left_over if str(row.pk) == pk), None)
        if row is None:
            return None
        typed = self.request.POST.copy()
        typed[f"say-{key}"] = row.second
        return typed

    def save(self, form):
        said = [saying.Said(text.words, words, read) for text, words, read in form.typed()]
        changed, meanwhile = saying.say(language=self.language, said=said, by=self.request.user)
        astray = typed_for_no_text(self.request.POST, self.known)
        if meanwhile or astray:
            return self.show_again(changed, meanwhile, astray)
        messages.success(self.request, in_words(changed))
        return redirect(self.next_address())

    def next_address(self):
        """The same part, at the place asked for; or the next in which something is missing."""
        self.rows = said_in(self.language)
        keys = [part.key for part in self.parts]
        then = self.request.POST.get("then", "")
        if self.part and then != "next":
            place = f"#{then}" if then.removeprefix("first-") in self.known else ""
            return self.address_of(self.part.key) + place
        after = keys.index(self.part.key) + 1 if self.part else 0
        for part in [*self.parts[after:], *self.parts[:after]]:
            if texts.told(part.texts, self.rows).missing:
                return self.address_of(part.key)
        return address(self.version)

    def address_of(self, key):
        asked = "?only=missing" if self.only else ""
        return address(self.version, "second_words", key) + asked

    def show_again(self, changed, meanwhile, astray):
        """Only what is not saved; what is typed is beside what someone else saved."""
        self.rows = said_in(self.language)
        names = [f"say-{texts.key_of(first)}" for first in meanwhile]
        typed = {name: self.request.POST[name] for name in names}
        more = {"meanwhile": meanwhile, "astray": astray, "saved": in_words(changed)}
        return self.show(self.form(typed), 409, **more)

    def show(self, form, status=200, meanwhile=None, astray=(), saved=""):
        theirs = meanwhile or {}
        near = self.near(form) if not self.is_closed else {}
        part = self.part or texts.Part("", "A part that was deleted", [])
        context = {
            "version": self.version,
            "language": self.language,
            "part": part,
            "form": form,
            "rows": form.rows(theirs, near),
            "told": texts.told(part.texts, self.rows),
            "only": self.only,
            "closed": self.is_closed,
            "meanwhile": meanwhile,
            "astray": astray,
            "saved": saved,
            "here": address(self.version, "second_words", part.key) if part.key else "",
            "address": self.address_of(part.key) if part.key else "",
        }
        return render(self.request, "frameworks/second_words.html", context, status=status)

    @property
    def is_closed(self):
        return saying.is_closed(self.version)

    def near(self, form):
        """{text: words left over that were said of one like it}, for boxes that are empty."""
        missing = [
            text.words
            for text in form.texts
            if text.words not in self.rows and not form.data.get(f"say-{text.key}")
        ]
        return saying.alike(missing, self.left_over)


def in_words(changed):
    if not changed:
        return "Nothing was changed."
    return f"Saved: {changed} text{'' if changed == 1 else 's'}."


@shown_and_sent
@of_kept_version
def delete_second_language(request, version):
    """Take the second language away with all its words, after asking."""
    saying.refuse_if_closed(version)
    language = language_or_404(version)
    if request.method == "POST":
        saying.delete(row=language, version=version, by=request.user)
        messages.success(request, f"{language} is deleted.")
        return redirect(address(version))
    context = {"version": version, "language": language, "said": language.wordings.count()}
    return render(request, "frameworks/delete_second_language.html", context)


@require_POST
@of_kept_version
def forget_words(request, version, pk):
    """Delete words that were said of a text which is no longer in the version."""
    row = get_object_or_404(language_or_404(version).wordings, pk=pk)
    if row.first in texts.texts_of(version):
        messages.info(request, "That text is in the version again, so its words stay.")
    else:
        saying.delete(row=row, version=version, by=request.user)
    return redirect(address(version))


@require_POST
@of_kept_version
def restore_words(request, version, pk):
    """Put back a second language, or words that were left over."""
    deletions = Change.objects.visible_to(request.user).filter(
        part_of="frameworkversion", part_of_pk=version.pk, verb=Change.Verb.DELETED
    )
    change = get_object_or_404(deletions.filter(what__in=saying.KINDS), pk=pk)
    try:
        back = saying.restore(change=change, version=version, by=request.user)
    except saying.Taken:
        messages.error(request, "Something else was chosen or written in its place since.")
    else:
        messages.success(request, f"{change.named} is back." if back else "It is back already.")
    return redirect(address(version))
