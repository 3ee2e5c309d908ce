"""A protected author, planted with unique strings, is in no table but the sealed ones; and order tells no hour."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from ideas import selectors, services
from ideas.models import Idea, IdeaComment, IdeaFollow, IdeaJournalEntry
from src.directory.models import User
from src.foundations import clock, outbox
from src.foundations.testing import drain_outbox
from tests.factories.directory import AgentFactory
from tests.factories.ideas import BODY, make_city

pytestmark = pytest.mark.django_db
CANARY = "Zéphyrine-Canari"
# Where an account may be named: its own rows.
OWN_TABLES = {"directory_user", "directory_affectation", "participation_authorkeyring"}


@pytest.fixture
def canary(city):
    site = city.author.current_affectation.unit
    return AgentFactory(
        username="canari-77",
        first_name=CANARY,
        last_name="Quetzal-Inouï",
        email="canari.inoui@marvenne.example",
        personnel_number="C4N4R1",
        unit=site,
        job_title="Testeuse d'ombre",
    )


def dump():
    """Every cell of every table, as text; binary columns decoded as far as they go."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if table in OWN_TABLES:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                cells += [(table, _text(cell)) for cell in row if cell is not None]
    return cells


def _text(cell):
    return bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)


def walk(city, canary):
    """A protected idea goes all the way, its author answering, editing and commenting without a name."""
    idea = services.submit_idea(actor=canary, space=city.box, body=BODY, identity_mode="protected").idea
    outbox.drain(raising=True)
    author = User.objects.get(pk=canary.pk)
    services.edit_idea(idea=fresh(idea), actor=author, title="Un banc couvert au dépôt", body=BODY)
    services.set_follow(idea=fresh(idea), actor=city.colleague, wanted=True)
    services.set_follow(idea=fresh(idea), actor=city.colleague, wanted=True)
    services.comment(idea=fresh(idea), actor=author, body="Je précise : côté nord.", identity_mode="protected")
    services.screen(idea=fresh(idea), actor=city.moderator)
    services.orient(idea=fresh(idea), actor=facilitator(), direction=city.direction, scale="project")
    services.start_study(idea=fresh(idea), actor=city.correspondent, assessors=city.assessors[:2])
    services.ask_author(idea=fresh(idea), actor=city.correspondent, text="Combien de places ?")
    outbox.drain(raising=True)
    services.answer_question(idea=fresh(idea), actor=User.objects.get(pk=canary.pk), text="Six places.")
    outbox.drain(raising=True)
    return fresh(idea)


def facilitator():
    return AgentFactory(roles=[("facilitator", None)])


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts").get(pk=idea.pk)


def test_the_author_of_a_protected_idea_is_in_no_table(city, canary):
    idea = walk(city, canary)

    traces = {CANARY, "Quetzal-Inouï", "canari-77", "canari.inoui@marvenne.example", "C4N4R1", "Testeuse d'ombre"}
    hits = [(table, cell) for table, cell in dump() for trace in traces if trace in cell]
    assert [hit for hit in hits if hit[0] not in ("wagtailsearch_indexentry", "account_emailaddress")] == []
    assert idea.author_id is None


def test_no_column_of_the_room_points_to_the_account(city, canary):
    walk(city, canary)

    pointing = {}
    for model in apps.get_app_config("ideas").get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation and field.related_model is User:
                found = model.objects.filter(**{field.name: canary.pk}).count()
                if found:
                    pointing[f"{model.__name__}.{field.name}"] = found
    assert pointing == {}
    assert IdeaFollow.objects.filter(user=canary).count() == 0


def test_the_authors_own_steps_keep_the_week_and_no_account(city, canary):
    idea = walk(city, canary)

    answered = IdeaJournalEntry.objects.get(idea=idea, transition_slug="answer_study")
    assert (answered.actor, answered.actor_role, answered.at) == (None, "author", clock.week_start_moment())
    comment = IdeaComment.objects.get()
    assert (comment.author, comment.created_at) == (None, clock.week_start_moment())
    assert idea.owed.by_week


def test_pages_show_the_week_and_the_authors_own_page_is_theirs(city, canary):
    idea = walk(city, canary)

    page = selectors.idea_page(city.colleague, idea.reference)
    own = selectors.idea_page(User.objects.get(pk=canary.pk), idea.reference)

    assert page.row.author_label == "Nom protégé"
    assert page.timeline[0].when_label.startswith("semaine du ")
    assert page.questions[0].answered_label.startswith("semaine du ")
    assert [node.author_label for node in page.comments.nodes] == ["Nom protégé"]
    assert (page.is_mine, own.is_mine) == (False, True)
    assert own.comments.nodes[0].is_mine


def test_two_worlds_that_differ_by_the_author_alone_read_the_same(db):
    """The same gestures by two people: nobody's pages, lists or queues tell which one it was."""
    seen = []
    for who in ("author", "colleague"):
        city = make_city()
        city.box.name = "Boîte"
        person = getattr(city, who)
        idea = services.submit_idea(actor=person, space=city.box, body=BODY, identity_mode="protected").idea
        outbox.drain(raising=True)
        services.screen(idea=fresh(idea), actor=city.moderator)
        page = selectors.idea_page(city.correspondent, idea.reference)
        row = {name: getattr(page.row, name) for name in page.row.__dataclass_fields__}
        for name in ("reference", "url", "space_name", "space_slug"):
            row.pop(name)
        seen.append((row, page.timeline, page.step_sentence.replace(city.box.name, "")))
    assert seen[0] == seen[1]
    drain_outbox()


def test_order_of_ids_says_more_than_the_public_order_lets_through(city):
    """A naive order by id gives the hour away; (week, reference) doesn't: ranks of sending and of showing don't agree."""
    sent = []
    for _ in range(60):
        sent.append(
            services.submit_idea(actor=city.author, space=city.box, body=BODY, identity_mode="protected").reference
        )

    shown = [row.reference for row in selectors.idea_list(city.colleague, size=100).rows]

    naive = list(Idea.objects.order_by("id").values_list("reference", flat=True))
    assert _agreement(sent, naive) == 1.0
    assert abs(_agreement(sent, shown)) < 0.35, "no better than chance at n = 60"
    drain_outbox()


def _agreement(first, second):
    """Spearman's rank correlation."""
    ranks = {reference: position for position, reference in enumerate(second)}
    n = len(first)
    distance = sum((position - ranks[reference]) ** 2 for position, reference in enumerate(first))
    return 1 - 6 * distance / (n * (n * n - 1))


def test_links_go_after_the_decision_is_old_enough(city, canary):
    from ideas.registrations import handles_decided_before
    from src.accountability.models import ResponseOwed

    idea = walk(city, canary)
    ResponseOwed.objects.filter(pk=idea.owed_id).update(answered_on=clock.today() - timedelta(days=10))

    assert set(handles_decided_before(clock.today())) == {idea.handle, IdeaComment.objects.get().handle}
    assert handles_decided_before(clock.today() - timedelta(days=10)) == []
