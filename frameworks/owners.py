"""Whose a new row is to be: a form that those of several rooms begin with."""

from django import forms
from django.db.models import OuterRef, Subquery

from practicelens.people.models import Unit, UnitReach
from practicelens.people.permissions import Act


class OwnerForm(forms.Form):
    """Whose a new row is to be."""

    unit = forms.ModelChoiceField(
        label="Whose it is",
        queryset=Unit.objects.none(),
        empty_label=None,
        error_messages={"required": "Choose whose it is", "invalid_choice": "Choose whose it is"},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        kept = Unit.objects.where(user, Act.KEEP_FRAMEWORKS)
        above = UnitReach.objects.filter(below=OuterRef("pk")).order_by("-steps")
        # The highest first: what is shared is mostly the whole organisation's.
        depth = Subquery(above.values("steps")[:1])
        self.fields["unit"].queryset = kept.order_by(depth, "name")
