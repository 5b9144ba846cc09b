"""Changes have an author and a time, none overwrites another unseen, and a deletion can be undone."""

import pytest
from django import forms

from frameworks import history
from frameworks.models import Change, Criterion, Domain, LevelDescription, Prompt
from tests.factories import (
    CriterionFactory,
    DomainFactory,
    FrameworkVersionFactory,
    PromptFactory,
)

pytestmark = pytest.mark.django_db


class DomainForm(forms.ModelForm):
    class Meta:
        model = Domain
        fields = ["name", "about"]


@pytest.fixture
def draft(organisation):
    return FrameworkVersionFactory(framework__unit=organisation, draft=True, bare=True)


@pytest.fixture
def domain(draft):
    return DomainFactory(version=draft, name="Being with the family")


def typed(domain, **data):
    fields = {"name": domain.name, "about": domain.about}
    form = DomainForm(fields | data, instance=Domain.objects.get(pk=domain.pk))
    assert form.is_valid()
    return form


def save(domain, by, base=0, **data):
    return history.save(form=typed(domain, **data), base=base, part_of=domain.version, by=by)


def test_a_change_says_who_and_from_what_to_what(domain, framework_admin):
    save(domain, framework_admin, name="Being alongside")

    change = Change.objects.get()
    assert (change.by, change.verb) == (framework_admin, "changed")
    assert change.before == {"name": "Being with the family"}
    assert change.after == {"name": "Being alongside"}
    assert list(history.history_of(domain.version)) == [change]


def test_saving_on_top_of_a_newer_save_is_refused_with_what_stands_there(domain, framework_admin):
    save(domain, framework_admin, name="Theirs")

    with pytest.raises(history.Meanwhile) as meanwhile:
        save(domain, framework_admin, base=0, name="Mine")

    assert meanwhile.value.row.name == "Theirs"
    assert meanwhile.value.change.by == framework_admin
    assert Domain.objects.get().name == "Theirs"


def test_saving_nothing_new_is_written_down_nowhere(domain, framework_admin):
    save(domain, framework_admin)

    assert not Change.objects.exists()


def test_a_deleted_domain_comes_back_with_all_that_hung_on_it(domain, framework_admin):
    criterion = CriterionFactory(domain=domain)
    PromptFactory(criterion=criterion)
    described = LevelDescription.objects.filter(criterion=criterion).count()
    before = list(Criterion.objects.values())

    change = history.delete(row=domain, part_of=domain.version, by=framework_admin)
    assert not Criterion.objects.exists()

    history.restore(change=change, part_of=domain.version, by=framework_admin)
    assert history.restore(change=change, part_of=domain.version, by=framework_admin) is None

    assert list(Criterion.objects.values()) == before
    assert Prompt.objects.filter(criterion=criterion).exists()
    assert LevelDescription.objects.filter(criterion=criterion).count() == described
    assert [each.verb for each in history.history_of(domain.version)] == ["restored", "deleted"]
