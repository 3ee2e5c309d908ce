"""Internal notes: who reads them, how long they are corrected in silence, and where they never go."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import strip_tags

from ideas import selectors, services
from ideas.models import Idea, IdeaNote, IdeaNoteVersion
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock, personal_data
from src.foundations.testing import drain_outbox, forget_effects
from tests.factories.directory import AgentFactory, DirectionFactory, grant
from tests.factories.ideas import IdeaFactory

pytestmark = pytest.mark.django_db
WORDS = "Appelé l'atelier : un banc attend déjà au magasin."


def fresh(idea):
    related = ("owed", "unit__direction", "transfer_to__direction", "space", "counts")
    return Idea.objects.select_related(*related).get(pk=idea.pk)


def account(user):
    return User.objects.get(pk=user.pk)


def client_of(user):
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def idea(city):
    return fresh(IdeaFactory(space=city.box, direction=city.direction, stage="qualified", author=city.author))


def test_the_people_of_the_direction_read_it_and_nobody_else(city, idea):
    note = services.write_note(idea=idea, actor=city.correspondent, text=WORDS)

    for reader in (city.decider, city.delegate, city.assessors[0]):
        assert [view.text for view in selectors.notes_page(account(reader), idea).notes] == [WORDS]
    elsewhere = AgentFactory()
    grant(elsewhere, Role.IDEA_CORRESPONDENT, DirectionFactory())
    for other in (city.author, city.colleague, city.moderator, elsewhere):
        assert not IdeaNote.objects.visible_to(account(other)).exists()
        with pytest.raises(PermissionDenied):
            selectors.notes_page(account(other), idea)
        with pytest.raises(PermissionDenied):
            services.write_note(idea=idea, actor=account(other), text=WORDS)
        with pytest.raises(PermissionDenied):
            services.edit_note(note=note, actor=account(other), text="Autre chose.")


def test_a_transfer_leaves_the_notes_to_those_who_wrote_them(city, idea):
    services.write_note(idea=idea, actor=city.correspondent, text=WORDS)
    other = DirectionFactory()
    taker = AgentFactory()
    grant(taker, Role.IDEA_CORRESPONDENT, other)

    services.propose_transfer(idea=idea, actor=city.correspondent, direction=other, text="C'est leur atelier.")

    assert selectors.notes_page(account(taker), fresh(idea)).notes == []
    assert not IdeaNote.objects.visible_to(account(city.correspondent)).exists()
    services.refuse_transfer(idea=fresh(idea), actor=account(taker), text="Ce n'est pas chez nous.")
    assert len(selectors.notes_page(account(city.correspondent), fresh(idea)).notes) == 1
    forget_effects()


def test_corrected_in_silence_for_an_hour_then_with_a_version(city, idea):
    note = services.write_note(idea=idea, actor=city.correspondent, text=WORDS)
    assert services.edit_note(note=note, actor=city.correspondent, text="Un banc attend au magasin.")
    assert not IdeaNoteVersion.objects.exists()
    old = services.write_note(idea=idea, actor=city.correspondent, text=WORDS, at=clock.now() - timedelta(minutes=61))

    assert services.edit_note(note=old, actor=city.correspondent, text="Un banc attend au magasin.")

    assert [version.text for version in old.versions.all()] == [WORDS]
    assert not services.edit_note(note=old, actor=city.correspondent, text="Un banc attend au magasin.")


def test_the_database_refuses_the_author_and_a_rewritten_past(city, idea):
    note = services.write_note(idea=idea, actor=city.correspondent, text=WORDS)
    columns = {"idea": idea, "direction": city.direction, "text": WORDS, "written_at": clock.now()}
    for refused in (
        lambda: IdeaNote.objects.create(writer=city.author, **columns),
        lambda: IdeaNote.objects.create(writer=city.delegate, **columns | {"text": ""}),
        lambda: IdeaNote.objects.filter(pk=note.pk).update(writer=city.delegate),
        lambda: IdeaNote.objects.filter(pk=note.pk).update(written_at=clock.now() - timedelta(days=1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


def test_a_sealed_author_who_works_there_reads_nothing(city):
    sealed = fresh(
        IdeaFactory(space=city.box, direction=city.direction, stage="qualified", author=city.delegate, protected=True)
    )
    drain_outbox()
    services.write_note(idea=sealed, actor=city.correspondent, text=WORDS)
    page = client_of(city.delegate).get(f"/idees/{sealed.reference}/notes/")
    assert page.status_code == 403
    assert WORDS not in page.content.decode()
    assert not IdeaNote.objects.visible_to(account(city.delegate)).exists()


def test_the_page_keeps_what_was_typed_and_ten_equal_posts_leave_one(city, idea):
    address = f"/idees/{idea.reference}/notes/"
    client = client_of(city.correspondent)
    form = client.get(address).context["form"]
    empty = client.post(address, {"text": ""})
    long = client.post(address, {"text": "x" * 1201})
    assert (empty.status_code, long.status_code) == (422, 422)
    assert "x" * 1201 in long.content.decode()

    for _time in range(3):
        sent = client.post(address, {"text": WORDS + " <b>vu</b>", "token": str(form["token"].value())})

    note = IdeaNote.objects.get()
    assert sent.status_code == 303
    shown = client.get(address).content.decode()
    assert "&lt;b&gt;vu" in shown and city.correspondent.short_name in strip_tags(shown)
    assert client.get(f"{address}?modifier={note.reference.lower()}").context["edited"] == note
    assert client_of(city.delegate).get(f"{address}?modifier={note.reference}").status_code == 403
    changed = client.post(address, {"note": note.reference, "text": "Vu à l'atelier."})
    assert (changed.status_code, IdeaNote.objects.get().text) == (303, "Vu à l'atelier.")
    assert "1 note interne" in strip_tags(client.get(f"/idees/{idea.reference}/").content.decode())


def test_it_is_in_nobody_s_export_but_its_writer_s_and_goes_with_the_account_s_name(city, idea):
    services.write_note(idea=idea, actor=city.correspondent, text=WORDS)
    assert WORDS not in str(personal_data.export_of(city.author))
    assert WORDS in str(personal_data.export_of(city.correspondent))
    for reader in (city.author, city.colleague):
        client = client_of(reader)
        for address in (f"/idees/{idea.reference}/", "/idees/export.csv", f"/api/v1/ideas/{idea.reference}/"):
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert b"au magasin" not in body

    personal_data.erase(city.correspondent)
    note = selectors.notes_page(account(city.decider), fresh(idea)).notes[0]
    assert (note.writer_label, note.may_edit) == ("Une personne partie", False)
    forget_effects()
