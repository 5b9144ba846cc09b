"""What is answered to a form whose safety token is not valid."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render

from practicelens.people import kept_words


@login_not_required
def form_out_of_date(request, reason=""):
    """Offered to be sent once more, if a page of ours sent it and it is a form of typed words.

    Anything else may have been made by a stranger for the person to press: it is refused.
    """
    request.token_failed = True
    if kept_words.is_by_script(request):
        return JsonResponse({"is_token_old": True}, status=403)
    own = kept_words.from_our_own_origin(request)
    if own and request.user.is_authenticated and kept_words.takes_part(request):
        typed = kept_words.parts_of(kept_words.typed_in(request))
        context = {"typed": typed, "path": request.path}
        return render(request, "people/form_out_of_date.html", context, status=403)
    return render(request, "people/form_refused.html", {"own": own}, status=403)
