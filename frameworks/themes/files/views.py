"""A codebook goes out as a file."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from frameworks.files.views import download
from frameworks.models import Codebook
from frameworks.themes.files import going_out

AS_FILE = {"csv": going_out.as_csv, "qdc": going_out.as_qdc}


@require_safe
def export(request, code, kind):
    """The themes in use as a file, for whoever can read the codebook."""
    codebook = get_object_or_404(Codebook.objects.visible_to(request.user), address=code)
    return download(AS_FILE[kind](codebook), f"{code}.{kind}")
