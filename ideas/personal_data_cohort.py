"""What a cohort keeps of people: who applies and holds a seat, who accompanies, what a mentor noted."""

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from src.foundations.personal_data import Classification, declare

from .models import CohortMilestone, CohortPerson, Mentorship, MilestoneNote
from .services.cohorts import ENTERED

LIFE = _("as long as the idea")


def _applications(user):
    """A seat is said once it is announced: what is only prepared is nobody's to read before."""
    for person in CohortPerson.objects.filter(user=user).select_related("idea").order_by("pk"):
        seated = person.idea.stage_kind in ENTERED and person.rank is not None
        yield {
            "idea": person.idea.reference,
            "asked_on": person.asked_on,
            "my_answer": gettext("Yes") if person.consented_on else "",
            "since": person.consented_on,
            "starts_on": person.released_from,
            "state": gettext("Holds a seat") if seated else "",
        }


def _erase_applications(user):
    """Out of the applications that aren't in a cohort; a seat that was announced is part of its history."""
    mine = Q(user=user) & ~Q(idea__stage_kind__in=ENTERED)
    return CohortPerson.objects.filter(mine).delete()[0]


def _mentorships(user):
    for one in Mentorship.objects.filter(mentor=user).select_related("idea").order_by("pk"):
        yield {"idea": one.idea.reference, "since": one.since}


def _notes(user):
    notes = MilestoneNote.objects.filter(noted_by=user).select_related("idea", "milestone").order_by("pk")
    for note in notes:
        yield {"idea": note.idea.reference, "step": note.milestone.name, "text": note.text, "on": note.noted_on}


declare(
    CohortPerson,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Applications that name me"),
    export=_applications,
    erase=_erase_applications,
    reason="Who takes part in an application, by their own yes, and from which day their managers free their time.",
)
declare(
    Mentorship,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("Projects I accompany"),
    export=_mentorships,
    erase=None,
    reason="Who accompanied a project, in the exercise of a function: the act outlives the account.",
)
declare(
    MilestoneNote,
    owner="ideas",
    classification=Classification.C2,
    retention=LIFE,
    title=_("What I noted as a mentor"),
    export=_notes,
    erase=None,
    reason="A professional opinion that founds a diploma: it isn't erased with the account.",
)
declare(
    CohortMilestone,
    owner="ideas",
    classification=Classification.C1,
    retention=None,
    export=None,
    erase=None,
    reason="No personal data: the calendar of a cohort.",
)
