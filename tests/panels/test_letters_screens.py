"""Letters on screen: a file read then confirmed, the work and its files, printed, posted, brought back."""

import re

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from panels import jobs, letter_files
from panels.enums import TeamRole
from panels.models import Invitation, InvitationBatch
from panels.services import letters, preparing, printing
from src.foundations import runs
from src.foundations.models import AuditEntry, JobRun
from src.foundations.testing import drain_outbox, forget_effects
from src.foundations.uploads import PrivateStorage
from tests.factories import panels as make
from tests.factories.directory import AgentFactory

from .screens import as_, text_of

pytestmark = pytest.mark.django_db
HERE = "/panels/atelier/accueil/courriers/"


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path


def sent(made, content: bytes, on="electeurs") -> dict:
    return {"source_list": made.lists[on].pk, "file": SimpleUploadedFile("tirage.csv", content)}


def carried(answer) -> str:
    return re.search(r'name="fichier" value="([^"]+)"', answer.content.decode())[1]


def test_a_file_is_read_then_confirmed_then_made_and_drawn():
    made = make.prepared()
    client = as_(made.organiser)

    read = client.post(HERE, sent(made, make.address_file(3)))
    nothing_yet = InvitationBatch.objects.count()
    confirmed = client.post(f"{HERE}confirmer/", {"fichier": carried(read)})
    twice = client.post(f"{HERE}confirmer/", {"fichier": carried(read)})
    batch = InvitationBatch.objects.get()
    here = f"{HERE}{batch.pk}/"
    while_working = text_of(client.get(here))
    drain_outbox()
    made_page = text_of(client.get(here))
    asked = [client.post(f"{here}travail/").status_code for _turn in range(2)]
    runs = JobRun.objects.filter(name="panels.print").count()
    drain_outbox()
    page = text_of(client.get(here))
    file = client.get(f"{here}fichiers/1/")

    assert (read.status_code, nothing_yet) == (200, 0)
    assert "3 personnes" in text_of(read)
    assert (confirmed.status_code, confirmed.url, twice.status_code) == (303, here, 303)
    assert "0 lettres faites sur 3" in while_working
    assert "Dessiner les fichiers à imprimer" in made_page
    assert (asked, runs) == ([303, 303], 1)
    assert "Lettres 1 à 3" in page
    assert (file.status_code, file["Cache-Control"]) == (200, "private, no-store")
    assert file["Content-Disposition"].startswith("attachment")
    # The codes of a file are in clear: who took it away is in the journal.
    taken = AuditEntry.objects.get(verb="panels.letters_taken")
    assert (taken.object_ref, taken.payload) == (f"panel:accueil/batch:{batch.reference}", {"part": 1})


def test_a_letter_is_one_page_with_its_address_its_code_and_whom_to_call(tmp_path):
    made = make.recruiting()
    codes = make.Made.print_letters(made, 2, mailed=False)
    client = as_(made.organiser)
    here = f"{HERE}{made.batch.pk}/"
    client.post(f"{here}travail/")
    drain_outbox()
    (tmp_path / "part.pdf").write_bytes(client.get(f"{here}fichiers/1/").content)

    pages = pypdf.PdfReader(tmp_path / "part.pdf").pages
    places = []
    pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: (
            places.append((text, (cm[4], cm[5]), tm)) if text.strip() else None
        )
    )
    told = [" ".join(page.extract_text().split()) for page in pages]

    assert len(told) == 2
    for number, words in enumerate(told, 1):
        assert f"Personne {number}" in words and "30000 Marvenne" in words
        code = codes[number - 1]
        assert words.count(f"{code[:4]}-{code[4:8]}-{code[8:]}") == 2
        for kept in ("Malika Soares", "04 00 00 00 00", "/panels/inscription/", "Coupon-réponse"):
            assert kept in words, kept
    on_disk = b"".join(path.read_bytes() for path in (tmp_path / letter_files.FOLDER).rglob("*") if path.is_file())
    assert b"%PDF" not in on_disk and codes[0].encode() not in on_disk


