"""Trainings done elsewhere: a file comes in whole, or every wrong line is told and nothing comes in."""

import io
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from src.directory.enums import Role
from src.foundations import journal
from src.foundations.imports import Unreadable
from src.foundations.models import AuditEntry
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, UnitFactory
from trainings.ledger.models import Completion
from trainings.ledger.services import revoke
from trainings.obligations.models import Requirement
from trainings.obligations.services.importing import import_completions

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr():
    return AgentFactory(unit=UnitFactory(), roles=[(Role.HR, None)])


@pytest.fixture
def people():
    unit = UnitFactory()
    return [AgentFactory(unit=unit, personnel_number=f"M{n}") for n in range(2)]


def file_of(*lines: str, header: str = "Matricule;Formation;Terminée le;Minutes;Équivalence") -> bytes:
    return "\r\n".join([header, *lines]).encode("cp1252")


def test_a_file_comes_in_once_and_answers_what_was_owed(hr, people):
    obligation = made.obligation()
    slug = obligation.track.slug
    made.owed(people[0])
    data = file_of(f"m0;{slug};02/03/2026;90;", f"M1;{slug};2026-03-05;;oui")

    tried = import_completions(data, dry_run=True, actor=hr)
    assert (tried.counts["created"], Completion.objects.count()) == (2, 0)
    done, again = import_completions(data, actor=hr), import_completions(data, actor=hr)

    assert done.counts == {"read": 2, "created": 2, "updated": 0, "unchanged": 0, "errors": 0}
    assert again.counts == {"read": 2, "created": 0, "updated": 0, "unchanged": 2, "errors": 0}
    assert list(Completion.objects.order_by("completed_on").values_list("agent", "method", "minutes", "version")) == [
        (people[0].pk, "imported", 90, None),
        (people[1].pk, "equivalence", 0, None),
    ]
    assert Requirement.objects.get(agent=people[0]).state == "up_to_date"
    assert AuditEntry.objects.get(verb="trainings.imported").actor == journal.pseudonym(hr)
    # One that was revoked may come in again.
    revoke(completion=Completion.objects.get(agent=people[0]), reason="Erreur.", actor=hr)
    assert import_completions(data, actor=hr).counts["created"] == 1
    assert Completion.objects.that_count().filter(agent=people[0]).count() == 1


def test_every_wrong_line_is_told_and_nothing_comes_in(hr, people):
    slug = ledger.track().slug
    data = file_of(
        f"M0;{slug};02/03/2026;90;",
        "M9;inconnue;hier;beaucoup;peut-être",
        f"M0;{slug};02/03/2026;;",
        f"M1;{slug};02/03/2999;;",
        f"M1;{slug};31/02/2026;99999999999;",
    )

    report = import_completions(data, actor=hr)

    assert [problem.line for problem in report.problems] == [3, 3, 3, 3, 3, 4, 5, 6, 6]
    assert Completion.objects.count() == 0
    said = " ".join(problem.message for problem in report.problems)
    for words in ("“M9”", "“inconnue”", "“hier”", "“beaucoup”", "“peut-être”", "2999", "31/02/2026"):
        assert words.strip("“”") in said


def test_who_may_and_what_is_no_table(hr, people):
    with pytest.raises(PermissionDenied):
        import_completions(file_of(), actor=people[0])
    for data in (b"", b"a;b\n1;2", b"\x00\x01\x02"):
        with pytest.raises(Unreadable):
            import_completions(data, actor=hr)


def test_the_commands_answer_a_line_of_counts(people, tmp_path):
    obligation = made.obligation()
    path, out = tmp_path / "faites.csv", io.StringIO()
    path.write_bytes(file_of(f"M0;{obligation.track.slug};02/03/2026;;"))

    call_command("import_completions", path, stdout=out)
    call_command("training_evaluate", stdout=out)

    first, second = (json.loads(line) for line in out.getvalue().splitlines())
    assert (first["created"], second) == (1, {"people": 2, "opened": 1, "changed": 0})
    path.write_bytes(file_of("M9;x;y;;"))
    with pytest.raises(SystemExit) as leaving:
        call_command("import_completions", path, stdout=out)
    assert leaving.value.code == 1
    assert json.loads(out.getvalue().splitlines()[-1])["errors"] == 3
