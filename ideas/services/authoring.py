"""What the author may still do once the idea is sent: say where it belongs, correct it, answer, withdraw, wake it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.foundations.text import plain_to_html
from src.workflow.enums import Actor, StageKind
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.sentences import already_moved

from .. import rules, validators
from ..enums import IdeaKind
from ..models import Idea, IdeaVersion
from .steps import move


def save_details(*, idea, actor, direction=None, site=None, tags=None, kind=None) -> None:
    """Say after sending where the idea belongs and what it is; a direction or site given changes who reads it.

    Refuses somebody else than the author, and an idea that a direction already has in hand.
    """
    _check_author(idea, actor, "details")
    tags = None if tags is None else validators.clean_tags(tags)
    direction = direction or (site.direction if site is not None else idea.direction)
    unit = direction or idea.unit
    if kind is not None and kind not in (IdeaKind.IDEA, IdeaKind.PAIN_POINT):
        raise ValidationError({"kind": _("Choose an idea or a pain point.")})
    with transaction.atomic():
        _update_early(
            idea,
            Idea.objects.all(),
            direction=direction,
            unit=unit,
            site=site if site is not None else idea.site,
            kind=str(kind or idea.kind),
        )
        if idea.owed and unit is not None and idea.owed.unit_id != unit.pk:
            accountability.reassign(idea.owed, unit)
        if tags is not None:
            idea.tags.set(tags, clear=False)
        _index(idea)


def edit_idea(*, idea, actor, title: str, body: str) -> bool:
    """Correct the text; True when it changed.

    A signed idea is corrected freely for an hour. Later, and always when it isn't signed (no hour is kept of it),
    the former version stays readable, and nothing changes any more after the first support or the orientation.
    """
    _check_author(idea, actor, "edit")
    errors, cleaned = {}, {}
    for name, value, clean in (
        ("title", title, validators.clean_title),
        ("body", body, validators.clean_body),
    ):
        try:
            cleaned[name] = clean(value)
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    if (cleaned["title"], cleaned["body"]) == (idea.title, idea.body):
        return False
    free = rules.in_free_edit(idea)
    former = IdeaVersion(
        idea=idea,
        title=idea.title,
        body_html=plain_to_html(idea.body),
        replaced_on=clock.week_of() if idea.is_sealed else clock.today(),
    )
    with transaction.atomic():
        rows = Idea.objects.all() if free else Idea.objects.filter(counts__supports=0)
        _update_early(idea, rows, **cleaned, body_html=plain_to_html(cleaned["body"]))
        if not free:
            former.save()
        _index(idea)
    return True


def withdraw(*, idea, actor, reason: str = "", hide_body: bool = False, at=None):
    """Take one's idea back, at any stage before the answer; comments stay, the text leaves if asked."""
    if idea.is_co_author(as_viewer(actor)):
        raise PermissionDenied(_("Only who sent the idea takes it back: you may leave its authors."))
    data = {
        "text": validators.clean_statement(reason, required=False),
        "hide_body": bool(hide_body),
    }
    if idea.stage_kind not in (StageKind.COUNTERSIGN, StageKind.DECISION_PENDING):
        return move(idea, "withdraw", actor=actor, data=data, at=at)
    with transaction.atomic():
        # The answer may be announced at this very moment: its row is taken first, in the announcement's own order.
        accountability.hold_prepared(Idea.subject_kind, idea.reference)
        return move(idea, "withdraw", actor=actor, data=data, at=at)


def answer_question(*, idea, actor, text: str, at=None):
    """Answer the question asked: the idea goes back where it was, and the promised date starts again."""
    return move(idea, "author_answer", actor=actor, data=_answer(text), from_kind=StageKind.NEEDS_INFO, at=at)


def wake_up(*, idea, actor, text: str, at=None):
    """Bring a dormant idea back to its first stage, with a new promised date."""
    return move(idea, "author_answer", actor=actor, data=_answer(text), from_kind=StageKind.DORMANT, at=at)


def _answer(text: str) -> dict:
    try:
        return {"text": validators.clean_statement(text, largest=validators.BODY_MAX)}
    except ValidationError as error:
        raise ValidationError({"text": error})


def _check_author(idea, actor, action: str) -> None:
    """PermissionDenied for somebody else; TransitionNotAllowed for the author too late."""
    viewer = as_viewer(actor)
    if not idea.is_of(viewer):
        raise PermissionDenied(_("Only its author changes an idea."))
    if not rules.can(viewer, action, idea):
        raise TransitionNotAllowed(_too_late(idea))


def _too_late(idea) -> str:
    if rules.is_early(idea):
        return _("Somebody supports this text: it can't change any more. Add what you want to say as a comment.")
    return already_moved(idea, Actor.AUTHOR)


def _update_early(idea, rows, **columns) -> None:
    """Write columns while nobody has oriented the idea; the database says whether it was still time."""
    still = rows.filter(pk=idea.pk, stage_kind__in=rules.EARLY, scale="")
    if not Idea.objects.filter(pk__in=still.values("pk")).update(**columns):
        raise TransitionNotAllowed(_too_late(idea))
    for name, value in columns.items():
        setattr(idea, name, value)


def _index(idea) -> None:
    outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": idea.pk})
