"""*À régler ici*: offered where somebody answers, never to a sealed author; ten days for a yes, then the direction."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import strip_tags

from ideas import own_site, selectors, services
from ideas.models import Idea
from src.accountability.models import ResponseOwed
from src.accountability.services.escalation import escalate
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.workflow import process_cache
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.graph_rules import check_graph
from src.workflow.services.automatic import run_clock
from src.workflow.services.starting import active_process
from tests.factories.directory import AgentFactory, SiteFactory, grant
from tests.factories.ideas import ANSWER, BODY, NO, yes

pytestmark = pytest.mark.django_db
DONE = {"outcome": "already_done", "reason": "deja", "text": ANSWER}


def account(user):
    return User.objects.get(pk=user.pk)


def fresh(idea):
    related = ("owed", "unit__direction", "transfer_to", "space", "counts", "direction", "site")
    return Idea.objects.select_related(*related).get(pk=idea.pk)


def client_of(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def site(city):
    """A site of the direction, with its head, who manages it and decides there."""
    site = SiteFactory(name="Dépôt du Halage", parent=city.direction)
    site.head = AgentFactory(unit=site, is_manager=True)
    grant(site.head, Role.DECISION_MAKER, site)
    site.agent = account(AgentFactory(unit=site))
    return site


def sent(city, site, days_ago=0, **options):
    at = clock.now() - timedelta(days=days_ago)
    options = {"identity_mode": "named", "title": "Un porte-manteau à l'entrée"} | options
    return services.submit_idea(actor=site.agent, space=city.box, body=BODY, settle_here=True, at=at, **options)


def test_the_site_owes_first_and_both_dates_are_told(city, site):
    receipt = sent(city, site)
    idea = fresh(receipt.idea)

    today = clock.today()
    assert (idea.unit, idea.direction, idea.site) == (site, city.direction, site)
    assert (idea.owed.unit, idea.owed.promised_on) == (site, today + timedelta(days=10))
    assert "Dépôt du Halage la lit" in receipt.thanks and "elle monte à la direction" in receipt.thanks
    page = selectors.idea_page(account(city.colleague), idea.reference)
    assert page.promise.otherwise and page.row.step_label == "À régler ici"
    assert selectors.queue_counts(account(site.head))["to_decide"] == 1
    drain_outbox()
    escalate(clock.now())
    drain_outbox()
    assert InboxItem.objects.filter(code="ideas.task.due_soon", user=site.head).count() == 1


@pytest.mark.parametrize("answer", [yes, lambda: DONE])
def test_the_head_of_the_site_says_yes_alone_and_never_no(city, site, answer):
    idea = fresh(sent(city, site).idea)
    head = account(site.head)
    with pytest.raises(ValidationError):
        services.prepare_decision(idea=idea, actor=head, **NO)

    services.prepare_decision(idea=idea, actor=head, **answer())
    services.announce_decision(idea=fresh(idea), actor=head)

    idea = fresh(idea)
    assert (idea.stage_kind, idea.owed.answered_on) == (answer()["outcome"], clock.today())
    assert selectors.idea_page(account(city.colleague), idea.reference).answer.signed_by
    drain_outbox()


def test_unanswered_it_goes_up_on_the_eleventh_day_with_its_date(city, site):
    early, late = sent(city, site, 10).idea, sent(city, site, 11, title="Un banc sous l'auvent").idea
    drain_outbox()

    run_clock(clock.now())

    assert fresh(early).unit == site
    idea = fresh(late)
    start = clock.today() - timedelta(days=11)
    assert (idea.stage_kind, idea.unit, idea.owed.unit) == ("open", city.direction, city.direction)
    assert (idea.owed.started_on, idea.owed.promised_on) == (start, start + timedelta(days=60))
    assert ResponseOwed.objects.filter(unit=site, cancelled_on=clock.today()).count() == 1
    drain_outbox()
    assert not own_site.waits_here(idea)
    page = selectors.idea_page(account(city.colleague), idea.reference)
    assert (page.promise.promised_on, page.promise.otherwise) == (start + timedelta(days=60), "")


def test_the_site_sends_it_up_with_a_reason_and_the_prepared_answer_goes(city, site):
    idea = fresh(sent(city, site).idea)
    services.prepare_decision(idea=idea, actor=account(site.head), **DONE)
    with pytest.raises(PermissionDenied):
        services.send_up(idea=idea, actor=account(city.colleague), text="Il faut un achat.")

    services.perform(
        idea=idea,
        transition="go_up",
        actor=account(site.head),
        data={"text": "Il faut un achat que seul l'atelier fait."},
    )

    idea = fresh(idea)
    assert (idea.stage_kind, idea.unit) == ("open", city.direction)
    assert idea.owed.promised_on == clock.today() + timedelta(days=60)
    with pytest.raises(PermissionDenied):
        services.prepare_decision(idea=idea, actor=account(site.head), **DONE)
    services.orient(idea=idea, actor=city.correspondent, direction=city.direction, scale="quick_fix")
    drain_outbox()


def test_not_for_a_sealed_author_in_service_form_and_database(city, site):
    with pytest.raises(ValidationError) as refused:
        sent(city, site, identity_mode="protected")
    assert "here" in refused.value.message_dict
    client = client_of(site.agent)
    address = f"/idees/deposer/?boite={city.box.slug}"
    assert "À régler ici" in strip_tags(client.get(address).content.decode())
    form = {"boite": city.box.slug, "body": BODY, "title": "Un porte-manteau à l'entrée", "here": "on", "seen": ""}
    answer = client.post("/idees/deposer/", {**form, "identity": "protected", "action": "send"})
    assert answer.status_code == 422 and "devrait savoir à qui il répond" in answer.content.decode()
    assert 'name="here"' in answer.content.decode() and not Idea.objects.exists()
    sent_here = client.post("/idees/deposer/", {**form, "identity": "named", "action": "send"})
    assert sent_here.status_code == 303 and Idea.objects.get().settle_here
    drain_outbox()
    Idea.objects.all().delete()
    sealed = services.submit_idea(actor=site.agent, space=city.box, body=BODY, identity_mode="protected").idea
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=sealed.pk).update(settle_here=True, site=site)
    drain_outbox()


def test_not_offered_where_nobody_else_answers(city, site):
    elsewhere = AgentFactory(unit=SiteFactory(parent=city.direction))
    for person in (elsewhere, site.head):
        assert own_site.site_of(account(person), city.box) is None
        assert "À régler ici" not in client_of(person).get(f"/idees/deposer/?boite={city.box.slug}").content.decode()
    with pytest.raises(ValidationError):
        services.submit_idea(
            actor=account(elsewhere), space=city.box, body=BODY, identity_mode="named", settle_here=True
        )


def test_the_process_is_the_permanent_box_after_its_first_stage():
    process = active_process("settle-here")
    assert check_graph(process) == []
    own, box = (process_cache.graph(active_process(slug).pk) for slug in ("settle-here", "permanent-box"))
    assert process.version == box.process.version
    shared = {way.slug for way in box.transitions} & {way.slug for way in own.transitions}
    assert {"orient", "decide_declined", "appeal_declined", "merge_open"} <= shared
    assert {way.slug for way in own.transitions} - shared == {
        "settle_accepted", "settle_pilot", "settle_already_done", "go_up", "lapse_here", "remove_here", "withdraw_here"
    }  # fmt: skip


def test_its_author_withdraws_and_a_moderator_removes(city, site):
    first, second = sent(city, site).idea, sent(city, site, title="Un banc sous l'auvent").idea
    services.withdraw(idea=fresh(first), actor=site.agent)
    services.remove(
        idea=fresh(second), actor=city.moderator, reason_code="personnes", text="Ce texte désigne une personne."
    )
    assert (fresh(first).stage_kind, fresh(second).stage_kind) == ("withdrawn", "removed")
    with pytest.raises((TransitionNotAllowed, PermissionDenied)):
        services.prepare_decision(idea=fresh(first), actor=account(site.head), **DONE)
    drain_outbox()
