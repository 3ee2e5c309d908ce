"""An idea passes to another space: moved with all it has, or copied and begun again there; its author is told."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from src.accountability import services as accountability
from src.directory.viewer import as_viewer
from src.foundations import clock, journal, outbox
from src.participation.enums import Circle, IdentityMode, PhaseVerb
from src.participation.limits import inside_limits
from src.participation.rules import can_see_space, identity_modes_offered, is_open
from src.participation.services.contributions import freeze_space, identity_fields
from src.workflow import process_cache
from src.workflow.enums import StageKind
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.services import begin

from .. import rules, validators
from ..models import Idea, IdeaCounts, IdeaJournalEntry, MergeProposal, MergeState, SpacePassage
from .submitting import process_of

TOPIC = "ideas.passed"
# The journal's word for it: no transition of a process has this name.
SLUG = "passed-to-a-space"
# Where an idea waits for nobody in particular: nothing is taken from anybody by moving it.
MOVES_FROM = frozenset({StageKind.SUBMITTED, StageKind.OPEN, StageKind.QUALIFIED, StageKind.SHORTLISTED})
Kind = SpacePassage.Kind


def move_idea(*, idea, to_space, actor, text: str) -> SpacePassage:
    """Move an idea to another space: same page, words, supports, comments, history and promised date.

    It is sorted again there: its direction's unit, or the cell of a space that counts, takes it. Its author and those
    who support or follow it are told. Refuses whoever doesn't orient it (PermissionDenied), an idea under study,
    answered or about to be merged (TransitionNotAllowed), and with a sentence a space that ``why_not`` refuses.
    """
    viewer = _check(idea, to_space, actor)
    text = _said(text)
    if idea.stage_kind not in MOVES_FROM or not idea.is_shown:
        raise TransitionNotAllowed(_("An idea is moved before its study, and never once it is answered: copy it."))
    if MergeProposal.objects.filter(Q(idea=idea) | Q(parent=idea), state__in=_LIVE).exists():
        raise TransitionNotAllowed(_("A merge is proposed or made with this idea: settle it first."))
    stage = _landing(idea, to_space)
    now, before = clock.now(), idea.space
    unit = to_space.steering_unit if to_space.chosen_count else idea.direction or to_space.steering_unit
    columns = {
        "space": to_space,
        "process": stage.process,
        "stage": stage,
        "stage_kind": stage.kind,
        "stage_since": now,
        "unit": unit,
        "service": None,
        "owner": None,
        "scale": "",
    }
    with transaction.atomic():
        passage = SpacePassage.objects.create(
            idea=idea,
            kind=Kind.MOVED,
            from_space=before,
            to_space=to_space,
            text=text,
            made_by=viewer.user,
            made_on=timezone.localdate(now),
        )
        left = Idea.objects.filter(pk=idea.pk, space=before, stage=idea.stage_id)
        if not left.update(**columns):
            raise TransitionNotAllowed(_("This idea has just moved: read it again."))
        IdeaJournalEntry.objects.create(
            idea=idea,
            transition_slug=SLUG,
            from_kind=idea.stage_kind,
            to_kind=stage.kind,
            from_stage=idea.stage,
            to_stage=stage,
            actor=viewer.user,
            actor_role=min(idea.roles_of(viewer) & {"facilitator", "idea_correspondent"}),
            at=now,
            text=text,
            data={"from_space": before.slug, "to_space": to_space.slug},
        )
        if idea.owed is not None:
            # The day promised is the author's: it follows the idea as it is.
            accountability.reassign(idea.owed, unit, owner=None)
        freeze_space(to_space, now)
        _tell(passage, idea)
    idea.refresh_from_db()
    return passage


def copy_idea(*, idea, to_space, actor, text: str) -> SpacePassage:
    """Copy an idea into another space, where it begins: a new reference, its own promise, no support taken along.

    The first stays as it is; each page leads to the other; the author, who is the same, is told. Refuses what
    ``move_idea`` refuses of people and spaces, and an idea whose author's name is under seal.
    """
    viewer = _check(idea, to_space, actor)
    text = _said(text)
    if not idea.is_shown or idea.body_hidden:
        raise TransitionNotAllowed(_("This text isn’t shown any more: it can’t be copied."))
    if idea.identity_mode != IdentityMode.NAMED or idea.author is None:
        raise ValidationError({"what": _("Its author’s name is under seal or gone: it can be moved, not copied.")})
    now = clock.now()
    fields = identity_fields(
        to_space, idea.author, identity_mode=idea.identity_mode, signature=idea.signature, now=now
    ) | {"signed_as": idea.signed_as}
    unit = to_space.steering_unit if to_space.chosen_count else idea.direction or to_space.steering_unit
    copy = Idea(
        **fields,
        **begin(process_of(to_space).pk, at=now),
        space=to_space,
        unit=unit,
        kind=idea.kind,
        title=idea.title,
        body=idea.body,
        body_html=idea.body_html,
        site=idea.site,
        direction=idea.direction,
    )
    try:
        with transaction.atomic():
            copy.owed = accountability.owe(
                subject_kind=Idea.subject_kind, reference=copy.reference, unit=unit, started_on=timezone.localdate(now)
            )
            copy.save(force_insert=True)
            IdeaCounts.objects.create(idea=copy)
            copy.tags.set(idea.tags.names())
            passage = SpacePassage.objects.create(
                idea=copy,
                kind=Kind.COPIED,
                source=idea,
                from_space=idea.space,
                to_space=to_space,
                text=text,
                made_by=viewer.user,
                made_on=timezone.localdate(now),
            )
            freeze_space(to_space, now)
            payload = {"copy": copy.reference, "to_space": to_space.slug}
            journal.record("ideas.copied", actor=viewer.user, object_ref=f"idea:{idea.reference}", payload=payload)
            _tell(passage, copy)
    except IntegrityError:
        if SpacePassage.objects.filter(source=idea, to_space=to_space, kind=Kind.COPIED).exists():
            raise TransitionNotAllowed(_("This idea was already copied there: see the page of its copy."))
        raise
    return passage


def may_pass(user, idea) -> bool:
    """Whether ``user`` may pass the idea to another space: those who orient it. Never an archive nor a cohort."""
    return not idea.is_imported and idea.space.cohort_seats is None and rules.orients(as_viewer(user), idea)


def why_not(idea, to_space) -> str:
    """Why an idea can't go to a space, in a sentence; empty when it can. What its author was told stays true."""
    before = idea.space
    if to_space.pk == before.pk:
        return _("It is already there.")
    if rules.ACTIVITY not in to_space.activities or to_space.process_id is None or to_space.is_archive:
        return _("No ideas are collected there.")
    if to_space.cohort_seats is not None:
        return _("A cohort takes applications, that name people: an idea can’t become one.")
    if not is_open(to_space, PhaseVerb.PROPOSE):
        return _("That space doesn’t take ideas at the moment.")
    if idea.identity_mode not in identity_modes_offered(to_space):
        return _("That space doesn’t offer the way its author signed: it can’t go there.")
    same = to_space.circle == before.circle and to_space.member_unit_id == before.member_unit_id
    if to_space.circle == Circle.MEMBERS or before.circle == Circle.MEMBERS:
        same = same and before.member_unit_id is not None
    if not same and (before.circle, to_space.circle) != (Circle.EVERYONE, Circle.AGENTS):
        return _("Others would read it than those its author was told: it can’t go there.")
    if to_space.is_limited and (idea.author is None or not inside_limits(idea.author, to_space)):
        return _("Only some people propose there, and its author isn’t known to be one of them.")
    if (to_space.steering_unit if to_space.chosen_count else idea.direction or to_space.steering_unit) is None:
        return _("Nobody reads the ideas of that space yet: its steering unit is missing.")
    return ""


_LIVE = [MergeState.OPEN, MergeState.MERGED]


def _check(idea, to_space, actor):
    viewer = as_viewer(actor)
    if not may_pass(viewer, idea) or not can_see_space(viewer, to_space):
        raise PermissionDenied(_("An idea passes to another space by those who orient it."))
    refusal = why_not(idea, to_space)
    if refusal:
        raise ValidationError({"space": refusal})
    return viewer


def _landing(idea, to_space):
    """The stage where it waits in the other process: not read yet, or to sort."""
    graph = process_cache.graph(process_of(to_space).pk)
    kind = StageKind.SUBMITTED if idea.stage_kind == StageKind.SUBMITTED else StageKind.OPEN
    stage = next(iter(graph.stages_of_kind(kind)), None)
    if stage is None:
        raise ValidationError({"space": _("The process of that space has no step where this idea could wait.")})
    return stage


def _said(text: str) -> str:
    try:
        return validators.clean_statement(text)
    except ValidationError as error:
        raise ValidationError({"text": error})


def _tell(passage, idea) -> None:
    outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": idea.pk})
    outbox.emit(TOPIC, {"passage": passage.pk}, key=f"{TOPIC}:{passage.pk}")
