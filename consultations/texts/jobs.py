"""What the relay does for reform texts."""

from django.utils.formats import date_format

from src.foundations import outbox
from src.notices.services import send
from src.participation.audience import facilitators_of
from src.participation.enums import AppealState, CaseState, IdentityMode
from src.participation.services.moderation import last_day_to_appeal

from .models import TextCase, UnitContribution
from .notices import ObjectionAnswered, Removed, WaitsAgain
from .services.publishing import TOLD_TOPIC
from .services.telling import tell_people


@outbox.handles(TOLD_TOPIC)
def tell_outcomes(payload: dict) -> None:
    """Tell contributors what became of their words."""
    tell_people(payload)


@outbox.handles("texts.moderated")
def tell_removal(payload: dict) -> None:
    """Tell the author of a removed contribution why, and until when they may object."""
    case = _case(payload)
    if case is None or case.state != CaseState.REMOVED:
        return
    _to_author(
        Removed.code,
        case,
        {
            "reason": str(case.get_reason_code_display()),
            "text": case.text,
            "until": date_format(last_day_to_appeal(case), "DATE_FORMAT"),
        },
        f"texts.removed:{case.pk}",
    )


@outbox.handles("texts.appeal_answered")
def tell_objection(payload: dict) -> None:
    """Tell the author what came of their objection; and those who organise, when it waits for its outcome."""
    case = _case(payload)
    if case is None or not hasattr(case, "appeal"):
        return
    restored = case.appeal.state == AppealState.RESTORED
    _to_author(
        ObjectionAnswered.code,
        case,
        {"restored": restored, "text": case.appeal.answer},
        f"texts.objection:{case.pk}",
    )
    if restored:
        _to_organisers(case)


def _to_organisers(case: TextCase) -> None:
    """What came back without an outcome waits for one, even on a text that closed meanwhile."""
    contribution = UnitContribution.objects.undecided().filter(pk=case.contribution_id).first()
    if contribution is None:
        return
    text = case.contribution.unit.version.text
    send(
        WaitsAgain.code,
        recipients=facilitators_of(text.space_id),
        context={
            "reference": text.reference,
            "title": text.title,
            "contribution": contribution.reference,
            "is_closed": text.closed_at is not None,
        },
        key=f"texts.waits_again:{case.pk}",
    )


@outbox.handles("texts.reported")
@outbox.handles("texts.withheld")
@outbox.handles("texts.appealed")
def wait_for_moderators(payload: dict) -> None:
    """Nothing is sent: what waits for moderators stands on their to-do list."""


def _case(payload: dict) -> TextCase | None:
    found = TextCase.objects.select_related("contribution__unit__version__text", "appeal")
    return found.filter(pk=payload["case"]).first()


def _to_author(code: str, case: TextCase, words: dict, key: str) -> None:
    contribution = case.contribution
    if contribution.identity_mode == IdentityMode.ANONYMOUS:
        return
    text = contribution.unit.version.text
    named = contribution.author_id is not None
    send(
        code,
        recipients=[contribution.author_id] if named else [],
        handles=[] if named else [contribution.handle],
        context={
            "reference": text.reference,
            "title": text.title,
            "contribution": contribution.reference,
            **words,
        },
        key=key,
    )
