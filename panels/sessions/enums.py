"""Closed lists of sessions, and the moves that states allow: the database refuses the others."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SessionState(models.TextChoices):
    """Where a session stands. ``announced``: members know its day; its calendar entry was sent."""

    PREPARED = "prepared", pgettext_lazy("panel session", "In preparation")
    ANNOUNCED = "announced", pgettext_lazy("panel session", "Announced")
    HELD = "held", pgettext_lazy("panel session", "Held")
    CANCELLED = "cancelled", pgettext_lazy("panel session", "Cancelled")


SESSION_MOVES = {
    SessionState.PREPARED: (SessionState.ANNOUNCED, SessionState.CANCELLED),
    SessionState.ANNOUNCED: (SessionState.HELD, SessionState.CANCELLED),
    SessionState.HELD: (),
    SessionState.CANCELLED: (),
}
# What members know of.
TOLD = (SessionState.ANNOUNCED, SessionState.HELD, SessionState.CANCELLED)
# Where presence is counted.
MET = (SessionState.ANNOUNCED, SessionState.HELD)


class ItemKind(models.TextChoices):
    """What happens at one moment of a session."""

    WELCOME = "welcome", pgettext_lazy("agenda", "Welcome")
    LEARNING = "learning", pgettext_lazy("agenda", "To understand")
    HEARING = "hearing", pgettext_lazy("agenda", "Hearing")
    TABLES = "tables", pgettext_lazy("agenda", "Work at tables")
    TOGETHER = "together", pgettext_lazy("agenda", "All together")
    VOTE = "vote", pgettext_lazy("agenda", "Vote")
    BREAK = "break", pgettext_lazy("agenda", "Break or meal")


class DocumentKind(models.TextChoices):
    """What a document is."""

    SUMMARY = "summary", pgettext_lazy("panel document", "Two-page summary")
    STUDY = "study", pgettext_lazy("panel document", "Study")
    ANSWER = "answer", pgettext_lazy("panel document", "Answer of a direction")
    OTHER = "other", pgettext_lazy("panel document", "Other document")


class Audience(models.TextChoices):
    """Who reads a document."""

    MEMBERS = "members", pgettext_lazy("panel document", "Members and team")
    EVERYBODY = "everybody", pgettext_lazy("panel document", "Everybody")


class Stance(models.TextChoices):
    """What somebody heard says of their own position on the question asked."""

    FOR = "for", pgettext_lazy("stance", "For")
    AGAINST = "against", pgettext_lazy("stance", "Against")
    NEUTRAL = "neutral", pgettext_lazy("stance", "Neutral")


class Proposer(models.TextChoices):
    """Who asked that somebody be heard."""

    MEMBERS = "members", pgettext_lazy("hearing proposed by", "Members of the panel")
    ORGANISERS = "organisers", pgettext_lazy("hearing proposed by", "Organisers")
    COMMISSIONER = "commissioner", pgettext_lazy("hearing proposed by", "The direction that asks")
    GUARANTOR = "guarantor", pgettext_lazy("hearing proposed by", "A guarantor")


class RequestState(models.TextChoices):
    """Where a wish to hear somebody stands."""

    OPEN = "open", pgettext_lazy("hearing request", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("hearing request", "Accepted")
    DECLINED = "declined", pgettext_lazy("hearing request", "Declined")


REQUEST_MOVES = {
    RequestState.OPEN: (RequestState.ACCEPTED, RequestState.DECLINED),
    RequestState.ACCEPTED: (),
    RequestState.DECLINED: (),
}


class HalfDay(models.IntegerChoices):
    """The half-days of a session; a session of one has the first alone."""

    FIRST = 1, pgettext_lazy("half-day", "Morning")
    SECOND = 2, pgettext_lazy("half-day", "Afternoon")


class Via(models.TextChoices):
    """How a presence was written."""

    CODE = "code", pgettext_lazy("presence", "Code of the room")
    PAPER = "paper", pgettext_lazy("presence", "Signed sheet")


class StipendState(models.TextChoices):
    """Where a half-day to pay stands."""

    DUE = "due", pgettext_lazy("stipend", "To validate")
    VALIDATED = "validated", pgettext_lazy("stipend", "Validated")
    EXPORTED = "exported", pgettext_lazy("stipend", "Sent to be paid")
    PAID = "paid", pgettext_lazy("stipend", "Paid")


STIPEND_MOVES = {
    StipendState.DUE: (StipendState.VALIDATED,),
    StipendState.VALIDATED: (StipendState.EXPORTED,),
    StipendState.EXPORTED: (StipendState.PAID,),
    StipendState.PAID: (),
}
# Gone to be paid: never edited any more.
GONE = (StipendState.EXPORTED, StipendState.PAID)


class PairRule(models.TextChoices):
    """What the team asks of two members at tables."""

    TOGETHER = "together", pgettext_lazy("tables", "At the same table")
    APART = "apart", pgettext_lazy("tables", "Never at the same table")
