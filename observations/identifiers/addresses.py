"""Where someone lives: numbers and streets of the United Kingdom and New Zealand, and towns by them."""

import re

from . import kinds
from .kinds import identifier
from .lists import set_of

PLAIN_STREETS = "Street|Road|Avenue|Lane|Crescent|Terrace"
STREETS = (
    f"{PLAIN_STREETS}|St|Rd|Ave|Cres|Drive|Dr|Close|Court|Place|Way|Walk|Grove|Gardens?|Park|Square|Mews|"
    "Row|Rise|View|Hill|Green|Quay|Parade|Highway|Esplanade|Heights|Mount|Vale|Yard|Boulevard|Broadway|"
    "Promenade|Fold|Brow|Bank|Croft|Garth|Wynd|Path|Meadows?|Fields?|Chase|Circus|Gate|Wharf|Villas|"
    "Cottages?|Buildings|Mead|Dene|Dale|End|Parkway|Ridge|Orchard|Common|Copse|Brae|Pass|Reach|Spinney|"
    "Leys|Woods?|Bridge|Side|Cross|Corner|Hollow|Link|Approach|Quadrant|Nook|Estate|House|Tower|Lodge|"
    "Heol|Ffordd|Stryd|Lôn|Loan|Gait|Vennel|Loke|Ginnel|Snicket|Crest|Glade|Lea|Bay|Beach|Point|Ara"
)
CAPITAL = r"[A-ZĀĒĪŌŪÂÊÎÔÛŴŶ]"
# The rest of a word, taken whole (`+` after the count) and never longer than a word is: hostile
# text has runs of letters and marks in which every letter may begin an address.
REST, DOTTED_REST = r"[\w'’-]{1,40}+", r"[\w'’.-]{0,40}+"
FLAT = (
    r"(?:(?:Flat|Unit|Apartment|Apt\.?|Room|Plot|Suite|Block|Villa)\s(?:[0-9]{1,4}[A-Za-z]?|[A-Z])"
    r"(?:/[0-9]{1,4})?,?\s)?"
)
HOME = rf"{FLAT}(?<![\w.])[0-9]{{1,4}}[A-Za-z]?(?:[/-][0-9]{{1,4}}[A-Za-z]?)?"
NO_STREET = r"(?!(?:High|Crown|County|Family|Youth|District|Supreme|Magistrates['’]?)\sCourt)"
ADDRESS = re.compile(
    rf"(?<!\w){HOME},?\s(?:{NO_STREET}{CAPITAL}{DOTTED_REST},?\s(?:(?:of|the|y|on)\s)?){{1,4}}"
    rf"(?:{STREETS})(?!\w)(?:\s(?:North|South|East|West|Upper|Lower))?"
)
# "12 Kingsway", "7 The Mount": a number and a name where someone is said to live.
PLAIN_ADDRESS = re.compile(
    rf"(?:\b(?:at|lives?|living|of|to|from|address|home|on|as|address is|outside|near|by|opposite|past|behind|into|house)\s(?:at\s)?:?\s?)(?P<home>{HOME}\s"
    rf"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    rf"(?:The\s)?{CAPITAL}[a-zāēīōū][\w'’-]{{2,40}}(?:\s{CAPITAL}{REST})?)"
)
# "12 Kingsway, Derby, DE1 1AA": the same where a postcode ends it.
WITH_POSTCODE = re.compile(
    rf"(?<!\w)(?P<home>{HOME},?\s(?:{CAPITAL}{REST}\s?){{1,4}}),(?=\s?{CAPITAL}[\w'’ -]{{2,30}},?\s"
    r"[A-Za-z]{1,2}[0-9])"
)
WELSH_ADDRESS = re.compile(
    rf"(?<!\w){HOME},?\s(?:Heol|Ffordd|Stryd|Lôn|Maes|Bryn|Clos|Cwrt|Rhodfa|Rue|Via)\s"
    rf"{REST}(?:\s{CAPITAL}{REST})?"
)
SMALL_ADDRESS = re.compile(
    rf"(?<!\w){HOME}\s(?!(?:the|a|this|that|my|our|her|his|their|long|more|or|one|way|minutes?|hours?|"
    rf"miles?|metres?|yards?|years?|weeks?|days?)\b)[a-zāēīōū][\w'’]{{1,40}}\s(?:[a-z]{{1,40}}\s)?"
    rf"(?:{PLAIN_STREETS.lower()})\b"
)
STREET_ALONE = re.compile(
    rf"(?<!\w)(?!(?:High|Main|Downing|Sesame|The|This|That|On|In|At|From|Down|Up|Off|Our|Her|His|Their|A|"
    rf"Cross|Rocky|Fast|Long|Memory|Silk|Middle|Bus|Back)\s(?:{PLAIN_STREETS}))"
    rf"(?:{CAPITAL}[\w'’.-]{{1,40}}+\s){{1,3}}(?:{PLAIN_STREETS}|Rd|Ave)(?!\w)"
)
IN_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
)
# "By flat 3b", "at number twelve": a home without its street, which whoever knows the street finds.
FLAT_ALONE = re.compile(
    r"(?<!\w)(?:(?:flat|apartment|apt\.?|bedsit|maisonette|caravan|pitch|plot)\s(?:(?:no\.?|number)\s)?"
    rf"(?:[0-9]{{1,4}}[a-z]?|[A-H]|{IN_WORDS})|unit\s[0-9]{{1,3}}[a-z]|(?-i:house|block)\s(?-i:[A-H]))(?![\w’'])",
    re.IGNORECASE,
)
HOUSE_NUMBER = re.compile(
    rf"\b(?:liv(?:es?|ed|ing)|stay(?:s|ed|ing)?|door|doors|house|home|back|over|round|neighbours?|family|re|are|was|is|been|moved|outside|opposite|parked)"
    rf"\s(?:(?:at|to|by|in|from|of|on)\s)?(?P<home>(?:number|no\.?|num)\s(?:[0-9]{{1,4}}[a-z]?|{IN_WORDS}))(?![\w%])"
    r"(?!\s(?:on|in)\s(?:the|her|his|their|my|our)\s(?:list|agenda|form|scale|plan|page|report))(?!\sof\b)",
    re.IGNORECASE,
)
# Between commas: "the house with the boat, number thirty-one, ..."
NUMBER_BETWEEN = re.compile(
    rf",\s(?P<home>(?:number|no\.?)\s(?:[0-9]{{1,4}}[a-z]?|{IN_WORDS})),", re.IGNORECASE
)
ANY_DIGIT = re.compile(r"[0-9]")
BOX = re.compile(r"\b(?:P\.?O\.? Box|Private Bag)\s[0-9]+\b", re.IGNORECASE)
# The town that follows a home, with or without a postcode.
TOWN = re.compile(
    rf",\s?(?P<town>{CAPITAL}[a-zāēīōū][\w'’]{{1,40}}(?:[ -](?:{CAPITAL}[a-zāēīōū][\w'’]{{1,40}}|on|upon|le|under|in|by|the)){{0,3}})"
    r"(?=[\s,.;)]|$)"
)


def addresses(text):
    """Homes, and the town named right after one; some may overlap."""
    homes = (ADDRESS, PLAIN_ADDRESS, WITH_POSTCODE, WELSH_ADDRESS, SMALL_ADDRESS, BOX)
    for start, end in places_of(homes if ANY_DIGIT.search(text) else (), text):
        yield identifier(text, start, end, kinds.ADDRESS)
        yield from town_after(text, end)
    for span in places_of((FLAT_ALONE, HOUSE_NUMBER, NUMBER_BETWEEN, STREET_ALONE), text):
        yield identifier(text, *span, kinds.ADDRESS)


def places_of(patterns, text):
    """Where the home is in whatever is found of some patterns."""
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield match.span("home") if "home" in pattern.groupindex else match.span()


def town_after(text, end):
    for _ in range(2):
        match = TOWN.match(text, end)
        if match is None or match["town"].split()[0].lower() in SENTENCE:
            return
        yield identifier(text, *match.span("town"), kinds.PLACE)
        end = match.end()


SENTENCE = set_of("he she they it we i the mum dad his her but and so who where which")
