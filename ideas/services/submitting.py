"""Sending an idea: one transaction from the text to the promise of a dated answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.directory.viewer import as_viewer
from src.foundations import clock, metrics, outbox
from src.foundations.references import new_reference
from src.foundations.text import plain_to_html
from src.participation.enums import Channel, Circle, IdentityMode, PhaseVerb, Signature
from src.participation.limits import why_not_propose
from src.participation.rules import is_open, takes_part
from src.participation.services import authorship
from src.participation.services.contributions import Writer, freeze_space, identity_fields
from src.workflow.enums import ProcessStatus
from src.workflow.services import begin
from src.workflow.services.starting import active_process

from .. import own_site, rules, validators
from ..enums import IdeaKind
from ..models import Idea, IdeaCounts
from .cohorts import open_application

_TRIES = 5


@dataclass(frozen=True)
class Receipt:
    """What the author reads at once: the reference, who reads it, and by when the City answers."""

    idea: Idea
    reader: str
    promised_on: date
    is_new: bool = True

    @property
    def reference(self) -> str:
        return self.idea.reference

    @property
    def url(self) -> str:
        return self.idea.get_absolute_url()

    @property
    def handle(self) -> UUID | None:
        """For the author's browser, until the relay has filled their keyring; None when the idea is signed."""
        return self.idea.handle if self.idea.is_sealed else None

    @property
    def thanks(self) -> str:
        said = _(
            "Thank you. Your idea has the reference %(reference)s. %(unit)s reads it. "
            "You will have a written answer before %(date)s, even if it is no."
        ) % {"reference": self.reference, "unit": self.reader, "date": date_format(self.promised_on, "DATE_FORMAT")}
        return f"{said} {own_site.otherwise(self.idea)}".strip()


def submit_idea(
    *,
    actor=None,
    space,
    body: str,
    title: str = "",
    kind: str = IdeaKind.IDEA,
    identity_mode: str = IdentityMode.PROTECTED,
    signature: str = Signature.PERSON,
    team_label: str = "",
    site=None,
    direction=None,
    channel: str = Channel.WEB,
    submission_token: UUID | None = None,
    at: datetime | None = None,
    writer: Writer | None = None,
    written_at: datetime | None = None,
    settle_here: bool = False,
    tags: Iterable[str] = (),
) -> Receipt:
    """Send an idea to a space and answer its receipt; the same ``submission_token`` answers the first one.

    Writes the idea at the first stage of the space's process, its counters, the answer owed from that day (from
    Monday when it isn't signed), the sealed author when protected, and the outbox rows that index it and tell its
    author. Refuses with PermissionDenied somebody outside the circle or whom the space's limits leave out, with
    ValidationError a closed space, a text too short or too long, or an identity mode the space doesn't offer: a cohort
    takes signed applications alone, and counts their author as its first person.

    ``writer`` says who wrote a text that came by another way than their own session (paper, kiosk): the caller
    vouches for them, there is no ``actor``, and what was open on ``written_at`` is open for it. A protected text
    whose writer nobody knows has no seal: its secret code alone leads its author back to it.

    ``settle_here``: the author's site answers first, within ten days; refused (ValidationError on ``here``) to who
    isn't named, and where nobody answers at the site. ``tags``: what it answers, when a question led its author here.
    """
    viewer = as_viewer(writer.user if writer else actor)
    moment = at or clock.now()
    _check_place(viewer, space, written_at or moment, vouched=writer is not None)
    title, body, kind = _check_text(title, body, kind)
    tags = validators.clean_tags(tags)
    here = own_site.check(viewer, space, identity_mode, site) if settle_here else None
    if space.cohort_seats is not None and not (viewer.is_authenticated and identity_mode == IdentityMode.NAMED):
        raise ValidationError(_("An application is signed: it names the people who will hold the seats."))
    fields = identity_fields(
        space,
        viewer.user,
        identity_mode=identity_mode,
        signature=signature,
        now=moment,
        team=validators.tidy(writer.team, one_line=True)[:80] if writer else "",
    )
    if team_label and fields["signature"] in (Signature.TEAM, Signature.GROUP):
        fields["signed_as"] = validators.tidy(team_label, one_line=True)[:80]
    if fields["identity_mode"] == IdentityMode.NAMED and site is None and viewer.unit is not None:
        site = viewer.unit
    if here is not None:
        site = here
    direction = direction or (site.direction if site is not None else None)
    # Where a number is chosen together or seats are counted, one cell holds all, wherever they come from.
    counted = space.chosen_count or space.cohort_seats
    unit = space.steering_unit if counted else direction or space.steering_unit
    if here is not None:
        direction, unit = here.direction, here
    if unit is None:
        raise ValidationError(_("Nobody reads the ideas of this space yet: its steering unit is missing."))
    idea = Idea(
        **fields,
        **_beginning(space, here, at=fields["created_at"]),
        settle_here=here is not None,
        space=space,
        kind=kind,
        title=title,
        body=body,
        body_html=plain_to_html(body),
        site=site,
        direction=direction,
        unit=unit,
        channel=channel,
        submission_token=submission_token,
    )
    for remaining in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                _write(idea, viewer.user, moment, tags)
        except IntegrityError:
            sent = submission_token and Idea.objects.filter(submission_token=submission_token).first()
            if sent:
                metrics.duplicates_refused.inc()
                return _receipt(sent, is_new=False)
            if not remaining:
                raise
            idea.reference, idea.pk = new_reference(), None
        else:
            return _receipt(idea)
    raise AssertionError("unreachable")


