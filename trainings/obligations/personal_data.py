"""What obligations keep of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare, declare_impersonal

from .models import (
    AbsenceSpan,
    AssignmentRule,
    CompletionFile,
    CountedEarly,
    Exemption,
    Extension,
    Obligation,
    Requirement,
    RequirementPast,
    VersionDecision,
)

OWNER = "trainings_obligations"


def _requirements(user):
    found = Requirement.objects.filter(agent=user).select_related("obligation__track")
    for one in found.order_by("obligation", "cycle_no"):
        yield {
            "title": one.obligation.track.title,
            "decision": one.obligation.decision,
            "asked_on": one.assigned_on,
            "due_on": one.due_on,
            "done_at": one.satisfied_on,
            "until": one.valid_until,
            "state": one.get_state_display() if one.is_current else "",
        }


def _past(user):
    found = RequirementPast.objects.filter(requirement__agent=user).select_related("requirement__obligation__track")
    for one in found.order_by("requirement", "pk"):
        yield {
            "title": one.requirement.obligation.track.title,
            "due_on": one.due_on,
            "done_at": one.satisfied_on,
            "until": one.valid_until,
            "decided_at": one.replaced_at,
        }


def _extensions(user):
    found = Extension.objects.filter(requirement__agent=user).select_related("requirement__obligation__track")
    for one in found:
        yield {
            "title": one.requirement.obligation.track.title,
            "until": one.until,
            "decided_at": one.granted_on,
        }


def _exemptions(user):
    for one in Exemption.objects.filter(agent=user).select_related("obligation__track"):
        yield {
            "title": one.obligation.track.title,
            "because": one.get_code_display(),
            "decided_at": one.decided_on,
            "until": one.until,
        }


def _absences(user):
    yield from AbsenceSpan.objects.filter(agent=user).values("starts_on", "ends_on")


def _counted_early(user):
    for one in CountedEarly.objects.filter(completion__agent=user).select_related("obligation__track"):
        yield {"title": one.obligation.track.title, "decided_at": one.decided_on}


def _versions(user):
    for one in VersionDecision.objects.filter(decided_by=user).select_related("obligation__track", "version"):
        yield {"title": one.version.title, "version": one.version.number, "decided_at": one.decided_on}


def _files(user):
    yield from CompletionFile.objects.filter(owner=user).values("name", "sent_at")


def _erase_made(user) -> int:
    """Who prepared is forgotten; what was asked stays."""
    rules = AssignmentRule.objects.filter(created_by=user).update(created_by=None)
    return rules + Obligation.objects.filter(created_by=user).update(created_by=None)


def _erase_exemptions(user) -> int:
    mine = Exemption.objects.filter(agent=user).delete()[0]
    return mine + Exemption.objects.filter(decided_by=user).update(decided_by=None)


def _prepared(user):
    for one in Obligation.objects.filter(created_by=user).select_related("track"):
        yield {"title": one.track.title, "created_at": one.created_at}


declare(
    Requirement,
    owner=OWNER,
    classification="C3",
    retention=_("while you work for the city; then the number of the account stays, without your name or your posts"),
    title=_("Trainings I was asked to do"),
    export=_requirements,
    erase=lambda user: Requirement.objects.filter(agent=user).update(explanation={}),
    reason="What was asked, and when it was done, is proof; the reasons drawn from posts leave with the account.",
)
declare(
    RequirementPast,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the training to do"),
    title=_("What my trainings to do said before"),
    export=_past,
    erase=None,
    reason="Append-only: days and numbers, proof of what was known at a date; the account empties, its number stays.",
)
declare(
    Extension,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the training to do"),
    title=_("Later days I was given"),
    export=_extensions,
    erase=lambda user: Extension.objects.filter(granted_by=user).update(granted_by=None),
    reason="Dates alone; who gave them is forgotten with their account.",
)
declare(
    Exemption,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the account"),
    title=_("Trainings I needn’t do"),
    export=_exemptions,
    erase=_erase_exemptions,
    reason="A code of a closed list, nothing about health or opinions.",
)
declare(
    AbsenceSpan,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the account"),
    title=_("My long absences"),
    export=_absences,
    erase=lambda user: AbsenceSpan.objects.filter(agent=user).delete()[0],
    reason="Dates alone: a duty sleeps meanwhile; no reason is kept.",
)
declare(
    CountedEarly,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the training to do"),
    title=_("Trainings done early that were counted"),
    export=_counted_early,
    erase=lambda user: CountedEarly.objects.filter(decided_by=user).update(decided_by=None),
    reason="A decision about a completion, which stays; who took it is forgotten with their account.",
)
declare(
    VersionDecision,
    owner=OWNER,
    classification="C1",
    retention=_("as long as what was asked; your name until your account is erased"),
    title=_("Decisions I took after a new version of a training"),
    export=_versions,
    erase=lambda user: VersionDecision.objects.filter(decided_by=user).update(decided_by=None),
    reason="A decision of the city; who took it is forgotten with their account.",
)
declare(
    CompletionFile,
    owner=OWNER,
    classification="C3",
    retention=_("a day for what the file holds; its name and its counts with your account"),
    title=_("Files of completed trainings I sent"),
    export=_files,
    erase=lambda user: CompletionFile.objects.filter(owner=user).delete()[0],
    reason="Numbers of agents and trainings, between the moment a file is sent and the moment it is confirmed.",
)
declare(
    Obligation,
    owner=OWNER,
    classification="C1",
    retention=_("as long as what was asked; your name until your account is erased"),
    title=_("Mandatory trainings I prepared"),
    export=_prepared,
    erase=_erase_made,
    reason="A decision of the city; who typed it leaves with the account.",
)
declare_impersonal(
    OWNER,
    (
        (AssignmentRule, "A rule in words; who typed it is forgotten with the obligation's."),
        (Obligation.equivalences.through, "Trainings that count as another one."),
    ),
)
code_words.register(
    "verb",
    {
        "trainings.obligation_prepared": _("Mandatory training prepared"),
        "trainings.obligation_activated": _("Mandatory training activated"),
        "trainings.obligation_ended": _("Mandatory training ended"),
        "trainings.obligation_revised": _("Draft of a mandatory training changed"),
        "trainings.obligation_discarded": _("Draft of a mandatory training thrown away"),
        "trainings.version_decided": _("Decision taken after a new version of a training"),
        "trainings.counted_early": _("Training done early counted"),
        "trainings.rule_replaced": _("Rule of a mandatory training replaced"),
        "trainings.extended": _("Later day given for a training"),
        "trainings.exempted": _("Exemption from a training given"),
        "trainings.exemption_ended": _("Exemption from a training ended"),
        "trainings.imported": _("Completed trainings taken from a file"),
        "trainings.names_opened": _("Names of people concerned by a training opened"),
    },
)
