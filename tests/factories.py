"""Made-up rows for the tests: one factory a model, each valid with no arguments.

Rows are created plainly, without the actions, so that a test of an action can start anywhere. A
published framework version can't be changed, so its parts are built before it is published.
"""

import hashlib
from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from frameworks.models import (
    Cause,
    Clause,
    Codebook,
    Criterion,
    Crosswalk,
    Domain,
    Example,
    Framework,
    FrameworkVersion,
    Lens,
    Level,
    LevelDescription,
    Lineage,
    ListEntry,
    Prompt,
    Scale,
    SecondLanguage,
    SecondWording,
    Standard,
    Theme,
    ThemeDraft,
    ThemeEnd,
    ThemeMapping,
    Trial,
)
from frameworks.versions import settling
from frameworks.versions.lineage import Mapping
from observations.meeting_facts import FACTS
from observations.models import (
    CalendarAddress,
    Card,
    Conversation,
    ConversationAddition,
    CpdNote,
    EarlySign,
    EarlySignStep,
    Friction,
    MeetingFacts,
    Mention,
    Observation,
    Pair,
    Passage,
    PlannedVisit,
    Rating,
    Recoding,
    RecodingChange,
    Redaction,
    Reply,
    ReplyPart,
    ReviewSession,
    TalkShare,
    Voice,
    WordProposal,
)
from observations.models.choices import NotShared
from practicelens.audit.models import Entry
from practicelens.people.models import ConcernRaised, Role, SafeguardingStep, Unit, User

# People and units


class UnitFactory(DjangoModelFactory):
    """A team right under an organisation of its own; `service=True` or `organisation=True`."""

    class Meta:
        model = Unit

    class Params:
        service = factory.Trait(kind=Unit.Kind.SERVICE, name=factory.Sequence("Service {}".format))
        organisation = factory.Trait(
            kind=Unit.Kind.ORGANISATION,
            name=factory.Sequence("Organisation {}".format),
            parent=None,
        )

    code = factory.Sequence("unit-{}".format)
    name = factory.Sequence("Team {}".format)
    kind = Unit.Kind.TEAM
    parent = factory.SubFactory("tests.factories.UnitFactory", organisation=True)
    jurisdiction = factory.LazyAttribute(lambda made: "" if made.parent else "england")


def an_organisation():
    """The first there is, or a new one."""
    return Unit.objects.filter(parent=None).order_by("pk").first() or UnitFactory(organisation=True)


class UserFactory(DjangoModelFactory):
    """Somebody with no role and no usable password: sign in with `client.force_login`."""

    class Meta:
        model = User

    organisation = factory.LazyFunction(an_organisation)
    email = factory.Sequence("person{}@example.org".format)
    name = factory.Sequence("Person {}".format)
    password = "!"


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    class Params:
        ended = factory.Trait(
            ended_at=factory.LazyFunction(timezone.now), ended_by=factory.SubFactory(UserFactory)
        )

    unit = factory.SubFactory(UnitFactory)
    user = factory.SubFactory(
        UserFactory, organisation=factory.SelfAttribute("..unit.organisation")
    )
    kind = Role.Kind.PSW


class SafeguardingStepFactory(DjangoModelFactory):
    class Meta:
        model = SafeguardingStep

    unit = factory.SubFactory(UnitFactory, organisation=True)
    title = factory.Sequence("Call desk {}".format)
    what_to_do = "Say what you saw."
    position = factory.Sequence(lambda number: number + 1)


class ConcernRaisedFactory(DjangoModelFactory):
    class Meta:
        model = ConcernRaised

    by = factory.SubFactory(UserFactory)


class EntryFactory(DjangoModelFactory):
    """One line of the audit log."""

    class Meta:
        model = Entry

    by = factory.SubFactory(UserFactory)
    action = Entry.Action.READ
    what = "observation"
    object_pk = factory.Sequence(str)
    unit = factory.SubFactory(UnitFactory)


# What good looks like

LEVELS = [
    ("not_yet", "Not yet evident"),
    ("emerging", "Emerging"),
    ("evident", "Evident"),
    ("strong", "Strong example"),
]


