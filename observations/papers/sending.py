"""A file that is made for one person and kept nowhere."""

from django.http import HttpResponse


def sent(data, kind, name):
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
