"""People and units, the log, and signing in."""

from practicelens.people.permissions import Act
from tests.access.people import EVERYBODY, may
from tests.access.table.rules import (
    ADMIN_FAR,
    ADMIN_HERE,
    FORM,
    GOVERNANCE,
    OWN,
    SEND,
    SHOW,
    SOMEBODY,
    SYSTEM_ADMINS,
    Rule,
)

ONLY_THEIRS = {
    "practitioner": ADMIN_HERE,
    "far_psw": ADMIN_FAR,
    "no_role": ADMIN_HERE,
    "far_no_role": ADMIN_FAR,
    "mover": ADMIN_HERE,
    "between": "",
    "lent": "",
}
IN_BOTH = dict.fromkeys(["between", "lent"], SYSTEM_ADMINS)

SECOND_HERE = f"{ADMIN_HERE} {may(Act.READ_LOG, 'here')}"
SECOND_FAR = f"{ADMIN_FAR} {may(Act.READ_LOG, 'elsewhere')}"

PEOPLE = [
    Rule(
        "system admins have the people and the units of their part",
        may=SYSTEM_ADMINS,
        pages={
            "people:list": SHOW,
            "people:add": FORM,
            "people:units": SHOW,
            "people:add_unit": FORM,
            "people:set_up": FORM,
        },
    ),
    Rule(
        "templates of what can be added at once are for system admins",
        of="people template",
        may={"people": SYSTEM_ADMINS},
        pages={"people:set_up_template": SHOW},
    ),
    Rule(
        "a file of people is for who sent it",
        of="people file",
        may={"here": "system_admin", "far": "far_system_admin"},
        pages={"people:set_up_check": FORM},
    ),
    Rule(
        "a person is seen by the system admins of their organisation and of where they hold a role",
        of="person",
        may=ONLY_THEIRS | IN_BOTH,
        pages={"people:person": SHOW},
    ),
    Rule(
        "and changed by those of their organisation, if they hold no role elsewhere",
        of="person",
        may=ONLY_THEIRS,
        sees=IN_BOTH,
        pages={
            "people:edit": FORM,
            "people:link": SHOW,
            "people:new_link": SEND,
            "people:take_address_back": SEND,
            "people:disable": FORM,
            "people:enable": FORM,
            "people:give_role": FORM,
            "people:leaving": FORM,
        },
    ),
    Rule(
        "a role is ended by the system admins of where it is held",
        of="role",
        may={"practitioner": ADMIN_HERE, "far_psw": ADMIN_FAR},
        pages={"people:end_role": FORM, "people:move_role": FORM},
    ),
    Rule(
        "a unit is looked after by the system admins who reach it",
        of="unit",
        may=dict.fromkeys(["here", "service", "team", "sibling"], ADMIN_HERE)
        | dict.fromkeys(["elsewhere", "far"], ADMIN_FAR),
        pages={
            "people:unit": FORM,
            "people:move_unit": FORM,
            "people:close_unit": FORM,
            "people:reopen_unit": FORM,
        },
    ),
    Rule(
        "what to do when worried about someone is for everybody, and so is saying that it was done",
        may=EVERYBODY,
        pages={"people:safeguarding": FORM},
    ),
    Rule(
        "how often that was said is counted for information governance leads",
        may=GOVERNANCE,
        pages={"people:concerns_raised": SHOW},
    ),
    Rule(
        "the steps of a unit are kept by the system admins who reach it",
        of="unit",
        may=dict.fromkeys(["here", "service", "team", "sibling"], ADMIN_HERE)
        | dict.fromkeys(["elsewhere", "far"], ADMIN_FAR),
        pages={"people:safeguarding_steps": SHOW, "people:add_safeguarding_step": FORM},
    ),
    Rule(
        "and so is each of them",
        of="safeguarding step",
        may={"here": ADMIN_HERE, "far": ADMIN_FAR},
        pages={
            "people:safeguarding_step": FORM,
            "people:move_safeguarding_step": SEND,
            "people:remove_safeguarding_step": SEND,
        },
    ),
    Rule(
        "an address of before leads on to a unit for those who look after it",
        of="code of a unit",
        may=dict.fromkeys(["here", "service", "team", "sibling"], ADMIN_HERE)
        | dict.fromkeys(["elsewhere", "far"], ADMIN_FAR),
        answers=(301, 308),
        pages={"people:unit_by_code": FORM, "people:unit_page_by_code": FORM},
    ),
    Rule(
        "roles that wait are for system admins and information governance leads",
        may=f"{SYSTEM_ADMINS} {GOVERNANCE}",
        pages={"people:waiting": SHOW},
    ),
    Rule(
        "one is settled by those who reach its unit",
        of="role request",
        may={"here": SECOND_HERE, "far": SECOND_FAR},
        pages={"people:agree": SEND, "people:turn_down": SEND},
    ),
    Rule(
        "a new address is confirmed by whoever has the link, and there is nothing without it",
        may=SOMEBODY,
        public=True,
        answers=(404,),
        pages={"people:confirm_address": FORM},
    ),
    Rule(
        "information governance leads read the log of their part",
        may=GOVERNANCE,
        pages={"audit:log": SHOW},
    ),
    Rule(
        "everybody has a first page and a page of their own",
        may=EVERYBODY,
        pages={"home": SHOW, "people:me": SHOW, "people:kept": SHOW},
    ),
    Rule(
        "kept words are their writer's to throw away",
        of="kept words",
        may={"here": "observer", "far": "far_psw"},
        pages={"people:throw_away": SEND},
    ),
    Rule(
        "help and what is said of privacy and accessibility are open to anybody",
        may=SOMEBODY,
        public=True,
        pages={"people:help": SHOW, "people:privacy": SHOW, "people:accessibility": SHOW},
    ),
    Rule(
        "whether the product is well is open to anybody, and says nothing else",
        may=SOMEBODY,
        public=True,
        answers=(200, 503),
        pages={"health": SHOW, "health_live": SHOW},
    ),
    Rule(
        "signing in is open to anybody",
        may=SOMEBODY,
        public=True,
        pages={
            "account_logout": "GET HEAD POST OPTIONS",
            "account_inactive": "GET HEAD OPTIONS",
            "account_reset_password": OWN,
            "account_reset_password_done": "GET HEAD OPTIONS",
            "account_reset_password_from_key_done": "GET HEAD OPTIONS",
        },
    ),
    Rule(
        "who is signed in already, or has no good link, is sent on whatever they ask",
        may=SOMEBODY,
        public=True,
        answers=(200, 302, 405),
        pages={
            "account_login": f"{OWN} PATCH DELETE",
            "account_signup": f"{OWN} PATCH DELETE",
            "account_reset_password_from_key": f"{OWN} PATCH DELETE",
        },
    ),
    Rule(
        "who has a password is sent on to change it",
        may=EVERYBODY,
        pages={"account_set_password": f"{OWN} PATCH DELETE"},
    ),
    Rule(
        "one's own password is changed by whoever is signed in",
        may=EVERYBODY,
        pages={
            "account_reauthenticate": OWN,
            "account_change_password": OWN,
        },
    ),
]
