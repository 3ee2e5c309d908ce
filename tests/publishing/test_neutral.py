"""The pre-electoral period: outcomes are held and come out by themselves, thanks and praise wait, facts stay."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from src.accountability.services import freeze_report, write_report
from src.directory.enums import Role
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.participation import neutral
from src.participation.models import NeutralPeriod
from src.publishing.jobs import publish_scheduled
from src.publishing.models import OutcomePage
from src.publishing.services import editorial
from tests.factories.directory import AgentFactory, DirectionFactory, grant
from tests.factories.measures import MeasureFactory
from tests.factories.plans import PlanFactory
from tests.factories.publishing import IndexPageFactory, OutcomePageFactory, PageFactory, home_page

pytestmark = pytest.mark.django_db
WORDS = "Une année de réussites, grâce à des équipes formidables et à des choix courageux."


@pytest.fixture
def period():
    today = clock.today()
    return NeutralPeriod.objects.create(
        name="élections municipales", starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=10)
    )


@pytest.fixture
def publisher():
    home_page()
    editorial.install()
    user = AgentFactory()
    grant(user, Role.ADMINISTRATOR)
    return type(user).objects.get(pk=user.pk)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def outcome(**options):
    return OutcomePageFactory(parent=IndexPageFactory(), live=False, **options)


def after(period):
    return neutral.ends_at(period) + timedelta(minutes=5)


def test_it_runs_from_its_first_day_to_its_last():
    today = clock.today()
    NeutralPeriod.objects.create(name="Avant", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))
    assert neutral.current() is None
    late = NeutralPeriod.objects.create(
        name="Après", starts_on=today + timedelta(days=1), ends_on=today + timedelta(9)
    )
    assert neutral.current() is None
    assert neutral.current(late.starts_on) == neutral.current(late.ends_on) == late
    for wrong in ({"name": "Trop court", "ends_on": today - timedelta(days=1)}, {"name": "", "ends_on": today}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NeutralPeriod.objects.create(starts_on=today, **wrong)


def test_an_outcome_is_held_then_comes_out_by_itself(period):
    page = outcome()
    page.save_revision().publish()
    page.refresh_from_db()
    assert (page.live, page.has_unpublished_changes) == (False, True)

    publish_scheduled(timezone.now())
    assert not OutcomePage.objects.get(pk=page.pk).live
    # Made longer: held again.
    first = after(period)
    NeutralPeriod.objects.filter(pk=period.pk).update(ends_on=period.ends_on + timedelta(days=7))
    publish_scheduled(first)
    assert not OutcomePage.objects.get(pk=page.pk).live
    period.delete()
    publish_scheduled(first + timedelta(days=7))

    page.refresh_from_db()
    assert (page.live, page.has_unpublished_changes) == (True, False)
    drain_outbox()


def test_the_last_step_of_the_review_holds_it_too(period, publisher):
    people = [AgentFactory(), AgentFactory()]
    for person in people:
        grant(person, Role.EDITOR)
    page = outcome()
    page.save_revision(user=people[0])
    state = page.get_workflow().start(page, people[0])
    for person in (people[1], publisher):
        state.refresh_from_db()
        state.current_task_state.approve(user=person)

    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision().approved_go_live_at == neutral.ends_at(period)
    forget_effects()


def test_what_was_published_before_stays_as_it_was(period):
    page = OutcomePageFactory(parent=IndexPageFactory())
    page.decided = "<p>Nous avons fait un travail remarquable.</p>"
    page.save_revision().publish()

    shown = Client().get(page.get_url()).content.decode()

    assert "remarquable" not in shown and "ils seront remplacés" in shown
    forget_effects()


def test_other_pages_go_out(period):
    page = PageFactory(live=False)
    page.save_revision().publish()

    page.refresh_from_db()
    assert page.live
    forget_effects()


def test_an_editor_reads_why_and_until_when(period, publisher):
    page = outcome()
    page.save_revision()
    client = signed_in(publisher)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "sans éloge ni remerciement" in client.get(edit).content.decode()

    texts = {name: rich_text(getattr(page, name)) for name in ("said", "decided", "changes", "measure")}
    data = {
        **texts, "title": page.title, "slug": page.slug, "summary": "", "seo_title": "", "signed_by": page.signed_by,
        "idea_reference": "", "measure_on": "", "body-count": "0", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
        "action-publish": "1",
    }  # fmt: skip
    answer = client.post(edit, data, follow=True)

    assert "paraîtra de lui-même le lendemain" in answer.content.decode()
    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision().approved_go_live_at == neutral.ends_at(period)
    forget_effects()


def test_thanks_wait_and_the_measure_stays(period):
    measure = MeasureFactory()
    measure.origins.create(subject_kind="label", label="Nous au travail", credit="Léa Perrot")

    files = ("/engagements/export.csv", "/engagements/export.json")
    held = Client().get(measure.get_absolute_url()).content.decode()

    def credited() -> list[bool]:
        return ["Léa Perrot" in Client().get(file).getvalue().decode() for file in files]

    held_in_files = credited()
    period.delete()
    shown = Client().get(measure.get_absolute_url()).content.decode()

    assert (held_in_files, credited()) == ([False, False], [True, True])
    assert "Léa Perrot" not in held and "Nous au travail" in held and "Période préélectorale" in held
    assert "Léa Perrot" in shown and "Période préélectorale" not in shown


def test_a_report_shows_its_figures_and_keeps_its_words(period):
    direction = DirectionFactory()
    decider = AgentFactory(unit=direction, roles=[(Role.DECISION_MAKER, direction)])
    plan, today = PlanFactory(unit=direction, measures=1), clock.today()
    report = write_report(plan, actor=decider, year=today.year, figures_on=today, introduction=WORDS)
    at = f"{plan.get_absolute_url()}rapports/{today.year}/"
    assert "Période préélectorale" in signed_in(decider).get(f"{at}figer/").content.decode()
    freeze_report(report, actor=decider)

    held, paper = Client().get(at).content.decode(), Client().get(f"{at}rapport.pdf")
    assert WORDS[:30] not in held and "Période préélectorale" in held and plan.entries.get().measure.title[:10] in held
    assert paper.status_code == 200 and WORDS[:30].encode() not in paper.content

    # Of a report that came out before, nothing changes.
    NeutralPeriod.objects.filter(pk=period.pk).update(starts_on=today + timedelta(days=1))
    assert WORDS[:30] in Client().get(at).content.decode()


def test_an_administrator_sets_it_and_others_do_not(publisher):
    url = "/gestion/espaces/reserve/new/"
    today = clock.today()
    days = {"name": "élections municipales", "starts_on": today.isoformat(), "ends_on": today.isoformat()}

    wrong = signed_in(publisher).post(url, {**days, "ends_on": (today - timedelta(days=1)).isoformat()})
    assert "finit après son début" in wrong.content.decode() and "élections municipales" in wrong.content.decode()
    assert signed_in(publisher).post(url, days).status_code == 302
    assert neutral.current().name == "élections municipales"
    editor = AgentFactory()
    grant(editor, Role.EDITOR)
    assert signed_in(type(editor).objects.get(pk=editor.pk)).post(url, days).status_code in (302, 403)
    assert NeutralPeriod.objects.count() == 1