class ScaleFactory(DjangoModelFactory):
    """The shipped scale, with its four levels; made once and then found again."""

    class Meta:
        model = Scale
        django_get_or_create = ["code", "unit"]
        skip_postgeneration_save = True

    unit = None  # shipped
    code = "five-words"
    name = "Five words"

    @factory.post_generation
    def levels(scale, create, extracted):
        if create and not scale.levels.exists():
            for position, (code, name) in enumerate(LEVELS, start=1):
                Level.objects.create(scale=scale, position=position, code=code, name=name)


class CauseFactory(DjangoModelFactory):
    class Meta:
        model = Cause
        django_get_or_create = ["code", "unit"]

    unit = None  # shipped
    code = "no_time"
    name = "No time"
    position = 1


class LensFactory(DjangoModelFactory):
    class Meta:
        model = Lens
        django_get_or_create = ["code", "unit"]

    unit = None  # shipped
    code = "meeting"
    name = "The meeting and its power"
    about = "Who held the floor."


class ListEntryFactory(DjangoModelFactory):
    """An entry of a unit's own list, of roles in the room; `work` of kinds of work, `setting`."""

    class Meta:
        model = ListEntry

    class Params:
        work = factory.Trait(of="kind_of_work", about="family")
        setting = factory.Trait(of="setting", about="")
        retired = factory.Trait(retired_at=factory.LazyFunction(timezone.now))

    unit = factory.SubFactory(UnitFactory, organisation=True)
    of = "role"
    code = factory.Sequence("entry_{}".format)
    label = factory.Sequence("Entry {}".format)
    about = "other"
    position = factory.Sequence(lambda number: number + 1)


class FrameworkFactory(DjangoModelFactory):
    class Meta:
        model = Framework

    code = factory.Sequence("framework-{}".format)
    name = factory.Sequence("Framework {}".format)
    description = "What good looks like here."
    unit = factory.SubFactory(UnitFactory, organisation=True)


class DomainFactory(DjangoModelFactory):
    class Meta:
        model = Domain

    version = factory.SubFactory("tests.factories.FrameworkVersionFactory", draft=True, bare=True)
    code = factory.LazyAttribute(lambda domain: str(domain.position))
    name = factory.LazyAttribute(lambda domain: f"Domain {domain.code}")
    position = factory.LazyAttribute(lambda domain: domain.version.domains.count() + 1)


class CriterionFactory(DjangoModelFactory):
    """A criterion with every level described; `undescribed=True` leaves the levels out."""

    class Meta:
        model = Criterion
        skip_postgeneration_save = True

    class Params:
        undescribed = False

    domain = factory.SubFactory(DomainFactory)
    version = factory.SelfAttribute("domain.version")
    code = factory.LazyAttribute(
        lambda criterion: f"{criterion.domain.code}.{criterion.domain.criteria.count() + 1}"
    )
    name = factory.LazyAttribute(lambda criterion: f"Criterion {criterion.code}")
    look_for = "What happened, and what shows it?"
    missed = "There was an opening and nobody took it."
    position = factory.LazyAttribute(lambda criterion: criterion.version.criteria.count() + 1)
    prompt = factory.RelatedFactory(
        "tests.factories.PromptFactory", factory_related_name="criterion"
    )
    described = factory.Maybe(
        "undescribed",
        no_declaration=factory.PostGeneration(lambda made, create, _: create and describe(made)),
    )


def describe(criterion):
    for level in criterion.version.scale.levels.order_by("position"):
        LevelDescription.objects.create(
            criterion=criterion, level=level, text=words_of(level, criterion)
        )


def words_of(level, criterion):
    return f"{level.name} for {criterion.code}"


class PromptFactory(DjangoModelFactory):
    class Meta:
        model = Prompt

    criterion = factory.SubFactory(CriterionFactory)
    text = "What told you so?"
    position = 1


class ExampleFactory(DjangoModelFactory):
    class Meta:
        model = Example

    criterion = factory.SubFactory(CriterionFactory)
    kind = Example.Kind.HIT
    text = "She said who she was before she sat down."


