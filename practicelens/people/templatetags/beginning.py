"""What a list says while nothing is in it: the next step, to whoever can take it."""

from django import template

from practicelens.people.permissions import Act, kinds_that

register = template.Library()


@register.simple_tag
def who_can(act):
    """The roles that carry an act, in words: "a practice leader or a system admin"."""
    names = [
        f"a{'n' * starts_with_a_vowel(kind.label)} {kind.label.lower()}"
        for kind in kinds_that(Act(act))
    ]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def starts_with_a_vowel(word):
    return word[0].lower() in "aeiou"


@register.inclusion_tag("includes/empty.html", takes_context=True)
def nothing_here(context, heading, why, act, url, action):
    """An empty list: `action` leads on to `url` whoever can take it; others are told who can."""
    empty = {"heading": heading, "why": why}
    if context["user"].can(Act(act)):
        return empty | {"url": url, "action": action}
    who = who_can(act)
    return empty | {"who": f"{who[0].upper()}{who[1:]} can do this."}
