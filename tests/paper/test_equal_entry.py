"""Each form prints, is typed back from its sheet, and stores what the same words through the web would have stored.

Both ways start from the same world: the web's is undone before the sheet is typed. What they wrote is compared row by
row and column by column, over every table of the rooms a contribution reaches.
"""

import datetime
import json
import re
import uuid
from dataclasses import dataclass, field

import pytest
from bleach._vendor import html5lib
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client

from ideas.models import Idea, IdeaSupport
from ideas.services import announce_decision, ask_author, meet_condition, moderating, prepare_decision
from src.directory.enums import Role
from src.directory.models import User
from src.foundations import clock
from src.foundations.testing import drain_outbox, forget_effects
from src.paper import codes, registry, services
from src.paper.models import Batch, FollowCode
from tests.factories.directory import AgentFactory, DirectionFactory
from tests.factories.ideas import NO, IdeaFactory

from .conftest import TEXT, TITLE

ROOMS = {"ideas", "participation", "accountability", "taggit", "notices", "foundations"}
# The desk's own lines, and what tells the channel or names the row itself: a number, a handle, a token, a seal.
OF_THE_DESK = ("paper.",)
OWN = {
    "id",
    "channel",
    "ciphertext",
    "message_id",
    "submission_token",
    "wrapped_key",
    "key",
    "hash",
    "prev_hash",
    "seq",
}
NADIA = {"last_name": "Benali", "number": "204117"}


@dataclass
class Case:
    """The same words for both ways: what is written, who signs the sheet, and where the web takes it."""

    key: str
    words: dict
    web: str
    who: dict = field(default_factory=lambda: dict(NADIA))
    web_only: dict = field(default_factory=dict)
    protected: bool = False
    state: str = "submitted"
    name: str = ""


def cases() -> list[Case]:
    idea = {"body": TEXT, "title": TITLE}
    sends = {"web": "/idees/deposer/", "web_only": {"seen": "", "action": "send"}}
    about = "/idees/{reference}/"
    found = [
        Case("idee", {**idea, "identity": "named"}, name="named", **sends),
        Case("idee", {**idea, "identity": "team"}, who={"team": "Dépôt des Tanneurs", **NADIA}, name="team", **sends),
        Case("idee", {**idea, "identity": "protected"}, name="protected", **sends),
        Case("idee", {"body": f"{TEXT}\n\nMerci.", "title": "", "identity": "named"}, name="without title", **sends),
        Case("idee", {**idea, "identity": "named", "here": "on"}, name="to settle here", state="somebody decides here",
             **sends),
        Case("commentaire", {"text": "D'accord, avec un cahier.", "identity": "named"}, f"{about}commenter/",
             name="named"),
        Case("commentaire", {"text": "D'accord.\nAvec un cahier.", "identity": "protected"}, f"{about}commenter/",
             name="protected"),
        Case("soutien", {}, f"{about}soutenir/", web_only={"soutien": "1"}),
        Case("suivi", {}, f"{about}suivre/", web_only={"suivi": "1"}),
        Case("rouvrir", {"answer": "oui"}, f"{about}rouvrir/", state="condition met"),
        Case("signalement", {"reason_code": "personnes", "text": "Il nomme un collègue."}, f"{about}signaler/"),
        Case("prevenir", {"means": "letter", "phone": ""}, "/moi/messages/sans-courriel/", name="by letter"),
        Case("prevenir", {"means": "call", "phone": "06 01 02 03 04"}, "/moi/messages/sans-courriel/", name="by call"),
        Case("prevenir", {"means": "none", "phone": ""}, "/moi/messages/sans-courriel/", name="not at all"),
    ]  # fmt: skip
    continued = [
        ("reponse", {"text": "Six places suffiraient."}, f"{about}etape/answer_screening/", {}, "asked"),
        ("reponse", {"text": "Toujours six places."}, f"{about}etape/wake_up/", {}, "dormant"),
        ("contestation", {"text": "Gaston est le surnom de la machine, pas un nom."}, f"{about}contester/", {}, "removed"),
        ("precisions", {"kind": "pain_point", "direction": "{direction}", "tags": "nuit, froid"}, f"{about}recue/",
         {"part": "details"}, "submitted"),
        ("correction", {"title": "Un banc couvert", "body": f"{TEXT} Merci."}, f"{about}modifier/", {}, "submitted"),
        ("retrait", {"reason": "C'est réglé.", "hide_body": "on"}, f"{about}retirer/", {"confirm": "on"}, "submitted"),
        ("retrait", {"reason": ""}, f"{about}retirer/", {"confirm": "on"}, "submitted"),
    ]  # fmt: skip
    for key, words, web, web_only, state in continued:
        for protected, who in ((False, dict(NADIA)), (False, {"code": "{code}"}), (True, {"code": "{code}"}),
                               (True, dict(NADIA))):  # fmt: skip
            name = f"{state} {'protected' if protected else 'named'} by {' and '.join(who)} {len(words)}"
            found.append(
                Case(key, words, web, who=who, web_only=web_only, protected=protected, state=state, name=name)
            )
    return found