class FrameworkVersionFactory(DjangoModelFactory):
    """A small published version in use: domain 1 with 1.1 and 1.2, domain 2 with 2.1.

    `draft=True` leaves it unpublished; `bare=True` leaves its parts out.
    """

    class Meta:
        model = FrameworkVersion

    framework = factory.SubFactory(FrameworkFactory)
    number = factory.LazyAttribute(lambda version: version.framework.versions.count() + 1)
    scale = factory.SubFactory(ScaleFactory)
    change_note = "What changed, and why."
    effective_on = date(2024, 1, 1)
    published_by = factory.SubFactory(UserFactory)
    draft = False
    bare = False

    @classmethod
    def _create(cls, model_class, *args, draft, bare, published_by, **fields):
        version = model_class.objects.create(**fields)
        if not bare:
            add_parts(version)
        if not draft:
            version.published_at, version.published_by = timezone.now(), published_by
            version.save()
        return version


def add_parts(version):
    """What nearly every test has: each kind of part in one query."""
    version.causes.add(
        CauseFactory(), CauseFactory(code="not_trained", name="Not trained", position=2)
    )
    version.lenses.add(LensFactory())
    first, second = Domain.objects.bulk_create(
        DomainFactory.build(version=version, code=str(at), position=at) for at in (1, 2)
    )
    criteria = Criterion.objects.bulk_create(
        CriterionFactory.build(domain=domain, code=code, position=at, prompt=None, undescribed=True)
        for at, (domain, code) in enumerate([(first, "1.1"), (first, "1.2"), (second, "2.1")], 1)
    )
    Prompt.objects.bulk_create(PromptFactory.build(criterion=each) for each in criteria)
    levels = list(version.scale.levels.order_by("position"))
    LevelDescription.objects.bulk_create(
        LevelDescription(criterion=criterion, level=level, text=words_of(level, criterion))
        for criterion in criteria
        for level in levels
    )


class SecondLanguageFactory(DjangoModelFactory):
    class Meta:
        model = SecondLanguage

    version = factory.SubFactory(FrameworkVersionFactory)
    tag = "mi"
    name = "te reo Māori"


class SecondWordingFactory(DjangoModelFactory):
    class Meta:
        model = SecondWording

    language = factory.SubFactory(SecondLanguageFactory)
    first = factory.Sequence(lambda n: f"Text {n}")
    second = "He kupu"


class LineageFactory(DjangoModelFactory):
    """How a criterion of an earlier version continues in a draft's first criterion."""

    class Meta:
        model = Lineage

    version = factory.SubFactory(FrameworkVersionFactory, draft=True)
    kind = Lineage.Kind.SAME
    earlier = factory.SubFactory(CriterionFactory)
    later = factory.LazyAttribute(
        lambda lineage: lineage.version.criteria.order_by("position").first()
    )


def settle_lineage(version):
    """Confirms the lineage of a draft as it is saved, or else suggested."""
    mapping = Mapping(version)
    right = {"right": set(mapping.news), "dropped": set(mapping.olds)}
    settling.settle(
        version=version,
        chosen=settling.Chosen(ties=mapping.suggested, **right),
        base=mapping.fingerprint(),
        by=UserFactory(),
    )


def put_in_force(version):
    """Publishes a draft from its day on, from which the versions before it are retired."""
    others = version.framework.versions.filter(published_at__isnull=False, retired_on=None)
    others.update(retired_on=version.effective_on)
    version.published_at, version.published_by = timezone.now(), UserFactory()
    version.save()


class StandardFactory(DjangoModelFactory):
    class Meta:
        model = Standard

    code = factory.Sequence("standard-{}".format)
    name = factory.Sequence("Standard {}".format)
    body = "A regulator"
    in_force_from = date(2019, 12, 2)
    source = "A regulator, Standards, 2019"


class ClauseFactory(DjangoModelFactory):
    class Meta:
        model = Clause

    standard = factory.SubFactory(StandardFactory)
    number = factory.LazyAttribute(lambda clause: str(clause.position))
    name = factory.LazyAttribute(lambda clause: f"Clause {clause.number}")
    position = factory.LazyAttribute(lambda clause: clause.standard.clauses.count() + 1)


class CrosswalkFactory(DjangoModelFactory):
    class Meta:
        model = Crosswalk

    criterion = factory.SubFactory(CriterionFactory)
    clause = factory.SubFactory(ClauseFactory)


