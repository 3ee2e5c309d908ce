"""One code for ever, one row a print, nothing of what no longer counts; a sheet that can be heard."""

import datetime as dt
import hashlib
import io

import pypdf
import pytest
from django.db import IntegrityError, transaction

from src.foundations import clock, documents, personal_data
from src.foundations.models import AuditEntry
from tests.factories import training_attestations as made
from tests.factories.directory import AgentFactory
from trainings.attestations import drawing
from trainings.attestations.enums import Channel
from trainings.attestations.models import Attestation, AttestationPrint
from trainings.attestations.services import NoLongerCounts, print_one
from trainings.attestations.services.printing import drafted, issued
from trainings.ledger.services import revoke

pytestmark = pytest.mark.django_db
needs_pdf = pytest.mark.skipif(bool(documents.pdf_available()), reason="Pango is missing here (30/11/2026)")


@pytest.fixture
def completion():
    return made.finished()


def test_a_print_says_what_was_known_and_is_journaled(completion):
    printed = made.printed(completion)

    row = printed.row
    assert (row.name, row.title, row.version, row.completed_on, row.minutes, row.valid_until) == (
        "Nadia Belkacem", completion.track.title, 1, completion.completed_on, 90, None,
    )  # fmt: skip
    assert (row.number, row.channel, row.printed_on) == (1, Channel.OWN, clock.today())
    assert AuditEntry.objects.filter(verb="trainings.attestation_printed").count() == 1


def test_the_same_words_on_the_same_day_are_one_print_and_one_file(completion):
    first, second = made.printed(completion), made.printed(completion)

    assert first.content == second.content
    assert AttestationPrint.objects.count() == 1


def test_a_new_name_is_another_print_under_the_same_code(completion):
    first = made.printed(completion)
    completion.agent.last_name = "Haddad"
    completion.agent.save()
    completion.refresh_from_db()

    second = print_one(completion=completion, actor=completion.agent)

    assert (second.row.number, second.row.name) == (2, "Nadia Haddad")
    assert Attestation.objects.count() == 1
    assert second.row.attestation_id == first.row.attestation_id


def test_what_was_revoked_is_printed_no_more_even_by_the_database(completion):
    attestation = made.printed(completion).row.attestation
    fresh = made.finished(AgentFactory())
    for one in (completion, fresh):
        revoke(completion=one, reason="Saisie par erreur.", actor=AgentFactory())

    with pytest.raises(NoLongerCounts):
        print_one(completion=completion, actor=completion.agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        drafted(attestation, completion, None, channel=Channel.OWN, number=2).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        issued([fresh])


def test_a_print_stays_as_it_was_and_its_name_leaves_with_its_person(completion):
    row = made.printed(completion).row

    for change in ({"title": "Autre"}, {"minutes": 9}, {"name": "Quelqu’un d’autre"}, {"pdf_sha256": "0" * 64}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AttestationPrint.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attestation.objects.update(code="2" * 12)
    personal_data.erase(completion.agent)

    row.refresh_from_db()
    assert row.name == "" and row.title == completion.track.title


@needs_pdf
def test_the_pdf_is_tagged_titled_and_in_french(completion):
    printed = made.printed(completion)

    reader = pypdf.PdfReader(io.BytesIO(printed.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True and "/StructTreeRoot" in root and root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title.startswith("Attestation")
    assert len(reader.pages) == 1
    text = reader.pages[0].extract_text()
    for said in ("Nadia Belkacem", "90 minutes", "comme temps de travail", printed.row.attestation.spaced_code):
        assert said in text.replace("\u00a0", " ")
    assert printed.row.pdf_sha256 == hashlib.sha256(printed.content).hexdigest()


def test_without_pango_the_same_sheet_is_a_page(completion, monkeypatch):
    def missing(*_args, **_kwargs):
        raise documents.PdfUnavailable("no Pango")

    monkeypatch.setattr(drawing.documents, "pdf", missing)

    printed = made.printed(completion)

    text = printed.content.decode()
    assert not printed.is_pdf and printed.row.pdf_sha256 == ""
    assert "Nadia Belkacem" in text and printed.row.attestation.spaced_code in text


def test_the_end_printed_is_the_one_obligations_know():
    from tests.factories import training_obligations as obligations
    from trainings.obligations.services.evaluating import evaluate

    obligation = obligations.obligation()
    done = made.ledger.completed(AgentFactory(), obligation.track, clock.today() - dt.timedelta(days=10))
    evaluate()

    row = made.printed(done).row

    assert row.valid_until is not None and row.valid_until > clock.today()
