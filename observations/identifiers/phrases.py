"""Greetings and set phrases, in which a capital begins no name: "Kei te pai", "Bore da".

In each of these languages a word of the first set, followed by small words of the second, is the
language and nobody: "Kei te pēhea", but not "Kei told me". Only words that English does not have
as well are in a second set. All are compared without regard to marks.
"""

from .lists import set_of
from .spans import Spans
from .things import things_in
from .tokens import SPACE

MAORI = (
    set_of(
        "kei kia ka ko e he me ma mo na no nau nga tino tena ena haere hoki aroha morena ata po kua "
        "kaore kahore kaua ehara ki hei ina engari otira mehemea ahakoa mauri rangimarie tihei"
    ),
    set_of(
        "te nga pai ora koe koutou korua mai atu ra hea aha roto runga raro waho mua muri katoa tatou "
        "matou maua taua au ahau ratou raua mihi wa tika pehea wai konei kona kora reira kaha nui tou "
        "toku tona kaua kua kia hoki ano tonu rawa iho ake nei hoa tau marie"
    ),
)
WELSH = (
    set_of(
        "mae bore prynhawn nos noswaith diolch sut dw dwi rydw rwy roedd oes iechyd croeso hwyl "
        "penblwydd da beth ble pam pryd shwmae helo paid ydy wyt"
    ),
    set_of(
        "da dda yn hi hi'n o'n e'n fe'n nhw'n nhw gen gan yna yma iawn fawr hapus eto ti chi chi'n "
        "ti'n mae i'n wyt ydych eich dy yr"
    ),
)
GAELIC = (
    set_of("dia go conas cead ta nil tapadh madainn feasgar oidhche ciamar slan"),
    set_of("duit daoibh raibh maith agat agaibh mile tu leat leibh mhath tha ort leis"),
)
PACIFIC = (
    set_of("talofa malo fa'afetai bula ni kia fakaalofa ia 'io"),
    set_of("lava lelei tele vinaka orana lahi atu aupito manuia sa"),
)
EUROPEAN = (
    set_of("dzien dobry jak buna boa bom gunaydin iyi na"),
    set_of("dobry wieczor sie ziua dimineata noite tarde dia gunler aksamlar zdrowie"),
)
PHRASES = (MAORI, WELSH, GAELIC, PACIFIC, EUROPEAN)


def phrases_in(text, words):
    """Where set phrases stand, and things that are called as people are."""
    found = list(things_in(text))
    for place, word in enumerate(words[:-1]):
        if word.is_capital and not word.is_loud:
            last = max(last_of(text, words, place, *phrase) for phrase in PHRASES)
            if last > place:
                found.append((word.start, words[last].end))
    return Spans(found)


def last_of(text, words, place, first, second):
    """At which word a phrase ends that begins at `place`; there, if none does."""
    last = place
    if words[place].plain in first:
        while last + 1 < len(words) and goes_on(text, words[last], words[last + 1], second):
            last += 1
    return last


def goes_on(text, word, following, second):
    is_small = not following.is_capital and following.plain in second
    return is_small and SPACE.fullmatch(text, word.end, following.start) is not None
