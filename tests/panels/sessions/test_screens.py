"""Pages of sessions: read by members, prepared by the team, refused to others."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from panels import vault
from panels.models import CandidateContact, Membership
from panels.services import members
from panels.sessions.enums import Audience, Proposer, RequestState, SessionState, Stance
from panels.sessions.models import Attendance, Document, Hearing, HearingRequest, Posting, RequestSupport, Session
from panels.sessions.places import address
from panels.sessions.services import hearing, presence, stipends
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from tests.factories import panel_sessions
from tests.panels.screens import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return panel_sessions.working()


def member(made, place=0):
    return made.as_now(made.members()[place].candidate.account)


def test_a_session_is_prepared_announced_and_read(as_, made):
    team, reader = as_(made.facilitator), as_(member(made))
    sent = {
        "title": "Comprendre",
        "day": "2030-05-04",
        "starts_at": "09:30",
        "ends_at": "16:30",
        "half_days": "2",
        "place": "Salle des Tanneurs",
        "remote_url": "",
    }
    refused = team.post(address(made.panel, "session_new"), {**sent, "place": ""})
    assert refused.status_code == 422 and "Dites où elle a lieu" in text_of(refused)
    assert 'value="Comprendre"' in refused.content.decode()
    answer = team.post(address(made.panel, "session_new"), sent)
    found = Session.objects.get()
    assert (answer.status_code, answer.url) == (303, address(made.panel, "prepare", session=found.reference))
    page = address(made.panel, "session", session=found.reference)
    assert reader.get(page).status_code == 404
    missing = team.get(address(made.panel, "announce", session=found.reference))
    assert "Écrivez d'abord l'ordre du jour" in text_of(missing)
    item = {"at": "09:30", "title": "Accueil", "kind": "welcome", "words": ""}
    assert team.post(address(made.panel, "item_add", session=found.reference), item).status_code == 303
    assert team.post(address(made.panel, "announce", session=found.reference)).status_code == 303
    drain_outbox()
    assert team.post(address(made.panel, "announce", session=found.reference)).status_code == 409
    text = text_of(reader.get(page))
    assert "Séance 1 : Comprendre" in text and "Accueil" in text and "Salle des Tanneurs" in text
    assert "Comprendre" in text_of(reader.get(address(made.panel, "sessions")))
    file = reader.get(address(made.panel, "calendar", session=found.reference))
    assert b"SUMMARY:Premier accueil\\, Comprendre" in file.content
    changed = {**sent, "place": "Mairie des Quais"}
    assert team.post(address(made.panel, "session_change", session=found.reference), changed).status_code == 303
    drain_outbox()
    assert "Mairie des Quais" in text_of(reader.get(page))
    cancel = address(made.panel, "cancel", session=found.reference)
    assert team.post(cancel, {"because": ""}).status_code == 422
    assert team.post(cancel, {"because": "Salle inondée."}).status_code == 303
    drain_outbox()
    assert Session.objects.get().state == SessionState.CANCELLED
    assert "Salle inondée." in text_of(reader.get(page))


PAGES_INSIDE = ["sessions", "documents", "hearings", "mine"]
PAGES_OF_THE_DESK = ["desk_sessions", "session_new", "desk_documents", "document_add", "stipends"]


def test_who_reads_what(as_, made):
    other = panel_sessions.working(slug="ailleurs")
    session = panel_sessions.announced(made)
    inside = [address(made.panel, name) for name in PAGES_INSIDE]
    inside.append(address(made.panel, "session", session=session.reference))
    desk = [address(made.panel, name) for name in PAGES_OF_THE_DESK]
    desk += [
        address(made.panel, name, session=session.reference)
        for name in ("prepare", "session_change", "announce", "held", "cancel", "item_add", "hearing_add", "paper")
    ]
    everybody = {
        "member": (member(made), 200, 404),
        "facilitator": (made.facilitator, 200, 200),
        "guarantor": (made.guarantor, 200, 404),
        "member of another": (member(other), 404, 404),
        "team of another": (other.organiser, 404, 404),
        "administrator": (made.administrator, 404, 404),
    }
    for name, (person, reads, prepares) in everybody.items():
        client = as_(person)
        for url in inside:
            expected = 403 if url.endswith("indemnites/") and reads == 200 and name != "member" else reads
            assert client.get(url).status_code == expected, (name, url)
        for url in desk:
            assert client.get(url).status_code == prepares, (name, url)
    assert as_(None).get(inside[0]).status_code == 302


def test_who_left_reads_no_more(as_, made):
    gone = made.members()[0]
    Membership.objects.filter(pk=gone.pk).update(left_on=gone.since)
    client = as_(made.as_now(gone.candidate.account))
    assert [client.get(address(made.panel, name)).status_code for name in PAGES_INSIDE] == [404] * 4


def test_the_session_of_another_panel_is_not_reached(as_, made):
    other = panel_sessions.working(slug="ailleurs")
    theirs = panel_sessions.announced(other)
    team, reader = as_(made.organiser), as_(member(made))
    assert reader.get(address(made.panel, "session", session=theirs.reference)).status_code == 404
    assert team.get(address(made.panel, "prepare", session=theirs.reference)).status_code == 404
    assert team.post(address(made.panel, "held", session=theirs.reference)).status_code == 404
    assert team.post(address(made.panel, "validate", session=theirs.reference)).status_code == 404
    document = panel_sessions.document(other)
    withdraw = address(made.panel, "document_withdraw", document=document.reference)
    assert team.post(withdraw).status_code == 404
    assert reader.get(address(made.panel, "document", document=document.reference)).status_code == 404


def test_documents_are_read_by_those_they_are_for(as_, made):
    team = as_(made.organiser)
    sent = {
        "title": "L'accueil en deux pages",
        "kind": "summary",
        "source": "Direction de l'accueil",
        "audience": Audience.MEMBERS,
        "session": "",
        "words": "Huit guichets.",
        "link": "",
    }
    wrong = {**sent, "file": SimpleUploadedFile("page.pdf", b"<html>")}
    refused = team.post(address(made.panel, "document_add"), wrong)
    assert refused.status_code == 422 and Document.objects.count() == 0
    file = SimpleUploadedFile("chiffres.csv", b"guichet;minutes\n1;40\n")
    assert team.post(address(made.panel, "document_add"), {**sent, "file": file}).status_code == 303
    found = Document.objects.get()
    page = address(made.panel, "document", document=found.reference)
    download = address(made.panel, "document_file", document=found.reference)
    reader, stranger = as_(member(made)), as_(None)
    assert "Huit guichets." in text_of(reader.get(page))
    assert b"guichet;minutes" in b"".join(reader.get(download).streaming_content)
    assert [stranger.get(page).status_code, stranger.get(download).status_code] == [404, 404]
    change = address(made.panel, "document_change", document=found.reference)
    assert team.post(change, {**sent, "audience": Audience.EVERYBODY}).status_code == 303
    assert "Huit guichets." in text_of(stranger.get(page))
    assert "L'accueil en deux pages" in text_of(stranger.get(f"/panels/{made.panel.slug}/"))
    withdraw = address(made.panel, "document_withdraw", document=found.reference)
    assert team.post(withdraw, {"withdraw": "1"}).status_code == 303
    assert [stranger.get(page).status_code, reader.get(download).status_code] == [404, 404]
    assert "Retiré" in text_of(team.get(page))
    assert team.post(withdraw, {"back": "1"}).status_code == 303
    assert reader.get(page).status_code == 200
    found.refresh_from_db()
    found.file.delete(save=False)


def test_members_ask_support_and_are_answered(as_, made):
    one, two = as_(member(made)), as_(member(made, 1))
    asked = {"who": "Une locataire", "reason": "Elle a renoncé."}
    refused = one.post(address(made.panel, "ask"), {"who": "Une locataire", "reason": ""})
    assert refused.status_code == 422 and "Dites pourquoi" in text_of(refused)
    for _twice in range(2):
        assert one.post(address(made.panel, "ask"), asked).status_code == 303
    found = HearingRequest.objects.get()
    support = address(made.panel, "support", asked=found.reference)
    for _twice in range(2):
        assert two.post(support, {"keep": "1"}).status_code == 303
    assert RequestSupport.objects.count() == 2
    assert "2 membres la soutiennent" in text_of(two.get(address(made.panel, "hearings")))
    assert two.post(support, {"drop": "1"}).status_code == 303
    assert as_(made.facilitator).post(support, {"keep": "1"}).status_code == 403
    answer = address(made.panel, "request_answer", asked=found.reference)
    assert one.get(answer).status_code == 404
    team = as_(made.facilitator)
    assert team.post(answer, {"accepts": "no", "answer": ""}).status_code == 422
    assert team.post(answer, {"accepts": "yes", "answer": "Le 4 mai."}).status_code == 303
    assert team.post(answer, {"accepts": "no", "answer": "Non."}).status_code == 409
    assert "Le 4 mai." in text_of(one.get(address(made.panel, "hearings")))
    assert HearingRequest.objects.get().state == RequestState.ACCEPTED
    session = panel_sessions.prepared(made)
    desk = team.get(address(made.panel, "prepare", session=session.reference))
    assert "pas encore à une séance : Une locataire" in text_of(desk)
    add = f"{address(made.panel, 'hearing_add', session=session.reference)}?demande={found.reference}"
    assert 'value="Une locataire"' in team.get(add).content.decode()
    declared = {
        "name": "Nour Daoud", "quality": "Locataire", "stance": "for", "interests": "aucun", "proposed_by": "members",
    }  # fmt: skip
    assert team.post(add, declared).status_code == 303
    assert Hearing.objects.get().request == found


def test_the_balance_is_told_to_members_and_to_everybody(as_, made):
    session = panel_sessions.prepared(made)
    for place in range(4):
        panel_sessions.heard(made, session, name=f"Personne {place}")
    panel_sessions.heard(made, session, name="Marc Non", stance=Stance.AGAINST, proposed_by=Proposer.MEMBERS)
    told = "4 personnes pour, 1 contre : il manque des voix contre."
    public = as_(None)
    assert told not in text_of(public.get(f"/panels/{made.panel.slug}/"))
    from panels.sessions.services import planning

    planning.announce(actor=made.facilitator, session=session)
    drain_outbox()
    assert told in text_of(as_(member(made)).get(address(made.panel, "hearings")))
    page = text_of(public.get(f"/panels/{made.panel.slug}/"))
    assert told in page and "Marc Non" in page and "aucun" in page


def test_a_hearing_is_written_whole_and_stays_once_held(as_, made):
    session = panel_sessions.announced(made)
    team = as_(made.facilitator)
    sent = {
        "name": "Lise Arnoux",
        "quality": "Guichetière",
        "stance": "for",
        "interests": "aucun",
        "proposed_by": "members",
    }
    url = address(made.panel, "hearing_add", session=session.reference)
    refused = team.post(url, {**sent, "interests": "", "stance": ""})
    assert refused.status_code == 422 and "Demandez à la personne" in text_of(refused)
    assert team.post(url, sent).status_code == 303
    found = Hearing.objects.get()
    change = address(made.panel, "hearing", hearing=found.reference)
    assert team.post(change, {**sent, "stance": "neutral"}).status_code == 303
    with panel_sessions.during(session):
        from panels.sessions.services import planning

        planning.mark_held(actor=made.facilitator, session=session)
    remove = address(made.panel, "hearing_remove", hearing=found.reference)
    assert team.post(remove).status_code == 409
    assert Hearing.objects.get().stance == Stance.NEUTRAL


def test_presence_is_typed_by_a_member_and_read_by_them_alone(as_, made):
    session = panel_sessions.announced(made)
    one, two = member(made), member(made, 1)
    url = address(made.panel, "sign_in", session=session.reference)
    with panel_sessions.during(session):
        board = as_(made.facilitator).get(address(made.panel, "board", session=session.reference, half=1))
        code = presence.room_code(actor=made.facilitator, session=session, half_day=1)
        assert f"{code[:3]} {code[3:]}" in text_of(board)
        assert as_(one).get(address(made.panel, "board", session=session.reference, half=1)).status_code == 404
        assert as_(one).post(url, {"code": "12"}).status_code == 422
        assert as_(one).post(url, {"code": code}).status_code == 303
        assert as_(made.facilitator).post(url, {"code": code}).status_code == 403
    assert Attendance.objects.get().membership == made.members()[0]
    mine = text_of(as_(one).get(address(made.panel, "mine")))
    assert "Code de la salle" in mine and "50 €" in mine
    assert "50 €" not in text_of(as_(two).get(address(made.panel, "mine")))


def test_guessing_the_code_is_slow(as_, made):
    session = panel_sessions.announced(made)
    url = address(made.panel, "sign_in", session=session.reference)
    with panel_sessions.during(session):
        client = as_(member(made))
        answers = {client.post(url, {"code": f"{n:06d}"}).status_code for n in range(12)}
    assert answers == {422, 429}


def test_the_sheet_is_printed_written_and_corrected(as_, made):
    session = panel_sessions.announced(made)
    team = as_(made.facilitator)
    paper = team.get(address(made.panel, "paper", session=session.reference))
    assert "Membre 4" in text_of(paper) and "Après-midi" in text_of(paper)
    url = address(made.panel, "sheet", session=session.reference, half=1)
    with panel_sessions.during(session):
        team = as_(made.facilitator)
        assert team.post(url, {"present": ["1", "99"]}).status_code == 422
        assert team.post(url, {"present": ["1", "2"]}).status_code == 303
        assert team.post(url, {"present": ["3"]}).status_code == 303
        assert Attendance.objects.filter(is_present=True).count() == 2
        correct = address(made.panel, "correct", session=session.reference, half=1, number=3)
        assert team.post(correct, {"present": "yes", "because": ""}).status_code == 422
        assert team.post(correct, {"present": "yes", "because": "Signature oubliée."}).status_code == 303
        assert team.get(address(made.panel, "sheet", session=session.reference, half=3)).status_code == 404
    assert "Signature oubliée." in text_of(as_(member(made, 2)).get(address(made.panel, "mine")))


def test_half_days_are_signed_sent_and_paid(as_, made):
    session = panel_sessions.held(made)
    with panel_sessions.after(session):
        presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={1, 2})
        validate = address(made.panel, "validate", session=session.reference)
        export = address(made.panel, "stipend_export")
        one, two = as_(made.facilitator), as_(made.organiser)
        assert one.post(validate).status_code == 303
        assert one.post(validate).status_code == 409
        assert two.post(validate).status_code == 303
        assert one.post(export).status_code == 404
        assert "2 demi-journées, 100 €" in text_of(two.get(export))
        assert two.post(export).status_code == 303
        assert two.post(export).status_code == 409
        file = two.get(address(made.panel, "stipend_file", number=1))
        lines = b"".join(file.streaming_content).decode()
        assert '"2";"Membre 2";"1";"5000"' in lines and "avenue" not in lines
        paid = address(made.panel, "stipend_paid", number=1)
        assert two.post(paid, {"paid_on": "2020-01-01"}).status_code == 422
        from src.foundations import clock

        assert two.post(paid, {"paid_on": clock.today().isoformat()}).status_code == 303
        assert "Payée" in text_of(as_(member(made)).get(address(made.panel, "mine")))
        assert "Lots envoyés" in text_of(two.get(address(made.panel, "stipends")))
        rate = address(made.panel, "stipend_rate")
        assert two.post(rate, {"cents": "beaucoup", "from_on": "2031-01-01"}).status_code == 422
        assert two.post(rate, {"cents": "52,50", "from_on": "2031-01-01"}).status_code == 303
        assert "52,50 € la demi-journée" in text_of(two.get(address(made.panel, "stipends")))


def test_letters_go_to_those_who_asked(as_, made):
    session = panel_sessions.announced(made)
    asked = made.members()[1]
    members.name_badge(membership=asked, shown_name="Rose", by_post=True)
    team = as_(made.organiser)
    desk = text_of(team.get(address(made.panel, "posting")))
    assert "1 membre sur 4 a demandé tout par courrier" in desk and "Comprendre l'accueil" in desk
    url = address(made.panel, "letters", kind="agenda", key=session.reference)
    assert as_(made.facilitator).get(url).status_code == 404
    assert team.post(url, {"to": "some"}).status_code == 422
    answer = team.post(url, {"to": "asked"})
    assert answer.status_code == 200 and answer["Cache-Control"].startswith("private")
    posting = Posting.objects.get()
    assert (posting.kind, posting.letters, posting.posted_on) == ("agenda", 1, None)
    posted = address(made.panel, "posted", number=posting.pk)
    from src.foundations import clock

    assert team.post(posted, {"posted_on": clock.today().isoformat()}).status_code == 303
    assert team.post(posted, {"posted_on": clock.today().isoformat()}).status_code == 409


def test_every_kind_of_letter_is_drawn_with_an_address_and_nobody_elses(made):
    from panels.sessions.services import posting

    session = panel_sessions.held(made)
    panel_sessions.document(made)
    one = made.members()[0]
    with panel_sessions.after(session):
        presence.mark_sheet(actor=made.facilitator, session=session, half_day=1, present={1})
        stipends.validate(actor=made.facilitator, session=session)
        other = panel_sessions.prepared(made, days=4, title="La suite")
        panel_sessions.heard(made, other)
        from panels.sessions.services import planning

        planning.announce(actor=made.facilitator, session=other)
        drain_outbox()
        said = {
            "agenda": (other.reference, "Un café, puis le tour de la salle."),
            "document": (Document.objects.get().reference, "une heure d’attente le lundi"),
            "hearings": ("all", "Guichetière depuis vingt ans"),
            "statement": ("all", "En tout"),
        }
        for kind, (key, words) in said.items():
            printed = posting.print_letters(actor=made.organiser, panel=made.panel, kind=kind, key=key, members=[one])
            assert words in printed.html and "30000 Marvenne" in printed.html, kind
            assert printed.html.count('class="address"') == 1


def test_a_member_supports_nothing_of_another_panel(made):
    other = panel_sessions.working(slug="ailleurs")
    asked = hearing.ask_to_hear(membership=other.members()[0], who="Quelqu’un", reason="Pour savoir.")
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        hearing.support_request(membership=made.members()[0], request=asked, supports=True)


def test_the_desk_says_who_gets_letters_and_who_has_no_address(as_, made):
    one, two, *_others = made.members()
    members.name_badge(membership=one, shown_name="Rose", by_post=True)
    contact = vault.open_contact(two.candidate.contact.ciphertext)
    CandidateContact.objects.filter(candidate=two.candidate).update(
        ciphertext=vault.close_contact(replace(contact, address=""))
    )
    here = address(made.panel, "posting")
    team = as_(made.organiser)
    assert "1. Rose" in text_of(team.get(here)) and "pas connue" not in text_of(team.get(here))
    assert not AuditEntry.objects.filter(verb="panels.members_addresses_checked").exists()

    said = text_of(team.post(here))
    assert "leur adresse n'est pas connue" in said and f"2. {two.label}" in said
    assert AuditEntry.objects.filter(verb="panels.members_addresses_checked").count() == 1
    CandidateContact.objects.filter(candidate=two.candidate).update(ciphertext=vault.close_contact(contact))
    assert "Chaque membre a une adresse connue." in text_of(team.post(here))
    for who in (made.facilitator, made.guarantor, one.candidate.account):
        assert as_(who).post(here).status_code == 404
    agenda = panel_sessions.announced(made)
    assert "1. Rose (tout par courrier)" in text_of(
        team.get(address(made.panel, "letters", kind="agenda", key=agenda.reference))
    )
