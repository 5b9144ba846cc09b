"""Features so rare that they name a family without a name: pointed at, with the reason."""

import re
from typing import NamedTuple

from .finding import CouldNotLook
from .tokens import read_to

NUMBERS = "six|seven|eight|nine|ten|eleven|twelve|thirteen|1[0-3]|[6-9]"
CONDITIONS = (
    "cystic fibrosis|muscular dystrophy|Duchenne|sickle cell|haemophilia|h(?:a)?emophilia|Huntington'?s|"
    "spina bifida|cerebral palsy|epidermolysis bullosa|osteogenesis imperfecta|brittle bones?|"
    "phenylketonuria|PKU|albinism|achondroplasia|dwarfism|motor neurone disease|multiple sclerosis|"
    "lupus|narcolepsy|selective mut(?:e|ism)|conjoined|leuka?emia|neuroblastoma|brain tumour|cleft "
    "(?:lip|palate)|deaf-?blind|microcephaly|hydrocephalus|anencephaly|encephalitis|meningitis|"
    "foetal alcohol|fetal alcohol|FASD|pica|progeria|thalass(?:a)?emia|vitiligo|gigantism|Batten|"
    "Tay-Sachs|Krabbe|mitochondrial disease|tuberous sclerosis|neurofibromatosis|arthrogryposis|"
    "dextrocardia|situs inversus|transplant|tracheostomy|colostomy|stoma|prosthetic|amput\\w+"
)
POSTS = (
    "headteacher|head teacher|deputy head|principal|vicar|priest|rabbi|imam|minister|mayor|councillor|"
    "MP|postmaster|postmistress|coroner|lollipop (?:lady|man|person)|school caretaker|crossing patrol|"
    "lighthouse keeper|harbour ?master|station master|fire chief|police chief|lifeboat|coxswain|"
    "kaumātua|rangatira|tumuaki|parish clerk|undertaker|funeral director|newsreader|footballer|"
    "rugby player|professional \\w+er|singer|actor|celebrity|influencer|TV presenter|town crier|"
    "team captain|captain of the|All Black|olympian|paralympian|judge|sheriff|consul|ambassador"
)
EVENTS = (
    "house fire|gas explosion|plane crash|train crash|coach crash|car crash|crash in which|flood(?:ed|s|ing)?|"
    "earthquake|landslide|tsunami|arson|kidnap\\w*|abduct\\w*|murder\\w*|manslaughter|homicide|stabb(?:ed|ing)|"
    "shot (?:dead|by|in)|shooting|drowned|drowning|hit and run|bomb(?:ed|ing)?|terror\\w*|siege|"
    "lottery|inquest|inquiry into|serious case review|in the (?:news|papers?|paper)|on (?:the )?(?:news|telly|TV)|"
    "front page|headlines?|newspaper|went viral|Crimewatch|missing person appeal|hanged|jumped from|"
    "struck by lightning|born on the way|born in (?:a|the) (?:car|taxi|lift|car park|ambulance)"
)

CLUBS = "rugby|football|cricket|bowls|bowling|golf|sailing|boxing|tennis|rowing|darts|working men['’]s|social"
DEVICES = (
    "eye[- ]gaze|communication (?:board|book|aid)|feeding tube|ventilator|oxygen (?:cylinder|tank)|hearing aids?|"
    "cochlear implant|insulin pump|mobility scooter|walking frame|leg brace|white cane"
)
# Of these a team knows which one it was, once it is told what they did.
ONE_OF_FEW = (
    "manager|chair|head(?:teacher| of year| teacher)?|director|deputy|solicitor|barrister|judge|psychologist|"
    "health visitor|paediatrician|police officer|officer|constable|clerk|receptionist|interpreter|IRO|advocate"
)
SCENES = (
    "lean(?:ed|t) (?:over|in|across|back)|fell asleep|burst (?:into|out)|broke down|walked out|stormed|cried|wept|"
    "swore|shouted|sang|fainted|knelt|slammed|banged|tore up|whispered|hugged|danced|prayed|yawned|winked"
)

ONLY_NOT = (
    "time|thing|way|one|day|week|visit|meeting|year|month|hour|half|few|two|three|question|part|page|"
    "sentence|word|line|person to|reason|contact|session|point|step|item|minute|bit|place|name"
)