def test_every_paper_form_is_compared():
    # Sheets of questionnaires are compared for any questions in tests/questionnaires/test_sheets.py.
    # A topic's sheet is signed by its team: tests/meetings/test_paper.py.
    known = {paper.key for paper in registry.forms() if paper.adapt is None} - {"topic"}
    assert {case.key for case in cases()} == known


@pytest.fixture
def place(desk):
    """The desk, and an idea of Nadia's at the state a case asks for."""
    desk.moderators = [AgentFactory(roles=[(Role.MODERATOR, None)]) for _ in range(2)]
    desk.direction = DirectionFactory(name="Propreté")
    drain_outbox()
    return desk


def idea_of(desk, case) -> Idea:
    author = desk.nadia
    if case.key == "prevenir":
        User.objects.filter(pk=desk.nadia.pk).update(email=None)
        desk.nadia.refresh_from_db()
    if case.state == "somebody decides here":
        AgentFactory(roles=[(Role.DECISION_MAKER, desk.depot)])
    if case.state == "condition met":
        return refused_and_asked_about(desk)
    if case.key in ("commentaire", "soutien", "suivi", "signalement"):
        author = desk.moderators[0]
    stage = {"dormant": "dormant"}.get(case.state, "submitted")
    idea = IdeaFactory(space=desk.box, author=author, protected=case.protected, stage=stage)
    if case.state == "asked":
        ask_author(idea=idea, actor=desk.moderators[0], text="Combien de places faudrait-il ?")
    if case.state == "removed":
        moderating.take_off(
            idea=idea, actor=desk.moderators[0], reason_code="personnes", text="Il nomme une personne."
        )
    drain_outbox()
    return Idea.objects.get(pk=idea.pk)


