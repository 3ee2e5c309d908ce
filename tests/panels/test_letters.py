"""Letters: codes kept as hashes, made by slices that survive a death, forgotten with the posting."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from panels.address_file import read_addresses
from panels.enums import InvitationState
from panels.models import Invitation, InvitationAddress, InvitationBatch
from panels.services import letters
from src.foundations.models import JobRun
from src.foundations.runs import ask_cancel
from src.foundations.testing import drain_outbox
from src.paper import codes
from tests.factories import panels as make

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker died."""


def opened(made, count):
    return letters.open_batch(
        actor=made.organiser, panel=made.panel, source_list=made.lists["electeurs"], data=make.address_file(count)
    ).batch


def test_a_batch_is_made_by_a_job_that_says_how_far_it_is():
    made = make.recruiting()
    batch = opened(made, 3)
    run = JobRun.objects.get(pk=batch.run_id)
    before = (run.state, run.total, Invitation.objects.count())
    drain_outbox()
    run.refresh_from_db()
    batch.refresh_from_db()

    printed = list(letters.letters_of(actor=made.organiser, batch=batch))
    assert before == ("waiting", 3, 0)
    assert (run.state, run.done, run.result) == ("done", 3, {"made": 3})
    assert (batch.made, batch.addresses) == (3, None)
    assert [one.envelope for one in printed][1] == ("Personne 2", "2 rue des Tanneurs", "30000 Marvenne")
    assert len({one.code for one in printed}) == 3
    assert all(codes.normalise(one.spaced) == one.code and len(one.code) == 13 for one in printed)
    assert [codes.hash_of(one.code) for one in printed] == [
        one.code_hash for one in Invitation.objects.order_by("number")
    ]
    assert printed[0].address.endswith(f"/panels/inscription/#{printed[0].code}")


def test_killed_at_any_slice_and_run_again_the_same_codes_come_out(monkeypatch):
    monkeypatch.setattr(letters, "SLICE", 4)
    made = make.recruiting()
    batch = opened(made, 10)
    whole = [letters.code_of(letters.vault.opened(batch.secret, letters.vault.LETTERS), n) for n in range(1, 11)]
    for last in (4, 8):

        def die(done, last=last):
            if done == last:
                raise Killed

        with pytest.raises(Killed):
            letters.make_letters(batch=batch, advance=die)
        assert Invitation.objects.count() == last == InvitationBatch.objects.get().made
    with transaction.atomic():
        sid = transaction.savepoint()
        letters._make_slice(InvitationBatch.objects.get(), "x", [["a"]] * 10)
        transaction.savepoint_rollback(sid)  # the transaction of a slice that died isn't there
    drain_outbox()

    printed = list(letters.letters_of(actor=made.organiser, batch=InvitationBatch.objects.get()))
    assert [one.code for one in printed] == whole
    assert [one.number for one in printed] == list(range(1, 11))


def test_of_two_workers_on_a_batch_one_writes_a_slice(monkeypatch):
    monkeypatch.setattr(letters, "SLICE", 2)
    made = make.recruiting()
    batch = opened(made, 4)
    one, other = InvitationBatch.objects.get(), InvitationBatch.objects.get()
    secret = letters.vault.opened(batch.secret, letters.vault.LETTERS)
    envelopes = letters.vault.opened(batch.addresses, letters.vault.LETTERS)
    letters._make_slice(one, secret, envelopes)
    letters._make_slice(other, secret, envelopes)

    assert Invitation.objects.count() == 2
    assert other.made == 2
    drain_outbox()


def test_a_cancelled_batch_stops_between_slices_and_goes_on_later(monkeypatch):
    monkeypatch.setattr(letters, "SLICE", 2)
    made = make.recruiting()
    batch = opened(made, 6)
    ask_cancel(batch.run_id)
    drain_outbox()

    assert JobRun.objects.get().state == "cancelled"
    assert Invitation.objects.count() == 0
    assert letters.make_letters(batch=batch) == 6


def test_posting_forgets_addresses_and_the_secret_for_good():
    made = make.recruiting()
    made.print_letters(3, mailed=False)
    assert InvitationAddress.objects.count() == 3
    with pytest.raises(ValidationError):
        letters.mark_mailed(actor=made.organiser, batch=made.batch)
    letters.mark_printed(actor=made.organiser, batch=made.batch)
    batch = letters.mark_mailed(actor=made.organiser, batch=made.batch)

    assert (InvitationAddress.objects.count(), batch.secret, batch.addresses) == (0, None, None)
    assert set(Invitation.objects.values_list("state", flat=True)) == {InvitationState.SENT}
    with pytest.raises(ValidationError, match="posted|postées|envoyées"):
        letters.letters_of(actor=made.organiser, batch=batch)
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationBatch.objects.update(secret=b"again")


def test_letters_brought_back_are_counted_and_their_code_still_opens():
    made = make.recruiting()
    first, second = made.print_letters(2)
    assert letters.mark_returned(actor=made.organiser, batch=made.batch, numbers=[1, 9]) == 1
    made.register(first)

    assert list(Invitation.objects.order_by("number").values_list("state", flat=True)) == ["used", "sent"]


def test_an_address_file_is_refused_whole_with_every_line_and_a_dry_run_writes_nothing():
    made = make.recruiting()
    data = b"nom;adresse;code postal;commune\nA;1 rue;30000;M\n;1 rue;3000;\nA;1 rue;30000;M\n"
    report = letters.open_batch(actor=made.organiser, panel=made.panel, source_list=made.lists["electeurs"], data=data)
    dry = letters.open_batch(
        actor=made.organiser, panel=made.panel, source_list=made.lists["electeurs"], data=make.address_file(2),
        dry_run=True,
    )  # fmt: skip

    assert [(one.line) for one in report.problems] == [3, 3, 3, 4]
    assert report.counts == {"read": 3, "created": 0, "updated": 0, "unchanged": 0, "errors": 4}
    assert (dry.counts["created"], dry.problems) == (2, [])
    assert InvitationBatch.objects.count() == 0


def test_a_comma_a_mark_and_english_headers_are_read_alike():
    found = read_addresses("\ufeffName,Address,Postcode,City\nA B,1 rue X,30000,M\n".encode())

    assert (found.envelopes, found.problems) == ([["A B", "1 rue X", "30000 M"]], [])


def test_only_an_organiser_of_the_panel_opens_or_prints_a_batch():
    made, other = make.recruiting(), make.recruiting(slug="autre")
    for actor in (made.facilitator, made.guarantor, made.keeper, other.organiser, made.administrator):
        with pytest.raises(PermissionDenied):
            letters.open_batch(
                actor=actor, panel=made.panel, source_list=made.lists["electeurs"], data=make.address_file(1)
            )
    made.print_letters(1, mailed=False)
    with pytest.raises(PermissionDenied):
        letters.letters_of(actor=made.facilitator, batch=made.batch)
