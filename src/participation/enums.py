"""Closed lists every space shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from src.directory.enums import Role


class Circle(models.TextChoices):
    """Who sees a space and what is in it; chosen at creation, never widened over existing contributions."""

    EVERYONE = "everyone", _("Everyone")
    AGENTS = "agents", _("Agents")
    MEMBERS = "members", _("Members")


class IdentityMode(models.TextChoices):
    """What others will know of an author; chosen before sending, frozen by the database.

    ``anonymous``: nothing about the author is stored; written signed out (a code of the place, a kiosk, paper), or
    brought in from elsewhere.
    """

    NAMED = "named", _("With my name")
    PROTECTED = "protected", _("Protected name")
    ANONYMOUS = "anonymous", _("Anonymous")


class Signature(models.TextChoices):
    """Under a named contribution: the person, their team, or a group for which they speak."""

    PERSON = "person", _("With my name")
    TEAM = "team", _("In the name of my team")
    GROUP = "group", _("In the name of a group")


class Channel(models.TextChoices):
    """How a contribution arrived."""

    WEB = "web", _("Web")
    PHONE = "phone", _("Phone")
    PAPER = "paper", _("Paper")
    KIOSK = "kiosk", _("Kiosk")
    TRAINING = "training", _("Training")
    IMPORT = "import", _("Import")


class Visibility(models.TextChoices):
    """Whether a contribution's words are read: by its circle, or by its author and the moderators alone."""

    SHOWN = "shown", pgettext_lazy("contribution", "Shown")
    WITHHELD = "withheld", pgettext_lazy("contribution", "Hidden until somebody reads it")
    REMOVED = "removed", pgettext_lazy("contribution", "Removed by the moderation")


class RemovalReason(models.TextChoices):
    """Why a contribution is reported, or removed: one list; its author is told, with the way to object."""

    NAMES_PEOPLE = "personnes", _("It names or shows somebody")
    INSULT = "injure", _("Insulting or discriminating words")
    SECRET = "secret", _("Information that must stay confidential")
    ADVERTISING = "publicite", _("Advertising")
    OFF_TOPIC = "hors_sujet", _("Not about work or service")


class CaseState(models.TextChoices):
    """Where a look at a contribution stands; ``dropped``: its reports were withdrawn before anybody read it."""

    OPEN = "open", pgettext_lazy("moderation", "To read")
    KEPT = "kept", pgettext_lazy("moderation", "Kept")
    REMOVED = "removed", pgettext_lazy("moderation", "Removed")
    DROPPED = "dropped", pgettext_lazy("moderation", "Report withdrawn")


class AppealState(models.TextChoices):
    """Where an author's objection stands."""

    OPEN = "open", pgettext_lazy("objection", "To read")
    UPHELD = "upheld", pgettext_lazy("objection", "Decision upheld")
    RESTORED = "restored", pgettext_lazy("objection", "Text shown again")


class PhaseVerb(models.TextChoices):
    """What a phase opens; the only clock of what may be done."""

    PROPOSE = "propose", pgettext_lazy("what a phase opens", "Propose")
    SUPPORT = "support", pgettext_lazy("what a phase opens", "Support")
    COMMENT = "comment", pgettext_lazy("what a phase opens", "Comment")
    ANSWER = "answer", pgettext_lazy("what a phase opens", "Answer")


# What opens where people write, support and discuss; answering a questionnaire is opened by itself.
CONTRIBUTING = (PhaseVerb.PROPOSE, PhaseVerb.SUPPORT, PhaseVerb.COMMENT)


class ActivityPhase(models.TextChoices):
    """What an activity is about now, and the steps of a consultation; in this order."""

    INFORM = "inform", pgettext_lazy("step of a consultation", "Inform")
    COLLECT = "collect", pgettext_lazy("step of a consultation", "Collect")
    DELIBERATE = "deliberate", pgettext_lazy("step of a consultation", "Deliberate")
    CHOOSE = "choose", pgettext_lazy("step of a consultation", "Choose")
    RESTITUTE = "restitute", pgettext_lazy("step of a consultation", "Report back")


class Ground(models.TextChoices):
    """Why an identity may be opened: the whole list. Law for the first four, the charter for the last."""

    JUDGE = "juge", _("A judge or a prosecutor asks for it")
    JUDGE_SECRET = "juge_secret", _("A judge asks for it, and forbids telling the author for now")
    DANGER = "danger", _("Somebody is in serious danger")
    REPORT = "signalement", _("The City must report a crime to the prosecutor")
    THREAT = "menace", _("The text threatens or harasses somebody")


# Two people of two of these functions open an identity together.
OPENING_ROLES = (Role.DPO, Role.MEDIATOR, Role.LEGAL)
# A court stands behind these: its reference is kept.
COURT_GROUNDS = frozenset({Ground.JUDGE, Ground.JUDGE_SECRET})


class OpeningState(models.TextChoices):
    """Where a request to open an identity stands."""

    WAITING = "waiting", pgettext_lazy("opening", "Waiting for a second person")
    OPENED = "opened", pgettext_lazy("opening", "Secret lifted")
    REFUSED = "refused", pgettext_lazy("opening", "Refused")
    EXPIRED = "expired", pgettext_lazy("opening", "Nobody confirmed it in time")
