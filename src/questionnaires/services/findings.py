"""What an edition calls for, in an organiser's words; and those who ask to hear of a barometer."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import clock, journal, outbox

from .. import answering_findings
from ..models import Barometer, BarometerFollow, Edition, Finding, SynthesisFigure, TrackedQuestion
from .barometers import hold

LEAST_TEXT, MOST_TEXT = 10, 600
TOLD_TOPIC = "questionnaires.edition_told"


@transaction.atomic
def save_finding(
    *,
    actor=None,
    edition: Edition,
    text: str,
    tracked: TrackedQuestion | None = None,
    theme: SynthesisFigure | None = None,
    finding: Finding | None = None,
) -> Finding:
    """Write what an edition calls for: of a followed question, or of a theme of its published synthesis.

    Its words alone change afterwards. Refuses an edition whose figures aren't told, a question or a theme of another
    one, and a second finding of the same thing.
    """
    if not LEAST_TEXT <= len(text) <= MOST_TEXT:
        raise ValidationError(
            {"text": _("Say it in %(least)d to %(most)d characters.") % {"least": LEAST_TEXT, "most": MOST_TEXT}}
        )
    hold(edition.barometer)
    if finding is not None:
        finding.text = text
        finding.save(update_fields=["text"])
        _record("questionnaires.finding_changed", edition, actor, finding)
        return finding
    _check_subject(edition, tracked, theme)
    if Finding.objects.filter(edition=edition, tracked=tracked, theme=theme).exists():
        raise ValidationError({"subject": _("There is a finding of this already: change its words.")})
    made = Finding.objects.create(edition=edition, tracked=tracked, theme=theme, text=text, written_on=clock.today())
    _record("questionnaires.finding_written", edition, actor, made)
    return made


def _check_subject(edition: Edition, tracked, theme) -> None:
    if not edition.is_typed and not edition.questionnaire.is_told:
        raise ValidationError(_("Its results aren't told yet: nothing can be concluded."))
    if (tracked is None) == (theme is None):
        raise ValidationError({"subject": _("Choose a question, or a theme.")})
    if tracked is not None and tracked.barometer_id != edition.barometer_id:
        raise ValidationError({"subject": _("This question isn't one of this barometer's.")})
    if theme is not None and theme.table.synthesis.questionnaire_id != edition.questionnaire_id:
        raise ValidationError({"subject": _("This theme isn't one of this edition's.")})


@transaction.atomic
def remove_finding(*, actor=None, finding: Finding) -> None:
    """Take a finding away. Refuses while a measure answers it."""
    if answering_findings.references_of(finding):
        raise ValidationError(_("A measure answers this finding: take it off first."))
    _record("questionnaires.finding_removed", finding.edition, actor, finding)
    finding.delete()


def set_barometer_follow(*, barometer: Barometer, actor, wanted: bool) -> None:
    """Ask for news of a barometer, or for none. Asked ten times, one row. Refuses a visitor who isn't signed in."""
    viewer = as_viewer(actor)
    if not viewer.is_authenticated:
        raise PermissionDenied(_("Sign in to follow a barometer."))
    if wanted:
        BarometerFollow.objects.bulk_create(
            [BarometerFollow(barometer=barometer, user_id=viewer.user_id)], ignore_conflicts=True
        )
    else:
        BarometerFollow.objects.filter(barometer=barometer, user_id=viewer.user_id).delete()


def tell_due(now: datetime) -> int:
    """Tell those who follow a barometer that the figures of an edition came out; once an edition. How many."""
    due = Edition.objects.filter(told_at__isnull=True, questionnaire__release__isnull=False)
    told = 0
    for pk in due.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            if Edition.objects.filter(pk=pk, told_at__isnull=True).update(told_at=now):
                outbox.emit(TOLD_TOPIC, {"edition": pk}, key=f"{TOLD_TOPIC}:{pk}")
                told += 1
    return told


def _record(verb: str, edition: Edition, actor, finding: Finding) -> None:
    journal.record(
        verb,
        actor=actor,
        object_ref=f"barometer:{edition.barometer.reference}",
        payload={"edition": edition.number, "finding": finding.reference},
    )
