"""Links after a visit: made together, sent by mail or text message, used once; the contact is never kept."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from src.foundations import clock, journal, outbox, references, sealing
from src.notices.messages import absolute

from .. import rules
from ..displays import PURPOSE
from ..enums import BatchSource, Contact
from ..models import VisitBatch, VisitKey, VisitLink
from ..wordings import words_of
from .rating import link_hash

SYMBOLS = 13


@dataclass(frozen=True)
class Visit:
    """One visit to ask about: where, and whom to send the link to (an address or a number, checked)."""

    point: object
    kind: str
    to: str
    language: str = "fr"


def send_once(*, visits: Sequence[Visit], key: VisitKey, request: str) -> VisitBatch:
    """Send the visits a program names ``request``; under that name again, answer the first sending and send nothing.

    Nothing of the contacts is kept, so what came again isn't compared: only its number is. Refuses with
    ValidationError another number of visits under a name that served.
    """
    request_hash = sealing.keyed_hash(f"request:{key.pk}:{request}", PURPOSE)
    first = VisitBatch.objects.filter(key=key, request_hash=request_hash)
    known = first.first()
    if known is None:
        try:
            return send_links(visits=visits, key=key, request_hash=request_hash)
        except IntegrityError:
            known = first.first()
            if known is None:
                raise
    if known.links != len(visits):
        raise ValidationError(_("This Idempotency-Key already served for other visits: use a new one."))
    return known


@transaction.atomic
def send_links(
    *, visits: Sequence[Visit], actor=None, key: VisitKey | None = None, request_hash: str = ""
) -> VisitBatch:
    """Make one link a visit and send it; return the batch. All of them or none.

    A link is a keyed hash with a last day (``TERRAIN_VISIT_LINK_DAYS``). The contact goes into an encrypted effect
    that is deleted once sent; the same transaction writes nothing else of it, and the rows of links are shuffled, so
    that their order tells nothing of the file's.
    """
    batch = VisitBatch.objects.create(
        source=BatchSource.API if key else BatchSource.FILE,
        key=key,
        made_by=actor,
        made_on=clock.today(),
        links=len(visits),
        request_hash=request_hash,
    )
    last = clock.today() + timedelta(days=settings.TERRAIN_VISIT_LINK_DAYS)
    codes = [references.new_reference(SYMBOLS) for _visit in visits]
    rows = [
        VisitLink(point=visit.point, batch=batch, code_hash=link_hash(code), expires_on=last)
        for visit, code in zip(visits, codes, strict=True)
    ]
    secrets.SystemRandom().shuffle(rows)
    VisitLink.objects.bulk_create(rows, batch_size=500)
    for visit, code in zip(visits, codes, strict=True):
        _send(visit, code)
    journal.record("ratings.links_sent", actor=actor, object_ref=f"visits:{batch.pk}", payload={"links": len(visits)})
    return batch


def _send(visit: Visit, code: str) -> None:
    said = words_of(visit.language)
    address = absolute(reverse("ratings:visit", args=[code]))
    key = f"visit:{secrets.token_hex(8)}"
    if visit.kind == Contact.SMS:
        outbox.emit("ratings.text", {"to": visit.to, "text": f"{said.visit_sms} {address}", "key": key}, secret=True)
        return
    text = "\n\n".join((said.visit_intro.format(place=visit.point.name), address, said.visit_why))
    outbox.emit(
        "ratings.mail",
        {"to": visit.to, "subject": said.visit_subject, "text": text, "html": "", "key": key},
        secret=True,
    )


def find_link(code: str) -> VisitLink | None:
    """The link of a code, used or not; None when it is unknown. The same work in each case."""
    code = references.normalise(code[:40])
    return VisitLink.objects.select_related("point__unit").filter(code_hash=link_hash(code)).first()


@transaction.atomic
def make_key(*, actor, name: str) -> tuple[VisitKey, str]:
    """Give a program its key: the row, and the token in clear, once. Refuses who isn't an administrator."""
    if not rules.may_manage_keys(actor):
        raise PermissionDenied(_("Administrators give keys to programs."))
    token = secrets.token_urlsafe(32)
    key = VisitKey.objects.create(name=name, token_hash=token_hash(token), made_on=clock.today(), made_by=actor)
    journal.record("ratings.key_made", actor=actor, object_ref=f"visit_key:{key.pk}", chain_now=True)
    return key, token


@transaction.atomic
def revoke_key(*, actor, key: VisitKey) -> None:
    """Refuse a program from now on; twice changes nothing."""
    if not rules.may_manage_keys(actor):
        raise PermissionDenied(_("Administrators take keys back from programs."))
    if VisitKey.objects.filter(pk=key.pk, revoked_on__isnull=True).update(revoked_on=clock.today()):
        journal.record("ratings.key_revoked", actor=actor, object_ref=f"visit_key:{key.pk}", chain_now=True)


def key_of(token: str) -> VisitKey | None:
    """The living key of a token."""
    return VisitKey.objects.filter(token_hash=token_hash(token), revoked_on__isnull=True).first()


def token_hash(token: str) -> str:
    """What the database keeps of a token."""
    return sealing.keyed_hash(f"token:{token}", PURPOSE)


def purge_links(now, *, apply: bool) -> int:
    """Delete links a month past their last day: until then they answer that they are too old."""
    rows = VisitLink.objects.filter(expires_on__lt=clock.today() - timedelta(days=30))
    return rows.delete()[0] if apply else rows.count()