class CodebookFactory(DjangoModelFactory):
    class Meta:
        model = Codebook

    code = factory.Sequence("codebook-{}".format)
    name = factory.Sequence("Codebook {}".format)
    unit = factory.SubFactory(UnitFactory, organisation=True)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    codebook = factory.SubFactory(CodebookFactory)
    code = factory.Sequence("theme-{}".format)
    name = factory.Sequence("Theme {}".format)
    short = factory.Sequence("Theme {}".format)
    definition = "Whether the family is asked, heard and answered."
    use_when = "The passage shows who was asked."
    not_when = "It is only about manner."
    helps_means = "The family was heard."
    hinders_means = "The family was heard too late."
    keywords = ["talked over", "own words"]
    examples = ["Mum was asked first, and her three points were written up."]
    position = factory.LazyAttribute(lambda theme: theme.codebook.themes.count() + 1)


class ThemeDraftFactory(DjangoModelFactory):
    """A waiting wording of a theme in use: another definition and one more word."""

    class Meta:
        model = ThemeDraft

    theme = factory.SubFactory(ThemeFactory)
    revision = factory.LazyAttribute(lambda draft: draft.theme.revision + 1)
    name = factory.SelfAttribute("theme.name")
    short = factory.SelfAttribute("theme.short")
    definition = "Whether the family is asked first."
    use_when = factory.SelfAttribute("theme.use_when")
    not_when = factory.SelfAttribute("theme.not_when")
    helps_means = factory.SelfAttribute("theme.helps_means")
    hinders_means = factory.SelfAttribute("theme.hinders_means")
    keywords = factory.LazyAttribute(lambda draft: [*draft.theme.keywords, "asked first"])
    examples = factory.SelfAttribute("theme.examples")


class ThemeEndFactory(DjangoModelFactory):
    """A theme in use that waits to be retired."""

    class Meta:
        model = ThemeEnd

    theme = factory.SubFactory(ThemeFactory)
    kind = ThemeMapping.Kind.RETIRED
    why = "Nobody has used it for a year."
    by = factory.SubFactory(UserFactory)


class ThemeMappingFactory(DjangoModelFactory):
    """A theme merged into another of its codebook."""

    class Meta:
        model = ThemeMapping

    kind = ThemeMapping.Kind.MERGED
    earlier = factory.SubFactory(ThemeFactory, retired_on=date(2026, 10, 1))
    later = factory.SubFactory(ThemeFactory, codebook=factory.SelfAttribute("..earlier.codebook"))
    on = date(2026, 10, 1)
    why = "The two were mistaken for each other."
    by = factory.SubFactory(UserFactory)


# What was seen


class ObservationFactory(DjangoModelFactory):
    """A draft with everything filled in but passages and ratings.

    Traits: `quick_note` (only where and what), `draft`, `submitted`, `shared`, `answered` (agreed),
    `withdrawn` (after it was submitted), `trial` (of a draft) and `tried` (finished). It is made against the version in use over its unit, or
    one made for it. `month` and `is_counted` are the database's: refresh the row after a change.
    """

    class Meta:
        model = Observation
        skip_postgeneration_save = True

    class Params:
        quick_note = factory.Trait(
            part_of_day="", minutes=None, setting="", proximity="", mode="", family_asked=""
        )
        draft = factory.Trait(submitted_at=None)
        submitted = factory.Trait(submitted_at=factory.LazyFunction(timezone.now))
        shared = factory.Trait(submitted=True, shared_at=factory.LazyFunction(timezone.now))
        answered = factory.Trait(
            shared=True,
            its_reply=factory.RelatedFactory(
                "tests.factories.ReplyFactory", factory_related_name="observation"
            ),
        )
        withdrawn = factory.Trait(submitted=True, withdrawn_at=factory.LazyFunction(timezone.now))
        trial = factory.Trait(
            is_trial=True,
            framework_version=factory.LazyAttribute(lambda made: draft_over(made.unit)),
        )
        tried = factory.Trait(trial=True, tried_at=factory.LazyFunction(timezone.now))

    unit = factory.SubFactory(UnitFactory)
    observer = factory.SubFactory(UserFactory)
    practitioner = factory.SubFactory(UserFactory)
    framework_version = factory.LazyAttribute(lambda observation: version_over(observation.unit))
    not_shared_because = factory.LazyAttribute(lambda made: not_recorded_of(made))
    kind_of_work = "home_visit"
    part_of_day = "afternoon"
    minutes = 55
    setting = "home"
    proximity = "shadowed"
    mode = "in_person"
    present = ["mother", "child", "social_worker"]
    family_asked = "agreed"