# What to say of a feature, and how it is written.
FEATURES = {
    "Twins, or more born together, are few: say brothers or sisters.": (
        r"\b(?:twins?|triplets?|quadruplets?|quads|quintuplets?|māhanga)\b",
    ),
    "A condition that few people have: say a health condition.": (
        rf"\b(?:{CONDITIONS})\b",
        (
            r"(?-i:\b[A-Z][\w'’]{1,30}(?:[ -][A-Z][\w'’]{1,30})?) (?:syndrome|disease|disorder|palsy|"
            r"dystrophy|sclerosis|ana?emia|sarcoma|lymphoma)\b"
        ),
        r"\b(?:rare|undiagnosed) (?:\w+ ){0,2}(?:condition|disease|disorder|syndrome|illness|cancer)\b",
    ),
    "An event that people will remember: say something that happened.": (rf"\b(?:{EVENTS})\b",),
    "A small place: few families live there.": (
        (
            r"\b(?:small|tiny|remote|little|our|the|that|same|nearby|fishing|mining|pit) "
            r"(?:village|hamlet|island|settlement|pā|croft|valley|cul-de-sac)\b"
        ),
        r"\b(?:village|island|hamlet) of\b",
        r"\bthe (?:only|last) (?:house|farm|flat|cottage|street|pub|shop)\b",
    ),
    "A post that one person holds: say a professional.": (
        rf"\b(?:the|our|local|village|school's|only) (?:{POSTS})\b",
        rf"\b(?:is|was|as) (?:a|an|the)(?: \w+)? (?:{POSTS})\b",
    ),
    "A place that few use: say a community building.": (rf"\b(?:{CLUBS}) club\b",),
    "Few have one: say equipment, or a way of speaking.": (rf"\b(?:{DEVICES})\b",),
    "What one person did, and those who were there remember: is it needed here?": (
        rf"\b(?:{ONE_OF_FEW}) (?:\w+ )?(?:{SCENES})\b",
    ),
    "The only one of a kind: whoever knows the place knows the family.": (
        rf"\b(?:the|their|her|his|our|its) (?:only|sole|first ever) (?!{ONLY_NOT})[\w'’-]+(?: [\w'’-]+)?",
        r"\bonly \w+ (?:family|mother|father|child|pupil|household|speaker)\b",
    ),
    "A large family is easily known: say several children.": (
        rf"\b(?:mother|father|mum|dad|family|parents?) of (?:{NUMBERS})\b",
        rf"\b(?:{NUMBERS}) (?:children|kids|siblings|brothers|sisters|tamariki)\b",
    ),
    "Few families are like this: is it needed here?": (
        r"\b(?:same-sex|two (?:mums|dads|mothers|fathers)|surrogate|surrogacy|sperm donor|egg donor)\b",
        r"\b(?:wheelchair|guide dog|sign language|BSL|refugees?|asylum|trafficked|witness protection)\b",
        r"\b(?:honour[- ]based|forced marriage|showmen|circus)\b",
    ),
    "An age that stands out.": (
        r"\b(?:9[0-9]|10[0-9])[- ]years?[- ]old\b|\baged (?:9[0-9]|10[0-9])\b",
        (
            r"\b(?:pregnant|gave birth|a mother|a father|a mum|a dad) (?:at|aged) "
            r"(?:1[0-5]|eleven|twelve|thirteen|fourteen|fifteen)\b"
        ),
    ),
}
COMPILED = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for reason, patterns in FEATURES.items()
    for pattern in patterns
)


class RareFeature(NamedTuple):
    """`text[start:end]` may point to one family, for the `reason` given."""

    start: int
    end: int
    reason: str


def rare_features(text):
    """What could tell those who know the place whom a text is about, though it names nobody.

    What is too long to be read is one of its own. Raises `CouldNotLook` where it fails.
    """
    end = read_to(text)
    try:
        found = found_features(text[:end])
    except Exception as fault:
        raise CouldNotLook("The text could not be read for what is rare.") from fault
    return (
        [*found, RareFeature(end, len(text), "Not read: too long.")] if end < len(text) else found
    )


def found_features(text):
    found = [
        RareFeature(*match.span(), reason)
        for pattern, reason in COMPILED
        for match in pattern.finditer(text)
    ]
    apart = []
    for each in sorted(found, key=lambda feature: (feature.start, -feature.end)):
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return apart
