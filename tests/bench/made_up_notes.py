"""Made-up notes full of identifiers, each labelled, to measure the engine that finds them.

Templates, names and streets are typed for this file alone. They are not those of any other set,
and the engine's lists were typed before them. Nothing here is about a real person.
"""

import random
import re
from typing import NamedTuple


def listed(words, between=" "):
    return words.split(between)


GIVEN = {
    "England": "Tabitha Rowena Barnaby Leopold Winifred Ottoline Jocasta Kaylan Kenzie-Leigh Braxton Teigan Demelza "
    "Lowenna Jago Tamsyn Piran Ethelwyn Godfrey Hilary Cressida Araminta Zebedee Ferne Kaydence Jessika Lilly-Anne "
    "Tommy-Lee Ellis-James Rihannah Ambrosia Quenby Marmaduke Shardonnay Tyrelle Jordie Kelsie-Mae Wilfie Reenie",
    "words": "Grace Hope Rose Joy Faith Will Mark Bill Dean Amber Ivy Holly Robin Jade Pearl Dawn Heather Hazel Lily Poppy "
    "Violet Rowan Summer Autumn Sky Star Angel Destiny Blessing Precious Melody Harmony Miles Frank Grant Pat Ray May June "
    "Olive Crystal Ruby Sandy Penny Daisy Drew Rob Sue",
    "Wales": "Eirlys Tudful Gwenfron Bedwyr Gwawr Heddwyn Angharad Ifanwy Llinor Cynfael Moelwyn Rhonwen Eurwyn Ceinwen "
    "Tegryn Nerys Dyfrig Hawys Dilwen Emlyn",
    "Ireland": "Caoilfhinn Fiadhna Donncha Muirgheal Ruadhán Saorlaith Eimhear Conchúr Bébhinn Tiarnán Grainne Oisín Síofra "
    "Cuán Meabh Líadan Fianait Rónán",
    "Scotland": "Catriona Eilidh Torcuil Marsaili Ùna Oighrig Ruaraidh Niall Peigi Lachann Mórag Sorcha Iain",
    "Aotearoa": "Hinewehi Tūmoana Rāhiri Ngāmaru Te-Rina Wharetoroa Kahurere Mānia Pōhatu Tawaroa Hēnī Āwhiora Rangipō "
    "Mōrehu Ōkiwa Whaitaima Tautoko Ngātai Hinetāpora Ānahera Pānia Kōrari Te-Wai Tūterangi Tamatea Rāwhiti Kiriwai",
    "Pacific": "Lagimaina Talo'ofa Fetuilelagi Vainuupo Kitione Sefanaia Akapusi Mele-Ane Tupuaga 'Alisi 'Etueni Uluakimata "
    "Manaia Seini Tuliloa Vaimoana",
    "South Asia": "Parvinder Aishwarya Tejaswini Harsimran Mehtab Jeevan Navrose Zubaidah Shaminder Rukhshana Bhupinder "
    "Chandrika Dhruvin Ishpreet Kulsoom Laibah Mahnoor Niharika Omprakash Prabhleen Qudsia Rupal Sukhmani Tehmina "
    "Umaimah Vaidehi Yashvi Zohaib Arundhati Bhagyashri Thilini Sivagami Nilukshi Anusuya Tsering Dawa Sharmila",
    "Africa": "Oluwapelumi Chukwuebuka Nkiruka Temiloluwa Kwaku Nhyira Abenaa Esinam Yaa-Asantewaa Tsegereda Weldemariam "
    "Hodan Deeqa Cawo Liban Sagal Makhosi Nokwanda Tinotenda Rutendo Kudakwashe Mwajuma Baraka Wambugu Akinyi Njambi "
    "Fatoumatta Lamarana Ousainou Modupe Ifeoluwa Zikora Somtochukwu Amahle Ntokozo Feven Rigbe Bereket Ayuel Nyakim",
    "Caribbean": "Shavaughn Tajhay Rayvon Keniesha D'Andre La'Shay Jahmelia Kemarley Oraine Shaniel Rohandre Akeelah Deslyn",
    "Europe": "Bogumiła Świętosława Zdzisław Kazimiera Jędrzej Wiesław Ruxandra Ionuț Smaranda Codrin Luminița Ștefania "
    "Vasilica Rositsa Desislav Plamen Yordanka Gintautas Živilė Rūta Agnieška Ļubova Dzintars Valdete Kujtim Shkëlqim "
    "Ermira Mëhilla Joaquim Conceição Gonçalo Inês Iker Nerea Ainhoa Joséphine Loïc Maëlle Günther Jürgen Åsa Bjørg Sørina",
    "Middle East": "Shahrokh Mahnaz Abdulbasit Roqia Tahmineh Zarghuna Gulpari Nooria Rezan Hêlîn Rûken Çiğdem Gökçe Şükran "
    "Ümmügülsüm Abdurrezzak Ruqayya Suhayla Inaam Khuloud Bushra Tasnim Wijdan Ghassan Qusay Nuha Ibtisam",
    "East Asia": "Xiulan Meifeng Jiahao Zixuan Wenjie Thanh-Hà Mỹ-Linh Khôi Thủy Seo-yeon Ji-hoon Eun-ji Hyeon-woo Nozomi "
    "Shigeru Akemi Rattana Phyu Zaw Lwin Jhoanna Rommel Marilou Nurhaliza",
}
FAMILY = listed(
    "Thistlewood Brackenbury Cobbold Fanshawe Gathercole Hollingworth Inchbald Jellicoe "
    "Kitchingman Lillywhite Micklethwait Netherway Osgathorpe Pennefather Quartermaine "
    "Ravenscroft Strickson Tuffnell Uttridge Venables Whipp Yallop Trembath Penhaligon "
    "Rosevear Cradock Gwilt Tegwyn-Parry Maddocks Ó-Murchú MacGiolla O'Shaughnessy "
    "Mac-Lochlainn Geoghegan Auchterlonie Dalrymple Farquhar Kilgour Meiklejohn "
    "Tāwharanui Ngāropo Rangiaho Te-Whaiti Pukeroa Waaka-Hill Tūtaki Paraha "
    "Faleolo-Stowers Tuimaualuga Fakatava Moimoi Lasaqa Bhamrah Chandarana Dhanjal "
    "Gangopadhyay Jagatia Khambhaita Mukhopadhyay Nanjappa Panchmatia Rajakaruna "
    "Suthanthiran Thiagarajah Waliullah Abdulhamid Ademola-King Babajide-Cole Chikezie "
    "Egbuna Gyasi-Nimako Hailemichael Igbinoba Kiptanui Mapfumo Nwabueze Ogunsanya "
    "Quarcoopome Rwodzi Tsehaye Umunna Wanyama Zvobgo Lightbourne Cargill Sookhai "
    "Ramnauth Wierzbicka Gorczyca Przybylski Szczęsny Hanganu Cărbunaru Dascălu Țurcanu "
    "Bagdonavičius Zaļkalns Çakıroğlu Büyükkaya Farrokhzad Al-Jubouri Ghorbani Sherzai "
    "Xhemajli Kryeziu Guimarães Figueiras Etxeberria Ó-Ceallaigh Wójtowicz Nguyễn Trịnh "
    "Zhuang Ouyang Takeuchi Sithebe Jayawardena Bishop Young Cook Long Field Price Sharp "
    "Wood Hill Green Marsh Stone Brook Bell Page Rice Day Love Best Wise"
)
STREETS = listed(
    "Larkspur Rise|Old Tannery Lane|Chapel Hey|Foundry Court|Kestrel Way|Wesley Street|"
    "Ropewalk|St Oswald's Road|The Paddocks|Heol y Felin|Marram Close|Lower Quay Street|"
    "Pōhutukawa Drive|Rimu Street|Te Ngae Road|Great North Road|Cathcart Street|"
    "Bluebell Meadow|Inkerman Terrace|Upper Dunmurry Lane|Nether Edge Avenue|"
    "Whinfell Gardens|Cobbler's Yard|Parnell Square|Glebe Cottages|Kauri Place|"
    "Millstone Crescent|Tolpuddle Grove|Harbour View Heights|Coppice Walk|Stoneycroft|"
    "Queensway",
    "|",
)
TOWNS = listed(
    "Barnoldswick Cleckheaton Ramsbottom Hebden Egremont Wombwell Thornhill Llanrwst "
    "Blaenavon Cupar Strathaven Kirriemuir Banbridge Cookstown Moreton Taihape Kaikohe "
    "Ōpunake Whangamatā Pōkeno Waikanae Portishead Keynsham Melksham Saxmundham"
)
SCHOOLS = [
    "Thornlea Primary",
    "St Bede's Catholic High School",
    "Brindle Hall Academy",
    "Ysgol Maes y Coed Primary School",
    "Holy Rood Infants",
    "Kingfisher Nursery",
    "Wharerata School",
    "Ashgrove Community Primary School",
    "The Meadows School",
    "Pennine Valley College",
    "Rātā Street School",
    "Our Lady of Lourdes Primary",
    "Blackthorn Junior School",
    "Hillside High",
]
MAILS = [
    "post.example.org",
    "mail.example.com",
    "family.example.co.uk",
    "school.example.sch.uk",
    "iwi.example.org.nz",
]

