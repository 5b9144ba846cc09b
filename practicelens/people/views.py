from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render


@login_not_required
def form_out_of_date(request, reason=""):
    """A form whose safety token no longer holds: its text is shown back, to be sent once more."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    return render(
        request, "people/form_out_of_date.html", {"typed": typed, "path": request.path}, status=403
    )
