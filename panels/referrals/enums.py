"""Closed lists of referrals, and the moves that states allow: the database refuses the others."""

from django.db import models
from django.utils.translation import pgettext_lazy

from src.directory.enums import Role


class ReferralKind(models.TextChoices):
    """What a panel is asked to do."""

    QUESTION = "question", pgettext_lazy("referral", "Open question")
    FORM_TEST = "form_test", pgettext_lazy("referral", "Form or document to try")
    QUESTIONNAIRE = "questionnaire", pgettext_lazy("referral", "Questionnaire")
    WORKSHOP = "workshop", pgettext_lazy("referral", "Workshop with agents")


class ReferralState(models.TextChoices):
    """Where a referral stands. ``answered``: the panel's answer is read by everybody, the direction owes the rest."""

    ASKED = "asked", pgettext_lazy("referral", "Waits for the panel to accept")
    ACCEPTED = "accepted", pgettext_lazy("referral", "Accepted")
    DECLINED = "declined", pgettext_lazy("referral", "Declined")
    ANSWERED = "answered", pgettext_lazy("referral", "Answered by the panel")
    FOLLOWED = "followed", pgettext_lazy("referral", "The direction said what it did")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral", "Withdrawn")


REFERRAL_MOVES = {
    ReferralState.ASKED: (ReferralState.ACCEPTED, ReferralState.DECLINED, ReferralState.WITHDRAWN),
    ReferralState.ACCEPTED: (ReferralState.ANSWERED, ReferralState.WITHDRAWN),
    ReferralState.DECLINED: (),
    ReferralState.ANSWERED: (ReferralState.FOLLOWED,),
    ReferralState.FOLLOWED: (),
    ReferralState.WITHDRAWN: (),
}
# The panel's answer is public.
TOLD = (ReferralState.ANSWERED, ReferralState.FOLLOWED)
# Who answers for a unit, and so may ask a panel something in its name.
ASKING_ROLES = (Role.DECISION_MAKER, Role.DELEGATE, Role.IDEA_CORRESPONDENT)


class TaskResult(models.TextChoices):
    """How a task of a form went for one tester."""

    ALONE = "alone", pgettext_lazy("task", "Done alone")
    HELPED = "helped", pgettext_lazy("task", "Done with help")
    NOT_DONE = "not_done", pgettext_lazy("task", "Not done")


class ChangeOutcome(models.TextChoices):
    """What the direction did of one thing to change."""

    DONE = "done", pgettext_lazy("change", "Done")
    NOT_DONE = "not_done", pgettext_lazy("change", "Not done")
