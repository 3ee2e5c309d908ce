"""The demo city's ideas: all that exist by now, twice without doubles, and what nobody shows yet."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q

from ideas import selectors, services
from ideas.demo_calls import CALLS
from ideas.demo_cohorts import COHORTS
from ideas.demo_here import TALES
from ideas.demo_ideas import FROM_THE_PAGE, LEFT_FOR_LATER, STATES_NOBODY_SHOWS
from ideas.demo_life import ANSWERED_TOGETHER, LIFE
from ideas.demo_more import MORE
from ideas.models import (
    CohortPerson,
    Idea,
    IdeaAppeal,
    IdeaCase,
    IdeaComment,
    IdeaCounts,
    IdeaJournalEntry,
    ReopeningRound,
)
from ideas.selectors.moderation_figures import moderation_figures
from ideas.services.demo import load_ideas
from ideas.services.demo_life import told
from ideas.todo import cohorts_for_me, hearings_for_me
from src.accountability import measure_page
from src.accountability.models import Decision, Measure, ReopeningCondition
from src.directory.models import Unit, User
from src.directory.services.demo import load_directory
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.enums import Visibility
from src.workflow.enums import StageKind
from src.workflow.exceptions import ConditionNotMet
from tests.factories.workflow import default_process

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The city, loaded once for all that read it, its effects run; what a test changes in it is undone by the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        default_process()
        load_directory()
        load_ideas()
        drain_outbox()
        yield
        transaction.set_rollback(True)


ASKED = {
    "agent2": ["ideas.cohort.yes"],
    "encadrement": ["ideas.cohort.release"],
    "mentor": ["ideas.cohort.note"],
    "agent": [],
}
HEARERS = {
    "decideur2": ["Répondre à nouveau à «\u00a0Des panneaux solaires sur la piscine\u00a0»"],
    "secretariat": ["Répondre à nouveau à «\u00a0Réparer le portail du parc avant l'été\u00a0»"],
    "finances": [],
    "jury": [],
}


def viewer(username):
    return User.objects.get(username=username)


def test_demo_city_shows_every_state_but_those_of_later_issues(demo):
    shown = set(Idea.objects.values_list("stage_kind", flat=True))

    assert set(StageKind.values) - shown == set(STATES_NOBODY_SHOWS)
    assert len(LEFT_FOR_LATER) == 2
    assert set(Idea.objects.values_list("visibility", flat=True)) == set(Visibility.values)
    assert set(IdeaAppeal.objects.values_list("state", flat=True)) == {"open", "restored"}
    assert IdeaCase.objects.filter(state="open", comment__isnull=False).count() == 1
    # And the text of a group, with its document.
    assert Idea.objects.filter(signature="group").exclude(group__document="").count() == 1
    assert Idea.objects.count() == 1 + len(FROM_THE_PAGE) + len(MORE) + len(LIFE) + len(TALES) + sum(
        len(call.tales) for call in CALLS
    ) + sum(len(cohort.applied) for cohort in COHORTS)


def test_demo_city_loads_twice_without_doubles_and_its_counters_are_counted(demo):
    before = (Idea.objects.count(), IdeaJournalEntry.objects.count(), User.objects.count())

    load_ideas()

    assert (Idea.objects.count(), IdeaJournalEntry.objects.count(), User.objects.count()) == before
    counted = IdeaCounts.objects.annotate(
        s=Count("idea__supports", distinct=True),
        c=Count("idea__comments", filter=Q(idea__comments__visibility="shown"), distinct=True),
        f=Count("idea__follows", distinct=True),
    )
    assert [(row.supports, row.comments, row.followers) for row in counted] == [
        (row.s, row.c, row.f) for row in counted
    ]
    assert Unit.objects.filter(parent__isnull=True).values_list("headcount", flat=True).order_by("code")[0] > 0
    assert sum(Unit.objects.filter(parent__isnull=True).values_list("headcount", flat=True)) == 14_200


def test_demo_journals_are_in_order_and_never_in_the_future(demo):
    for idea in Idea.objects.prefetch_related("journal"):
        moments = [entry.at for entry in idea.journal.all()]
        assert all(moment <= clock.now() for moment in moments)
        staff = [entry.at for entry in idea.journal.all() if entry.actor_id]
        assert staff == sorted(staff), idea.title


def test_demo_pages_show_what_the_city_page_tells(demo):
    late = selectors.idea_page(viewer("agent"), Idea.objects.get(title__startswith="Des affiches").reference)
    assert late.late_sentence.startswith("La réponse est en retard de 12 jours. État civil en est responsable.")
    trial = selectors.idea_page(viewer("agent2"), Idea.objects.get(title__startswith="Un carnet").reference)
    assert (trial.row.step_label, trial.row.supports, trial.row.comments) == ("Décidée : essai", 214, 37)
    assert trial.answer.signed_by == "Sophie Lantier, cheffe du service technique"
    asked = selectors.idea_page(viewer("agent"), Idea.objects.get(title__startswith="Prévenir").reference)
    assert asked.row.author_label == "Équipe d'accueil des Roseaux"
    assert [question.text[:27] for question in asked.questions] == ["Qui devrait recevoir le mes"]
    assert (asked.promise.paused_until - clock.today()).days == 11


def test_demo_measures_are_in_the_states_the_city_page_tells(demo):
    told = {
        measure.title[:24]: (measure.status, measure.silent_days(clock.today()), measure.is_published)
        for measure in Measure.objects.exclude(published_on=None)
    }

    assert told["Répondre par écrit à cha"] == ("works", 0, True)
    assert told["Une fiche réflexe derriè"] == ("planned", 0, True)
    assert told["Remplacer les casiers de"] == ("verified", 0, True)
    assert told["Une personne debout à l'"] == ("works", 0, True)
    assert told["Ouvrir le jeudi jusqu'à "] == ("studies", 104, True)
    assert told["Un site pour déclarer so"] == ("stopped", 0, True)
    lockers = measure_page.read(None, Measure.objects.get(title__startswith="Remplacer les casiers").reference)
    assert lockers.sentence == "21 personnes sur 24 l’ont constaté sur place."
    assert [origin.label[:4] for origin in lockers.origins] == ["Idée", "Nous"]
    rooms = selectors.idea_page(viewer("agent"), Idea.objects.get(title__startswith="Une application").reference)
    assert (rooms.row.step_label, rooms.timeline[-1].fact[:17]) == ("Arrêtée", "L'essai a montré ")


def test_demo_queues_are_alive_for_each_role(demo):
    assert selectors.queue_counts(viewer("moderation"))["to_screen"] >= 4
    assert selectors.queue_counts(viewer("correspondant")).keys() == {
        "to_orient",
        "to_answer_now",
        "to_study",
        "overdue",
    }
    assert min(selectors.queue_counts(viewer("correspondant")).values()) >= 1
    # Her own, and what the depot may still settle.
    assert selectors.queue_counts(viewer("decideur"))["to_decide"] == 2
    assert selectors.queue_counts(viewer("decideur"))["to_countersign"] == 3
    assert selectors.queue_counts(viewer("finances"))["to_decide"] == 11
    assert selectors.queue_counts(viewer("par.correspondant"))["to_orient"] == 2


def test_demo_cohorts_show_a_full_direction_a_missing_milestone_and_who_is_asked(demo):
    stopover, factory = (selectors.cohort_page(viewer("agent2"), slug) for slug in ("escale", "la-fabrique"))
    # Two seats are announced; the one of an answer in preparation shows to nobody.
    assert (stopover.taken, stopover.left, len(stopover.milestones)) == (2, 18, 9)
    assert {row.name for row in stopover.directions if row.left == 0} == {"Rues et mobilités"}
    assert CohortPerson.objects.filter(space__slug="escale", rank__isnull=False).count() == 3
    assert (factory.left, [project.is_graduated for project in factory.projects].count(True)) == (0, 1)
    waiting = Idea.objects.get(title="Décider à plusieurs l'ordre des réparations")
    with pytest.raises(ValidationError, match="a déjà ses 2 places"):
        services.prepare_decision(idea=waiting, actor=viewer("finances"), outcome="accepted", text="Oui. " * 30)
    project = Idea.objects.get(title="Signaler une fuite d'eau en une photo")
    with pytest.raises(ConditionNotMet, match="Ce que l'essai a appris"):
        services.graduate(idea=project, actor=viewer("lea"))
    asked = {name: [line.kind for line in cohorts_for_me(as_viewer(viewer(name)))] for name in ASKED}
    assert asked == ASKED


def test_demo_inboxes_tell_the_last_days_and_everything_is_found(demo):
    assert 0 < InboxItem.objects.filter(user=viewer("decideur")).count() < 20
    found = selectors.idea_list(viewer("agent"), q="carnet camion")
    assert [row.title for row in found.rows] == ["Un carnet d'entretien partagé pour chaque camion"]
    assert not Idea.objects.filter(~Q(identity_mode="named"), author__isnull=False).exists()


def test_demo_moderation_has_figures_to_show(demo):
    figures = moderation_figures()

    assert dict(figures.outcomes.rows) == {"Gardés, ou affichés à nouveau": 12, "Retirés, avec un motif": 25}
    assert (figures.reasons.rows[0][1], figures.reasons.total) == (25, 25)
    assert figures.reports >= 35 and figures.months.total == figures.outcomes.total


def test_demo_shows_what_this_issue_brings(demo):
    lamp = Idea.objects.select_related("unit__direction", "transfer_to", "space").get(title__startswith="Une lampe au")
    notes = selectors.notes_page(viewer("correspondant"), lamp).notes
    assert [len(note.versions) for note in notes] == [1, 0]
    hooks = selectors.idea_page(viewer("agent"), Idea.objects.get(title__startswith="Des crochets").reference)
    assert (len(hooks.versions), len(hooks.files.pictures), len(hooks.files.documents)) == (2, 2, 1)
    assert IdeaComment.objects.filter(thanked__isnull=False).count() == 3
    here = {idea.title: idea.stage_kind for idea in Idea.objects.filter(settle_here=True)}
    assert sorted(here.values()) == ["accepted", "decision_pending", "open"]
    assert selectors.queue_counts(viewer("encadrement"))["to_decide"] == 1


def test_demo_answers_several_ideas_together_and_has_ready_made_answers(demo):
    answered = [idea for idea in told(*ANSWERED_TOGETHER)]

    page = selectors.idea_page(viewer("agent2"), answered[0].reference)
    assert [title for title, _url in page.also_given] == [answered[1].title]
    waiting = Idea.objects.get(title="Des bouchons d'oreilles près des compacteurs")
    assert len(selectors.drafted_with(viewer("decideur"), waiting)) == 1
    assert len(selectors.templates_for([waiting])) == 3
    merged = selectors.idea_page(viewer("agent"), Idea.objects.get(title__startswith="Reprendre les").reference)
    assert merged.merges.joined.title.startswith("Une armoire")
    paid = selectors.idea_page(viewer("agent2"), Idea.objects.get(title__startswith="Recevoir sa fiche").reference)
    assert (paid.answer.outcome, paid.appeal.is_open) == ("pilot", False)
    assert [each.state for each in selectors.asked_of(viewer("agent"))] == ["open"]


def test_demo_shows_appeals_of_a_choice_conditions_of_their_own_and_two_names_on_a_measure(demo):
    choice = {
        title: Idea.objects.get(title__startswith=title)
        for title in ("Des panneaux solaires", "Remplacer six", "Changer toutes")
    }
    answered = selectors.idea_page(viewer("agent"), choice["Remplacer six"].reference)
    assert (answered.row.step_label, answered.answer.signed_by[:13]) == ("Décidée : oui", "Jeanne Abadie")
    waiting = selectors.idea_page(viewer("agent"), choice["Des panneaux solaires"].reference)
    assert (waiting.appeal.is_open, waiting.appeal.hearing) == (True, "")
    above = Idea.objects.get(title__startswith="Réparer le portail du parc")
    assert selectors.idea_page(viewer("serres"), above.reference).appeal.hearing.endswith(
        "pour toute la Ville répond."
    )
    asked = {name: [line.title for line in hearings_for_me(as_viewer(viewer(name)))] for name in HEARERS}
    assert asked == HEARERS
    terms = [(row.kind, row.due_on) for row in ReopeningCondition.objects.filter(
        decision__subject_reference=choice["Changer toutes"].reference).order_by("position")]  # fmt: skip
    assert terms == [("budget", None), ("annee", clock.today() + timedelta(days=240))]
    tour = Measure.objects.get(
        origins__subject_reference=Idea.objects.get(title__startswith="Regrouper deux").reference
    )
    assert tour.origins.get().credited == "Nadia B., conductrice de benne ; Didier R., chef d'équipe"


def test_demo_refusals_are_watched_asked_about_reopened_and_kept(demo):
    rounds = dict(ReopeningRound.objects.values_list("idea__title", "state"))
    answered = Idea.objects.get(title="Signaler une panne d'ascenseur depuis un téléphone")
    back = Idea.objects.select_related("owed").get(title="Prendre rendez-vous en ligne avec l'équipe de la paie")

    assert sorted(rounds.values()) == ["kept", "open", "reopened"]
    assert ReopeningCondition.objects.filter(met_on__isnull=True).count() > 3
    decisions = Decision.objects.filter(subject_reference=answered.reference)
    assert (answered.stage_kind, len(set(decisions.values_list("decided_by", flat=True)))) == ("pilot", 2)
    assert (back.stage_kind, back.turn, back.owed.promised_on) == ("in_review", 2, clock.today() + timedelta(days=18))
    assert InboxItem.objects.filter(code="ideas.reopening.asked", user=viewer("agent")).count() == 1
