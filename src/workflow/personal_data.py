"""What the engine keeps about people: who wrote the rules, never who wrote an idea."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words, personal_data

from .models import Adoption, Process, Stage, Transition

OWNER = "workflow"

code_words.register(
    "verb",
    {
        "workflow.process.activated": _("Process put in use"),
        "workflow.process.adopted": _("Items moved to a new version of a process"),
    },
)

personal_data.declare(
    Process,
    owner=OWNER,
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Names the administrator who put a version in use; emptied when the account is deleted.",
)
personal_data.declare(
    Stage, owner=OWNER, classification="C1", retention=None, export=None, erase=None, reason="The city's own wording."
)
personal_data.declare(
    Transition,
    owner=OWNER,
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="The city's own wording; names roles, never people.",
)
personal_data.declare(
    Adoption,
    owner=OWNER,
    classification="C1",
    retention=None,
    export=None,
    erase=None,
    reason="Names the administrator who asked for it; emptied when the account is deleted.",
)
