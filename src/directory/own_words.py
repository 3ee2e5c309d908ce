"""The words under which a person reads what is held of them; a test refuses an exported key without its word.

``WORDS`` also says the keys inside a value (marks, a draft): one that isn't here stays in the file.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS = {
    "announced_at": _("Announced on"),
    "condition": pgettext_lazy("own data", "What could change the answer"),
    "any_hour": pgettext_lazy("own data", "At any hour"),
    "returned_week": pgettext_lazy("own data", "Came back in the week of"),
    "answered_on": _("Answered on"),
    "asked_at": _("Asked on"),
    "at": _("On"),
    "body": _("Text"),
    "category": pgettext_lazy("own data", "About"),
    "categories": pgettext_lazy("own data", "Counted with"),
    "channel": pgettext_lazy("own data", "Told how"),
    "code": pgettext_lazy("own data", "Message"),
    "context": pgettext_lazy("own data", "Facts"),
    "cost": pgettext_lazy("own data", "Cost"),
    "created_at": _("Written on"),
    "date_joined": _("Account made on"),
    "day": pgettext_lazy("own data", "Day"),
    "posted_on": pgettext_lazy("own data", "Put up on"),
    "plan": pgettext_lazy("own data", "Plan"),
    "year": pgettext_lazy("own data", "Year"),
    "printed_on": pgettext_lazy("own data", "Printed on"),
    "delay": pgettext_lazy("own data", "Delay"),
    "described_as": _("Described as"),
    "due_on": _("Due on"),
    "email": _("E-mail"),
    "ends_on": _("Until"),
    "expires_at": _("Valid until"),
    "feasibility": pgettext_lazy("own data", "Feasibility"),
    "first_name": _("First name"),
    "frozen_at": pgettext_lazy("own data", "Frozen on"),
    "group": _("Group"),
    "handle": _("Number of a protected contribution"),
    "idea": _("Idea"),
    "identifier": _("Identifier"),
    "identity": _("Signed how"),
    "impact_agents": pgettext_lazy("own data", "Effect for agents"),
    "impact_users": pgettext_lazy("own data", "Effect for residents"),
    "job_family": _("Family of trades"),
    "job_title": _("Job"),
    "kind": _("Kind"),
    "kiosk": pgettext_lazy("own data", "Device"),
    "language": _("Language"),
    "last_name": _("Last name"),
    "late": _("Late"),
    "name": _("Name"),
    "note": pgettext_lazy("own data", "Note"),
    "on": pgettext_lazy("own data", "About"),
    "outcome": pgettext_lazy("own data", "Answer"),
    "permission": _("Right"),
    "personnel_number": _("Personnel number"),
    "place": _("Place"),
    "promised_on": _("Promised before"),
    "reason": _("Reason"),
    "read_at": pgettext_lazy("own data", "Read on"),
    "reference": _("Reference"),
    "replaced_on": _("Replaced on"),
    "risk": _("Risk pointed out"),
    "role": _("Role"),
    "scores": _("Marks, from 0 to 4"),
    "sent_at": _("Sent on"),
    "sheets": _("Number of sheets"),
    "signed_as": _("Signed"),
    "signed_at": pgettext_lazy("own data", "Signed on"),
    "since": _("Since"),
    "slug": _("Address"),
    "source": _("File"),
    "space": pgettext_lazy("own data", "Box"),
    "started_at": _("Started on"),
    "starts_on": _("From"),
    "state": _("State"),
    "step": _("Step"),
    "submitted_at": _("Given on"),
    "text": _("Text"),
    "title": _("Title"),
    "touched_on": _("Last typed on"),
    "unit": _("Place"),
    "until": _("Until"),
    "verb": pgettext_lazy("own data", "Act"),
    "is_stopped": pgettext_lazy("own data", "No e-mail leaves"),
    "means": pgettext_lazy("own data", "By which way"),
    "phone": _("Phone number"),
    "done_at": pgettext_lazy("own data", "Done on"),
    "drawn_at": pgettext_lazy("own data", "Prepared on"),
    "decided_at": pgettext_lazy("own data", "Decided on"),
    "week": _("Week of"),
    "asked_on": _("Asked on"),
    "answered": pgettext_lazy("own data", "Answered"),
    "in_charge": pgettext_lazy("own data", "I run it"),
    "status": _("State"),
    "picture": pgettext_lazy("own data", "What the picture shows"),
    "ground": pgettext_lazy("own data", "Why"),
    "said_at": pgettext_lazy("own data", "Said on"),
    "joins": pgettext_lazy("own data", "Joins the idea"),
    "my_answer": pgettext_lazy("own data", "My answer"),
    "questionnaire": pgettext_lazy("own data", "Questionnaire"),
    "answers": pgettext_lazy("own data", "My answers"),
}


# What a room is called for somebody who reads about themself; the others keep the room's own name.
HEADINGS = {"directory": _("Who I am"), "foundations": _("What I did")}


def word_for(key: str) -> str:
    """The word of an exported key; empty for a key nobody says."""
    return str(WORDS.get(key, ""))


def heading_of(room: str) -> str:
    """The heading above what a room holds."""
    return str(HEADINGS.get(room) or apps.get_app_config(room).verbose_name)
