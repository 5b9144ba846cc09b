"""Whether the product is well, for a supervisor and a monitor. Neither has a sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from practicelens.jobs.health import in_line, in_sentence, states


@login_not_required
@never_cache
@require_safe
def live(request):
    """200 while this process answers, whatever it needs is doing: restart it if it does not."""
    return said("This process answers.")


@login_not_required
@never_cache
@require_safe
def ready(request):
    """200 while everything is well, else 503; then a line for each thing that has to be."""
    found = states()
    status = 200 if all(state.is_well for state in found) else 503
    return said(in_sentence(found), *map(in_line, found), status=status)


def said(*lines, status=200):
    words = "".join(f"{line}\n" for line in lines)
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
