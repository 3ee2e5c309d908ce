"""Minority opinions: written by a member, signed by others, and taken away by nobody but their author."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from panels.models import Membership, Panel
from panels.rules import may_run
from panels.services.preparing import WrongState
from panels.services.recording import record
from src.foundations import clock
from src.foundations.text import tidy

from ..models import MinorityOpinion, MinoritySignature, Recommendation
from ..models.opinion import MOST_NAME
from .gates import member_of, sitting, worded, writing

MOST_TEXT = 4000


@transaction.atomic
def write_minority(
    *, actor, panel: Panel, text: str, recommendation: Recommendation | None = None, name: str = "",
    member: Membership | None = None,
) -> MinorityOpinion:  # fmt: skip
    """Write a minority opinion, on the whole or on one recommendation, and sign it: by ``name``, or counted.

    Its words never change. A member, for themself; the team types a paper that came from a ``member`` by post. Refuses
    the team for itself, a recommendation of another panel, and any once the opinion is adopted.
    """
    held = writing(panel)
    author, typed_by = _author(actor, held, member)
    if recommendation is not None and recommendation.panel_id != held.pk:
        raise ValidationError({"recommendation": _("Choose a recommendation of this panel.")})
    number = (MinorityOpinion.objects.filter(panel=held).aggregate(last=Max("number"))["last"] or 0) + 1
    made = MinorityOpinion.objects.create(
        panel=held,
        number=number,
        recommendation=recommendation,
        text=worded("text", text, MOST_TEXT),
        author=author,
        typed_by=typed_by,
        written_at=clock.now(),
    )
    MinoritySignature.objects.create(minority=made, membership=author, name=_named(name), typed_by=typed_by)
    record("minority_written", held, actor=typed_by, about=f"minority:{number}")
    return made


@transaction.atomic
def sign(*, actor, minority: MinorityOpinion, name: str = "", member: Membership | None = None) -> MinoritySignature:
    """Sign it, by ``name`` or counted. Members alone; again, to choose the other way.

    The team types the paper of a ``member``, as they chose on it. It never touches a signature that is there:
    nobody but its member changes one, or takes it back.
    """
    held = _standing(minority)
    signer, typed_by = _author(actor, held.panel, member)
    said = _named(name)
    if typed_by is None:
        own = {"name": said, "typed_by": None}
        signature, _made = MinoritySignature.objects.update_or_create(minority=held, membership=signer, defaults=own)
        return signature
    signature, is_new = MinoritySignature.objects.get_or_create(
        minority=held, membership=signer, defaults={"name": said, "typed_by": typed_by}
    )
    if not is_new:
        raise ValidationError({"member": _("This member has signed already: they alone change their signature.")})
    record("minority_signed_on_paper", held.panel, actor=typed_by, about=f"minority:{held.number}")
    return signature


@transaction.atomic
def unsign(*, actor, minority: MinorityOpinion) -> None:
    """Take one's own signature back. Refuses its author, who withdraws it or leaves it."""
    held = _standing(minority)
    signer = sitting(actor, held.panel)
    if signer.pk == held.author_id:
        raise ValidationError(_("You wrote it: withdraw it, or leave it."))
    MinoritySignature.objects.filter(minority=held, membership=signer).delete()


@transaction.atomic
def withdraw(*, actor, minority: MinorityOpinion) -> MinorityOpinion:
    """Withdraw it, before the opinion is adopted. Its author alone: neither the team nor the administration."""
    held = _standing(minority)
    author = member_of(actor, held.panel)
    if author is None or author.pk != held.author_id:
        raise PermissionDenied(_("Whoever wrote a minority opinion withdraws it; nobody else does."))
    held.withdrawn_at, held.withdrawn_by = clock.now(), author
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("minority_withdrawn", held.panel, about=f"minority:{held.number}")
    return held


def _author(actor, panel: Panel, member: Membership | None):
    """Who writes or signs: a member for themself; for a paper, the member it came from, and who typed it."""
    if member is None:
        return sitting(actor, panel), None
    if member.panel_id != panel.pk or member.left_on is not None:
        raise ValidationError({"member": _("Choose somebody who sits on this panel.")})
    if not may_run(actor, panel):
        raise PermissionDenied(_("The team alone types the papers of members."))
    return member, getattr(actor, "user", actor)


def _standing(minority: MinorityOpinion) -> MinorityOpinion:
    panel = writing(minority.panel)
    found = MinorityOpinion.objects.select_for_update(of=("self",)).get(pk=minority.pk)
    found.panel = panel
    if found.withdrawn_at is not None:
        raise WrongState(_("This minority opinion was withdrawn by its author."), code="state")
    return found


def _named(name: str) -> str:
    said = tidy(name, one_line=True)
    if len(said) > MOST_NAME:
        raise ValidationError({"name": _("Shorten it: %(most)d characters at most.") % {"most": MOST_NAME}})
    return said
