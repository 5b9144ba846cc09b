"""The page on which an admin says what each criterion of a draft comes from."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from frameworks import history
from frameworks.fetching import kept_draft
from frameworks.versions import settling
from frameworks.versions.forms.lineage import LineageForm
from frameworks.versions.lineage import Mapping
from practicelens.people.methods import shown_and_sent
from practicelens.people.middleware import keeps_typed, take_typed


@keeps_typed
@shown_and_sent
def lineage(request, code):
    """What the draft's criteria come from: suggested, chosen, confirmed."""
    version = kept_draft(request, code)
    mapping = Mapping(version)
    if not mapping.earlier:
        return render(request, "frameworks/lineage.html", {"version": version, "form": None})
    typed = request.POST or take_typed(request)
    form = LineageForm(typed, mapping=mapping)
    if request.method != "POST":
        base = typed.get("base", "") if typed else mapping.fingerprint()
        return show(request, form, base=base)
    if not form.is_valid():
        return show(request, form, 422, base=request.POST.get("base", ""))
    try:
        again = settling.settle(
            version=version,
            chosen=form.chosen(),
            base=request.POST.get("base", ""),
            by=request.user,
        )
    except history.Meanwhile as meanwhile:
        form = LineageForm(request.POST, mapping=Mapping(version))
        return show(request, form, 409, base=form.mapping.fingerprint(), change=meanwhile.change)
    return go_on(request, version, again)


def show(request, form, status=200, *, base, change=None):
    if form.is_bound:
        form.is_valid()
    # A newer choice of someone else is beside what was typed.
    theirs = LineageForm(mapping=form.mapping).rows() if change else []
    held = {row["criterion"].pk: row["words"] for row in theirs}
    rows = form.rows()
    for row in rows:
        words = held.get(row["criterion"].pk, "")
        row["theirs"] = words if words != row["words"] else ""
    context = {"version": form.mapping.version, "form": form, "rows": rows}
    context |= {"base": base, "change": change, "earlier": form.mapping.earlier}
    return render(request, "frameworks/lineage.html", context, status=status)


def go_on(request, version, again):
    """Back to the draft once nothing is left; until then, the page again."""
    if again:
        codes = " and ".join(each.code for each in again)
        words = f"Saved. Look at {codes} again: what else you chose changed what became of it."
        messages.info(request, words)
    elif left := len(Mapping(version).unsettled()):
        messages.success(request, f"Saved. {left} still to confirm.")
    else:
        messages.success(request, "Saved. Every criterion has its lineage.")
        return redirect("frameworks:draft", version.framework.address)
    return redirect(reverse("frameworks:lineage", args=[version.framework.address]))
