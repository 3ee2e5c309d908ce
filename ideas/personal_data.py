"""What ideas keep of people, for how long, and how it leaves."""

from pathlib import PurePath

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.accountability import services as accountability
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import code_words
from src.foundations.personal_data import Classification, declare
from src.participation.enums import IdentityMode, Signature
from src.participation.services import authorship
from src.workflow.enums import Actor

from .models import (
    Assessment,
    AssessorSeat,
    ConflictOfInterest,
    Idea,
    IdeaAppeal,
    IdeaCase,
    IdeaComment,
    IdeaCounts,
    IdeaFile,
    IdeaFollow,
    IdeaJournalEntry,
    IdeaReport,
    IdeaSupport,
    IdeaVersion,
    ImportBatch,
    TaggedIdea,
)

NONE = "No personal data."
LIFE = _("as long as the idea")


def _ideas(user):
    for idea in Idea.objects.of(as_viewer(user)).select_related("space").order_by("week", "reference"):
        yield {
            "reference": idea.reference,
            "space": idea.space.name,
            "title": idea.title,
            "text": idea.body,
            "identity": idea.get_identity_mode_display(),
            "signed_as": idea.signed_as,
            "week": idea.week,
        }


def _forget_ideas(user):
    """Signed ideas stay, without their author; sealed links are cut by participation. A group keeps its signature."""
    # What measures say of them goes too; the signature of a group is the group's.
    signed = Idea.objects.filter(author=user).exclude(signature=Signature.GROUP)
    accountability.credit_origins(Idea.subject_kind, list(signed.values_list("reference", flat=True)), "")
    of_groups = Idea.objects.filter(author=user, signature=Signature.GROUP).update(author=None)
    return (
        of_groups
        # Whoever studied it leaves it to their unit.
        + Idea.objects.filter(owner=user).update(owner=None)
        + Idea.objects.filter(author=user).update(author=None, signed_as="")
        + Idea.objects.filter(first_read_by=user).update(first_read_by=None)
    )


def _own_comments(user):
    named = IdeaComment.objects.filter(author=user)
    sealed = IdeaComment.objects.filter(identity_mode=IdentityMode.PROTECTED, handle__in=authorship.own_handles(user))
    return (named | sealed).select_related("idea").order_by("week", "reference")


def _comments(user):
    for comment in _own_comments(user):
        yield {
            "idea": comment.idea.reference,
            "text": comment.body,
            "identity": comment.get_identity_mode_display(),
            "signed_as": comment.signed_as,
            "week": comment.week,
        }


def _forget_comments(user):
    return IdeaComment.objects.filter(author=user).update(author=None, signed_as="")


def _supports(user):
    for support in IdeaSupport.objects.filter(user=user).select_related("idea").order_by("idea__reference"):
        yield {"idea": support.idea.reference, "title": support.idea.title}


def _erase_supports(user):
    """Supports go with the account; their counters are recounted."""
    from src.participation.services import rebuild_counts  # services read models this module declares

    ids = list(IdeaSupport.objects.filter(user=user).values_list("idea_id", flat=True))
    gone = IdeaSupport.objects.filter(user=user).delete()[0]
    rebuild_counts(IdeaCounts, support_model=IdeaSupport, targets=ids)
    return gone


def _follows(user):
    for follow in IdeaFollow.objects.filter(user=user).select_related("idea").order_by("idea__reference"):
        yield {"idea": follow.idea.reference, "title": follow.idea.title}


def _erase_follows(user):
    from src.participation.services import rebuild_counts  # services read models this module declares

    ids = list(IdeaFollow.objects.filter(user=user).values_list("idea_id", flat=True))
    gone = IdeaFollow.objects.filter(user=user).delete()[0]
    rebuild_counts(IdeaCounts, follow_model=IdeaFollow, targets=ids)
    return gone


def _stage(entry) -> str:
    """Where the idea went: authors know the word everyone reads, the service its own."""
    return entry.to_stage.public_text if entry.actor_role == Actor.AUTHOR else entry.to_stage.staff_text


def _steps(user):
    for entry in IdeaJournalEntry.objects.filter(actor=user).select_related("idea", "to_stage").order_by("id"):
        yield {
            "idea": entry.idea.reference,
            "step": _stage(entry),
            "at": entry.at,
            "role": entry.actor_role,
            "text": entry.text,
        }


def _seats(user):
    for seat in AssessorSeat.objects.filter(user=user).select_related("idea").order_by("asked_at", "id"):
        yield {"idea": seat.idea.reference, "asked_at": seat.asked_at, "due_on": seat.due_on, "late": seat.is_late}


