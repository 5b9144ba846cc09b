"""The page that a family keeps: thanks, and a button that takes back what they said."""

from contextlib import suppress

from django.shortcuts import redirect

from observations.family.drawing import qr_code
from observations.family.links import fingerprint, is_known, withdrawal_address
from observations.family.public import for_families, plain, shown, unknown
from observations.family.wordings import wording_of
from observations.models import FamilyCard
from practicelens.refusals import AlreadySo, NotNow
from reports.families import actions


@for_families
def words(request, code):
    """What was said is kept, or gone; a second press finds it gone."""
    card = FamilyCard.objects.of_withdrawal(fingerprint(code)).first()
    if card is None:
        return unknown(request)
    wording = wording_of(card.unit, request.GET.get("in", card.language))
    if request.method == "POST":
        with suppress(AlreadySo, NotNow):
            actions.take_back(card=card)
        return redirect(request.get_full_path())
    if card.withdrawn_at:
        return plain(request, "gone_title", "gone", 200, wording, card.unit)
    if not card.used_at:
        return plain(request, "closed_title", "closed", 410, wording, card.unit)
    address = withdrawal_address(request, card) if is_known(card) else ""
    return shown(
        request,
        "observations/family/words.html",
        200,
        wording,
        card.unit,
        address=address,
        code=qr_code(address) if address else "",
    )
