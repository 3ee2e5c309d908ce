"""What a direction does: ask a panel something, withdraw it, say what it did of the answer."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from panels.models import Panel
from panels.services.preparing import WrongState
from src.accountability.models import ResponseOwed
from src.accountability.services import close
from src.directory.viewer import as_viewer
from src.foundations import clock, orphans, uploads

from .. import rules
from ..enums import ChangeOutcome, ReferralKind, ReferralState
from ..models import Change, FormTest, Referral, Task
from ..models.form_test import MOST_TASKS, TASK_MAX
from ..models.referral import TITLE_MAX
from . import telling
from .holding import hold, move, note, words_of

WEB = URLValidator(schemes=["https", "http"])


def ask_panel(
    *, actor, panel: Panel, unit, kind: str, title: str, question: str, wanted_on=None, document=None, link: str = "",
    tasks: Sequence[str] = (), token: UUID | None = None,
) -> Referral:  # fmt: skip
    """Ask a panel something in the name of a unit one answers for; its organisers are told by their desk.

    A form to try comes with one to eight tasks and a PDF (made anew before it is kept), an address, or both. The same
    ``token`` answers the first sending. Refuses who answers for another unit, who sits on the panel or works for it,
    a panel that isn't at work, a day that is past.
    """
    viewer = as_viewer(actor)
    again = Referral.objects.filter(token=token, asked_by_id=viewer.user_id).first() if token else None
    if again is not None:
        return again
    rules.refuse_unless(rules.answers_for(viewer, unit) and not rules.is_inside(viewer, panel))
    if not rules.is_consulted(Panel.objects.get(pk=panel.pk)):
        raise WrongState(_("This panel isn’t consulted now."), code="state")
    if kind not in ReferralKind.values:
        raise ValidationError({"kind": _("Choose what you ask.")})
    if wanted_on is not None and wanted_on < clock.today():
        raise ValidationError({"wanted_on": _("This day is past: choose a later one.")})
    now = clock.now()
    referral = Referral(
        panel=panel,
        kind=kind,
        title=words_of("title", title, _("Write a title."), TITLE_MAX),
        question=words_of("question", question, _("Write what you ask.")),
        unit=unit,
        asked_by=viewer.user,
        wanted_on=wanted_on,
        asked_at=now,
        state_since=now,
        token=token,
    )
    if kind != ReferralKind.FORM_TEST:
        with transaction.atomic():
            return _kept(referral, viewer)
    form, lines = _form(document, link), _tasks(tasks)
    with orphans.files_with_their_rows(form.document):
        form.referral = _kept(referral, viewer)
        form.save()
        Task.objects.bulk_create(Task(test=form, position=n, text=text) for n, text in enumerate(lines, 1))
    return referral


def _kept(referral: Referral, viewer) -> Referral:
    referral.save()
    note("asked", referral, viewer, kind=str(referral.kind))
    return referral


def _form(document, link: str) -> FormTest:
    link = link.strip()
    if not document and not link:
        raise ValidationError({"document": _("Join the form as a PDF, or write its address.")})
    if link:
        try:
            WEB(link)
        except ValidationError:
            raise ValidationError({"link": _("Write a whole address, beginning with https://.")})
    try:
        clean = uploads.safe_pdf(document) if document else ""
    except ValidationError as refusal:
        raise ValidationError({"document": refusal.messages})
    return FormTest(document=clean, link=link)


def _tasks(tasks: Sequence[str]) -> list[str]:
    lines = [" ".join(text.split()) for text in tasks if text.strip()]
    if not 1 <= len(lines) <= MOST_TASKS:
        raise ValidationError({"tasks": _("Write one to eight tasks, one a line.")})
    if any(len(text) > TASK_MAX for text in lines):
        raise ValidationError({"tasks": _("Shorten each task to %(n)d characters.") % {"n": TASK_MAX}})
    return lines


@transaction.atomic
def withdraw_referral(*, actor, referral: Referral, because: str) -> Referral:
    """Take back what was asked, with a reason that whoever could read it reads; not once the panel has answered."""
    held = hold(referral, ReferralState.ASKED, ReferralState.ACCEPTED)
    rules.refuse_unless(rules.may_speak_for(actor, held))
    because = words_of("because", because, _("Write why: the panel reads it."), 2000)
    return move(held, ReferralState.WITHDRAWN, actor, "withdrawn", because=because)


@transaction.atomic
def follow_up(*, actor, referral: Referral, text: str, outcomes: Mapping[int, tuple[str, str]] | None = None):
    """Say what the direction did of the panel's answer; members are told. Once, and everybody reads it.

    ``outcomes`` says, for each thing to change of a form (by its position), whether it was done, and if not why.
    Refuses one that isn't said. Raises PermissionDenied for who doesn't answer for the unit.
    """
    held = hold(referral, ReferralState.ANSWERED)
    rules.refuse_unless(rules.may_speak_for(actor, held))
    text = words_of("text", text, _("Write what was done, or why it wasn’t."))
    _say_of_changes(held, outcomes or {})
    moved = move(held, ReferralState.FOLLOWED, actor, "followed", follow_up=text, followed_at=clock.now())
    for owed in ResponseOwed.objects.open().filter(subject_kind=Referral.SUBJECT, subject_reference=moved.reference):
        close(owed, clock.today())
    telling.tell(telling.FOLLOWED, moved)
    return moved


def _say_of_changes(held: Referral, outcomes: Mapping[int, tuple[str, str]]) -> None:
    changes, errors = list(held.changes.all()), {}
    for change in changes:
        change.outcome, because = outcomes.get(change.position, ("", ""))
        change.because = because.strip()[:2000]
        if change.outcome not in ChangeOutcome.values:
            errors[f"outcome_{change.position}"] = _("Say whether it was done.")
        elif change.outcome == ChangeOutcome.NOT_DONE and not change.because:
            errors[f"because_{change.position}"] = _("Write why it isn’t done.")
    if errors:
        raise ValidationError(errors)
    Change.objects.bulk_update(changes, ["outcome", "because"])
