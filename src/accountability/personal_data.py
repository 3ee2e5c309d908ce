"""What accountability keeps of people, for how long, and how it leaves."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare

from .models import AnnouncementBatch, Decision, OwedPause, OwedReminder, ResponseOwed


def _owed(user):
    for owed in ResponseOwed.objects.filter(owner=user).order_by("started_on", "id"):
        yield {
            "kind": owed.subject_kind,
            "reference": owed.subject_reference,
            "promised_on": owed.promised_on,
            "answered_on": owed.answered_on,
        }


def _forget_owner(user):
    return ResponseOwed.objects.filter(owner=user).update(owner=None)


def _decisions(user):
    signed = Decision.objects.announced().filter(Q(decided_by=user) | Q(drafted_by=user))
    for decision in signed.select_related("batch").order_by("prepared_at", "id"):
        yield {
            "kind": decision.subject_kind,
            "reference": decision.subject_reference,
            "outcome": decision.get_outcome_display(),
            "text": decision.text,
            "signed_as": decision.signed_as,
            "announced_at": decision.batch.announced_at,
        }


def _batches(user):
    made = AnnouncementBatch.objects.filter(Q(created_by=user) | Q(announced_by=user)).order_by("created_at", "id")
    for batch in made:
        yield {"name": batch.name, "created_at": batch.created_at, "announced_at": batch.announced_at}


def _forget_announcer(user):
    made = AnnouncementBatch.objects.filter(created_by=user).update(created_by=None)
    return made + AnnouncementBatch.objects.filter(announced_by=user).update(announced_by=None)


KIND = {"kind": code_words.reader("kind")}

declare(
    ResponseOwed,
    owner="accountability",
    classification=Classification.C1,
    retention=_("as long as the subject"),
    title=_("Answers I follow"),
    words=KIND,
    export=_owed,
    erase=_forget_owner,
    reason="Who follows an answer the city promised; the promise outlives the person.",
)
declare(
    OwedPause,
    owner="accountability",
    classification=Classification.C1,
    retention="as long as the subject",
    export=None,
    erase=None,
    reason="No personal data: the public reason of a pause and its days.",
)
declare(
    OwedReminder,
    owner="accountability",
    classification=Classification.C1,
    retention="as long as the subject",
    export=None,
    erase=None,
    reason="No personal data: which level was reminded, and on which day.",
)
declare(
    Decision,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is a signed act of the city"),
    title=_("Decisions I prepared or signed"),
    words=KIND,
    export=_decisions,
    erase=None,
    reason="A public act signed in the exercise of a function: it isn't erased with the account.",
)
declare(
    AnnouncementBatch,
    owner="accountability",
    classification=Classification.C1,
    retention=_("for good: it is the date of a public act"),
    title=_("Announcements I made"),
    export=_batches,
    erase=_forget_announcer,
    reason="Who announced what, and when.",
)
