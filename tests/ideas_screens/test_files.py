"""Several pictures and documents under an idea: five at most, described, in order, through the gate of the idea."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils.html import strip_tags

from ideas import services
from ideas.models import Idea, IdeaFile
from src.foundations import clock
from src.foundations.testing import forget_effects

from .test_photo import picture

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"


def office(part: str, name: str = "Nadia") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, f"<document>{name}</document>")
    return stream.getvalue()


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    return tmp_path


def sent(city, *words, **options):
    """An idea just sent, its effects aside."""
    idea = city.submitted(*words, **options)
    forget_effects()
    return idea


def here(idea) -> str:
    return f"/idees/{idea.reference}/fichiers/"


def add(client, idea, name="plan.jpg", data=None, alt="Le plan du portail"):
    upload = SimpleUploadedFile(name, picture() if data is None else data)
    return client.post(here(idea), {"part": "add", "file": upload, "alt": alt})


def alts(idea) -> list[str]:
    return list(IdeaFile.objects.filter(idea=idea).order_by("position").values_list("alt", flat=True))


def test_pictures_and_documents_are_shown_in_order_small_and_through_the_gate(city, as_):
    idea, author = sent(city), as_(city.author)
    for name, data, alt in (
        ("a.jpg", picture(), "Le portail"),
        ("b.pdf", PDF, "Le devis du banc"),
        ("c.docx", office("word/document.xml"), "Le compte rendu"),
        ("d.odt", office("content.xml"), "La liste des places"),
    ):
        assert add(author, idea, name, data, alt).status_code == 303

    page = as_(city.reader).get(f"/idees/{idea.reference}/").content.decode()
    first, devis = IdeaFile.objects.order_by("position")[:2]
    assert f'src="{here(idea)}{first.name}/?petite=1" alt="Le portail" loading="lazy"' in page
    assert "Le devis du banc" in page and "PDF" in page
    served = as_(city.reader).get(f"{here(idea)}{devis.name}/")
    assert b"".join(served.streaming_content) == PDF
    assert served["Content-Disposition"] == 'attachment; filename="le-devis-du-banc.pdf"'
    small = b"".join(as_(city.reader).get(f"{here(idea)}{first.name}/?petite=1").streaming_content)
    assert small[8:12] == b"WEBP"
    assert as_(None).get(f"{here(idea)}{devis.name}/").status_code == 404
    other = sent(city, "Un autre banc, plus loin du portail")
    assert as_(city.reader).get(f"{here(other)}{devis.name}/").status_code == 404
    Idea.objects.filter(pk=idea.pk).update(body_hidden=True)
    assert as_(city.reader).get(f"{here(idea)}{devis.name}/").status_code == 404


def test_moved_and_taken_away_after_a_confirmation(city, as_, folder):
    idea, author = sent(city), as_(city.author)
    for alt in ("Un", "Deux", "Trois"):
        add(author, idea, alt=alt)
    last = IdeaFile.objects.get(alt="Trois").name
    author.post(here(idea), {"part": "up", "file": last})
    assert alts(idea) == ["Un", "Trois", "Deux"]
    author.post(here(idea), {"part": "down", "file": IdeaFile.objects.get(alt="Un").name})
    author.post(here(idea), {"part": "up", "file": last})
    assert alts(idea) == ["Trois", "Un", "Deux"]

    asked = author.get(f"{here(idea)}?retirer={last}").content.decode()
    assert "Retirer ce fichier" in asked and len(alts(idea)) == 3
    files = len([path for path in folder.rglob("*") if path.is_file()])
    author.post(here(idea), {"part": "remove", "file": last})
    assert alts(idea) == ["Un", "Deux"]
    assert list(IdeaFile.objects.order_by("position").values_list("position", flat=True)) == [1, 2]
    assert files == 6


def test_a_sixth_is_refused_in_words_and_by_the_database(city, as_):
    idea, author = sent(city), as_(city.author)
    for number in range(5):
        add(author, idea, alt=f"Vue {number}")

    sixth = add(author, idea, alt="Vue de trop")

    assert sixth.status_code == 422 and "Cette idée a déjà 5 fichiers" in strip_tags(sixth.content.decode())
    for columns in ({"position": 6}, {"position": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IdeaFile.objects.create(idea=idea, file="ideas/x.jpg", alt="x", **columns)


@pytest.mark.parametrize(
    ("name", "data", "alt", "sentence"),
    [
        ("a.exe", b"MZ", "Un programme", "ni une image"),
        ("a.pdf", b"<html>", "Un devis", "n’est pas ce que dit son nom"),
        ("a.docx", office("word/vbaProject.bin"), "Un compte rendu", "n’est pas ce que dit son nom"),
        ("a.xlsx", office("xl/workbook.xml"), "Un tableau", "ni une image"),
        ("a.pdf", PDF, "", "Dites en une phrase"),
        ("a.pdf", PDF + b" " * 8 * 1024 * 1024 + b"%%EOF", "Un devis", "8 Mo"),
    ],
)
def test_a_refused_file_says_what_to_do_and_keeps_the_words(city, as_, name, data, alt, sentence, folder):
    idea = sent(city)

    refused = add(as_(city.author), idea, name, data, alt)

    assert refused.status_code == 422
    assert sentence in refused.content.decode() and alt in refused.content.decode()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_no_document_under_a_protected_name_anywhere(city, as_):
    idea = city.protected()
    author = type(city.author).objects.get(pk=city.author.pk)
    page = as_(city.author).get(here(idea)).content.decode()
    assert ".pdf" not in page and "Pas de document" in page

    refused = add(as_(city.author), idea, "a.pdf", PDF)
    assert refused.status_code == 422 and "envoyez une photo de la page" in refused.content.decode()
    with pytest.raises(ValidationError):
        services.add_document(idea=idea, actor=author, upload=SimpleUploadedFile("a.pdf", PDF), alt="Le devis")
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaFile.objects.create(idea=idea, kind="document", file="ideas/x.pdf", alt="Le devis")
    assert add(as_(city.author), idea).status_code == 303
    kept = IdeaFile.objects.get()
    monday = clock.week_start_moment().timestamp()
    assert {Path(file.path).stat().st_mtime for file in (kept.file, kept.small)} == {monday}


def test_its_author_alone_and_not_after_the_answer(city, as_):
    idea = sent(city)
    assert as_(city.reader).get(here(idea)).status_code == 403
    assert add(as_(city.reader), idea).status_code == 403
    decided = city.decided()
    assert as_(city.author).get(here(decided)).status_code == 403
    assert not IdeaFile.objects.exists()