WITH_NAMES = [
    "{P} had the kettle on before we were through the gate.",
    "At the door {P} asked who I was, and {P} introduced me properly.",
    "The child, {P}, hid behind the settee until the dog came in.",
    "{P}'s drawing of the house had no windows.",
    "We waited for {P}. Twenty minutes later {P} rang to say the bus had not come.",
    "I thought {P} held the silence well.",
    "According to {P} nobody had explained the letter.",
    "“You never listen,” said {P}.",
    "Grandmother, {P}, had kept every letter in a biscuit tin.",
    "Shadowed {P} this morning.",
    "{P}: “I want to stay where I am.”",
    "Present: {P}, {P} and {P} (by phone).",
    "Dad ({P}) left the room twice.",
    "The {F} family have moved three times since Easter.",
    "It was {P} who noticed the damp, not me.",
    "Mrs {F} thanked the worker for coming back.",
    "Then Mr {F} read the plan aloud, slowly.",
    "{P} and {P} do not agree about bedtimes.",
    "Her key worker {P} had printed the wrong form.",
    "School say that {P} is late on Mondays.",
    "My notes on {P}: patient, funny, a bit rushed.",
    "Had {P} been asked first, the meeting would have gone differently.",
    "Nobody had told {P}.",
    "A text from {P} came in during the visit.",
    "{P} cried when the word care was used.",
    "- {P} to ring housing",
    "The twins {P} and {P} shared one chair.",
    "Supervision notes, {P}, went unread.",
    "Whaea {P} opened with karakia and {P} replied.",
    "PC {F} stood in the hall throughout.",
    "Dr {F} had not seen the report.",
    "To my eye {P} looked tired but {P} looked worse.",
]
SMALL = [
    "rang {L} at lunchtime, no answer",
    "{L} said she would rather wait outside",
    "had a good chat with {L} about contact",
    "asked {L} what a good day looks like",
    "saw {L} in the corridor, seemed flat",
    "{L}'s mum was at work so we talked in the car",
    "visited {L} at nan's, all calm",
    "need to speak to {L} before friday",
    "met {L} and the dog, lovely",
    "told {L} i would come back",
]
INITIALS = [
    "{I} was upset by the question and left.",
    "Spoke with {I} on the phone about the order.",
    "Both {I} and {I} chose to stay in the room.",
    "Mother says {I} sleeps badly.",
    "I asked about {I}'s school place.",
    "The older boy ({I}) made tea for everyone.",
    "There is a note about {I} in the front of the file.",
    "{I} said it was the first time anybody had asked.",
    "Contact for {I}, {I} and the baby is on Saturdays.",
]
STRUCTURED = [
    "The tenancy is at {A}, {T} {PC}.",
    "We parked outside {A} and walked.",
    "They used to live at {A} in {T}.",
    "Her postcode, {PC}, puts her out of area.",
    "DOB {D} is wrong on two forms.",
    "The hearing on {D} was moved.",
    "Born on {D}, so just under the line.",
    "Mobile {PH} goes to voicemail.",
    "They rang {PH} from the waiting room.",
    "You can write to {E} or call {PH}.",
    "Copied to {E} by mistake.",
    "Her NHS no. {N} is on the back.",
    "NINO {NI} was read out in the room.",
    "File {C} was open on the desk.",
    "Reference {C} does not match.",
    "He starts at {S} in September.",
    "The deputy head of {S} chaired.",
    "NHI {NHI} had been typed twice.",
    "IRD {IRD} was on the benefit letter.",
]
WITHOUT = [
    "The plan said 'improve parenting' and nobody could say what that meant.",
    "A Section 20 agreement was explained in plain English and again in Polish.",
    "Early Help had closed in March and the Front Door did not know.",
    "The Public Law Outline letter was read on the doorstep, which is no place for it.",
    "I would grade this as Emerging, not Evident.",
    "CAMHS said twelve weeks; the Health Visitor said that was optimistic.",
    "Three Houses was used, though only two houses got drawn.",
    "Strengths were listed. Were they tested?",
    "Nobody mentioned Universal Credit until the bailiff did.",
    "The Independent Reviewing Officer asked for a smaller meeting.",
    "Oranga Tamariki and the iwi agreed on a hui at the marae on Tuesday.",
    "Good practice: the worker sat on the floor.",
    "Liquidlogic froze twice, costing 25 minutes.",
    "Friday's Core Group is at 10.30 in Room 4.",
    "Children Act, Care Act, Equality Act: all three were quoted and none explained.",
    "Scaling question asked. Answer: four out of ten. Follow-up: none.",
    "Brief, kind, clear. Would show this to a student.",
    "She gets £84.80 a week and the electric takes £30 of it.",
    "Attendance is 91%, up from 78% in the autumn.",
    "The Family Group Conference has been offered for the second time.",
]


