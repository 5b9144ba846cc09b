"""A copy of all that PracticeLens holds on a person's practice: as data, and on paper."""

from django.utils import timezone

from frameworks.languages.wordings import read_by
from observations.models import CalendarAddress, CpdNote, Observation, PlannedVisit, Reply
from observations.notes.readings import all_readings_of
from observations.papers import paper
from observations.papers.content import content_of, moment
from practicelens.audit.models import Entry
from practicelens.people.models import ConcernRaised


def of_practice(user):
    """The observations of the person's practice that they read, the newest first."""
    found = list(
        Observation.objects.shared_with(user).for_reading().order_by("-observed_on", "-pk")
    )
    for each in found:
        read_by(each.framework_version, user)
    return found


def copy_of(user, observations):
    """All of it as plain data: nothing suggested, and no words that others keep to themselves."""
    return {
        "made_at": moment(timezone.now()),
        "name": user.name,
        "email": user.email,
        "roles": [
            role_told(each) for each in user.roles.select_related("unit").order_by("given_at")
        ],
        "observations_of_my_practice": [content_of(each, user) for each in observations],
        "not_shared_with_me": [not_shared_told(each) for each in not_shared_with(user)],
        "who_read_them": [reading_told(each) for each in all_readings_of(user)],
        "my_replies_to_what_was_withdrawn": [reply_told(each) for each in other_replies(user)],
        "my_cpd_notes": [cpd_told(each) for each in cpd_notes_of(user)],
        "observations_i_made": [made_told(each) for each in made_by(user)],
        "planned_visits": [visit_told(each) for each in visits_of(user)],
        "calendar_address_made_at": [moment(each.made_at) for each in addresses_of(user)],
        "concerns_i_raised": [
            moment(each.at) for each in ConcernRaised.objects.visible_to(user).order_by("-at")
        ],
        "audit_log_of_what_i_did": log_of(user),
    }


def role_told(role):
    return {
        "role": role.get_kind_display(),
        "where": str(role.unit),
        "since": moment(role.given_at),
        "until": moment(role.ended_at),
    }


def not_shared_with(user):
    found = Observation.objects.not_shared().filter(practitioner=user)
    return found.select_related("observer").order_by("-observed_on", "-pk")


def not_shared_told(observation):
    return {
        "day": observation.observed_on.isoformat(),
        "observer": str(observation.observer),
        "why": observation.get_not_shared_because_display(),
        "words": observation.not_shared_words,
    }


def reading_told(line):
    return {
        "who": line.who,
        "at": moment(line.at),
        "observation": str(line.observation.key),
        "day": line.observation.observed_on.isoformat(),
        "how": line.how,
        "why": line.why,
    }


def other_replies(user):
    """Replies that are in none of the observations above."""
    found = Reply.objects.filter(by=user, observation__is_counted=False)
    return found.prefetch_related("parts").order_by("-replied_at", "-pk")


def reply_told(reply):
    return {
        "at": moment(reply.replied_at),
        "verdict": reply.get_verdict_display(),
        "words": reply.words,
        "being_observed_felt": reply.get_fairness_display(),
        "added": [{"words": part.words, "at": moment(part.added_at)} for part in reply.parts.all()],
    }


def cpd_notes_of(user):
    return CpdNote.objects.visible_to(user).for_list()


def cpd_told(note):
    return {
        "day": note.done_on.isoformat(),
        "minutes": note.minutes,
        "under_the_headings_of": note.get_scheme_display(),
        "about": str(note.about.key) if note.about else "",
        "texts": [{"heading": heading, "words": words} for heading, words in note.written],
    }


def made_by(user):
    """What the person wrote: where and when, since its words are of others' practice."""
    return Observation.objects.filter(observer=user).for_list()


def made_told(observation):
    return {
        "day": observation.observed_on.isoformat(),
        "team": str(observation.unit),
        "kind_of_work": observation.get_kind_of_work_display(),
        "state": observation.state.label,
    }


def visits_of(user):
    """Those that the person planned, and those that were planned with them."""
    return PlannedVisit.objects.visible_to(user).for_list()


def visit_told(visit):
    return {
        "day": visit.visit_on.isoformat(),
        "time": visit.visit_at.isoformat(timespec="minutes") if visit.visit_at else "",
        "minutes": visit.minutes,
        "where": str(visit.unit),
        "kind_of_work": visit.get_kind_of_work_display(),
        "observer": str(visit.observer),
        "practitioner": str(visit.practitioner or ""),
        "observers_focus": visit.observers_focus,
        "practitioners_focus": visit.practitioners_focus,
        "family_asked": visit.get_family_asked_display(),
        "how_the_family_was_asked": visit.family_how,
        "message": visit.message,
        "state": visit.state.label,
        "why_called_off": visit.get_why_display(),
        "words": visit.because,
    }


