"""The door of invitations: one answer for a code that isn't known, was used, or is over; and so many tries."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from src.foundations import clock, ratelimit
from src.paper import codes

from .enums import InvitationState, PanelState
from .models import Invitation, Panel

# Tries of one caller, then of everybody together: a building behind one address registers; 65 bits aren't guessed.
BY_CALLER = (10, 3600.0)
BY_EVERYBODY = (2000, 3600.0)
BUCKET = "panels.code"


class CodeRefused(ValidationError):
    """This code opens nothing: the same words whatever the reason."""

    def __init__(self):
        super().__init__(_("This code can’t be used. Check it, or call the person named on your letter."), code="code")


class TooManyTries(CodeRefused):
    """The same words again; the page answers 429."""


def take_a_try(caller: str) -> None:
    """Count one try of a caller, outside any transaction. Raises TooManyTries, before any code is looked at."""
    mine = ratelimit.hit(BUCKET, caller, *BY_CALLER)
    ours = ratelimit.hit(BUCKET, "everybody", *BY_EVERYBODY)
    if not (mine and ours):
        raise TooManyTries


def forgive(caller: str) -> None:
    """Somebody registered: the tries of this caller begin again, for the next person at the same device or desk."""
    ratelimit.reset(BUCKET, caller)


def find(typed: str, panel: Panel | None = None) -> Invitation:
    """The live invitation of a code, of this panel when it is told. One statement, whatever was typed.

    Raises CodeRefused for everything else.
    """
    found = _read(typed)
    if found is None or found.state == InvitationState.USED or not is_live(found, panel):
        raise CodeRefused
    return found


def find_used(typed: str) -> Invitation | None:
    """The invitation of a code whatever its state: for a sending repeated after a cut, by whoever proves it."""
    return _read(typed)


def is_live(found: Invitation, panel: Panel | None = None) -> bool:
    """Whether its panel still registers people, and its letters aren't over."""
    batch = found.batch
    return (
        batch.expires_on >= clock.today()
        and batch.panel.state == PanelState.RECRUITING
        and batch.panel.registration_ends_on >= clock.today()
        and (panel is None or batch.panel_id == panel.pk)
    )


def _read(typed: str) -> Invitation | None:
    code = codes.normalise(typed)
    rows = Invitation.objects.filter(code_hash=codes.hash_of(code or "0"))
    found = rows.select_related("batch__panel__commissioner", "batch__source_list").first()
    return found if code else None
