"""What the relay and the ticker do for ideas: tell people, keep the index, bring promised dates forward."""

from datetime import timedelta

from src.foundations import outbox, ticking

from .clockwork import hasten_supported
from .models import Idea
from .services import (
    accompanying,
    cohorts,
    crediting,
    merging,
    passing,
    reopening,
    telling,
    telling_cohorts,
    telling_measures,
    telling_merging,
    telling_moderation,
    telling_passages,
    telling_reopening,
    thanking,
)


def moved(payload: dict) -> None:
    """An idea moved: ``{"kind": "idea", "reference": …, "entry": id}``; the engine calls it (registrations)."""
    # Its step, its direction, its answer or whether its text shows: the index follows.
    pk = Idea.objects.filter(reference=payload["reference"]).values_list("pk", flat=True).first()
    if pk is not None:
        outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": pk})


def told(payload: dict) -> None:
    """An idea moved and nobody took the step back in time: people are told; the engine calls it (registrations)."""
    if not telling_measures.tell_followed(payload["entry"]):
        telling.tell_moved(payload["entry"])


@outbox.handles("ideas.submitted")
def submitted(payload: dict) -> None:
    """An idea was sent: its author is told, and it can be found."""
    telling.tell_submitted(payload["reference"])
    pk = Idea.objects.filter(reference=payload["reference"]).values_list("pk", flat=True).first()
    if pk is not None:
        outbox.emit("search.index", {"kind": Idea.subject_kind, "pk": pk})


@outbox.handles("ideas.commented")
def commented(payload: dict) -> None:
    """A comment was published."""
    telling.tell_commented(payload["reference"])


@outbox.handles("ideas.thanked")
def thanked(payload: dict) -> None:
    """An author thanked those who answered: they are told."""
    thanking.tell_thanked(payload["reference"])


@outbox.handles("ideas.coauthor")
def coauthor(payload: dict) -> None:
    """Somebody was asked to be an author too, or answered."""
    telling.tell_co_author(payload["invitation"], payload["what"])


@outbox.handles("ideas.reported")
def reported(payload: dict) -> None:
    """A text was reported for the first time since it was last read."""
    telling_moderation.tell_reported(payload["case"])


@outbox.handles("ideas.withheld")
def withheld(payload: dict) -> None:
    """Reports hid a text."""
    telling_moderation.tell_withheld(payload["case"])
    telling_moderation.follow_in_inboxes(payload["case"])


@outbox.handles("ideas.moderated")
def moderated(payload: dict) -> None:
    """Somebody read a text and decided."""
    telling_moderation.tell_decided(payload["case"])
    telling_moderation.follow_in_inboxes(payload["case"])


@outbox.handles("ideas.appealed")
def appealed(payload: dict) -> None:
    """An author objects to a removal."""
    telling_moderation.tell_appealed(payload["case"])


@outbox.handles("ideas.appeal_answered")
def appeal_answered(payload: dict) -> None:
    """An objection was answered."""
    telling_moderation.tell_appeal_answered(payload["case"])
    telling_moderation.follow_in_inboxes(payload["case"])


@outbox.handles("ideas.assessors")
def assessors_added(payload: dict) -> None:
    """More people were asked to assess."""
    telling.tell_assessors(payload["reference"], payload["users"])


@outbox.handles("ideas.later")
def answered_an_hour_ago(payload: dict) -> None:
    """The author had the answer first; now the others. Of a yes, who signed says whether its measure names them."""
    telling.tell_later(payload["entry"])
    crediting.ask_credit(telling.idea_of_step(payload["entry"]))


@outbox.handles(merging.TOPIC)
def merge_moved(payload: dict) -> None:
    """A merge was proposed, refused or given up: those it concerns are told."""
    telling_merging.tell_merge(payload["merge"], payload["what"])


@outbox.handles(cohorts.ASKED)
def cohort_asked(payload: dict) -> None:
    """A colleague is named in an application."""
    telling_cohorts.tell_asked(payload["person"])


@outbox.handles(cohorts.AGREED)
def cohort_agreed(payload: dict) -> None:
    """Somebody takes part in an application: their time is asked."""
    telling_cohorts.tell_agreed(payload["person"])


@outbox.handles(accompanying.MENTOR_NAMED)
def mentor_named(payload: dict) -> None:
    """Somebody accompanies a project."""
    telling_cohorts.tell_mentor(payload["reference"], payload["mentor"])


@outbox.handles(passing.TOPIC)
def passed(payload: dict) -> None:
    """An idea passed to another space."""
    telling_passages.tell_passed(payload["passage"])


@ticking.on_tick("ideas.merges", every=timedelta(hours=1))
def merges(now) -> None:
    """Fourteen days of silence are a consent."""
    merging.conclude_due(now)


@outbox.handles(reopening.TOPIC)
def reopening_moved(payload: dict) -> None:
    """Supporters are asked whether to reopen, or the answer stays: those it concerns are told."""
    telling_reopening.tell_round(payload["round"], payload["what"])


@ticking.on_tick("ideas.reopenings", every=timedelta(hours=1))
def reopenings(now) -> None:
    """Questions whose days are over are counted; a "later" comes back before its own date."""
    reopening.conclude_due(now)
    reopening.revisit_due(now)


@ticking.on_tick("ideas.thresholds", every=timedelta(hours=1))
def thresholds(now) -> None:
    """Ideas many people support are answered sooner."""
    hasten_supported(now)