def refused_and_asked_about(desk) -> Idea:
    """A "no" that Nadia had supported, one of whose conditions is met."""
    decider = AgentFactory(roles=[(Role.DECISION_MAKER, desk.direction)])
    idea = IdeaFactory(space=desk.box, direction=desk.direction, stage="decision_pending")
    IdeaSupport.objects.create(idea=idea, user=desk.nadia)
    prepare_decision(idea=idea, actor=decider, **NO)
    announce_decision(idea=idea, actor=decider)
    idea = Idea.objects.select_related("decision", "unit", "space").get(pk=idea.pk)
    condition = idea.decision.conditions.get()
    meet_condition(idea=idea, condition=condition, actor=decider, text="Deux abris sont arrivés au magasin.")
    drain_outbox()
    return idea


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.key} {case.name}".strip())
def test_what_is_typed_back_equals_the_web_entry(place, case, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    desk = place
    idea = idea_of(desk, case)
    slip = codes.issue("idea", idea.handle)
    put = {"reference": idea.reference, "code": slip.spaced, "direction": str(desk.direction.pk)}
    words = {name: value.format(**put) if "{" in value else value for name, value in case.words.items()}
    who = {name: value.format(**put) if "{" in value else value for name, value in case.who.items()}
    before = tables()

    by_web = undone(lambda: send_by_web(desk, case, case.web.format(**put), words), before)
    by_sheet = undone(lambda: send_by_sheet(desk, case, idea, words, who), before)

    assert by_web, "the web wrote something"
    if "code" in case.who and not case.protected:
        by_web, by_sheet = nobody_s(by_web), nobody_s(by_sheet)
    assert by_sheet == by_web
    forget_effects()


def undone(act, before) -> list:
    """What an act and its effects wrote, once everything is put back."""
    count_again()
    with transaction.atomic():
        act()
        drain_outbox()
        written = difference(before, tables())
        transaction.set_rollback(True)
    return written


def nobody_s(written) -> list:
    """What was written, without who and when: whoever holds the code of a signed idea is somebody who holds a paper.

    The web signs the gesture with the account and its hour; a code proves no name, so that the gesture is dated from
    its week and stands in no account's name (docs/paper.md).
    """
    kept = []
    for label, changed, row in written:
        if label in ("foundations.AuditEntry", "foundations.OutboxEvent"):
            continue
        if label in ("notices.MailMessage", "notices.InboxItem"):
            row = {"code": row["code"], "user": row["user"]}
        row = {name: value for name, value in row.items() if not isinstance(value, datetime.date) and name != "actor"}
        if row or not changed:
            kept.append((label, changed, row))
    return kept


# ------------------------------------------------------------------------------------------------------ both ways
def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def send_by_web(desk, case, address, words):
    data = {**words, **case.web_only, "token": str(uuid.uuid4())}
    if case.key == "idee":
        data["boite"] = desk.box.slug
    answer = client_of(desk.nadia).post(address, data)
    assert answer.status_code in (302, 303), (address, answer.status_code, answer.content.decode()[-3000:])


def send_by_sheet(desk, case, idea, words, who):
    """Printed, read as its facilitator does, typed on the screen, looked at by somebody else and sent."""
    paper = registry.form(case.key)
    run = services.print_sheets(
        actor=desk.malika, paper=paper, about=desk.box.slug if paper.places else "", unit=desk.depot, count=1
    )
    sheet = tree(run.html)
    number = sheet.find(".//p[@class='number']/b").text
    assert FollowCode.objects.filter(sheet_number=number).exists()
    malika, ines = client_of(desk.malika), client_of(desk.gerard)
    batch = services.open_batch(actor=desk.malika, unit=desk.depot, held_on=clock.today(), announced=1)
    here = f"/papier/lots/{batch.reference}/"
    screen = tree(malika.get(f"{here}saisir/?lot-sheet={number}").content.decode())
    assert printed_questions(sheet) == screen_questions(screen)
    data = {**words, **{f"who-{name}": value for name, value in who.items()}, "reference": idea.reference}
    offered = {one.get("name") for one in screen.find(".//form[@data-numbered]").iter() if one.get("name")}
    assert set(data) - {"reference"} <= offered
    if "reference" in offered:
        assert paper.asks_reference
    answer = malika.post(f"{here}saisir/", {**data, "lot-sheet": number, "lot-kind": f"{paper.key}:"})
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    services.close_typing(actor=desk.malika, batch=Batch.objects.get(pk=batch.pk))
    kept = batch.sheets.get()
    answer = ines.post(f"{here}relire/", {**data, "lot-sheet": kept.pk, "action": "send"})
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    assert not batch.sheets.exists()


def tree(text: str):
    return html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)


