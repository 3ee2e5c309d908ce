"""Human resources: preparing, trying out, activating, following by name, deciding; within their branches alone."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from src.directory.enums import Role
from src.directory.feed import staff_feed
from src.directory.services.importing import FEED, import_directory
from src.foundations import clock, runs
from src.foundations.imports import Unreadable
from src.foundations.models import AuditEntry, JobRun
from src.foundations.testing import drain_outbox
from tests.factories import training_ledger as ledger
from tests.factories import training_obligations as made
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from tests.trainings.obligations.test_evaluating import posted
from trainings.ledger.models import Completion
from trainings.obligations.models import (
    AbsenceSpan,
    AssignmentRule,
    CompletionFile,
    CountedEarly,
    Exemption,
    Obligation,
    Requirement,
)
from trainings.obligations.services import background, importing
from trainings.obligations.services.evaluating import evaluate

pytestmark = pytest.mark.django_db
HR = reverse("trainings_obligations:hr")


def url(obligation, name="one", **more):
    return reverse(f"trainings_obligations:{name}", kwargs={"reference": obligation.reference, **more})


@pytest.fixture
def hr():
    return AgentFactory(unit=UnitFactory(), roles=[(Role.HR, None)])


@pytest.fixture
def desk(client, hr):
    client.force_login(hr)
    return client


@pytest.fixture
def reception():
    return UnitFactory(parent=DirectionFactory())


@pytest.fixture
def nadia(reception):
    return posted(reception, contact=True)


def of_branch(unit):
    return AgentFactory(unit=unit, roles=[(Role.HR, unit)])


def terms(track, **more) -> dict:
    return {
        "track": track.pk, "decision": "Note du 3 mars 2026", "validity_months": "36", "window_days": "180",
        "renewal_base": "previous_expiry", "min_active_days": "0", "grace_days": "0", "on_working_days": "on",
        "who": "public", "direction": "", "anchor": "rule_entry", "offset_days": "180", "min_notice_days": "60", **more,
    }  # fmt: skip


# ---- who gets in


def test_who_is_not_human_resources_is_refused(client, nadia):
    client.force_login(nadia)

    assert client.get(HR).status_code == 403
    assert client.get(url(made.obligation())).status_code == 403


def test_human_resources_of_a_branch_follow_and_prepare_nothing(client, nadia, reception):
    obligation = made.obligation()
    evaluate()
    client.force_login(of_branch(reception))

    assert obligation.track.title in client.get(HR).content.decode()
    assert "Préparer" not in client.get(HR).content.decode()
    for name in ("prepare", "send_file"):
        assert client.get(reverse(f"trainings_obligations:{name}")).status_code == 403
    for name in ("trial", "rule", "tree", "activate", "end", "revise", "discard"):
        assert client.get(url(obligation, name)).status_code == 403
        assert client.post(url(obligation, name)).status_code == 403


# ---- preparing


def test_it_is_prepared_tried_out_and_activated_in_the_background(desk, hr, nadia):
    track = ledger.track()
    posted(UnitFactory())
    answer = desk.post(reverse("trainings_obligations:prepare"), terms(track))
    obligation = Obligation.objects.get()
    assert answer.status_code == 303 and answer["Location"] == url(obligation)
    assert obligation.is_draft and obligation.created_by == hr

    text = desk.get(url(obligation, "trial")).content.decode()
    assert "<b>1</b>" in text and not Requirement.objects.exists()

    assert desk.post(url(obligation, "activate")).status_code == 303
    assert desk.post(url(obligation, "activate")).status_code == 409
    assert not Requirement.objects.exists()
    assert "Tout le monde est en train" in desk.get(url(obligation)).content.decode()
    drain_outbox()
    assert Requirement.objects.get().agent == nadia
    assert JobRun.objects.get(name=background.EVALUATE).state == JobRun.State.DONE
    assert "À faire" in desk.get(url(obligation)).content.decode()


def test_every_fault_is_told_at_once_and_what_was_typed_stays(desk):
    track = ledger.track()
    answer = desk.post(
        reverse("trainings_obligations:prepare"),
        terms(
            track, decision="", window_days="2000", anchor="fixed_date", offset_days="x", renewal_base="fixed_calendar"
        ),
    )

    form = answer.context["form"]
    assert answer.status_code == 422
    assert set(form.errors) == {"decision", "window_days", "anchor_on", "offset_days", "fixed_on"}
    assert 'value="2000"' in answer.content.decode()
    assert not Obligation.objects.exists()


def test_a_base_shows_what_it_gives_on_days_one_can_check(desk):
    text = desk.get(reverse("trainings_obligations:prepare")).content.decode()

    assert "3 mai 2030" in text and "15 avril 2030" in text and "31 décembre 2029" in text


def test_a_draft_is_changed_or_thrown_away_an_active_one_is_not(desk):
    draft, active = made.obligation(active=False), made.obligation()
    said = terms(draft.track, decision="Autre note") | {"grace_days": "7"}

    assert desk.post(url(draft, "revise"), said).status_code == 303
    draft.refresh_from_db()
    assert (draft.decision, draft.grace_days) == ("Autre note", 7)
    assert desk.post(url(active, "revise"), said).status_code == 409
    assert desk.post(url(active, "discard")).status_code == 409
    assert desk.post(url(draft, "discard")).status_code == 303
    assert not Obligation.objects.filter(pk=draft.pk).exists()


# ---- the rule


def test_a_rule_of_an_active_one_is_read_over_before_it_replaces(desk, nadia):
    obligation = made.obligation(made.RECEPTION)
    evaluate()
    other = posted(UnitFactory())
    rule = obligation.rules.get()
    said = {"rule": rule.pk, "who": "everybody", "direction": "", "anchor": "rule_entry", "offset_days": "90",
            "min_notice_days": "30"}  # fmt: skip

    answer = desk.post(url(obligation, "rule"), said)
    assert answer.status_code == 200 and AssignmentRule.objects.count() == 1
    assert "Tout le monde." in answer.content.decode()

    assert desk.post(url(obligation, "rule"), said | {"confirm": "1"}).status_code == 303
    assert desk.post(url(obligation, "rule"), said | {"confirm": "1"}).status_code == 409
    drain_outbox()
    assert obligation.rules.count() == 2
    assert Requirement.objects.filter(agent=other).exists()


def test_a_tree_is_written_gesture_by_gesture_without_script(desk):
    obligation = made.obligation(active=False)
    unit = UnitFactory(code="SOL-9")
    page = url(obligation, "tree")

    def gesture(text, name, **more):
        answer = desk.post(page, {"tree": text, "gesture": name, "place": "", "anchor": "rule_entry",
                                  "offset_days": "10", "min_notice_days": "60", **more})  # fmt: skip
        return answer, (answer.context or {}).get("tree")

    _answer, tree = gesture('{"all": []}', "question", condition="unit", units="sol-9")
    _answer, tree = gesture(tree, "any", place="")
    refused, same = gesture(tree, "save")
    assert refused.status_code == 422 and "groupe est vide" in refused.content.decode() and same == tree
    _answer, tree = gesture(tree, "question", place="1", condition="is_manager:yes")
    _answer, tree = gesture(tree, "not", place="1")
    _answer, tree = gesture(tree, "question", place="1.1", condition="hired_on", since="2026-01-01")
    answer, _tree = gesture(tree, "save")

    assert answer.status_code == 303
    rule = obligation.rules.get(active_to__isnull=True)
    assert rule.predicate == {"all": [
        {"field": "unit", "op": "within", "value": [unit.code]},
        {"any": [
            {"field": "is_manager", "op": "=", "value": True},
            {"not": {"any": [{"field": "hired_on", "op": ">=", "value": "2026-01-01"}]}},
        ]},
    ]}  # fmt: skip
    assert (rule.offset_days, rule.version) == (10, 2)


@pytest.mark.parametrize(
    "tree", ["", "[]", "nul", "{" * 9000, '{"all":' * 3000, '{"field": "password", "op": "=", "value": 1}']
)
def test_a_tree_that_is_none_is_told_and_the_kept_one_comes_back(desk, tree):
    answer = desk.post(url(made.obligation(active=False), "tree"), {"tree": tree, "gesture": "save"})

    assert answer.status_code == 422 and "pas pu être lu" in answer.content.decode()


def test_an_unknown_unit_is_named(desk):
    answer = desk.post(
        url(made.obligation(active=False), "tree"),
        {"tree": '{"all": []}', "gesture": "question", "place": "", "condition": "unit", "units": "NULLE-PART"},
    )

    assert answer.status_code == 422 and "NULLE-PART" in answer.content.decode()


# ---- a large city


def test_a_large_city_is_tried_out_by_a_job(desk, nadia, monkeypatch):
    monkeypatch.setattr(background, "SLICE", 0)
    obligation = made.obligation(made.RECEPTION, active=False)

    assert "Compter" in desk.get(url(obligation, "trial")).content.decode()
    assert desk.post(url(obligation, "trial")).status_code == 303
    drain_outbox()

    text = desk.get(url(obligation, "trial")).content.decode()
    assert "au contact du public" in text and not Requirement.objects.exists()


def test_it_ends_and_nobody_is_asked_any_more(desk, nadia):
    obligation = made.obligation()
    evaluate()

    assert "2 personnes qui doivent encore" in desk.get(url(obligation, "end")).content.decode()
    assert desk.post(url(obligation, "end")).status_code == 303
    drain_outbox()

    assert Requirement.objects.get(agent=nadia).state == "not_applicable"
    assert desk.post(url(obligation, "end")).status_code == 409


# ---- names


def test_names_are_those_of_one_s_branch_and_opening_them_is_journaled(client, nadia, reception):
    elsewhere = posted(UnitFactory(parent=DirectionFactory()))
    obligation = made.obligation()
    evaluate()
    branch = of_branch(reception)
    client.force_login(branch)

    text = client.get(url(obligation, "names")).content.decode()

    assert nadia.get_full_name() in text and elsewhere.get_full_name() not in text
    entry = AuditEntry.objects.get(verb="trainings.names_opened")
    assert entry.object_ref == f"obligation:{obligation.reference}"
    assert client.get(url(obligation, "person", person=elsewhere.pk)).status_code == 404
    assert client.post(url(obligation, "extend", person=elsewhere.pk), {}).status_code == 404


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_list_leaves_as_a_file_journaled_too(desk, nadia, extension):
    obligation = made.obligation()
    evaluate()

    answer = desk.get(url(obligation, "names_file", extension=extension) + f"?q={nadia.last_name}")

    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200 and content
    assert extension == "xlsx" or nadia.last_name in content.decode()
    assert AuditEntry.objects.get(verb="trainings.names_opened").payload["file"] == extension


@pytest.mark.parametrize(
    "query", ["etat=to_do", "tri=nom", "q=%00", "etat=nul&service=nul&tri=nul", "page=nul", "q=zzz"]
)
def test_any_question_is_answered(desk, nadia, query):
    obligation = made.obligation()
    evaluate()

    assert desk.get(f"{url(obligation, 'names')}?{query}").status_code in (200, 302)
    assert desk.get(f"{HR}?{query}").status_code in (200, 302)


def test_statements_do_not_grow(desk, nadia, reception):
    first = made.obligation()
    evaluate()
    desk.get(HR)
    pages = [HR, url(first), url(first, "names"), url(first, "trial"), url(first, "person", person=nadia.pk)]

    def counts():
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(page).status_code == 200
            found.append(len(asked))
        return found

    one = counts()
    for _number in range(2):
        posted(reception)
    for predicate in (made.RECEPTION, made.within(reception)):
        made.obligation(predicate, track=first.track)
    evaluate()
    assert counts() == one == BUDGETS


# The list, one obligation, its names, its trial, one person.
BUDGETS = [7, 10, 9, 21, 11]


# ---- one person


def owed(obligation, person):
    evaluate()
    return Requirement.objects.get(obligation=obligation, agent=person, is_current=True)


def test_a_later_day_is_given_or_refused_with_its_reason(desk, nadia):
    obligation = made.obligation()
    due = owed(obligation, nadia).due_on
    later = due + dt.timedelta(days=40)

    refused = desk.post(url(obligation, "extend", person=nadia.pk), {"extend-until": due.isoformat()})
    assert refused.status_code == 422 and due.isoformat() in refused.content.decode()
    assert (
        desk.post(url(obligation, "extend", person=nadia.pk), {"extend-until": later.isoformat()}).status_code == 303
    )
    assert owed(obligation, nadia).due_on == later
    assert "Pourquoi cette personne" in desk.get(url(obligation, "person", person=nadia.pk)).content.decode()


def test_nobody_decides_for_themself(desk, hr):
    obligation = made.obligation()
    owed(obligation, hr)

    assert "nul ne décide pour" in desk.get(url(obligation, "person", person=hr.pk)).content.decode()
    said = {"extend-until": "2030-01-01"}
    assert desk.post(url(obligation, "extend", person=hr.pk), said).status_code == 403


def test_an_exemption_is_given_and_ended(desk, nadia):
    obligation = made.obligation()
    owed(obligation, nadia)

    assert desk.post(url(obligation, "exempt", person=nadia.pk), {"exempt-code": "malade"}).status_code == 422
    assert desk.post(url(obligation, "exempt", person=nadia.pk), {"exempt-code": "gives_it"}).status_code == 303
    assert owed(obligation, nadia).state == "exempt"
    assert desk.get(url(obligation, "end_exemption", person=nadia.pk)).status_code == 200
    assert desk.post(url(obligation, "end_exemption", person=nadia.pk)).status_code == 303
    assert not Exemption.objects.exists() and owed(obligation, nadia).state == "to_do"


def test_an_absence_is_written_ended_and_taken_back(desk, nadia):
    obligation = made.obligation()
    before = owed(obligation, nadia).due_on
    today = clock.today()

    assert (
        desk.post(
            url(obligation, "note_absence", person=nadia.pk), {"absence-starts_on": today.isoformat()}
        ).status_code
        == 303
    )
    away = AbsenceSpan.objects.get()
    assert owed(obligation, nadia).state == "suspended"
    last = {"back-ends_on": (today + dt.timedelta(days=20)).isoformat()}
    assert desk.post(url(obligation, "end_absence", person=nadia.pk, absence=away.pk), last).status_code == 303
    assert owed(obligation, nadia).due_on > before
    assert desk.post(url(obligation, "withdraw_absence", person=nadia.pk, absence=away.pk)).status_code == 303
    assert owed(obligation, nadia).due_on == before and not AbsenceSpan.objects.exists()


def test_what_was_done_too_early_counts_when_human_resources_say_so(desk, nadia):
    obligation = made.obligation()
    today = clock.today()
    ledger.completed(nadia, obligation.track, today - dt.timedelta(days=200))
    first = owed(obligation, nadia)
    early = ledger.completed(nadia, obligation.track, today - dt.timedelta(days=10))
    assert owed(obligation, nadia) == first

    text = desk.get(url(obligation, "person", person=nadia.pk)).content.decode()
    page = url(obligation, "count_early", person=nadia.pk, completion=early.pk)
    assert page in text and desk.get(page).status_code == 200
    assert desk.post(page).status_code == 303
    assert desk.post(page).status_code == 409

    now = owed(obligation, nadia)
    assert (now.cycle_no, now.satisfied_by, now.valid_until.year) == (2, early, today.year + 3)
    assert CountedEarly.objects.count() == 1
    evaluate()
    assert owed(obligation, nadia) == now


# ---- files


def send(desk, text: str):
    return desk.post(
        reverse("trainings_obligations:send_file"), {"file": SimpleUploadedFile("faites.csv", text.encode())}
    )


def test_a_file_is_checked_whole_then_taken_in_once(desk, nadia):
    obligation = made.obligation()
    owed(obligation, nadia)
    nadia.personnel_number = "777001"
    nadia.save(update_fields=["personnel_number"])
    sent = send(desk, f"matricule;formation;terminée le\n777001;{obligation.track.slug};12/05/2026\n")
    page = sent["Location"]

    assert "1" in desk.get(page).content.decode() and not Completion.objects.exists()
    assert desk.post(page).status_code == 303
    assert desk.post(page).status_code == 409
    assert Completion.objects.get().method == "imported"
    assert CompletionFile.objects.get().text == ""
    assert owed(obligation, nadia).state == "up_to_date"
    assert "Le fichier est entré" in desk.get(page).content.decode()


def test_every_fault_of_a_file_has_its_line_and_nothing_comes_in(desk, nadia):
    sent = send(desk, "matricule;formation;terminée le\n0;nulle;hier\n1;nulle;12/05/2026\n")
    text = desk.get(sent["Location"]).content.decode()

    assert "ligne 2" in text and "ligne 3" in text
    assert desk.post(sent["Location"]).status_code == 409
    assert not Completion.objects.exists()


def test_a_long_file_is_taken_in_by_a_job_and_forgotten_after_a_day(desk, nadia, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 0)
    nadia.personnel_number = "777001"
    nadia.save(update_fields=["personnel_number"])
    page = send(desk, f"matricule;formation;terminée le\n777001;{ledger.track().slug};12/05/2026\n")["Location"]
    desk.post(page)
    assert not Completion.objects.exists() and "en train d" in desk.get(page).content.decode()
    drain_outbox()
    assert Completion.objects.count() == 1

    left = send(desk, "matricule;formation;terminée le\n1;2;3\n")["Location"]
    importing.forget_files(clock.now() + dt.timedelta(days=2))
    assert "un jour" in desk.get(left).content.decode()


def test_a_file_that_is_no_table_and_somebody_else_s(desk, client, nadia):
    assert send(desk, "").status_code == 422
    assert send(desk, "a;b\n1;2\n").status_code == 422
    page = send(desk, "matricule;formation;terminée le\n1;2;3\n")["Location"]
    client.force_login(AgentFactory(unit=UnitFactory(), roles=[(Role.HR, None)]))
    assert client.get(page).status_code == 404


# ---- the staff file


def test_the_staff_file_is_told_in_words(desk):
    assert "depuis trente jours" in desk.get(HR).content.decode()
    runs.note(FEED, result={"created": 12, "updated": 3, "closed": 1})
    assert "sans faute" in desk.get(HR).content.decode()
    with pytest.raises(Unreadable):
        import_directory(b"")
    text = desk.get(HR).content.decode()
    assert "a été refusé" in text and "première ligne" in text and "Unreadable" not in text
    assert staff_feed().counts == {"created": 12, "updated": 3, "closed": 1}


def test_each_passage_of_the_staff_file_is_kept_a_try_is_not(desk):
    text = "matricule;nom;prenom;unite\n1;Prune;Ada;NULLE-PART\n2;Prune;Bo;NULLE-PART\n"
    import_directory(text.encode(), dry_run=True)
    assert not staff_feed().is_known

    report = import_directory(text.encode())

    assert report.problems and staff_feed().failed
    assert "Prune" not in staff_feed().error and "2" in staff_feed().error
