"""The methods that a page takes. Whatever it does not take is refused before the page is asked."""

from django.views.decorators.http import require_http_methods

# A page with a form: shown, and sent. Pages that are only shown say `require_safe`.
shown_and_sent = require_http_methods(["GET", "HEAD", "POST"])
