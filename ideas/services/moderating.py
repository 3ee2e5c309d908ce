"""Moderation of ideas and comments: reports, decisions after reading, objections. The rules are participation's."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.participation.enums import Visibility
from src.participation.services import moderation
from src.participation.services.supports import add_to_count
from src.workflow.enums import StageKind
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from src.workflow.services import fire

from .. import rules
from ..models import Idea, IdeaAppeal, IdeaCase, IdeaComment, IdeaCounts, IdeaReport
from .moderators import others_than
from .steps import way_out


# ------------------------------------------------------------------------------------------------- what one may do
def report(*, idea, actor, reason_code: str, text: str = "", comment=None, at=None):
    """Report an idea, or a comment under it; the same person again gets their first report.

    Three reports from three units hide it until somebody reads, unless the space says otherwise; the words of a role
    (a badge) are never hidden by reports. Refuses with PermissionDenied one's own text, one already hidden, who isn't
    an agent or doesn't see it.
    """
    viewer = as_viewer(actor)
    known = report_of(viewer, idea, comment)
    if known is not None:
        return known
    if not rules.can_view(viewer, idea):
        raise PermissionDenied(_("You can't report this text."))
    refusal = rules.why_not_report(viewer, idea, comment)
    if refusal:
        raise PermissionDenied(refusal)
    return moderation.report(
        DESK,
        comment or idea,
        viewer=viewer,
        reason_code=reason_code,
        text=text,
        withholds=idea.space.reports_hide and not (comment is not None and comment.official_role),
        now=at,
    )


def report_of(viewer, idea, comment=None) -> IdeaReport | None:
    """The viewer's own report of an idea or a comment. One statement."""
    if not viewer.is_authenticated:
        return None
    mine = IdeaReport.objects.filter(reporter_id=viewer.user_id, **_spot(comment or idea))
    return mine.select_related("case").first()


def withdraw_report(*, idea, actor, comment=None) -> bool:
    """Take one's report back while nobody has read it yet; True when there was one."""
    return moderation.withdraw_report(DESK, comment or idea, viewer=as_viewer(actor))


@transaction.atomic
def keep(*, idea, actor, comment=None, remark: str = "", decisions: int | None = None, at=None):
    """Decide that a reported text stays; what its reports had hidden is shown again.

    ``decisions``: how many had been made when it was read; one more since, and the actor reads who and when.
    """
    viewer = _moderator(actor, idea, comment)
    moderation.check_as_read(DESK, comment or idea, decisions)
    return moderation.keep(DESK, comment or idea, viewer=viewer, remark=remark, now=at)


@transaction.atomic
def take_off(
    *, idea, actor, reason_code: str, text: str, comment=None, remark: str = "", decisions: int | None = None, at=None
):
    """Remove an idea or a comment, with the reason and the words its author reads; ``decisions`` as for ``keep``.

    An idea leaves its process by the step its process offers for that; further on it keeps its stage, and what is
    owed stops. Refuses with PermissionDenied who doesn't moderate there, wrote it or reported it.
    """
    viewer = _moderator(actor, idea, comment)
    moderation.check_as_read(DESK, comment or idea, decisions)
    way = None if comment is not None or idea.is_imported else way_out(idea, "reason", to_kind=StageKind.REMOVED)
    if way is None:
        return moderation.remove(
            DESK, comment or idea, viewer=viewer, reason_code=reason_code, text=text, remark=remark, now=at
        )
    text = moderation.check_removal(reason_code, text)
    data = {"reason_code": str(reason_code), "text": text, "_remark": remark}
    # The right was checked: an administrator takes the moderators' step when nobody read in time.
    fire(idea, way.slug, actor=viewer.user, as_role=Role.MODERATOR, vouched=True, data=data, at=at)
    return moderation.last_removal(DESK, idea)


def appeal(*, idea, actor, text: str, comment=None, at=None):
    """The author objects to the removal of their text, once, within fifteen days.

    Goes to another moderator than who removed it; to the administrators when there is nobody else.
    """
    viewer = as_viewer(actor)
    target = comment or idea
    if not (rules.is_own_comment(viewer, comment) if comment is not None else idea.is_of(viewer)):
        raise PermissionDenied(_("Only its author objects to a removal."))
    case = moderation.last_removal(DESK, target)
    removed_by = case.decided_by_id if case else None
    return moderation.appeal(
        DESK,
        target,
        text=text,
        by_week=target.author_id is None or not viewer.is_authenticated,
        for_administrators=not others_than(idea, {removed_by, target.author_id} | idea.author_ids),
        now=at,
    )


