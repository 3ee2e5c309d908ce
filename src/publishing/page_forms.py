"""The form of every page of editors; apart from other forms because models are made with it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from . import checks
from .reserved import check_slug
from .rules import is_fixed

# The buttons of Wagtail that show the page to others.
COMES_OUT = {"action-publish", "action-submit", "action-restart-workflow"}


class TerrainPageForm(WagtailAdminPageForm):
    """The form of every page: just under the home page, an address of the product is refused in words."""

    def clean(self):
        cleaned = super().clean()
        if self.parent_page is not None and self.parent_page.depth == 2 and cleaned.get("slug"):
            try:
                check_slug(cleaned["slug"])
            except ValidationError as error:
                self.add_error(None, error)
        if self.instance.pk and is_fixed(self.instance) and "slug" in self.changed_data:
            self.add_error("slug", _("The footer leads to this address: it can't be changed."))
        return cleaned

    def _post_clean(self):
        """A page that shuts somebody out is kept, and neither comes out nor goes for review."""
        super()._post_clean()
        if COMES_OUT & set(self.data):
            for words in checks.blocking(self.instance):
                self.add_error(None, words)
