"""Who is told of a cohort: colleagues who are named, managers asked for time, a mentor, a team and its followers."""

from django.utils import timezone

from src.notices.services import send
from src.workflow.enums import StageKind

from ..models import CohortPerson
from . import telling
from .cohorts import ENTERED, managers_of


def tell_asked(person_pk: int) -> None:
    """Somebody is named in an application, and hasn't answered meanwhile."""
    person = _person(person_pk)
    if person is None or person.consented_on is not None:
        return
    context = telling.context_of(person.idea) | {"who": person.idea.signed_as}
    send("ideas.cohort.asked", recipients=[person.user_id], context=context, key=f"cohort_asked:{person_pk}")


def tell_agreed(person_pk: int) -> None:
    """Somebody takes part: the nearest of their line of management is asked when their time is free."""
    person = _person(person_pk)
    if person is None or person.released_from is not None:
        return
    context = telling.context_of(person.idea) | {"who": person.user.short_name}
    recipients = managers_of(person.user_id)
    send("ideas.cohort.release", recipients=recipients, context=context, key=f"cohort_agreed:{person_pk}")


def tell_mentor(reference: str, mentor_id: int) -> None:
    """Somebody accompanies a project; nobody is told twice, nor once it is another."""
    idea = telling.read_idea(reference)
    if idea is None or not idea.is_shown or getattr(idea, "mentorship", None) is None:
        return
    if idea.mentorship.mentor_id == mentor_id:
        key = f"mentor:{reference}:{mentor_id}"
        send("ideas.cohort.mentor", recipients=[mentor_id], context=telling.context_of(idea), key=key)


def tell_graduated(idea, entry) -> None:
    """A project has its diploma, or stops: its author, then those who follow it, among them its people."""
    code = "graduated" if entry.to_kind == StageKind.GRADUATED else "stopped"
    words = telling.context_of(idea) | {
        "text": telling.quoted(entry.text),
        "on": timezone.localdate(entry.at).isoformat(),
    }
    key = f"moved:{entry.pk}"
    telling.tell_author(idea, f"ideas.{code}", words, key)
    followers, handles = telling.followers_of(idea)
    send(f"ideas.{code}.followed", recipients=followers, handles=handles, context=words, key=key)


def _person(pk: int) -> CohortPerson | None:
    related = ("user", "idea__space", "idea__unit", "idea__owed")
    person = CohortPerson.objects.select_related(*related).filter(pk=pk).first()
    if person is None or not person.idea.is_shown or person.idea.stage_kind in ENTERED:
        return None
    return person


telling.TELLERS["", StageKind.GRADUATED] = tell_graduated
telling.TELLERS[StageKind.COHORT, StageKind.STOPPED] = tell_graduated
