"""What a page tells of merges: the idea joined, those that joined it, the question put to an author."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from src.directory.viewer import as_viewer
from src.foundations import clock
from src.workflow.enums import StageKind

from .. import rules
from ..models import Consent, Idea, MergeProposal, MergeState, MovedSupport
from .rows import author_label, when_label


@dataclass(frozen=True, kw_only=True)
class MergeView:
    """One merge, seen from the page of one of its two ideas."""

    proposal: MergeProposal
    # The other idea: its words stay readable on both pages.
    title: str
    url: str
    author_label: str
    when_label: str
    body_html: str
    is_parent: bool
    text: str
    answer_by: date
    merged_on: date | None
    undo_until: date | None
    # The viewer wrote this side and hasn't answered yet.
    awaits_me: bool
    my_answer: str
    consents: tuple
    may_undo: bool
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Merges:
    """Where an idea stands between others: the one it joined, those that joined it, what is being asked."""

    joined: MergeView | None
    children: list[MergeView]
    asked: MergeView | None
    # The viewer's support came with one of the children, lately: it can be taken back whatever the stage.
    moved_support: bool


NOTHING = Merges(joined=None, children=[], asked=None, moved_support=False)


def with_merges(ideas):
    """The same ideas, knowing whether any merge is told of them: the others cost no statement more."""
    live = MergeProposal.objects.filter(state__in=[MergeState.OPEN, MergeState.MERGED])
    told = live.filter(Q(idea_id=OuterRef("pk")) | Q(parent_id=OuterRef("pk")))
    return ideas.annotate(has_merges=Exists(told))


def merges_of(idea, viewer) -> Merges:
    """Two statements when a merge is told of the idea, none otherwise (``with_merges``)."""
    viewer = as_viewer(viewer)
    if not getattr(idea, "has_merges", True):
        return NOTHING
    related = ("idea", "parent", "idea__site", "parent__site", "parent__owed", "parent__unit", "parent__space")
    found = list(
        MergeProposal.objects.filter(
            Q(idea=idea) | Q(parent=idea), state__in=[MergeState.OPEN, MergeState.MERGED]
        ).select_related(*related, "idea__unit", "idea__transfer_to").order_by("pk")
    )  # fmt: skip
    views = [_view(proposal, idea, viewer) for proposal in found]
    staff = rules.orients(viewer, idea)
    asked = next((view for view in views if view.is_open and (staff or idea.is_of(viewer))), None)
    merged = [view for view in views if not view.is_open]
    children = [view for view in merged if not view.is_parent]
    return Merges(
        joined=next((view for view in merged if view.is_parent), None),
        children=children,
        asked=asked,
        moved_support=bool(children) and _moved(idea, viewer),
    )


def parent_of(merges: Merges) -> Idea | None:
    """The idea this one joined, with what its promise needs; None when it stands alone."""
    return merges.joined.proposal.parent if merges.joined else None


def merge_to_answer(viewer, idea) -> MergeView | None:
    """The proposal about an idea that the viewer may answer, follow or undo; None when there is none."""
    found = merges_of(idea, viewer)
    return found.asked or found.joined or next(iter(found.children), None)


def asked_of(viewer):
    """Proposals that wait for this author's word. One statement."""
    viewer = as_viewer(viewer)
    mine = Idea.objects.of(viewer).values("pk")
    waiting = Q(idea__in=mine, idea_consent=Consent.WAITING) | Q(parent__in=mine, parent_consent=Consent.WAITING)
    return (
        MergeProposal.objects.filter(waiting, state=MergeState.OPEN)
        .select_related("idea", "parent")
        .order_by("answer_by", "pk")
    )


def _moved(idea, viewer) -> bool:
    if not viewer.is_authenticated:
        return False
    return MovedSupport.objects.filter(
        user_id=viewer.user_id, merge__parent=idea, merge__state=MergeState.MERGED
    ).exists()


def _view(proposal, idea, viewer) -> MergeView:
    is_parent = proposal.idea_id == idea.pk
    other = proposal.parent if is_parent else proposal.idea
    mine = Consent(proposal.idea_consent if is_parent else proposal.parent_consent)
    is_open = proposal.state == MergeState.OPEN
    shown = other.is_shown and not other.body_hidden
    return MergeView(
        proposal=proposal,
        title=other.title,
        url=other.get_absolute_url(),
        author_label=author_label(other),
        when_label=when_label(other),
        body_html=other.body_html if shown else "",
        is_parent=is_parent,
        text=proposal.text,
        answer_by=proposal.answer_by,
        merged_on=proposal.merged_on,
        undo_until=proposal.undo_until,
        awaits_me=is_open and idea.is_of(viewer) and mine == Consent.WAITING,
        my_answer=mine.label if idea.is_of(viewer) else "",
        consents=(
            (proposal.idea.title, Consent(proposal.idea_consent).label),
            (proposal.parent.title, Consent(proposal.parent_consent).label),
        ),  # fmt: skip
        may_undo=not is_open and _may_undo(proposal, viewer),
        is_open=is_open,
    )


def _may_undo(proposal, viewer) -> bool:
    if proposal.undo_until < clock.today() or proposal.idea.stage_kind != StageKind.MERGED:
        return False
    if proposal.parent.stage_kind not in rules.TAKES_MERGES:
        return False
    return proposal.idea.is_of(viewer) or rules.orients(viewer, proposal.idea)