def addresses_of(user):
    return CalendarAddress.objects.visible_to(user)


def log_of(user):
    rows = Entry.objects.filter(by=user).order_by("-at", "-pk")
    did = dict(Entry.Action.choices)
    return [
        {"at": moment(at), "did": did[action], "what": what}
        for at, action, what in rows.values_list("at", "action", "what").iterator()
    ]


def on_paper(told, lang):
    """The copy as a PDF. The log of what the person did is in the data alone: it is long."""
    parts = [
        paper.part("You", paper.facts([("Name", told["name"]), ("Email", told["email"])])),
        paper.part(
            "Your roles", paper.facts((each["role"], role_words(each)) for each in told["roles"])
        ),
        paper.part("Not shared with you yet", *map(not_shared_block, told["not_shared_with_me"])),
        *[part for each in told["observations_of_my_practice"] for part in observation_parts(each)],
        paper.part(
            "Who read the observations of your practice",
            paper.facts(map(reading_row, told["who_read_them"])),
            starts_page=True,
        ),
        paper.part("Your replies to what was withdrawn", *replies_blocks(told)),
        *[part for each in told["my_cpd_notes"] for part in cpd_parts(each)],
        paper.part(
            "Observations you made", paper.facts(map(made_row, told["observations_i_made"]))
        ),
        paper.part(
            "Visits planned by you or with you",
            *[block for each in told["planned_visits"] for block in visit_blocks(each)],
        ),
        paper.part(
            "Your calendar's address",
            paper.facts(
                ("Made", paper.moment_words(at)) for at in told["calendar_address_made_at"]
            ),
        ),
        paper.part(
            "Concerns that you said you raised",
            paper.facts(("Raised", paper.moment_words(at)) for at in told["concerns_i_raised"]),
        ),
    ]
    return paper.pdf(
        lang=lang,
        title="What PracticeLens holds on you",
        kicker=f"{told['name']}, {paper.moment_words(told['made_at'])}",
        lede="The observations of your practice that were shared with you, as you read them, your "
        "replies, and who read them. Nothing here is suggested by a machine.",
        parts=[each for each in parts if each],
    )


def visit_blocks(told):
    """One planned visit: when and where, then what was written of it."""
    when = f"{paper.day_words(told['day'])} {told['time']}".strip()
    yield paper.head(f"{told['kind_of_work']}, {when}")
    said = {
        "Where": told["where"],
        "Planned by": told["observer"],
        "With": told["practitioner"],
        "The observer would like to look at": told["observers_focus"],
        "The practitioner would like to look at": told["practitioners_focus"],
        "Was the family asked": told["family_asked"],
        "How the family was asked": told["how_the_family_was_asked"],
        "A few words": told["message"],
        "State": told["state"],
        "Why it was called off": f"{told['why_called_off']} {told['words']}".strip(),
    }
    yield paper.facts([(what, words) for what, words in said.items() if words])


def role_words(role):
    since = f"{role['where']}, since {paper.moment_words(role['since'])}"
    return f"{since}, until {paper.moment_words(role['until'])}" if role["until"] else since


def not_shared_block(each):
    words = f"{each['why']}. {each['words']}".strip()
    return paper.facts([(paper.day_words(each["day"]), f"By {each['observer']}. {words}")])


def observation_parts(told):
    """The parts of one observation, which begins on a page of its own."""
    first, *others = paper.parts_of(told, starts_page=True)
    title = f"{told['title']}, {paper.day_words(told['day'])}"
    return [{**first, "title": title}, *others]


def reading_row(each):
    words = f"{each['who']}, {paper.day_words(each['day'])}. {each['how']}. {each['why']}."
    return paper.moment_words(each["at"]), words


def replies_blocks(told):
    for each in told["my_replies_to_what_was_withdrawn"]:
        yield paper.text(each["words"] or each["verdict"], paper.moment_words(each["at"]))
        for part in each["added"]:
            yield paper.text(part["words"], f"Added {paper.moment_words(part['at'])}")


def cpd_parts(told):
    texts = [(paper.head(each["heading"]), paper.text(each["words"])) for each in told["texts"]]
    blocks = [block for pair in texts for block in pair]
    yield paper.part(f"Your CPD note of {paper.day_words(told['day'])}", *blocks)


def made_row(each):
    return paper.day_words(each["day"]), f"{each['kind_of_work']}, {each['team']}. {each['state']}"
