"""A real line to a mail server that misbehaves: what is known of each mail when it breaks, answers no, or is mute."""

import pytest

from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox, forget_effects
from src.notices import delivery, jobs, services
from src.notices.enums import MailState
from src.notices.models import MailMessage
from tests.factories.directory import AgentFactory
from tests.factories.notices import IdeaMoved
from tests.faults.network import Loop, MailServer
from tests.faults.services import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    """A mail server of our own, and the settings of production that lead to it."""
    loop, server = Loop(), MailServer(free_port())
    loop.run(server.open())
    settings.EMAIL_BACKEND = "src.notices.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 0.3
    yield server
    loop.run(server.close())
    loop.close()


def queue(count: int) -> None:
    """So many mails to send; these tests are the sender."""
    people = [AgentFactory().pk for _each in range(count)]
    services.send(IdeaMoved.code, recipients=people, context={"title": "x", "reference": "x"}, key="line")
    forget_effects()


def left() -> list[tuple[str, int]]:
    return list(MailMessage.objects.order_by("id").values_list("state", "attempts"))


def test_a_server_that_takes_then_hangs_up_costs_neither_a_mail_nor_a_copy(server):
    queue(4)
    server.behave(lambda message_id, turn: "dies")

    delivery.deliver()

    assert left() == [(MailState.SENT, 1)] * 4
    assert sorted(server.taken.values()) == [1, 1, 1, 1]


def test_a_line_cut_before_the_answer_leaves_one_mail_in_doubt_and_the_others_leave(server):
    queue(3)
    server.behave(lambda message_id, turn: "mute_death" if turn == 1 else "ok")

    delivery.deliver()

    assert left() == [(MailState.QUEUED, 1), (MailState.SENT, 1), (MailState.SENT, 1)]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("later", (MailState.QUEUED, 0)), ("never", (MailState.REFUSED, 1)), ("ok", (MailState.SENT, 1))],
)
@pytest.mark.parametrize("about", ["address", "text"])
def test_not_now_and_no_are_told_apart_of_the_address_as_of_the_text(server, about, answer, expected):
    queue(1)
    server.behave(**{"at_recipient" if about == "address" else "behaviour": lambda *asked: answer})

    delivery.deliver()

    assert left() == [expected]


def test_a_server_that_hangs_twice_is_left_alone_and_the_others_keep_their_place(server):
    queue(4)
    server.behave(lambda message_id, turn: "hangs")

    with pytest.raises(delivery.ServerLost):
        delivery.deliver()

    assert left() == [(MailState.QUEUED, 1)] * 2 + [(MailState.QUEUED, 0)] * 2


def test_a_server_that_greets_nobody_costs_no_effect_and_the_next_minute_tries_again(server):
    people = [AgentFactory().pk]
    services.send(IdeaMoved.code, recipients=people, context={"title": "x", "reference": "x"}, key="line")
    server.behave(greets=False)

    drain_outbox()

    assert OutboxEvent.objects.filter(done_at=None).count() == 0
    assert left() == [(MailState.QUEUED, 0)]
    with pytest.raises(OSError):
        jobs.deliver_late(None)
    server.behave()
    jobs.deliver_late(None)
    assert left() == [(MailState.SENT, 1)]