def not_recorded_of(made):
    """Why what is made submitted and not shared is not: nobody was asked."""
    is_kept = made.submitted_at and made.practitioner and not made.shared_at
    return NotShared.NOT_RECORDED if is_kept else ""


class CpdNoteFactory(DjangoModelFactory):
    """A note of a practitioner's own, under the headings of England, with one of them written."""

    class Meta:
        model = CpdNote

    writer = factory.SubFactory(UserFactory)
    scheme = "england"
    did = "I asked the grandmother first."


class TrialFactory(DjangoModelFactory):
    """A running trial of a draft, by one practice leader, in the unit whose framework it is."""

    class Meta:
        model = Trial
        skip_postgeneration_save = True

    version = factory.SubFactory(FrameworkVersionFactory, draft=True)
    started_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def observers(trial, create, extracted):
        trial.observers.set(extracted or [])

    @factory.post_generation
    def units(trial, create, extracted):
        trial.units.set(extracted or [trial.version.framework.unit])


def version_over(unit):
    """What is in force over the unit, or else a framework of its own, from when the last one ended."""
    if live := FrameworkVersion.objects.live_for(unit):
        return live
    over = FrameworkVersion.objects.filter(framework__unit__in=Unit.objects.above(unit))
    ended = [each.retired_on for each in over.exclude(retired_on=None)]
    begins = {"effective_on": max(ended)} if ended else {}
    return FrameworkVersionFactory(framework__unit=unit, **begins)


def draft_over(unit):
    return FrameworkVersionFactory(framework__unit=unit, draft=True)


class PartFactory(DjangoModelFactory):
    """A part takes its unit, its month and whether it counts from its observation."""

    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **fields):
        return fields["observation"].place | fields


class PassageFactory(PartFactory):
    class Meta:
        model = Passage

    observation = factory.SubFactory(ObservationFactory, submitted=True)
    kind = Passage.Kind.SEEN
    text = "Mum was asked first, and her three points were written up before anyone else spoke."
    position = factory.LazyAttribute(lambda passage: passage.observation.passages.count() + 1)


class RatingFactory(PartFactory):
    """The level "Evident" for the first criterion not rated yet; traits `not_seen`, `missed`."""

    class Meta:
        model = Rating

    class Params:
        not_seen = factory.Trait(outcome=Rating.Outcome.NOT_SEEN, level=None, evidence="")
        missed = factory.Trait(
            outcome=Rating.Outcome.MISSED, level=None, cause=factory.SubFactory(CauseFactory)
        )

    observation = factory.SubFactory(ObservationFactory, submitted=True)
    criterion = factory.LazyAttribute(lambda rating: next_criterion(rating.observation))
    outcome = Rating.Outcome.LEVEL
    level = factory.LazyAttribute(
        lambda rating: rating.observation.framework_version.scale.levels.get(position=3)
    )
    evidence = "He said it back in his own words."


def next_criterion(observation):
    rated = observation.ratings.values("criterion")
    return observation.framework_version.criteria.exclude(pk__in=rated).order_by("position").first()


class MentionFactory(PartFactory):
    """A suggestion that a passage helps a theme; traits `confirmed` and `rejected`."""

    class Meta:
        model = Mention

    class Params:
        decided = factory.Trait(
            decided_by=factory.SelfAttribute("observation.observer"),
            decided_at=factory.LazyFunction(timezone.now),
        )
        confirmed = factory.Trait(decided=True, status=Mention.Status.CONFIRMED)
        rejected = factory.Trait(decided=True, status=Mention.Status.REJECTED)

    passage = factory.SubFactory(PassageFactory)
    observation = factory.SelfAttribute("passage.observation")
    theme = factory.SubFactory(
        ThemeFactory, codebook__unit=factory.SelfAttribute("...passage.observation.unit")
    )
    stance = "helps"
    engine = "words"
    start = 0
    end = factory.LazyAttribute(lambda mention: len(mention.passage.text))


class ReviewSessionFactory(DjangoModelFactory):
    class Meta:
        model = ReviewSession

    person = factory.SubFactory(UserFactory)


