"""Addresses of the pages of a list."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, number, name="", anchor=""):
    """The page's own address with another number of this list; its filters and other lists stay."""
    asked = context.request.GET.copy()
    asked[name or "page"] = number
    return f"?{asked.urlencode()}{f'#{anchor}' if anchor else ''}"
