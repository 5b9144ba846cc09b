"""Numbers by which a person could be known, in the United Kingdom and New Zealand."""

import re
from datetime import date

from . import kinds
from .addresses import addresses
from .checks import is_ird_number, is_nhi_number, is_nhs_number
from .kinds import identifier

EMAIL = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
POSTCODE = re.compile(
    r"(?<!\w)(?:GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9](?!(?-i:st|nd|rd|th)\b)[ABD-HJLNP-UW-Z]{2})(?!\w)",
    re.IGNORECASE | re.ASCII,
)
NATIONAL_INSURANCE = re.compile(
    # Any two letters: a mistyped or made-up beginning is no reason to let the rest through.
    r"(?<!\w)[A-Z]{2}"
    r"[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-D](?!\w)",
    re.IGNORECASE | re.ASCII,
)
NHI = re.compile(
    r"(?<!\w)[A-HJ-NP-Z]{3}(?:[0-9]{4}|[0-9]{2}[A-HJ-NP-Z]{2})(?!\w)", re.IGNORECASE | re.ASCII
)
NHI_LABEL = re.compile(r"\bNHI\b\W{0,3}(?:number|no|is)?\W{0,3}$", re.IGNORECASE)

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
FULL_DATE = re.compile(
    rf"(?<![\w/.-])(?:[0-3]?[0-9]([/.-])[0-3]?[0-9]\1(?P<y1>(?:19|20)?[0-9]{{2}})"
    rf"|(?P<y2>(?:19|20)[0-9]{{2}})([/.-])[01]?[0-9]\4[0-3]?[0-9]"
    # Two figures are a year only without a comma: "since 1 April, 37 of 64" tells a count.
    rf"|{DAY}(?: of)?[ -]{MONTH}(?:,?[ -](?P<y3>(?:19|20)[0-9]{{2}})|[ -](?P<y5>[0-9]{{2}})(?! of))"
    rf"|{MONTH} {DAY},? (?P<y4>(?:19|20)[0-9]{{2}}))(?![\w/-])",
    re.IGNORECASE | re.ASCII,
)
BIRTH = re.compile(r"\b(?:dob|d\.o\.b|date of birth|born|birthday|birth date)\b", re.IGNORECASE)
NEAR = 30
YOUNG = 25

