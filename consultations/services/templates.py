"""A dossier made with its space: the phase line drawn from the calendar, and what a template puts there first."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from src.foundations import clock
from src.participation.enums import ActivityPhase, PhaseVerb
from src.questionnaires.services import create_questionnaire

from ..enums import OpinionState
from ..models import ConsultationDossier, ConsultedBody, DossierPhase
from .site import install

DELIBERATES = timedelta(days=30)


@transaction.atomic
def prepare_dossier(space, *, actor=None, report_on: date, bodies=()) -> ConsultationDossier:
    """Make the dossier of a space, not published, with its phase line and an empty questionnaire to write.

    The line follows the calendar of the space: informing until it opens, collecting while it is open, deliberating
    for thirty days at most, the report on its promised day. Refuses a report promised before the answers close.
    """
    opens, closes = _collecting(space)
    if closes is None or report_on <= closes:
        raise ValidationError({"report_on": _("Promise the report for a day after the answers close.")})
    section = install()
    section.refresh_from_db()
    dossier = ConsultationDossier(
        title=space.name,
        slug=_free_slug(section, space.name),
        summary=space.summary,
        space=space,
        live=False,
        has_unpublished_changes=True,
        owner=actor,
    )
    steps = line(opens, closes, report_on)
    dossier.phases.set([DossierPhase(kind=kind, starts_on=first, ends_on=last) for kind, first, last in steps])
    dossier.bodies.set([ConsultedBody(name=name, state=OpinionState.SEIZED) for name in bodies])
    section.add_child(instance=dossier)
    dossier.save_revision(user=actor)
    create_questionnaire(actor=actor, space=space, title=space.name, introduction=space.summary)
    return dossier


def line(opens: date, closes: date, report_on: date) -> list[tuple]:
    """Steps with their first and last day, from the days answers open and close and the promise of a report."""
    today = clock.today()
    steps = [(ActivityPhase.COLLECT, opens, closes)]
    if opens > today:
        steps.insert(0, (ActivityPhase.INFORM, today, opens - timedelta(days=1)))
    after = closes + timedelta(days=1)
    if report_on > after:
        last = min(after + DELIBERATES, report_on) - timedelta(days=1)
        steps.append((ActivityPhase.DELIBERATE, after, last))
    return [*steps, (ActivityPhase.RESTITUTE, report_on, None)]


def dossier_of(space) -> ConsultationDossier | None:
    """The first dossier made on a space."""
    return ConsultationDossier.objects.filter(space=space).order_by("pk").first()


def _collecting(space) -> tuple[date | None, date | None]:
    """The first and the last day on which the calendar of the space takes answers."""
    phases = [phase for phase in space.phases.all() if PhaseVerb.ANSWER in phase.verbs]
    if not phases or any(phase.ends_at is None for phase in phases):
        return None, None
    opens = timezone.localdate(min(phase.starts_at for phase in phases))
    return opens, timezone.localdate(max(phase.ends_at for phase in phases) - timedelta(seconds=1))


def _free_slug(section, name: str) -> str:
    base = slugify(name)[:60].strip("-") or "dossier"
    taken = set(section.get_children().values_list("slug", flat=True)) | {"ressources"}
    if base not in taken:
        return base
    return next(f"{base}-{number}" for number in range(2, len(taken) + 3) if f"{base}-{number}" not in taken)
