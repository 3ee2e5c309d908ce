"""Several rows chosen in a form, whatever was posted in the place of their keys."""

from django import forms
from django.core.exceptions import ValidationError

from .numbers import whole


class SeveralField(forms.ModelMultipleChoiceField):
    """Django's own asks the database for a number of any length, and fails; here it is refused in a sentence."""

    def _check_values(self, value):
        for one in value if isinstance(value, (list, tuple)) else []:
            if whole(str(one)) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(one)[:20]}
                )
        return super()._check_values(value)
