"""A framework for people outside: who gets it, and what they get."""

import io
import re
from datetime import date, timedelta

import pikepdf
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from frameworks.models import Change, FrameworkVersion
from frameworks.outside import page as outside
from practicelens import typesetting
from practicelens.audit.models import Entry
from tests.factories import (
    FrameworkFactory,
    FrameworkVersionFactory,
    SecondLanguageFactory,
    SecondWordingFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
ALL = ["outside", "outside_pdf"]


@pytest.fixture
def framework(organisation):
    return FrameworkFactory(unit=organisation, code="ours", name="Our way", is_open=True)


@pytest.fixture
def version(framework):
    return FrameworkVersionFactory(framework=framework)


def at(name, *args):
    return reverse(f"frameworks:{name}", args=["ours", *args])


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def paper(response):
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def words_of(reader):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def close(framework):
    framework.is_open = False
    framework.save()


# Who gets it


def test_anyone_reads_an_open_framework_without_signing_in(client, version):
    page = text_of(client.get(at("outside")))

    assert "Our way" in page
    assert "1.2 Criterion 1.2" in page
    assert "What happened, and what shows it?" in page
    assert "Version 1." in page
    assert "In use since 1 January 2024" in page
    assert "speaks of practice, not of people" in page
    assert "http://testserver/framework/ours/outside/" in page


@pytest.mark.parametrize("name", ALL)
def test_a_closed_one_is_not_there_for_people_outside(client, stranger_client, version, name):
    close(version.framework)

    assert client.get(at(name)).status_code == 404
    assert client.get(at(name.replace("outside", "outside_version"), 1)).status_code == 404
    assert stranger_client.get(at(name)).status_code == 404


def test_those_who_may_read_it_see_it_beforehand_and_are_told_so(practitioner_client, version):
    close(version.framework)

    page = text_of(practitioner_client.get(at("outside")))

    assert "Nobody outside can read this" in page
    assert "/framework/ours/outside/</span>" not in page


def test_an_open_one_says_nothing_of_being_closed(practitioner_client, version):
    assert "Nobody outside can read this" not in text_of(practitioner_client.get(at("outside")))


@pytest.mark.parametrize("name", ["outside_version", "outside_version_pdf"])
@pytest.mark.parametrize("who", ["client", "framework_admin_client"])
def test_a_draft_is_shown_to_nobody(request, version, name, who):
    FrameworkVersionFactory(framework=version.framework, draft=True)

    assert request.getfixturevalue(who).get(at(name, 2)).status_code == 404


@pytest.mark.parametrize("name", ALL)
def test_a_framework_that_was_never_published_has_nothing_to_show(client, framework, name):
    FrameworkVersionFactory(framework=framework, draft=True)

    assert client.get(at(name)).status_code == 404


def test_what_is_not_yet_in_use_waits_for_its_day(client, practitioner_client, framework):
    later = TODAY + timedelta(days=3)
    FrameworkVersionFactory(framework=framework, retired_on=later)
    FrameworkVersionFactory(framework=framework, effective_on=later)

    assert "Version 1." in text_of(client.get(at("outside")))
    assert client.get(at("outside_version", 2)).status_code == 404
    assert "In use from" in text_of(practitioner_client.get(at("outside_version", 2)))


def test_the_address_always_shows_the_version_in_use_today(client, framework):
    FrameworkVersionFactory(framework=framework, retired_on=TODAY)
    FrameworkVersionFactory(framework=framework, effective_on=TODAY)

    assert "Version 2." in text_of(client.get(at("outside")))
    assert "version 2" in words_of(paper(client.get(at("outside_pdf"))))


def test_an_earlier_version_says_until_when_it_was_used_and_leads_to_todays(client, framework):
    FrameworkVersionFactory(framework=framework, retired_on=date(2026, 3, 1))
    FrameworkVersionFactory(framework=framework, effective_on=date(2026, 3, 1))

    page = text_of(client.get(at("outside_version", 1)))

    assert "In use from 1 January 2024 to 1 March 2026" in page
    assert "Read the version in use today" in page


def test_when_none_is_in_use_only_the_numbered_address_is_left(client, framework):
    FrameworkVersionFactory(framework=framework, retired_on=TODAY)

    assert client.get(at("outside")).status_code == 404
    assert "Read the version in use today" not in text_of(client.get(at("outside_version", 1)))


def test_no_person_is_named(client, version):
    page = text_of(client.get(at("outside")))

    assert version.published_by.name not in page
    assert version.published_by.email not in page


def test_nothing_of_the_reader_stands_round_it(framework_admin_client, version):
    assert 'aria-label="Main"' not in text_of(framework_admin_client.get(at("outside")))


@pytest.mark.parametrize("name", ALL)
def test_search_engines_are_asked_to_leave_it_out_and_nothing_keeps_it(client, version, name):
    response = client.get(at(name))

    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_it_is_in_the_language_of_where_it_is_from(client):
    there = UnitFactory(organisation=True, jurisdiction="aotearoa")
    FrameworkVersionFactory(framework__unit=there, framework__code="ours", framework__is_open=True)

    assert '<html lang="en-NZ"' in text_of(client.get(at("outside")))
    with pikepdf.open(io.BytesIO(client.get(at("outside_pdf")).content)) as opened:
        assert opened.Root.Lang == "en-NZ"


def test_the_levels_are_folded_away(client, version):
    page = text_of(client.get(at("outside")))

    assert page.count("<details") == 3
    assert "<details open" not in page
    assert "There was an opening and nobody took it." in page


# Opening and closing it


def test_an_admin_is_told_what_is_shown_before_opening_it(framework_admin_client, version):
    close(version.framework)

    page = text_of(framework_admin_client.get(at("open_outside")))

    assert "They never see" in page
    assert "http://testserver/framework/ours/outside/" in page


def test_an_admin_opens_it_and_closes_it_at_once(
    client, framework_admin_client, framework_admin, version
):
    close(version.framework)

    framework_admin_client.post(at("open_outside"), {"base": 0, "is_open": "True"})
    assert client.get(at("outside")).status_code == 200
    assert client.get(at("outside_pdf")).status_code == 200

    framework_admin_client.post(at("open_outside"), {"base": 1, "is_open": ""})
    assert client.get(at("outside")).status_code == 404
    assert client.get(at("outside_pdf")).status_code == 404

    changes = Change.objects.order_by("pk")
    assert [change.fields for change in changes] == [
        [("Is open", "No", "Yes")],
        [("Is open", "Yes", "No")],
    ]
    assert {change.by for change in changes} == {framework_admin}
    assert Entry.objects.filter(what="framework", by=framework_admin).count() == 2


def test_opening_what_is_open_is_written_down_nowhere(framework_admin_client, version):
    framework_admin_client.post(at("open_outside"), {"base": 0, "is_open": "True"})

    assert not Change.objects.exists()
    assert not Entry.objects.exists()


def test_what_another_admin_changed_meanwhile_is_shown_first(
    framework_admin_client, framework_admin, version
):
    close(version.framework)
    framework_admin_client.post(at("open_outside"), {"base": 0, "is_open": "True"})

    response = framework_admin_client.post(at("open_outside"), {"base": 0, "is_open": ""})

    assert response.status_code == 409
    assert f"{framework_admin} changed the framework" in response.content.decode()
    version.framework.refresh_from_db()
    assert version.framework.is_open


def test_those_who_only_read_it_may_not_open_it(psw_client, version):
    close(version.framework)

    assert psw_client.get(at("open_outside")).status_code == 403
    assert psw_client.post(at("open_outside"), {"base": 0, "is_open": "on"}).status_code == 403


def test_its_page_shows_the_address_to_all_who_read_it_and_the_button_to_its_admins(
    psw_client, framework_admin_client, version
):
    read = text_of(psw_client.get(at("framework")))
    kept = text_of(framework_admin_client.get(at("framework")))

    for page in (read, kept):
        assert "http://testserver/framework/ours/outside/" in page
    assert "Close it to people outside" in kept
    assert "Close it to people outside" not in read


def test_a_closed_one_offers_nothing_to_those_who_only_read(psw_client, version):
    close(version.framework)

    assert "For people outside" not in text_of(psw_client.get(at("framework")))


def test_change_notes_lead_to_the_outside_page_of_an_open_framework(psw_client, version):
    assert at("outside_version", 1) in text_of(psw_client.get(reverse("frameworks:change_notes")))

    close(version.framework)
    page = text_of(psw_client.get(reverse("frameworks:change_notes")))
    assert at("outside_version", 1) not in page


# The paper


@pytest.fixture
def shipped(organisation, framework_admin):
    """The framework that comes with PracticeLens, opened."""
    publish = ["--publish-as", framework_admin.email, "--effective-on", "2026-01-05"]
    call_command("load_starters", "--unit", organisation.code, *publish, stdout=io.StringIO())
    version = FrameworkVersion.objects.for_reading().get(framework__code="working-alongside")
    version.framework.is_open = True
    version.framework.save()
    return version


def test_the_shipped_framework_takes_two_pages_and_loses_nothing(client, shipped):
    response = client.get(reverse("frameworks:outside_pdf", args=["working-alongside"]))
    read = paper(response)
    words = words_of(read)

    assert len(read.pages) == 2
    assert 'filename="working-alongside-version-2.pdf"' in response.headers["Content-Disposition"]
    for domain in shipped.domains.all():
        assert domain.name in words
        for criterion in domain.criteria.all():
            assert f"{criterion.code} {criterion.name}" in words
            assert criterion.look_for in words


def test_the_paper_is_tagged_and_has_its_title_and_language(client, shipped):
    response = client.get(reverse("frameworks:outside_pdf", args=["working-alongside"]))

    with pikepdf.open(io.BytesIO(response.content)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.Lang == "en-GB"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Working alongside, version 2"


@pytest.mark.parametrize(
    "name", ["Whakawhanaungatanga: kōrero, Ōtaki", "#panic(1) $x^2$ *b* _i_ @ref", "= H <u>"]
)
def test_words_are_read_back_as_they_were_written(client, version, name):
    version.framework.name = name
    version.framework.save()

    assert name in words_of(paper(client.get(at("outside_pdf"))))


def test_a_paper_is_set_once_and_kept(client, version, monkeypatch):
    cache.clear()
    first = client.get(at("outside_pdf")).content
    set_again = []
    monkeypatch.setattr(typesetting, "pdf", lambda *args, **how: set_again.append(args))

    assert client.get(at("outside_pdf")).content == first
    assert set_again == []


def test_a_framework_that_was_renamed_gets_a_new_paper(client, version):
    client.get(at("outside_pdf"))
    version.framework.name = "Another name"
    version.framework.save()

    assert "Another name" in words_of(paper(client.get(at("outside_pdf"))))


def test_a_paper_that_nobody_outside_may_get_gives_no_address(version):
    assert outside.told(version, "")["address"] == ""
    assert b"%PDF" in outside.pdf(version, "")[:8]


def test_a_criterion_with_nothing_but_its_name_is_a_paper_too(client, framework, framework_admin):
    version = FrameworkVersionFactory(framework=framework, draft=True)
    for criterion in version.criteria.all():
        criterion.level_descriptions.all().delete()
    version.criteria.update(missed="")
    version.published_at, version.published_by = timezone.now(), framework_admin
    version.save()

    words = words_of(paper(client.get(at("outside_pdf"))))
    assert "1.1 Criterion 1.1" in words
    assert "Opportunity missed" not in words


# In a second language


@pytest.fixture
def language(version):
    language = SecondLanguageFactory(version=version)
    words = {
        "Our way": "Tā mātou ara",
        "Criterion 1.1": "Te mea <tuatahi>, *ā* #ō",
        "Strong example": "He tauira pai",
    }
    for first, second in words.items():
        SecondWordingFactory(language=language, first=first, second=second)
    return language


def test_an_address_is_read_in_the_language_that_it_names(client, language):
    first = text_of(client.get(at("outside")))
    second = text_of(client.get(at("outside"), {"in": "mi"}))

    assert f'href="{at("outside")}?in=mi" hreflang="mi" lang="mi"' in first
    assert "mātou" not in first
    assert '<span lang="mi" dir="auto">Tā mātou ara</span>' in second
    assert "Te mea &lt;tuatahi&gt;, *ā* #ō" in second
    assert "Criterion 1.2 <span" in second
    assert "texts here are not in" in second
    assert f"{at('outside')}?in=mi</span>" in second
    assert f"{at('outside_pdf')}?in=mi" in second


def test_an_address_in_a_language_that_is_not_there_says_so(client, version):
    page = text_of(client.get(at("outside"), {"in": "cy<b>"}))

    assert "not in the language that the address asks for (“cy&lt;b&gt;”)" in page
    assert "Our way" in page


def test_what_a_reader_chose_elsewhere_is_not_what_an_address_shows(psw_client, psw, language):
    psw.reads_in = "mi"
    psw.save()

    assert "mātou" not in text_of(psw_client.get(at("outside")))


def test_the_paper_says_which_words_are_in_which_language(client, language):
    response = client.get(at("outside_pdf"), {"in": "mi"})

    words = words_of(paper(response))
    assert "Te mea <tuatahi>, *ā* #ō" in words
    assert "Criterion 1.2*" in words
    assert re.search(r"\d+ of the framework’s \d+ texts here are not in te reo Māori yet", words)
    assert response.headers["Content-Disposition"].endswith('ours-version-1-mi.pdf"')
    assert b"/Lang (mi)" in tags_of(response)


def tags_of(response):
    """The paper's objects, unpacked."""
    unpacked = io.BytesIO()
    with pikepdf.open(io.BytesIO(response.content)) as opened:
        opened.save(
            unpacked,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return unpacked.getvalue()
