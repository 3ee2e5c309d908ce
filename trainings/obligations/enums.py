"""Closed lists of obligations, in words."""

from django.db import models
from django.utils.translation import pgettext_lazy

from .cycles import Anchor
from .deadlines import RenewalBase, State


class RequirementState(models.TextChoices):
    """How somebody stands towards an obligation today: derived, never typed."""

    UPCOMING = State.UPCOMING.value, pgettext_lazy("requirement", "To come")
    TO_DO = State.TO_DO.value, pgettext_lazy("requirement", "To do")
    DUE_SOON = State.DUE_SOON.value, pgettext_lazy("requirement", "To do soon")
    OVERDUE = State.OVERDUE.value, pgettext_lazy("requirement", "Late")
    UP_TO_DATE = State.UP_TO_DATE.value, pgettext_lazy("requirement", "Up to date")
    TO_RENEW = State.TO_RENEW.value, pgettext_lazy("requirement", "To renew")
    EXPIRED = State.EXPIRED.value, pgettext_lazy("requirement", "Expired")
    EXEMPT = State.EXEMPT.value, pgettext_lazy("requirement", "Exempt")
    SUSPENDED = State.SUSPENDED.value, pgettext_lazy("requirement", "Paused by an absence")
    NOT_APPLICABLE = State.NOT_APPLICABLE.value, pgettext_lazy("requirement", "No longer asked")


class RenewalFrom(models.TextChoices):
    """From what the next expiry is counted."""

    COMPLETION = RenewalBase.COMPLETION.value, pgettext_lazy("renewal", "From the day it was done")
    PREVIOUS_EXPIRY = RenewalBase.PREVIOUS_EXPIRY.value, pgettext_lazy("renewal", "From the end of the one before")
    FIXED_CALENDAR = RenewalBase.FIXED_CALENDAR.value, pgettext_lazy("renewal", "On a fixed day")


class AnchorFact(models.TextChoices):
    """From what a rule counts its days."""

    RULE_ENTRY = Anchor.RULE_ENTRY.value, pgettext_lazy("anchor", "the day somebody becomes concerned")
    HIRE_DATE = Anchor.HIRE_DATE.value, pgettext_lazy("anchor", "the first day in the city")
    JOB_START = Anchor.JOB_START.value, pgettext_lazy("anchor", "the first day in the job")
    VERSION_PUBLISHED = Anchor.VERSION_PUBLISHED.value, pgettext_lazy("anchor", "the day the training was published")
    FIXED_DATE = Anchor.FIXED_DATE.value, pgettext_lazy("anchor", "a fixed day")


class ExemptionCode(models.TextChoices):
    """Why somebody needn't; nothing that tells a state of health or an opinion."""

    GIVES_IT = "gives_it", pgettext_lazy("exemption", "Gives this training")
    LEAVES_SOON = "leaves_soon", pgettext_lazy("exemption", "Leaves the city soon")
    DONE_ELSEWHERE = "done_elsewhere", pgettext_lazy("exemption", "Did the same elsewhere")
    DECIDED = "decided", pgettext_lazy("exemption", "Decided by human resources")


class AfterVersion(models.TextChoices):
    """What is decided for those who did an older version; nothing decided, they keep what they have until its end."""

    CATCH_UP = "catch_up", pgettext_lazy("version", "Ask for what changed, before a day")
    SHORTEN = "shorten", pgettext_lazy("version", "Have what was done before hold less long")
