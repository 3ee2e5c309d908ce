"""The remarks on a page, beside the form that writes it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ChecksPanel(Panel):
    """What the last version saved would still gain; nothing for a page that is only begun."""

    def __init__(self, **options):
        options.setdefault("heading", _("Before it comes out"))
        super().__init__(**options)

    class BoundPanel(Panel.BoundPanel):
        template_name = "publishing/admin/checks.html"

        def is_shown(self):
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context=None):
            from . import checks  # it reads fields, which panels are declared beside

            remarks = checks.of_page(self.instance)
            context = super().get_context_data(parent_context)
            return {
                **context,
                "blocking": [remark.words for remark in remarks if remark.blocks],
                "hints": [remark.words for remark in remarks if not remark.blocks],
            }