class World(NamedTuple):
    """What notes are made of: people, places, and sentences with gaps."""

    given: tuple
    family: list
    streets: list
    towns: list
    schools: list
    with_names: list
    small: list
    initials: list
    structured: list
    without: list


# A title is hidden with its name, so it is labelled with it.
TITLED = re.compile(r"\b(?:Mrs|Mr|PC|Dr|Whaea) $")

FIRST = World(
    tuple(names.split() for names in GIVEN.values()), FAMILY, STREETS, TOWNS, SCHOOLS,
    WITH_NAMES, SMALL, INITIALS, STRUCTURED, WITHOUT,
)  # fmt: skip

# A second hand: everyday names, and the shorthand of a file.
SECOND = World(
    given=(listed(
    "Kyran Tegan Leighanne Mollie Kian Shanice Tyreece Jayden Ebony Rhianna Kacper "
    "Zuzanna Oliwia Dawid Alina Florin Mihaela Denisa Abdi Hodan Fadumo Yusra Khadija "
    "Bilal Sumayyah Ibrahim Zaynab Arjan Simran Jaspreet Manveer Harleen Priyanka Rohit "
    "Meera Chidera Emeka Adaora Folake Kwabena Abena Tinashe Tafara Selam Yonas Rahel "
    "Nour Rami Layan Zilan Azad Mei Minh Linh Thuy Duc Siobhan Niamh Cian Dearbhla Ewan "
    "Mhairi Carys Iolo Bronwen Grace Hope Ruby Amber Joy Daisy Summer Jack Rose Will "
    "Faith Mark Crystal Destiny Honey Reece Connor Shannon Wiremu Mereana Hemi Aroha "
    "Ngaio Tama Sina Sione Mele"
),),
    family=listed(
    "Hartley Oyelaran Dhillon Kowalczyk Ionescu Abdullahi Choudhury Grewal Nwosu Boateng "
    "Moyo Tesfaye Haddad Demir Tran Gallagher McBride Llewellyn Parata Tuala Fletcher "
    "Barker Baker Walker Carpenter Rivers Banks Stone Winter Lamb Peacock Swift Noble "
    "Cross Waters Snow Frost Winters Burns Marshall Cooper Mason Hussain Begum Ali Khan "
    "O'Connor MacLeod Ng Li Xu"
),
    streets=listed(
    "Meadowbank Road|The Green|Lime Tree Avenue|Victoria Terrace|Dean Street|"
    "Park Hill Road|Swallow Drive|Castle Street|Nursery Lane|Northumberland Avenue|"
    "Tannery Court|Queens Park|Bishopsgate|Tui Street|Marine Parade|Saltwells Lane|"
    "Beechwood",
    "|"
),
    towns=listed(
    "Rotherham Oldham Nottingham Leicester Derby Preston Salford Plymouth Norwich "
    "Coventry Hull Newport Whangārei Porirua Dundee"
),
    schools=["St Joseph's RC Primary", "Greenbank High", "Park View Academy", "Little Acorns Nursery", "Queen Elizabeth Grammar School", "Castle Hill Primary School", "Northgate Secondary School", "Manurewa Intermediate", "Woodlands School", "Heathfield Infant School"],
    with_names=[
        "Case discussed in group supervision: {P} brought a genogram and {P} challenged the hypothesis.",
        "{P} (foster carer) reported that {P} slept through for the first time.",
        "Conversation with maternal grandmother {P} about the Special Guardianship assessment.",
        "{P} demonstrates curiosity; her analysis of {P}'s lived experience is sharp.",
        "Concern that {P} has been seen near the bus station with older males.",
        "Sibling group: {P} 11, {P} 8 and {P} 3.",
        "{P} presented the case to the Legal Gateway panel.",
        "In attendance were {P} (health visitor), {P} (school nurse) and {P} (SENCO).",
        "Apologies from {P}.",
        "Discussed with Team Manager {P}, who agreed.",
        "I was impressed by how {P} used silence.",
        "{P} – needs to evidence management oversight.",
        "Mother, {P}, is 22 and care experienced.",
        "The {F} children were spoken to together.",
        "Mrs {F} and Mr {F} have separated.",
        "Direct work completed by {P} using the Three Islands.",
        "{P} attended late and {P} left early.",
        "It is not clear to {P} what needs to change.",
        "{P} has not been registered with a GP.",
        "Call to {P} re: housing.",
        "Father’s partner {P} was present at the visit.",
        "Observation of {P}, ASYE, on a statutory visit to {P} in placement.",
        "Thank you to {P} for letting me sit in.",
        "Placement with {P} and {P} is going well.",
    ],
    small=[
        "popped in to see {L}, house warm and tidy",
        "{L} was on his tablet most of the visit",
        "phone call with {L} - wants to move",
        "{L} told me about football",
        "update from school: {L} has been excluded again",
        "discussed with {L} and agreed to meet weekly",
        "took {L} for a milkshake",
        "visit to {L}, mum and dad both there",
        "{L} is worried about court",
    ],
    initials=[
        "{I} presented as happy and settled.",
        "Life story work for {I} and {I} has not started.",
        "The plan for {I} is adoption.",
        "{I}'s father has not engaged.",
        "Observed contact between {I} and his grandmother.",
        "{I}, {I} and {I} share a bedroom.",
        "Statutory visit to {I} was in timescale.",
        "I asked {I} what would make it better.",
    ],
    structured=listed(
    "Address given as {A}, {T}, {PC}.|Moved from {A} to a refuge.|Family live at {A}.|"
    "Seen on {D} and again on {D}.|LAC review dated {D}.|Date of birth {D}.|"
    "Tel: {PH} / {PH}|Email {E} for the minutes.|NHS: {N}|National Insurance {NI}.|"
    "Child ID {C}, file closed.|Episode {C} was opened in error.|On roll at {S}.|"
    "{S} made the referral.|His NHI is {NHI}.",
    "|"
),
    without=[
        "Strength: warm, relational, Signs of Safety language used throughout.",
        "Area for development: SMART actions, contingency planning and recording of management oversight.",
        "The Strengths and Difficulties Questionnaire was scored and shared with CAMHS.",
        "Partner agencies including Probation, Housing and Adult Social Care attended the MARAC.",
        "Working Together 2023 and the National Framework were referenced.",
        "Delegated Authority was confirmed in writing.",
        "Consider use of the Graded Care Profile 2 and the Neglect Toolkit.",
        "The Virtual School has agreed Pupil Premium funding for a Lego Therapy group.",
        "Cultural Genogram completed; heritage is Black Caribbean and White British.",
        "Regulation 44 visitor raised no issues. Ofsted graded the home Good.",
        "Life Story Work, Theraplay and Dyadic Developmental Psychotherapy were considered.",
        "Reflective question: whose voice is missing?",
        "Next steps: Child and Family Assessment by the end of Week 6; Child in Need Meeting in May.",
        "Mum is on Sertraline and receives PIP and Universal Credit.",
        "SW to chase EHCP. HV to weigh baby. GP to review.",
        "The Ministry, Plunket and Te Whatu Ora were all invited to the Family Group Conference.",
        "National Referral Mechanism form completed; Modern Slavery Act duties explained.",
        "Permanence Planning Meeting held. Matching Panel booked. Foster to Adopt not ruled out.",
    ],
)  # fmt: skip


