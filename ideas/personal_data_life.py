"""What the life of an idea after its sending keeps of people: ready-made answers, merges, notes, reopenings."""

from django.utils.translation import gettext_lazy as _

from src.directory.viewer import as_viewer
from src.foundations.personal_data import Classification, declare

from .models import (
    AnswerTemplate,
    CoAuthor,
    Idea,
    IdeaGroup,
    IdeaNote,
    IdeaNoteVersion,
    MergeProposal,
    MovedSupport,
    ReopeningAnswer,
    ReopeningRound,
    SpacePassage,
)

LIFE = _("as long as the idea")


def _merges(user):
    """What one proposed, and what was proposed about one's ideas: the author's answer is theirs to read."""
    mine = set(Idea.objects.of(as_viewer(user)).values_list("pk", flat=True))
    found = MergeProposal.objects.filter(proposed_by=user) | MergeProposal.objects.filter(idea__in=mine)
    found |= MergeProposal.objects.filter(parent__in=mine)
    for proposal in found.select_related("idea", "parent").distinct().order_by("pk"):
        side = (
            proposal.get_idea_consent_display()
            if proposal.idea_id in mine
            else proposal.get_parent_consent_display()
            if proposal.parent_id in mine
            else ""
        )
        yield {
            "idea": proposal.idea.reference,
            "joins": proposal.parent.reference,
            "text": proposal.text if proposal.proposed_by_id == user.pk else "",
            "outcome": proposal.get_state_display(),
            "my_answer": side,
        }


def _forget_merges(user):
    return MergeProposal.objects.filter(proposed_by=user).update(proposed_by=None)


def _moved(user):
    for moved in MovedSupport.objects.filter(user=user).select_related("merge__idea", "merge__parent").order_by("pk"):
        yield {"idea": moved.merge.idea.reference, "joins": moved.merge.parent.reference}


def _erase_moved(user):
    return MovedSupport.objects.filter(user=user).delete()[0]


def _notes(user):
    for note in IdeaNote.objects.filter(writer=user).select_related("idea").order_by("written_at", "pk"):
        yield {"idea": note.idea.reference, "text": note.text, "at": note.written_at}


def _forget_notes(user):
    return IdeaNote.objects.filter(writer=user).update(writer=None)


def _former_notes(user):
    versions = IdeaNoteVersion.objects.filter(note__writer=user).select_related("note__idea")
    for version in versions.order_by("pk"):
        yield {"idea": version.note.idea.reference, "text": version.text, "replaced_on": version.replaced_at}


declare(
    IdeaNote,
    owner="ideas",
    classification=Classification.C3,
    retention=LIFE,
    title=_("Internal notes I wrote"),
    export=_notes,
    erase=_forget_notes,
    reason="What those who handle an idea write for each other: read in their direction, in nobody else's export.",
)
declare(
    IdeaNoteVersion,
    owner="ideas",
    classification=Classification.C3,
    retention=LIFE,
    title=_("Earlier versions of my internal notes"),
    export=_former_notes,
    erase=None,
    reason="What a note said before it was changed: tied to the note, and to nobody once its writer is gone.",
)


def _invitations(user):
    found = CoAuthor.objects.filter(user=user) | CoAuthor.objects.filter(idea__author=user)
    for one in found.select_related("idea").distinct().order_by("pk"):
        yield {
            "idea": one.idea.reference,
            "title": one.idea.title,
            "signed_as": one.signed_as if one.user_id == user.pk else "",
            "outcome": one.get_state_display(),
            "asked_on": one.asked_on,
            "credited": one.wants_credit if one.user_id == user.pk else "",
        }


def _erase_invitations(user):
    """The names of ideas are written again without this one."""
    from .services.coauthoring import write_names  # services read models this module declares

    ideas = list(CoAuthor.objects.filter(user=user).values_list("idea_id", flat=True))
    gone = CoAuthor.objects.filter(user=user).delete()[0]
    for idea_pk in ideas:
        write_names(idea_pk)
    return gone


declare(
    CoAuthor,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Ideas I was asked to sign, or that I asked colleagues to sign"),
    export=_invitations,
    erase=_erase_invitations,
    reason="Who was asked to sign an idea with its author, and what they answered; never for what isn't signed.",
)


def _groups(user):
    for group in IdeaGroup.objects.filter(speaker=user).select_related("idea").order_by("pk"):
        yield {
            "idea": group.idea.reference,
            "kind": group.get_kind_display(),
            "signed_as": group.idea.signed_as,
            "described_as": group.document_title,
        }


def _forget_spokesperson(user):
    """The group's text and document are the group's: the name of who spoke for it goes."""
    return IdeaGroup.objects.filter(speaker=user).update(speaker=None, spokesperson="")


declare(
    IdeaGroup,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Groups I spoke for"),
    words={"kind": lambda kind, row: kind},
    export=_groups,
    erase=_forget_spokesperson,
    reason="Who speaks for a group that signs an idea, and the document it left, without properties.",
)


def _my_wishes(user):
    """What one said as the author, while the question is open."""
    mine = ReopeningRound.objects.filter(idea__in=Idea.objects.of(as_viewer(user))).exclude(author_wish="")
    for opened in mine.select_related("idea").order_by("pk"):
        yield {"idea": opened.idea.reference, "my_answer": opened.get_author_wish_display()}


def _wishes(user):
    for answer in ReopeningAnswer.objects.filter(user=user).select_related("round__idea").order_by("pk"):
        yield {"idea": answer.round.idea.reference, "my_answer": answer.get_wish_display()}


def _erase_wishes(user):
    return ReopeningAnswer.objects.filter(user=user).delete()[0]


declare(
    ReopeningRound,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Questions whether to reopen my ideas"),
    export=_my_wishes,
    erase=None,
    reason="Totals; the author's word, without a day or an account, is forgotten when the question closes.",
)
declare(
    ReopeningAnswer,
    owner="ideas",
    classification=Classification.C2,
    retention=_("until the question closes: fourteen days"),
    title=_("Whether I want ideas I support to be looked at again"),
    export=_wishes,
    erase=_erase_wishes,
    reason="Who answered what, so that they can change it; counted, then forgotten at the close.",
)


def _passages(user):
    for passage in SpacePassage.objects.filter(made_by=user).select_related("idea", "to_space").order_by("pk"):
        yield {
            "idea": passage.idea.reference,
            "space": passage.to_space.name,
            "text": passage.text,
            "on": passage.made_on,
        }


def _forget_passages(user):
    return SpacePassage.objects.filter(made_by=user).update(made_by=None)


declare(
    SpacePassage,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Ideas I passed to another space"),
    export=_passages,
    erase=_forget_passages,
    reason="Who passed an idea to another space, and why.",
)
declare(
    AnswerTemplate,
    owner="ideas",
    classification=Classification.C1,
    retention=None,
    export=None,
    erase=None,
    reason="No personal data: words to start an answer from.",
)
declare(
    MergeProposal,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Merges I proposed or answered"),
    export=_merges,
    erase=_forget_merges,
    reason="Who proposed a merge; what each author answered, by idea and without a day: nothing dates a sealed one.",
)
declare(
    MovedSupport,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Supports that followed a merge"),
    export=_moved,
    erase=_erase_moved,
    reason="Which supports followed an idea into another, so that undoing takes back those and no other.",
)
