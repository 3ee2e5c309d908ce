"""Closed lists of panels, and the moves that states allow: the database refuses the others."""

from django.db import models
from django.utils.translation import pgettext_lazy


class PanelState(models.TextChoices):
    """Where a panel stands. ``drawn``: a draw is certified. ``seated``: every seat has somebody who confirmed."""

    DRAFT = "draft", pgettext_lazy("panel", "In preparation")
    RECRUITING = "recruiting", pgettext_lazy("panel", "Registration open")
    POOL_CLOSED = "pool_closed", pgettext_lazy("panel", "Registration closed")
    DRAWN = "drawn", pgettext_lazy("panel", "Drawn")
    SEATED = "seated", pgettext_lazy("panel", "Complete")
    DELIBERATING = "deliberating", pgettext_lazy("panel", "At work")
    OPINION_ADOPTED = "opinion_adopted", pgettext_lazy("panel", "Opinion adopted")
    HANDED_OVER = "handed_over", pgettext_lazy("panel", "Opinion handed over")
    ANSWERED = "answered", pgettext_lazy("panel", "Answered")
    FOLLOWED_UP = "followed_up", pgettext_lazy("panel", "Followed up")
    CLOSED = "closed", pgettext_lazy("panel", "Over")


# Stopping, with its reason, is possible at any moment once people were asked.
PANEL_MOVES = {
    PanelState.DRAFT: (PanelState.RECRUITING,),
    # A committee without a drawn seat works as soon as it has members.
    PanelState.RECRUITING: (PanelState.POOL_CLOSED, PanelState.DELIBERATING, PanelState.CLOSED),
    PanelState.POOL_CLOSED: (PanelState.RECRUITING, PanelState.DRAWN, PanelState.CLOSED),
    # Begun with empty seats, it says why.
    PanelState.DRAWN: (PanelState.SEATED, PanelState.DELIBERATING, PanelState.CLOSED),
    PanelState.SEATED: (PanelState.DELIBERATING, PanelState.CLOSED),
    PanelState.DELIBERATING: (PanelState.OPINION_ADOPTED, PanelState.CLOSED),
    PanelState.OPINION_ADOPTED: (PanelState.HANDED_OVER, PanelState.CLOSED),
    PanelState.HANDED_OVER: (PanelState.ANSWERED, PanelState.CLOSED),
    PanelState.ANSWERED: (PanelState.FOLLOWED_UP, PanelState.CLOSED),
    PanelState.FOLLOWED_UP: (PanelState.CLOSED,),
    PanelState.CLOSED: (),
}
# From the first seats to the last hearing: members have their space.
WORKING = (
    PanelState.DRAWN, PanelState.SEATED, PanelState.DELIBERATING, PanelState.OPINION_ADOPTED, PanelState.HANDED_OVER,
    PanelState.ANSWERED, PanelState.FOLLOWED_UP,
)  # fmt: skip
# Before any seal: what is asked of the pool may still change.
PREPARING = (PanelState.DRAFT, PanelState.RECRUITING, PanelState.POOL_CLOSED)
# Seats may change hands.
SITTING = (PanelState.DRAWN, PanelState.SEATED, PanelState.DELIBERATING, PanelState.OPINION_ADOPTED)


class PanelKind(models.TextChoices):
    """What kind of group: for one question; standing, renewed in part; of a site; the renewal of a standing one."""

    SINGLE = "single", pgettext_lazy("panel", "Panel for one question")
    STANDING = "standing", pgettext_lazy("panel", "Standing panel")
    COMMITTEE = "committee", pgettext_lazy("panel", "Users’ committee of a site")
    RENEWAL = "renewal", pgettext_lazy("panel", "Renewal of a standing panel")


class TeamRole(models.TextChoices):
    """What somebody does for one panel; one role a person, so that a facilitator never keeps profiles."""

    ORGANISER = "organiser", pgettext_lazy("panel", "Organiser")
    FACILITATOR = "facilitator", pgettext_lazy("panel", "Facilitator")
    GUARANTOR = "guarantor", pgettext_lazy("panel", "Guarantor")
    PROFILE_KEEPER = "profile_keeper", pgettext_lazy("panel", "Keeper of the profiles")


# Who may read one profile, with a reason, in the journal.
PROFILE_READERS = (TeamRole.PROFILE_KEEPER, TeamRole.GUARANTOR)


class ListKind(models.TextChoices):
    """Where people of a list come from."""

    ELECTORS = "electors", pgettext_lazy("source list", "Electors")
    FOREIGN_RESIDENTS = "foreign_residents", pgettext_lazy("source list", "Foreign residents")
    MINORS = "minors", pgettext_lazy("source list", "Young people under 18")
    PARTNERS = "partners", pgettext_lazy("source list", "Met with associations")
    GOLDEN_TICKETS = "golden_tickets", pgettext_lazy("source list", "Brought by somebody invited")


