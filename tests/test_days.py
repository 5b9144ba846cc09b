"""Every date of the product is typed into the one field, which reads what people write."""

from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from urllib.parse import urlencode

import pytest
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from observations.form_parts import as_typed
from practicelens.days import DayBoxes, DayField, ahead, holds, looked_for, seen
from tests.factories import ConversationFactory, ObservationFactory, UnitFactory

OURS = ("practicelens", "frameworks", "observations", "reports")
TODAY = date(2026, 11, 20)


class There:
    """A place where it is a certain day, and that began some time ago."""

    began = date(1974, 4, 1)

    def today(self):
        return TODAY


def field(of=looked_for, place=None, **more):
    made = DayField(of=of, **more)
    made.place = place or There()
    return made


def form_of(of, **initial):
    class One(forms.Form):
        day = field(of, label="When was it?")

    return lambda data: One(data, initial=initial)


def boxes(day="", month="", year="", **more):
    return {"day_0": day, "day_1": month, "day_2": year, **more}


def sent(field, *typed, sure=""):
    """What the field makes of three boxes."""
    data = {f"day_{at}": each for at, each in enumerate(typed)} | {"day_sure": sure}
    return field.clean(field.widget.value_from_datadict(data, {}, "day"))


# What is read


@pytest.mark.parametrize(
    "typed",
    [
        ("5", "11", "2026"),
        ("05", "11", "26"),
        ("5", "Nov", "2026"),
        ("5", "november", "26"),
        (" 5 ", "NOV.", "'26"),
        ("5/11/26", "", ""),
        ("5/11/2026", "", ""),
        ("05.11.2026", "", ""),
        ("5-11-26", "", ""),
        ("5 Nov 2026", "", ""),
        ("5th November 2026", "", ""),
        ("5th of November, 2026", "", ""),
        ("Thursday 5 November 2026", "", ""),
        ("Thu 5 Nov ’26", "", ""),
        ("5Nov2026", "", ""),
        ("November 5, 2026", "", ""),
        ("2026-11-05", "", ""),
        ("5th", "11", "2026"),
        ("5TH", "November", "26"),
        ("Thu 5", "11", "2026"),
        ("5 Nov", "", "2026"),
        ("5/11", "", "26"),
        # A box that was filled in beforehand does not stand in the way of a whole date.
        ("5/11/26", "6", "2025"),
    ],
)
def test_a_date_is_read_as_people_write_it_day_first(typed):
    assert sent(field(), *typed) == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("jan", 1),
        ("Mar", 3),
        ("march", 3),
        ("jun", 6),
        ("July", 7),
        ("sept", 9),
        ("Sep.", 9),
        ("dec", 12),
    ],
)
def test_a_month_can_be_a_word(month, number):
    assert sent(field(), "1", month, "2026") == date(2026, number, 1)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (("5", "11", "202"), "Type the year in four digits, such as"),
        (("5", "11", "6"), "Type the year in four digits, such as"),
        (("5", "11", "0000"), "Type the year in four digits, such as"),
        (("5", "11", ""), "Give the year as well"),
        (("5 Nov", "", ""), "Give the year as well"),
        (("", "11", "2026"), "Give the day as well"),
        (("five", "11", "2026"), "Type the day as a number, such as 5"),
        (("32", "11", "2026"), "Type a day from 1 to 31"),
        (("0", "11", "2026"), "Type a day from 1 to 31"),
        (("11", "25", "2026"), "Type the day first, then a month from 1 to 12"),
        (("11", "0", "2026"), "Type the day first, then a month from 1 to 12"),
        (("5", "ma", "2026"), "Type the month as a number or a word, such as 11 or November"),
        (("5", "Movember", "2026"), "Type the month as a number or a word, such as 11 or November"),
        (("31", "11", "2026"), "November 2026 has 30 days. Type a day from 1 to 30"),
        (("29/2/26", "", ""), "February 2026 has 28 days. Type a day from 1 to 28"),
        (("yesterday", "", ""), "Type the day as a number, such as 5"),
        (("٥", "11", "2026"), "Type the day as a number, such as 5"),
    ],
)
def test_what_is_wrong_says_what_to_type(typed, fault):
    with pytest.raises(forms.ValidationError) as wrong:
        sent(field(), *typed)

    assert any(words.startswith(fault) for words in wrong.value.messages)


def test_a_fault_is_told_of_the_box_that_it_is_in():
    made = field()

    with pytest.raises(forms.ValidationError):
        sent(made, "5", "13", "202")

    assert [len(each.widget.errors) for each in made.fields] == [0, 1, 1]


def test_two_digits_are_of_this_century():
    assert sent(field(), "5", "11", "99") == date(2099, 11, 5)


