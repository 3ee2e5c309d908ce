"""More people than the city lets a message reach by itself: nothing is told before somebody has looked at it."""

import uuid

import pytest
from django.core import mail as outgoing
from django.urls import reverse

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices import mass_todo, services
from src.notices.enums import Means
from src.notices.models import Errand, InboxItem, MassSending
from src.notices.without_mail.services import set_reach
from tests.factories.directory import AgentFactory
from tests.factories.notices import DutyCalls, IdeaMoved

pytestmark = pytest.mark.django_db
BACKEND = "src.directory.backends.DirectoryBackend"
WORDS = {"title": "Un banc à l’abri", "reference": "7K3F9Q"}


@pytest.fixture(autouse=True)
def few(settings):
    settings.TERRAIN_MASS_SENDING = 3


@pytest.fixture
def people():
    return [AgentFactory() for _ in range(5)]


@pytest.fixture
def administrator():
    return AgentFactory(roles=[(Role.ADMINISTRATOR, None)])


def tell(people, handles=(), code=IdeaMoved.code):
    told = services.send(code, recipients=(p.pk for p in people), handles=iter(handles), context=WORDS, key="mass")
    drain_outbox()
    return told


def plain(answer):
    """A page with its French spaces as ordinary ones."""
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_words_that_moderation_hides_leave_what_waits_too(people, settings):
    tell(people)
    settings.TERRAIN_MASS_SENDING = 0
    letter = AgentFactory(email=None)
    set_reach(letter, Means.LETTER)
    services.send(IdeaMoved.code, recipients=[letter.pk], context=WORDS, key="mass")
    drain_outbox()
    services.reword(["mass"], {"title": "(texte masqué)"})
    assert MassSending.objects.get().context["title"] == "(texte masqué)"
    assert Errand.objects.get().context["title"] == "(texte masqué)"


def test_nothing_is_told_until_somebody_lets_it_leave_and_then_once(people, administrator, sealed):
    author = AgentFactory()
    handle = sealed(author)
    for _ in range(2):
        assert tell(people, [handle]) == 0
    assert not InboxItem.objects.exists()
    held = MassSending.objects.get()
    assert (held.people, len(held.recipients), held.handles) == (6, 5, [str(handle)])
    assert len(mass_todo.sendings_for_me(as_viewer(administrator))) == 1

    assert services.send_mass(held, actor=administrator)
    assert not services.send_mass(held, actor=administrator)
    assert not services.cancel_mass(held, actor=administrator)
    drain_outbox()
    drain_outbox()
    assert InboxItem.objects.count() == 6
    assert sorted(message.to[0] for message in outgoing.outbox) == sorted(p.email for p in [*people, author])
    held.refresh_from_db()
    assert (held.state, held.recipients, held.handles, held.decided_by) == ("sent", [], [], administrator)
    assert tell(people) == 0  # the same message again, told before
    assert InboxItem.objects.count() == 6


def test_cancelled_it_tells_nobody_and_forgets_whom(people, administrator):
    tell(people)
    held = MassSending.objects.get()
    assert services.cancel_mass(held, actor=administrator)
    assert not services.send_mass(held, actor=administrator)
    drain_outbox()
    held.refresh_from_db()
    assert (held.state, held.recipients) == ("cancelled", [])
    assert not InboxItem.objects.exists()


def test_few_people_a_duty_or_a_city_that_holds_nothing_leave_at_once(people, settings):
    assert tell(people[:3]) == 3
    assert tell([*people[:3], people[0]]) == 3  # the same person twice is one
    assert tell(people, code=DutyCalls.code) == 5
    settings.TERRAIN_MASS_SENDING = 0
    services.send(IdeaMoved.code, recipients=[p.pk for p in people], context=WORDS, key="free")
    drain_outbox()
    assert InboxItem.objects.filter(key="free").count() == 5
    assert not MassSending.objects.exists()


def test_a_relay_that_died_half_way_repeats_nothing(people, administrator):
    tell(people)
    held = MassSending.objects.get()
    services.send_mass(held, actor=administrator)
    services.send(IdeaMoved.code, recipients=[people[0].pk], context=WORDS, key="mass", looked_at=True)
    drain_outbox()
    assert InboxItem.objects.count() == 5
    assert len(outgoing.outbox) == 5


def test_an_administrator_reads_who_and_how_many_sees_the_mail_and_decides(people, administrator, client):
    tell(people, [uuid.uuid4()])
    held = MassSending.objects.get()
    client.force_login(administrator, backend=BACKEND)
    assert "Du nouveau : Un banc" in plain(client.get(reverse("notices:mass_list")))
    page = plain(client.get(reverse("notices:mass", args=[held.pk])))
    assert "Envoyer à 6 personnes" in page
    assert "L’idée « Un banc à l’abri » avance." in page
    mail = client.get(reverse("notices:mass_preview", args=[held.pk]))
    assert "script-src" not in mail["Content-Security-Policy"]
    assert "default-src 'none'" in mail["Content-Security-Policy"]
    assert "terrain.invalid" not in mail.content.decode() + page
    address = reverse("notices:mass", args=[held.pk])
    assert client.post(address, {"action": "autre"}).url == address
    assert client.post(address, {"action": "send"}).url == reverse("notices:mass_list")
    client.post(address, {"action": "cancel"})
    drain_outbox()
    held.refresh_from_db()
    assert held.state == "sent"
    assert "Envoyer à" not in client.get(address).content.decode()


def test_nobody_else_finds_them(people, client):
    tell(people)
    held = MassSending.objects.get()
    facilitator = AgentFactory(roles=[(Role.FACILITATOR, None)])
    for somebody in (people[0], facilitator):
        client.force_login(somebody, backend=BACKEND)
        assert client.get(reverse("notices:mass_list")).status_code == 404
        assert client.get(reverse("notices:mass_preview", args=[held.pk])).status_code == 404
        assert client.post(reverse("notices:mass", args=[held.pk]), {"action": "send"}).status_code == 404
        assert mass_todo.sendings_for_me(as_viewer(somebody)) == []


# --------------------------------------------------------------------------------------------- what was sent to me
def test_each_reads_what_was_sent_to_them_and_nothing_of_their_handles(client, sealed):
    me, other = AgentFactory(), AgentFactory()
    services.send(IdeaMoved.code, recipients=[me.pk], context=WORDS, key="mine")
    services.send(IdeaMoved.code, recipients=[other.pk], context={**WORDS, "title": "À l’autre"}, key="other")
    services.send(IdeaMoved.code, handles=[sealed(me)], context={**WORDS, "title": "Protégée"}, key="sealed")
    services.stop_address(other.email, "bounce", clock.now())
    drain_outbox()
    client.force_login(me, backend=BACKEND)
    page = plain(client.get(reverse("notices:log")))
    assert page.count("Du nouveau : ") == 1
    assert "Un banc à l’abri" in page
    assert "Envoyé" in page
    assert "Protégée" not in page
    client.force_login(other, backend=BACKEND)
    assert "Refusé" in plain(client.get(reverse("notices:log")))


def test_a_letter_and_a_call_are_in_the_log_of_whoever_has_no_e_mail(client):
    me = AgentFactory(email=None)
    set_reach(me, Means.CALL, "0601020304")
    services.send(IdeaMoved.code, recipients=[me.pk], context=WORDS, key="call")
    drain_outbox()
    client.force_login(me, backend=BACKEND)
    page = plain(client.get(reverse("notices:log")))
    assert "Appel téléphonique" in page
    assert "En attente" in page
