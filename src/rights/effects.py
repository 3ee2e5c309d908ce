"""What erasing somebody does to each model: rows that go, rows that lose their name, rows that stay, and why.

A test erases one person across every model and compares what happened with what stands here: a new model is met too.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from src.foundations import personal_data

# Columns that keep the account's number once its name is gone: acts, and proofs the law asks for.
NUMBER_STAYS = {
    "accountability.Measure": frozenset({"delivered_by", "confirmed_by", "stopped_by"}),
    "trainings_obligations.Requirement": frozenset({"agent"}),
    "trainings_sessions.Booking": frozenset({"agent"}),
}

# Of somebody who still works for the city: what the staff file and their duties hold, which goes when they leave.
# The rolls of votes and of secret answers too: without their line, they could vote twice.
KEPT_AT_WORK = frozenset({"directory", "publishing", "paper", "wall", "kiosk", "accountability"})
KEPT_AT_WORK_MODELS = frozenset(
    {
        "ballots.Elector", "ballots.KeyHolder", "ballots.PaperBatch", "ballots.RollEntry", "ballots.SimpleVote",
        "ideas.ImportBatch", "meetings.TopicCase", "notices.LetterBatch", "notices.MassSending", "notices.Errand",
        "notices.Reach", "notices.MailMessage", "notices.StoppedAddress", "participation.IdentityOpening",
        "participation.SpaceMember", "participation.SpaceRoleGrant", "questionnaires.AnswerRoll", "rights.DataFile",
        "rights.OpenSession", "texts.ContributionOutcome", "texts.TextCase", "ideas.IdeaCase",
        "questionnaires.QuoteCase",
    }
)  # fmt: skip
KEPT_AT_WORK_PREFIXES = ("trainings", "panel", "ratings")


@dataclass(frozen=True)
class Line:
    """What happens to one list of somebody's data."""

    title: str
    count: int
    kept: str


def is_kept_at_work(declaration) -> bool:
    """Whether somebody who still works for the city keeps this list until they leave."""
    return (
        declaration.owner in KEPT_AT_WORK
        or declaration.model._meta.label in KEPT_AT_WORK_MODELS
        or declaration.model._meta.app_label.startswith(KEPT_AT_WORK_PREFIXES)
    )


def works_here(person) -> bool:
    """Whether the staff file says that somebody has a post: their account goes with it, not before."""
    return person.current_affectation_id is not None


def lists_of(person) -> dict[str, list[Line]]:
    """What would go or lose its name, what waits for the person to leave, what stays: for the page before erasing."""
    found: dict[str, list[Line]] = {"goes": [], "later": [], "stays": []}
    for declaration, rows in personal_data.held_of(person):
        if declaration.erase is None:
            where = "stays"
        elif works_here(person) and is_kept_at_work(declaration):
            where = "later"
        else:
            where = "goes"
        title = str(declaration.title or declaration.model._meta.verbose_name_plural)
        found[where].append(Line(title[:1].upper() + title[1:], len(rows), str(declaration.retention or "")))
    return {where: sorted(lines, key=lambda line: line.title) for where, lines in found.items()}


def erased_now(person) -> Iterable:
    """The declarations that erasing this person calls, the account last."""
    held = [one for one in personal_data.declarations() if one.erase is not None]
    if works_here(person):
        held = [one for one in held if not is_kept_at_work(one)]
    return sorted(held, key=lambda one: one.model is type(person))
