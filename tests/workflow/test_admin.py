"""Processes in the admin: who enters, what they read, and a whole walk from copy to adoption."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from src.directory.enums import Role
from src.directory.groups import GROUPS
from src.workflow.enums import ProcessStatus
from src.workflow.models import Adoption, Process
from src.workflow.services import activate_process, new_version
from tests.factories.workflow import draft_process, move, small_draft, stage

from .subjects.models import Parcel
from .words import plain

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _wagtail_defaults(monkeypatch):
    """Wagtail's own templates count on filters applied to variables nobody gave."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


def at(name, *args):
    return reverse(f"parcours:{name}", args=args)


@pytest.fixture
def admin(make_user, client):
    user = make_user("Admin", "Site", is_superuser=True, is_staff=True, language="fr")
    client.force_login(user)
    return client


@pytest.fixture
def page(admin):
    def read(address, data=None, status=200):
        response = admin.get(address) if data is None else admin.post(address, data, follow=True)
        assert response.status_code == status, response.content[:400]
        return BeautifulSoup(plain(response.content.decode()), "html.parser")

    return read


def form_data(soup, **changes):
    """What a browser would send of the editor's form, with changes."""
    form = soup.find("form", id="w-editor-form")
    data = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name = field.get("name")
        if not name or "__prefix__" in name or field.find_parent("template"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            data[name] = chosen["value"] if chosen else field.find("option")["value"]
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "on"))
        else:
            data[name] = field.get_text().lstrip("\n") if field.name == "textarea" else field.get("value", "")
    data.pop("csrfmiddlewaretoken")
    return {**data, **changes}


