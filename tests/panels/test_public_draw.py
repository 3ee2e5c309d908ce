"""What everybody reads of a sealed draw, downloads of it and checks alone: the exact bytes, their own receipt."""

import io
import json
import logging
import subprocess
import sys
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from panels import proof, receipts
from panels.enums import CandidateState
from panels.models import Candidate, Draw, Receipt, Seat
from panels.pool import people_of
from panels.services import candidates, drawing, seats
from panels.services.candidates import read_receipt
from panels.services.drawing import entries_of, files_of
from src.foundations import clock, documents, gates
from tests.factories import panels as make

from .test_draw_screens import DAY, at, made_draw, text_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.leaves_effects("what guarantors are told is in test_telling"),
]
NAMES = [
    proof.LEAVES, proof.QUOTAS, proof.TABLE, proof.MANIFEST, proof.SEAL, proof.CERTIFICATION, proof.SUBSTITUTIONS,
    proof.SCRIPT,
]  # fmt: skip


def receipts_of(draw):
    """The receipts of those in the draw, as each person holds theirs."""
    return proof.receipts_of(entries_of(draw.panel, people_of(draw.panel, CandidateState.values)))


def downloaded(client, draw, folder):
    """The published files in a folder, one by one from their links."""
    page = client.get(at("public_draw", draw)).content.decode()
    for name in NAMES:
        url = at("draw_file", draw, name=name)
        assert url in page
        (folder / name).write_bytes(client.get(url).content)
    return folder


def verified(folder, *options):
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, str(folder / proof.SCRIPT), str(folder), *options], capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode()


def test_what_was_sealed_is_read_by_everybody_before_the_row_is_known(client):
    _made, draw = make.sealed()
    page = client.get(at("public_draw", draw))
    told = text_of(page)

    assert page.status_code == 200
    assert "Un minimum, et la borne à côté" in told and "leximin" not in told.lower()
    assert all(words in told for words in ("Ce que donne chaque quota", "100 sur 100", "L'ordre des événements"))
    assert all(f">{group}</li>" in told for group in proof.seal_words(draw.seal)[0].split(" "))
    assert "Malika Soares" in told and "04 00 00 00 00" in told
    assert client.get(at("draw_file", draw, name=proof.CERTIFICATION)).status_code == 404


def test_each_file_is_the_exact_bytes_under_its_own_kind(client, tmp_path):
    _made, draw = make.certified()
    kept = files_of(draw)
    expected = {
        proof.LEAVES: (kept["leaves"], "text/plain; charset=utf-8"),
        proof.TABLE: (kept["table"], "text/plain; charset=utf-8"),
        proof.QUOTAS: (kept["quotas"], "application/json; charset=utf-8"),
        proof.MANIFEST: (draw.manifest.encode(), "application/json; charset=utf-8"),
        proof.SEAL: (proof.seal_file(draw.seal), "text/plain; charset=utf-8"),
        proof.CERTIFICATION: (draw.certification.encode(), "application/json; charset=utf-8"),
        proof.SCRIPT: (proof.script(), "text/x-python; charset=utf-8"),
    }
    for name, (content, kind) in expected.items():
        answer = client.get(at("draw_file", draw, name=name))
        assert (answer.content, answer["Content-Type"]) == (content, kind), name
        assert name in answer["Content-Disposition"]
    packed = zipfile.ZipFile(io.BytesIO(client.get(at("draw_folder", draw)).content))
    assert packed.namelist() == NAMES and packed.read(proof.TABLE) == kept["table"]
    for name in ("profils.json", "annulation.json", "autre.txt", "..%2Fsecret.txt"):
        assert client.get(at("draw_file", draw, name="x").replace("x", name)).status_code == 404


def test_a_byte_changed_in_a_downloaded_file_is_told_by_its_name(client, tmp_path):
    made, draw = make.certified()
    seat = left(made)
    seats.substitute_next(actor=made.facilitator, seat=seat)
    folder = downloaded(client, draw, tmp_path)

    assert verified(folder, "--seal", draw.seal)[0] == 0
    for name in NAMES[:-1]:
        content = (folder / name).read_bytes()
        place = len(content) // 2
        (folder / name).write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        code, said = verified(folder, "--seal", draw.seal)
        assert code == 1 and f"FAUX  {name}" in said, (name, said)
        (folder / name).write_bytes(content)
    assert verified(folder, "--seal", draw.seal)[0] == 0


def left(made):
    seat = Seat.objects.filter(holder__isnull=False).select_related("holder").first()
    candidates.withdraw(candidate=seat.holder, actor=made.facilitator)
    return Seat.objects.select_related("panel", "left_by").get(pk=seat.pk)


