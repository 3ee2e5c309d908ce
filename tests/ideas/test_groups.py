"""The text of a group: signed with its name, its spokesperson named, its document made anew and given to who may."""

import io

import pypdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from ideas import services
from ideas.models import Idea, IdeaGroup
from src.foundations import uploads
from src.foundations.testing import drain_outbox
from src.participation.enums import Visibility
from tests.factories.directory import AgentFactory, SiteFactory
from tests.factories.ideas import BODY, BoxFactory, IdeaFactory

HERE = "/idees/deposer/groupe/"
TITLE = "Un banc à l'abri près du portail"


def pdf(*, pages=1, author="", script=False, attached=b"", note="", password="") -> bytes:
    writer = pypdf.PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(200, 200)
    if author:
        writer.add_metadata({"/Author": author})
    if attached:
        writer.add_attachment("tableau.txt", attached)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(action))
    if note:
        writer.add_annotation(0, FreeText(text=note, rect=(10, 10, 90, 90)))
    if password:
        writer.encrypt(password)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def sent(data: bytes, name="doléances.pdf"):
    return SimpleUploadedFile(name, data, "application/pdf")


def as_(user) -> Client:
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


@pytest.fixture
def nadia(db):
    return AgentFactory(first_name="Nadia", last_name="Benali", unit=SiteFactory(), job_title="conductrice")


@pytest.fixture
def box(db):
    return BoxFactory()


def form(box, **changes):
    return {
        "boite": box.slug, "kind": "union", "name": "Section syndicale des dépôts", "body": BODY, "title": TITLE,
        "document": sent(pdf(author="CANARI Auteur")), "document_title": "Nos douze demandes", "agreed": "on",
    } | changes  # fmt: skip


def test_a_group_signs_somebody_speaks_for_it_and_its_document_is_given(box, nadia):
    response = as_(nadia).post(HERE, form(box))

    idea = Idea.objects.get()
    assert response.status_code == 303 and idea.reference in response["Location"]
    assert (idea.identity_mode, idea.signature, idea.signed_as, idea.author_id) == (
        "named", "group", "Section syndicale des dépôts", nadia.pk,
    )  # fmt: skip
    assert (idea.group.kind, idea.group.spokesperson) == ("union", "Nadia B., conductrice")
    reader = as_(AgentFactory())
    page = " ".join(reader.get(f"/idees/{idea.reference}/").content.decode().split())
    assert "Section syndicale des dépôts" in page and "Nadia B., conductrice" in page and "Nos douze demandes" in page
    file = reader.get(f"/idees/{idea.reference}/document/")
    assert (file.status_code, file["Content-Disposition"]) == (200, 'attachment; filename="nos-douze-demandes.pdf"')
    assert "sandbox" in file["Content-Security-Policy"]
    data = b"".join(file.streaming_content)
    assert b"CANARI" not in data and len(pypdf.PdfReader(io.BytesIO(data)).pages) == 1
    drain_outbox()


def test_the_document_goes_through_the_gate_of_the_idea(box, nadia):
    as_(nadia).post(HERE, form(box))
    idea = Idea.objects.get()
    address = f"/idees/{idea.reference}/document/"
    Idea.objects.filter(pk=idea.pk).update(visibility=Visibility.WITHHELD)
    assert as_(AgentFactory()).get(address).status_code == 404
    assert Client().get(address).status_code == 404
    assert as_(nadia).get(address).status_code == 200
    Idea.objects.filter(pk=idea.pk).update(visibility=Visibility.SHOWN)
    assert as_(AgentFactory()).post(address).status_code == 403
    name = idea.group.document.name
    storage = idea.group.document.storage
    assert as_(nadia).post(address).status_code == 303
    assert as_(nadia).get(address).status_code == 404 and IdeaGroup.objects.get().document == ""
    assert storage.exists(name)  # removed once committed; this test's transaction never is
    drain_outbox()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"kind": "parti"}, "kind"),
        ({"agreed": ""}, "agreed"),
        ({"document_title": ""}, "document_title"),
        ({"body": "Court."}, "body"),
        ({"document": sent(b"MZ pas un pdf", "virus.pdf")}, "document"),
        ({"document": sent(pdf(), "texte.docx")}, "document"),
        ({"document": sent(pdf(password="x"))}, "document"),
        ({"document": sent(pdf(script=True))}, "document"),
    ],
)
def test_a_wrong_form_says_what_to_repair_and_keeps_what_was_typed(box, nadia, changes, field):
    response = as_(nadia).post(HERE, form(box) | changes)
    assert response.status_code == 422 and field in response.context["form"].errors
    if "body" not in changes:
        assert "nulle part où" in response.content.decode()
    assert not Idea.objects.exists() and not IdeaGroup.objects.exists()


def test_a_pdf_is_made_anew_without_what_acts_or_tells(db):
    told = pdf(author="CANARI Auteur", note="CANARI Note", pages=3)
    clean = uploads.safe_pdf(sent(told)).read()
    assert b"CANARI" in told and b"CANARI" not in clean and b"pypdf" not in clean
    assert len(pypdf.PdfReader(io.BytesIO(clean)).pages) == 3
    # A program or a file that escaped the first look isn't written again.
    active = pypdf.PdfReader(io.BytesIO(pdf(script=True, attached=b"CANARI")))
    left = uploads._pages_alone(active)
    assert not any(word in left for word in (b"CANARI", b"/OpenAction", b"/JavaScript", b"/EmbeddedFile"))
    empty, broken, cut = b"%PDF-1.4\n%%EOF", b"%PDF-1.4" + b"\x00" * 400 + b"%%EOF", told[: len(told) // 2]
    for hostile in (b"", empty, broken, cut, pdf(pages=101)):
        with pytest.raises(ValidationError):
            uploads.safe_pdf(sent(hostile))


def test_sent_twice_leaves_one_and_a_space_without_names_takes_none(box, nadia):
    token = "6f1a2c7e-95a1-4a55-9b0b-2f6f6d1f0c99"
    client = as_(nadia)
    for _time in range(2):
        assert client.post(HERE, form(box, document=sent(pdf()), token=token)).status_code == 303
    assert (Idea.objects.count(), IdeaGroup.objects.count()) == (1, 1)
    sealed = BoxFactory(identity_modes=["protected"])
    assert client.get(f"{HERE}?boite={sealed.slug}").status_code == 303
    with pytest.raises(ValidationError):
        services.submit_group_idea(actor=nadia, space=sealed, kind="team", name="Équipe", body=BODY, title=TITLE)
    drain_outbox()


def test_the_database_refuses_a_group_beside_what_it_doesnt_sign(nadia):
    for made in (IdeaFactory(author=nadia), IdeaFactory(author=nadia, protected=True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            IdeaGroup.objects.create(idea=made, kind="union")
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(identity_mode="protected").update(signature="group")
    drain_outbox()


def test_erasing_the_spokesperson_leaves_the_group(box, nadia):
    from ideas.personal_data import _forget_ideas
    from ideas.personal_data_life import _forget_spokesperson

    as_(nadia).post(HERE, form(box))
    _forget_ideas(nadia)
    _forget_spokesperson(nadia)
    idea = Idea.objects.get()
    assert (idea.author_id, idea.signed_as, idea.group.spokesperson) == (None, "Section syndicale des dépôts", "")
    drain_outbox()