def test_every_fault_of_a_file_is_told_by_its_line():
    made = make.prepared()
    content = b"nom;adresse;code postal;commune\n;1 rue A;30000;Ville\nAnne;2 rue A;300;Ville\nPaul;3 rue A;30000;\n"

    answer = as_(made.organiser).post(HERE, sent(made, content))
    words = text_of(answer)

    assert (answer.status_code, InvitationBatch.objects.count()) == (422, 0)
    for fault in ("le nom manque", "le code postal", "la ville manque"):
        assert fault in words, words


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "Ce fichier est vide."), (b"\x00\xff\x00", "n'a pas de colonne"), (b"a;b\n1;2\n", "n'a pas de colonne")],
)
def test_what_is_no_such_file_is_refused_in_words(content, words):
    made = make.prepared()

    answer = as_(made.organiser).post(HERE, sent(made, content))

    assert (answer.status_code, words in text_of(answer)) == (422, True), text_of(answer)


def test_a_confirmation_is_of_the_person_who_read_the_file_and_of_its_panel():
    made, other = make.prepared(), make.prepared(slug="autre")
    colleague = AgentFactory()
    preparing.name_to_team(actor=made.administrator, panel=made.panel, person=colleague, role=TeamRole.ORGANISER)
    value = carried(as_(made.organiser).post(HERE, sent(made, make.address_file(1))))
    elsewhere = "/panels/atelier/autre/courriers/confirmer/"

    answers = [
        as_(other.organiser).post(elsewhere, {"fichier": value}),
        as_(made.as_now(colleague)).post(f"{HERE}confirmer/", {"fichier": value}),
        as_(made.organiser).post(f"{HERE}confirmer/", {"fichier": value[:-8] + "AAAAAAA="}),
        as_(made.organiser).post(f"{HERE}confirmer/", {}),
    ]

    assert [one.status_code for one in answers] == [409] * 4
    assert InvitationBatch.objects.count() == 0


def test_printed_posted_and_brought_back_each_once(django_capture_on_commit_callbacks):
    made = make.recruiting()
    made.print_letters(5, mailed=False)
    client = as_(made.organiser)
    here = f"{HERE}{made.batch.pk}/"
    client.post(f"{here}travail/")
    drain_outbox()

    too_soon = client.post(f"{here}postes/")
    asked = text_of(client.get(f"{here}imprimes/"))
    printed = [client.post(f"{here}imprimes/").status_code for _turn in range(2)]
    client.get(f"{here}postes/")
    with django_capture_on_commit_callbacks(execute=True):
        mailed = [client.post(f"{here}postes/").status_code for _turn in range(2)]
    gone = client.get(f"{here}fichiers/1/")
    drawn_again = client.post(f"{here}travail/")
    wrong = client.post(f"{here}retours/", {"numbers": "2, 9, x, 4-3"})
    right = client.post(f"{here}retours/", {"numbers": "2, 4-5"})

    assert (too_soon.status_code, "Toutes ces lettres sont-elles imprimées" in asked) == (409, True)
    assert (printed, mailed) == ([303, 409], [303, 409])
    assert (gone.status_code, drawn_again.status_code) == (404, 409)
    assert letter_files.made(made.batch) == []
    assert wrong.status_code == 422 and "9, x, 4-3" in text_of(wrong)
    assert right.status_code == 303
    assert Invitation.objects.filter(state="returned").count() == 3


def test_nobody_but_the_organisers_of_this_panel_meets_the_letters():
    made, other = make.recruiting(), make.recruiting(slug="autre")
    made.print_letters(1, mailed=False)
    here = f"{HERE}{made.batch.pk}/"
    as_(made.organiser).post(f"{here}travail/")
    drain_outbox()
    pages = [HERE, here, f"{here}fichiers/1/", f"{here}imprimes/", f"{here}postes/"]
    posts = [HERE, f"{HERE}confirmer/", f"{here}travail/", f"{here}imprimes/", f"{here}postes/", f"{here}retours/"]

    for person in (made.facilitator, made.guarantor, made.keeper, made.administrator, other.organiser, AgentFactory()):
        client = as_(person)
        assert {client.get(one).status_code for one in pages} == {404}
        assert {client.post(one).status_code for one in posts} == {404}
    assert {as_(None).get(one).status_code for one in pages} == {302}
    crossed = as_(other.organiser).get(f"/panels/atelier/autre/courriers/{made.batch.pk}/fichiers/1/")
    assert crossed.status_code == 404
    assert letters.InvitationBatch.objects.get().printed_at is None


