"""Coverage in steps: for equality referents in their units, and for everybody by direction."""

from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from .. import rules, selectors
from .gate import NAV, crumbs, gate, referents


def _share(told) -> str:
    if not told.is_told:
        return _("too few people to be told")
    if told.high == 100:
        return _("%(low)d %% or more") % {"low": told.low}
    if told.low == 0:
        return _("less than %(high)d %%") % {"high": told.high}
    return _("between %(low)d and %(high)d %%") % {"low": told.low, "high": told.high}


def _table(table: selectors.ToldTable) -> dict:
    whole = selectors.ToldRow(_("Everybody"), table.whole) if table.whole is not None else None
    rows = [*table.rows, *([whole] if whole else [])]
    return {
        "title": table.title,
        "month": table.month,
        "columns": [
            {"label": pgettext("column", "Place")},
            {"label": pgettext("coverage", "Trained")},
            {"label": pgettext("coverage", "Agents asked, about"), "numeric": True},
        ],
        "rows": [
            [
                row.name,
                _share(row.told),
                number_format(row.told.asked, force_grouping=True) if row.told.is_told else "–",
            ]
            for row in rows
        ],
        "whole": _share(table.whole) if table.whole is not None else "",
    }


@require_safe
@referents
def referent(request):
    """Each mandatory training in the units one looks after."""
    tables = [_table(one) for one in selectors.for_referent(request.viewer)]
    context = {"nav_key": NAV, "crumbs": crumbs(), "tables": tables}
    return render(request, "trainings_coverage/referent.html", context)


@require_safe
@gate.tells
def trained(request):
    """« Agents formés », for everybody: by direction, once a month, in steps."""
    context = {
        "tables": [_table(one) for one in selectors.published()],
        "follows": rules.can_follow(request.viewer),
    }
    return render(request, "trainings_coverage/trained.html", context)
