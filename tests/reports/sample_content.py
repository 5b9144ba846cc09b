"""A month's briefing as frozen content: invented figures for a service that does not exist."""

THERE = "Seen on a home visit. The practitioner agreed."

LEVELS = ["Not yet evident", "Emerging", "Evident", "Strong example"]


def content():
    """The briefing for October 2026, fresh at each call."""
    return {
        "schema": "practicelens.briefing/1",
        "lang": "en-GB",
        "organisation": "Harrowmere Children’s Service",
        "unit": "Harrowmere Children’s Service",
        "month": "2026-10",
        "month_words": "October 2026",
        "issue": 18,
        "version": 1,
        "title": "Families’ words shape more of our plans. The record system still loses them.",
        "issued_on": "9 November 2026",
        "evidence_to": "31 October 2026",
        "window": {"months": 6, "words": "1 May to 31 October 2026"},
        "threshold": 5,
        "supersedes": None,
        "approved": {
            "by": "Principal Social Worker, Marian Osei",
            "on": "6 November 2026",
            "words": "I was there for 14 of the 62 and would stand by each claim here.",
        },
        "strip": strip(),
        "year": year_chart(),
        "confidence": "How far to trust this: the day shift, well; evenings and nights, not at all; "
        "one team of 11 has not been seen since April.",
        "answers": {
            "know": "Plans carry the family’s own words in 31 of the 44 places where we could tell. "
            "Poverty is seen and seldom named.",
            "how": "Three practice leaders were there for 39 of 62 observations. Workers "
            "agreed with 43 and disputed 6; 13 have not answered.",
            "doing": "Chairs now ask the family first. The supplier has had the lost-text fault since "
            "12 October. Two teams try a money question on every first visit.",
        },
        "sections": [
            framework(),
            families(),
            conditions(),
            good_work(),
            since(),
            recommendations_of(),
            limits(),
        ],
        "annex": annex(),
    }


def strip():
    return [
        {"figure": "12", "words": "observations in October; 62 since 1 May"},
        {"figure": "6 of 11", "words": "teams seen in October; 10 of 11 in six months"},
        {
            "figure": "39 of 62",
            "words": "by direct observation, not by reading or hearing about it",
        },
        {"figure": "None", "words": "at night; fewer than 5 in the evening"},
        {"figure": "3", "words": "decisions asked of you, on page 2"},
    ]


def chart(kind, title, counted, alt, data, head, rows, verdict=""):
    return {
        "kind": kind,
        "title": title,
        "counted": counted,
        "alt": alt,
        "verdict": verdict,
        "data": data,
        "table": {"head": head, "rows": rows},
    }


def finding(number, claim, text, sure, quotes=(), otherwise=None):
    return {
        "number": number,
        "claim": claim,
        "text": [text],
        "sure": sure,
        "quotes": [{"text": words, "how": how} for words, how in quotes],
        "otherwise": otherwise or {"text": "", "quotes": []},
    }


def levels_chart():
    rows = [
        ("The family’s own words shape the plan", [6, 7, 22, 9], 18),
        ("The family knows who is here and why", [5, 9, 27, 10], 11),
        ("Worries are named as harm, with the evidence", [8, 15, 14, 5], 20),
        ("Safety is looked for as hard as danger", [13, 12, 9, 5], 23),
        ("The family’s network is brought in", [11, 10, 7, 5], 29),
    ]
    data = {
        "levels": LEVELS,
        "of": 62,
        "rows": [
            {
                "label": label,
                "seen": sum(counts),
                "parts": [
                    {"levels": [level], "count": count, "shown": str(count)}
                    for level, count in enumerate(counts)
                ],
                "not_seen": not_seen,
            }
            for label, counts, not_seen in rows
        ],
    }
    data["rows"].append(
        {
            "label": "Money, food and housing are talked about",
            "seen": 33,
            "parts": [
                {"levels": [0], "count": 14, "shown": "14"},
                {"levels": [1], "count": 8, "shown": "8"},
                {"levels": [2, 3], "count": 11, "shown": "11 together"},
            ],
            "not_seen": 29,
        }
    )
    table = [[label, str(missing), *map(str, counts)] for label, counts, missing in rows]
    table.append(
        ["Money, food and housing are talked about", "29", "14", "8", "11 together", "with evident"]
    )
    return chart(
        "levels",
        "The family’s words shape the plan in 31 of 44; money is named in 11 of 33",
        "Observations at each level, of 62 in six months",
        "Of 62 observations the family’s own words could be seen to shape the plan in 44, and were "
        "evident or strong in 31. Money, food and housing were evident or strong in 11 of 33.",
        data,
        ["Criterion", "Not seen", *LEVELS],
        table,
    )