class Made(NamedTuple):
    """What one note is being made with."""

    rng: random.Random
    world: World
    people: list


def notes(count, seed=1, world=FIRST):
    """`count` notes as {"id", "text", "spans"}, the same for the same seed."""
    rng = random.Random(seed)
    return [note(rng, world, number) for number in range(count)]


def note(rng, world, number):
    people = [person(rng, world) for _ in range(rng.randint(1, 4))]
    lines = rng.sample(world.with_names, 3) + rng.sample(world.structured, 2)
    lines += rng.sample(world.without, 3) + rng.sample(world.small, rng.randint(0, 1))
    lines += rng.sample(world.initials, rng.randint(0, 1))
    rng.shuffle(lines)
    text, spans = "", []
    for line in lines:
        text, spans = written(Made(rng, world, people), text + (" " if text else ""), spans, line)
    return {"id": f"made-{number}", "text": text, "spans": spans}


def written(made, text, spans, line):
    """`text` and `spans` with one more sentence, its gaps filled."""
    pieces = line.replace("}", "{").split("{")
    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            text += piece
            continue
        kind, words = FILLERS[piece](made)
        title = TITLED.search(text) if kind == "PERSON" else None
        spans.append([title.start() if title else len(text), len(text) + len(words), kind])
        text += words
    return text, spans


