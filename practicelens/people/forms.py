from zoneinfo import available_timezones

from crispy_forms.helper import FormHelper
from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.db.models import Exists, OuterRef, Q

from practicelens.days import DayField, ahead, ask_days_in, long_ago
from practicelens.people.models import Role, Unit, User
from practicelens.people.working_days import REGIONS


def helper(*fields, button):
    made = FormHelper()
    made.layout = Layout(*fields, Submit("save", button))
    return made


class UnitChoice(forms.ModelChoiceField):
    """A pick from the tree, each unit named with the one it is under."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"empty_label": "Choose a unit"})

    def label_from_instance(self, unit):
        return f"{unit}, {unit.parent}" if unit.parent else str(unit)


class PersonForm(forms.ModelForm):
    """Changes a person."""

    class Meta:
        model = User
        fields = ["name", "email", "post"]
        error_messages = {
            "name": {"required": "Give their name"},
            "email": {
                "required": "Give their email address",
                "unique": "Another account has this email address",
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("name", "email", "post", button="Save")

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class NewPersonForm(PersonForm):
    """Adds a person to one of the organisations given; of only one, nobody is asked which."""

    organisation = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the organisation that they belong to"},
    )

    kind = forms.ChoiceField(required=False, label="Role")
    unit = UnitChoice(
        required=False,
        queryset=Unit.objects.none(),
        help_text="The role holds there and in everything below.",
    )

    def __init__(self, *args, organisations, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.only = organisations[0] if len(organisations) == 1 else None
        self.fields["kind"].choices = [("", "No role yet"), *Role.Kind.choices]
        self.fields["unit"].queryset = units.filter(closed_on=None).order_by("name")
        fields = ["name", "email", "post", "kind", "unit"]
        if self.only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations
            fields.append("organisation")
        self.helper = helper(*fields, button="Add this person")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") and not cleaned.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "Choose the unit on which they hold the role")
        if cleaned.get("unit") and not cleaned.get("kind"):
            self.add_error("kind", "Choose the role that they hold on the unit")
        return cleaned

    @property
    def role(self):
        """The role that goes with it, as `give_role` takes it; or None."""
        given = {name: self.cleaned_data[name] for name in ("kind", "unit")}
        return given if given["kind"] else None

    @property
    def chosen(self):
        """The organisation that the person is to belong to."""
        return self.only or self.cleaned_data["organisation"]


class PeopleFilter(forms.Form):
    """Narrows the list of people by what is in the address."""

    q = forms.CharField(required=False, label="Name or email")
    role = forms.ChoiceField(required=False, label="Role", choices=[("", "Any role")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "Any role"), *Role.Kind.choices]
        self.fields["q"].widget.attrs["class"] = "govuk-input"
        self.fields["role"].widget.attrs["class"] = "govuk-select"

    def filter(self, people):
        self.is_valid()
        words, kind = self.cleaned_data.get("q"), self.cleaned_data.get("role")
        if words:
            people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
        if kind:
            held = Role.objects.held().filter(user=OuterRef("pk"), kind=kind)
            people = people.filter(Exists(held))
        return people


class RoleForm(forms.ModelForm):
    """A role for one person, in one of the units given."""

    class Meta:
        model = Role
        fields = ["kind", "unit"]
        labels = {"kind": "Role"}
        field_classes = {"unit": UnitChoice}
        widgets = {"kind": forms.RadioSelect}
        help_texts = {"unit": "The role counts there and in everything below."}
        error_messages = {
            "kind": {"required": "Choose a role"},
            "unit": {"required": "Choose a unit"},
        }

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Role.Kind.choices
        self.fields["unit"].queryset = units.filter(closed_on=None).order_by("name")
        self.helper = helper("kind", "unit", button="Give this role")


class MoveRoleForm(forms.Form):
    """Where someone goes with a role that they hold."""

    unit = UnitChoice(
        queryset=Unit.objects.none(),
        label="To",
        error_messages={"required": "Choose a unit", "invalid_choice": "Choose a unit"},
    )

    def __init__(self, *args, role, units, **kwargs):
        super().__init__(*args, **kwargs)
        others = units.filter(closed_on=None).exclude(pk=role.unit_id)
        self.fields["unit"].queryset = others.order_by("name")
        self.helper = helper("unit", button="Move them")


class LastDayForm(forms.Form):
    """The last day on which a person works here; empty if they stay."""

    last_day = DayField(
        of=ahead,
        required=False,
        label="Their last day",
        help_text="All their roles end after it. Leave it empty if they stay.",
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        ask_days_in(self, person.organisation)
        self.helper = helper("last_day", button="Save")


def possible_parents(units):
    return units.filter(closed_on=None).exclude(kind=Unit.Kind.TEAM).order_by("name")


USUAL_ZONES = {
    "Europe/London": "United Kingdom",
    "Pacific/Auckland": "Aotearoa New Zealand",
    "Pacific/Chatham": "Rēkohu Chatham Islands",
}


def zone_choices():
    others = sorted(available_timezones() - USUAL_ZONES.keys())
    return [*USUAL_ZONES.items(), ("Elsewhere", [(zone, zone) for zone in others if "/" in zone])]


class WhereUnitIs(forms.ModelForm):
    """Which day and hour it is there, and on which days nobody works."""

    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="Days and times there are told in it.",
        required=False,
    )
    region = forms.ChoiceField(
        label="Regional anniversary day",
        help_text="In Aotearoa New Zealand. No working day falls on it.",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        as_above = "As the unit it stands under"
        if self.instance.kind == Unit.Kind.ORGANISATION:
            as_above = "That of its jurisdiction"
        self.fields["time_zone"].choices = [("", as_above), *zone_choices()]
        none = "None" if self.instance.kind == Unit.Kind.ORGANISATION else as_above
        self.fields["region"].choices = [("", none), *REGIONS.items()]


class UnitForm(WhereUnitIs):
    """Adds a unit under one of the units given."""

    class Meta:
        model = Unit
        fields = ["name", "code", "kind", "parent", "jurisdiction", "time_zone", "region"]
        labels = {"parent": "Stands under"}
        field_classes = {"parent": UnitChoice}
        help_texts = {
            "code": "Small letters, digits and hyphens, such as first-response. It stays.",
        }
        error_messages = {
            "name": {"required": "Give its name"},
            "code": {"required": "Give a short code"},
            "parent": {"required": "Choose the unit that this one stands under"},
        }

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        # An organisation is the top of a tree, and is set up with it.
        self.fields["kind"].choices = [
            choice for choice in Unit.Kind.choices if choice[0] != Unit.Kind.ORGANISATION
        ]
        self.fields["parent"].queryset = possible_parents(units)
        self.fields["parent"].required = True
        inherits(self.fields["jurisdiction"])
        self.order_fields(self.Meta.fields)
        self.helper = helper(*self.fields, button="Add this unit")

    def clean(self):
        """A short code is of one unit in an organisation; another's may have the same."""
        cleaned = super().clean()
        code, parent = cleaned.get("code"), cleaned.get("parent")
        if parent and not cleaned.get("jurisdiction"):
            cleaned["jurisdiction"] = parent.jurisdiction
        if parent and Unit.objects.filter(organisation=parent.organisation_id, code=code).exists():
            self.add_error("code", "Another unit has this short code")
        return cleaned


