"""What the life of an idea after its sending keeps of people: ready-made answers, merges, internal notes."""

from django.utils.translation import gettext_lazy as _

from src.directory.viewer import as_viewer
from src.foundations.personal_data import Classification, declare

from .models import AnswerTemplate, Idea, IdeaNote, IdeaNoteVersion, MergeProposal, MovedSupport

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
