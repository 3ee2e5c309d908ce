"""Verbs: what changes, what is refused and in which words, what the same post twice leaves."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ideas import selectors, services
from ideas.models import Idea, IdeaCounts, IdeaSupport, IdeaVersion
from src.accountability.models import Decision, ResponseOwed
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock, outbox
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.participation.models import Phase
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.services import run_clock
from tests.factories.directory import AgentFactory, DirectionFactory, ExternalFactory, UnitFactory, grant
from tests.factories.ideas import BODY, NO, IdeaFactory, yes

pytestmark = pytest.mark.django_db
TITLE = "Un banc à l'abri près du portail"


def send(city, **values):
    values.setdefault("actor", city.author)
    return services.submit_idea(space=city.box, body=BODY, title=TITLE, **values).idea


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts").get(pk=idea.pk)


def test_submission_gives_a_reference_a_reader_and_a_date(city):
    receipt = services.submit_idea(actor=city.author, space=city.box, title=TITLE, body=BODY, identity_mode="named")

    idea = fresh(receipt.idea)
    promised = clock.today() + timedelta(days=60)
    assert (receipt.reader, receipt.promised_on, receipt.handle) == ("Propreté", promised, None)
    assert receipt.thanks.startswith(f"Merci. Votre idée porte la référence {idea.reference}. Propreté la lit.")
    assert (idea.author, idea.signed_as, idea.stage_kind) == (city.author, "Nadia B., conductrice", "submitted")
    assert (idea.site.name, idea.direction, idea.unit) == ("Dépôt", city.direction, city.direction)
    assert (idea.owed.unit, idea.owed.started_on, idea.counts.supports) == (city.direction, clock.today(), 0)
    drain_outbox()


def test_protected_submission_keeps_the_week_and_nobody(city):
    idea = fresh(send(city, identity_mode="protected"))

    monday = clock.week_of()
    assert (idea.author, idea.site, idea.direction, idea.unit) == (None, None, None, city.box.steering_unit)
    assert (idea.week, idea.created_at, idea.stage_since) == (
        monday,
        clock.week_start_moment(),
        clock.week_start_moment(),
    )
    assert (idea.owed.started_on, idea.owed.by_week) == (monday, True)
    assert clock.week_of(city.box.first_contribution_at) == monday
    drain_outbox()


def test_a_title_is_made_of_the_first_line(city):
    idea = services.submit_idea(
        actor=city.author, space=city.box, body="Il manque un banc près du portail. " + BODY, identity_mode="named"
    ).idea

    assert idea.title == "Il manque un banc près du portail"
    drain_outbox()


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"body": "Trop court"}, {"body"}),
        ({"title": "Court", "body": BODY}, {"title"}),
        ({"body": BODY * 40}, {"body"}),
        ({"body": BODY, "kind": "debate"}, {"kind"}),
        ({"body": BODY, "identity_mode": "anonymous"}, {"identity_mode"}),
    ],
)
def test_submission_refuses_with_every_field(city, values, fields):
    with pytest.raises(ValidationError) as refusal:
        services.submit_idea(actor=city.author, space=city.box, **values)

    assert set(refusal.value.message_dict) == fields
    assert Idea.objects.count() == 0


def test_submission_is_refused_outside_the_circle_and_outside_the_phase(city):
    with pytest.raises(PermissionDenied):
        services.submit_idea(actor=ExternalFactory(), space=city.box, body=BODY)
    Phase.objects.filter(space=city.box).update(ends_at=clock.now())
    city.box.refresh_from_db()

    with pytest.raises(ValidationError) as refusal:
        services.submit_idea(actor=city.author, space=city.box, body=BODY)

    assert refusal.value.messages == ["On ne dépose pas d’idées ici en ce moment."]


def test_ten_equal_submissions_and_supports_leave_one_row_each(city):
    token = uuid.uuid4()
    ideas = {send(city, submission_token=token, identity_mode="named").pk for _ in range(10)}
    idea = fresh(Idea.objects.get())

    changes = [services.set_support(idea=idea, actor=city.colleague, wanted=True) for _ in range(10)]

    assert ideas == {idea.pk}
    assert ResponseOwed.objects.count() == 1
    assert changes == [True] + [False] * 9
    assert (IdeaSupport.objects.count(), IdeaCounts.objects.get().supports) == (1, 1)
    drain_outbox()


def test_nobody_supports_their_own_idea_even_protected(city):
    named, sealed = send(city, identity_mode="named"), send(city, identity_mode="protected")
    outbox.drain(raising=True)

    for idea in (named, sealed):
        with pytest.raises(TransitionNotAllowed, match="votre propre idée"):
            services.set_support(idea=fresh(idea), actor=User.objects.get(pk=city.author.pk), wanted=True)
    assert IdeaSupport.objects.count() == 0


def test_correction_is_free_for_an_hour_then_leaves_a_version(city, monkeypatch):
    idea = send(city, identity_mode="named")
    services.edit_idea(idea=idea, actor=city.author, title=TITLE + " sud", body=BODY)
    assert IdeaVersion.objects.count() == 0
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)

    services.edit_idea(idea=idea, actor=city.author, title=TITLE + " nord", body=BODY)

    assert list(IdeaVersion.objects.values_list("title", flat=True)) == [TITLE + " sud"]
    services.set_support(idea=fresh(idea), actor=city.colleague, wanted=True)
    with pytest.raises(TransitionNotAllowed, match="Quelqu’un soutient ce texte"):
        services.edit_idea(idea=fresh(idea), actor=city.author, title=TITLE, body=BODY)
    drain_outbox()


def test_correction_of_a_protected_idea_always_leaves_a_version_dated_by_its_week(city):
    idea = send(city, identity_mode="protected")
    outbox.drain(raising=True)
    author = User.objects.get(pk=city.author.pk)

    services.edit_idea(idea=fresh(idea), actor=author, title=TITLE + " sud", body=BODY)

    assert list(IdeaVersion.objects.values_list("title", "replaced_on")) == [(TITLE, clock.week_of())]
    with pytest.raises(PermissionDenied):
        services.edit_idea(idea=fresh(idea), actor=city.colleague, title=TITLE, body=BODY)
    drain_outbox()


def test_details_change_who_reads_the_idea(city):
    idea = send(city, identity_mode="named")

    services.save_details(
        idea=idea, actor=city.author, direction=city.other, tags=["Bancs", "bancs", "#Dépôt"], kind="pain_point"
    )

    idea = fresh(idea)
    assert (idea.direction, idea.unit, idea.owed.unit, idea.kind) == (city.other, city.other, city.other, "pain_point")
    assert sorted(tag.name for tag in idea.tags.all()) == ["bancs", "dépôt"]
    drain_outbox()


def test_clean_ideas_open_by_themselves_after_five_working_days_others_wait(city):
    clean = IdeaFactory(space=city.box, stage="submitted", sent_days_ago=12)
    linked = IdeaFactory(space=city.box, stage="submitted", sent_days_ago=12, body=BODY + " Voir https://exemple.fr")
    recent = IdeaFactory(space=city.box, stage="submitted", sent_days_ago=1)

    run_clock(clock.now())

    assert [fresh(idea).stage_kind for idea in (clean, linked, recent)] == ["open", "submitted", "submitted"]
    drain_outbox()


def test_question_pauses_the_promise_once_and_the_answer_resumes_it(city):
    idea = IdeaFactory(
        space=city.box, author=city.author, stage="in_review", direction=city.direction, sent_days_ago=20
    )
    promised = idea.owed.promised_on

    services.ask_author(
        idea=idea, actor=city.correspondent, text="Combien de places ?", at=clock.now() - timedelta(days=4)
    )
    assert fresh(idea).owed.is_paused(clock.today())
    services.answer_question(idea=fresh(idea), actor=city.author, text="Six places.")

    assert fresh(idea).owed.promised_on == promised + timedelta(days=4)
    with pytest.raises(TransitionNotAllowed, match="une seule fois|qu’une fois"):
        services.ask_author(idea=fresh(idea), actor=city.correspondent, text="Et la couleur ?")
    drain_outbox()


def test_an_unanswered_screening_question_puts_the_idea_to_sleep_and_its_author_wakes_it(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="submitted", sent_days_ago=30)
    services.ask_author(
        idea=idea, actor=city.moderator, text="De quel site parlez-vous ?", at=clock.now() - timedelta(days=20)
    )

    run_clock(clock.now())
    cancelled_on = fresh(idea).owed.cancelled_on
    services.wake_up(idea=fresh(idea), actor=city.author, text="Du dépôt sud.")

    awake = fresh(idea)
    assert cancelled_on == clock.today()
    assert (awake.stage_kind, awake.owed.promised_on) == ("submitted", clock.today() + timedelta(days=60))
    assert ResponseOwed.objects.filter(subject_reference=idea.reference).count() == 2
    drain_outbox()


def test_an_unanswered_study_question_lets_the_study_go_on(city):
    idea = IdeaFactory(
        space=city.box, author=city.author, stage="in_review", direction=city.direction, sent_days_ago=40
    )
    services.ask_author(idea=idea, actor=city.correspondent, text="Combien ?", at=clock.now() - timedelta(days=20))

    run_clock(clock.now())

    assert fresh(idea).stage_kind == "in_review"
    assert not fresh(idea).owed.is_paused(clock.today())
    drain_outbox()


def test_transfer_keeps_the_date_and_happens_twice_at_most(city):
    idea = IdeaFactory(space=city.box, stage="qualified", direction=city.direction)
    promised = idea.owed.promised_on
    correspondents = {city.direction.pk: city.correspondent, city.other.pk: city.other_correspondent}

    for target in (city.other, city.direction):
        idea = fresh(idea)
        services.propose_transfer(idea=idea, actor=correspondents[idea.direction_id], direction=target, text="À vous.")
        services.accept_transfer(idea=fresh(idea), actor=correspondents[target.pk])

    idea = fresh(idea)
    assert (idea.transfer_count, idea.direction, idea.owed.unit, idea.owed.promised_on) == (
        2,
        city.direction,
        city.direction,
        promised,
    )
    with pytest.raises(TransitionNotAllowed, match="déjà changé deux fois"):
        services.propose_transfer(idea=idea, actor=city.correspondent, direction=city.other, text="Encore.")
    drain_outbox()


def test_the_direction_that_proposes_cannot_answer_for_the_other(city):
    idea = IdeaFactory(space=city.box, stage="qualified", direction=city.direction)
    services.propose_transfer(idea=idea, actor=city.correspondent, direction=city.other, text="À vous.")

    with pytest.raises(PermissionDenied):
        services.accept_transfer(idea=fresh(idea), actor=city.correspondent)
    services.refuse_transfer(idea=fresh(idea), actor=city.other_correspondent, text="Ce n'est pas à nous.")

    idea = fresh(idea)
    assert (idea.stage_kind, idea.transfer_to, idea.transfer_count, idea.unit) == (
        "qualified",
        None,
        0,
        city.direction,
    )
    drain_outbox()


def test_study_needs_two_assessors_who_hold_the_role(city):
    idea = IdeaFactory(space=city.box, stage="qualified", direction=city.direction)

    with pytest.raises(ValidationError):
        services.start_study(idea=idea, actor=city.correspondent, assessors=city.assessors[:1])
    with pytest.raises(ValidationError):
        services.start_study(idea=idea, actor=city.correspondent, assessors=[city.assessors[0], city.colleague])
    services.start_study(idea=idea, actor=city.correspondent, assessors=city.assessors)

    assert idea.assessors.count() == 3
    drain_outbox()


def test_scorecards_are_final_and_others_show_after_ones_own(city):
    idea = IdeaFactory(space=city.box, stage="qualified", direction=city.direction)
    first, second, third = city.assessors
    services.start_study(idea=idea, actor=city.correspondent, assessors=city.assessors)
    idea = fresh(idea)
    card = services.assess(idea=idea, actor=first, feasibility=4, cost=1, note="Simple.")

    assert services.assess(idea=idea, actor=first, feasibility=4, cost=1, note="Simple.") == card
    with pytest.raises(TransitionNotAllowed):
        services.assess(idea=idea, actor=first, feasibility=0, note="Finalement non.")
    with pytest.raises(PermissionDenied):
        services.assess(idea=idea, actor=city.colleague, note="Moi aussi.")
    assert selectors.workshop(second, idea).assessments == []
    services.assess(idea=idea, actor=second, feasibility=2, risk_flag=True, note="Moyen.")
    services.decline_seat(idea=idea, actor=third)
    seen = selectors.workshop(second, idea)
    assert [dict(seen.medians)[name] for name in ("faisabilité", "coût", "délai")] == [3, 1, None]
    assert ([card.label for card in seen.assessments], seen.risk_flags) == (["Évaluation 1", second.short_name], 1)
    assert [seat.state for seat in seen.seats] == ["done", "done", "declined"]
    services.close_study(idea=idea, actor=city.correspondent)
    assert fresh(idea).stage_kind == "decision_pending"
    drain_outbox()


def test_study_closes_without_the_late_ones_only_when_that_is_said(city):
    idea = IdeaFactory(space=city.box, stage="qualified", direction=city.direction)
    services.start_study(idea=idea, actor=city.correspondent, assessors=city.assessors)
    idea = fresh(idea)
    services.assess(idea=idea, actor=city.assessors[0], note="Simple.")

    with pytest.raises(TransitionNotAllowed, match="Des évaluations manquent"):
        services.close_study(idea=idea, actor=city.correspondent)
    services.close_study(idea=idea, actor=city.correspondent, late_text="Deux personnes sont absentes.")

    assert list(idea.assessors.order_by("pk").values_list("is_late", flat=True)) == [False, True, True]
    drain_outbox()


def test_fast_lane_takes_two_people(city):
    both = AgentFactory(unit=city.direction)
    grant(both, Role.IDEA_CORRESPONDENT, city.direction)
    grant(both, Role.DELEGATE, city.direction)
    idea = IdeaFactory(space=city.box, stage="qualified", direction=city.direction, scale="quick_fix")
    services.draft_fast_answer(idea=idea, actor=both, **NO)

    with pytest.raises(TransitionNotAllowed, match="une autre personne"):
        services.countersign(idea=fresh(idea), actor=User.objects.get(pk=both.pk))
    decision = services.countersign(idea=fresh(idea), actor=city.delegate)

    assert fresh(idea).stage_kind == "declined"
    assert (decision.drafted_by, decision.decided_by) == (both, city.delegate)
    drain_outbox()


def test_fast_lane_is_not_for_projects_and_a_draft_goes_back_for_correction(city):
    project = IdeaFactory(space=city.box, stage="qualified", direction=city.direction, scale="project")
    with pytest.raises(TransitionNotAllowed, match="projet"):
        services.draft_fast_answer(idea=project, actor=city.correspondent, **NO)
    idea = IdeaFactory(space=city.box, stage="qualified", direction=city.direction, scale="out_of_scope")
    services.draft_fast_answer(idea=idea, actor=city.correspondent, **NO)

    services.send_back(idea=fresh(idea), actor=city.delegate, text="Dites qui décide.")
    services.draft_fast_answer(idea=fresh(idea), actor=city.correspondent, **{**NO, "reason": "competence"})

    assert list(Decision.objects.values_list("reason", flat=True)) == ["competence"]
    assert fresh(idea).stage_kind == "countersign"
    drain_outbox()


def test_decision_is_prepared_rewritten_and_announced_by_a_named_person(city):
    idea = IdeaFactory(space=city.box, stage="decision_pending", direction=city.direction)
    services.prepare_decision(idea=idea, actor=city.deputy, **NO)

    services.prepare_decision(idea=idea, actor=city.decider, **yes())
    decision = services.announce_decision(idea=fresh(idea), actor=city.decider)

    idea = fresh(idea)
    assert (idea.stage_kind, idea.decision, idea.owed.answered_on) == ("accepted", decision, clock.today())
    assert Decision.objects.count() == 1
    entry = idea.journal.get()
    assert (entry.actor, entry.actor_role, entry.to_kind) == (city.decider, "decision_maker", "accepted")
    with pytest.raises(TransitionNotAllowed, match="Sophie L."):
        services.announce_decision(idea=idea, actor=city.deputy)
    drain_outbox()


@pytest.mark.parametrize("missing", ["reason", "reopening_conditions", "text"])
def test_a_no_says_why_and_what_could_change_it(city, missing):
    idea = IdeaFactory(space=city.box, stage="decision_pending", direction=city.direction)

    with pytest.raises(ValidationError) as refusal:
        services.prepare_decision(idea=idea, actor=city.decider, **{**NO, missing: ""})

    assert set(refusal.value.message_dict) == {missing}


def test_withdrawing_drops_the_promise_hides_the_text_and_stops_a_prepared_answer(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="decision_pending", direction=city.direction)
    services.prepare_decision(idea=idea, actor=city.decider, **yes())

    services.withdraw(idea=fresh(idea), actor=city.author, reason="Réglée en réunion.", hide_body=True)

    idea = fresh(idea)
    assert (idea.stage_kind, idea.body_hidden, idea.owed.cancelled_on) == ("withdrawn", True, clock.today())
    assert Decision.objects.count() == 0
    page = selectors.idea_page(city.colleague, idea.reference)
    assert (page.body_html, page.row.excerpt, page.timeline[-1].fact) == ("", "", "Réglée en réunion.")
    drain_outbox()


def test_wrong_state_and_wrong_person_are_never_mixed(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="submitted", direction=city.direction)
    services.screen(idea=idea, actor=city.moderator)

    with pytest.raises(TransitionNotAllowed, match="Inès"):
        services.screen(idea=fresh(idea), actor=city.moderator)
    with pytest.raises(PermissionDenied):
        services.screen(idea=fresh(idea), actor=city.colleague)
    with pytest.raises(PermissionDenied):
        services.perform(idea=fresh(idea), transition="orient", actor=city.colleague, data={})
    drain_outbox()


def test_generic_door_does_what_each_form_asks(city):
    idea = IdeaFactory(space=city.box, author=city.author, stage="submitted", direction=city.direction)
    steps = (
        ("screen", city.moderator, {}),
        (
            "orient",
            city.correspondent,
            {"direction": city.direction, "scale": "project", "service": None, "owner": None},
        ),
        ("start_study", city.correspondent, {"assessors": city.assessors[:2], "due_on": None}),
        ("ask_study", city.correspondent, {"text": "Combien de places ?"}),
        ("answer_study", city.author, {"text": "Six."}),
        ("close_study", city.correspondent, {"text": "", "late_text": "Absents."}),
        ("back_to_study", city.decider, {"text": "Chiffrez le banc."}),
        ("close_study", city.correspondent, {"text": "", "late_text": "Absents."}),
        ("decide_accepted", city.decider, {**NO, "announce": True}),
    )

    for transition, actor, data in steps:
        services.perform(idea=fresh(idea), transition=transition, actor=actor, data=data)

    assert fresh(idea).stage_kind == "declined", "the outcome of the form wins over the button"
    drain_outbox()


def test_hierarchy_guard_excludes_managers_of_the_line_with_one_sentence(city):
    chief = AgentFactory(unit=city.service, is_manager=True)
    grant(chief, Role.INSTRUCTOR, city.direction)
    outside = UnitFactory(parent=DirectionFactory())
    stranger = AgentFactory(unit=outside, is_manager=True)
    grant(stranger, Role.INSTRUCTOR, outside)
    named = IdeaFactory(space=city.box, author=city.author, stage="qualified", direction=city.direction)
    sealed = IdeaFactory(space=city.box, author=stranger, protected=True, stage="qualified", direction=city.direction)

    sentences = []
    for idea in (named, sealed):
        with pytest.raises(TransitionNotAllowed) as refusal:
            services.start_study(idea=idea, actor=city.correspondent, assessors=[chief, city.assessors[0]])
        sentences.append(str(refusal.value))
    # A signed author's line is known; a sealed one's may be anywhere, so that whoever manages anything counts.
    services.start_study(idea=named, actor=city.correspondent, assessors=[stranger, city.assessors[0]])
    with pytest.raises(TransitionNotAllowed):
        services.start_study(idea=sealed, actor=city.correspondent, assessors=[stranger, city.assessors[0]])
    services.start_study(idea=sealed, actor=city.correspondent, assessors=[chief, *city.assessors[:2]])

    assert len(set(sentences)) == 1
    assert AuditEntry.objects.filter(verb="ideas.hierarchy.refused").count() == 3
    drain_outbox()


def test_a_manager_of_the_line_decides_only_after_two_assessments_from_outside(city):
    head = AgentFactory(unit=city.direction, is_manager=True, first_name="Chef")
    grant(head, Role.DECISION_MAKER, city.direction)
    idea = IdeaFactory(space=city.box, author=city.author, stage="decision_pending", direction=city.direction)

    with pytest.raises(TransitionNotAllowed, match="seules de cette idée"):
        services.prepare_decision(idea=idea, actor=head, **yes())
    studied = IdeaFactory(space=city.box, author=city.author, stage="qualified", direction=city.direction)
    services.start_study(idea=studied, actor=city.correspondent, assessors=city.assessors[:2])
    for assessor in city.assessors[:2]:
        services.assess(idea=fresh(studied), actor=assessor, note="Simple.")
    services.close_study(idea=fresh(studied), actor=city.correspondent)
    services.prepare_decision(idea=fresh(studied), actor=head, **yes())

    assert Decision.objects.count() == 1
    drain_outbox()


def test_many_supports_bring_the_promised_date_forward_once(city):
    city.box.support_threshold = 2
    city.box.save()
    idea = IdeaFactory(space=city.box, sent_days_ago=5)
    for _ in range(2):
        services.set_support(idea=idea, actor=AgentFactory(unit=city.service), wanted=True)
    from ideas.clockwork import hasten_supported

    first, again = hasten_supported(clock.now()), hasten_supported(clock.now() + timedelta(days=3))

    assert (first, again) == (1, 0)
    assert fresh(idea).owed.promised_on == clock.today() + timedelta(days=30)


def test_photo_is_made_anew_and_forgets_its_hour(city, tmp_path, settings, django_capture_on_commit_callbacks):
    import os

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    settings.PRIVATE_MEDIA_ROOT = tmp_path
    Image.new("RGB", (40, 40), "red").save(tmp_path / "source.jpg")
    upload = SimpleUploadedFile("Nadia au dépôt.jpg", (tmp_path / "source.jpg").read_bytes())
    idea = send(city, identity_mode="protected")
    outbox.drain(raising=True)
    author = User.objects.get(pk=city.author.pk)

    photo = services.add_photo(idea=fresh(idea), actor=author, upload=upload, alt="Le portail sans banc")

    assert "Nadia" not in photo.file.name
    assert os.path.getmtime(photo.file.path) == clock.week_start_moment().timestamp()
    with pytest.raises(PermissionDenied):
        services.add_photo(idea=fresh(idea), actor=city.colleague, upload=upload, alt="Autre")
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_file(idea=fresh(idea), actor=author, name=photo.name)
    assert not os.path.exists(photo.file.path)
