"""Sheets kept past their printed date: their facilitators are told, then the administrators, week after week."""

from datetime import timedelta

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from src.directory.enums import Role
from src.directory.models import RoleGrant
from src.directory.selectors import acting
from src.foundations import clock
from src.foundations.ticking import on_tick
from src.notices.enums import Category
from src.notices.registry import Notice, register
from src.notices.services import send
from src.paper.enums import BatchState
from src.paper.models import Batch


class _Late(Notice):
    """A batch whose sheets should be gone. A legal duty: it is printed on each sheet."""

    category = Category.TASKS
    legal = True
    example = {
        "batch": "K7Q4M2",
        "place": "Dépôt des Tanneurs",
        "held_on": "2026-08-20",
        "destroy_by": "2026-11-18",
        "days": 7,
    }

    def subject(self, context):
        return _("Sheets to destroy, late: %(place)s") % context

    def about(self, context):
        return f"paper:{context['batch']}"

    def text(self, context):
        words = {**context, "held": _day(context["held_on"]), "due": _day(context["destroy_by"])}
        promised = _("The sheets gathered on %(held)s promise that they are destroyed by %(due)s.") % words
        late = ngettext("It is %(days)d day late.", "It is %(days)d days late.", context["days"]) % words
        return "\n\n".join((promised, late, str(self.ask)))


@register
class LateForFacilitators(_Late):
    code = "paper.late"
    audience = "staff"
    why = _("You are a facilitator of this place.")
    ask = _("Finish their second look if it isn't done, destroy them, then write it on the batch's page.")

    def url(self, context):
        return f"/papier/lots/{context['batch']}/"

    def action(self, context):
        return _("See the batch")


@register
class LateForAdministrators(_Late):
    code = "paper.late.administrators"
    audience = "staff"
    why = _("You administer the platform: a promise to people isn't kept.")
    ask = _(
        "Its facilitators were told and nothing was written. Name another facilitator for this place if they are away."
    )

    def url(self, context):
        return "/gestion/annuaire/roles/"

    def action(self, context):
        return _("See the roles")


@on_tick("paper.late", every=timedelta(hours=6))
def climb(now) -> None:
    """Tell facilitators the day after the printed date and each week; administrators from the second week on.

    Run twice, it tells nothing more; after an outage the present week alone is told.
    """
    today = clock.today()
    late = Batch.objects.exclude(state=BatchState.DESTROYED).filter(destroy_by__lt=today).select_related("unit")
    for batch in late.order_by("destroy_by", "pk"):
        days = (today - batch.destroy_by).days
        week = (days - 1) // 7
        context = {
            "batch": batch.reference,
            "place": batch.unit.name,
            "held_on": batch.held_on.isoformat(),
            "destroy_by": batch.destroy_by.isoformat(),
            "days": days,
        }
        key = f"paper.late:{batch.reference}:{week}"
        people = {person.pk for person in acting(Role.FACILITATOR, batch.unit)}
        send("paper.late", recipients=sorted(people), context=context, key=key)
        if days > settings.TERRAIN_SHEET_LATE_DAYS or not people:
            send("paper.late.administrators", recipients=_administrators(today), context=context, key=key + ":city")


def _administrators(today) -> list[int]:
    running = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, starts_on__lte=today, user__is_active=True)
    ended = running.filter(ends_on__lt=today)
    return sorted(set(running.exclude(pk__in=ended).values_list("user_id", flat=True)))


def _day(text: str) -> str:
    return date_format(parse_date(text), "DATE_FORMAT")
