"""Addresses of the pages of a list."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def page_address(context, page, number):
    """The page's own address with another number of this list; its filters and other lists stay.

    Where two lists stand on one page, one of them has a `name` of its own for its number, and an
    `anchor`.
    """
    asked = context.request.GET.copy()
    asked[getattr(page, "name", "page")] = number
    anchor = getattr(page, "anchor", "")
    return f"?{asked.urlencode()}{f'#{anchor}' if anchor else ''}"
