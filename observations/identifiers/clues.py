"""What stands around a name and gives it away; each pattern is matched before or after a word."""

import re

from .lists import set_of

AGE = "(?:1[0-8]|[1-9])"
PAST = (
    r"[a-z]\w+ed|said|told|made|took|gave|went|came|sat|felt|did|got|saw|spoke|led|kept|left|held|drew|"
    "wrote|met|ran|found|knew|thought|began|brought|chose|heard|read|rang|showed|stood|understood|"
    "ate|slept|lost|paid|sent|wore|fell|grew|forgot|won|drove|cut|spent|taught|built|bought|fought|sang"
)
VERBS = "said|says|told|tells|asked|asks|replied|answered|whispered|shouted|cried|laughed|grinned"
RELATIVES = (
    "mum|mam|mummy|mother|dad|daddy|father|nan|nana|gran|grandma|grandmother|grandad|sister|brother|"
    "siblings?|school|teacher|room|bedroom|voice|views?|wishes|feelings|words|plan|file|case|foster|"
    "carers?|social|worker|behaviour|family|home|house|needs|story|life|day|worries|attendance|name|"
    "aunt|auntie|uncle|partner|keyworker|advocate|guardian|IRO|notes?|record|review|chronology"
)

# Before a name.
NAMED = re.compile(
    r"\b(?:named|called|name is|name's|known as|goes by|name:)\s+[\"“'‘]?$", re.IGNORECASE
)
CHILD = re.compile(
    r"\b(?:son|daughter|brother|sister|siblings?|[Bb]aby|child|boy|girl|toddler|[Tt]wins?|nephew|"
    r"niece|p[eē]pi|tamaiti|moko|mokopuna|year[- ]old|cousin)\s+$"
)
SPOKEN_TO = re.compile(r"(?:\b(?:told|asked|thanked|hugged)|[\"”’,]\s*(?:said|asked|replied))\s+$")
THE = re.compile(r"\b(?:the|this|that|a)\s+$", re.IGNORECASE)
DETERMINED = re.compile(
    r"\b(?:the|a|an|his|her|their|my|our|your|its|this|that|these|those|some|any|no|every|each|of|"
    r"more|much|such|what|which|same|own|with|in|for|into|and|or|very|so|too|by|not|has|have|had|"
    r"is|are|was|were|be|been|it|i|you|he|she|they|we|who)\s+$",
    re.IGNORECASE,
)
TIME = re.compile(
    r"(?:\b(?:in|since|until|till|during|last|next|this|early|late|mid|every|each|the|through|around|over|"
    r"(?:end|start|beginning|middle|rest|most|half|month|week|day|st|nd|rd|th) of)|[0-9](?:st|nd|rd|th)?)[\s-]+$",
    re.IGNORECASE,
)
MONTH_TIME = re.compile(
    r"\b(?:by|from|to|before|after|for|between|of|(?:January|February|March|April|May|June|July) and)\s+$",
    re.IGNORECASE,
)
PLACE = re.compile(r"\b(?:in|near|across|around|from|to|via|visit(?:ed|ing)?)\s+$", re.IGNORECASE)
TALK = re.compile(
    r"(?:\b(?:spoke|spoken|speak|speaking|talk|talked|talking|talks|chat|chatted|chatting|met|meet|"
    r"meeting|sat|sit|sitting|sessions?|time|contact|play|played|playing|work|worked|working|works|"
    r"visits?|lives?|living|stays?|stayed|staying|rapport|relationship|liaised|catch[- ]?up|"
    r"call|calls|1:1|supervision|conversations?|discussed|discussion|agreed|listened|listen|listening|"
    r"explained|said|wrote|says|closely|well|directly|apologised|gently|introduced|bond|engaged|engage|"
    r"checked in|check in|home visit|completed|done|undertaken|session)"
    r"\s(?:(?:again|alone|just|briefly|directly|today|earlier|both|mainly|mostly|on|over)\s){0,2}"
    r"(?:with|to)"
    r"|\b(?:told|asked|saw|rang|phoned|texted|emailed|messaged|thanked|reminded|encouraged|visited|"
    r"met|hugged|praised|interviewed|observed|collected|asking|telling|seeing|visiting|meeting|"
    r"see|took|take|taking|brought|dropped|checked on|watched|watching|joined|popped in on|supporting|supported|"
    r"seen by|told by|asked by|chaired by|led by|completed by|written by|"
    r"(?:email|text|call|message|letter|note|card|update|feedback) (?:from|to)|according to|thanks to))\s+$",
    re.IGNORECASE,
)
LOOSE_TALK = re.compile(
    r"\b(?:with|to|for|from|by|about|and|that|when|if|when|where|because|as|let|help|helped|how|"
    r"whether|on|of|see|saw|get|support|supported|supporting|asks|reckons|thinks|says|but|than)\s+$",
    re.IGNORECASE,
)
ROLE_BRACKET = re.compile(
    r"\b(?:mum|mam|mother|dad|father|nan|gran|grandma|sister|brother|sibling|aunt|uncle|carer|child|"
    r"son|daughter|baby|boy|girl|cousin|partner|yp|young person)\s?\(\s?$",
    re.IGNORECASE,
)
BULLET = re.compile(
    r"(?:action|actions|chair|present|attended|cc|attendees|apologies|to)\s?[:-]\s*$", re.IGNORECASE
)