def person(rng, world):
    return rng.choice(rng.choice(world.given)), rng.choice(world.family)


def name(made):
    rng = made.rng
    given, family = made.rng.choice(made.people)
    return "PERSON", rng.choice([given, given, f"{given} {family}"])


def small_name(made):
    return "PERSON_LC", made.rng.choice(made.people)[0].lower()


def initials_of(made):
    rng = made.rng
    letters = [rng.choice("ABCDEFGHJKLMNPRSTWYZ") for _ in range(2)]
    return "INITIALS", rng.choice(["{}.{}.", "{}.{}", "{}{}", "{}{}"]).format(*letters)


def date(made):
    rng = made.rng
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1955, 2026)
    named = ["Jan", "February", "Mar", "April", "May", "June", "July", "Aug", "Sept", "October"]
    word = rng.choice(named)
    return "DATE", rng.choice(
        [
            f"{day}/{month:02}/{year}", f"{day}.{month}.{year % 100:02}", f"{day} {word} {year}",
            f"{day}{th(day)} of {word} {year}", f"{word} {day}, {year}", f"{year}-{month:02}-{day:02}",
        ]
    )  # fmt: skip


def th(day):
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")


def address(made):
    rng = made.rng
    street = rng.choice(made.world.streets)
    home = f"{rng.randint(1, 240)}{rng.choice(['', '', 'a', 'B'])} {street}"
    return "ADDRESS", rng.choice([home, home, f"Flat {rng.randint(1, 40)}, {home}"])


