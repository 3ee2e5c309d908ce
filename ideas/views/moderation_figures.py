"""Moderation in figures, for the City's agents."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from theme.charts import Series

from ..selectors.moderation_figures import moderation_figures
from .gate import screen, signed_in


@require_safe
@screen
@signed_in
def figures(request):
    """What was read, kept, removed and shown again: counts of texts, never of people."""
    if not request.viewer.is_agent:
        raise PermissionDenied(_("These figures are for the City's agents."))
    found = moderation_figures()
    tables = [
        (_("What was decided"), _("Decision"), found.outcomes),
        (_("Why texts were removed"), _("Reason"), found.reasons),
        (_("Texts read, month by month"), _("Month"), found.months),
        (_("Objections of authors"), _("Answer"), found.objections),
    ]
    context = {
        "nav_key": "ideas",
        "figures": found,
        "tables": [
            {
                "caption": caption,
                "columns": [{"label": column}, {"label": _("Texts"), "numeric": True}],
                "rows": [[label, str(count)] for label, count in table.rows],
                "series": Series(caption, table.rows) if len(table.rows) > 1 else None,
            }
            for caption, column, table in tables
        ],
    }
    return render(request, "ideas/moderation_figures.html", context)