def _conflicts(user):
    for conflict in ConflictOfInterest.objects.filter(user=user).select_related("idea").order_by("said_at", "id"):
        yield {
            "idea": conflict.idea.reference,
            "ground": conflict.get_ground_display(),
            "said_at": conflict.said_at,
        }


def _assessments(user):
    cards = Assessment.objects.filter(seat__user=user).select_related("seat__idea").order_by("submitted_at", "id")
    for card in cards:
        yield {
            "idea": card.seat.idea.reference,
            "scores": {name: getattr(card, name) for name in Assessment.CRITERIA},
            "risk": card.risk_flag,
            "note": card.note,
            "submitted_at": card.submitted_at,
        }


def _batches(user):
    for batch in ImportBatch.objects.filter(run_by=user).order_by("started_at", "id"):
        yield {"source": batch.source_name, "kind": batch.kind, "started_at": batch.started_at}


def _forget_batches(user):
    return ImportBatch.objects.filter(run_by=user).update(run_by=None)


def _files(user):
    held = IdeaFile.objects.filter(idea__in=Idea.objects.of(as_viewer(user))).select_related("idea")
    for file in held.order_by("idea__reference", "position"):
        yield {"idea": file.idea.reference, "described_as": file.alt}


def files_sent(user):
    """The pictures and documents somebody sent with their ideas, for the file they take away."""
    held = IdeaFile.objects.filter(idea__in=Idea.objects.of(as_viewer(user))).select_related("idea")
    for file in held.order_by("idea__reference", "position"):
        yield f"{file.idea.reference}{PurePath(file.file.name).suffix}", file.file


def _versions(user):
    for version in IdeaVersion.objects.filter(idea__in=Idea.objects.of(as_viewer(user))).select_related("idea"):
        yield {"idea": version.idea.reference, "title": version.title, "replaced_on": version.replaced_on}


ROLES = {**dict(Role.choices), **dict(Actor.choices)}
FILES = {"proposals": _("Proposals"), "debates": _("Debates"), "comments": _("Comments")}


def _reports(user):
    for report in IdeaReport.objects.filter(reporter=user).select_related("idea").order_by("pk"):
        yield {
            "idea": report.idea.reference,
            "reason": report.get_reason_code_display(),
            "text": report.text,
            "at": report.made_at,
        }


def _forget_reports(user):
    """The report stays, counted without its person."""
    return IdeaReport.objects.filter(reporter=user).update(reporter=None, unit=None, text="")


def _purge_reporters(now, apply):
    from .services.moderating import forget_reporters  # services read models this module declares

    return forget_reporters(now, apply)


def _cases(user):
    for case in IdeaCase.objects.filter(decided_by=user).select_related("idea").order_by("pk"):
        yield {
            "idea": case.idea.reference,
            "outcome": case.get_state_display(),
            "reason": case.get_reason_code_display(),
            "text": case.text,
            "note": case.remark,
            "at": case.decided_at,
        }


def _forget_cases(user):
    return IdeaCase.objects.filter(decided_by=user).update(decided_by=None)


def _own_appeals(user):
    ideas = Idea.objects.of(as_viewer(user)).values("pk")
    comments = _own_comments(user).order_by().values("pk")
    mine = Q(case__comment__isnull=True, case__idea__in=ideas) | Q(case__comment__in=comments)
    return IdeaAppeal.objects.filter(mine | Q(decided_by=user)).select_related("case__idea").order_by("pk")


def _appeals(user):
    for objection in _own_appeals(user):
        answered = objection.decided_by_id == user.pk
        yield {
            "idea": objection.case.idea.reference,
            "text": objection.answer if answered else objection.text,
            "outcome": objection.get_state_display(),
            "at": objection.decided_at if answered else objection.made_at,
        }


def _forget_appeals(user):
    """Objections stay with the text they are about; who removed and who answered goes."""
    removed = IdeaAppeal.objects.filter(removed_by=user).update(removed_by=None)
    return removed + IdeaAppeal.objects.filter(decided_by=user).update(decided_by=None)


