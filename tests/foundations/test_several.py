"""Several rows chosen: a key that is no key is refused in words, whatever its length."""

import pytest
from django import forms

from src.directory.models import Unit
from src.foundations.several import SeveralField
from tests.factories.directory import UnitFactory

pytestmark = pytest.mark.django_db


class ChosenForm(forms.Form):
    units = SeveralField(queryset=Unit.objects.all())


@pytest.mark.parametrize("typed", ["9" * 30, "9" * 5_000, "²", "x", "1.5", "-1", ""])
def test_what_is_no_key_is_refused_and_the_others_are_taken(typed):
    unit = UnitFactory()

    refused, taken = ChosenForm({"units": [str(unit.pk), typed]}), ChosenForm({"units": [str(unit.pk)]})

    assert not refused.is_valid() and refused.errors.as_data()["units"][0].code == "invalid_choice"
    assert taken.is_valid() and list(taken.cleaned_data["units"]) == [unit]
