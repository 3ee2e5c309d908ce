"""What a yes becomes: the idea follows its measure, its people hear of it, running ideas are adopted without a loss."""

import copy
import json
from pathlib import Path

import pytest

import ideas
from ideas import selectors
from ideas.models import Idea, IdeaFollow, IdeaJournalEntry
from src.accountability.enums import Confirmation
from src.accountability.models import Measure, ResponseOwed
from src.accountability.services import give_news, stop, take_up_again
from src.accountability.services.measures import moved
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.notices.models import InboxItem
from src.workflow.models import Process
from src.workflow.process_files import install_process
from src.workflow.services import adopt
from src.workflow.services.adoption import preview_adoption, suggest_mapping
from tests.factories.directory import AgentFactory
from tests.factories.ideas import IdeaFactory, make_city
from tests.factories.measures import WHY, measure_of, say_done

pytestmark = pytest.mark.django_db
SHIPPED = json.loads((Path(ideas.__file__).parent / "processes" / "permanent-box.json").read_text(encoding="utf-8"))


@pytest.fixture
def city():
    return make_city()


def pending(city, **values):
    return IdeaFactory(space=city.box, direction=city.direction, stage="decision_pending", **values)


def journal(idea):
    return list(idea.journal.order_by("id").values_list("to_kind", "actor_role"))


def told(user):
    """What somebody was told about ideas; whether they were also drawn for a ground check is another matter."""
    return sorted(InboxItem.objects.filter(user=user, code__startswith="ideas.").values_list("code", flat=True))


def confirmed(measure):
    """What a check on the ground does, without anybody in the journal."""
    before = measure.status
    Measure.objects.filter(pk=measure.pk).update(
        status="verified", verified_on=clock.today(), confirmation=Confirmation.WORD, confirmed_by=AgentFactory()
    )
    measure.refresh_from_db()
    moved(measure, "verified", None, from_status=before)


@pytest.mark.parametrize("outcome", ["accepted", "pilot"])
def test_an_idea_follows_its_measure_to_the_end(city, outcome):
    idea = pending(city)
    measure = measure_of(idea, city.decider, outcome)
    assert (measure.title, measure.unit) == (idea.title, idea.unit)

    give_news(measure, actor=city.decider, text="La commande est passée.", status="procedure")
    give_news(measure, actor=city.decider, text="La pose commence.", status="works")
    say_done(measure, city.decider)
    take_up_again(measure, actor=city.decider, text="Il manque quatre clés au vestiaire.")
    say_done(measure, city.decider)
    confirmed(measure)

    idea.refresh_from_db()
    assert journal(idea) == [
        (outcome, "decision_maker"),
        ("in_progress", "measure"),
        ("delivered", "measure"),
        ("in_progress", "measure"),
        ("delivered", "measure"),
        ("verified", "measure"),
    ]
    assert idea.journal.order_by("-id").first().actor is None
    page = selectors.idea_page(city.colleague, idea.reference)
    assert [(step.label, step.state) for step in page.timeline][2:] == [
        ("Décidée : oui" if outcome == "accepted" else "Décidée : essai", "done"),
        ("En cours", "done"),
        ("Confirmée", "current"),
    ]
    assert page.answer.outcome == outcome
    assert [one.reference for one in page.measures] == [measure.reference]
    drain_outbox()


def test_a_measure_done_at_once_takes_its_idea_through_each_step(city):
    idea = pending(city)
    measure = measure_of(idea, city.decider)

    say_done(measure, city.decider)

    idea.refresh_from_db()
    assert [kind for kind, _role in journal(idea)] == ["accepted", "in_progress", "delivered"]
    drain_outbox()
    assert "ideas.started.followed" not in told(city.colleague)


def test_a_stop_is_told_with_its_reason(city):
    idea = pending(city)
    measure = measure_of(idea, city.decider, "pilot")
    drain_outbox()

    stop(measure, actor=city.decider, reason="effet", text=WHY)
    drain_outbox()

    idea.refresh_from_db()
    entry = idea.journal.order_by("-id").first()
    assert (idea.stage_kind, entry.reason_code, entry.text) == ("stopped", "effet", WHY)
    page = selectors.idea_page(city.colleague, idea.reference)
    assert [(step.label, step.state) for step in page.timeline][-2:] == [
        ("Décidée : essai", "done"),
        ("Arrêtée", "current"),
    ]
    assert idea.owed.answered_on is not None and idea.owed.cancelled_on is None


