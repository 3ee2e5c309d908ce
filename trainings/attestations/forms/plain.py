"""What forms of this room have in common."""

from django import forms


class PlainForm(forms.Form):
    """Our own words for what is missing, and no sign after labels."""

    use_required_attribute = False
    hide_optional = True

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
