"""What guarantors are told of a panel, each once: effects written with what they tell of, run by the relay."""

from src.foundations import outbox
from src.notices.services import send

from ..enums import BINDING, TeamRole
from ..models import Draw, Panel, Relaxation, Substitution, TeamMember

SEALED, TO_SIGN = "panels.tell_sealed", "panels.tell_to_sign"
RELAXATION, SUBSTITUTION = "relaxation", "substitution"


def sealed(draw: Draw) -> None:
    """Have the guarantors hold the seal before the row exists: what they keep can't be written again."""
    outbox.emit(SEALED, {"draw": draw.pk}, key=f"{SEALED}:{draw.pk}")


def to_sign(kind: str, asked: Relaxation | Substitution) -> None:
    """Have the guarantors know that something waits for one of them to sign."""
    outbox.emit(TO_SIGN, {"kind": kind, "pk": asked.pk}, key=f"{TO_SIGN}:{kind}:{asked.pk}")


def tell_sealed(draw: int) -> None:
    """Send the seal to the guarantors; nothing once the draw is void. Safe twice."""
    found = Draw.objects.select_related("panel").filter(pk=draw, state__in=BINDING).first()
    if found is None:
        return
    _send(
        SEALED,
        found.panel,
        key=f"panel:{found.panel.slug}:sealed:{found.number}",
        number=found.number,
        seal=found.seal,
        rows=found.rows,
        on=found.beacon_on.isoformat(),
    )


def tell_to_sign(kind: str, pk: int) -> None:
    """Tell the guarantors that something waits; nothing when it was signed or dropped meanwhile. Safe twice."""
    waiting = {RELAXATION: Relaxation.objects, SUBSTITUTION: Substitution.objects}[kind]
    found = waiting.filter(pk=pk, signed_at__isnull=True).first()
    if found is None:
        return
    panel = found.quota.value.criterion.panel if kind == RELAXATION else found.seat.panel
    _send(TO_SIGN, panel, key=f"panel:{panel.slug}:{kind}:{pk}", kind=kind, reason=found.reason)


def _send(code: str, panel: Panel, *, key: str, **more) -> None:
    guarantors = TeamMember.objects.working().filter(panel=panel, role=TeamRole.GUARANTOR, person__isnull=False)
    context = {"slug": panel.slug, "title": panel.title, **more}
    send(code, recipients=list(guarantors.values_list("person_id", flat=True)), context=context, key=key)