def inherits(field):
    field.choices = [("", "As the unit that it stands under"), *Unit.Jurisdiction.choices]


class RenameUnitForm(WhereUnitIs):
    """What a unit is called and where it is; of an organisation also when it began."""

    began_on = DayField(
        of=long_ago,
        label="When did it begin?",
        help_text="Leave it empty if it is not known. A date before it is asked about.",
        required=False,
    )

    class Meta:
        model = Unit
        fields = ["name", "jurisdiction", "time_zone", "region", "began_on"]
        error_messages = {"name": {"required": "Give its name"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_days_in(self, self.instance)
        if self.instance.kind != Unit.Kind.ORGANISATION:
            del self.fields["began_on"]
        if self.instance.parent:
            inherits(self.fields["jurisdiction"])
        else:
            self.fields["jurisdiction"].choices = Unit.Jurisdiction.choices
            self.fields["jurisdiction"].required = True
        self.order_fields(self.Meta.fields)
        self.helper = helper(*self.fields, button="Save")

    def clean_jurisdiction(self):
        return self.cleaned_data["jurisdiction"] or self.instance.parent.jurisdiction

    def clean_began_on(self):
        day = self.cleaned_data["began_on"]
        if day and day > self.instance.today():
            raise forms.ValidationError("Type a date that is not after today")
        return day


class MoveUnitForm(forms.Form):
    """Where a unit may go: anywhere but to itself and what is under it."""

    parent = UnitChoice(
        queryset=Unit.objects.none(),
        label="Stands under",
        error_messages={
            "required": "Choose the unit that this one is under",
            "invalid_choice": "This unit can't be there",
        },
    )

    def __init__(self, *args, unit, units, **kwargs):
        super().__init__(*args, **kwargs)
        below = Unit.objects.below(unit).values("pk")
        own = possible_parents(units).filter(organisation=unit.organisation_id)
        self.fields["parent"].queryset = own.exclude(pk__in=below)
        self.helper = helper("parent", button="Move")
