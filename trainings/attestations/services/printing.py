"""Issuing and printing an attestation: one code for ever, one row a print, the same file twice in a day."""

import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from src.foundations import clock, journal
from trainings.ledger import registry as ledger
from trainings.ledger.models import Completion, CompletionRevocation

from .. import codes, drawing
from ..enums import Channel
from ..models import Attestation, AttestationPrint
from ..models.attestation import NAME_MAX, TITLE_MAX

_TRIES = 4


class NoLongerCounts(Exception):
    """The completion was revoked: nothing is printed of it any more."""


@dataclass(frozen=True)
class Printed:
    """A file, the print it is, and whether it is a PDF."""

    row: AttestationPrint
    content: bytes
    is_pdf: bool


def print_one(*, completion: Completion, actor, channel: str = Channel.OWN) -> Printed:
    """Issue the attestation of a completion if it isn't yet, and print it.

    The same words on the same day are the same file and one row. Refuses a completion that no longer counts
    (NoLongerCounts). Journaled: a facilitator's print under its own verb.
    """
    _refuse_revoked(completion)
    attestation = issued([completion])[completion.pk]
    for turn in range(_TRIES):
        try:
            return _printed(attestation, completion, actor, channel)
        except IntegrityError:
            # Somebody printed meanwhile, and took the number; or the completion was revoked in between.
            _refuse_revoked(completion)
            if turn == _TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _refuse_revoked(completion: Completion) -> None:
    if CompletionRevocation.objects.filter(completion=completion).exists():
        raise NoLongerCounts(_("This training no longer counts: its attestation can’t be printed any more."))


def issued(completions) -> dict[int, Attestation]:
    """The attestation of each completion, made where there was none; two at once leave one."""
    keys = [one.pk for one in completions]
    for is_last_try in (False, True):
        found = {one.completion_id: one for one in Attestation.objects.filter(completion__in=keys)}
        now = clock.now()
        new = [
            Attestation(completion_id=key, code=codes.new_code(), issued_at=now) for key in keys if key not in found
        ]
        try:
            with transaction.atomic():
                Attestation.objects.bulk_create(new)
        except IntegrityError:
            if is_last_try:
                raise
        else:
            return found | {one.completion_id: one for one in new}
    return {}


def drafted(attestation: Attestation, completion: Completion, until, **more) -> AttestationPrint:
    """A print of what is known now, not written yet."""
    agent = completion.agent
    return AttestationPrint(
        attestation=attestation,
        printed_on=clock.today(),
        printed_at=clock.now(),
        name=agent.get_full_name()[:NAME_MAX],
        title=completion.track.title[:TITLE_MAX],
        version=completion.version.number if completion.version_id else None,
        completed_on=completion.completed_on,
        minutes=completion.minutes,
        valid_until=until,
        template_version=drawing.TEMPLATE_VERSION,
        **more,
    )


def _printed(attestation: Attestation, completion: Completion, actor, channel: str) -> Printed:
    user = getattr(actor, "user", actor)
    row = drafted(
        attestation,
        completion,
        ledger.ends_of([completion])[completion.pk],
        channel=channel,
        printed_by=journal.pseudonym(user),
    )
    last = attestation.prints.order_by("-number").first()
    same = attestation.prints.filter(
        printed_on=row.printed_on, channel=channel, template_version=row.template_version
    ).order_by("-number")
    known = next((one for one in same if one.said == row.said), None)
    row.number = known.number if known is not None else (last.number + 1 if last else 1)
    content, is_pdf = drawing.drawn([row])
    row.pdf_sha256 = hashlib.sha256(content).hexdigest() if is_pdf else ""
    if known is not None and known.pdf_sha256 == row.pdf_sha256:
        _journal(user, channel, attestation)
        return Printed(known, content, is_pdf)
    if known is not None:
        # Drawn by another machine, the same words make another file: it is another print.
        row.number = last.number + 1
        content, is_pdf = drawing.drawn([row])
        row.pdf_sha256 = hashlib.sha256(content).hexdigest() if is_pdf else ""
    with transaction.atomic():
        row.save(force_insert=True)
        _journal(user, channel, attestation)
    return Printed(row, content, is_pdf)


def _journal(user, channel: str, attestation: Attestation) -> None:
    verb = "trainings.attestation_reprinted" if channel == Channel.DESK else "trainings.attestation_printed"
    journal.record(verb, actor=user, object_ref=f"attestation:{attestation.pk}")