def framework():
    return {
        "key": "framework",
        "kicker": "The framework in use",
        "heading": "Families’ words are in the plan; money and food are not",
        "text": [
            (
                "Where it could be seen, the plan carried the family’s own words in 31 of 44 (70%; 95% "
                "interval 56% to 82%). Of 38 opportunities missed, 14 were put down to no time and 9 to "
                "the system. Against that: 6 were rightly set aside."
            )
        ],
        "side": [
            (
                "62 observations, May to October, in 10 of 11 teams, one framework version. “Not seen” "
                "means no chance to see it. It is not a zero."
            ),
            "Money: the last two levels are joined, because strong was fewer than 5.",
        ],
        "charts": [levels_chart()],
        "findings": [
            finding(
                1,
                "The mother’s sentence opens the plan, and the plan is shorter for it",
                "In 22 of the 31, workers read the words back before anyone else spoke.",
                "Fairly sure. Seen often, by three people, in five teams.",
                [
                    (
                        (
                            "She read back the mother’s own line about the mornings and asked if that was "
                            "it, then put it first."
                        ),
                        THERE,
                    )
                ],
                {
                    "text": "In 6 of 44 it was written before the visit.",
                    "quotes": [],
                },
            ),
            finding(
                2,
                "Poverty is noticed at the door and left there",
                "Empty meters and borrowed beds were in the notes of 19 visits and in the plans of 7.",
                "Not very sure. Seen in four teams, mostly by one person.",
                [
                    (
                        "“I saw the cupboard. I had nothing to offer, so I did not ask.”",
                        "Heard in a supervision.",
                    )
                ],
            ),
        ],
    }


def run_chart(months=18):
    values = [15, 17, 14, 16, 18, 15, 13, 16, 17, 15, 16, 22, 23, 21, 24, 22, 25, 24][-months:]
    names = [
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
    ]
    years = ["2025"] * 8 + ["2026"] * 10
    labels = [f"{name} {year}" for name, year in zip(names, years, strict=True)][-months:]
    enough = months >= 12
    points = [
        {"label": label, "value": value, "special": enough and value > 20}
        for label, value in zip(labels, values, strict=True)
    ]
    return chart(
        "run",
        "Families’ share of talk rose in April and has stayed up",
        "Per cent of speaking time, month by month"
        + ("; limits from before April" if enough else ""),
        "Families’ share of speaking time was about 16 per cent until March 2026 and between 21 and "
        "25 per cent in each month since, above what chance would give.",
        {
            "counted": "Per cent of speaking time",
            "points": points,
            "centre": {"kind": "mean", "value": 15.6}
            if enough
            else {"kind": "median", "value": 22},
            "limits": {"upper": 21.2, "lower": 10.1} if enough else None,
            "joins": [{"at": months - 7, "words": "Family asked first, from April"}],
        },
        ["Month", "Per cent"],
        [[label, str(value)] for label, value in zip(labels, values, strict=True)],
    )


def year_chart():
    """A year of months with a change of version, the last of them not over, and two loops."""
    told = [19, 23, 18, 25, 21, 26, 29, 31, 27, 33, 30, 12]
    chances = [48, 52, 44, 51, 47, 50, 49, 55, 43, 52, 48, 19]
    labels = [
        *(f"{name} 2025" for name in ("Nov", "Dec")),
        *(
            f"{name} 2026"
            for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct")
        ),
    ]
    shares = [round(100 * upper / of, 1) for upper, of in zip(told, chances, strict=True)]
    points = [
        {
            "label": label,
            "value": share,
            "shown": f"{round(share)}%",
            "chances": of,
            "special": at == 9,
            "open": at == 11,
        }
        for at, (label, share, of) in enumerate(zip(labels, shares, chances, strict=True))
    ]
    rows = [
        [label, str(upper), str(of), point["shown"], "Version 2" if at == 6 else ""]
        for at, (label, upper, of, point) in enumerate(
            zip(labels, told, chances, points, strict=True)
        )
    ]
    title = "Practice was evident or strong in 63% of chances in September 2026"
    return chart(
        "year",
        title,
        "Share of chances in which a criterion was evident or strong, each month",
        f"{title}. The share rose from 40% in November 2025.",
        {
            "points": points,
            "centre": {"kind": "mean", "value": 52},
            "limits": {"upper": 71, "lower": 34},
            "top": 80,
            "first": "2025-11",
            "size": 1,
            "joins": [{"at": 6, "words": "Version 2", "within": False}],
            "asked": [
                {
                    "words": "May the family be asked first in every conference and review?",
                    "marks": [
                        {"at": 3.2, "words": "asked"},
                        {"at": 4.1, "words": "yes, differently"},
                        {"at": 7.3, "words": "went back"},
                    ],
                },
                {
                    "words": "Can the report for conferences give strengths as much room as worries?",
                    "marks": [{"at": 10.3, "words": "asked"}, {"at": 11.6, "words": "yes"}],
                },
            ],
        },
        ["Month", "Evident or strong", "Chances", "Share", "What happened"],
        rows,
    )


