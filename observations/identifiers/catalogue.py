"""The roles that a writer can pick in a name's place, and the next of a kind that is taken."""

from itertools import chain, count

ARTICLES = ("the ", "a ", "an ")
CHILDREN = "Children"
FAMILY = "Family"
AROUND = "Around the family"
WORKERS = "Workers"
PLACES = "Places"
OF_PEOPLE = (
    (CHILDREN, ("the boy", "the girl", "the child", "the baby", "the young person", "the brother",
                "the sister", "the cousin")),
    (FAMILY, ("the mother", "the father", "the mother’s partner", "the father’s partner",
              "the grandmother", "the grandfather", "the aunt", "the uncle", "the carer",
              "a relative")),
    (AROUND, ("the neighbour", "a friend", "a family friend")),
    (WORKERS, ("a worker", "the observer", "the manager", "the teacher", "the health visitor",
               "the nurse", "the doctor", "the police officer", "the support worker",
               "the interpreter", "the lawyer", "a professional")),
)  # fmt: skip
OF_PLACES = ((PLACES, ("a school", "a nursery", "a college", "the town", "the place")),)
# Of these, two in one family may be told apart by age.
BY_AGE = frozenset(("boy", "girl", "child", "brother", "sister", "cousin"))
ORDER = ("a third", "a fourth", "a fifth", "a sixth", "a seventh", "an eighth", "a ninth")


def bare(role):
    """A role as it is compared: small letters, no article."""
    small = " ".join(role.lower().split())
    return next((small.removeprefix(a) for a in ARTICLES if small.startswith(a)), small)


def without_article(role):
    """What is left of a role after "the" or "her"; "another boy" is then "the other boy"."""
    if role.startswith("another "):
        return f"other {role.removeprefix('another ')}"
    return next((role.removeprefix(a) for a in ARTICLES if role.startswith(a)), role)


def is_listed(words):
    """Whether it is one of the roles here, or the next of one."""
    return bare(words) in LISTED or bare(words).split(" ", 1)[-1] in LISTED


def is_role(words):
    """Whether it is said of a person or a place: what stands in brackets is said of anybody."""
    return not words.startswith("[")


def free(role, taken):
    """The role itself or, where it stands for another already, what tells a second from the first.

    `taken` are bare. What is true of any second one comes first; two children may be told apart by
    age as well.
    """
    if bare(role) not in taken or not is_role(role):
        return [role]
    further = chain(seconds(role), later(role))
    neutral = next(each for each in further if bare(each) not in taken)
    return [neutral, *(each for each in by_age(role) if bare(each) not in taken)]


def by_age(role):
    noun = bare(role)
    return (f"the older {noun}", f"the younger {noun}") if noun in BY_AGE else ()


def seconds(role):
    """How a second one is called, and a third."""
    noun = bare(role)
    whose, mark, thing = noun.partition("’s ")
    if mark:
        yield f"the {whose}’s other {thing}"
        yield from (f"the {whose}’s {nth.split()[1]} {thing}" for nth in ORDER)
    else:
        yield f"another {noun}"
        yield from (f"{nth} {noun}" for nth in ORDER)


def later(role):
    """Beyond the ninth: by number."""
    return (f"{bare(role)} {number}" for number in count(10))


LISTED = frozenset(bare(role) for _, roles in (*OF_PEOPLE, *OF_PLACES) for role in roles)
