"""Members are told that a round is open, once: an effect written when it has something to answer, run by the relay."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from panels.enums import WORKING
from panels.models import Membership
from src.foundations import outbox
from src.notices.services import send

from ..models import Round, Statement

TELL = "panel_statements.tell"
OPENED = "panel_statements.opened"


def tell_opened(now) -> int:
    """Have members of panels at work told of each round that is open, once it has a statement to answer; how many."""
    shown = Statement.objects.shown().filter(round=OuterRef("pk"))
    told, opened = 0, Round.objects.open().filter(Exists(shown), told_at__isnull=True, panel__state__in=WORKING)
    for one in opened.order_by("pk"):
        with transaction.atomic():
            if Round.objects.open().filter(pk=one.pk, told_at__isnull=True).update(told_at=now):
                outbox.emit(TELL, {"round": one.pk}, key=f"{OPENED}:{one.pk}")
                told += 1
    return told


def send_opened(pk: int) -> None:
    """Tell those who sit and have an account; nothing when it was closed or thrown away meanwhile. Safe twice."""
    found = Round.objects.open().select_related("panel").filter(pk=pk, panel__state__in=WORKING).first()
    if found is None:
        return
    sitting = Membership.objects.sitting().filter(panel_id=found.panel_id, candidate__account__isnull=False)
    send(
        OPENED,
        recipients=list(sitting.order_by("number").values_list("candidate__account_id", flat=True)),
        context={
            "slug": found.panel.slug,
            "panel": found.panel.title,
            "reference": found.reference,
            "title": found.title,
            "question": found.question,
            "closes_on": found.closes_on.isoformat(),
        },
        key=f"statements:{found.reference}:opened",
    )