class CardFactory(DjangoModelFactory):
    """A card that waits, of a suggestion in a note of the person whose review session it is."""

    class Meta:
        model = Card

    mention = factory.SubFactory(MentionFactory)
    review_session = factory.SubFactory(
        ReviewSessionFactory, person=factory.SelfAttribute("..mention.observation.observer")
    )
    position = factory.LazyAttribute(lambda card: card.review_session.cards.count())


class WordProposalFactory(DjangoModelFactory):
    """A word proposed for a theme's list; the trait `decided` says that somebody left it."""

    class Meta:
        model = WordProposal

    class Params:
        decided = factory.Trait(
            state=WordProposal.State.DISMISSED,
            decided_by=factory.SubFactory(UserFactory),
            decided_at=factory.LazyFunction(timezone.now),
        )

    theme = factory.SubFactory(ThemeFactory)
    kind = WordProposal.Kind.ADD
    word = factory.Sequence("word{}".format)
    seen = 5
    confirmed = 4


class FrictionFactory(PartFactory):
    class Meta:
        model = Friction

    observation = factory.SubFactory(ObservationFactory, submitted=True)
    system = "case_system"
    effect = Friction.Effect.HINDERED
    minutes = 20


class PlannedVisitFactory(DjangoModelFactory):
    """A visit planned for in a week; called off with the traits `declined` or `cancelled`."""

    class Meta:
        model = PlannedVisit

    class Params:
        declined = factory.Trait(declined_at=factory.LazyFunction(timezone.now))
        cancelled = factory.Trait(
            cancelled_at=factory.LazyFunction(timezone.now), why=PlannedVisit.Why.OTHER_WORK
        )

    unit = factory.SubFactory(UnitFactory)
    observer = factory.SubFactory(UserFactory)
    practitioner = factory.SubFactory(UserFactory)
    visit_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    kind_of_work = "home_visit"
    is_about = "family"


class CalendarAddressFactory(DjangoModelFactory):
    class Meta:
        model = CalendarAddress

    user = factory.SubFactory(UserFactory)


class PairFactory(DjangoModelFactory):
    """Two notes of one day in one unit, by two observers; the older note first."""

    class Meta:
        model = Pair

    first = factory.SubFactory(ObservationFactory, submitted=True)
    second = factory.SubFactory(
        ObservationFactory,
        submitted=True,
        unit=factory.SelfAttribute("..first.unit"),
        framework_version=factory.SelfAttribute("..first.framework_version"),
    )
    made_by = factory.SelfAttribute("first.observer")


class VoiceFactory(DjangoModelFactory):
    class Meta:
        model = Voice

    observation = factory.SubFactory(ObservationFactory, submitted=True)
    who = "mother"
    words = "I knew who everybody was this time."


class MeetingFactsFactory(DjangoModelFactory):
    class Meta:
        model = MeetingFacts

    observation = factory.SubFactory(
        ObservationFactory, submitted=True, kind_of_work="family_meeting"
    )
    asked_first = "mother"
    account = "social_worker"
    decided = "with"

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        """Any further fact is answered by the first of its choices."""
        answers = {
            fact.name: "mother"
            if fact.is_role
            else MeetingFacts._meta.get_field(fact.name).choices[0][0]
            for fact in FACTS
        }
        return answers | kwargs


class TalkShareFactory(DjangoModelFactory):
    class Meta:
        model = TalkShare

    meeting = factory.SubFactory(MeetingFactsFactory)
    role = "mother"
    minutes = 12


class ConversationFactory(DjangoModelFactory):
    class Meta:
        model = Conversation

    observation = factory.SubFactory(ObservationFactory, submitted=True)
    next_step = "Ask the mother first next time."


class ConversationAdditionFactory(DjangoModelFactory):
    class Meta:
        model = ConversationAddition

    conversation = factory.SubFactory(ConversationFactory)
    by = factory.SelfAttribute("conversation.observation.practitioner")
    words = "We also said Tuesday."


class ReplyFactory(DjangoModelFactory):
    class Meta:
        model = Reply

    class Params:
        disagreed = factory.Trait(
            verdict=Reply.Verdict.DISAGREED, words="I did ask her, on the way in."
        )

    observation = factory.SubFactory(ObservationFactory, shared=True)
    by = factory.SelfAttribute("observation.practitioner")
    verdict = Reply.Verdict.AGREED
    fairness = Reply.Fairness.FAIR