def shares_chart():
    rows = [
        ("Social worker", 118, 29, False),
        ("Chair", 97, 24, False),
        ("Health, school, police", 93, 23, False),
        ("Parents and carers", 65, 16, True),
        ("Child or young person", 20, 5, True),
        ("Wider family", 12, 3, True),
    ]
    data = [
        {
            "label": label,
            "minutes": minutes,
            "share": share,
            "shown": f"{share}%",
            "family": family,
        }
        for label, minutes, share, family in rows
    ]
    return chart(
        "shares",
        "Families have 24% of the talk",
        "Minutes of speaking in 7 meetings",
        "In October’s seven timed meetings parents and carers spoke for 16 per cent of the time, "
        "children 5 and wider family 3; professionals had the other 76 per cent.",
        {"rows": data},
        ["Who", "Minutes", "Share"],
        [[label, str(minutes), f"{share}%"] for label, minutes, share, _ in rows],
    )


def families():
    return {
        "key": "families",
        "kicker": "Families’ part",
        "heading": "Families are heard more, and still speak least",
        "text": [
            (
                "Families were asked first in 13 of 31 meetings (42%; 95% interval 26% to 59%). Decisions "
                "were made with them in 12, to them in 8, for them in 6 and without them in 5. In the "
                "Te Marino office, Kōrero Ōtaki, tŷ ŵyr: hui opened with the whānau’s own karakia; fewer "
                "than 5 were timed, so no share is given."
            )
        ],
        "side": [
            "31 meetings timed since May, 7 in October. Each point rests on 5 or more.",
        ],
        "charts": [run_chart(), shares_chart()],
        "findings": [
            finding(
                3,
                "When the family goes first, the risk is told in their order",
                "In 9 of the 13, the parent’s account was the one the meeting worked from.",
                "Fairly sure. Seen in three teams, by two people.",
                [
                    (
                        "“They say my name and then they talk to Mum.”",
                        "A child. Used with permission.",
                    )
                ],
            )
        ],
    }


def helps_hinders_chart():
    rows = [
        ("Critical reflection and supervision", 26, 7),
        ("Respectful, humane relationships", 23, 6),
        ("Use of the framework’s tools", 15, 9),
        ("Partnership with health, police and schools", 12, 16),
        ("Time and workload", 6, 21),
        ("The computer system", None, 31),
    ]

    def half(count):
        return {"count": count, "shown": "fewer than 5" if count is None else str(count)}

    return chart(
        "helps_hinders",
        "Supervision helps in 26 passages; the computer system hinders in 31",
        "Confirmed passages, each counted once a theme",
        "Supervision helps in 26 passages and hinders in 7. The computer system hinders in 31 and "
        "helps in fewer than 5. Time and workload hinder in 21 and help in 6.",
        {
            "rows": [
                {"label": label, "helps": half(helps), "hinders": half(hinders)}
                for label, helps, hinders in rows
            ]
        },
        ["Theme", "Helps", "Hinders"],
        [[label, half(helps)["shown"], half(hinders)["shown"]] for label, helps, hinders in rows],
    )


def conditions():
    return {
        "key": "conditions",
        "kicker": "Conditions for practice",
        "heading": "Supervision helps most; the record system hinders most",
        "text": [
            (
                "Workers leave group supervision with a next step. Against that: fewer "
                "than 5 passages say that the record system helped, all about writing notes offline."
            )
        ],
        "side": [
            (
                "176 passages from 62 observations, each confirmed by a person. 21 hours were lost to "
                "steps that were timed."
            )
        ],
        "charts": [helps_hinders_chart()],
        "findings": [
            finding(
                4,
                "The form times out and the family’s words go with it",
                "Noted in 11 observations in six teams; 25 minutes lost each time, in the middle.",
                "Sure. Seen in six teams, by everyone who looked.",
                [
                    (
                        (
                            "The form closed and his own words about the mornings were gone. She typed it "
                            "again from memory."
                        ),
                        "Seen at the office. The practitioner agreed.",
                    )
                ],
            )
        ],
    }


