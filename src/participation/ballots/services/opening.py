"""The opening: rules, proposals, electors and keys are frozen together, in one transaction, for good."""

from itertools import permutations

import nacl.public
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from src.foundations import clock, journal

from .. import elections, rules
from ..electorate import people_by_rule
from ..models import Ballot, Elector, PairBox
from ..models.keys import HOLDERS
from .gates import held_by_organiser, refuse_once_frozen
from .organising import faults_of_holders, faults_of_options

CHUNK = 2000


@transaction.atomic
def open_ballot(*, actor, ballot: Ballot) -> Ballot:
    """Freeze the rules and the electorate; votes come in from ``opens_at``.

    Of a secret vote the pair of the urn is made here, in memory: its secret half is closed for two of the three key
    holders, in each order of two, and forgotten; only these six boxes remain. Refuses with ValidationError, all
    reasons at once: dates past, proposals missing, nobody to vote, a secret vote of fewer than twenty, or of more than
    500 on SQLite, key holders who haven't rehearsed. Chained in the journal at once.
    """
    held = held_by_organiser(actor, ballot)
    refuse_once_frozen(held)
    people = people_by_rule(held)
    number = people.count()
    faults = faults_before_opening(held, number)
    if faults:
        raise ValidationError(faults)
    number = freeze_list(held, people)
    if held.is_secret:
        held.public_key = make_keys(held)
    held.frozen_at = clock.now()
    held.save(update_fields=["public_key", "frozen_at"])
    journal.record(
        "ballots.opened",
        actor=actor,
        object_ref=f"ballot:{held.reference}",
        payload={
            "electors": number,
            "method": held.method,
            "secrecy": held.secrecy,
            "opens_at": held.opens_at.isoformat(),
            "closes_at": held.closes_at.isoformat(),
            "public_key": bytes(held.public_key).hex() if held.public_key else "",
        },
        chain_now=True,
    )
    return held


def freeze_list(ballot: Ballot, people) -> int:
    """Write the list of those who may vote, chunk by chunk; answers how many."""
    number, batch = 0, []
    for pk in people.values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        batch.append(Elector(ballot=ballot, person_id=pk))
        if len(batch) == CHUNK:
            number += len(Elector.objects.bulk_create(batch))
            batch = []
    return number + len(Elector.objects.bulk_create(batch))


def faults_before_opening(ballot: Ballot, electors: int) -> list[str]:
    """Everything that keeps a ballot from opening, in words; empty when nothing does."""
    faults = list(rules.faults_of_dates(ballot.opens_at, ballot.closes_at).values())
    faults += rules.faults_of_numbers(ballot).values()
    if elections.looks_like_one(ballot.title, ballot.question):
        faults.append(elections.refusal())
    options = [{"label": one.label, "cost": one.cost} for one in ballot.options.all()]
    faults += faults_of_options(ballot, options)
    wanted = ballot.space.chosen_count
    if ballot.prepares_decisions and wanted is not None and ballot.seats != wanted:
        faults.append(
            ngettext(
                "%(n)d idea is to be chosen in this space: the vote retains as many.",
                "%(n)d ideas are to be chosen in this space: the vote retains as many.",
                wanted,
            )
            % {"n": wanted}
        )
    if not electors:
        faults.append(_("Nobody may vote by this rule: choose another."))
    if not ballot.is_secret:
        return faults
    most = rules.most_secret_electors()
    if electors < rules.LEAST_SECRET_ELECTORS:
        faults.append(
            _("A secret vote needs %(least)d people at least: with fewer, choices could be guessed.")
            % {"least": rules.LEAST_SECRET_ELECTORS}
        )
    elif most is not None and electors > most:
        faults.append(
            _("This installation holds secret votes of %(most)d people at most: with more, it needs PostgreSQL.")
            % {"most": most}
        )
    holders = list(ballot.key_holders.select_related("person__current_affectation__unit"))
    named = [one.person for one in holders if one.person is not None]
    if len(named) < HOLDERS:
        faults.append(_("Name the three people who hold the keys."))
        return faults
    # They may have left, moved or been asked to organise since they were named.
    faults += faults_of_holders(ballot, named)
    if any(one.rehearsed_at is None for one in holders):
        faults.append(_("The three key holders rehearse first: each makes a key and opens a word with it."))
    return faults


def make_keys(ballot: Ballot) -> bytes:
    """The public half of a new pair; the other, closed for each two of the holders, is kept nowhere else."""
    urn = nacl.public.PrivateKey.generate()
    secret = bytes(urn)
    holders = list(ballot.key_holders.all())
    boxes = {one.pk: nacl.public.SealedBox(nacl.public.PublicKey(bytes(one.public_key))) for one in holders}
    PairBox.objects.bulk_create(
        PairBox(
            ballot=ballot, outer=outer, inner=inner,
            box=bytes(boxes[outer.pk].encrypt(bytes(boxes[inner.pk].encrypt(secret)))),
        )
        for outer, inner in permutations(holders, 2)
    )  # fmt: skip
    return bytes(urn.public_key)
