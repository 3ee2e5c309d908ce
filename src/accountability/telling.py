"""Who is told what about a measure, and about a reply to sign: worked out by the relay, each person once per event."""

from django.db.models import Q

from src.directory.enums import Role
from src.directory.models import Absence, RoleGrant
from src.foundations import clock
from src.notices.services import send

from . import registry
from .enums import MeasureStatus, StepKind
from .ground_words import counts_in_words
from .models import GroundCheck, Measure, MeasureStep, ProgressNote, ReplySignature, ResponseOwed
from .services.measure_silence import OWNER


def tell_moved(step_pk: int) -> None:
    """Said to be done, and confirmed by a word: the correspondents of the branch are asked for theirs."""
    step = MeasureStep.objects.select_related("measure__unit").filter(pk=step_pk).first()
    if step is None or step.kind != StepKind.DELIVERED:
        return
    measure = step.measure
    if measure.changes_daily_work or measure.status != MeasureStatus.DELIVERED:
        return
    people = holders(Role.IDEA_CORRESPONDENT, measure.unit) - {measure.delivered_by_id, measure.owner_id}
    send("accountability.to_confirm", recipients=sorted(people), context=context(measure), key=f"step:{step_pk}")


def tell_news(note_pk: int) -> None:
    """News, to those who follow where the measure comes from; each room says who they are."""
    note = ProgressNote.objects.select_related("measure__unit").filter(pk=note_pk).first()
    if note is None:
        return
    for origin in note.measure.origins.exclude(subject_reference=""):
        registry.measure_news(origin, note.measure, note)


def tell_silent(measure_pk: int, level: int) -> None:
    """Ninety days without news: its owner, else who decides; fifteen days later, the direction too."""
    measure = Measure.objects.select_related("unit", "direction").filter(pk=measure_pk).first()
    if measure is None or not measure.is_silent(clock.today()):
        return
    key = f"silent:{measure.heard_on.isoformat()}:{level}:{measure.reference}"
    send(
        "accountability.silent",
        recipients=sorted(_responsible(measure, level)),
        context=context(measure) | {"days": measure.silent_days(clock.today()), "last": measure.heard_on.isoformat()},
        key=key,
    )


def tell_drawn(check_pk: int) -> None:
    """Three questions, to each person drawn."""
    check = GroundCheck.objects.select_related("measure__unit").filter(pk=check_pk, result="").first()
    if check is None:
        return
    people = sorted(check.seats.values_list("user_id", flat=True))
    words = context(check.measure) | {"until": check.closes_on.isoformat()}
    send("accountability.ground", recipients=people, context=words, key=f"ground:{check_pk}")


def tell_checked(check_pk: int) -> None:
    """What the ground said, to those who run the measure."""
    check = GroundCheck.objects.select_related("measure__unit").filter(pk=check_pk).first()
    if check is None or check.is_open:
        return
    people = _responsible(check.measure, OWNER)
    words = context(check.measure) | {"result": check.result, "counts": counts_in_words(check)}
    send("accountability.checked", recipients=sorted(people), context=words, key=f"checked:{check_pk}")


def tell_to_sign(signature_pk: int) -> None:
    """The official whose signature is asked for, if it still is."""
    signature = _signature(signature_pk)
    if signature is None or not signature.is_waiting or signature.decision.is_announced:
        return
    key = f"sign:{signature_pk}:{signature.asked_at.isoformat()}"
    send("accountability.to_sign", recipients=[signature.official_id], context=_of_reply(signature), key=key)


def tell_signed(signature_pk: int) -> None:
    """Who asked for a signature hears what became of it."""
    signature = _signature(signature_pk)
    if signature is None or signature.is_waiting:
        return
    at = signature.signed_at or signature.returned_at
    words = {"who": signature.official.get_full_name(), "text": signature.returned_text}
    send(
        "accountability.reply_signed",
        recipients=[signature.asked_by_id],
        context=_of_reply(signature) | words,
        key=f"signed:{signature_pk}:{at.isoformat()}",
    )


def _signature(pk: int) -> ReplySignature | None:
    related = ("decision__unit", "decision__batch", "official")
    return ReplySignature.objects.select_related(*related).filter(pk=pk).first()


def _of_reply(signature: ReplySignature) -> dict:
    """The reference, the direction and the day: what is said of a reply that nobody has read."""
    decision = signature.decision
    owed = ResponseOwed.objects.open().filter(
        subject_kind=decision.subject_kind, subject_reference=decision.subject_reference
    )
    promised = [one.promised(clock.today()) for one in owed[:1]]
    return {
        "reference": decision.subject_reference,
        "unit": decision.unit.name,
        "before": promised[0].isoformat() if promised else "",
    }


def _responsible(measure: Measure, level: int) -> set[int]:
    if level == OWNER:
        return {measure.owner_id} if measure.owner_id else holders(Role.DECISION_MAKER, measure.unit)
    above = holders(Role.DECISION_MAKER, measure.direction or measure.unit)
    return above | holders(Role.IDEA_CORRESPONDENT, measure.unit)


def context(measure: Measure) -> dict:
    """The facts every message about a measure starts from."""
    return {
        "reference": measure.reference,
        "title": measure.title,
        "unit": measure.unit.name if measure.unit else measure.direction_label,
    }


def holders(role: str, unit) -> set[int]:
    """Who holds a role for a unit, the nearest first, deputies standing in for absent people; else the whole city."""
    today = clock.today()
    current = Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))
    above = [int(part) for part in unit.path.split("/") if part] if unit else []
    grants = list(RoleGrant.objects.filter(current, role=role, unit_id__in=above).select_related("unit"))
    if grants:
        deepest = max(len(grant.unit.path) for grant in grants)
        grants = [grant for grant in grants if len(grant.unit.path) == deepest]
    else:
        grants = list(RoleGrant.objects.filter(current, role=role, unit__isnull=True))
    people = {grant.user_id for grant in grants}
    away = set(
        Absence.objects.filter(user_id__in=people, starts_on__lte=today, ends_on__gte=today).values_list(
            "user_id", flat=True
        )
    )
    return {grant.deputy_id if grant.user_id in away and grant.deputy_id else grant.user_id for grant in grants}
