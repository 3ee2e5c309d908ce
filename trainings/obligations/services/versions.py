"""After a new version of a training that is asked: what changed is asked, or what was done before holds less long."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal
from trainings.models import TrackVersion

from .. import after_version
from ..enums import AfterVersion
from ..models import Obligation, VersionDecision
from . import background
from .preparing import checked_preparer


@transaction.atomic
def decide_version(*, obligation: Obligation, version: TrackVersion, kind: str, day: date, actor) -> VersionDecision:
    """Decide once what a major version changes for those who did an older one; everybody is evaluated by a job.

    Refuses a second time, another training's version or one that isn't major, a day sooner than the longest notice of
    the rules or over ten years away, and to ask for what changed when no required module did.
    """
    checked_preparer(actor)
    held = Obligation.objects.select_for_update(of=("self",)).select_related("track").get(pk=obligation.pk)
    found = after_version.last_major(held)
    if not held.is_active or found is None or found.pk != version.pk:
        raise ValidationError(_("There is no new version to decide about."))
    if VersionDecision.objects.filter(obligation=held, version=version).exists():
        raise ValidationError(_("It was decided already for this version."))
    if refusal := after_version.refused_day(after_version.notice_of(held), day):
        raise ValidationError({"day": refusal})
    if kind == AfterVersion.CATCH_UP and not any(one.required for one in after_version.new_modules(version)):
        raise ValidationError({"kind": _("No module that counts has changed: there is nothing to catch up with.")})
    made = VersionDecision(
        obligation=held,
        version=version,
        kind=kind,
        day=day,
        decided_on=clock.today(),
        decided_by=getattr(actor, "user", actor),
    )
    made.full_clean()
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as taken:
        raise ValidationError(_("It was decided already for this version.")) from taken
    journal.record(
        "trainings.version_decided",
        actor=actor,
        object_ref=f"obligation:{held.reference}",
        payload={"version": version.number, "kind": str(kind), "day": day.isoformat()},
    )
    background.evaluate_later(obligation=held, actor=actor)
    obligation.run_id = held.run_id
    return made