def test_guarantors_check_on_site_with_the_command(as_, client, tmp_path, capsys):
    made, draw = make.certified()
    folder = downloaded(client, draw, tmp_path)
    content = as_(made.guarantor).post(at("profiles", draw), {"reason": "Relecture sur place"}).content
    (tmp_path / "profils.json").write_bytes(content)

    call_command("draw_verify", str(folder), profiles=str(tmp_path / "profils.json"), seal=draw.seal)
    assert "100 panels relus" in capsys.readouterr().out
    table = folder / proof.TABLE
    table.write_bytes(table.read_bytes().replace(b"P-", b"Q-", 1))
    with pytest.raises(SystemExit) as ended:
        call_command("draw_verify", str(folder), seal=draw.seal)
    assert ended.value.code == 1 and "FAUX  tableau.txt" in capsys.readouterr().out


def test_a_volunteer_checks_their_paper_receipt_and_counts_their_chance(client):
    _made, draw = make.certified()
    table = proof.read_table(files_of(draw)["table"])
    for receipt in receipts_of(draw)[:4]:
        answer = client.post(at("verify", draw), {"receipt": receipt.as_text()})
        told = text_of(answer)
        times = sum(receipt.ticket in row for row in table)
        assert answer.status_code == 200 and "scellé tel que vous l'avez" in told
        assert f"vous êtes dans {times} panels sur 100" in told and receipt.check in told
        seated = receipt.ticket in table[draw.row]
        rank = None if seated else Candidate.objects.get(ticket=receipt.ticket).reserve_rank
        assert ("le sort vous désigne" in told) if seated else (f"numéro {rank} de sa réserve" in told)
        assert receipt.as_text().split("Nombre ")[1][:9] not in told


def test_the_receipt_given_at_registration_is_the_one_that_is_checked(client):
    _made, draw = make.sealed()
    for one in Candidate.objects.select_related("panel", "source_list", "profile", "receipt", "household")[:3]:
        answer = client.post(at("verify", draw), {"receipt": receipts.text_of(one, read_receipt(one))})
        assert "scellé tel que vous l'avez" in text_of(answer)


def lowered(text):
    """In small letters, but the values: they are what was sealed."""
    return "\n".join(one if one.startswith(("Profil", "Foyer")) else one.lower() for one in text.splitlines())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lowered,
        lambda text: text.replace("Ticket ", "  TICKET: ").replace("Contrôle", "controle"),
        lambda text: text.replace("\n", "\r\n").replace(" = ", "\u00a0= "),
    ],
)
def test_typed_as_people_type(client, change):
    _made, draw = make.sealed()
    answer = client.post(at("verify", draw), {"receipt": change(receipts_of(draw)[0].as_text())})
    assert answer.status_code == 200 and "scellé tel que vous l'avez" in text_of(answer)


def test_the_file_of_a_receipt_is_checked_to_the_root(client):
    _made, draw = make.sealed()
    receipt = receipts_of(draw)[2]
    sent = SimpleUploadedFile("recu.json", receipt.as_json())
    assert "scellé tel que vous l'avez" in text_of(client.post(at("verify", draw), {"file": sent}))
    other = json.loads(receipt.as_json()) | {"path": list(reversed(receipt.path))}
    sent = SimpleUploadedFile("recu.json", proof.canonical.written(other))
    assert "n'est pas ce que dit votre reçu" in text_of(client.post(at("verify", draw), {"file": sent}))
    sent = SimpleUploadedFile("recu.json", receipt.as_json()[:-20])
    wrong = client.post(at("verify", draw), {"file": sent})
    assert wrong.status_code == 422 and "n'est pas un reçu" in text_of(wrong)


def test_what_wasnt_sealed_is_told_with_whom_to_call(client):
    _made, draw = make.sealed()
    receipt = receipts_of(draw)[0]
    liar = proof.receipts_of([proof.Entry(receipt.ticket, {"genre": "femme"}, b"\1" * 16, "")])[0]
    told = text_of(client.post(at("verify", draw), {"receipt": liar.as_text()}))
    assert "n'est pas ce que dit votre reçu" in told and "04 00 00 00 00" in told
    outside = proof.receipts_of([proof.Entry("P-ZZZZZ", {"genre": "femme"}, b"\1" * 16, "")])[0]
    told = text_of(client.post(at("verify", draw), {"receipt": outside.as_text()}))
    assert "n'est pas parmi ceux qui sont scellés" in told


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Tapez votre reçu"),
        ("bonjour", "ne peut pas être lu"),
        ("Ticket P-1\nNombre \U0001f600\nContrôle x", "ne peut pas être lu"),
        ("x" * 9000, "plus long qu'un reçu"),
        ('Ticket P-1\nNombre 0\nProfil "\nContrôle 1', "ne peut pas être lu"),
    ],
)
def test_what_isnt_a_receipt_is_told_in_words(client, typed, words):
    _made, draw = make.sealed()
    answer = client.post(at("verify", draw), {"receipt": typed})
    assert answer.status_code == 422 and words in text_of(answer)


