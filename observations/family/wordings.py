"""What a card says, in English; an organisation keeps its own translations (FamilyCardLanguage)."""

from dataclasses import dataclass, field

from django.utils.formats import date_format

from observations.models import FamilyCard, FamilyCardLanguage

ENGLISH = {
    "skip": "Skip to main content",
    "title": "What was it like for you?",
    "intro": "Someone came to see how we work, so that we can learn to do it better. You were there. "
    "Please tell us what it was like for you.",
    "free": "You do not have to do this. It changes nothing about the help you get. You can leave "
    "out any question.",
    "until": "You can use this card once, up to and including this day:",
    **FamilyCard.QUESTIONS,
    "yes": "Yes",
    "partly": "A bit",
    "no": "No",
    "words": "Anything else you want to say",
    "no_names": "Please do not write names, or where anyone lives.",
    "who": "Who is filling this in?",
    "alone": "I was there",
    "phone": "I asked the family on the phone, and I was not there",
    "paper": "I am copying what the family wrote on paper",
    "agree_title": "Can we use what you say?",
    "agree": "Yes, you can use it to learn how to work well with families. The person who came to "
    "see, the worker who was there, and the people who lead social work here can read it. Managers "
    "can read some of the words. Nobody puts a name to it.",
    "send": "Send",
    "skip_all": "Answer one question, or write something",
    "must_agree": "Tick the box if we can use what you say. If not, close this page and nothing is kept",
    "too_long": "That is too long. Please make it shorter",
    "worried": "Are you worried about someone now?",
    "worried_how": "Nobody reads this card straight away. If someone is in danger, call this number:",
    "worried_more": "You can also call:",
    "hand_back": "Give this card back to the person who gave it to you, or use your phone:",
    "keep": "Keep this part",
    "keep_how": "If you change your mind, use this to take your words back. You do not have to say why.",
    "thanks": "Thank you",
    "kept": "We have what you said.",
    "keep_page": "Keep the address of this page. If you change your mind, come back here and press the "
    "button. You do not have to say why.",
    "issued": "If something you said is in a report that is finished, that report cannot be changed.",
    "take_back": "Take back what I said",
    "gone_title": "It is taken back",
    "gone": "What you said is gone.",
    "closed_title": "This card cannot be used",
    "closed": "It was used before, or its time is over. If you still want to say something, ask the "
    "person who gave it to you for a new card.",
    "unknown_title": "This address does not work",
    "unknown": "Please look at the card again, and type every letter and number.",
    "busy_title": "Please try again later",
    "busy": "There were too many tries from here. Wait one hour, then try again.",
}

FROM_THE_RIGHT = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True)
class Wording:
    """The words of a card in one language."""

    tag: str = ""
    name: str = "English"
    texts: dict = field(default_factory=lambda: ENGLISH)

    @property
    def lang(self):
        return self.tag or "en-GB"

    def day(self, day):
        """A day in words in English, in figures in any other language."""
        return date_format(day, "j F Y") if not self.tag else f"{day.day}.{day.month}.{day.year}"

    @property
    def runs(self):
        """Which way it is read."""
        return "rtl" if self.tag.split("-")[0] in FROM_THE_RIGHT else "ltr"

    def __getattr__(self, name):
        try:
            return self.texts[name]
        except KeyError:
            raise AttributeError(name) from None


def wordings_for(unit):
    """Every language that the cards of a unit can be read in, English first."""
    kept = [(each, in_language(each)) for each in FamilyCardLanguage.objects.over(unit)]
    whole = [Wording(each.tag, each.name, words) for each, words in kept if is_whole(words)]
    return [Wording(), *whole]


def in_language(language):
    """{name: words} of what there is in it."""
    said = {text.first: text.second for text in language.texts.all()}
    return {name: said[first] for name, first in ENGLISH.items() if first in said}


def is_whole(words):
    return len(words) == len(ENGLISH)


def wording_of(unit, tag):
    """The words in a language, or in English where there are none in it."""
    found = wordings_for(unit)
    return next((each for each in found if each.tag == tag), found[0])
