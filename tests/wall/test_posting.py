"""Printing, the tick, and who may: the list, a sheet, its file, its place."""

import html
import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ideas.models import Idea
from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations import clock, documents, personal_data
from src.notices import todo
from src.wall import printing, rules, selectors, services
from src.wall.enums import PaperSize
from src.wall.layout import BODY, fit
from src.wall.models import Sheet
from src.wall.todo import to_print
from tests.factories.directory import AgentFactory, ExternalFactory, SiteFactory

pytestmark = pytest.mark.django_db


def client_of(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def words(response) -> str:
    return html.unescape(response.content.decode()).replace("’", "'").replace("\u202f", " ").replace("\xa0", " ")


def pages(html_text: str) -> list:
    """The pages of the document, as WeasyPrint lays them out."""
    made = documents._weasyprint().HTML(string=html_text, base_url=documents._BASE, url_fetcher=documents._Fetcher())
    return made.render().pages


def test_rule_and_list_agree_for_everybody(wall):
    services.draw_week()
    sheets = list(Sheet.objects.select_related("unit"))
    viewers = [
        None, wall.agent, wall.chief, wall.correspondent,
        AgentFactory(roles=[(Role.FACILITATOR, None)]),
        AgentFactory(roles=[(Role.FACILITATOR, wall.pool)]),
        AgentFactory(roles=[(Role.ADMINISTRATOR, None)]),
        AgentFactory(roles=[(Role.MODERATOR, None)]),
        AgentFactory(unit=wall.other, is_manager=True),
        ExternalFactory(),
        AgentFactory(is_superuser=True),
    ]  # fmt: skip

    for user in viewers:
        seen = set(Sheet.objects.visible_to(user).values_list("pk", flat=True))
        assert seen == {sheet.pk for sheet in sheets if rules.may_handle(user, sheet)}, user
        assert bool(seen) == rules.may_use(user)
    counts = [Sheet.objects.visible_to(user).count() for user in viewers]
    assert counts == [0, 0, 1, 3, len(sheets), 1, len(sheets), 0, 2, 0, len(sheets)]


def test_the_tick_is_said_once_and_undone(wall):
    sheet = wall.sheet(wall.depot)
    monday = clock.week_of()

    assert services.post(actor=wall.chief, sheet=sheet, on=monday) is True
    assert services.post(actor=wall.correspondent, sheet=sheet) is False
    sheet.refresh_from_db()
    assert (sheet.posted_on, sheet.posted_by, sheet.state) == (monday, wall.chief, "posted")

    assert [services.take_back(actor=wall.correspondent, sheet=sheet) for _ in range(2)] == [True, False]
    sheet.refresh_from_db()
    assert (sheet.posted_on, sheet.posted_by, sheet.state) == (None, None, "to_print")


@pytest.mark.parametrize("days", [-1, 8])
def test_a_sheet_hangs_from_its_week_on_and_not_in_the_future(wall, days):
    sheet = wall.sheet(wall.depot)
    day = sheet.week - timedelta(days=1) if days < 0 else clock.today() + timedelta(days=days)

    with pytest.raises(ValidationError):
        services.post(actor=wall.chief, sheet=sheet, on=day)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(posted_on=sheet.week - timedelta(days=1))


def test_nobody_acts_for_another_s_place(wall):
    sheet = wall.sheet(wall.pool)

    for act in (
        lambda: services.post(actor=wall.chief, sheet=sheet),
        lambda: services.take_back(actor=wall.chief, sheet=sheet),
        lambda: services.mark_printed(actor=wall.chief, sheets=[sheet]),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_sheets_of_others_don_t_exist(wall):
    own, other = wall.sheet(wall.depot), wall.sheet(wall.pool)
    gestures = ("", "affichee/", "decrochee/")

    for user in (wall.agent, ExternalFactory(), AgentFactory(roles=[(Role.MODERATOR, None)])):
        client = client_of(user)
        assert client.get("/affiches/").status_code == 404
        assert client.post("/affiches/imprimer/", {"affiche": own.reference}).status_code == 404
        assert client.get("/affiches/export.csv").status_code == 404
        assert {client.get(f"/affiches/{own.reference}/").status_code for _one in gestures} == {404}
    chief = client_of(wall.chief)
    assert chief.get(f"/affiches/{own.reference}/").status_code == 200
    assert chief.get(f"/affiches/{other.reference}/").status_code == 404
    assert {chief.post(f"/affiches/{other.reference}/{one}").status_code for one in gestures[1:]} == {404}
    chief.post("/affiches/imprimer/", {"affiche": [own.reference, other.reference, "\x00' OR 1"]})
    assert Sheet.objects.filter(printed_on__isnull=False).get() == own
    assert client_of().get("/affiches/").headers["Location"].startswith("/connexion/?")


def test_the_list_prints_ticks_and_undoes(wall):
    sheet = wall.sheet(wall.depot)
    client = client_of(wall.correspondent)

    page = words(client.get("/affiches/"))
    assert "Dépôt des Tanneurs" in page and "Atelier de la Rive" in page and "Piscine" not in page
    answer = client.post("/affiches/imprimer/", {"affiche": sheet.reference, "format": "a3"})
    assert answer.headers["Content-Type"] in ("application/pdf", "text/html; charset=utf-8")
    assert "imprimer" not in answer.headers["Content-Disposition"] and "a3" in answer.headers["Content-Disposition"]
    sheet.refresh_from_db()
    assert (sheet.state, sheet.printed_by) == ("printed", wall.correspondent)

    here = "/affiches/?etat=imprimee"
    answer = client.post(f"/affiches/{sheet.reference}/affichee/", {"retour": here})
    assert (answer.status_code, answer.headers["Location"]) == (303, here)
    assert "Dépôt des Tanneurs" in words(client.get("/affiches/?etat=affichee"))
    away = client.post(f"/affiches/{sheet.reference}/decrochee/", {"retour": "//ailleurs.example/affiches/"})
    assert away.headers["Location"] == "/affiches/"
    refused = client.post(f"/affiches/{sheet.reference}/affichee/", {"day": "2020-01-06"})
    assert refused.status_code == 422
    sheet.refresh_from_db()
    assert sheet.posted_on is None


@pytest.mark.parametrize("query, found", [
    ("", {"Dépôt des Tanneurs", "Atelier de la Rive", "Propreté"}),
    ("q=tanneurs", {"Dépôt des Tanneurs"}),
    ("q=zeppelin", set()),
    ("etat=affichee", set()),
    ("etat=a-imprimer&q=rive", {"Atelier de la Rive"}),
    ("semaine=2020-01-08", set()),
    ("semaine=nulle&etat=rien&direction=%00&q=%00", {"Dépôt des Tanneurs", "Atelier de la Rive", "Propreté"}),
])  # fmt: skip
def test_filters_and_the_file_say_the_same(wall, query, found):
    services.draw_week()
    client = client_of(wall.correspondent)

    listed = client.get(f"/affiches/?{query}").context["sheets"]
    book = load_workbook(io.BytesIO(b"".join(client.get(f"/affiches/export.xlsx?{query}").streaming_content)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]

    assert {sheet.unit.name for sheet in listed} == found
    assert {row[0] for row in rows[1:]} == found


@pytest.mark.parametrize("change", [{"stage_kind": "withdrawn"}, {"visibility": "withheld"}])
def test_no_author_and_nothing_taken_away_is_printed(wall, change):
    kept, gone = wall.idea("Un carnet pour chaque camion"), wall.idea("Une idée qui part")
    sheet = wall.sheet(wall.depot)
    Idea.objects.filter(pk=gone.pk).update(**change)

    printed = printing.sheets_html([sheet], PaperSize.A4)

    assert kept.title in printed and gone.title not in printed
    assert gone.title in str(sheet.content)
    for trait in ("Zébulon", "Canariot", wall.agent.username, kept.body[:30]):
        assert trait not in printed, trait
    assert "Odile Marchand" in printed and "data:image/svg" in printed


HOSTILE = (
    "W" * 300, "mot " * 75, "漢字" * 140, "👩🏽‍🚒" * 60, "<script>alert(1)</script>" * 10, "a\u0301" * 150, "‮renversé " * 30,
)  # fmt: skip


@pytest.mark.parametrize("size", list(PaperSize))
def test_a_sheet_is_one_page_whatever_people_write(wall, size):
    for title in HOSTILE:
        wall.idea(title)
        wall.answered(title)
    sheets = [wall.sheet(unit) for unit in (wall.depot, wall.workshop)]

    printed = printing.sheets_html(sheets, size)

    assert "<script>alert" not in printed
    if documents.pdf_available():
        return
    laid = pages(printed)
    width = {PaperSize.A4: 793.7, PaperSize.A3: 1122.5}[size]
    assert [round(page.width, 1) for page in laid] == [width, width]
    for page in laid:
        parts, foot = boxes(page, "part"), boxes(page, "foot")[0]
        # Nothing runs under the foot, and its last words are on the page.
        assert len(parts) >= 2
        assert max(bottom(part) for part in parts) <= foot.position_y
        last = [box for box in foot.descendants() if box.element_tag == "p"][-1]
        assert bottom(last) <= page.height - 10


def boxes(page, name: str) -> list:
    """The blocks of a class on a page."""
    found = [box for box in page._page_box.descendants() if box.element is not None]
    return [box for box in found if name in (box.element.get("class") or "").split() and box.element_tag in TAGS]


def bottom(box) -> float:
    return box.position_y + box.margin_height()


TAGS = {"div", "p"}


def test_what_doesn_t_fit_is_counted(wall):
    sections = [
        {"key": key, "more": 2, "lines": [_line(title) for title in HOSTILE]}
        for key in ("answered", "under_way", "proposed", "open", "nearby")
    ]

    fitted = fit(sections)

    printed = sum(len(section.lines) for section in fitted.sections)
    assert printed + fitted.more == 5 * (len(HOSTILE) + 2)
    assert 0 < printed < 20
    assert BODY > 0


def _line(title):
    return {"kind": "idea", "reference": "AAAAAA", "title": title, "url": "/", "status": "Décidée : oui",
            "text": title, "signed": title, "next": title, "where": ""}  # fmt: skip


def test_whoever_has_a_place_reads_how_many_sheets_wait(wall):
    services.draw_week()

    def line(user):
        return [item for item in todo.items(as_viewer(user)) if item.kind == "wall.to_print"]

    assert line(wall.correspondent)[0].title == "3 feuilles à imprimer pour l’affichage"
    assert line(wall.agent) == line(AgentFactory(roles=[(Role.ADMINISTRATOR, None)])) == []
    services.mark_printed(actor=wall.chief, sheets=[Sheet.objects.select_related("unit").get(unit=wall.depot)])
    assert line(wall.chief) == []
    viewer = as_viewer(User.objects.select_related("current_affectation__unit").get(pk=wall.agent.pk))
    with CaptureQueriesContext(connection) as done:
        assert to_print(viewer) == []
    assert len(done) == 0


def test_the_square_leads_to_the_place(wall):
    idea = wall.idea("Un carnet pour chaque camion")
    code = wall.depot.code

    assert client_of(wall.agent).get(f"/lieux/{code}/").status_code == 404
    sheet = wall.sheet(wall.depot)
    assert selectors.place_address(sheet.unit).endswith(f"/lieux/{code}/")
    page = words(client_of(wall.agent).get(f"/lieux/{code}/"))
    assert idea.title in page and idea.get_absolute_url() in page and "Imprimer" not in page
    assert client_of(ExternalFactory()).get(f"/lieux/{code}/").status_code == 404
    assert client_of(wall.agent).get("/lieux/%00/").status_code == 404
    assert client_of().get(f"/lieux/{code}/").headers["Location"].startswith("/connexion/?")


def test_screens_cost_the_same_for_one_and_three_places(wall):
    client = client_of(wall.correspondent)

    def costs():
        services.draw_week()
        found = list(Sheet.objects.filter(week=clock.week_of()).select_related("unit__direction"))
        with CaptureQueriesContext(connection) as listed:
            client.get("/affiches/")
        with CaptureQueriesContext(connection) as printed:
            printing.sheets_html(found, PaperSize.A4)
        return len(listed), len(printed)

    wall.idea("Un carnet pour chaque camion")
    first = costs()
    for _number in range(3):
        wall.idea("Une de plus", SiteFactory(parent=wall.direction, headcount=20))
    assert first == costs() == (6, 3)


def test_old_sheets_go_and_people_are_forgotten(wall):
    sheet = wall.sheet(wall.depot)
    services.post(actor=wall.chief, sheet=sheet)
    declared = personal_data.declaration_of(Sheet)

    assert [row["place"] for row in declared.export(wall.chief)] == ["Dépôt des Tanneurs"]
    assert declared.erase(wall.chief) == 1
    assert declared.purge(clock.now(), True) == 0
    assert declared.purge(clock.now() + timedelta(days=380), True) >= 5
