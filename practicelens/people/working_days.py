"""The days on which nobody is expected to work: weekends, and the bank or public holidays of a place."""

from datetime import timedelta
from functools import cache

from holidays.countries import NewZealand, UnitedKingdom

PLACES = {
    "england": (UnitedKingdom, "ENG"),
    "wales": (UnitedKingdom, "WLS"),
    "scotland": (UnitedKingdom, "SCT"),
    "northern_ireland": (UnitedKingdom, "NIR"),
    "aotearoa": (NewZealand, None),
}
# Each region of Aotearoa New Zealand keeps an anniversary day of its own.
REGIONS = {
    "NTL": "Te Taitokerau Northland",
    "AUK": "Tāmaki Makaurau Auckland",
    "WKO": "Waikato",
    "BOP": "Te Moana-a-Toi Bay of Plenty",
    "GIS": "Te Tairāwhiti Gisborne",
    "HKB": "Te Matau-a-Māui Hawke’s Bay",
    "TKI": "Taranaki",
    "MWT": "Manawatū-Whanganui",
    "WGN": "Te Whanganui-a-Tara Wellington",
    "NSN": "Whakatū Nelson",
    "TAS": "Te Tai-o-Aorere Tasman",
    "MBH": "Te Tauihu-o-te-waka Marlborough",
    "WTC": "Te Tai Poutini West Coast",
    "CAN": "Waitaha Canterbury",
    "South Canterbury": "South Canterbury",
    "OTA": "Ōtākou Otago",
    "STL": "Murihiku Southland",
    "CIT": "Rēkohu Chatham Islands",
}
# These were part of another province, and keep its day.
KEEPS = {"WKO": "AUK", "BOP": "AUK", "GIS": "AUK", "MWT": "WGN", "TAS": "NSN"}


@cache
def closed_in(jurisdiction, region):
    """The holidays of a place, for any year that is asked about."""
    country, part = PLACES[jurisdiction]
    if country is NewZealand and region in REGIONS:
        part = KEEPS.get(region, region)
    return country(subdiv=part)


def is_working_day(day, jurisdiction, region=""):
    return day.weekday() < 5 and day not in closed_in(jurisdiction, region)


def working_days_from(day, count, jurisdiction, region=""):
    """The day that comes so many working days after a day; before it, if the count is less than 0."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, jurisdiction, region)
    return day
