"""The demo city shows an attestation in each state, and loads it once."""

import pytest

from src.directory.models import User
from src.directory.services.demo import load_directory
from src.foundations.testing import drain_outbox
from trainings.attestations import files, selectors
from trainings.attestations.models import AttestationBatch, AttestationPrint
from trainings.attestations.services.demo import load_attestations
from trainings.learning.services.demo import load_learning
from trainings.obligations.services.demo import load_obligations
from trainings.services.demo import load_tracks

pytestmark = pytest.mark.django_db


def test_each_state_is_there_and_a_second_load_changes_nothing():
    load_directory()
    load_tracks()
    load_learning()
    load_obligations()
    load_attestations()
    drain_outbox()
    prints = AttestationPrint.objects.count()

    load_attestations()

    held = {one.code: one for one in selectors.held_by(User.objects.get(username="agent").pk)}
    assert sorted(one.is_expired for one in held.values()) == [False, True]
    assert [one.is_revoked for one in selectors.held_by(User.objects.get(username="instructeur").pk)] == [True]
    batch = AttestationBatch.objects.get()
    assert files.is_there(batch, files.WHOLE) and batch.prints.count() == batch.total >= 2
    assert AttestationPrint.objects.count() == prints
