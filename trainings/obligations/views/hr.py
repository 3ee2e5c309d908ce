"""The first screen of human resources: obligations and how far they are, the state of the staff feed."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from src.directory.feed import staff_feed

from .. import after_version, following, rules
from ..forms.following import SearchForm
from .gate import common, followers, of_obligation


@require_safe
@followers
def listed(request):
    """Obligations, with how many people of one's branches stand where."""
    form = SearchForm(request.GET)
    asked = form.asked
    rows, page = following.obligations(request.viewer, asked, request.GET.get("page") or "")
    context = {
        **common(),
        "crumbs": None,
        "rows": rows,
        "filter_form": form,
        "asked": asked,
        "reset_url": request.path if asked else "",
        "next_page": _page(asked, page.next_cursor),
        "previous_page": _page(asked, page.previous_cursor),
        "prepares": rules.can_prepare(request.viewer),
        "feed": staff_feed(),
    }
    return render(request, "trainings_obligations/hr/list.html", context)


def _page(asked: dict, cursor: str) -> str:
    return "?" + urlencode({**asked, "page": cursor}) if cursor else ""


@require_safe
@of_obligation
def one(request, obligation):
    """One obligation: its terms, its rule in words, its counts, what may be done."""
    counts = following.counts_of(request.viewer, [obligation.pk])[obligation.pk]
    run = following.run_of(obligation.run_id)
    version = after_version.last_major(obligation) if obligation.is_active else None
    decisions = after_version.decisions_of(obligation)
    context = {
        **common(obligation),
        "crumbs": common()["crumbs"],
        "to_decide": version if version and version.pk not in {one.version_id for one in decisions} else None,
        "decisions": decisions,
        "followed": following.Followed(obligation, counts),
        "rules": following.told(following.rules_in_force(obligation)),
        "prepares": rules.can_prepare(request.viewer),
        "run": run if run is not None and (not run.is_finished or run.state == run.State.FAILED) else None,
        "run_words": run_words(run),
    }
    return render(request, "trainings_obligations/hr/one.html", context)


def run_words(run) -> str:
    """How far work in the background is, in words."""
    if run is None or not run.total:
        return ""
    return ngettext("%(done)d of %(total)d agent looked at", "%(done)d of %(total)d agents looked at", run.total) % {
        "done": run.done,
        "total": run.total,
    }
