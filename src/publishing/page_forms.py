"""The form of every page of editors; apart from other forms because models are made with it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from .reserved import check_slug
from .rules import is_fixed


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
