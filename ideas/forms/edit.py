"""Correcting a text already sent."""

from django.utils.translation import gettext_lazy as _

from .propose import TextRules


class EditForm(TextRules):
    """The same two fields, under the same rules; what was typed replaces what is shown."""

    field_order = ["title", "body"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = ""
        self.fields["title"].widget.attrs.pop("data-title-from", None)
        self.fields["body"].label = _("Your idea")
        self.fields["body"].help_text = ""
        self.fields["body"].widget.attrs["rows"] = 8