def postcode(made):
    rng = made.rng
    area = rng.choice(["YO", "LL", "BT", "EH", "W", "PE", "TR", "DN", "G"])
    code = f"{area}{rng.randint(1, 29)} {rng.randint(1, 9)}{rng.choice('ABDEFGHJ')}{rng.choice('LNPQRST')}"
    return "POSTCODE", rng.choice([code, code.lower(), code.replace(" ", "")])


def phone(made):
    rng = made.rng
    end = rng.randint(100000, 999999)
    return "PHONE", rng.choice(
        [
            f"07700 9{end % 100000:05}", f"(01632) 960{end % 1000:03}", f"+44 7700 9{end % 100000:05}",
            f"021 {end % 1000:03} {end % 9000 + 1000}", f"+64 27 {end}", f"09 555 {end % 9000 + 1000}",
            f"0131 496 0{end % 1000:03}",
        ]
    )  # fmt: skip


def email(made):
    rng = made.rng
    given, family = made.rng.choice(made.people)
    plain = "".join(letter for letter in (given + "." + family).lower() if letter.isascii())
    return "EMAIL", f"{plain.replace(chr(39), '')}@{rng.choice(MAILS)}"


def nhs(made):
    rng = made.rng
    while True:
        digits = "999" + "".join(str(rng.randint(0, 9)) for _ in range(6))
        weights = range(10, 1, -1)
        check = 11 - sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
        if check < 11:
            whole = digits + str(check % 11)[:1]
            return "NHS", rng.choice([whole, f"{whole[:3]} {whole[3:6]} {whole[6:]}"])


