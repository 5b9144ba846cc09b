"""What anybody can do, by country, where a service has set no steps of its own."""

from dataclasses import dataclass

from practicelens.people.models import Unit
from practicelens.people.models.safeguarding import dialled

COUNTRY = Unit.Jurisdiction
EMERGENCY = {COUNTRY.AOTEAROA: "111"}  # 999 elsewhere


@dataclass(frozen=True)
class Step:
    """As a SafeguardingStep is read."""

    title: str
    what_to_do: str
    telephone: str = ""
    when: str = ""

    @property
    def dialled(self):
        return dialled(self.telephone)


LEAD = Step(
    "Tell your designated safeguarding lead",
    "Speak with them, or with your manager or whoever is on duty, today and before you leave. Agree "
    "who makes the referral.",
)


def council(services, adults):
    return Step(
        f"Tell {services}",
        f"Make a referral where the person lives. {adults} Say it in person or by telephone first, "
        "then in writing, in the system where your service records it.",
    )


OTHERWISE = (
    LEAD,
    council(
        "your local authority’s children’s services",
        "For an adult, tell adult social care.",
    ),
)
STEPS = {
    COUNTRY.SCOTLAND: (
        LEAD,
        council("your council’s social work department", "It is the same for an adult."),
    ),
    COUNTRY.NORTHERN_IRELAND: (
        LEAD,
        council(
            "the Gateway team of the Health and Social Care Trust",
            "For an adult, tell its adult safeguarding team.",
        ),
    ),
    COUNTRY.AOTEAROA: (
        Step(
            "Tell your supervisor or practice leader",
            "Speak with them, or with whoever is on duty, today and before you leave. Agree who makes "
            "the report of concern.",
        ),
        Step(
            "Make a report of concern to Oranga Tamariki",
            "Call 0508 FAMILY, at any hour. Then record it where your service records it.",
            "0508 326 459",
        ),
    ),
}


def emergency_of(jurisdiction):
    return EMERGENCY.get(jurisdiction, "999")


def steps_of(jurisdiction):
    return STEPS.get(jurisdiction, OTHERWISE)
