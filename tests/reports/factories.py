"""Briefings and what hangs on them, for the tests of reports."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from observations.redaction.finding import people_known, places_known
from practicelens.people.models import Role
from reports.briefings import actions, quotations_in, releasing, sentences
from reports.briefings.looking import ReleaseCheck
from reports.briefings.telling import told_of
from reports.models import (
    Briefing,
    Decision,
    Evidence,
    Finding,
    Recommendation,
    Section,
    ToldGroup,
)
from reports.periods import month_of, months_after
from tests.factories import (
    MentionFactory,
    ObservationFactory,
    PassageFactory,
    RoleFactory,
    UnitFactory,
)


def last_month():
    return months_after(month_of(timezone.localdate()), -1)


def figures_of(briefing):
    return {**told_of(briefing).figures, "subjects": {}, "good_work": []}


class BriefingFactory(DjangoModelFactory):
    """A draft with nothing left to do and no findings; `issued=True` sends, approves and issues it.

    Whoever writes it holds no role here: give one where a test needs it.
    """

    class Meta:
        model = Briefing
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    month = factory.LazyFunction(last_month)
    issue = factory.LazyAttribute(lambda briefing: briefing.unit.briefings.count() + 1)
    title = "Families are heard. The record system loses their words."
    confidence = "Rests on what was seen by day."
    know = "The family was heard in most places."
    how = "By direct observation."
    doing = "Two teams start on paper."
    figures = factory.LazyAttribute(figures_of)

    @factory.post_generation
    def parts(briefing, create, extracted):
        for key in Section.Key:
            Section.objects.create(
                briefing=briefing, key=key, heading="What was found", text="It was seen."
            )
        ToldGroup.objects.keep(briefing, told_of(briefing).groups)

    @factory.post_generation
    def written(briefing, create, extracted):
        if briefing.written_by:
            briefing.writers.add(briefing.written_by)

    @factory.post_generation
    def issued(briefing, create, extracted):
        if extracted:
            issue(briefing)


def issue(briefing, at=None):
    """As a practice leader over the unit does who writes alone, or with another's approval."""
    author = briefing.written_by or psw_over(briefing.unit)
    let_all_go(briefing, author)
    sentences.take(briefing, None, author)
    actions.send_for_approval(briefing=briefing, by=author, at=at)
    briefing.refresh_from_db()
    approver = briefing.approvers().first() or author
    actions.approve(briefing=briefing, by=approver, at=at)
    actions.issue(briefing=briefing, by=author, at=at)
    briefing.refresh_from_db()
    return briefing


def let_all_go(briefing, by=None):
    """As a practice leader does who ticked all that is left in each quotation."""
    by = by or briefing.written_by or psw_over(briefing.unit)
    for quotation in quotations_in(briefing):
        if quotation.release is None:
            ticked = [tick.code for tick in check_of(quotation).ticks]
            releasing.release(quotation=quotation, by=by, ticked=ticked, nobody_could_tell=True)


def check_of(quotation):
    return ReleaseCheck(quotation, people_known(), places_known())


def psw_over(unit):
    held = Role.objects.held().filter(kind=Role.Kind.PSW, unit__reaches__below=unit)
    role = held.select_related("user").order_by("pk").first()
    return (role or RoleFactory(unit=unit, kind=Role.Kind.PSW)).user


class FindingFactory(DjangoModelFactory):
    """With one passage for it, quoted, and a line on where the opposite was looked for."""

    class Meta:
        model = Finding
        skip_postgeneration_save = True

    briefing = factory.SubFactory(BriefingFactory)
    section = Section.Key.CONDITIONS
    position = factory.LazyAttribute(lambda finding: finding.briefing.findings.count() + 1)
    claim = "The recording system takes the words of families out of their plans"
    text = "A form closed before the visit was over."
    looked = "Every passage about the system was read."

    @factory.post_generation
    def evidence(finding, create, extracted):
        if extracted is not False:
            EvidenceFactory(finding=finding)


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    finding = factory.SubFactory(FindingFactory, evidence=False)
    passage = factory.LazyAttribute(lambda evidence: passage_in(evidence.finding.briefing))
    side = Evidence.Side.FOR
    start = 0
    end = factory.LazyAttribute(lambda evidence: len(evidence.passage.text))
    is_quoted = True


def passage_in(briefing):
    observation = ObservationFactory(
        unit=briefing.unit, submitted=True, observed_on=briefing.month + timedelta(days=3)
    )
    observation.refresh_from_db()
    return PassageFactory(observation=observation)


class RecommendationFactory(DjangoModelFactory):
    """Asked of a senior leader over the unit, by a day that is still to come."""

    class Meta:
        model = Recommendation

    briefing = factory.SubFactory(BriefingFactory)
    number = factory.LazyAttribute(
        lambda recommendation: recommendation.briefing.recommendations.count() + 1
    )
    question = "Should forms stay open for a whole visit?"
    what = "Raise the limit to two hours."
    cost = "£6,000, once"
    equality = "Families who read little gain; nobody loses."
    owner = factory.LazyAttribute(
        lambda recommendation: (
            RoleFactory(unit=recommendation.briefing.unit, kind=Role.Kind.LEADER).user
        )
    )
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=20))


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    recommendation = factory.SubFactory(RecommendationFactory)
    answer = Decision.Answer.YES
    reason = "It costs less than the visits we lose."
    act_by = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=60))
    by = factory.SelfAttribute("recommendation.owner")


def confirmed_passages(theme, stance, count, *, unit, month, text, observer=None):
    """So many observations of a month, each with one confirmed passage for the theme."""
    for at in range(count):
        observation = ObservationFactory(
            unit=unit,
            submitted=True,
            observed_on=date(month.year, month.month, 1 + at),
            **({"observer": observer} if observer else {}),
        )
        observation.refresh_from_db()
        passage = PassageFactory(observation=observation, text=f"{text} {at + 10} times over.")
        MentionFactory(passage=passage, theme=theme, stance=stance, confirmed=True)
