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
    r"(?P<number>[A-Z]{0,4}[-/]?[0-9][0-9A-Z/-]{2,})(?!\w)",
    re.ASCII | re.IGNORECASE,
)
NUMBER_PLATE = re.compile(r"(?<!\w)[A-Z]{2}[0-9]{2} ?[A-Z]{3}(?!\w)", re.ASCII)
HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{2,30}")
YEARS = re.compile(r"(?:19|20)[0-9]{2}[-/](?:19|20)?[0-9]{2}")


def numbered(text):
    """Numbers that point to a person, and where they live; some may overlap."""
    for kind, pattern in ((kinds.EMAIL, EMAIL), (kinds.EMAIL, HANDLE)):
        if "@" in text:
            for match in pattern.finditer(text):
                yield identifier(text, *match.span(), kind)
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