DIGITS = re.compile(r"(?<![\w£$€.,])\+?\(?[0-9](?:[ .()-]{0,2}[0-9]){1,24}(?!\w)", re.ASCII)
ANY_DIGIT = re.compile(r"[0-9]")
GROUPS = re.compile(r"[0-9]+")
# Digits are taken whole (`++`): shared out between the groups, a long row takes for ever.
REFERENCE = re.compile(
    r"(?<![\w£$€.,/])(?:[A-Z]{1,6}[-/_]?)?[0-9]++(?:[-/_]?[A-Z]{0,4}[-/_]?[0-9]++){0,6}(?:[-/]?[A-Z]{1,3})?(?!\w)",
    re.ASCII | re.IGNORECASE,
)
LABELLED = re.compile(
    r"\b(?:case|ref|reference|file|record|client|person|mosaic|liquidlogic|lcs|upn|urn|uln|crn|pnc|"
    r"crime|incident|log|policy|account|passport|licence|sort code|hospital|patient|unique pupil|"
    r"badge|collar|warrant)\s*+(?:id|no\.?|number|num|ref|reference|#)?\s*+[:#-]?\s*+"
    r"(?P<number>[A-Z]{0,4}[-/]?[0-9][0-9A-Z/-]{2,}(?: [0-9]{2,4}){0,3})(?!\w)",
    re.ASCII | re.IGNORECASE,
)
# Of today, and of before 2001: P456 KLM, ABC 123D.
NUMBER_PLATE = re.compile(
    r"(?<!\w)(?:[A-Za-z]{2}[0-9]{2} ?[A-Za-z]{3}|[A-HJ-NP-TV-Y][0-9]{1,3} ?[A-Z]{3}|[A-Z]{3} ?[0-9]{1,3}[A-HJ-NP-TV-Y])(?!\w)",
    re.ASCII,
)
# New Zealand's (ABC123, AB1234) are like many a code: only where a vehicle is spoken of.
VEHICLE = re.compile(
    r"\b(?:rego?|registration|plates?|cars?|van|ute|truck|lorry|motorbike|taxi|vehicle|hilux|hatchback)\b\W{0,2}(?:\w+\W{1,2}){0,5}$",
    re.IGNORECASE,
)
PLATE_OF_NZ = re.compile(r"(?<!\w)(?:[A-Z]{3} ?[0-9]{1,3}|[A-Z]{2} ?[0-9]{4})(?!\w)", re.ASCII)
HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z0-9_][\w.]{2,30}")
# "Her handle is tia_2012.x": a name with a figure, a dot or a line in it, where an account is spoken of.
ACCOUNT = re.compile(
    r"\b(?:handle|username|user name|insta(?:gram)?|snap(?:chat)?|tik ?tok|discord|gamertag|telegram|"
    r"facebook|fb|xbox|psn|roblox)\b\W{0,3}(?:(?:name|is|was|as|called|under|account|he|she|they|goes|go|by)\W{1,3}){0,4}"
    r"(?P<name>(?=[\w.]*[0-9._])[A-Za-z][\w.]{2,29}\w)",
    re.IGNORECASE | re.ASCII,
)
ON_ACCOUNT = re.compile(
    r"(?<![\w@.])(?P<name>(?=[\w.]*[0-9._])[A-Za-z][\w.]{2,29}\w)(?=\s(?:on|at)\s(?:the\s|her\s|his\s)?"
    r"(?:insta|snap|tik ?tok|discord|telegram|facebook|fb|xbox|psn|roblox|whatsapp))",
    re.IGNORECASE | re.ASCII,
)
# A line inside a word is in a handle and hardly anywhere else.
LINED = re.compile(
    r"(?<![\w@.])(?P<name>[A-Za-z][A-Za-z0-9.]{0,29}_[\w.]{0,29}[A-Za-z0-9])(?!\w)", re.ASCII
)
# "n0va.fox.88": letters and figures with a dot between them, and no file or version.
DOTTED = re.compile(
    r"(?<![\w@./])(?=[a-z0-9]{1,21}\.[a-z0-9])(?P<name>(?=[a-z0-9.]{0,30}[0-9])(?=(?:[0-9.]{0,9}[a-z]){3})[a-z][a-z0-9]{0,20}(?:\.[a-z0-9]{1,20}){1,3})(?![\w/])",
    re.ASCII,
)
# "PC 4471": officers are known by their number. Their rank may stay.
OFFICER = re.compile(
    r"\b(?:PC|WPC|PCSO|DC|DS|Sgt|Sergeant|Constable|Const|Officer)\.?\s(?:(?:no\.?|number)\s)?(?P<number>[A-Z]?[0-9]{2,6})(?!\w)",
    re.IGNORECASE,
)
ORDINAL = (
    r"(?:twenty[- ]|thirty[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)"
)
MARAMA = (
    "(?:Kohitātea|Hui-?tanguru|Poutū-?te-?rangi|Paenga-?whāwhā|Haratua|Pipiri|Hōngongoi|Here-?turi-?kōkā|Mahuru|"
    "Whiringa-?ā-?nuku|Whiringa-?ā-?rangi|Hakihea|Hānuere|Pēpuere|Māehe|Āperira|Mei|Hune|Hūrae|Ākuhata|Hepetema|"
    "Oketopa|Noema|Tīhema)"
)
# A birthday without its year: with the rest of a note it finds a child.
DAY_OF_BIRTH = re.compile(
    rf"\b(?:birthday|born|baby\s[^.\n]{{0,50}}(?:came|arrived|due)|turn(?:s|ed|ing)?\s(?:[0-9]{{1,2}}|[a-z]+teen|[a-z]{{3,6}}))\b[^.\n]{{0,24}}?(?<![\w/])"
    rf"(?P<day>(?:the\s)?(?:{DAY}|{ORDINAL})(?:\sof)?\s(?:{MONTH}|{MARAMA})|{MONTH}\s(?:the\s)?{DAY})(?![\w/])",
    re.IGNORECASE | re.ASCII,
)
YEARS = re.compile(r"(?:19|20)[0-9]{2}[-/](?:19|20)?[0-9]{2}")