code_words.register("kind", {Idea.subject_kind: _("Idea")})
code_words.register("draft", {Idea.subject_kind: _("Idea")})
code_words.register(
    "verb",
    {
        "ideas.credit.given": _("Name of its author shown on a measure"),
        "ideas.credit.taken_back": _("Name of its author taken off a measure"),
        "ideas.hierarchy.refused": _("Gesture refused: too close in the hierarchy"),
        "ideas.cohort.planned": _("Calendar of a cohort kept"),
        "ideas.cohort.mentor": _("Mentor of a project named"),
        "ideas.copied": _("Idea copied to another space"),
        "ideas.template.saved": _("Ready-made answer written or changed"),
        "ideas.template.removed": _("Ready-made answer taken away"),
        "moderation.kept": _("Reported text kept"),
        "moderation.removed": _("Text removed by the moderation"),
        "moderation.upheld": _("Objection answered: removal upheld"),
        "moderation.restored": _("Objection answered: text shown again"),
    },
)
declare(
    Idea,
    owner="ideas",
    classification=Classification.C4,
    retention=_("as long as it is published; the link to a protected author goes 24 months after the decision"),
    title=_("My ideas"),
    export=_ideas,
    erase=_forget_ideas,
    reason="What people propose. A sealed idea holds no account column; a signed one keeps its text, not its author.",
)
declare(
    IdeaComment,
    owner="ideas",
    classification=Classification.C4,
    retention=LIFE,
    title=_("My comments"),
    export=_comments,
    erase=_forget_comments,
    reason="What people say under ideas, signed or sealed like ideas.",
)
declare(
    IdeaSupport,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Ideas I support"),
    export=_supports,
    erase=_erase_supports,
    reason="Who supports what: shown as a total, never as a name.",
)
declare(
    IdeaFollow,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Ideas I follow"),
    export=_follows,
    erase=_erase_follows,
    reason="Who wants to hear of an idea; never written for the author of a sealed one.",
)
declare(
    IdeaJournalEntry,
    owner="ideas",
    classification=Classification.C2,
    retention=_("five years, under a pseudonym in the journal"),
    title=_("Steps I made ideas take"),
    words={"role": lambda code, row: ROLES.get(code, "")},
    export=_steps,
    erase=None,
    reason="Acts of the service, append-only and sealed in the chain under a pseudonym; an author's own steps carry "
    "no account when the idea is sealed.",
)
declare(
    AssessorSeat,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Ideas I was asked to assess"),
    export=_seats,
    erase=None,
    reason="Who was asked to assess, in the exercise of a function: the act outlives the account.",
)
declare(
    ConflictOfInterest,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Ideas I may not score"),
    export=_conflicts,
    erase=None,
    reason="Why a juror didn't score, in the exercise of a function: it founds the fairness of a public choice.",
)
declare(
    Assessment,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("My assessments"),
    export=_assessments,
    erase=None,
    reason="A professional opinion that founds a public decision: it isn't erased with the account.",
)
declare(
    ImportBatch,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Files I brought in"),
    words={"kind": lambda code, row: FILES.get(code, "")},
    export=_batches,
    erase=_forget_batches,
    reason="Who brought in which file.",
)
declare(
    IdeaFile,
    owner="ideas",
    classification=Classification.C3,
    retention=LIFE,
    title=_("Pictures and documents of my ideas"),
    export=_files,
    erase=None,
    reason="Pictures without metadata, documents of signed ideas alone; the author takes them away before the answer.",
)
declare(
    IdeaVersion,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Earlier versions of my ideas"),
    export=_versions,
    erase=None,
    reason="Earlier words of an idea, kept visible; tied to the idea and to nobody.",
)
declare(
    IdeaCounts, owner="ideas", classification=Classification.C1, retention=LIFE, export=None, erase=None, reason=NONE
)
declare(
    TaggedIdea, owner="ideas", classification=Classification.C1, retention=LIFE, export=None, erase=None, reason=NONE
)
declare(
    IdeaReport,
    owner="ideas",
    classification=Classification.C3,
    retention=_("12 months after the decision, then only counted"),
    title=_("Texts I reported"),
    export=_reports,
    erase=_forget_reports,
    purge=_purge_reporters,
    reason="Who reported a text, from which unit: shown to nobody, kept against misuse.",
)
declare(
    IdeaCase,
    owner="ideas",
    classification=Classification.C3,
    retention=LIFE,
    title=_("Texts I decided on as a moderator"),
    export=_cases,
    erase=_forget_cases,
    reason="What a moderator decided after reading a text, and the words told to its author.",
)
declare(
    IdeaAppeal,
    owner="ideas",
    classification=Classification.C3,
    retention=LIFE,
    title=_("Objections I made or answered"),
    export=_appeals,
    erase=_forget_appeals,
    reason="What an author objects to a removal, and what was answered.",
)