def _check_place(viewer, space, moment, *, vouched: bool = False) -> None:
    known = viewer.is_authenticated and takes_part(viewer, space)
    if not known and not (vouched and not viewer.is_authenticated and space.circle != Circle.MEMBERS):
        raise PermissionDenied(_("You can't send an idea here."))
    left_out = why_not_propose(viewer, space)
    if left_out:
        raise PermissionDenied(left_out)
    if rules.ACTIVITY not in space.activities or space.process_id is None:
        raise ValidationError(_("No ideas are collected here."), code="closed")
    if not is_open(space, PhaseVerb.PROPOSE, moment):
        raise ValidationError(_("Ideas aren't collected here at the moment."), code="closed")


def _check_text(title: str, body: str, kind: str) -> tuple[str, str, str]:
    errors, cleaned = {}, {}
    for name, value, clean in (
        ("body", body, validators.clean_body),
        ("title", title or validators.title_from(body), validators.clean_title),
    ):
        try:
            cleaned[name] = clean(value)
        except ValidationError as error:
            errors[name] = error
    if kind not in (IdeaKind.IDEA, IdeaKind.PAIN_POINT):
        errors["kind"] = ValidationError(_("Choose an idea or a pain point."))
    # A title made from a text that is itself too short says nothing more than the text's own error.
    if not title and "body" in errors:
        errors.pop("title", None)
    if errors:
        raise ValidationError(errors)
    return cleaned["title"], cleaned["body"], str(kind)


def _beginning(space, here, at) -> dict:
    """Where the idea begins: at its author's site when they asked so, else at the start of the space's own way."""
    return begin((active_process(own_site.PROCESS) if here is not None else process_of(space)).pk, at=at)


def process_of(space):
    """The version in use of the process the space follows."""
    process = space.process
    return process if process.status == ProcessStatus.ACTIVE else active_process(process.slug)


def _write(idea, user, moment, tags) -> None:
    idea.owed = accountability.owe(
        subject_kind=Idea.subject_kind,
        reference=idea.reference,
        unit=idea.unit,
        started_on=timezone.localdate(idea.created_at),
        days=settings.TERRAIN_SETTLE_HERE_DAYS if idea.settle_here else None,
        by_week=idea.is_sealed,
    )
    idea.save(force_insert=True)
    if idea.is_sealed and user is not None:
        authorship.seal(idea.handle, user)
    freeze_space(idea.space, moment)
    outbox.emit("ideas.submitted", {"reference": idea.reference}, key=f"ideas.submitted:{idea.reference}")
    if tags:
        idea.tags.set(tags)
    IdeaCounts.objects.create(idea=idea)
    if idea.space.cohort_seats is not None:
        open_application(idea, user)


def _receipt(idea, *, is_new: bool = True) -> Receipt:
    return Receipt(
        idea=idea,
        reader=idea.unit.name if idea.unit else idea.space.name,
        promised_on=idea.owed.promised_on,
        is_new=is_new,
    )
