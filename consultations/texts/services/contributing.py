"""Contributing to a unit: said once, changed or taken back while nobody answered, supported, replied to."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.foundations import metrics
from src.foundations.references import new_reference
from src.foundations.text import plain_to_html
from src.participation.enums import Channel, IdentityMode
from src.participation.models import SealedAuthor
from src.participation.services import authorship, supports
from src.participation.services.contributions import freeze_space, identity_fields

from .. import rules
from ..cutting.blocks import MOST_BODY
from ..enums import OFFERED, ContributionKind
from ..models import (
    ContributionCounts,
    ContributionOutcome,
    ContributionSupport,
    ReformText,
    TextUnit,
    TextVersion,
    UnitContribution,
)

MOST_WORDS = 1500


class Closed(ValidationError):
    """Nothing is taken here now; the sentence says why."""


def contribute(
    *,
    actor,
    text: ReformText,
    unit: TextUnit,
    kind: str,
    body: str = "",
    proposal: str = "",
    identity_mode: str,
    token: UUID,
    channel: str = Channel.WEB,
) -> UnitContribution:
    """Say something of a unit; the same ``token`` returns what it wrote the first time.

    Seals the author of a protected one, freezes the space's circle and modes. Refuses with PermissionDenied who isn't
    of the space, with ``Closed`` a text or a version that takes none, with ValidationError a kind, words or a mode
    that don't hold. One transaction.
    """
    viewer = as_viewer(actor)
    refusal = rules.why_not_contribute(viewer, text)
    if refusal:
        raise PermissionDenied(refusal)
    kind, body, proposal = checked(kind, body, proposal, unit)
    first = first_sent(token, unit)
    if first is not None:
        metrics.duplicates_refused.inc()
        return first
    check_open(text)
    identity = identity_fields(text.space, viewer.user, identity_mode=identity_mode)
    return _written(
        text, unit, identity, viewer.user, kind=kind, body=body, proposal=proposal, token=token, channel=channel
    )


def reply(
    *, actor, text: ReformText, to: UnitContribution, body: str, identity_mode: str, token: UUID
) -> UnitContribution:
    """Answer a contribution, one level deep: a reply to a reply hangs on the first and says whom it answers.

    Refuses as ``contribute`` does, and what was taken back or hidden.
    """
    viewer = as_viewer(actor)
    refusal = rules.why_not_contribute(viewer, text)
    if refusal:
        raise PermissionDenied(refusal)
    body = _words(body, needed=_("Write your reply before sending it."))
    first = first_sent(token, to.unit)
    if first is not None:
        metrics.duplicates_refused.inc()
        return first
    check_open(text)
    if to.is_withdrawn or not to.is_shown:
        raise ValidationError(_("This contribution is no longer shown: it can't be answered."))
    identity = identity_fields(text.space, viewer.user, identity_mode=identity_mode)
    root = to if to.parent_id is None else to.parent
    return _written(
        text,
        to.unit,
        identity,
        viewer.user,
        kind=ContributionKind.REPLY,
        body=body,
        token=token,
        parent=root,
        in_reply_to=to if to.parent_id is not None else None,
    )


def _written(text, unit, identity: dict, author, *, token: UUID, **columns) -> UnitContribution:
    made = UnitContribution(
        **identity,
        unit=unit,
        body_html=plain_to_html(columns["body"]),
        submission_token=token,
        **columns,
    )
    for remaining in reversed(range(3)):
        try:
            with transaction.atomic():
                hold_open(text, unit)
                made.save(force_insert=True)
                if made.identity_mode == IdentityMode.PROTECTED and author is not None:
                    authorship.seal(made.handle, author)
                freeze_space(text.space)
                if made.parent_id is not None:
                    supports.add_to_count(ContributionCounts, made.parent_id, "comments", 1)
                else:
                    ContributionCounts.objects.create(pk=made.pk)
        except IntegrityError:
            first = first_sent(token, unit)
            if first is not None:
                metrics.duplicates_refused.inc()
                return first
            check_open(ReformText.objects.for_pages().get(pk=text.pk))
            if not remaining:
                raise
            made.reference = new_reference()
        else:
            return made
    raise AssertionError("unreachable")


def take_sheet(
    *,
    text: ReformText,
    unit: TextUnit,
    kind: str,
    body: str,
    proposal: str,
    place,
    token: UUID,
    channel: str = Channel.PAPER,
) -> UnitContribution:
    """Keep what a sheet of paper says of a unit; nothing leads to its author, who follows it by the sheet's code.

    Refuses as ``contribute`` does, and a space or a place of which no sheet is taken.
    """
    refusal = rules.why_no_sheet(text) or rules.why_not_from(text.space, place)
    if refusal:
        raise ValidationError(refusal)
    kind, body, proposal = checked(kind, body, proposal, unit)
    first = first_sent(token, unit)
    if first is not None:
        return first
    check_open(text)
    identity = identity_fields(text.space, None, identity_mode=rules.paper_mode(text.space))
    return _written(text, unit, identity, None, kind=kind, body=body, proposal=proposal, token=token, channel=channel)


@transaction.atomic
def change(*, actor, contribution: UnitContribution, text: ReformText, body: str, proposal: str) -> UnitContribution:
    """Put other words in the place of one's own. Refuses with PermissionDenied or ``Closed`` as ``rules`` says why."""
    held = _held_own(actor, contribution, text)
    _kind, held.body, held.proposal = checked(held.kind, body, proposal, held.unit)
    held.body_html = plain_to_html(held.body)
    held.save(update_fields=["body", "body_html", "proposal"])
    return held


