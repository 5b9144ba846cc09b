"""An address as a QR code, drawn into the page."""

from django.utils.safestring import mark_safe


def qr_code(address):
    """The picture, dark on white whatever the colours around it, with the margin that scanners need."""
    import segno  # here: no other page draws one

    code = segno.make_qr(address, error="m")
    return mark_safe(code.svg_inline(border=4, light="white", omitsize=True, svgclass="pl-qr"))
