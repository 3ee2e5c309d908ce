"""What the ledger keeps of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare

from .models import Completion, CompletionRevocation

OWNER = "trainings_ledger"
NUMBER_STAYS = "Append-only: an erased account leaves a number without a person, and the chain still verifies."


def _completions(user):
    found = Completion.objects.filter(agent=user).select_related("track", "version")
    for one in found.order_by("completed_on", "pk"):
        yield {
            "title": one.track.title,
            "version": one.version.number if one.version_id else "",
            "done_at": one.completed_on,
            "way": one.get_method_display(),
            "minutes": one.minutes,
        }


def _revocations(user):
    found = CompletionRevocation.objects.filter(completion__agent=user).select_related("completion__track")
    for one in found.order_by("recorded_at", "pk"):
        yield {
            "title": one.completion.track.title,
            "done_at": one.completion.completed_on,
            "because": one.reason,
            "decided_at": one.recorded_at,
        }


declare(
    Completion,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the duty to prove it; the number of the account stays, without your name"),
    title=_("Trainings I completed"),
    export=_completions,
    erase=None,
    reason=NUMBER_STAYS,
)
declare(
    CompletionRevocation,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the completion"),
    title=_("Completions of mine that no longer count"),
    export=_revocations,
    erase=None,
    reason=NUMBER_STAYS,
)
code_words.register("verb", {"trainings.completion_revoked": _("Completion said to count no longer")})
