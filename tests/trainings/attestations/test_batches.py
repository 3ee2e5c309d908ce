"""A site's attestations in one file: each part once, whatever dies in between; one's own sites alone."""

import io

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from src.directory.enums import Role
from src.foundations import documents, runs
from src.foundations.testing import drain_outbox, forget_effects
from tests.factories import training_attestations as made
from tests.factories import training_ledger as ledger
from tests.factories.directory import AgentFactory, SiteFactory
from trainings.attestations import files
from trainings.attestations.models import AttestationBatch, AttestationPrint
from trainings.attestations.services import batching
from trainings.ledger.services import revoke

pytestmark = pytest.mark.django_db
needs_pdf = pytest.mark.skipif(bool(documents.pdf_available()), reason="Pango is missing here (30/11/2026)")
BATCHES = reverse("trainings_attestations:batches")


@pytest.fixture
def site():
    return SiteFactory(name="Dépôt des Tanneurs")


@pytest.fixture
def hr():
    return AgentFactory(roles=[(Role.HR, None)])


def staffed(site, count: int):
    track = ledger.track()
    people = [AgentFactory(unit=site, first_name="Agente", last_name=f"N{n:03d}") for n in range(count)]
    return [ledger.completed(person, track, minutes=90) for person in people]


@needs_pdf
def test_a_site_is_one_file_in_the_order_of_names(site, hr):
    staffed(site, 3)
    made.finished(AgentFactory())

    batch = batching.ask(site=site, actor=hr)
    drain_outbox()

    reader = pypdf.PdfReader(io.BytesIO(files.read(batch, files.WHOLE)))
    assert [f"N{n:03d}" in reader.pages[n].extract_text() for n in range(3)] == [True] * 3
    assert len(reader.pages) == 3 == AttestationPrint.objects.filter(batch=batch).count()
    assert batching.run_of(batch).percent == 100


def test_a_killed_worker_is_followed_by_another_that_draws_no_part_again(site, hr, monkeypatch):
    monkeypatch.setattr(files, "PART", 2)
    staffed(site, 5)
    batch = batching.ask(site=site, actor=hr)
    forget_effects()
    drawn = []
    monkeypatch.setattr(batching.drawing, "drawn", lambda rows: (drawn.append(len(rows)) or b"%PDF-" + bytes(1), True))
    monkeypatch.setattr(batching, "_whole", lambda _batch: b"%PDF-whole")

    class Killed(BaseException):
        pass

    def killed_at_four(done):
        if done >= 4:
            raise Killed

    with pytest.raises(Killed):
        batching.draw(batch=batch, advance=killed_at_four)
    numbers = list(AttestationPrint.objects.values_list("pk", flat=True))
    sheets = batching.draw(batch=batch)
    again = batching.draw(batch=batch)

    assert drawn[:3] == [2, 2, 1] and sheets == again == 5
    assert set(numbers) < set(AttestationPrint.objects.values_list("pk", flat=True))
    assert AttestationPrint.objects.count() == 5


def test_what_was_revoked_meanwhile_is_left_out(site, hr):
    first, _second = staffed(site, 2)
    batch = batching.ask(site=site, actor=hr)
    revoke(completion=first, reason="Erreur.", actor=hr)
    drain_outbox()

    assert batch.prints.count() == 1


def test_asked_twice_while_it_works_is_one(site, hr):
    staffed(site, 1)

    first, second = batching.ask(site=site, actor=hr), batching.ask(site=site, actor=hr)
    forget_effects()

    assert first == second and AttestationBatch.objects.count() == 1


def test_cancelled_then_taken_up_again(site, hr):
    staffed(site, 1)
    batch = batching.ask(site=site, actor=hr)
    runs.ask_cancel(batch.run_id)
    drain_outbox()
    assert not files.is_there(batch, files.WHOLE)

    batching.again(batch=batch, actor=hr)
    drain_outbox()

    assert files.is_there(AttestationBatch.objects.get(), files.WHOLE)


def test_another_s_site_and_an_empty_one_are_refused(site, hr, client):
    other = AgentFactory(roles=[(Role.HR, SiteFactory())])
    with pytest.raises(ValidationError):
        batching.ask(site=site, actor=hr)
    staffed(site, 1)
    with pytest.raises(PermissionDenied):
        batching.ask(site=site, actor=other)
    batch = batching.ask(site=site, actor=hr)
    drain_outbox()
    address = reverse("trainings_attestations:batch", kwargs={"batch": batch.reference})
    taken = reverse("trainings_attestations:batch_file", kwargs={"batch": batch.reference})

    client.force_login(other)
    assert [client.get(url).status_code for url in (address, taken)] == [404, 404]
    assert client.post(BATCHES, {"site": site.pk}).status_code == 422
    client.force_login(AgentFactory())
    assert [client.get(url).status_code for url in (BATCHES, address, taken)] == [403, 403, 403]
    client.force_login(hr)
    assert [client.get(url).status_code for url in (BATCHES, address, taken)] == [200, 200, 200]


def test_statements_of_a_part_do_not_grow_with_sheets(site, hr, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(batching.drawing, "drawn", lambda rows: (b"", True))
    staffed(site, 3)
    batch = batching.ask(site=site, actor=hr)
    forget_effects()

    with django_assert_num_queries(13):
        batching._part(batch, 0)
