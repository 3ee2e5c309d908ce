"""What members read, posted: letters printed together, never kept in clear, and the list of what was posted."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from panels import by_post, vault
from panels.models import CandidateContact, Membership, Panel
from panels.services.preparing import WrongState
from panels.services.recording import record
from src.foundations import clock, sealing

from .. import rules
from ..models import Posting

# Drawn while somebody waits.
MOST_LETTERS = 150
ADDRESS_LINES = 5


@dataclass(frozen=True)
class Letter:
    """One letter: where it goes, and what it holds, drawn."""

    number: int
    envelope: tuple[str, ...]
    body: SafeString
    slip: bool


@dataclass(frozen=True)
class Printed:
    """What was printed: a page for the printer, its line in the list, and who has no address."""

    html: str
    posting: Posting
    without_address: list[Membership]


def who_asked(panel: Panel):
    """The members who asked for everything by post."""
    return Membership.objects.sitting().filter(panel=panel, by_post=True).select_related("candidate")


def item_of(panel: Panel, kind: str, key: str) -> tuple[by_post.Kind, by_post.Posted]:
    """A kind and one of the things it may post now; refuses what isn't there, or no longer."""
    found = by_post.kind(kind)
    item = next((one for one in found.items(panel) if one.key == key), None) if found else None
    if found is None or item is None:
        raise WrongState(_("This can’t be posted, or no longer."), code="gone")
    return found, item


@transaction.atomic
def print_letters(*, actor, panel: Panel, kind: str, key: str, members: Iterable[Membership] | None = None) -> Printed:
    """Draw the letters of one thing, for those who asked for paper or for these members; one line of the journal.

    Organisers: addresses are opened here, and leave on the paper alone. Refuses when nobody is to be written to, and
    more letters than are drawn at once.
    """
    rules.refuse_unless(rules.may_organise(actor, panel))
    found, item = item_of(panel, kind, key)
    chosen = (
        who_asked(panel)
        if members is None
        else Membership.objects.sitting().filter(panel=panel).filter(pk__in=[one.pk for one in members])
    )
    people = list(chosen.select_related("panel__commissioner", "candidate").order_by("number"))
    if len(people) > MOST_LETTERS:
        raise ValidationError(_("Print 150 letters at most at once."))
    envelopes = _envelopes(people)
    letters = []
    with translation.override("fr"):
        for one in people:
            page = found.page(panel, item.key, one) if one.pk in envelopes else None
            if page is not None:
                body = render_to_string(page.template, {"panel": panel, "membership": one, **page.context})
                letters.append(Letter(one.number, envelopes[one.pk], body, page.slip))  # noqa: S308 - drawn by our own template
    if not letters:
        raise WrongState(
            _("There is nobody to write to: nobody asked for paper, or no address is known."), code="nobody"
        )
    posting = Posting.objects.create(
        panel=panel,
        kind=found.code,
        key=item.key,
        title=item.title[:200],
        letters=len(letters),
        printed_by=getattr(actor, "user", actor),
        printed_at=clock.now(),
    )
    record(
        "members_written_to", panel, actor=actor, about=f"posting:{posting.pk}",
        payload={"kind": found.code, "letters": len(letters)}, at_once=True,
    )  # fmt: skip
    with translation.override("fr"):
        html = render_to_string(
            "panel_sessions/print/letters.html",
            {"panel": panel, "title": item.title, "kind": found.label, "letters": letters, "today": clock.today()},
        )
    return Printed(html, posting, [one for one in people if one.pk not in envelopes])


def _envelopes(people: list[Membership]) -> dict[int, tuple[str, ...]]:
    """Where each is written to; nobody whose contact is erased, or who gave no address."""
    found = {}
    contacts = dict(
        CandidateContact.objects.filter(candidate__in=[one.candidate_id for one in people]).values_list(
            "candidate_id", "ciphertext"
        )
    )
    for one in people:
        if one.candidate_id not in contacts:
            continue
        try:
            contact = vault.open_contact(contacts[one.candidate_id])
        except sealing.CannotDecrypt:
            continue
        street = [line.strip() for line in contact.address.splitlines() if line.strip()]
        town = f"{contact.postcode} {contact.town}".strip()
        if street and town:
            found[one.pk] = tuple([contact.name, *street, town][:ADDRESS_LINES])
    return found


@transaction.atomic
def without_address(*, actor, panel: Panel) -> list[Membership]:
    """The members nobody can write to: addresses are opened to know it, with a line of the journal, and kept nowhere.

    Organisers.
    """
    rules.refuse_unless(rules.may_organise(actor, panel))
    sitting = Membership.objects.sitting().filter(panel=panel).select_related("candidate").order_by("number")
    people = list(sitting)
    known = _envelopes(people)
    record(
        "members_addresses_checked",
        panel,
        actor=actor,
        about="members",
        payload={"members": len(people)},
        at_once=True,
    )
    return [one for one in people if one.pk not in known]


@transaction.atomic
def mark_posted(*, actor, posting: Posting, posted_on: datetime.date | None = None) -> Posting:
    """Write the day letters were posted; once. Refuses a day before they were printed, or to come."""
    held = Posting.objects.select_for_update(of=("self",)).select_related("panel").get(pk=posting.pk)
    rules.refuse_unless(rules.may_organise(actor, held.panel))
    if held.posted_on is not None:
        raise WrongState(_("These letters are already written as posted."), code="state")
    day = posted_on or clock.today()
    if not timezone.localtime(held.printed_at).date() <= day <= clock.today():
        raise ValidationError({"posted_on": _("Between the day they were printed and today.")})
    held.posted_on = day
    held.save(update_fields=["posted_on"])
    record("members_letters_posted", held.panel, actor=actor, about=f"posting:{held.pk}")
    return held