def numbered(text):
    """Numbers that point to a person, and where they live; some may overlap."""
    for kind, pattern in ((kinds.EMAIL, EMAIL), (kinds.EMAIL, HANDLE)):
        if "@" in text:
            for match in pattern.finditer(text):
                yield identifier(text, *match.span(), kind)
    for pattern in (ACCOUNT, ON_ACCOUNT, LINED, DOTTED):
        for match in pattern.finditer(text):
            yield identifier(text, *match.span("name"), kinds.EMAIL)
    for match in DAY_OF_BIRTH.finditer(text):
        yield identifier(text, *match.span("day"), kinds.DATE_OF_BIRTH)
    yield from addresses(text)
    if ANY_DIGIT.search(text):
        yield from with_digits(text)


def with_digits(text):
    for kind, pattern in (
        (kinds.POSTCODE, POSTCODE),
        (kinds.NATIONAL_INSURANCE, NATIONAL_INSURANCE),
        (kinds.LONG_NUMBER, NUMBER_PLATE),
    ):
        for match in pattern.finditer(text):
            yield identifier(text, *match.span(), kind)
    for match in PLATE_OF_NZ.finditer(text):
        if VEHICLE.search(text, max(0, match.start() - NEAR), match.start()):
            yield identifier(text, *match.span(), kinds.LONG_NUMBER)
    for match in OFFICER.finditer(text):
        yield identifier(text, *match.span("number"), kinds.LONG_NUMBER)
    yield from nhi_numbers(text)
    dates = list(FULL_DATE.finditer(text))
    yield from births(text, dates)
    yield from digits_of(text, {match.start() for match in dates})
    for match in LABELLED.finditer(text):
        if not YEARS.fullmatch(match["number"]):
            yield identifier(text, *match.span("number"), kinds.LONG_NUMBER)


def nhi_numbers(text):
    for match in NHI.finditer(text):
        labelled = NHI_LABEL.search(text, max(0, match.start() - NEAR), match.start())
        if labelled or is_nhi_number(match.group()):
            yield identifier(text, *match.span(), kinds.NHI_NUMBER)


def births(text, dates):
    """Full dates: a birth where it says so, or where someone born then would be young today."""
    for match in dates:
        near = text[max(0, match.start() - NEAR) : match.end() + NEAR // 2]
        is_birth = BIRTH.search(near) or 0 <= date.today().year - year_of(match) < YOUNG
        yield identifier(text, *match.span(), kinds.DATE_OF_BIRTH if is_birth else kinds.DATE)


def year_of(match):
    year = int(next(filter(None, match.group("y1", "y2", "y3", "y4", "y5"))))
    if year > 99:
        return year
    return year + (2000 if year <= date.today().year % 100 else 1900)


def digits_of(text, dates):
    for match in DIGITS.finditer(text):
        if match.start() not in dates and (kind := kind_of_digits(match.group())):
            yield identifier(text, *match.span(), kind)
    for match in REFERENCE.finditer(text):
        if match.start() not in dates and is_reference(match.group()):
            yield identifier(text, *match.span(), kinds.LONG_NUMBER)


def kind_of_digits(written):
    groups = GROUPS.findall(written)
    digits = "".join(groups)
    if is_nhs_number(digits):
        return kinds.NHS_NUMBER
    if written.startswith("+") or digits.startswith(("0044", "0064")):
        return kinds.PHONE if 9 <= len(digits) <= 15 else kinds.LONG_NUMBER
    if digits.startswith("0") and 9 <= len(digits) <= 11:
        return kinds.PHONE
    if len(digits) in (8, 9) and is_ird_number(digits):
        return kinds.IRD_NUMBER
    if len(digits) >= 9 or len(groups) >= 4 or max(map(len, groups)) >= 5:
        return kinds.LONG_NUMBER
    return None


def is_reference(written):
    return sum(map(len, GROUPS.findall(written))) >= 5 and not YEARS.fullmatch(written)