def test_nothing_typed_is_no_date_where_none_is_needed():
    assert sent(field(required=False), "", "", "") is None

    with pytest.raises(forms.ValidationError, match="Type the day, the month and the year"):
        sent(field(), "", "", "")


def test_a_date_that_an_address_names_is_read():
    read = DayBoxes().value_from_datadict(QueryDict("day=2026-11-05"), {}, "day")

    assert field().clean(read) == date(2026, 11, 5)


# Is that right?


@pytest.mark.parametrize(
    ("of", "typed", "odd"),
    [
        (seen, ("5", "11", "1926"), "5 November 1926 is more than a year ago"),
        (seen, ("19", "11", "2025"), "19 November 2025 is more than a year ago"),
        (ahead, ("5", "11", "1926"), "5 November 1926 is in the past"),
        (ahead, ("19", "11", "2026"), "19 November 2026 is in the past"),
        (ahead, ("5", "11", "2206"), "5 November 2206 is more than 10 years from now"),
        (holds, ("5", "11", "1926"), "5 November 1926 is more than 50 years ago"),
        (holds, ("31", "3", "1974"), "31 March 1974 is more than 50 years ago"),
        (holds, ("1", "1", "2077"), "1 January 2077 is more than 10 years from now"),
    ],
)
def test_a_day_that_is_hardly_meant_is_asked_about_until_it_is_ticked(of, typed, odd):
    with pytest.raises(forms.ValidationError) as asked:
        sent(field(of), *typed)
    told = f"{odd}. Is that right? Tick “Yes”, or type another date"
    assert asked.value.messages == [told]

    day, month, year = map(int, typed)
    assert sent(field(of), *typed, sure=date(year, month, day).isoformat()) == date(
        year, month, day
    )


@pytest.mark.parametrize(
    ("of", "typed"),
    [
        (seen, ("20", "11", "2025")),
        (seen, ("20", "11", "2026")),
        (ahead, ("20", "11", "2026")),
        (ahead, ("20", "11", "2036")),
        (holds, ("20", "11", "1976")),
        (looked_for, ("1", "1", "1926")),
    ],
)
def test_a_likely_day_is_not_asked_about(of, typed):
    assert sent(field(of), *typed).year == int(typed[2])


def test_a_day_before_the_organisation_began_is_asked_about():
    place = There()
    place.began = date(2020, 4, 1)

    with pytest.raises(forms.ValidationError, match="is before the organisation began, in 2020"):
        sent(field(holds, place), "31", "3", "2020")
    assert sent(field(holds, place), "1", "4", "2020") == date(2020, 4, 1)


def test_a_tick_is_for_the_day_that_was_asked_about_alone():
    with pytest.raises(forms.ValidationError, match="Is that right"):
        sent(field(seen), "6", "11", "1926", sure="1926-11-05")


def test_the_tick_is_drawn_where_it_is_asked_and_stays_ticked():
    form = form_of(seen)
    asked, ticked = (
        form(boxes("5", "11", "1926", **more)) for more in ({}, {"day_sure": "1926-11-05"})
    )

    assert not asked.is_valid()
    assert 'name="day_sure" id="id_day_sure" value="1926-11-05">' in str(asked["day"])
    assert "Yes, 5 November 1926 is right" in str(asked["day"])
    assert ticked.is_valid()
    assert 'value="1926-11-05" checked>' in str(ticked["day"])
    assert "day_sure" not in str(form(boxes("5", "11", "2026"))["day"])


def test_what_was_typed_stays_in_its_boxes():
    form = form_of(seen)(boxes("5/11/202", "Nov", ""))

    assert not form.is_valid()
    assert 'value="5/11/202"' in str(form["day"])
    assert 'value="Nov"' in str(form["day"])


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        (("5", "11", "2026"), False),
        (("05", "Nov", "26"), False),
        (("6", "11", "2026"), True),
        (("", "", ""), True),
        (("5", "13", "2026"), True),
    ],
)
def test_the_same_day_in_other_words_is_no_change(typed, changed):
    form = form_of(seen, day=date(2026, 11, 5))(boxes(*typed))

    assert form.has_changed() is changed


# In the product


def forms_of_the_product():
    for app in OURS:
        package = import_module(app)
        for found in walk_packages(package.__path__, f"{app}."):
            if "migrations" not in found.name and ".local" not in found.name:
                import_module(found.name)
    waiting, met = [forms.BaseForm], set()
    while waiting:
        kinds = [kind for kind in waiting.pop().__subclasses__() if kind not in met]
        met.update(kinds)
        waiting += kinds
    return [kind for kind in met if kind.__module__.split(".")[0] in OURS]