# People of these lists may register without a letter, entered by a facilitator.
WITHOUT_LETTER = (ListKind.PARTNERS, ListKind.GOLDEN_TICKETS)


class InvitationState(models.TextChoices):
    """Where a letter stands; ``returned``: the post brought it back."""

    MADE = "made", pgettext_lazy("invitation", "Made")
    PRINTED = "printed", pgettext_lazy("invitation", "Printed")
    SENT = "sent", pgettext_lazy("invitation", "Sent")
    RETURNED = "returned", pgettext_lazy("invitation", "Returned")
    USED = "used", pgettext_lazy("invitation", "Used")


# A letter read before anybody said that the lot was posted is used all the same.
INVITATION_MOVES = {
    InvitationState.MADE: (InvitationState.PRINTED, InvitationState.USED),
    InvitationState.PRINTED: (InvitationState.SENT, InvitationState.USED),
    InvitationState.SENT: (InvitationState.RETURNED, InvitationState.USED),
    InvitationState.RETURNED: (InvitationState.USED,),
    InvitationState.USED: (),
}


class CandidateState(models.TextChoices):
    """Where somebody stands, from their registration on; before it, there is a letter and nobody's row.

    ``erased``: the ticket alone remains, so that the sealed table can still be counted again.
    """

    VOLUNTEERED = "volunteered", pgettext_lazy("candidate", "Registered")
    ELIGIBLE = "eligible", pgettext_lazy("candidate", "Eligible")
    INELIGIBLE = "ineligible", pgettext_lazy("candidate", "Not eligible")
    IN_POOL = "in_pool", pgettext_lazy("candidate", "In the draw")
    DRAWN = "drawn", pgettext_lazy("candidate", "Drawn")
    RESERVE = "reserve", pgettext_lazy("candidate", "In the reserve")
    CONFIRMED = "confirmed", pgettext_lazy("candidate", "Confirmed")
    SEATED = "seated", pgettext_lazy("candidate", "Member")
    WITHDRAWN = "withdrawn", pgettext_lazy("candidate", "Withdrawn")
    EXCLUDED = "excluded", pgettext_lazy("candidate", "Excluded")
    ERASED = "erased", pgettext_lazy("candidate", "Erased")


CANDIDATE_MOVES = {
    CandidateState.VOLUNTEERED: (
        CandidateState.ELIGIBLE, CandidateState.INELIGIBLE, CandidateState.WITHDRAWN, CandidateState.ERASED,
        # Welcomed without a draw, in a committee.
        CandidateState.SEATED,
    ),
    CandidateState.ELIGIBLE: (
        CandidateState.IN_POOL, CandidateState.INELIGIBLE, CandidateState.WITHDRAWN, CandidateState.ERASED,
    ),
    CandidateState.INELIGIBLE: (CandidateState.ELIGIBLE, CandidateState.WITHDRAWN, CandidateState.ERASED),
    CandidateState.IN_POOL: (
        CandidateState.ELIGIBLE, CandidateState.DRAWN, CandidateState.RESERVE, CandidateState.WITHDRAWN,
        CandidateState.EXCLUDED, CandidateState.ERASED,
    ),
    CandidateState.DRAWN: (CandidateState.CONFIRMED, CandidateState.WITHDRAWN, CandidateState.EXCLUDED),
    CandidateState.RESERVE: (
        CandidateState.DRAWN, CandidateState.WITHDRAWN, CandidateState.EXCLUDED, CandidateState.ERASED,
    ),
    CandidateState.CONFIRMED: (CandidateState.SEATED, CandidateState.WITHDRAWN, CandidateState.EXCLUDED),
    CandidateState.SEATED: (CandidateState.WITHDRAWN, CandidateState.EXCLUDED, CandidateState.ERASED),
    CandidateState.WITHDRAWN: (CandidateState.ERASED,),
    CandidateState.EXCLUDED: (CandidateState.ERASED,),
    CandidateState.ERASED: (),
}  # fmt: skip
HOLDING = (CandidateState.DRAWN, CandidateState.CONFIRMED, CandidateState.SEATED)
OVER = (CandidateState.WITHDRAWN, CandidateState.EXCLUDED, CandidateState.ERASED)


class MembershipWay(models.TextChoices):
    """How somebody came to sit."""

    DRAWN = "drawn", pgettext_lazy("member", "Drawn by lot")
    VOLUNTEER = "volunteer", pgettext_lazy("member", "Volunteer")
    DESIGNATED = "designated", pgettext_lazy("member", "Named by an association")


class Ineligibility(models.TextChoices):
    """Why somebody can't take part; a closed list, so that no life is told in it."""

    AGE = "age", pgettext_lazy("eligibility", "Too young for this list")
    RESIDENCE = "residence", pgettext_lazy("eligibility", "Doesn’t live in the city")
    ELECTED = "elected", pgettext_lazy("eligibility", "Holds an elected office")
    COMMISSIONER = "commissioner", pgettext_lazy("eligibility", "Works for the direction that asks")
    TWICE = "twice", pgettext_lazy("eligibility", "Registered twice")
    NO_GUARDIAN = "no_guardian", pgettext_lazy("eligibility", "No agreement of a parent or guardian")