def test_nothing_typed_is_kept_or_logged(client, caplog, monkeypatch):
    monkeypatch.setattr(gates, "BY_NETWORK", (3, 60))
    _made, draw = make.sealed()
    receipt = receipts_of(draw)[0]
    number = receipt.as_text().split("Nombre ")[1].split("\n")[0]
    with caplog.at_level(logging.INFO):
        answer = client.post(at("verify", draw), {"receipt": receipt.as_text()}, REMOTE_ADDR="203.0.113.7")
        for _turn in range(4):
            late = client.post(at("verify", draw), {"receipt": receipt.as_text()}, REMOTE_ADDR="203.0.113.7")
            if late.status_code == 429:
                break
    assert late.status_code == 429 and receipt.ticket not in text_of(late)
    heard = "\n".join(str(vars(record)) for record in caplog.records)
    assert receipt.ticket not in heard and number not in heard and "203.0.113" not in heard
    assert number not in text_of(answer) and "no-store" in answer["Cache-Control"]
    assert answer.wsgi_request.leaves_no_network and answer.wsgi_request.keeps_nothing_typed


def test_the_ceremony_is_read_by_everybody_at_each_step(client, as_):
    made, draw = make.sealed()
    url = at("ceremony", draw)
    told = text_of(client.get(url))
    assert "2. Un nombre public sort" in told and "Écrire ce qui est sorti" not in told
    with time_machine.travel(clock.now() + DAY, tick=False):
        assert "Écrire ce qui est sorti" in text_of(as_(made.organiser).get(url))
        drawing.reveal_draw(actor=made.organiser, draw=draw, value=make.PUBLIC_NUMBER)
        told = text_of(client.get(url))
        assert make.PUBLIC_NUMBER in told and "Certifier le tirage" not in told
        found = Draw.objects.get()
        assert proof.read_table(files_of(found)["table"])[found.row][0] in told
        assert "Certifier le tirage" in text_of(as_(made.guarantor).get(url))


def test_minutes_have_seal_fingerprints_witnesses_void_draws_and_the_last_record(client, monkeypatch):
    monkeypatch.setattr(documents, "pdf", lambda html: (_ for _ in ()).throw(documents.PdfUnavailable("none")))
    made = make.pooled(20, seats=4)
    drawing.void_draw(actor=made.organiser, draw=made_draw(made, rows=20), because="Un quota était faux.")
    draw = drawing.seal_draw(
        actor=made.organiser, draw=made_draw(made), beacon="public_number", beacon_name="Loto",
        beacon_on=clock.today() + DAY, no_chance_because="Les quotas.",
    )  # fmt: skip
    before = text_of(client.get(at("minutes", draw)))
    assert proof.seal_words(draw.seal)[0] in before and "Un quota était faux." in before
    assert "Signatures, avant que la ligne soit connue" in before
    with time_machine.travel(clock.now() + DAY, tick=False):
        drawing.reveal_draw(actor=made.organiser, draw=draw, value=make.PUBLIC_NUMBER)
        assert make.PUBLIC_NUMBER in text_of(client.get(at("minutes", draw)))
        drawing.certify_draw(actor=made.guarantor, draw=draw, place="Mairie", witnesses=[("Me Roux", "huissier")])
        seats.substitute_next(actor=made.facilitator, seat=left(made))
        after = text_of(client.get(at("minutes", draw)))
    last = proof.read_substitutions(client.get(at("draw_file", draw, name=proof.SUBSTITUTIONS)).content)[-1]["digest"]
    day = clock.today() + DAY
    assert f"{day.day} " in after.split("Mairie, ")[1][:6] and str(day.year) in after.split("Mairie, ")[1][:40]
    assert (
        last[:4] + " " + last[4:8] in after
        and "Me Roux (huissier)" in after
        and "Mairie, " in after
        and make.PUBLIC_NUMBER in after
    )


def test_before_the_seal_there_is_nothing_for_everybody(client, as_):
    made = make.pooled(20, seats=4)
    draw = made_draw(made)
    for name in ("public_draw", "ceremony", "minutes", "verify", "draw_folder"):
        assert client.get(at(name, draw)).status_code == 404
        assert as_(made.organiser).get(at(name, draw)).status_code == 404
    assert client.get(reverse("panels:public_draw", kwargs={"slug": "rien", "number": 1})).status_code == 404


def test_a_void_draw_stays_with_its_files(client):
    made, draw = make.sealed()
    drawing.void_draw(actor=made.organiser, draw=draw, because="Erreur de quota.")
    told = text_of(client.get(at("public_draw", draw)))
    assert told.count("Erreur de quota.") >= 2 and "Annulé" in told
    assert client.get(at("draw_file", draw, name=proof.VOID)).content == Draw.objects.get().void_record.encode()


def test_erased_numbers_change_nothing_of_what_is_published(client, tmp_path):
    _made, draw = make.certified()
    before = client.get(at("draw_folder", draw)).content
    Receipt.objects.update(nonce=None)
    assert client.get(at("draw_folder", draw)).content == before


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_page_costs_the_same_for_one_substitution_and_for_three(client, count, django_assert_num_queries):
    made, draw = make.certified(30, seats=6)
    for _turn in range(count):
        seats.substitute_next(actor=made.facilitator, seat=left(made))
    client.get(at("public_draw", draw))
    with django_assert_num_queries(6):
        answer = client.get(at("public_draw", draw))
    assert answer.context["substitutions"][count - 1][0] == str(count)