def test_every_date_of_every_form_is_the_one_field():
    dates = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)
    ours = forms_of_the_product()
    fields = [(kind, name, each) for kind in ours for name, each in kind.base_fields.items()]

    strange = [
        f"{kind.__name__}.{name}"
        for kind, name, each in fields
        if isinstance(each, dates) or isinstance(each.widget, forms.DateInput)
    ]

    # A page says by it which decision it shows: nobody types it.
    assert strange == ["DecisionForm.known"]
    assert len({(kind, name) for kind, name, each in fields if isinstance(each, DayField)}) >= 12


def test_no_page_and_no_form_made_as_it_goes_asks_for_a_date_of_another_kind():
    said = ("DateInput(", "DateField(", "SelectDateWidget", 'type="date"', '"type": "date"')
    paths = [
        *(path for app in OURS for path in (settings.BASE_DIR / app).rglob("*.py")),
        *(settings.BASE_DIR / "templates").rglob("*.html"),
    ]

    strange = [
        f"{path.name}: {words}"
        for path in paths
        if "models" not in path.parts and "migrations" not in path.parts and path.name != "days.py"
        for words in said
        if words in path.read_text().replace("models.DateField(", "")
    ]

    assert strange == []


@pytest.mark.django_db
def test_a_visit_long_ago_is_kept_once_it_is_ticked_and_asked_about_no_more(psw, psw_client, team):
    observation = ObservationFactory(observer=psw, unit=team, draft=True)
    address = reverse("observations:section", args=[observation.key, "where"])
    day = {"observed_on_0": "5", "observed_on_1": "11", "observed_on_2": "2019"}

    asked = psw_client.post(address, day)

    assert asked.status_code == 422
    assert "5 November 2019 is more than a year ago" in asked.text
    observation.refresh_from_db()
    assert observation.observed_on != date(2019, 11, 5)

    psw_client.post(address, day | {"observed_on_sure": "2019-11-05", "base_revision": "1"})

    observation.refresh_from_db()
    assert observation.observed_on == date(2019, 11, 5)
    again = psw_client.post(address, day | {"base_revision": "2"})
    assert "Is that right" not in again.text


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["26", "2026"])
def test_a_year_of_two_digits_is_this_centurys_in_a_note(psw, psw_client, team, year):
    observation = ObservationFactory(observer=psw, unit=team, draft=True)
    today = team.today()
    day = {
        "observed_on_0": today.day,
        "observed_on_1": f"{today:%b}",
        "observed_on_2": f"{today:%y}",
    }

    psw_client.post(reverse("observations:section", args=[observation.key, "where"]), day)

    observation.refresh_from_db()
    assert observation.observed_on == today


@pytest.mark.django_db
def test_when_to_look_again_is_asked_about_where_it_is_over(psw, psw_client, team):
    observation = ObservationFactory(observer=psw, unit=team, shared=True)
    address = reverse("observations:conversation", args=[observation.key])
    sent = {"next_step": "Ask first.", "look_again_on_0": "5/11/1926"}

    asked = psw_client.post(address, sent)
    assert "5 November 1926 is in the past. Is that right?" in asked.text

    psw_client.post(address, sent | {"look_again_on_sure": "1926-11-05"})
    observation.refresh_from_db()
    assert observation.conversation.look_again_on == date(1926, 11, 5)


@pytest.mark.django_db
def test_a_kept_date_is_sent_again_with_its_tick():
    unit = UnitFactory()
    conversation = ConversationFactory(observation__unit=unit, look_again_on=date(1926, 11, 5))
    form = import_module("observations.notes.forms.life").ConversationForm

    again = form(QueryDict(as_typed(form(instance=conversation))), instance=conversation)

    assert again.is_valid()
    assert again.cleaned_data["look_again_on"] == date(1926, 11, 5)


@pytest.mark.django_db
def test_the_organisation_says_when_it_began(system_admin_client, organisation):
    told = {"name": organisation.name, "jurisdiction": "england", "began_on_0": "1 April 1974"}

    system_admin_client.post(reverse("people:unit", args=[organisation.pk]), told)

    organisation.refresh_from_db()
    assert organisation.began_on == date(1974, 4, 1)
    assert UnitFactory(parent=organisation).began == date(1974, 4, 1)


@pytest.mark.django_db
def test_an_organisation_can_not_begin_after_today(system_admin_client, organisation):
    year = timezone.localdate().year + 2
    told = {"name": organisation.name, "jurisdiction": "england", "began_on": f"{year}-04-01"}

    page = system_admin_client.post(reverse("people:unit", args=[organisation.pk]), told)

    assert "Type a date that is not after today" in page.text


def test_a_filter_of_the_log_stays_in_the_address():
    data = QueryDict(urlencode({"day_0": "5 Nov 26", "day_1": "", "day_2": ""}))

    assert form_of(looked_for)(data).is_valid()