@transaction.atomic
def withdraw(*, actor, contribution: UnitContribution, text: ReformText) -> None:
    """Take back one's contribution: its words and the link to its author go, for good. Safe twice."""
    if contribution.is_withdrawn:
        return
    held = _held_own(actor, contribution, text)
    held.body = held.body_html = held.proposal = ""
    held.is_withdrawn, held.author, held.signed_as = True, None, ""
    held.save(update_fields=["body", "body_html", "proposal", "is_withdrawn", "author", "signed_as"])
    SealedAuthor.objects.filter(handle=held.handle).delete()
    if held.parent_id is not None:
        supports.add_to_count(ContributionCounts, held.parent_id, "comments", -1)


def _held_own(actor, contribution, text) -> UnitContribution:
    held = UnitContribution.objects.select_for_update(of=("self",)).select_related("unit").get(pk=contribution.pk)
    viewer = as_viewer(actor)
    if not rules.is_own(viewer, held):
        raise PermissionDenied(_("This contribution isn't yours."))
    refusal = rules.why_not_change(viewer, held, text, answered=is_answered(held))
    if refusal:
        raise Closed(refusal)
    return held


def is_answered(contribution: UnitContribution) -> bool:
    """Whether somebody replied to it, supported it, or gave it an outcome."""
    return (
        UnitContribution.objects.filter(parent=contribution, is_withdrawn=False).exists()
        or ContributionSupport.objects.filter(contribution=contribution).exists()
        or ContributionOutcome.objects.filter(contribution=contribution).exists()
    )


def set_support(*, actor, contribution: UnitContribution, text: ReformText, wanted: bool) -> bool:
    """Bring a support to the wanted state; True when it changed. Ten equal posts leave one row.

    Refuses one's own contribution, a reply, what is no longer shown, a text that is closed, who isn't of the space.
    """
    viewer = as_viewer(actor)
    refusal = rules.why_not_contribute(viewer, text)
    if refusal:
        raise PermissionDenied(refusal)
    check_open(text)
    if contribution.parent_id is not None or contribution.is_withdrawn or not contribution.is_shown:
        raise ValidationError(_("This contribution can't be supported any more."))
    if wanted and rules.is_own(viewer, contribution):
        raise ValidationError(_("You can't support your own contribution: your colleagues can."), code="own")
    return supports.set_support(
        contribution,
        viewer.user,
        wanted,
        support_model=ContributionSupport,
        counts_model=ContributionCounts,
        own_handles=viewer.own_handles,
    )


def checked(kind: str, body: str, proposal: str, unit: TextUnit) -> tuple[str, str, str]:
    """Kind and words as they are kept; ValidationError by field when they don't hold.

    An agreement may be silent. Another wording is needed where it is proposed, and only there.
    """
    if kind not in OFFERED:
        raise ValidationError({"kind": _("Say what you want to do with this article.")})
    if kind == ContributionKind.AMEND:
        proposal = (proposal or "").replace("\r\n", "\n").strip()
        if not proposal:
            raise ValidationError({"proposal": _("Write the wording you propose.")})
        if len(proposal) > MOST_BODY:
            raise ValidationError(
                {"proposal": _("Shorten your wording: %(most)d characters at most.") % {"most": MOST_BODY}}
            )
        if " ".join(proposal.split()) == " ".join(unit.body.split()):
            raise ValidationError({"proposal": _("This is the text as it stands: change what should change.")})
    else:
        proposal = ""
    needed = _("Write your question.") if kind == ContributionKind.QUESTION else ""
    return str(kind), _words(body, needed=needed), proposal


def _words(body: str, *, needed: str = "") -> str:
    body = (body or "").replace("\r\n", "\n").strip()
    if not body and needed:
        raise ValidationError({"body": needed})
    if len(body) > MOST_WORDS:
        raise ValidationError({"body": _("Shorten your text: %(most)d characters at most.") % {"most": MOST_WORDS}})
    return body


def first_sent(token: UUID, unit: TextUnit) -> UnitContribution | None:
    """What was sent to this unit under this token."""
    return UnitContribution.objects.filter(submission_token=token, unit=unit).first()


def check_open(text: ReformText) -> None:
    """Refuse a text that takes nothing now."""
    if not rules.is_open(text):
        raise Closed(rules.closed_sentence(text))


def hold_open(text: ReformText, unit: TextUnit) -> None:
    """Hold publication and closing back until this is committed, and refuse a version that is no longer the last.

    On PostgreSQL many people hold it at once, and whoever publishes waits for them all; SQLite writes one at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = ReformText._meta.db_table
            cursor.execute(f'SELECT closed_at FROM "{table}" WHERE id = %s FOR KEY SHARE', [text.pk])  # noqa: S608
            row = cursor.fetchone()
    else:
        row = ReformText.objects.filter(pk=text.pk).values_list("closed_at").first()
    if row is None or row[0] is not None:
        raise Closed(_("This text is closed: contributions are over."))
    last = (
        TextVersion.objects.filter(text=text.pk, published_at__isnull=False)
        .order_by("-number")
        .values_list("pk", flat=True)
        .first()
    )
    if last != unit.version_id:
        raise Closed(_("A new version came out meanwhile: read it, then contribute to it."))
