"""The public page: it repeats each line that was printed, so that a changed paper or file shows."""

import io
import re

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import strip_tags

from src.foundations import clock, documents, personal_data, ratelimit
from src.foundations.models import AuditEntry
from tests.factories import training_attestations as made
from tests.factories.directory import AgentFactory
from trainings.attestations import drawing
from trainings.attestations.services import print_one
from trainings.ledger import registry
from trainings.ledger.services import revoke

pytestmark = pytest.mark.django_db
VERIFY = reverse("trainings_attestations:verify")
needs_pdf = pytest.mark.skipif(bool(documents.pdf_available()), reason="Pango is missing here (30/11/2026)")


@pytest.fixture
def printed():
    return made.printed()


def address(code) -> str:
    return reverse("trainings_attestations:verified", kwargs={"code": code})


def words(response) -> str:
    return " ".join(strip_tags(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ").split())


def lines_of(pdf: bytes) -> str:
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_page_repeats_every_line_without_an_account(client, printed):
    row = printed.row

    response = client.get(address(row.attestation.code))

    text = words(response)
    assert response.status_code == 200
    day = f"{row.completed_on.day} " if row.completed_on.day > 1 else "1er "
    for said in (row.name, row.title, "90 minutes", "version 1", row.attestation.spaced_code, day, "sans terme",
                 "édition n° 1", "Cette attestation est valable"):  # fmt: skip
        assert said in text, said
    assert response["X-Robots-Tag"].startswith("noindex") and "no-store" in response["Cache-Control"]
    assert not AuditEntry.objects.filter(verb__startswith="trainings.attestations_").exists()


@pytest.mark.parametrize("between", ["-", " ", "", " - "])
def test_a_code_is_read_however_it_is_typed(client, printed, between):
    code = printed.row.attestation.code
    typed = between.join([code[:4], code[4:8].lower(), code[8:]])

    response = client.get(VERIFY, {"code": typed})

    assert (response.status_code, response["Location"]) == (303, address(code))


def test_a_slip_of_the_tongue_is_told_and_an_unknown_code_is_nowhere(client, printed):
    from trainings.attestations.codes import new_code

    code = printed.row.attestation.code
    wrong = ("3" if code[0] != "3" else "4") + code[1:]

    assert "un signe a été mal lu" in words(client.get(VERIFY, {"code": wrong}))
    assert "n’est dans aucun code" in words(client.get(VERIFY, {"code": "0" + code[1:]}))
    assert client.get(address(new_code())).status_code == 404
    assert client.get(address("nadia-belkacem")).status_code == 404


def test_no_name_finds_anybody(client, printed):
    for typed in ("Nadia Belkacem", "Belkacem", printed.row.attestation.completion.agent.username):
        response = client.get(VERIFY, {"code": typed, "nom": "Belkacem", "q": "Belkacem"})
        assert response.status_code == 422
        assert printed.row.attestation.spaced_code not in words(response)


def test_it_says_revoked_on_the_day_and_never_why(client, printed):
    completion = printed.row.attestation.completion
    revoke(completion=completion, reason="Fraude au quiz", actor=AgentFactory())

    text = words(client.get(address(printed.row.attestation.code)))

    assert "a été révoquée" in text and "Fraude" not in text


def test_it_says_expired_by_what_is_known_today(client, printed, monkeypatch):
    yesterday = clock.today() - __import__("datetime").timedelta(days=1)
    monkeypatch.setattr(registry, "_ends", [lambda rows: {row.pk: yesterday for row in rows}])

    text = words(client.get(address(printed.row.attestation.code)))

    assert "a expiré" in text and "le dernier jour est devenu" in text


def test_an_erased_person_is_named_no_more(client, printed):
    personal_data.erase(printed.row.attestation.completion.agent)

    text = words(client.get(address(printed.row.attestation.code)))

    assert "Belkacem" not in text and "effacé à la demande de la personne" in text


def test_two_names_under_one_code_are_both_told(client, printed):
    completion = printed.row.attestation.completion
    completion.agent.last_name = "Haddad"
    completion.agent.save()
    completion.refresh_from_db()
    print_one(completion=completion, actor=completion.agent)

    text = words(client.get(address(printed.row.attestation.code)))

    assert text.index("Nadia Haddad") < text.index("papier antérieur") < text.index("Nadia Belkacem")


@needs_pdf
def test_an_edited_pdf_differs_from_its_page_and_its_file_is_told(client, printed):
    """Glyphs changed in the file itself: « 90 minutes » reads « 99 minutes »; the page still says 90."""
    url = address(printed.row.attestation.code)
    edited = with_glyphs_changed(printed.content, "90", "99")

    was, now, page = lines_of(printed.content), lines_of(edited), words(client.get(url))
    same = client.post(url, {"file": SimpleUploadedFile("a.pdf", printed.content)})
    other = client.post(url, {"file": SimpleUploadedFile("a.pdf", edited)})

    assert "90 minutes" in was and "99 minutes" in now
    assert "90 minutes" in page and "99 minutes" not in page
    assert "exactement celui que la Ville a produit" in words(same)
    assert "n’est pas celui que la Ville a produit" in words(other)


def with_glyphs_changed(pdf: bytes, before: str, after: str) -> bytes:
    """What a forger does with an editor: other glyphs of the same font, in the stream of the page."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf))
    page = writer.pages[0]
    data = page.get_contents().get_data()
    changed = False
    for font in page["/Resources"]["/Font"].values():
        cmap = font.get_object()["/ToUnicode"].get_data().decode("latin-1")
        glyphs = {}
        for glyph, sign in re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]{4})>", cmap):
            glyphs[chr(int(sign, 16))] = glyph.lower()
        if not set(before + after + "minutes") <= glyphs.keys():
            continue
        pair = [glyphs[sign].encode() for sign in before]
        between = rb"(>[^<\]]*<)"
        pattern = rb"(?i)<" + pair[0] + between + pair[1]
        new = [glyphs[sign].encode() for sign in after]
        data, count = re.subn(pattern, rb"<" + new[0] + rb"\g<1>" + new[1], data, count=1)
        changed = changed or bool(count)
    assert changed, "the glyphs weren't found"
    stream = pypdf.generic.StreamObject()
    stream.set_data(data)
    page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_files_too_heavy_or_empty_are_refused_in_words(client, printed):
    url = address(printed.row.attestation.code)

    empty = client.post(url, {"file": SimpleUploadedFile("a.pdf", b"")})
    nothing = client.post(url)
    heavy = client.post(url, {"file": SimpleUploadedFile("a.pdf", b"x" * (4 * 1024 * 1024 + 1))})

    assert [one.status_code for one in (empty, nothing, heavy)] == [422, 422, 422]
    assert "dépasse 4 Mo" in words(heavy)


def test_the_page_is_rate_limited(client, printed):
    ratelimit.forget_memory()

    found = [client.get(address(printed.row.attestation.code)).status_code for _turn in range(80)]

    assert found[0] == 200 and found[-1] == 429


def test_statements_do_not_grow_with_prints(client, printed, django_assert_num_queries):
    url = address(printed.row.attestation.code)
    with django_assert_num_queries(6):
        client.get(url)
    row = printed.row
    for number in (2, 3):
        row.pk, row.number = None, number
        row.save(force_insert=True)
    with django_assert_num_queries(6):
        client.get(url)


def test_the_sheet_leads_to_the_page(printed):
    sheet = drawing.sheet_of(printed.row)

    assert sheet.address.endswith(address(printed.row.attestation.code))
