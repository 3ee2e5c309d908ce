"""Who is told of a merge: both authors when asked, who proposed it when one refuses, everybody once it is done."""

from src.directory.enums import Role
from src.foundations import clock
from src.notices.services import send
from src.workflow.enums import StageKind

from ..models import MergeProposal, MergeState
from . import telling


def tell_merge(proposal_pk: int, what: str) -> None:
    """A proposal was made, refused or given up: by name or by handle, each once; who proposed reads a refusal."""
    proposal = _read(proposal_pk)
    if proposal is None:
        return
    key = f"merge:{proposal_pk}:{what}"
    if what == "refused":
        people = {proposal.proposed_by_id} if proposal.proposed_by_id else telling.holders(
            proposal.idea, Role.IDEA_CORRESPONDENT
        )  # fmt: skip
        people -= proposal.idea.author_ids
        send("ideas.merge.refused", recipients=sorted(people), context=_words(proposal), key=key)
        return
    code = {"asked": "ideas.merge.asked", "dropped": "ideas.merge.dropped"}[what]
    if what == "asked" and proposal.state != MergeState.OPEN:
        return
    for one, other in ((proposal.idea, proposal.parent), (proposal.parent, proposal.idea)):
        telling.tell_author(one, code, _words(proposal, one, other), key)


def tell_merged(idea, entry) -> None:
    """The idea joined another: its author and its supporters, then those of the parent."""
    proposal = MergeProposal.objects.select_related("parent__space", "parent__unit", "parent__owed").filter(
        idea=idea, state=MergeState.MERGED
    ).first()  # fmt: skip
    if proposal is None:
        return
    parent, key = proposal.parent, f"moved:{entry.pk}"
    words = _words(proposal, idea, parent)
    telling.tell_author(idea, "ideas.merged", words, key)
    followers, handles = telling.followers_of(idea)
    send("ideas.merged.followed", recipients=followers, handles=handles, context=words, key=key)
    words = _words(proposal, parent, idea)
    telling.tell_author(parent, "ideas.joined", words, key)
    others, _handles = telling.followers_of(parent)
    send("ideas.joined.followed", recipients=sorted(set(others) - set(followers)), context=words, key=key)


def _read(pk: int) -> MergeProposal | None:
    related = [f"{side}__{name}" for side in ("idea", "parent") for name in ("space", "unit", "owed", "author")]
    return MergeProposal.objects.select_related(*related).filter(pk=pk).first()


def _words(proposal, one=None, other=None) -> dict:
    one, other = one or proposal.idea, other or proposal.parent
    return telling.context_of(one) | {
        "other": other.title,
        "other_reference": other.reference,
        "text": proposal.text,
        "until": proposal.answer_by.isoformat(),
        "undo_until": proposal.undo_until.isoformat() if proposal.undo_until else "",
        "promised": _carried(proposal),
    }


def _carried(proposal) -> str:
    owed = proposal.parent.owed
    return owed.promised(clock.today()).isoformat() if owed else ""


telling.TELLERS["", StageKind.MERGED] = tell_merged