class RedactionFactory(DjangoModelFactory):
    """An open question about a name in a passage; the traits `kept` and `replaced` settle it."""

    class Meta:
        model = Redaction

    class Params:
        kept = factory.Trait(
            settled=Redaction.Settled.KEPT,
            settled_at=factory.LazyFunction(timezone.now),
            settled_by=factory.SelfAttribute("observation.observer"),
            reason="It names a place.",
        )
        replaced = factory.Trait(
            settled=Redaction.Settled.REPLACED,
            settled_at=factory.LazyFunction(timezone.now),
            settled_by=factory.SelfAttribute("observation.observer"),
            replacement="the mother",
        )

    passage = factory.SubFactory(PassageFactory, text="Leanne said mornings are hard.")
    observation = factory.SelfAttribute("passage.observation")
    kind = "name"
    words = "Leanne"
    suggestion = "the mother"
    start = 0
    end = 6


class EarlySignFactory(DjangoModelFactory):
    """One that waits, found by the words of its passage; traits `kept`, `closed` and `added`."""

    class Meta:
        model = EarlySign

    class Params:
        decided = factory.Trait(
            decided_by=factory.SelfAttribute("passage.observation.observer"),
            decided_at=factory.LazyFunction(timezone.now),
        )
        kept = factory.Trait(decided=True, state=EarlySign.State.KEPT)
        closed = factory.Trait(
            decided=True, state=EarlySign.State.CLOSED, because="It was looked into."
        )
        added = factory.Trait(
            decided=True,
            state=EarlySign.State.ADDED,
            theme=factory.SubFactory(
                ThemeFactory, codebook__unit=factory.SelfAttribute("...passage.observation.unit")
            ),
        )

    passage = factory.SubFactory(
        PassageFactory, text="The mother was laughed at when she read out her list of worries."
    )
    start = 0
    end = factory.LazyAttribute(lambda early_sign: len(early_sign.passage.text))
    reasons = factory.LazyFunction(lambda: [{"kind": "shame", "words": [[11, 25]]}])


class EarlySignStepFactory(DjangoModelFactory):
    class Meta:
        model = EarlySignStep

    early_sign = factory.SubFactory(EarlySignFactory)
    what = EarlySignStep.What.FOUND


# Re-check of past observations


class RecodingFactory(DjangoModelFactory):
    """Ready to be decided: one more suggestion. Traits `looking` and `done`."""

    class Meta:
        model = Recoding

    class Params:
        looking = factory.Trait(state=Recoding.State.LOOKING, added=0, looked=1)
        done = factory.Trait(
            state=Recoding.State.DONE, ended_at=factory.LazyFunction(timezone.now), made=1
        )

    codebook = factory.SubFactory(CodebookFactory)
    fingerprint = factory.Sequence("{:064x}".format)
    why = factory.LazyFunction(lambda: ["“Time” is in use."])
    state = Recoding.State.READY
    total = 3
    looked = 3
    added = 1


class RecodingChangeFactory(DjangoModelFactory):
    """That a passage would be suggested for a theme of the recoding's codebook."""

    class Meta:
        model = RecodingChange

    recoding = factory.SubFactory(RecodingFactory)
    kind = RecodingChange.Kind.ADD
    passage = factory.SubFactory(PassageFactory)
    observation = factory.SelfAttribute("passage.observation")
    text_sha256 = factory.LazyAttribute(
        lambda change: hashlib.sha256(change.passage.text.encode()).hexdigest()
    )
    theme = factory.SubFactory(ThemeFactory, codebook=factory.SelfAttribute("..recoding.codebook"))
    stance = "helps"
    engine = "words"
    end = factory.LazyAttribute(lambda change: len(change.passage.text))


class ReplyPartFactory(DjangoModelFactory):
    class Meta:
        model = ReplyPart

    class Params:
        disagreed = factory.Trait(
            verdict=Reply.Verdict.DISAGREED, words="She had been asked before I came in."
        )

    reply = factory.SubFactory(ReplyFactory)
    passage = factory.SubFactory(
        PassageFactory, observation=factory.SelfAttribute("..reply.observation")
    )
    verdict = Reply.Verdict.AGREED
    added_at = factory.SelfAttribute("reply.replied_at")
