"""Hostile files through every field that takes one: refused in words or made anew, nothing carried along, never a 500."""

import io
import re
import uuid
import zipfile
from html import unescape
from urllib.parse import quote

import pytest
from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.test import Client
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, UploadedFile

from ideas import services
from ideas.models import GroupKind, IdeaFile, IdeaGroup
from src.foundations.testing import forget_effects
from tests.factories.directory import AgentFactory
from tests.factories.ideas import BODY
from tests.foundations.test_uploads import image_bytes, moving_gif, moving_webp, png_bomb, png_header
from tests.ideas_screens.city import City

pytestmark = pytest.mark.files
MARK = b"CANARI"
SCRIPT = b"<script>alert(1)</script>"
# Every column that keeps a file. The last four hold nothing here: other models of the libraries, or no form at all.
KEPT = {
    "rights.DataFile.file",  # made by us, encrypted
    "accountability.ProgressNote.photo",
    "ideas.IdeaFile.file",
    "ideas.IdeaFile.small",
    "ideas.IdeaGroup.document",
    "panel_referrals.FormTest.document",
    "panel_sessions.Document.file",
    "publishing.TerrainImage.file",
    "publishing.TerrainRendition.file",
    "questionnaires.Question.image",
    "trainings.LessonFile.file",
    "trainings_sessions.AttendanceSheet.file",
    "trainings_sessions.AttendanceSheet.scan",
    "wagtaildocs.Document.file",
    "wagtailcore.UploadedFile.file",
    "wagtailimages.Image.file",
    "wagtailimages.Rendition.file",
    "wagtailusers.UserProfile.avatar",
}


def marked(kind: str) -> bytes:
    """A picture that says where, when and with what it was taken, in every place its format has for that."""
    exif = Image.Exif()
    exif[0x010F] = "CANARI-MAKE"
    exif[0x9003] = "2026:11:25 08:00:00"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 24.0)
    options = {"exif": exif.tobytes(), "icc_profile": MARK * 40}
    if kind == "PNG":
        info = PngInfo()
        info.add_text("Author", "CANARI-AUTHOR")
        info.add_itxt("XML:com.adobe.xmp", "<x>CANARI-XMP</x>")
        options["pnginfo"] = info
    if kind == "JPEG":
        options["comment"] = b"CANARI-COMMENT"
    if kind == "WEBP":
        options["xmp"] = b"CANARI-XMP"
    return image_bytes(kind, (400, 300), **options)


def archive(parts: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return stream.getvalue()


WORD = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
SHEET = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}
TEXT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"}
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'


def lying(data: bytes) -> bytes:
    """The size of each part announced as 1 byte, in the directory of the archive as in its parts."""
    out = bytearray(data)
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        for found in re.finditer(re.escape(sign), data):
            out[found.start() + place : found.start() + place + 4] = (1).to_bytes(4, "little")
    return bytes(out)


def locked(data: bytes) -> bytes:
    """The bit that says "encrypted" on each part."""
    out = bytearray(data)
    for sign, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(re.escape(sign), data):
            out[found.start() + place] |= 1
    return bytes(out)


