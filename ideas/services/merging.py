"""Merging by consent: proposed, both authors asked, silence is consent, one refusal ends it, undone for seven days."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock, outbox
from src.workflow import process_cache
from src.workflow.enums import Actor
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.sentences import already_moved
from src.workflow.services import fire

from .. import rules, validators
from ..models import Consent, Idea, IdeaCounts, IdeaSupport, MergeProposal, MergeState, MovedSupport
from .answering import drop_prepared

TOPIC = "ideas.merge"
AGREED = (Consent.YES, Consent.SILENT)


def propose_merge(*, idea, parent, actor, text: str) -> MergeProposal:
    """Ask the authors of both ideas whether ``idea`` may join ``parent``; nothing else changes before they agree.

    Refuses with PermissionDenied who doesn't orient the idea, with ValidationError a missing reason or a parent that
    can't take it (itself, another box, already answered, itself merged), with TransitionNotAllowed an idea that left
    the stages where it may be merged, or about which authors are already asked.
    """
    viewer = as_viewer(actor)
    if not rules.can(viewer, "merge", idea):
        if rules.orients(viewer, idea):
            raise TransitionNotAllowed(already_moved(idea, "staff"))
        raise PermissionDenied(_("Merging is proposed by those who orient ideas."))
    try:
        text = validators.clean_statement(text)
    except ValidationError as error:
        raise ValidationError({"text": error})
    refusal = _why_not_parent(idea, parent, viewer)
    if refusal:
        raise ValidationError({"parent": refusal})
    today = clock.today()
    try:
        with transaction.atomic():
            proposal = MergeProposal.objects.create(
                idea=idea,
                parent=parent,
                text=text,
                proposed_by=viewer.user,
                proposed_on=today,
                answer_by=today + timedelta(days=settings.TERRAIN_MERGE_ASKED_DAYS),
            )
            _emit(proposal, "asked")
    except IntegrityError:
        raise TransitionNotAllowed(_("The authors are already asked about this idea: wait for their answer."))
    return proposal


def answer_merge(*, proposal: MergeProposal, actor, agrees: bool) -> MergeProposal:
    """The answer of an author, by name, handle or code; the second "yes" merges at once, one "no" ends it.

    Refuses who wrote neither idea (PermissionDenied) and a proposal that isn't open any more (TransitionNotAllowed).
    The same answer twice changes nothing.
    """
    viewer = as_viewer(actor)
    mine = [
        column
        for column, idea in (("idea_consent", proposal.idea), ("parent_consent", proposal.parent))
        if idea.is_of(viewer)
    ]
    if not mine:
        raise PermissionDenied(_("Only the authors of the two ideas answer."))
    answer = Consent.YES if agrees else Consent.NO
    with transaction.atomic():
        columns = dict.fromkeys(mine, answer) | ({} if agrees else {"state": MergeState.REFUSED})
        if not _open(proposal).update(**columns):
            raise TransitionNotAllowed(_over(proposal))
        proposal.refresh_from_db(fields=["state", "idea_consent", "parent_consent"])
        if proposal.state == MergeState.REFUSED:
            _emit(proposal, "refused")
        elif proposal.idea_consent == proposal.parent_consent == Consent.YES:
            merge(proposal)
    return proposal


def drop_merge(*, proposal: MergeProposal, actor) -> None:
    """Give a proposal up while the authors are asked; they are told. Refuses as ``propose_merge``."""
    if not rules.orients(as_viewer(actor), proposal.idea):
        raise PermissionDenied(_("Merging is proposed by those who orient ideas."))
    with transaction.atomic():
        if not _open(proposal).update(state=MergeState.DROPPED):
            raise TransitionNotAllowed(_over(proposal))
        _emit(proposal, "dropped")


def conclude_due(now) -> int:
    """Merge what fourteen days of silence agreed to; how many. One that can't is given up, its authors told."""
    day = timezone.localdate(now)
    due = MergeProposal.objects.filter(state=MergeState.OPEN, answer_by__lt=day).order_by("pk")
    merged = 0
    for pk in list(due.values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            proposal = MergeProposal.objects.select_related("idea", "parent").get(pk=pk)
            for column in ("idea_consent", "parent_consent"):
                _open(proposal).filter(**{column: Consent.WAITING}).update(**{column: Consent.SILENT})
            merged += merge(proposal)
    return merged


@transaction.atomic
def merge(proposal: MergeProposal) -> bool:
    """Merge an agreed proposal: stage, promise and supports follow; False, and given up, when it can't any more.

    The idea's promised date holds for its parent from now on. Supports are copied where the person had none, each
    theirs to withdraw; the idea keeps its own. Called by the last consent and by the clock.
    """
    accountability.hold_prepared(Idea.subject_kind, _reference(proposal.idea_id))
    idea, parent = _read(proposal.idea_id), _read(proposal.parent_id)
    way = _way(idea)
    today = clock.today()
    who = User.objects.filter(pk=proposal.proposed_by_id).first()
    if who is None or way is None or not idea.is_shown or not _takes_others(parent):
        if _open(proposal).update(state=MergeState.DROPPED):
            _emit(proposal, "dropped")
        return False
    promised = idea.owed.promised(today) if idea.owed_id and idea.owed.is_open else None
    columns = {
        "state": MergeState.MERGED,
        "merged_on": today,
        "undo_until": today + timedelta(days=settings.TERRAIN_MERGE_UNDO_DAYS),
        "from_kind": idea.stage_kind,
        "promised_on": promised,
    }
    if not _open(proposal).filter(idea_consent__in=AGREED, parent_consent__in=AGREED).update(**columns):
        return False
    held = idea.roles_of(as_viewer(who))
    role = next((code for code in way.who if code in held), way.who[0])
    data = {"text": proposal.text, "_merge": proposal}
    fire(idea, way.slug, actor=who, as_role=role, vouched=True, data=data)
    _carry(parent)
    _move_supports(proposal, parent)
    proposal.refresh_from_db()
    return True


def undo_merge(*, proposal: MergeProposal, actor) -> None:
    """Separate again within seven days: the idea takes its stage, its promised date and its supports back.

    By those who orient the idea, or its author. Refuses anybody else (PermissionDenied), too late, or once the
    parent is answered, because that answer was given to both (TransitionNotAllowed).
    """
    viewer, today = as_viewer(actor), clock.today()
    idea = _read(proposal.idea_id)
    if not (idea.is_of(viewer) or rules.orients(viewer, idea)):
        raise PermissionDenied(_("The author, or those who orient ideas, separate them again."))
    with transaction.atomic():
        still = MergeProposal.objects.filter(pk=proposal.pk, state=MergeState.MERGED, undo_until__gte=today)
        parent = _read(proposal.parent_id)
        if not _takes_others(parent) or not still.update(state=MergeState.UNDONE):
            raise TransitionNotAllowed(_too_late(proposal))
        moved = MovedSupport.objects.filter(merge=proposal)
        gone = IdeaSupport.objects.filter(idea=parent, user__in=moved.values("user")).delete()[0]
        moved.delete()
        _separate(idea, viewer, proposal)
        _carry(parent)
        IdeaCounts.objects.filter(pk=parent.pk).update(supports=F("supports") - gone)
    proposal.refresh_from_db()


def may_withdraw_moved(idea, viewer) -> bool:
    """Whether a support of the viewer's followed a merge into this idea lately: theirs to take back, stage or not."""
    return MovedSupport.objects.filter(
        user_id=viewer.user_id,
        merge__parent=idea,
        merge__state=MergeState.MERGED,
        merge__undo_until__gte=clock.today(),
    ).exists()


def forget_moved(idea, viewer) -> None:
    """A support was withdrawn: that it came from a merge is forgotten, so that undoing takes nothing else away."""
    MovedSupport.objects.filter(user_id=viewer.user_id, merge__parent=idea).delete()


# ------------------------------------------------------------------------------------------------ what the engine asks
def merge_agreed(idea, viewer, data) -> str | None:
    """Guard: an idea is merged by the consent of its authors, never by a bare step."""
    return None if data.get("_merge") is not None else _("Two ideas are merged when their authors agree.")


def unmerge_in_time(idea, viewer, data) -> str | None:
    """Guard: separated again from the merge's own page, within its days."""
    return None if data.get("_merge") is not None else _("Two merged ideas are separated from their own page.")


def drop_answer(idea, transition, viewer, data, entry) -> None:
    """Effect: an answer drafted for the idea, sent back meanwhile, means nothing once it joins another."""
    drop_prepared(idea, transition, viewer, data, entry)


# ---------------------------------------------------------------------------------------------------------- plumbing
def _why_not_parent(idea, parent, viewer) -> str:
    if parent.pk == idea.pk:
        return _("Choose another idea: this one can't join itself.")
    if not rules.can_view(viewer, parent):
        return _("There is no such idea.")
    if parent.space_id != idea.space_id:
        return _("Choose an idea of the same box: the circle and the rules differ elsewhere.")
    if not _takes_others(parent):
        return _("Choose an idea that isn't answered yet: it will carry the promise of both.")
    live = Q(state__in=[MergeState.OPEN, MergeState.MERGED])
    if MergeProposal.objects.filter(live, Q(idea=parent) | Q(parent=idea)).exists():
        return _("One of the two is already part of another merge: finish that one first.")
    if MergeProposal.objects.filter(idea=idea, parent=parent, state=MergeState.REFUSED).exists():
        return _("Their authors already refused this merge: answer them together instead.")
    return ""


def _takes_others(parent) -> bool:
    return parent.is_shown and parent.stage_kind in rules.TAKES_MERGES and not parent.is_imported


def _way(idea):
    """The passage of the idea's process by which it is merged; None where it can't be."""
    ways = process_cache.graph(idea.process_id).ways_out(idea.stage_id)
    return next((way for way in ways if way.form == "merge"), None)


def _separate(idea, viewer, proposal) -> None:
    """Back to the stage it left, as who holds the step; an author whose name is sealed acts without an account."""
    roles = idea.roles_of(viewer)
    ways = process_cache.graph(idea.process_id).ways_out(idea.stage_id)
    mine = [way for way in ways if way.form == "unmerge" and way.to_stage.kind == proposal.from_kind]
    way = next((way for way in mine if roles.intersection(way.who)), None)
    if way is None:
        raise TransitionNotAllowed(_over(proposal))
    data = {"_merge": proposal, "_promised": proposal.promised_on}
    if roles == {Actor.AUTHOR} and (idea.is_sealed or not viewer.is_authenticated):
        fire(idea, way.slug, actor=None, as_role=Actor.AUTHOR, data=data)
    else:
        fire(idea, way.slug, actor=viewer.user, data=data)


def _carry(parent) -> None:
    """The parent owes its answer by the earliest date promised to the ideas that joined it."""
    if parent.owed_id is None:
        return
    joined = MergeProposal.objects.filter(parent=parent, state=MergeState.MERGED, promised_on__isnull=False)
    accountability.carry(parent.owed, min(joined.values_list("promised_on", flat=True), default=None))


def _move_supports(proposal, parent) -> None:
    """Copy the supports of who had none here, their own author aside, and remember which they are."""
    there = set(IdeaSupport.objects.filter(idea=parent).values_list("user_id", flat=True)) | parent.author_ids
    found = IdeaSupport.objects.filter(idea_id=proposal.idea_id).values_list("user_id", flat=True)
    people = [pk for pk in found.order_by("user_id") if pk not in there]
    IdeaSupport.objects.bulk_create([IdeaSupport(idea=parent, user_id=pk) for pk in people], ignore_conflicts=True)
    MovedSupport.objects.bulk_create([MovedSupport(merge=proposal, user_id=pk) for pk in people])
    # Somebody may support the parent at this very moment: the counter's row is held, then counted from the rows.
    IdeaCounts.objects.filter(pk=parent.pk).update(supports=F("supports"))
    IdeaCounts.objects.filter(pk=parent.pk).update(supports=IdeaSupport.objects.filter(idea=parent).count())


def _read(pk: int) -> Idea:
    related = ("owed", "unit", "transfer_to", "space", "site", "direction")
    return Idea.objects.select_related(*related).get(pk=pk)


def _reference(pk: int) -> str:
    return Idea.objects.values_list("reference", flat=True).get(pk=pk)


def _open(proposal):
    return MergeProposal.objects.filter(pk=proposal.pk, state=MergeState.OPEN)


def _over(proposal) -> str:
    """What became of a proposal somebody answers too late."""
    state = MergeProposal.objects.values_list("state", flat=True).get(pk=proposal.pk)
    return {
        MergeState.MERGED: _("The two ideas are already merged."),
        MergeState.REFUSED: _("One of the authors refused: the two ideas stay apart."),
        MergeState.UNDONE: _("The two ideas were separated again."),
    }.get(state, _("This merge was given up: the two ideas stay apart."))


def _too_late(proposal) -> str:
    fresh = MergeProposal.objects.get(pk=proposal.pk)
    if fresh.state != MergeState.MERGED:
        return _over(fresh)
    if fresh.undo_until < clock.today():
        return _("They could be separated until %(day)s.") % {"day": date_format(fresh.undo_until, "DATE_FORMAT")}
    return _("The answer is being given to both: they stay together.")


def _emit(proposal, what: str) -> None:
    outbox.emit(TOPIC, {"merge": proposal.pk, "what": what}, key=f"{TOPIC}:{proposal.pk}:{what}")