def with_row(data, prefix, **values):
    """One more line in a formset, as the page's button adds it."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    row = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    row |= {f"{prefix}-{number}-id": "", f"{prefix}-{number}-DELETE": "", f"{prefix}-{number}-ORDER": number + 1}
    return {**data, **row, f"{prefix}-TOTAL_FORMS": number + 1}


def refusals(soup):
    box = soup.find(class_="process-refusals")
    return [item.get_text() for item in box.find_all("li")] if box else []


NEW_STAGE = {"staff_label": "Jury", "public_label": "Jury", "slug": "jury", "kind": "in_review"}


def test_walk_from_copy_to_adoption(page, process, make_parcel):
    parcel = make_parcel("in_review", promise="kept")

    copied = page(at("copy", process.pk), {"name": "Appel à projets", "slug": "appel"})
    draft = Process.objects.get(slug="appel")
    assert (draft.status, draft.stages.count(), draft.transitions.count()) == ("draft", 8, 11)
    assert refusals(copied) == []

    data = with_row(form_data(copied), "stages", **NEW_STAGE)
    faulty = page(at("edit", draft.pk), data)
    assert refusals(faulty) == [
        "Rien ne mène à l’étape « Jury ».",
        "L’étape « Jury » est une impasse : aucun passage n’en sort.",
    ]

    data = form_data(faulty)
    data = with_row(
        data,
        "transitions",
        label="Au jury",
        slug="to_jury",
        from_slug="in_review",
        to_slug="jury",
        who=["instructor"],
        clock="none",
    )
    data = with_row(
        data,
        "transitions",
        label="Dire oui",
        slug="jury_yes",
        from_slug="jury",
        to_slug="accepted",
        who=["decision_maker"],
        form="parcel_note",
        clock="stop",
    )
    faulty = page(at("edit", draft.pk), data)
    assert refusals(faulty) == [
        "Le passage « Dire oui » ferme sans dire pourquoi : choisissez un formulaire qui porte un motif."
    ]

    data = form_data(faulty)
    data["transitions-12-form"] = "parcel_reason"
    asked = page(at("edit", draft.pk), {**data, "action-activate": "1"})
    assert refusals(asked) == []
    assert asked.find("button", string="Activer cette version")

    shown = page(at("activate", draft.pk), {})
    draft.refresh_from_db()
    assert draft.status == ProcessStatus.ACTIVE
    assert "Cette version est en service" in shown.get_text()

    adopting = page(at("adopt", draft.pk) + f"?source={process.pk}")
    mapping = {f"map-{slug}": slug for slug in process.stages.values_list("slug", flat=True)}
    assert {
        select["name"]: select.find("option", selected=True)["value"] for select in adopting.find_all("select")
    } == mapping

    incomplete = page(at("adopt", draft.pk), {"source": process.pk, **mapping, "map-in_review": "", "confirm": "1"})
    assert refusals(incomplete) == ["« In review » : dites vers quelle étape va son élément (1)."]
    preview = page(at("adopt", draft.pk), {"source": process.pk, **mapping, "map-in_review": "jury"})
    assert "1 élément passera à la nouvelle version." in preview.get_text()
    assert not Adoption.objects.exists()
    done = page(at("adopt", draft.pk), {"source": process.pk, **mapping, "map-in_review": "jury", "confirm": "1"})

    assert "Terminée : 1 sur 1 élément adopté." in done.get_text()
    parcel = Parcel.objects.get(pk=parcel.pk)
    assert (parcel.process, parcel.stage.slug, parcel.promise) == (draft, "jury", "kept")
    assert [entry.transition_slug for entry in parcel.journal.all()] == ["adoption"]
    history = page(at("history", draft.pk)).get_text()
    assert "Mis en service" in history
    assert "1 élément en cours adopté depuis la version 1" in history


def test_every_refusal_is_read_at_once(page, people):
    draft = draft_process(
        [
            stage("submitted", is_start=True),
            stage("open"),
            stage("lost", "in_review"),
            stage("accepted"),
            stage("declined"),
        ],
        [
            move("go", "submitted", "open", "wizard"),
            move("close", "open", "accepted"),
            move("fly", "open", "moon"),
            move("tick", "open", "declined", "system", form="parcel_reason"),
            move("hush", "open", "declined", [], form="vanished", guard="gone"),
        ],
    )

    shown = page(at("check", draft.pk))

    assert refusals(shown) == [
        "Le passage « Go » nomme un rôle inconnu : « wizard ».",
        "Le passage « Close » ferme sans dire pourquoi : choisissez un formulaire qui porte un motif.",
        "Le passage « Fly » nomme une étape qui n’existe pas : « moon ».",
        "Le passage « Tick » est automatique mais ne dit pas après combien de jours.",
        "Personne ne peut faire le passage « Hush » : cochez au moins un rôle.",
        "Le passage « Hush » demande un formulaire inconnu : « vanished ».",
        "Le passage « Hush » demande une condition inconnue : « gone ».",
        "Rien ne mène à l’étape « Lost ».",
        "L’étape « Lost » est une impasse : aucun passage n’en sort.",
    ]
    assert shown.find("a", string="Activer…") is None
    refused = page(at("activate", draft.pk), {})
    assert refusals(refused) == refusals(shown)
    draft.refresh_from_db()
    assert draft.status == ProcessStatus.DRAFT


def test_unknown_choices_stay_visible(page):
    draft = draft_process(
        [stage("submitted", is_start=True), stage("accepted")],
        [move("go", "submitted", "accepted", ["wizard", "author"], form="vanished", guard="gone")],
    )

    data = form_data(page(at("edit", draft.pk)))

    assert (data["transitions-0-who"], data["transitions-0-form"], data["transitions-0-guard"]) == (
        ["author", "wizard"],
        "vanished",
        "gone",
    )


def test_wrong_form_keeps_what_was_typed_and_says_where(page):
    draft = small_draft()
    data = form_data(page(at("edit", draft.pk)))
    data |= {"stages-1-slug": "submitted", "stages-2-staff_label": "", "transitions-0-label": "Un autre mot"}

    shown = page(at("edit", draft.pk), data)

    text = shown.get_text()
    assert "Une autre ligne a déjà le nom court « submitted »." in text
    assert shown.find("input", {"name": "transitions-0-label"})["value"] == "Un autre mot"
    assert shown.find("input", {"name": "stages-1-slug"})["value"] == "submitted"
    draft = Process.objects.get(pk=draft.pk)
    assert [stage.slug for stage in draft.stages.all()][:2] == ["submitted", "open"]


def test_exchanged_names_are_refused_in_words(page):
    draft = small_draft()
    data = form_data(page(at("edit", draft.pk)))
    data |= {"stages-1-slug": "needs_info", "stages-2-slug": "open"}

    shown = page(at("edit", draft.pk), data)

    assert "Deux lignes échangent leurs noms courts" in shown.get_text()
    assert [stage.slug for stage in Process.objects.get(pk=draft.pk).stages.all()][1:3] == ["open", "needs_info"]


def test_a_line_replaced_by_another_of_the_same_name_is_saved(page):
    draft = small_draft()
    data = form_data(page(at("edit", draft.pk)))
    data["stages-7-DELETE"] = "1"
    data = with_row(data, "stages", staff_label="Sommeil", public_label="Sommeil", slug="dormant", kind="dormant")

    page(at("edit", draft.pk), data)

    assert Process.objects.get(pk=draft.pk).stages.get(slug="dormant").staff_label == "Sommeil"


def test_slug_of_a_later_version_stays_that_of_its_family(page, process):
    version = new_version(process)
    data = form_data(page(at("edit", version.pk)))

    page(at("edit", version.pk), {**data, "slug": "autre", "name": "Tournée du soir"})

    version.refresh_from_db()
    assert (version.slug, version.name) == ("tournee", "Tournée du soir")


def test_frozen_version_is_read_only_and_says_why(page, process, make_parcel):
    make_parcel()

    shown = page(at("edit", process.pk))

    assert "Cette version est en service : 1 élément en cours la suit." in shown.get_text()
    assert shown.find("a", string="Nouvelle version")["href"] == at("new_version", process.pk)
    assert shown.find("form", id="w-editor-form") is None
    refused = page(at("edit", process.pk), {"name": "Autre"})
    assert (
        "Ce parcours est utilisé par 1 parcel : il ne change plus. Faites-en une nouvelle version et modifiez celle-ci."
        in refused.get_text()
    )
    process.refresh_from_db()
    assert process.name == "Tournée"


def test_frozen_version_cannot_be_deleted_and_says_what_to_do(page, admin, process, make_parcel):
    unused = page(at("delete", process.pk), {}).get_text()
    for _number in range(2):
        make_parcel()
    answer = admin.get(at("delete", process.pk), follow=True)
    asked = BeautifulSoup(plain(answer.content.decode()), "html.parser").get_text()
    sent = page(at("delete", process.pk), {})

    to_do = "Faites-en une nouvelle version et activez celle-ci pour le remplacer."
    assert f"Ce parcours a été mis en service : il est conservé. {to_do}" in unused
    for shown in (asked, sent.get_text()):
        assert f"Ce parcours est utilisé par 2 parcels : il est conservé. {to_do}" in shown
    assert sent.find("a", string="Nouvelle version")["href"] == at("new_version", process.pk)
    assert Process.objects.filter(pk=process.pk).exists()


def test_new_version_is_asked_for_then_made_once(page, process):
    page(at("new_version", process.pk))
    assert Process.objects.count() == 1 + Process.objects.exclude(slug="tournee").count()

    page(at("new_version", process.pk), {})
    again = page(at("new_version", process.pk), {})

    assert list(Process.objects.filter(slug="tournee").values_list("version", "status")) == [
        (2, "draft"),
        (1, "active"),
    ]
    assert refusals(again) == ["Un brouillon attend déjà : la version 2. Terminez-le ou supprimez-le."]


def test_activation_replaces_and_logs(page, process):
    version = new_version(process)

    page(at("activate", version.pk), {})

    assert list(Process.objects.filter(slug="tournee").values_list("version", "status")) == [
        (2, "active"),
        (1, "retired"),
    ]
    assert list(
        ModelLogEntry.objects.filter(action__startswith="workflow", object_id__in=[process.pk, version.pk])
        .order_by("id")
        .values_list("action", flat=True)
    ) == [
        "workflow.process.activate",
        "workflow.process.new_version",
        "workflow.process.retire",
        "workflow.process.activate",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_list_tells_version_state_and_use(admin, process, make_parcel, count):
    for number in range(count):
        small_draft(slug=f"autre-{number}", name=f"Autre {number}")
        make_parcel()
    admin.get(at("index"))

    with CaptureQueriesContext(connection) as captured:
        response = admin.get(at("index"))

    # The page's own statements: how many there are, and the rows with their counts. The menus belong to other rooms.
    own = [query["sql"] for query in captured.captured_queries if '"workflow_process"' in query["sql"]]
    assert len(own) == 2

    rows = BeautifulSoup(response.content, "html.parser").select("tbody tr")
    texts = [" ".join(row.get_text(" ").split()) for row in rows if "Tournée" in row.get_text()]
    assert len(texts) == 1
    assert f"1 En service colis {count} " in texts[0]


def test_picture_has_its_table_and_no_inline_style(page, process):
    shown = page(at("check", process.pk))

    svg = shown.find("svg", {"role": "img"})
    assert len(svg.find_all("rect")) == 8
    assert len(svg.select("path.process-arrow")) == 10
    assert not svg.find_all(style=True)
    assert [row.find("th").get_text(" ", strip=True) for row in shown.select(".process-table tbody tr")][:2] == [
        "Submitted première étape",
        "Open",
    ]


@pytest.mark.parametrize(
    "name", ["index", "add", "edit", "copy", "check", "activate", "new_version", "adopt", "history", "delete"]
)
def test_only_administrators_enter(client, make_user, process, name):
    administrator, editor, nobody = make_user(), make_user(), make_user()
    administrator.groups.add(Group.objects.get(name=GROUPS[Role.ADMINISTRATOR]))
    editor.groups.add(Group.objects.get(name=GROUPS[Role.EDITOR]))
    version = new_version(process)
    address = at(name) if name in ("index", "add") else at(name, version.pk)
    expected = {administrator: 200, editor: 302, nobody: 302}

    statuses = {}
    for user in expected:
        client.force_login(user)
        statuses[user] = client.get(address).status_code

    assert statuses == expected


def test_default_sized_form_is_taken(page):
    stages = [
        stage("s0", "submitted", is_start=True),
        *(stage(f"s{n}", "in_review") for n in range(1, 20)),
        stage("end", "dormant"),
    ]
    moves = [move(f"m{n}-{way}", f"s{n}", f"s{n + 1}" if n < 19 else "end") for n in range(20) for way in range(2)]
    draft = draft_process(stages, moves)
    data = form_data(page(at("edit", draft.pk)))
    assert len(data) > 550

    shown = page(at("edit", draft.pk), {**data, "notes": "relu", "action-check": "1"})

    assert refusals(shown) == []
    draft = Process.objects.get(pk=draft.pk)
    assert (draft.notes, draft.stages.count(), draft.transitions.count()) == ("relu", 21, 40)
    activate_process(draft)


def test_draft_adopts_nothing(page, process, make_parcel):
    make_parcel()
    version = new_version(process)

    shown = page(at("adopt", version.pk) + f"?source={process.pk}")

    assert refusals(shown) == ["Seule une version en service peut adopter des éléments en cours : activez-la d’abord."]
    assert shown.find("select") is None
