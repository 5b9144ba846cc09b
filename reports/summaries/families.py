"""What families answered on their cards, and their own words."""

from django.db.models import Count, Q, Value

from observations.models import FamilyCard, Passage
from reports.summaries.answers import CardQuestion, FamilyCards
from reports.summaries.passages import as_quotable, quoted_at
from reports.summaries.scope import scope_of

WORDS_SHOWN = 3


def family_cards(scope):
    """How families answered each question, in observations that count."""
    where = {f"observation__{name}": value for name, value in scope.where.items()}
    found = FamilyCard.objects.came_in().filter(observation__is_counted=True, **where)
    if scope.kind_of_work:
        found = found.filter(observation__kind_of_work=scope.kind_of_work)
    asked = {
        f"{name}_{answer}": Count("pk", filter=Q(**{name: answer}))
        for name in FamilyCard.QUESTIONS
        for answer in FamilyCard.Answer.values
    }
    counts = found.aggregate(cards=Count("pk"), **asked)
    questions = tuple(
        CardQuestion(words, *(counts[f"{name}_{answer}"] for answer in FamilyCard.Answer.values))
        for name, words in FamilyCard.QUESTIONS.items()
    )
    return FamilyCards(counts["cards"], questions)


def families_words(unit, window, kind_of_work=""):
    """The newest words of families that can be quoted, as Quotables."""
    scope = scope_of(unit, window, kind_of_work)
    rows = scope.parts(Passage).quotable().filter(kind=Passage.Kind.FAMILY)
    found = quoted_at(rows, Value(0), Value(0)).with_answers().defer("search")
    return as_quotable(found.order_by("-observation__observed_on", "-pk")[:WORDS_SHOWN], unit.zone)
