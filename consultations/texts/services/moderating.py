"""Moderation of contributions, by the house's verbs."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.participation.enums import IdentityMode, Visibility
from src.participation.services import moderation, supports

from .. import rules
from ..models import ContributionCounts, TextAppeal, TextCase, TextReport, UnitContribution


def _show(contribution, visibility: str, reason: str) -> None:
    was = contribution.visibility
    UnitContribution.objects.filter(pk=contribution.pk).update(visibility=visibility, removal_reason=reason)
    contribution.visibility, contribution.removal_reason = visibility, reason
    shown, before = visibility == Visibility.SHOWN, was == Visibility.SHOWN
    if contribution.parent_id is not None and shown != before:
        supports.add_to_count(ContributionCounts, contribution.parent_id, "comments", 1 if shown else -1)


def _restore(contribution, viewer, text: str, moment) -> None:
    _show(contribution, Visibility.SHOWN, "")


DESK = moderation.Desk(
    cases=TextCase,
    reports=TextReport,
    appeals=TextAppeal,
    spot=lambda contribution: {"contribution": contribution},
    show=_show,
    restore=_restore,
    room="texts",
)


def report(*, actor, contribution: UnitContribution, text, reason_code: str, words: str = ""):
    """Report a contribution; reports of enough units hide it until somebody reads. Refuses one's own."""
    viewer = as_viewer(actor)
    if rules.is_own(viewer, contribution):
        raise PermissionDenied(_("This is yours: you can take it back."))
    if contribution.is_withdrawn:
        raise ValidationError(_("This contribution was taken back."))
    return moderation.report(DESK, contribution, viewer=viewer, reason_code=reason_code, text=words, withholds=True)


def keep(*, actor, contribution: UnitContribution, text, remark: str = ""):
    """Decide that it stays. Refuses who doesn't moderate there, or wrote or reported it."""
    viewer = _moderator(actor, contribution, text)
    return moderation.keep(DESK, contribution, viewer=viewer, remark=remark)


def remove(*, actor, contribution: UnitContribution, text, reason_code: str, words: str, remark: str = ""):
    """Hide it for good, with the words its author reads. What is removed waits for no outcome."""
    viewer = _moderator(actor, contribution, text)
    return moderation.remove(DESK, contribution, viewer=viewer, reason_code=reason_code, text=words, remark=remark)


def appeal(*, actor, contribution: UnitContribution, text: str):
    """The author objects to a removal, once."""
    if not rules.is_own(actor, contribution):
        raise PermissionDenied(_("This contribution isn't yours."))
    return moderation.appeal(
        DESK,
        contribution,
        text=text,
        by_week=contribution.identity_mode != IdentityMode.NAMED,
        for_administrators=False,
    )


def may_object(contribution: UnitContribution) -> bool:
    """Whether it was removed, and its author hasn't objected yet."""
    if contribution.visibility != Visibility.REMOVED:
        return False
    case = moderation.last_removal(DESK, contribution)
    return case is not None and not TextAppeal.objects.filter(case=case).exists()


def answer_appeal(*, actor, contribution: UnitContribution, text, restored: bool, words: str):
    """Uphold or undo a removal; by somebody else than who removed it."""
    viewer = _moderator(actor, contribution, text)
    return moderation.answer_appeal(DESK, contribution, viewer=viewer, restored=restored, text=words)


def _moderator(actor, contribution, text):
    viewer = as_viewer(actor)
    if not rules.moderates(viewer, text, contribution):
        raise PermissionDenied(_("Those who moderate this space decide."))
    return viewer