def good_work():
    return {
        "key": "good_work",
        "kicker": "Good work found",
        "heading": "Three things worth doing elsewhere",
        "text": [],
        "side": ["New this month. Each names one thing done well."],
        "items": [
            {
                "text": "A duty worker rang the landlord on speaker, the parent beside her.",
                "how": "Seen.",
            },
            {
                "text": "A team draws its safety plans; two families had theirs on the fridge.",
                "how": "Seen.",
            },
            {
                "text": "Tamariki chose the order of the hui, and the adults kept to it.",
                "how": "Heard.",
            },
        ],
    }


def since():
    rows = [
        ("Overdue", "31 days", "Offline form for duty", "Assistant Director", "30 Sep", "Failed twice"),
        ("Done", "24 Oct", "Chairs ask the family first", "Head of Reviewing", "31 Oct", "Held since"),
        ("Done", "2 Oct", "One page plan in plain words", "Head of Family Help", "1 Oct", "Go back in Jan"),
        ("Declined", "14 Sep", "A welfare rights post", "Director", "30 Sep", "No money; see ask 2"),
    ]  # fmt: skip
    keys = ("state", "days", "decision", "owner", "due", "became")
    return {
        "key": "since",
        "kicker": "Since last time: overdue first",
        "heading": "Two of four decisions are in use",
        "text": [],
        "side": [],
        "rows": [dict(zip(keys, row, strict=True)) for row in rows],
    }


def recommendations_of():
    asks = [
        (
            "Have the supplier save each box as it is typed",
            "By a change to the contract, or by their bridge.",
            "£14,000, once",
            "Director of Digital",
            "30 Nov 2026",
        ),
        (
            "Give each of the 11 teams a £1,500 hardship card",
            "For six months, so that there is something to offer.",
            "£16,500",
            "Assistant Director",
            "15 Dec 2026",
        ),
        (
            "Release two practice leaders for four nights each",
            "Nobody has been there at night since the spring.",
            "8 shifts",
            "Director",
            "7 Dec 2026",
        ),
    ]
    keys = ("question", "what", "cost", "owner", "due")
    return {
        "key": "asks",
        "kicker": "",
        "heading": "Decisions asked",
        "text": [],
        "side": [],
        "asks": [
            {"number": number, **dict(zip(keys, ask, strict=True))}
            for number, ask in enumerate(asks, start=1)
        ],
    }


def limits():
    return {
        "key": "limits",
        "kicker": "Limits of this evidence",
        "heading": "What this cannot tell you",
        "text": [],
        "side": [],
        "items": [
            "Nothing was seen at night or in court; one team not at all.",
            "Being watched changes practice; 17 notes say how.",
            "Six observations are disputed: counted, and marked.",
            "A month of evenings could change our mind.",
        ],
    }


def bars_chart(title, counted, rows, bracket=None):
    return chart(
        "bars",
        title,
        counted,
        f"{title}. " + "; ".join(f"{label} {count}" for label, count, _ in rows) + ".",
        {
            "rows": [
                {"label": label, "count": count, "shown": str(count), "main": main}
                for label, count, main in rows
            ],
            "bracket": bracket,
        },
        ["What", "Count"],
        [[label, str(count)] for label, count, _ in rows],
    )


def coverage_chart():
    def cell(count):
        words = {None: "fewer than 5", 0: "none"}
        return {"count": count, "shown": words.get(count, str(count))}

    columns = ["Home visits", "Conferences", "Reviews", "Supervision", "Duty"]
    grid = {
        "Help and protection": [14, 6, 0, 5, 5],
        "Children in care": [7, 0, 8, None, 0],
        "Family help": [6, 0, 0, None, None],
        "Te Marino, Kōtuku": [None, None, 0, 0, 0],
    }
    return chart(
        "coverage",
        "Home visits are well seen; duty and reviews are thin",
        "Observations by service and kind of work, six months",
        "Help and protection was seen on 14 home visits; reviews were seen only for children in "
        "care, and duty hardly at all outside Help and protection.",
        {
            "columns": columns,
            "rows": [
                {"label": label, "cells": [cell(count) for count in counts]}
                for label, counts in grid.items()
            ],
        },
        ["Service", *columns],
        [[label, *(cell(count)["shown"] for count in counts)] for label, counts in grid.items()],
    )


