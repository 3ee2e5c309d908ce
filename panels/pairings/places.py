"""Where before and after show in the rooms below: a tab of members, a line of the desk, a public section."""

from django.urls import reverse
from django.utils.translation import gettext as _

from panels.desk import Part
from panels.public_parts import PublicPart
from panels.workspace import Tab

from . import rules
from .models import Pairing


def _last(panel) -> Pairing | None:
    found = Pairing.objects.filter(panel=panel).select_related("before", "after")
    return found.order_by("-linked_at", "-pk").first()


def _said(one: Pairing) -> str:
    if one.is_told:
        return _("What changed is told.")
    if one.is_over:
        return _("Nothing is told.")
    if one.before.closed_at is None:
        return _("The first is open.")
    return _("The first is closed, the second isn’t open yet.") if one.after_id is None else _("The second is open.")


def tab(viewer, panel) -> Tab | None:
    """Nothing for a member where nothing is asked twice."""
    one = _last(panel)
    if one is None and not (rules.may_run(viewer, panel) and rules.is_at_work(panel)):
        return None
    said = _said(one) if one else _("The same questions, at the beginning and at the end.")
    url = reverse("panel_pairings:inside", kwargs={"slug": panel.slug})
    return Tab("pairings", _("Before and after"), url, said, icon="chart-column")


def part(viewer, panel) -> Part | None:
    """The line of the desk, for who runs the panel."""
    if not rules.is_at_work(panel) or not rules.may_run(viewer, panel):
        return None
    one = _last(panel)
    said = _said(one) if one else _("The same questions, at the beginning and at the end.")
    url = reverse("panel_pairings:inside", kwargs={"slug": panel.slug})
    return Part(_("Before and after"), url, said, icon="chart-column")


def public(viewer, panel) -> PublicPart | None:
    """Where what changed is read."""
    if not Pairing.objects.filter(panel=panel, ending="told").exists():
        return None
    url = reverse("panel_pairings:told", kwargs={"slug": panel.slug})
    return PublicPart("panel_pairings/public_part.html", {"url": url})
