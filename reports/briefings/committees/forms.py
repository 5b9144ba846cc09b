from django import forms

from practicelens.days import DayField, ahead, ask_days_in
from practicelens.forms import helper


class CommitteeDateForm(forms.Form):
    """When a committee meets, and when its papers are due: a weekend or a holiday is asked about."""

    committee = forms.CharField(
        label="Which committee?",
        help_text="Such as: Children’s scrutiny committee.",
        max_length=100,
        error_messages={"required": "Type the name of the committee"},
    )
    meets_on = DayField(
        of=ahead,
        is_for_work=True,
        label="When does it meet?",
        error_messages={"required": "Type the day on which it meets"},
    )
    papers_on = DayField(
        of=ahead,
        is_for_work=True,
        label="When are its papers due?",
        error_messages={"required": "Type the day on which its papers are due"},
    )

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        ask_days_in(self, unit)
        self.helper = helper("committee", "meets_on", "papers_on")

    def clean(self):
        given = super().clean()
        meets_on, papers_on = given.get("meets_on"), given.get("papers_on")
        if meets_on and papers_on and papers_on > meets_on:
            self.add_error("papers_on", "The papers are due before the committee meets")
        return given
