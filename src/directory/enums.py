"""Closed lists of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    CITY = "city", _("City")
    DIRECTION = "direction", _("Direction")
    SERVICE = "service", _("Service")
    SITE = "site", _("Site")
    TEAM = "team", _("Team")


class AccountKind(models.TextChoices):
    """An agent has a dated affectation; an external participant never has one."""

    AGENT = "agent", _("Agent")
    EXTERNAL = "external", _("External participant")


class Role(models.TextChoices):
    """What somebody may do for a unit (here) or a space (participation). Seeing a name is none of them."""

    IDEA_CORRESPONDENT = "idea_correspondent", _("Idea correspondent")
    EQUALITY_REFERENT = "equality_referent", _("Equality referent")
    INSTRUCTOR = "instructor", _("Assessor")
    DELEGATE = "delegate", _("Direction's delegate")
    DECISION_MAKER = "decision_maker", _("Decision-maker")
    ELECTED_OFFICIAL = "elected_official", _("Elected official")
    FACILITATOR = "facilitator", _("Facilitator")
    MODERATOR = "moderator", _("Moderator")
    HR = "hr", _("Human resources")
    TRAINER = "trainer", _("Trainer")
    EDITOR = "editor", _("Editor")
    DPO = "dpo", _("Data protection officer")
    MEDIATOR = "mediator", _("Mediator")
    LEGAL = "legal", _("Legal department")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that open /gestion/ or staff queues: production asks them for a second factor.
STAFF_ROLES = frozenset(Role.values)
# Roles whose holders enter the Wagtail admin.
ADMIN_SITE_ROLES = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
