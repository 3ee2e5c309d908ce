"""Amendments: other words proposed for a draft, supported by members, and what became of each, with its reason."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panels.rules import may_run, refuse_unless
from panels.services.preparing import WrongState
from panels.services.recording import record
from src.foundations import clock

from ..enums import AmendmentState
from ..models import Amendment, AmendmentSupport, Recommendation
from ..models.drafting import MOST_REASON, MOST_TEXT
from .drafting import add_version
from .gates import held_draft, sitting, worded, writer

ENDINGS = (AmendmentState.ACCEPTED, AmendmentState.MERGED, AmendmentState.REJECTED)


@transaction.atomic
def propose(*, actor, recommendation: Recommendation, text: str, why: str, for_table: str = "") -> Amendment:
    """Propose other words for a draft, and say why. Members, or the team for a table."""
    held = held_draft(recommendation)
    who = writer(actor, held.panel, for_table)
    last = held.versions.last()
    said = worded("text", text, MOST_TEXT)
    if said == last.text:
        raise ValidationError({"text": _("Nothing changes in these words.")})
    number = (held.amendments.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Amendment.objects.create(
        recommendation=held,
        number=number,
        on_version=last,
        text=said,
        why=worded("why", why, MOST_REASON, missing=_("Write why.")),
        created_at=clock.now(),
        **who,
    )
    record("amendment_proposed", held.panel, actor=actor, about=f"recommendation:{held.number}/{number}")
    return made


@transaction.atomic
def support(*, actor, amendment: Amendment, agrees: bool = True) -> None:
    """Agree with an amendment under discussion, or no longer. Members alone; twice changes nothing."""
    held = _open(amendment)
    member = sitting(actor, held.recommendation.panel)
    if agrees:
        AmendmentSupport.objects.get_or_create(amendment=held, membership=member)
    else:
        AmendmentSupport.objects.filter(amendment=held, membership=member).delete()


@transaction.atomic
def decide(*, actor, amendment: Amendment, outcome: str, reason: str, text: str = "") -> Amendment:
    """Write what the panel decided of an amendment, with its reason; the team types it.

    Accepted, its words are the next version; merged, those of ``text`` are, made of it and of others; rejected,
    nothing changes. Refuses to accept one written on a former version: its words would undo what came since.
    """
    held = _open(amendment)
    recommendation = held.recommendation
    refuse_unless(may_run(actor, recommendation.panel))
    if outcome not in ENDINGS:
        raise ValidationError({"outcome": _("Choose what becomes of it.")})
    said = worded("reason", reason, MOST_REASON, missing=_("Write why: whoever proposed it reads it."))
    last = recommendation.versions.last()
    if outcome == AmendmentState.ACCEPTED and held.on_version_id != last.pk:
        raise ValidationError(
            {"outcome": _("The draft changed since: merge it, so that nothing written meanwhile is lost.")}
        )
    if outcome != AmendmentState.REJECTED:
        words = held.text if outcome == AmendmentState.ACCEPTED else worded("text", text, MOST_TEXT)
        if words == last.text:
            raise ValidationError({"text": _("Nothing changes in these words.")})
        held.version = add_version(
            recommendation,
            title=last.title,
            text=words,
            note=_("Amendment %(n)d") % {"n": held.number},
            written_by=held.written_by,
            for_table=held.for_table,
            typed_by=getattr(actor, "user", actor),
        )
    _end(held, outcome, said, actor)
    return held


@transaction.atomic
def withdraw(*, actor, amendment: Amendment, reason: str) -> Amendment:
    """Withdraw one's own amendment, and say why; the team does it for a table."""
    held = _open(amendment)
    if held.written_by_id is None:
        refuse_unless(may_run(actor, held.recommendation.panel))
    elif sitting(actor, held.recommendation.panel).pk != held.written_by_id:
        raise PermissionDenied(_("Whoever proposed this amendment withdraws it."))
    _end(held, AmendmentState.WITHDRAWN, worded("reason", reason, MOST_REASON, missing=_("Write why.")), actor)
    return held


def _open(amendment: Amendment) -> Amendment:
    """The amendment as it is now, of a draft; of two who end it at once, the second reads where it stands."""
    recommendation = held_draft(amendment.recommendation)
    found = Amendment.objects.select_for_update(of=("self",)).get(pk=amendment.pk)
    found.recommendation = recommendation
    if not found.is_open:
        raise WrongState(_("This amendment isn’t under discussion any more."), code="state")
    return found


def _end(amendment: Amendment, state: str, reason: str, actor) -> None:
    amendment.state, amendment.reason, amendment.ended_at = state, reason, clock.now()
    amendment.decided_by = getattr(actor, "user", actor)
    amendment.save(update_fields=["state", "reason", "ended_at", "decided_by", "version"])
    about = f"recommendation:{amendment.recommendation.number}/{amendment.number}"
    record("amendment_ended", amendment.recommendation.panel, actor=actor, about=about, payload={"to": str(state)})
