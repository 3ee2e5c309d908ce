"""Saying by a sheet how one is told without e-mail: refused while it is typed, told to its author, for them alone."""

import html

from django.test import Client

from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem, Reach
from src.paper import services
from src.paper.models import Batch

NADIA = {"who-last_name": "Benali", "who-number": "204117"}
CALL = {"means": "call", "phone": "06 01 02 03 04"}


def typed(desk, **words):
    """The typing screen's answer to one sheet, read as one reads it, and the batch."""
    client = Client()
    client.force_login(desk.malika, backend="src.directory.backends.DirectoryBackend")
    batch = services.open_batch(actor=desk.malika, unit=desk.depot, held_on=clock.today(), announced=1)
    answer = client.post(
        f"/papier/lots/{batch.reference}/saisir/", {"lot-sheet": "", "lot-kind": "prevenir:", **words}
    )
    return answer.status_code, html.unescape(answer.content.decode()).replace("’", "'"), batch


def without_mail(desk):
    User.objects.filter(pk=desk.nadia.pk).update(email=None)


def test_a_sheet_without_its_number_or_for_somebody_with_an_address_is_refused_while_it_is_typed(desk):
    status, page, batch = typed(desk, **CALL, **NADIA)
    assert status == 422
    assert "Une adresse e-mail est connue ici" in page
    assert "06 01 02 03 04" in page  # what was typed is kept
    assert not batch.sheets.exists()

    without_mail(desk)
    for phone in ("", "06 01", "un voisin"):
        status, page, batch = typed(desk, means="call", phone=phone, **NADIA)
        assert (status, batch.sheets.count()) == (422, 0)
    status, page, batch = typed(desk, **CALL, **{**NADIA, "who-number": "204118"})
    assert (status, batch.sheets.count()) == (422, 0)
    assert not Reach.objects.exists()


def test_an_address_given_before_the_second_look_refuses_the_sheet_in_words(desk):
    without_mail(desk)
    status, _page, batch = typed(desk, **CALL, **NADIA)
    assert (status, batch.sheets.count()) == (303, 1)
    services.close_typing(actor=desk.malika, batch=Batch.objects.get(pk=batch.pk))
    User.objects.filter(pk=desk.nadia.pk).update(email="nadia@marvenne.example")
    client = Client()
    client.force_login(desk.gerard, backend="src.directory.backends.DirectoryBackend")

    answer = client.post(
        f"/papier/lots/{batch.reference}/relire/",
        {**CALL, **NADIA, "lot-sheet": batch.sheets.get().pk, "action": "send"},
    )

    assert answer.status_code == 422
    assert "Une adresse e-mail est connue ici" in html.unescape(answer.content.decode())
    assert not Reach.objects.exists()


def test_its_author_reads_on_terrain_that_a_sheet_changed_how_they_are_told(desk):
    without_mail(desk)
    _status, _page, batch = typed(desk, **CALL, **NADIA)
    services.close_typing(actor=desk.malika, batch=Batch.objects.get(pk=batch.pk))
    client = Client()
    client.force_login(desk.gerard, backend="src.directory.backends.DirectoryBackend")
    client.post(
        f"/papier/lots/{batch.reference}/relire/",
        {**CALL, **NADIA, "lot-sheet": batch.sheets.get().pk, "action": "send"},
    )

    assert Reach.objects.values_list("means", "phone").get(user=desk.nadia) == ("call", "0601020304")
    assert InboxItem.objects.filter(user=desk.nadia, code="notices.reach", category="account").count() == 1
    drain_outbox()
