"""Closed lists of recommendations and of what becomes of them; the database allows the moves told here."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Under so many, no figure is told (design, settled).
K = 11


class Base(models.TextChoices):
    """What the share of those in favour is a share of."""

    EXPRESSED = "expressed", _("Those who said yes or no")
    PRESENT = "present", _("Everybody who voted or was present, blank votes included")
    MEMBERS = "members", _("Every member of the panel")


class DraftState(models.TextChoices):
    """Where a recommendation stands; from ``proposed`` on, its text no longer changes."""

    DRAFT = "draft", pgettext_lazy("recommendation", "Draft")
    PROPOSED = "proposed", pgettext_lazy("recommendation", "Put to the vote")
    ADOPTED = "adopted", pgettext_lazy("recommendation", "Adopted")
    NOT_ADOPTED = "not_adopted", pgettext_lazy("recommendation", "Not adopted")
    WITHDRAWN = "withdrawn", pgettext_lazy("recommendation", "Withdrawn")


# A vote called off gives its draft back.
DRAFT_MOVES = {
    DraftState.DRAFT: (DraftState.PROPOSED, DraftState.WITHDRAWN),
    DraftState.PROPOSED: (DraftState.DRAFT, DraftState.ADOPTED, DraftState.NOT_ADOPTED),
    DraftState.ADOPTED: (),
    DraftState.NOT_ADOPTED: (),
    DraftState.WITHDRAWN: (),
}


class AmendmentState(models.TextChoices):
    """What became of an amendment; each ending has its reason."""

    OPEN = "open", pgettext_lazy("amendment", "Under discussion")
    ACCEPTED = "accepted", pgettext_lazy("amendment", "Accepted")
    MERGED = "merged", pgettext_lazy("amendment", "Merged")
    REJECTED = "rejected", pgettext_lazy("amendment", "Rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("amendment", "Withdrawn")


class VoteWay(models.TextChoices):
    """How a recommendation is voted: by a ballot of the members' space, or in the room, counted by two people."""

    BALLOT = "ballot", _("Ballot, on line and on paper")
    ROOM = "room", _("In the room, counted by two people")


class Outcome(models.TextChoices):
    """What the city answers to a recommendation."""

    ACCEPTED = "accepted", pgettext_lazy("reply", "Accepted")
    CHANGED = "changed", pgettext_lazy("reply", "Accepted with a change")
    STUDY = "study", pgettext_lazy("reply", "Under study")
    REFUSED = "refused", pgettext_lazy("reply", "Refused in this form")


class GradeValue(models.TextChoices):
    """Whether a reply answers what was asked, in three words."""

    YES = "yes", pgettext_lazy("grade of a reply", "Yes")
    PARTLY = "partly", pgettext_lazy("grade of a reply", "Partly")
    NO = "no", pgettext_lazy("grade of a reply", "No")


class GradeWay(models.TextChoices):
    """How a grade came."""

    ACCOUNT = "account", _("Account")
    CODE = "code", _("Ticket and secret number")
    PAPER = "paper", _("Paper")