def insurance(made):
    rng = made.rng
    groups = [f"{rng.randint(0, 99):02}" for _ in range(3)]
    joined = rng.choice(["", " "]).join(groups)
    return "NINO", f"{rng.choice(['QQ', 'JM', 'SA', 'WE'])}{joined}{rng.choice('ABCD')}"


def case(made):
    rng = made.rng
    number = rng.randint(10000, 9999999)
    return "CASE", rng.choice(
        [f"{number}", f"EH/{number}", f"CIN-{number}", f"F{number}", f"20/{number}/B"]
    )


def nhi(made):
    rng = made.rng
    return "NHS", rng.choice(["ZAC5361", "WLD9413", "ZBN77VL", "ZSC21TN", "ABC12DS"])


def ird(made):
    rng = made.rng
    return "CASE", rng.choice(["49-091-850", "49091850", "136-410-132", "35 901 981"])


FILLERS = {
    "P": name,
    "F": lambda made: ("PERSON", made.rng.choice(made.people)[1]),
    "L": small_name,
    "I": initials_of,
    "A": address,
    "T": lambda made: ("TOWN", made.rng.choice(made.world.towns)),
    "PC": postcode,
    "D": date,
    "PH": phone,
    "E": email,
    "N": nhs,
    "NI": insurance,
    "C": case,
    "S": lambda made: ("SCHOOL", made.rng.choice(made.world.schools)),
    "NHI": nhi,
    "IRD": ird,
}