# After a name. Space is taken whole (`*+`): given back piece by piece, much of it takes for ever.
AGED = re.compile(
    r"\s*+(?:,?\s*+(?:who\s+is\s+|who's\s+|is\s+|was\s+)?aged?\s+\w+"
    rf"|\(\s*+(?:aged?\s+)?{AGE}\s*+\)|,\s*+{AGE}\s*+,"
    rf"|,?\s*+(?:who\s+is\s+|who's\s+|is\s+)?{AGE}[- ]years?[- ]old"
    r"|,?\s*+\(?(?:dob|DOB|d\.o\.b|born)\b)"
)
SPEAKS = re.compile(rf"\s+(?:then |quietly |just |also )?(?:{VERBS}|smiled|nodded|shrugged)\b")
OF_FAMILY = re.compile(r"\s+(?:family|household|whānau|whanau|children|siblings|girls|boys)\b")
OF_SOMEBODY = re.compile(
    rf"['’]s\b|\s+(?:is|has|was|had|lives|seems|seemed|wants|likes|says|tells|asks|feels|needs|attends|"
    r"thinks|knows|gets|goes|keeps|writes|makes|takes|loves|plays|eats|sleeps|struggles|enjoys|drives|works|"
    r"does|looks|comes|gives|speaks|finds|lets|then|never|always|also|still|and I|"
    rf"{PAST})\b|,?\s+(?:who|whose)\b|,\s+(?:the|her|his|our|my|mum|dad|a)\b|\s+(?:and|&)\s+(?=[A-ZĀĒĪŌŪ][a-zāēīōū])|\s\("
    r"|:\s*[\"“'‘]|\s+\(?(?:1[0-8]|[1-9])\)?(?=\s*(?:[,.;]|and\b|$))|\s[–—-]\s(?:needs|to|is|was|has|good)\b"
    r"|\s+[a-z]+(?:ates|ises|izes|ains|ects|orts|ides|ests|ives)\b"
)
AS_WORD = re.compile(
    r"\s+(?:for|under|in|of|that|he|she|they|you|we|it|the|a|an|this|there|not|be|on|at|with|to|as|from|"
    r"is|can|about|through|over|all|no|or|but|which|by)\b|\s*(?:[.!?;:,–—-]|$)"
)
TO_DO = re.compile(r"\s+(?:to|will|would|can|could|should)\s+[a-z]+")
SMALL_OF_SOMEBODY = re.compile(
    rf"['’]s\s+(?:{RELATIVES})\b|\s+(?:{VERBS}|feels|wants|wanted|likes|liked|smiled|seemed|seems|"
    r"looked|disclosed|explained|shared|lives|thinks|reported|described|became|appeared|engaged|"
    r"presented|struggled|enjoys|enjoyed|attends|attended|needs to|refused|agreed|has been|was seen|"
    r"presents|appears|talks|talked|plays|played|went|came|told|drew)\b",
    re.IGNORECASE,
)
SMALL_IS = re.compile(r"\s+(?:is|was|has|had|did|got|gets|came|can be)\s")
MODAL = re.compile(
    r"\s+(?!always|perhaps|sometimes|this|less|his|us\b|as\b|yes|perhaps)[a-z]+[^s]s\b"
)
POSSESSED = re.compile(rf"['’]s\s+(?:{RELATIVES})\b", re.IGNORECASE)
ILLNESS = re.compile(
    r"(?:['’]s)?\s(?:syndrome|disease|disorder|palsy|dystrophy|sclerosis|an(?:a)?emia|sarcoma)\b"
)
PREMISES = re.compile(
    r"(?:['’]s)?\s(?:Centre|Center|Hospital|Clinic|Surgery|Lodge|House|Unit|Hostel)\b"
)
# After the name of a team or an office; a person's post follows a name as well.
OFFICE = re.compile(
    r"\s(?:[Tt]eams?|[Ss]ervices?|[Hh]ubs?|[Uu]nits?|[Pp]anel|[Pp]rojects?|[Pp]rogramme|[Pp]artnership|"
    r"[Ff]orum|[Bb]oard|[Nn]etwork|[Ii]nitiative|[Ss]cheme|[Oo]ffice|Council|Borough|University|Trust|Foundation|"
    r"Department|Authority|Agency|Association|Society)\b"
    r"(?!\s(?:[Mm]anager|[Ll]eader|[Ll]ead|[Ww]orker|[Mm]ember|[Cc]oordinator|[Oo]fficer|[Cc]hair|[Dd]irector))"
)
NUMBER = re.compile(r"\s+[0-9]")

# Words that a name may begin with, in capitals.
FRONTS = set_of("te nga o mac al el abu umm bin bint ibn van von der mc")

# Small words inside a name.
PARTICLES = set_of(
    "de da do dos das del della di la le van von der den ten ter bin binti bint ibn ben al el ul ur "
    "te ap ab ferch o ni nic mac st"
)
