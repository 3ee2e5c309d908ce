"""The same gestures at the same moment, by HTTP through the whole stack, on real connections of both databases."""

import re
import uuid

import pytest
from django.test import Client

from ideas import services
from ideas.models import Idea, IdeaComment, IdeaCounts, IdeaFollow, IdeaJournalEntry, IdeaSupport
from src.accountability.models import Decision, ResponseOwed
from src.directory.enums import Role
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from src.participation.models import SealedAuthor
from tests.ideas_screens.city import BODY, City
from tests.participation.real_database import several_writers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS = 8
# « … déjà annoncée par Sophie L. le 22 novembre 2026 à 11 h 37 »
WHO_AND_WHEN = re.compile(r"annoncée par (Sophie L|Lucien O)\. le \d{1,2}(er)? \w+ 2\d{3}.{1,4}\d{1,2}.{1,3}\d{2}")


@pytest.fixture
def city():
    return City()


def signed(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def copy_of(client: Client) -> Client:
    """The same session in another tab or on another device."""
    other = Client(raise_request_exception=False)
    other.cookies = client.cookies.copy()
    return other


def proposal(**changes):
    return {"boite": "plus-simple", "body": BODY, "title": "Un banc à l'abri près du portail", "identity": "protected",
            "token": str(uuid.uuid4()), "seen": "", "action": "send", **changes}  # fmt: skip


def test_eight_writers_of_supports(city, tmp_path):
    idea = city.opened()
    drain_outbox()
    clients = [signed(city.agent(f"voix{n}", f"Voix{n}", "Deux", "agent")) for n in range(WRITERS)]
    here = f"/idees/{idea.reference}/"

    def gestures(client):
        def run():
            wanted = ("1", "1", "0", "1", "0", "0", "1")
            statuses = [client.post(f"{here}soutenir/", {"soutien": each}).status_code for each in wanted]
            return statuses + [client.post(f"{here}suivre/", {"suivi": each}).status_code for each in ("1", "0", "1")]

        return run

    with several_writers(tmp_path) as run:
        answered = run([gestures(client) for client in clients])
        ((supports, follows, counts),) = run(
            [
                lambda: (
                    IdeaSupport.objects.filter(idea=idea).count(),
                    IdeaFollow.objects.filter(idea=idea).count(),
                    IdeaCounts.objects.get(pk=idea.pk),
                )
            ]
        )

    assert {status for statuses in answered for status in statuses} == {303}
    assert (supports, follows) == (WRITERS, WRITERS)
    assert (counts.supports, counts.followers) == (WRITERS, WRITERS)


@pytest.mark.parametrize("identity", ["named", "protected"])
def test_ten_equal_posts_leave_one_idea_and_one_page(city, tmp_path, identity):
    client, form = signed(city.author), proposal(identity=identity)

    with several_writers(tmp_path) as run:
        answers = run([lambda tab=copy_of(client): tab.post("/idees/deposer/", form) for _each in range(10)])
        (left,) = run(
            [
                lambda: (
                    Idea.objects.count(),
                    IdeaCounts.objects.count(),
                    ResponseOwed.objects.count(),
                    SealedAuthor.objects.count(),
                    OutboxEvent.objects.filter(topic="ideas.submitted").count(),
                )
            ]
        )
        (final,) = run([lambda: [client.get(answer.headers["Location"]).status_code for answer in answers[:1]]])

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert left == (1, 1, 1, int(identity == "protected"), 1)
    assert final == [200] if identity == "named" else final in ([200], [404])


@pytest.mark.parametrize("identity", ["named", "protected"])
def test_ten_equal_comments_leave_one(city, tmp_path, identity):
    idea = city.opened()
    drain_outbox()
    client = signed(city.reader)
    form = {"text": "Six places suffiraient.", "identity": identity, "token": str(uuid.uuid4())}

    with several_writers(tmp_path) as run:
        answers = run(
            [lambda tab=copy_of(client): tab.post(f"/idees/{idea.reference}/commenter/", form) for _each in range(10)]
        )
        (left,) = run([lambda: (IdeaComment.objects.count(), IdeaCounts.objects.get(pk=idea.pk).comments)])

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert left == (1, 1)


def test_two_deciders_at_once_one_wins_and_the_other_reads_who_and_when(city, tmp_path):
    idea = city.prepared()
    drain_outbox()
    second = city.agent("lucien", "Lucien", "Obadia", "adjoint", (Role.DECISION_MAKER, city.direction))
    people = {"Sophie": signed(city.decider), "Lucien": signed(second)}
    form = {"idea": idea.reference, "confirm": "1"}
    before = OutboxEvent.objects.filter(topic="workflow.moved").count()

    with several_writers(tmp_path) as run:
        answers = run([lambda who=who: who.post("/idees/atelier/annonces/", form) for who in people.values()])
        (left,) = run(
            [
                lambda: (
                    Decision.objects.announced().filter(subject_reference=idea.reference).count(),
                    IdeaJournalEntry.objects.filter(idea=idea, transition_slug="decide_accepted").count(),
                    OutboxEvent.objects.filter(topic="workflow.moved").count() - before,
                )
            ]
        )

    loser = next(answer for answer in answers if answer.status_code != 303)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert left == (1, 1, 1)
    assert WHO_AND_WHEN.search(loser.content.decode())


def test_a_decider_who_comes_later_reads_who_and_when(city):
    idea = city.prepared()
    second = city.agent("lucien", "Lucien", "Obadia", "adjoint", (Role.DECISION_MAKER, city.direction))
    form = {"idea": idea.reference, "confirm": "1"}

    first = signed(city.decider).post("/idees/atelier/annonces/", form)
    later = signed(second).post("/idees/atelier/annonces/", form)

    assert (first.status_code, later.status_code) == (303, 409)
    assert WHO_AND_WHEN.search(later.content.decode())
    drain_outbox()


def test_two_people_taking_one_step_at_once(city, tmp_path):
    idea = city.submitted()
    drain_outbox()
    second = city.agent("rose", "Rose", "Lenoir", "modératrice", (Role.MODERATOR, None))
    clients = [signed(city.moderator), signed(second)]

    with several_writers(tmp_path) as run:
        answers = run([lambda who=who: who.post(f"/idees/{idea.reference}/etape/screen/") for who in clients])
        (left,) = run([lambda: IdeaJournalEntry.objects.filter(idea=idea, transition_slug="screen").count()])

    loser = next(answer for answer in answers if answer.status_code == 409)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert re.search("Inès R|Rose L", loser.content.decode())
    assert left == 1


def test_supports_while_the_answer_is_announced(city, tmp_path):
    """Either the support came before and counts, or after and is refused with a sentence; nothing in between."""
    idea = city.prepared()
    drain_outbox()
    clients = [signed(city.agent(f"voix{n}", f"Voix{n}", "Deux", "agent")) for n in range(WRITERS - 1)]
    decider = signed(city.decider)

    def support(client):
        return lambda: client.post(f"/idees/{idea.reference}/soutenir/", {"soutien": "1"}).status_code

    def decide():
        return decider.post("/idees/atelier/annonces/", {"idea": idea.reference, "confirm": "1"}).status_code

    with several_writers(tmp_path) as run:
        *supported, decided = run([*map(support, clients), decide])
        (left,) = run(
            [
                lambda: (
                    IdeaSupport.objects.filter(idea=idea).count(),
                    IdeaCounts.objects.get(pk=idea.pk).supports,
                    Idea.objects.get(pk=idea.pk).stage_kind,
                )
            ]
        )

    assert decided == 303
    assert set(supported) <= {303, 409}
    assert left == (supported.count(303), supported.count(303), "accepted")


def test_the_author_withdraws_while_the_answer_is_announced(city, tmp_path):
    idea = city.prepared()
    drain_outbox()
    author, decider = signed(city.author), signed(city.decider)
    gestures = [
        lambda: author.post(f"/idees/{idea.reference}/retirer/", {"reason": "", "confirm": "on"}).status_code,
        lambda: decider.post("/idees/atelier/annonces/", {"idea": idea.reference, "confirm": "1"}).status_code,
    ]

    with several_writers(tmp_path) as run:
        answers = run(gestures)
        (left,) = run(
            [
                lambda: (
                    Idea.objects.get(pk=idea.pk).stage_kind,
                    Decision.objects.announced().count(),
                    IdeaJournalEntry.objects.filter(idea=idea, to_stage__kind__in=("withdrawn", "accepted")).count(),
                )
            ]
        )

    assert all(status < 500 for status in answers), answers
    assert answers.count(303) == 1, answers
    assert left in (("withdrawn", 0, 1), ("accepted", 1, 1))


def test_two_relays_at_once_tell_everybody_once(city, tmp_path):
    idea = city.opened()
    drain_outbox()
    for number in range(4):
        services.set_follow(idea=fresh(idea), actor=city.agent(f"suit{number}", "Ana", "Roy", "agent"), wanted=True)
    services.comment(idea=fresh(idea), actor=city.reader, body="Une remarque.")

    with several_writers(tmp_path) as run:
        run([drain_outbox] * 3)
        (items,) = run([lambda: list(InboxItem.objects.values_list("user_id", "handle", "key"))])

    assert len(items) == len(set(items)) > 0
    drain_outbox()


def fresh(idea):
    return Idea.objects.select_related("owed", "unit", "transfer_to", "space", "counts").get(pk=idea.pk)


def test_a_naive_counter_loses_what_ours_keeps(city, tmp_path):
    """The same crowd on a counter read, then written: what the nets above would catch."""
    idea = city.opened()
    drain_outbox()

    def naive():
        for _each in range(5):
            counts = IdeaCounts.objects.get(pk=idea.pk)
            counts.followers += 1
            counts.save()

    from threading import Barrier

    meet = Barrier(WRITERS)

    def certain():
        counts = IdeaCounts.objects.get(pk=idea.pk)
        meet.wait(timeout=30)
        counts.followers += 1
        counts.save()
        naive()

    with several_writers(tmp_path) as run:
        run([certain] * WRITERS)
        (kept,) = run([lambda: IdeaCounts.objects.get(pk=idea.pk).followers])

    assert kept < WRITERS * 6