PICTURES = {
    "bomb.png": lambda: png_bomb(11_000),
    "annonce.png": lambda: png_header(50_000, 50_000),
    "immense.png": lambda: png_header(2**31 - 1, 2**31 - 1),
    "rien.png": lambda: png_header(0, 0),
    "ligne.png": lambda: png_header(20_000, 1),
    "coupee.jpg": lambda: image_bytes("JPEG", (400, 400))[:-300],
    "coupee.png": lambda: image_bytes("PNG", (400, 400))[:-40],
    "coupee.webp": lambda: image_bytes("WEBP", (400, 400))[:40],
    "debut.jpg": lambda: b"\xff\xd8\xff\xe0" + b"\0" * 60,
    "anime.gif": lambda: moving_gif(10_000),
    "anime.png": lambda: moving_gif(500),
    "anime.webp": lambda: moving_webp(200),
    "polyglotte.gif": lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//",
    "polyglotte.jpg": lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//",
    "script.svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "script.svg.png": lambda: b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "page.jpg": lambda: b"<!doctype html>" + SCRIPT,
    "scan.tiff.jpg": lambda: image_bytes("TIFF"),
    "icone.png": lambda: image_bytes("BMP"),
    "dessin.jpg": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "facture.jpg": lambda: PDF,
    "programme.png": lambda: b"MZ\x90\0" + b"\0" * 400,
    "classeur.jpg": lambda: archive(SHEET),
    "vide.jpg": lambda: b"",
    "neuf-megas.jpg": lambda: b"\xff\xd8\xff" + b"\0" * (9 * 1024 * 1024),
}
DOCUMENTS = {
    "evasion.xlsx": lambda: archive({**SHEET, "../../../etc/cron.d/x": b"x"}),
    "evasion.docx": lambda: archive({**WORD, "..\\..\\windows\\x": b"x"}),
    "racine.odt": lambda: archive({**TEXT, "/etc/passwd": b"x"}),
    "bombe.xlsx": lambda: archive({**SHEET, "xl/sheet.xml": b"\0" * (60 * 1024 * 1024)}),
    "bombe.docx": lambda: archive({**WORD, **{f"word/{n}.xml": b"0" * 20_000_000 for n in range(3)}}),
    "menteur.docx": lambda: lying(archive({**WORD, "word/large.xml": b"0" * 1_000_000})),
    "miettes.odt": lambda: archive({**TEXT, **{f"p{n}": b"" for n in range(2_100)}}, zipfile.ZIP_STORED),
    "macro.docx": lambda: archive({**WORD, "word/vbaProject.bin": b"x"}),
    "macro.odt": lambda: archive({**TEXT, "Basic/Standard/x.xml": b"x"}),
    "rires.xlsx": lambda: archive({**SHEET, "xl/sharedStrings.xml": LAUGHS}),
    "ferme.docx": lambda: locked(archive(WORD)),
    "coupe.docx": lambda: archive(WORD)[:-60],
    "abime.xlsx": lambda: archive(SHEET).replace(b"workbook", b"workbooc", 1),
    "autre.docx": lambda: archive({"readme.txt": b"x"}),
    "image.xlsx": lambda: image_bytes("PNG"),
    "page.pdf": lambda: b"<html>" + SCRIPT,
    "coupe.pdf": lambda: PDF[:-8],
    "script.pdf": lambda: PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>", 1),
    "lance.pdf": lambda: PDF.replace(b"<<>>", b"<</S/Launch/F(cmd.exe)>>", 1),
    "page.csv": lambda: b"\xef\xbb\xbf \n" + SCRIPT,
    "programme.csv": lambda: b"MZ\x90\0" + b"\0" * 400,
    "page.html": lambda: SCRIPT,
    "rapport.pdf.exe": lambda: PDF,
    "dessin.svg": lambda: b"<svg onload='alert(1)'/>",
    "macro.xlsm": lambda: archive(SHEET),
    "sans-fin": lambda: PDF,
    "vide.csv": lambda: b"",
    "neuf-megas.pdf": lambda: PDF + b"\0" * (9 * 1024 * 1024),
}
NAMES = [
    "n\0ul.jpg", "x" * 300 + ".jpg", "é" * 200 + ".jpg", "../../../../etc/passwd.jpg", "..\\..\\boot.jpg", "/etc/cron.d/x.jpg",
    "photo.php.jpg", "a\r\nSet-Cookie: x=1.jpg", "\u202egpj.exe.jpg", "<img src=x onerror=alert(1)>.jpg", "\"';--.jpg", "CON.jpg", "....jpg",
]  # fmt: skip
SENTENCE = re.compile(
    r"n’est pas une image|abîmée|trop grande|animée|Mo\b|fichier|format|extension|image valide|pixels", re.I
)

ENGLISH = re.compile(r".{20}\b(?:the|file|upload|valid image)\b.{20}")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    return tmp_path


@pytest.fixture
def city(db):
    return City()