def words_of(element) -> str:
    """What one reads, without the note that a question may stay empty or goes on overleaf."""
    text = "".join(element.itertext()) if element is not None else ""
    text = text.replace("’", "'").replace("\xa0", " ").replace("\u202f", " ")
    return " ".join(re.sub(r"\((facultatif|suite)\)", "", text).split())


def printed_questions(sheet) -> list:
    """(question, its boxes in order) as the sheet asks them; a question that goes on overleaf is one."""
    found = []
    for asked in sheet.iter("div"):
        kind = asked.get("class", "").split()
        if "asked" not in kind or "note" in kind:
            continue
        label = words_of(asked.find("p[@class='label']"))
        if not found or found[-1][0] != label:
            found.append((label, [words_of(box) for box in asked.findall(".//ol//b")]))
    return found


def screen_questions(screen) -> list:
    """The same as the typing screen asks them."""
    form, found = screen.find(".//form[@data-numbered]"), {}
    for group in form.iter("fieldset"):
        names = {one.get("name") for one in group.iter("input")}
        boxes = [words_of(label.find("b") if label.find("b") is not None else label) for label in group.iter("label")]
        found[names.pop()] = (words_of(group.find("legend")), boxes)
    for group in form.iter("select"):
        label = next(label for label in form.iter("label") if label.get("for") == group.get("id"))
        boxes = [words_of(option) for option in group.iter("option") if option.get("value")]
        found[group.get("name")] = (words_of(label), boxes)
    labels = {label.get("for"): words_of(label) for label in form.iter("label")}
    asked = [one for one in form.iter() if one.get("name") and one.get("type") != "hidden" and one.tag != "button"]
    return [
        found.get(name) or (labels[next(one.get("id") for one in asked if one.get("name") == name)], [])
        for name in dict.fromkeys(one.get("name") for one in asked)
    ]


def count_again() -> None:
    """Bring PostgreSQL's counters back to the rows: they go on through an undone transaction, and keys tell them."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


# ----------------------------------------------------------------------------------------------- what was written
def tables() -> dict:
    """Every row of the rooms a contribution reaches, by table and key."""
    return {
        model: rows_of(model)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in ROOMS and model._meta.managed
    }


def rows_of(model) -> dict:
    columns = [column.attname for column in model._meta.concrete_fields]
    return {row[model._meta.pk.attname]: row for row in model._base_manager.values(*columns)}


def difference(before, after) -> list:
    """Rows added, changed (their changed columns) or gone; what is drawn anew each time is told by its place."""
    added = {
        (model, key): row for model, rows in after.items() for key, row in rows.items() if key not in before[model]
    }
    names = {
        str(row[column]): f"<{column}>"
        for row in added.values()
        for column in ("reference", "handle")
        if row.get(column)
    }
    found = []
    for model, rows in after.items():
        label = model._meta.label
        for key, row in rows.items():
            old = before[model].get(key)
            if old is not None:
                row = {name: value for name, value in row.items() if value != old[name]}
            if row and not of_the_desk(row):
                found.append((label, old is not None, plain(model, row, added, names)))
        found += [(label, "gone", str(key)) for key in before[model] if key not in rows]
    return sorted(found, key=repr)


def of_the_desk(row) -> bool:
    return str(row.get("verb", "")).startswith(OF_THE_DESK)


def plain(model, row, added, names) -> dict:
    kept = {}
    for column in model._meta.concrete_fields:
        if column.attname not in row or column.name in OWN:
            continue
        value = row[column.attname]
        if column.is_relation and (column.related_model, value) in added:
            value = "<new>"
        kept[column.name] = told(value, names)
    return kept


def told(value, names):
    if isinstance(value, bytes | memoryview):
        return "<bytes>"
    if isinstance(value, datetime.datetime | datetime.date | bool | int) or value is None:
        return value
    text = json.dumps(value, sort_keys=True, default=str) if isinstance(value, dict | list) else str(value)
    for name, instead in names.items():
        text = text.replace(name, instead).replace(name.replace("-", ""), instead)
    return text