class ConsentPurpose(models.TextChoices):
    """What somebody agrees to, each apart; the first is what registering means."""

    TAKE_PART = "take_part", pgettext_lazy("consent", "Take part in the draw")
    NAME_PUBLISHED = "name_published", pgettext_lazy("consent", "Have my name published if I am drawn")
    PICTURES = "pictures", pgettext_lazy("consent", "Be filmed or photographed")
    RESEARCH = "research", pgettext_lazy("consent", "Be asked by researchers")


class Need(models.TextChoices):
    """What makes coming possible: facts of organisation, never of health, and no free words."""

    STEP_FREE = "step_free", pgettext_lazy("accommodation", "Access without steps")
    SIGN_LANGUAGE = "sign_language", pgettext_lazy("accommodation", "French sign language")
    HEARING_LOOP = "hearing_loop", pgettext_lazy("accommodation", "Hearing loop")
    LARGE_PRINT = "large_print", pgettext_lazy("accommodation", "Large print")
    EASY_READ = "easy_read", pgettext_lazy("accommodation", "Easy to read and understand")
    INTERPRETER = "interpreter", pgettext_lazy("accommodation", "Interpreter")
    CHILDCARE = "childcare", pgettext_lazy("accommodation", "Childcare")
    COMPANION = "companion", pgettext_lazy("accommodation", "Coming with somebody who helps")
    TRANSPORT = "transport", pgettext_lazy("accommodation", "Help with transport")
    BY_POST = "by_post", pgettext_lazy("accommodation", "Everything by post")


class CallReason(models.TextChoices):
    """Why somebody is called."""

    CHECK = "check", pgettext_lazy("call", "Complete a registration")
    CONFIRM = "confirm", pgettext_lazy("call", "Confirm a seat")


class CallState(models.TextChoices):
    """Where a call stands; ``taken``: one facilitator has it for a while."""

    WAITING = "waiting", pgettext_lazy("call", "To call")
    TAKEN = "taken", pgettext_lazy("call", "Taken")
    DONE = "done", pgettext_lazy("call", "Done")


class CallOutcome(models.TextChoices):
    """What came of a call."""

    YES = "yes", pgettext_lazy("call", "Says yes")
    NO = "no", pgettext_lazy("call", "Says no")
    NO_ANSWER = "no_answer", pgettext_lazy("call", "No answer")
    CALL_AGAIN = "call_again", pgettext_lazy("call", "To call again")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("call", "Wrong number")


class DrawState(models.TextChoices):
    """Where a draw stands. ``checked``: its table is made and each panel in it was read again."""

    DRAFT = "draft", pgettext_lazy("draw", "In preparation")
    CHECKED = "checked", pgettext_lazy("draw", "Checked")
    SEALED = "sealed", pgettext_lazy("draw", "Sealed")
    REVEALED = "revealed", pgettext_lazy("draw", "Revealed")
    CERTIFIED = "certified", pgettext_lazy("draw", "Certified")
    VOID = "void", pgettext_lazy("draw", "Void")


DRAW_MOVES = {
    DrawState.DRAFT: (DrawState.CHECKED, DrawState.VOID),
    DrawState.CHECKED: (DrawState.SEALED, DrawState.VOID),
    DrawState.SEALED: (DrawState.REVEALED, DrawState.VOID),
    DrawState.REVEALED: (DrawState.CERTIFIED, DrawState.VOID),
    DrawState.CERTIFIED: (),
    DrawState.VOID: (),
}
# Pool and quotas can't change while a draw stands in one of these.
BINDING = (DrawState.SEALED, DrawState.REVEALED, DrawState.CERTIFIED)


class Beacon(models.TextChoices):
    """What nobody chooses: drawn in public, or published by somebody else later."""

    DICE = "dice", pgettext_lazy("beacon", "Three ten-sided dice, or balls, from 000 to 999")
    PUBLIC_NUMBER = "public_number", pgettext_lazy("beacon", "A public number to come")


# Between a seal and its certification.
BETWEEN = (DrawState.SEALED, DrawState.REVEALED)


class Departure(models.TextChoices):
    """Why a seat changes hands."""

    WITHDREW = "withdrew", pgettext_lazy("substitution", "Withdrew")
    DECLINED = "declined", pgettext_lazy("substitution", "Said no when called")
    UNREACHABLE = "unreachable", pgettext_lazy("substitution", "Couldn’t be reached")
    EXCLUDED = "excluded", pgettext_lazy("substitution", "Excluded")
    TERM = "term", pgettext_lazy("substitution", "End of term")