def test_the_author_and_those_who_follow_hear_of_each_step_once(city):
    follower = AgentFactory()
    idea = pending(city, author=city.author)
    IdeaFollow.objects.create(idea=idea, user=follower)
    measure = measure_of(idea, city.decider)
    forget_effects()

    give_news(measure, actor=city.decider, text="La commande est passée.", status="works")
    drain_outbox()
    say_done(measure, city.decider)
    drain_outbox()

    assert told(city.author) == ["ideas.delivered", "ideas.news", "ideas.started"]
    assert told(follower) == ["ideas.delivered.followed", "ideas.news.followed", "ideas.started.followed"]


def test_a_sealed_author_hears_by_handle_and_nobody_reads_their_name(city):
    idea = pending(city, author=city.author, protected=True)
    measure = measure_of(idea, city.decider)
    forget_effects()

    give_news(measure, actor=city.decider, text="La commande est passée.", status="works")
    drain_outbox()

    items = InboxItem.objects.filter(handle=idea.handle).values_list("code", flat=True)
    assert sorted(items) == ["ideas.news", "ideas.started"]
    assert not measure.origins.exclude(credit="").exists()


def test_nobody_moves_an_idea_as_its_measure(city):
    """The role is nobody's: no page offers these steps, and no person may take them."""
    idea = pending(city)
    measure_of(idea, city.decider)
    everybody = (city.author, city.decider, city.correspondent, city.moderator, city.delegate)

    offered = {action.form for person in everybody for action in selectors.idea_page(person, idea.reference).actions}

    assert "measure" not in offered
    assert all("measure" not in idea.roles_of(as_viewer(person)) for person in everybody)
    drain_outbox()


def version(number: int, *, measures: bool) -> Process:
    """The shipped process as a version of its own, with or without what follows a yes."""
    spec = copy.deepcopy(SHIPPED) | {"version": number}
    if not measures:
        followed = {"in_progress", "delivered", "verified", "stopped"}
        spec["stages"] = [stage for stage in spec["stages"] if stage["slug"] not in followed]
        spec["transitions"] = [way for way in spec["transitions"] if way.get("form") != "measure"]
    return install_process(spec)


def test_running_ideas_are_adopted_with_a_row_each_and_keep_their_promise(city):
    old = version(2, measures=False)
    city.box.process = old
    city.box.save(update_fields=["process"])
    slugs = [stage.slug for stage in old.stages.all() if stage.slug != "removed"]
    running = [
        IdeaFactory(space=city.box, direction=city.direction, stage=slug, protected=n % 2 == 0, sent_days_ago=n * 3)
        for n, slug in enumerate(slugs)
    ]
    answered = pending(city)
    measure = measure_of(answered, city.decider)
    give_news(measure, actor=city.decider, text="La commande est passée.", status="works")
    answered.refresh_from_db()
    assert answered.stage_kind == "accepted"
    drain_outbox()
    everything = [*running, answered]
    promised = dict(ResponseOwed.objects.values_list("subject_reference", "promised_on"))
    stages = {idea.reference: idea.stage.slug for idea in Idea.objects.select_related("stage")}
    rows = IdeaJournalEntry.objects.count()

    new = version(SHIPPED["version"] + 1, measures=True)
    mapping = suggest_mapping(old, new)
    assert preview_adoption(old, new, mapping).refusals == []
    done = adopt(old, new, mapping, city.moderator)

    assert done.moved_count == len(everything) == Idea.objects.filter(process=new).count()
    assert IdeaJournalEntry.objects.count() == rows + len(everything)
    assert {entry.idea_id for entry in IdeaJournalEntry.objects.filter(transition_slug="adoption")} == {
        idea.pk for idea in everything
    }
    assert dict(ResponseOwed.objects.values_list("subject_reference", "promised_on")) == promised
    assert {idea.reference: idea.stage.slug for idea in Idea.objects.select_related("stage")} == stages
    # What was answered before now follows its measure, at the measure's next move.
    say_done(measure, city.decider)
    answered.refresh_from_db()
    assert answered.stage_kind == "delivered"
    forget_effects()