def then_now_chart():
    points = [("Before", 7, 28), ("Now", 20, 31)]
    return chart(
        "then_now",
        "Harm is named with evidence more often than in the six months before",
        "Risk statements that named a harm, with evidence",
        "A harm was named in 7 of 28 risk statements before, and in 20 of 31 now.",
        {
            "points": [
                {
                    "label": label,
                    "value": round(100 * part / whole, 1),
                    "shown": f"{part} of {whole}",
                }
                for label, part, whole in points
            ]
        },
        ["When", "Named a harm, with evidence"],
        [[label, f"{part} of {whole}"] for label, part, whole in points],
    )


def annex():
    near = [
        ("Own practice", 6, True),
        ("Worked alongside", 11, True),
        ("Shadowed in person", 22, True),
        ("Joined remotely", 7, False),
        ("Talked about", 10, False),
        ("Read about", 6, False),
    ]
    causes = [
        ("No time", 14, True),
        ("The system blocks it", 9, False),
        ("Not trained", 9, False),
        ("Rightly set aside", 6, False),
    ]
    lost = [
        ("Forms and templates", 9, True),
        ("Case recording system", 7, False),
        ("Signing in and devices", 5, False),
    ]
    levels = levels_chart()
    shares = run_chart()["table"]["rows"]
    return {
        "charts": [
            coverage_chart(),
            bars_chart(
                "39 of 62 observations were direct",
                "Observations by how practice was observed",
                near,
                {"first": 0, "last": 2, "words": "39 of 62 direct observations"},
            ),
            bars_chart("No time is the cause most often given", "38 opportunities missed", causes),
            bars_chart("Forms cost nine of the 21 hours lost", "Hours, to the nearest hour", lost),
            run_chart(9),
            bars_chart(
                "Decisions were made with the family in 12 of 31",
                "31 meetings",
                [
                    ("With the family", 12, True),
                    ("To the family", 8, False),
                    ("For the family", 6, False),
                    ("Without the family", 5, False),
                ],
            ),
        ],
        "tables": [
            {
                "title": "Ratings by criterion, six months",
                "head": levels["table"]["head"],
                "rows": levels["table"]["rows"],
                "note": "Levels are counted, never averaged.",
            },
            {
                "title": "Families’ share of talk, per cent, by month",
                "head": ["Year", *(label.split()[0] for label, _ in shares[6:])],
                "rows": [["To October 2026", *(value for _, value in shares[6:])]],
                "note": "",
            },
            {
                "title": "Passages by theme",
                "head": helps_hinders_chart()["table"]["head"],
                "rows": helps_hinders_chart()["table"]["rows"],
                "note": "The total is left out, since it would give a withheld count away.",
            },
        ],
        "definitions": [
            {
                "word": "Observation",
                "meaning": "One occasion of being close to practice, by one observer, shared with the "
                "practitioner.",
            },
            {
                "word": "Direct observation",
                "meaning": "Own practice, worked alongside, or shadowed in person.",
            },
            {
                "word": "Evident or strong",
                "meaning": "The top two of four levels, out of those that could be seen.",
            },
            {
                "word": "95% interval",
                "meaning": "Wilson’s interval: the range in which the true share plausibly lies, given "
                "how few were seen.",
            },
            {
                "word": "Limits",
                "meaning": "The mean plus and minus 2.66 times the mean moving range. A point outside "
                "them, or seven on one side of the mean, is unlikely to be chance.",
            },
            {
                "word": "Fewer than 5",
                "meaning": "A count that is withheld. Where a total would give it away, another is "
                "withheld with it, or two levels are joined.",
            },
            {
                "word": "Return visit",
                "meaning": "Going back to the same kind of practice 60 to 90 days after a decision.",
            },
        ],
        "about": [
            {
                "subject": "Framework",
                "text": "Working alongside, version 2, in force since 1 April 2026. Criterion 2.2 was "
                "reworded and 4.3 is new: no trend crosses that date without saying so.",
            },
            {
                "subject": "Observers",
                "text": "Four practice leaders. None observed a team that they manage.",
            },
            {
                "subject": "How passages are sorted",
                "text": "By words and phrases of the codebook, on the service’s own computer. A person "
                "confirmed or rejected every one; only confirmed passages are counted.",
            },
        ],
    }