def answer_appeal(*, idea, actor, restored: bool, text: str, comment=None, at=None):
    """Uphold a removal, or show the text again; its author reads why. Refuses who may not hear this objection."""
    viewer = as_viewer(actor)
    waiting = IdeaCase.objects.appealed_to(viewer).filter(**_spot(comment or idea)).exists()
    if not waiting and not rules.moderates(viewer, idea, comment):
        raise PermissionDenied(_("Only the people who moderate here answer an objection."))
    return moderation.answer_appeal(DESK, comment or idea, viewer=viewer, restored=restored, text=text, now=at)


# ------------------------------------------------------------------------------------------ what the engine asks
def note_removal(idea, transition, viewer, data, entry) -> None:
    """Effect of a step with a reason: one that removes the idea is a decision of the moderation."""
    if transition.to_stage.kind == StageKind.REMOVED and viewer is not None:
        moderation.settle_removal(
            DESK,
            idea,
            viewer=viewer,
            reason_code=data["reason_code"],
            text=data.get("text") or "",
            remark=data.get("_remark", ""),
            now=entry.at,
        )


def by_an_objection(idea, viewer, data) -> str | None:
    """Guard of the step that brings a removed idea back: only the answer to its author's objection takes it."""
    return None if data.get("_objection") else _("A removed idea comes back by the answer to its author's objection.")


# --------------------------------------------------------------------------------------------------------- private
def _moderator(actor, idea, comment):
    """Who moderates here, or an administrator once the promised day has passed without a decision."""
    viewer = as_viewer(actor)
    late = IdeaCase.objects.waiting_for(viewer).filter(**_spot(comment or idea))
    if not rules.moderates(viewer, idea, comment) and not late.exists():
        raise PermissionDenied(_("Only the people who moderate here decide on a report."))
    return viewer


def _spot(target) -> dict:
    if isinstance(target, IdeaComment):
        return {"idea_id": target.idea_id, "comment_id": target.pk}
    return {"idea_id": target.pk, "comment_id": None}


def _show(target, visibility: str, reason: str) -> None:
    """Write who reads a text; a comment's counter and an idea's promise and place in the index follow."""
    was_shown = target.visibility == Visibility.SHOWN
    type(target).objects.filter(pk=target.pk).update(visibility=visibility, removal_reason=str(reason))
    target.visibility, target.removal_reason = visibility, str(reason)
    is_shown = visibility == Visibility.SHOWN
    if isinstance(target, IdeaComment):
        if was_shown != is_shown:
            add_to_count(IdeaCounts, target.idea_id, "comments", 1 if is_shown else -1)
        return
    if visibility == Visibility.REMOVED and target.owed is not None and target.owed.is_open:
        accountability.cancel(target.owed)
    outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": target.pk})


def _restore(target, viewer, text: str, now) -> None:
    """Show a text again; an idea goes back on its way, and what is owed is promised anew."""
    if isinstance(target, IdeaComment) or target.stage_kind != StageKind.REMOVED:
        _show(target, Visibility.SHOWN, "")
        if isinstance(target, Idea):
            _owe_again(target, now)
        return
    way = way_out(target, "restore")
    if way is None:
        raise TransitionNotAllowed(
            _("The process of this idea has no step to bring it back: an administrator has it adopt the new version.")
        )
    data = {"text": text, "_objection": True}
    try:
        # An administrator answers where nobody else moderates: the right was checked, the step is the moderators'.
        fire(target, way.slug, actor=viewer.user, as_role=Role.MODERATOR, vouched=True, data=data, at=now)
    except ConditionNotMet as refusal:
        raise TransitionNotAllowed(str(refusal))


def _owe_again(idea, now) -> None:
    """What was promised when the idea was removed from a later stage starts again from today."""
    owed = idea.owed
    if owed is None or owed.cancelled_on is None or idea.stage_kind == StageKind.WITHDRAWN:
        return
    made = accountability.owe(
        subject_kind=Idea.subject_kind,
        reference=idea.reference,
        unit=idea.unit,
        started_on=timezone.localdate(now or clock.now()),
        by_week=idea.is_sealed,
    )
    Idea.objects.filter(pk=idea.pk).update(owed=made)
    idea.owed = made


DESK = moderation.Desk(
    cases=IdeaCase,
    reports=IdeaReport,
    appeals=IdeaAppeal,
    spot=_spot,
    show=_show,
    restore=_restore,
    room="ideas",
)


@transaction.atomic
def forget_reporters(now, apply: bool) -> int:
    """Retention: who reported goes twelve months after the decision."""
    return moderation.forget_reporters(DESK, now, apply=apply)
