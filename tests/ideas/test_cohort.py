"""A cohort: people who said yes, seats that are counted, a mentor who alone validates, a diploma at the end."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from ideas import selectors, services
from ideas.models import CohortMilestone, CohortPerson, Idea, Mentorship, MilestoneNote
from ideas.services.answering import prepared_of
from src.accountability import services as accountability
from src.accountability.models import Measure
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.participation.models import Space
from src.participation.services.spaces import change_space
from src.workflow.enums import StageKind
from src.workflow.exceptions import ConditionNotMet, TransitionNotAllowed
from src.workflow.services.starting import active_process
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory, grant
from tests.factories.ideas import BODY, NO, YES, IdeaFactory, make_city
from tests.factories.participation import grant_in_space
from tests.factories.workflow import default_process

pytestmark = pytest.mark.django_db
ACCEPTED = {"outcome": "accepted", "text": YES["text"]}


@pytest.fixture
def city():
    default_process()
    city = make_city(
        process=active_process("cohort"),
        kind="cohort",
        slug="escale",
        identity_modes=["named"],
        cohort_seats=3,
        direction_seats=2,
    )
    city.helper = AgentFactory(unit=city.box.steering_unit)
    grant_in_space(city.helper, Role.FACILITATOR, city.box)
    city.chooser = AgentFactory(unit=UnitFactory(parent=DirectionFactory(name="Ressources")))
    grant(city.chooser, Role.DECISION_MAKER, city.box.steering_unit)
    city.mentor = AgentFactory(unit=DirectionFactory(name="Bibliothèques"), first_name="Léna", last_name="Ruiz")
    today = clock.today()
    services.plan_milestones(
        city.box,
        steps=[(today + timedelta(days=30), "La question est posée"), (today + timedelta(days=60), "Premier essai")],
        demo_day=today + timedelta(days=90),
    )
    drain_outbox()
    return city


def agent_of(direction, **values):
    return AgentFactory(unit=UnitFactory(parent=direction), **values)


def application(city, *people, stage="decision_pending", ready=True):
    """An application whose people have all said yes and are free."""
    people = people or (city.author,)
    idea = IdeaFactory(space=city.box, stage=stage, author=people[0], unit=city.box.steering_unit)
    today = clock.today()
    freed = {"released_from": today, "released_by": city.helper} if ready else {}
    for person in people:
        CohortPerson.objects.create(
            idea=idea, space=city.box, user=person, asked_on=today, consented_on=today if ready else None, **freed
        )
    return idea


def prepare(city, idea, **answer):
    return services.prepare_decision(idea=idea, actor=city.chooser, **(answer or ACCEPTED))


def announce(city, idea):
    accountability.announce_together([prepared_of(idea)], actor=city.chooser)
    idea.refresh_from_db()
    return idea


def in_cohort(city, *people):
    idea = application(city, *people)
    prepare(city, idea)
    return announce(city, idea)


def accompanied(city, *people):
    idea = in_cohort(city, *people)
    services.name_mentor(idea=idea, actor=city.helper, mentor=city.mentor)
    return idea


def milestones(city):
    return list(CohortMilestone.objects.filter(space=city.box))


def validate(city, idea, *those):
    for one in those or milestones(city):
        services.note_milestone(
            idea=idea, actor=city.mentor, milestone=one, text="L'équipe l'a montré.", is_validated=True
        )


def seats(idea):
    return list(idea.people.order_by("pk").values_list("rank", "direction_rank"))


def test_an_application_goes_from_two_people_to_their_diploma(city):
    friend = agent_of(city.other, first_name="Paul", last_name="Kerbrat")
    boss = AgentFactory(unit=city.direction, is_manager=True)
    receipt = services.submit_idea(actor=city.author, space=city.box, body=BODY, identity_mode="named")
    idea = receipt.idea
    services.name_people(idea=idea, actor=city.author, people=[friend, friend, city.author])
    services.screen(idea=idea, actor=city.moderator)
    with translation.override("fr"), pytest.raises(ConditionNotMet) as refusal:
        services.shortlist(idea=idea, actor=city.helper)
    assert "Paul Kerbrat" in str(refusal.value)
    services.answer_for_oneself(idea=idea, actor=friend, agrees=True)
    services.shortlist(idea=idea, actor=city.helper)
    grant_in_space(city.helper, Role.INSTRUCTOR, city.box)
    Idea.objects.filter(pk=idea.pk).update(
        stage=city.box.process.stages.get(slug="decision_pending"), stage_kind="decision_pending"
    )
    idea.refresh_from_db()
    with translation.override("fr"), pytest.raises(ValidationError) as refusal:
        prepare(city, idea)
    assert "hiérarchie" in str(refusal.value)
    services.release(idea=idea, actor=boss, user_id=city.author.pk, day=clock.today())
    services.release(idea=idea, actor=city.helper, user_id=friend.pk, day=clock.today() + timedelta(days=20))
    prepare(city, idea)
    announce(city, idea)
    services.name_mentor(idea=idea, actor=city.helper, mentor=city.mentor)
    validate(city, idea)
    services.graduate(idea=idea, actor=city.helper, text="Bravo.")

    idea.refresh_from_db()
    assert (idea.unit, idea.stage_kind, seats(idea)) == (city.box.steering_unit, "graduated", [(1, 1), (2, 1)])
    assert [entry.to_kind for entry in idea.journal.order_by("id")][-2:] == ["cohort", "graduated"]
    # A seat isn't a measure: nothing of it stands among what the City does.
    assert not Measure.objects.exists()
    drain_outbox()
    with translation.override("fr"):
        page = selectors.idea_page(city.colleague, idea.reference)
    assert (page.row.step_label, page.answer.first_milestone) == ("Diplômée", "La question est posée")


def test_one_seat_too_many_and_a_full_direction_are_refused_in_words(city):
    here = [agent_of(city.direction) for _ in range(3)]
    there = [agent_of(city.other) for _ in range(2)]
    for person in (here[0], here[1]):
        prepare(city, application(city, person))

    with translation.override("fr"), pytest.raises(ValidationError) as of_direction:
        prepare(city, application(city, here[2]))
    with translation.override("fr"), pytest.raises(ValidationError) as both:
        prepare(city, application(city, *there))
    prepare(city, application(city, there[0]))
    with translation.override("fr"), pytest.raises(ValidationError) as full:
        prepare(city, application(city, there[1]))

    assert of_direction.value.message_dict["outcome"] == ["Propreté a déjà ses 2 places dans cette cohorte."]
    assert both.value.message_dict["outcome"] == ["Il reste 1 place sur 3, et cette candidature en demande 2."]
    assert full.value.message_dict["outcome"] == ["La cohorte est complète\xa0: ses 3 places sont prises."]
    # Refused, an answer isn't half prepared.
    assert CohortPerson.objects.filter(rank__isnull=False).count() == 3
    assert not Idea.objects.filter(decision__isnull=False).exists()
    drain_outbox()


def test_a_seat_is_given_back_by_a_no_a_discard_a_withdrawal_and_a_stop(city):
    idea = application(city)
    for give_back in (
        lambda: prepare(city, idea, **NO),
        lambda: accountability.discard_decision(prepared_of(idea), actor=city.chooser),
        lambda: services.withdraw(idea=idea, actor=city.author),
    ):
        prepare(city, idea)
        assert seats(idea) == [(1, 1)]
        give_back()
        assert seats(idea) == [(None, None)]
    project = in_cohort(city, agent_of(city.other))
    services.perform(idea=project, transition="stop_project", actor=city.helper, data={"text": "Plus personne."})
    assert (project.stage_kind, seats(project)) == ("stopped", [(None, None)])
    drain_outbox()


def test_prepared_seats_show_nothing_outside_the_people_who_decide(client, city):
    idea = application(city)
    addresses = ["/idees/cohortes/escale/", idea.get_absolute_url(), f"{idea.get_absolute_url()}equipe/"]

    def read(person):
        client.force_login(person)
        return [client.get(address).content.decode() for address in addresses]

    def plain(pages):
        return [page.split("csrf")[0] + page.rsplit("</form>", 1)[-1] for page in pages]

    readers = (city.colleague, city.author, city.helper)
    before = [plain(read(person)) for person in readers]
    prepare(city, idea)

    assert [plain(read(person)) for person in readers] == before
    drain_outbox()


def test_only_the_mentor_notes_and_graduation_waits_for_every_milestone(city):
    idea = accompanied(city)
    first, *others = milestones(city)
    for somebody in (city.author, city.helper, city.chooser, city.colleague):
        with pytest.raises(PermissionDenied):
            services.note_milestone(idea=idea, actor=somebody, milestone=first, text="C'est fait.", is_validated=True)
    validate(city, idea, first)

    with translation.override("fr"), pytest.raises(ConditionNotMet) as refusal:
        services.graduate(idea=idea, actor=city.helper)
    assert "Premier essai" in str(refusal.value)
    assert "La question est posée" not in str(refusal.value)
    for one in others:
        services.note_milestone(idea=idea, actor=city.mentor, milestone=one, text="Presque.", is_validated=False)
    with pytest.raises(ConditionNotMet):
        services.graduate(idea=idea, actor=city.helper)
    validate(city, idea)
    services.graduate(idea=idea, actor=city.helper)
    assert idea.stage_kind == "graduated"
    with pytest.raises(TransitionNotAllowed):
        validate(city, idea, first)
    drain_outbox()


def test_a_mentor_is_neither_of_the_team_nor_above_it(city):
    idea = in_cohort(city)
    boss = AgentFactory(unit=city.direction, is_manager=True)

    for person in (city.author, boss):
        with pytest.raises(ValidationError) as refusal:
            services.name_mentor(idea=idea, actor=city.helper, mentor=person)
        assert "mentor" in refusal.value.message_dict
    for somebody in (city.author, city.chooser, city.colleague):
        with pytest.raises(PermissionDenied):
            services.name_mentor(idea=idea, actor=somebody, mentor=city.mentor)
    services.name_mentor(idea=idea, actor=city.helper, mentor=city.mentor)
    assert Mentorship.objects.get().mentor == city.mentor
    drain_outbox()


def test_people_answer_for_themselves_and_their_managers_for_their_time(city):
    idea = application(city, stage="open", ready=False)
    friend = agent_of(city.other)
    services.name_people(idea=idea, actor=city.author, people=[friend])

    with pytest.raises(PermissionDenied):
        services.answer_for_oneself(idea=idea, actor=city.colleague, agrees=True)
    with pytest.raises(TransitionNotAllowed):
        services.release(idea=idea, actor=city.helper, user_id=friend.pk, day=clock.today())
    services.answer_for_oneself(idea=idea, actor=friend, agrees=True)
    for somebody in (friend, city.author, city.colleague, city.decider):
        with pytest.raises(PermissionDenied):
            services.release(idea=idea, actor=somebody, user_id=friend.pk, day=clock.today())
    assert idea.follows.filter(user=friend).exists()
    services.answer_for_oneself(idea=idea, actor=friend, agrees=False)
    assert not CohortPerson.objects.filter(user=friend).exists()
    with pytest.raises(PermissionDenied):
        services.name_people(idea=idea, actor=city.colleague, people=[friend])
    drain_outbox()


def test_a_protected_name_and_too_many_people_are_refused(city):
    with pytest.raises(ValidationError):
        services.submit_idea(actor=city.author, space=city.box, body=BODY, identity_mode="protected")
    idea = services.submit_idea(actor=city.author, space=city.box, body=BODY, identity_mode="named").idea
    with pytest.raises(ValidationError) as refusal:
        services.name_people(idea=idea, actor=city.author, people=AgentFactory.create_batch(3))
    assert "team" in refusal.value.message_dict
    with pytest.raises(ValidationError):
        services.name_people(idea=idea, actor=city.author, people=[AgentFactory(kind="external")])
    # People applied knowing the number of seats.
    city.box.refresh_from_db()
    with pytest.raises(ValidationError):
        change_space(city.box, cohort_seats=5)
    drain_outbox()


def test_whoever_the_application_names_answers_nothing_of_it(city):
    """Named by a colleague, they decide for the unit too: neither a yes, nor a no, nor a signature is theirs."""
    unit = city.box.steering_unit
    judge = AgentFactory(unit=unit, roles=[(Role.DECISION_MAKER, unit), (Role.DELEGATE, unit)])
    theirs = application(city, city.author, judge)
    others = application(city, agent_of(DirectionFactory(name="Parcs")))

    for answer in (ACCEPTED, NO):
        with pytest.raises(PermissionDenied, match="de cette candidature"):
            services.prepare_decision(idea=theirs, actor=judge, **answer)
    prepare(city, theirs, **NO)
    with pytest.raises(PermissionDenied):
        accountability.announce_together([prepared_of(theirs)], actor=judge)
    services.prepare_decision(idea=others, actor=judge, **NO)
    accountability.announce_together([prepared_of(others)], actor=judge)

    drafter, other, signer = (AgentFactory(unit=unit) for _one in range(3))
    for person, role in (
        (drafter, Role.IDEA_CORRESPONDENT),
        (other, Role.IDEA_CORRESPONDENT),
        (signer, Role.DELEGATE),
    ):
        grant(person, role, unit)
    named = application(city, agent_of(DirectionFactory()), drafter, signer, stage="open")
    unnamed = application(city, agent_of(DirectionFactory()), stage="open")
    with pytest.raises(PermissionDenied):
        services.draft_fast_answer(idea=named, actor=drafter, **NO)
    for idea, writer in ((named, other), (unnamed, drafter)):
        services.draft_fast_answer(idea=idea, actor=writer, **NO)
    with pytest.raises(PermissionDenied, match="de cette candidature"):
        services.countersign(idea=named, actor=signer)
    services.countersign(idea=unnamed, actor=signer)
    drain_outbox()


def test_the_database_itself_refuses_a_seat_too_many_a_false_note_and_an_early_diploma(city):
    idea = accompanied(city)
    waiting = application(city, agent_of(city.other))
    row = waiting.people.get()
    first = milestones(city)[0]
    cohort, graduated = (city.box.process.stages.get(slug=slug) for slug in ("cohort", "graduated"))
    today = clock.today()

    def seat(rank, direction_rank, **values):
        return CohortPerson.objects.filter(pk=row.pk).update(
            rank=rank, direction_rank=direction_rank, direction=city.other, **values
        )

    def note(by, milestone=first, project=idea):
        return MilestoneNote.objects.create(
            idea=project, milestone=milestone, text="Fait.", is_validated=True, noted_by=by, noted_on=today
        )

    attempts = {
        "a rank above the seats": lambda: seat(4, 1),
        "a rank already held": lambda: seat(1, 1),
        "a direction's third seat": lambda: seat(2, 3),
        "a seat without a yes": lambda: seat(2, 1, consented_on=None),
        "a seat without a release": lambda: seat(2, 1, released_from=None, released_by=None),
        "half a seat": lambda: CohortPerson.objects.filter(pk=row.pk).update(rank=2),
        "released by oneself": lambda: CohortPerson.objects.filter(pk=row.pk).update(released_by=row.user),
        "a project enters standing": lambda: Idea.objects.filter(pk=waiting.pk).update(
            stage=cohort, stage_kind=StageKind.COHORT
        ),
        "an early diploma": lambda: Idea.objects.filter(pk=idea.pk).update(
            stage=graduated, stage_kind=StageKind.GRADUATED
        ),
        "a note by somebody else": lambda: note(city.helper),
        "a note outside the cohort": lambda: note(city.mentor, project=waiting),
        "a mentor of the team": lambda: Mentorship.objects.filter(idea=idea).update(mentor=city.author),
        "a member who is the mentor": lambda: CohortPerson.objects.create(
            idea=idea, space=city.box, user=city.mentor, asked_on=today
        ),
        "seats fewer than a direction's": lambda: Space.objects.filter(pk=city.box.pk).update(cohort_seats=1),
        "two demo days": lambda: CohortMilestone.objects.create(
            space=city.box, name="Encore", due_on=today, is_demo_day=True
        ),
    }
    for name, attempt in attempts.items():
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
            pytest.fail(name)
    drain_outbox()


def test_the_calendar_keeps_what_mentors_noted(city):
    idea = accompanied(city)
    first, second, _demo = milestones(city)
    validate(city, idea, first)
    days = {"demo_day": clock.today() + timedelta(days=120)}

    with pytest.raises(ValidationError):
        services.plan_milestones(city.box, steps=[(second.due_on, second.name)], **days)
    services.plan_milestones(
        city.box, steps=[(first.due_on + timedelta(days=7), first.name), (second.due_on, "Autre essai")], **days
    )

    assert [one.name for one in milestones(city)][:2] == ["La question est posée", "Autre essai"]
    assert MilestoneNote.objects.get().milestone.due_on == first.due_on + timedelta(days=7)
    assert idea.has_seats
    drain_outbox()
