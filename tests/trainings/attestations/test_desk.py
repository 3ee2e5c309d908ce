"""A facilitator prints for whoever proves who they are; nobody else's attestation is anywhere."""

import re

import pytest
from django.urls import reverse

from src.directory.enums import Role
from src.directory.services.codes import issue_codes
from src.foundations import journal
from src.foundations.models import AuditEntry
from tests.factories import training_attestations as made
from tests.factories.directory import AgentFactory
from trainings.attestations.enums import Channel
from trainings.attestations.models import AttestationPrint
from trainings.ledger.services import revoke

pytestmark = pytest.mark.django_db
MINE, DESK = reverse("trainings_attestations:mine"), reverse("trainings_attestations:desk")
REPRINT = reverse("trainings_attestations:reprint")


@pytest.fixture
def nadia():
    return AgentFactory(first_name="Nadia", last_name="Belkacem", email=None, personnel_number="204117")


@pytest.fixture
def completion(nadia):
    return made.finished(nadia)


@pytest.fixture
def facilitator(client):
    person = AgentFactory(roles=[(Role.FACILITATOR, None)])
    client.force_login(person)
    return person


def download(completion) -> str:
    return reverse("trainings_attestations:download", kwargs={"completion": completion.pk})


def slip_in(response) -> str:
    return re.search(r'name="slip" value="([^"]+)"', response.content.decode())[1]


def test_one_downloads_ones_own_and_nobody_elses(client, nadia, completion):
    other = made.finished(AgentFactory())
    client.force_login(nadia)

    page = client.get(MINE).content.decode()
    mine, theirs = client.post(download(completion)), client.post(download(other))

    assert completion.track.title in page and download(other) not in page
    assert mine.status_code == 200 and "no-store" in mine["Cache-Control"]
    assert theirs.status_code == 404
    assert client.get(download(completion)).status_code == 405
    assert client.post(download(completion).replace(str(completion.pk), "9" * 30)).status_code == 404


def test_a_revoked_one_says_why_to_its_person_and_prints_no_more(client, nadia, completion):
    revoke(completion=completion, reason="Saisie deux fois.", actor=AgentFactory())
    client.force_login(nadia)

    assert "Saisie deux fois." in client.get(MINE).content.decode()
    assert client.post(download(completion)).status_code == 409


def test_statements_do_not_grow_with_trainings(client, nadia, completion, django_assert_num_queries):
    client.force_login(nadia)
    client.get(MINE)
    with django_assert_num_queries(7):
        client.get(MINE)
    for title in ("Deux", "Trois"):
        made.finished(nadia, title)
    with django_assert_num_queries(7):
        client.get(MINE)


def test_the_card_opens_and_is_not_used_up(client, facilitator, nadia, completion):
    (issued,) = issue_codes([nadia])

    opened = client.post(DESK, {"way": "card", "number": "204117", "card": issued.spaced.lower()})
    printed = client.post(REPRINT, {"slip": slip_in(opened), "completion": completion.pk})

    row = AttestationPrint.objects.get()
    assert "Nadia Belkacem" in opened.content.decode() and printed.status_code == 200
    assert (row.channel, row.printed_by, row.name) == (Channel.DESK, journal.pseudonym(facilitator), "Nadia Belkacem")
    assert nadia.personal_codes.get().used_at is None
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"trainings.attestations_opened", "trainings.attestation_reprinted"} <= verbs


def test_the_paper_opens_and_the_code_stays(client, facilitator, completion):
    code = made.printed(completion).row.attestation.spaced_code

    opened = client.post(DESK, {"way": "paper", "code": code})
    client.post(REPRINT, {"slip": slip_in(opened), "completion": completion.pk})

    assert {one.attestation.spaced_code for one in AttestationPrint.objects.all()} == {code}
    assert AttestationPrint.objects.count() == 2


def test_a_name_or_a_wrong_card_opens_nothing_and_is_slowed(client, facilitator, nadia, completion):
    issue_codes([nadia])
    wrong = {"way": "card", "number": "204117", "card": "7KQ4M2XR90TBZ"}

    answers = [client.post(DESK, wrong).status_code for _turn in range(12)]

    assert answers[0] == 422 and answers[-1] == 429
    assert client.post(DESK, {"way": "card", "number": "Belkacem", "card": "Nadia"}).status_code == 422


def test_a_slip_is_of_one_person_one_facilitator_and_ten_minutes(client, facilitator, completion):
    code = made.printed(completion).row.attestation.code
    other = made.finished(AgentFactory())
    slip = slip_in(client.post(DESK, {"way": "paper", "code": code}))

    assert client.post(REPRINT, {"slip": slip, "completion": other.pk}).status_code == 404
    assert client.post(REPRINT, {"slip": slip + "x", "completion": completion.pk}).status_code == 404
    assert client.post(REPRINT, {"completion": completion.pk}).status_code == 404
    client.force_login(AgentFactory(roles=[(Role.FACILITATOR, None)]))
    assert client.post(REPRINT, {"slip": slip, "completion": completion.pk}).status_code == 404


def test_the_desk_is_for_facilitators(client, nadia):
    client.force_login(nadia)

    assert client.get(DESK).status_code == 403
    assert client.post(REPRINT, {}).status_code == 403