def signed(user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def shown(html: str) -> str:
    return unescape(re.sub(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""", " ", html))


def told(response) -> str:
    """What a screen or a list of files says in reply, tags aside."""
    assert response.status_code < 500
    if response.headers["Content-Type"].startswith("application/json"):
        body = response.json()
        return body.get("error_message") or shown(
            body.get("htmlFragment") or body.get("html") or body.get("form") or ""
        )
    return shown(response.content.decode())


class Doors:
    """Each way a file comes in: by the page of an idea, and by three forms of the administration for each kind."""

    def __init__(self, city):
        self.author, self.admin = signed(city.author), signed(city.admin)
        self.idea = city.submitted()
        self.root = Collection.get_first_root_node().pk
        forget_effects()

    def photo(self, file):
        """In place of the one before: an idea has five files at most."""
        for former in IdeaFile.objects.all():
            services.remove_file(idea=self.idea, actor=self.idea.author, name=former.name)
        return self.author.post(
            f"/idees/{self.idea.reference}/recue/", {"part": "photo", "photo": file, "alt": "Le portail"}
        )

    def attached(self, file):
        return self.author.post(
            f"/idees/{self.idea.reference}/fichiers/", {"part": "add", "file": file, "alt": "Le devis"}
        )

    def grouped(self, file):
        """Somebody new each time: whoever sends twenty texts an hour waits."""
        text = {"boite": "plus-simple", "title": "Le texte de l'atelier", "body": BODY, "agreed": "on"}
        group = {"kind": GroupKind.values[0], "name": "Les agents du dépôt", "document_title": "Le devis"}
        return signed(AgentFactory()).post("/idees/deposer/groupe/", {**text, **group, "document": file})

    def add(self, what, file, **changes):
        fields = {"title": "Le quai", "description": "Le quai", "rights": "city", "collection": self.root, "tags": ""}
        return self.admin.post(f"/gestion/{what}/add/", {**fields, "file": file, **changes})

    def choose(self, what, file):
        kind = "image" if what == "images" else "document"
        fields = {"title": "Le quai", "description": "Le quai", "rights": "city", "collection": self.root, "tags": ""}
        prefixed = {f"{kind}-chooser-upload-{name}": value for name, value in {**fields, "file": file}.items()}
        return self.admin.post(f"/gestion/{what}/chooser/create/", prefixed)

    def several(self, what, file, **changes):
        return self.admin.post(f"/gestion/{what}/multiple/add/", {"files[]": file, "collection": self.root, **changes})


@pytest.fixture
def doors(city):
    return Doors(city)


def sent(name: str, data: bytes, kind="image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def stored(folder) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def test_every_field_that_takes_a_file_is_known():
    """A new one has to come here, and through one of the two doors."""
    columns = {
        f"{model._meta.label}.{column.name}"
        for model in apps.get_models()
        for column in model._meta.get_fields()
        if isinstance(column, FileField)
    }
    ours, waiting = set(), [forms.BaseForm]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        fields = getattr(found, "base_fields", {}).values()
        if not found.__module__.startswith(("wagtail", "theme.gallery")) and any(
            isinstance(field, forms.FileField) for field in fields
        ):
            ours.add(found.__name__)
    assert columns == KEPT
    assert ours <= {
        "PhotoForm",
        "FileForm",
        "GroupProposalForm",
        "NewsForm",
        "DoneForm",
        "TerrainImageForm",
        "TerrainDocumentForm",
        "ImageForm",
        # The same door as the others (tests/questionnaires/test_image.py): organisers, from their workshop.
        "QuestionForm",
        "DocumentForm",
        # A PDF or a picture made anew, served to trainers and organisers (tests/trainings/sessions/test_screens.py).
        "ScanForm",
        # Played, never opened as a page: what its first bytes say, under our own name (tests/trainings/test_admin.py).
        "LessonFileForm",
        # Read as text and never served: a questionnaire, answers, questions of a quiz (tests/questionnaires/test_document.py,
        # test_importing.py, tests/trainings/test_import_in_admin.py).
        "QuestionFileForm",
        "QuestionsFileForm",
        "AnswersFileForm",
        # Cut into articles, then forgotten (tests/texts/test_cutting.py); read as lines (tests/ratings/test_workshop.py).
        "BringForm",
        "VisitsForm",
        # A PDF made anew, served to those who try it (tests/panels/referrals/test_hostile.py).
        "AskForm",
        # Read as lines, then forgotten (tests/panels/test_letters_screens.py, test_quota_screens.py); a receipt is read
        # and nothing of it is kept (test_public_draw.py).
        "AddressesForm",
        "QuotaFileForm",
        "ReceiptForm",
    }


def test_there_are_enough_of_them():
    assert len(PICTURES) + len(DOCUMENTS) + len(NAMES) > 60


def test_hostile_pictures_are_refused_in_words_at_every_door(doors, folder):
    silent = []
    for name, make in PICTURES.items():
        data = make()
        for way in (doors.photo, lambda file: doors.add("images", file), lambda file: doors.choose("images", file),
                    lambda file: doors.several("images", file)):  # fmt: skip
            said = told(way(sent(name, data)))
            if not SENTENCE.search(said) or ENGLISH.search(said):
                silent.append((name, ENGLISH.findall(said), said[:40]))
    assert silent == []
    assert not IdeaFile.objects.exists()
    assert not get_image_model().objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored(folder) == []


def test_hostile_documents_are_refused_in_words_at_every_door(doors, folder):
    silent = []
    for name, make in DOCUMENTS.items():
        data = make()
        ways = [doors.add, doors.choose, doors.several, lambda _what, file: doors.grouped(file)]
        if not name.startswith("image."):
            # Under an idea, a picture is a picture whatever its name says: made anew as such.
            ways.append(lambda _what, file: doors.attached(file))
        for way in ways:
            said = told(way("documents", sent(name, data, "application/pdf")))
            if not re.search(r"fichier", said, re.I) or ENGLISH.search(said):
                silent.append((name, ENGLISH.findall(said), said[:40]))
    assert silent == []
    assert not get_document_model().objects.exists()
    assert not IdeaFile.objects.exists()
    assert not IdeaGroup.objects.exists()
    assert not UploadedFile.objects.exists()
    assert stored(folder) == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_picture_keeps_what_it_carried_nor_do_its_sizes(doors, folder, kind):
    data = marked(kind) + SCRIPT
    assert MARK in data
    extension = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[kind]
    name = f"CANARI-nadia.{extension}"

    answers = [
        doors.photo(sent(name, data)),
        doors.add("images", sent(name, data)),
        doors.choose("images", sent(name, data)),
        doors.several("images", sent(name, data)),
        # Sent without its rights, or under a title too long: it waits for them, and its form never sees the file again.
        doors.several("images", sent(name, data), title="x" * 300),
    ]
    for pk in list(UploadedFile.objects.order_by("pk").values_list("pk", flat=True)):
        fields = {"title": "Le quai", "rights": "city", "collection": doors.root}
        made = doors.admin.post(
            f"/gestion/images/multiple/create_from_uploaded_image/{pk}/",
            {f"uploaded-image-{pk}-{field}": value for field, value in fields.items()},
        )
        assert made.json()["success"] is True

    assert [answer.status_code for answer in answers] == [303, 302, 200, 200, 200]
    images = get_image_model().objects.all()
    assert (IdeaFile.objects.count(), len(images), UploadedFile.objects.count()) == (1, 4, 0)
    for image in images:
        image.get_rendition("width-200")
        image.get_rendition("original")
    kept = stored(folder)
    assert len(kept) >= 2 + 4 + 8
    for body in kept:
        opened = Image.open(io.BytesIO(body))
        assert dict(opened.getexif()) == {}
        assert {"exif", "xmp", "icc_profile", "comment", "Author"} & set(opened.info) == set()
        assert MARK not in body
        assert SCRIPT not in body
    assert [path for path in folder.rglob("*CANARI*")] == []


def test_hostile_names_neither_leave_the_folder_nor_come_back_alive(doors, folder):
    data, unseen = image_bytes("JPEG", (60, 40)), []
    for name in NAMES:
        for answer in (doors.photo(named(name, data)), doors.add("images", named(name, data)),
                       doors.several("images", named(name, data)), doors.add("documents", named(name[:-3] + "pdf", PDF))):  # fmt: skip
            text = answer.content.decode()
            if answer.status_code >= 500 or "<img src=x" in text or "x=1" in str(answer.headers):
                unseen.append((name, answer.status_code))
    assert unseen == []
    outside = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.resolve().parts[: len(folder.resolve().parts)] != folder.resolve().parts
    ]
    assert outside == []
    assert all(
        len(path.name.encode()) <= 255 and path.suffix in (".jpg", ".webp", ".pdf") for path in folder.rglob("*.*")
    )
    assert {path.parent.name for path in folder.rglob("*.*")} <= {
        "ideas",
        "original_images",
        "images",
        "documents",
        "wagtail_uploads",
    }


def named(name: str, data: bytes) -> SimpleUploadedFile:
    """A file whose name isn't tidied before it leaves: the class of Django would."""
    file = SimpleUploadedFile("x", data, "text/html")
    file._name = name
    return file


def test_good_documents_pass_and_are_never_shown_in_place(doors):
    good = {"note.docx": archive(WORD), "suivi.xlsx": archive(SHEET), "compte rendu.odt": archive(TEXT), "plan.pdf": PDF,
            "été.csv": "Genre;Nombre\nIdée;3\n".encode("cp1252")}  # fmt: skip
    for name, data in good.items():
        assert doors.add("documents", sent(name, data, "text/html")).status_code == 302, name
    documents = get_document_model().objects.all()
    assert len(documents) == len(good)
    for document in documents:
        served = doors.admin.get(quote(document.url, safe="/%"))
        assert served.headers["Content-Disposition"].startswith("attachment")
        assert served.headers["X-Content-Type-Options"] == "nosniff"
        assert "html" not in served.headers["Content-Type"]
        assert b"".join(served.streaming_content)


def test_a_document_whose_title_is_refused_waits_and_is_kept(doors):
    doors.several("documents", sent("plan.pdf", PDF), title="x" * 300)
    pk = UploadedFile.objects.get().pk

    made = doors.admin.post(
        f"/gestion/documents/multiple/create_from_uploaded_document/{pk}/",
        {f"uploaded-document-{pk}-title": "Le plan", f"uploaded-document-{pk}-collection": doors.root},
    )

    assert made.status_code == 200, made.content[:300]
    assert made.json()["success"] is True
    assert get_document_model().objects.get().title == "Le plan"


def test_a_refused_document_says_which_door_it_failed_at(doors):
    said = {name: told(doors.several("documents", sent(name, DOCUMENTS[name]()))) for name in
            ("page.pdf", "coupe.docx", "macro.docx", "bombe.xlsx")}  # fmt: skip

    assert said == {
        "page.pdf": "Ce fichier n’est pas ce que dit son nom. Enregistrez-le de nouveau en PDF, ODT, DOCX, XLSX ou CSV, "
        "puis envoyez-le.",
        "coupe.docx": "Ce fichier est abîmé, incomplet ou verrouillé. Ouvrez-le, enregistrez-le de nouveau, puis envoyez-le.",
        "macro.docx": "Ce fichier contient un programme. Enregistrez-le sans macro ni script, puis envoyez-le.",
        "bombe.xlsx": "Ce fichier dépasse 50 Mo une fois ouvert. Allégez-le, puis envoyez-le.",
    }


def test_nobody_sends_a_portrait_nor_renames_themselves_in_the_administration(doors, city):
    account = {"avatar-avatar": sent("moi.jpg", marked("JPEG")), "name_email-first_name": "Hélène",
               "name_email-last_name": "Duroc-Amari", "locale-preferred_language": "fr", "theme-theme": "system",
               "theme-density": "default", "theme-contrast": "system"}  # fmt: skip
    before = (city.admin.first_name, city.admin.last_name)

    page = doors.admin.get("/gestion/account/").content.decode()
    assert doors.admin.post("/gestion/account/", account).status_code in (200, 302)

    city.admin.refresh_from_db()
    assert (city.admin.first_name, city.admin.last_name) == before
    assert not city.admin.wagtail_userprofile.avatar
    assert 'type="file"' not in page
    assert "theme-theme" in page


def test_several_files_in_one_sending_are_refused(doors):
    answer = doors.admin.post(
        "/gestion/images/multiple/add/", {"files[]": [sent(f"{uuid.uuid4()}.jpg", image_bytes("JPEG")) for _ in "12"]}
    )

    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()