def test_letters_posted_while_they_are_drawn_leave_nothing(django_capture_on_commit_callbacks, monkeypatch):
    made = make.recruiting()
    made.print_letters(3, mailed=False)
    letters.mark_printed(actor=made.organiser, batch=made.batch)

    def posted_meanwhile(batch, part):
        with django_capture_on_commit_callbacks(execute=True):
            letters.mark_mailed(actor=made.organiser, batch=batch)
        return b"%PDF with codes"

    monkeypatch.setattr(printing, "draw", posted_meanwhile)

    assert printing.draw_parts(batch=made.batch) == 0
    assert letter_files.made(made.batch) == []


def test_a_worker_that_takes_over_draws_neither_twice_nor_short(monkeypatch):
    """From the part where the other one died: what it kept stays, what isn't there is drawn."""
    monkeypatch.setattr(letter_files, "PART", 2)
    made = make.recruiting()
    made.print_letters(7, mailed=False)
    drawn = []

    def draw(batch, part):
        if len(drawn) == 2:
            raise KeyboardInterrupt
        drawn.append(part)
        return f"part {part}".encode()

    monkeypatch.setattr(printing, "draw", draw)
    run = printing.ask_work(actor=made.organiser, batch=made.batch)
    with pytest.raises(KeyboardInterrupt):
        jobs.draw_letters(run_id=str(run.pk), batch=made.batch.reference)
    assert (drawn, runs.reached(run.pk)) == ([1, 2], 2)
    PrivateStorage().delete(letter_files._name(made.batch, 1))
    drawn[:] = []
    monkeypatch.setattr(printing, "draw", lambda batch, part: drawn.append(part) or f"part {part}".encode())
    jobs.draw_letters(run_id=str(run.pk), batch=made.batch.reference)

    assert drawn == [1, 3, 4]
    assert [letter_files.read(made.batch, part) for part in letter_files.parts_of(made.batch)] == [
        b"part 1", b"part 2", b"part 3", b"part 4",
    ]  # fmt: skip
    forget_effects()
    drawn[:] = []
    again = printing.ask_work(actor=made.organiser, batch=made.batch)
    jobs.draw_letters(run_id=str(again.pk), batch=made.batch.reference)
    assert drawn == [1, 2, 3, 4]
    forget_effects()


def test_a_part_is_drawn_by_pieces_in_the_order_of_its_letters(monkeypatch, tmp_path):
    monkeypatch.setattr(printing, "PIECE", 2)
    monkeypatch.setattr(letter_files, "PART", 3)
    made = make.recruiting()
    made.print_letters(5, mailed=False)

    printing.draw_parts(batch=made.batch)

    told = []
    for part in letter_files.made(made.batch):
        (tmp_path / "part.pdf").write_bytes(letter_files.read(made.batch, part))
        told.append([page.extract_text() for page in pypdf.PdfReader(tmp_path / "part.pdf").pages])
    assert [len(pages) for pages in told] == [3, 2]
    assert all(f"Personne {number}\n" in words for number, words in enumerate(sum(told, []), 1))


def test_numbers_that_no_batch_has_are_nowhere():
    made = make.recruiting()
    made.print_letters(1)
    client = as_(made.organiser)

    for address in (
        f"{HERE}{10**30}/",
        f"{HERE}{made.batch.pk}/fichiers/{10**30}/",
        f"{HERE}{made.batch.pk}/fichiers/0/",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"/panels/atelier/accueil/appels/{10**30}/", {"outcome": "yes"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_letters_costs_the_same(count, django_assert_num_queries):
    made = make.recruiting()
    for _turn in range(count):
        made.print_letters(1)
    client = as_(made.organiser)
    client.get(HERE)
    with django_assert_num_queries(STATEMENTS):
        client.get(HERE)


STATEMENTS = 7
