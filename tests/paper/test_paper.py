"""From a printed sheet to its answer read by code: who may, what is kept, what is refused."""

import html
import io
import re

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from ideas.models import Idea, IdeaCase, IdeaComment
from ideas.services import ask_author, moderating, submit_idea
from src.foundations import documents
from src.foundations.testing import drain_outbox
from src.paper import codes, registry, services, sheets
from src.paper.models import Batch, FollowCode, TypedSheet
from src.paper.services import batches
from src.participation.models import SealedAuthor
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.participation import PhaseFactory

from .conftest import TEXT, TITLE


def printed(desk, count=2, key="idee"):
    """Sheets printed for the depot, and the codes read from them as their authors do."""
    paper = registry.form(key)
    done = services.print_sheets(
        actor=desk.malika, paper=paper, about=desk.box.slug if paper.places else "", unit=desk.depot, count=count
    )
    slips = re.findall(r'class="code">([0-9A-Z-]+)<', done.html)
    numbers = re.findall(r'<p class="number">[^<]*<b>([0-9A-Z]{6})</b></p>', done.html)
    return done, slips, numbers


def look(desk, batch, actor=None):
    """The second look of every sheet of a batch, agreeing with what was typed."""
    return [
        services.send_sheet(actor=actor or desk.gerard, sheet=sheet, filled=batches.opened(sheet))
        for sheet in batch.sheets.all()
    ]


def words(response) -> str:
    """The page as one reads it."""
    return html.unescape(response.content.decode()).replace("’", "'")


def client_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user, backend="src.directory.backends.DirectoryBackend")
    return client


def test_a_sheet_without_a_name_is_answered_to_whoever_holds_its_code(desk):
    _done, slips, numbers = printed(desk)
    batch = desk.batch(desk.idea_sheet(), codes=[codes.find_sheet(numbers[0])])

    (handed,) = look(desk, batch)

    idea = Idea.objects.get(handle=handed.handle)
    assert (idea.title, idea.body, idea.channel, idea.identity_mode, idea.author_id) == (
        TITLE, TEXT, "paper", "protected", None,
    )  # fmt: skip
    assert not SealedAuthor.objects.exists()
    client = client_of()
    client.get("/suivre/")
    assert client.post("/suivre/", {"code": slips[0]}).status_code == 303
    page = client.get("/suivre/")
    assert TITLE in words(page)
    assert page["Cache-Control"] == "private, no-store"
    # "no-referrer" makes browsers send « Origin: null », and every form of the page is then refused.
    assert page["Referrer-Policy"] == "same-origin"
    drain_outbox()


def test_sheets_are_for_the_permanent_box_unless_one_says_otherwise(desk):
    """A call whose name comes first in the alphabet doesn't catch what was written without thinking of it."""
    call = BoxFactory(slug="appel", name="Appel à objets", open_verbs=())
    PhaseFactory(space=call, closes=20)

    offered = [slug for slug, _name in registry.form("idee").places(desk.malika)]

    assert offered == [desk.box.slug, "appel"]


def test_the_code_is_nowhere_in_clear_and_the_sheet_is_forgotten(desk):
    _done, slips, numbers = printed(desk)
    batch = desk.batch(desk.idea_sheet(), codes=[codes.find_sheet(numbers[0])])

    look(desk, batch)

    code = FollowCode.objects.get(handle__isnull=False)
    assert (code.sheet_number, code.run_id) == (None, None)
    assert all(len(one.replace("-", "")) == 13 for one in slips)
    assert slips[0].replace("-", "") not in repr(list(FollowCode.objects.values()))
    assert not TypedSheet.objects.exists()
    batch.refresh_from_db()
    assert (batch.state, batch.sent, batch.checked_by) == ("sent", 1, desk.gerard)
    drain_outbox()


def test_the_database_keeps_no_sheet_beside_a_contribution(desk):
    printed(desk, 1)
    code = FollowCode.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowCode.objects.filter(pk=code.pk).update(handle=code_handle(), subject_kind="idea")


def code_handle():
    import uuid

    return uuid.uuid4()


def test_a_code_never_moves_to_another_contribution(desk):
    codes.issue("idea", code_handle())

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowCode.objects.update(handle=code_handle())


def test_whoever_typed_never_gives_the_second_look(desk):
    batch = desk.batch(desk.idea_sheet())

    with pytest.raises(PermissionDenied):
        look(desk, batch, actor=desk.malika)

    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.update(checked_by=desk.malika)


def test_a_partner_sees_only_their_places_and_only_between_their_dates(desk, time_machine):
    mine = services.open_batch(actor=desk.partner, unit=desk.elsewhere, held_on=today(), announced=1)
    desk.batch(desk.idea_sheet())

    seen = list(Batch.objects.visible_to(desk.partner))
    with pytest.raises(PermissionDenied):
        services.open_batch(actor=desk.partner, unit=desk.depot, held_on=today(), announced=1)
    assert seen == [mine]
    assert client_of(desk.partner).get("/papier/").status_code == 200
    time_machine.move_to(next_month())
    assert list(Batch.objects.visible_to(desk.partner)) == []
    assert client_of(desk.partner).get("/papier/").status_code == 404


def today():
    from src.foundations import clock

    return clock.today()


def next_month():
    from datetime import timedelta

    from src.foundations import clock

    return clock.now() + timedelta(days=31)


def test_a_name_needs_its_own_number(desk):
    wrong = desk.idea_sheet("named", last_name="Benali", number="999")
    right = desk.idea_sheet("named", last_name="BÉNALI", number="204117")

    assert not wrong.is_valid()
    assert wrong.who.errors["number"] == ["Ce nom et ce numéro ne vont pas ensemble. Relisez la feuille."]
    assert right.is_valid() and right.who.author == desk.nadia


def test_a_protected_sheet_with_its_number_is_sealed_as_on_the_web(desk):
    batch = desk.batch(desk.idea_sheet("protected", last_name="Benali", number="204117"))

    (handed,) = look(desk, batch)

    assert list(SealedAuthor.objects.values_list("handle", flat=True)) == [handed.handle]
    assert list(Idea.objects.of(desk.nadia)) == []
    drain_outbox()
    desk.nadia.refresh_from_db()
    assert [idea.handle for idea in Idea.objects.of(desk.nadia)] == [handed.handle]


@pytest.mark.parametrize("identity, who", [
    ("protected", {}),
    ("named", {"last_name": "Benali", "number": "204117"}),
    ("team", {"team": "Équipe de nuit"}),
])  # fmt: skip
def test_what_is_typed_back_equals_the_web_entry(desk, identity, who):
    (handed,) = look(desk, desk.batch(desk.idea_sheet(identity, **who)))
    from_paper = Idea.objects.get(handle=handed.handle)

    web = submit_idea(
        actor=desk.nadia,
        space=desk.box,
        body=TEXT,
        title=TITLE,
        identity_mode="protected" if identity == "protected" else "named",
        signature="team" if identity == "team" else "person",
        team_label=who.get("team", ""),
    ).idea

    same = ("title", "body", "body_html", "kind", "identity_mode", "signature", "signed_as", "week", "space_id",
            "process_id", "stage_id", "unit_id")  # fmt: skip
    assert {name: getattr(from_paper, name) for name in same} == {name: getattr(web, name) for name in same}
    drain_outbox()


def test_a_comment_an_answer_and_a_withdrawal_come_back_from_their_sheets(desk):
    idea = IdeaFactory(space=desk.box, author=desk.nadia, protected=True, stage="submitted")
    slip = codes.issue("idea", idea.handle)
    spoken = desk.filled("commentaire", idea.reference, text="D'accord, avec un cahier.", identity="protected")
    look(desk, desk.batch(spoken))
    assert [(c.body, c.channel) for c in IdeaComment.objects.all()] == [("D'accord, avec un cahier.", "paper")]

    ask_author(idea=idea, actor=moderator(desk), text="Combien de places faudrait-il ?")
    reply = desk.filled("reponse", idea.reference, text="Six places suffiraient.", **{"who-code": slip.spaced})
    look(desk, desk.batch(reply))
    idea.refresh_from_db()
    assert idea.journal.order_by("id").last().text == "Six places suffiraient."

    leave = desk.filled("retrait", idea.reference, reason="Réglé.", **{"who-code": slip.spaced})
    look(desk, desk.batch(leave))
    idea.refresh_from_db()
    assert idea.stage_kind == "withdrawn"
    drain_outbox()


def test_an_author_without_a_screen_objects_by_code_and_on_a_sheet(desk):
    first, other = moderator(desk), moderator(desk)
    why, objection = "Votre texte désigne une personne.", "Gaston est le surnom de la machine."
    ideas = [IdeaFactory(space=desk.box, author=desk.nadia, protected=True) for _ in range(2)]
    slips = [codes.issue("idea", idea.handle) for idea in ideas]
    for idea in ideas:
        moderating.take_off(idea=idea, actor=first, reason_code="personnes", text=why)
    drain_outbox()

    client = client_of()
    client.post("/suivre/", {"code": slips[0].spaced})
    page = words(client.get("/suivre/"))
    assert why in page and "Contester le retrait de mon idée" in page
    assert client.post("/suivre/contester/", {"text": objection}).status_code == 303
    assert "Vous avez contesté." in words(client.get("/suivre/"))
    sheet = desk.filled("contestation", ideas[1].reference, text=objection, **{"who-code": slips[1].spaced})
    look(desk, desk.batch(sheet))

    assert [case.appeal.text for case in IdeaCase.objects.appealed_to(other).select_related("appeal")] == [
        objection
    ] * 2
    drain_outbox()


def moderator(desk):
    from src.directory.enums import Role
    from tests.factories.directory import AgentFactory

    return AgentFactory(roles=[(Role.MODERATOR, None)])


def test_a_reply_with_somebody_elses_code_is_refused_in_words(desk):
    idea = IdeaFactory(space=desk.box, author=desk.nadia, stage="submitted")
    other = IdeaFactory(space=desk.box)
    ask_author(idea=idea, actor=moderator(desk), text="Combien de places faudrait-il ?")
    slip = codes.issue("idea", other.handle)
    batch = desk.batch(
        desk.filled("reponse", idea.reference, text="Six places suffiraient.", **{"who-code": slip.code})
    )

    with pytest.raises(ValidationError):
        look(desk, batch)

    assert batch.sheets.count() == 1
    drain_outbox()


def test_one_sheet_at_least_is_typed_twice_and_differences_are_told(desk):
    batch = desk.batch(desk.idea_sheet(), desk.idea_sheet())

    sheet = batch.sheets.filter(is_blind=True).get()

    again = desk.filled(body=TEXT + " Merci.", title=TITLE, identity="protected")
    assert services.retype_matches(sheet, again) == ["body"]
    assert services.retype_matches(sheet, desk.idea_sheet()) == []

    from_another_page = desk.idea_sheet()
    from_another_page.data = {**from_another_page.data, "token": ["c30e1ca7-e3a3-4c13-ba5d-4ca3500b9f48"]}
    assert services.retype_matches(sheet, from_another_page) == [], "the page's own token is no answer"


@pytest.mark.parametrize("paper", registry.forms(), ids=lambda paper: paper.key)
@pytest.mark.parametrize("large", [False, True])
def test_every_form_prints_all_its_questions(desk, paper, large):
    form = paper.build(desk.about(paper), None)
    paper = paper.of(form)
    visible = {bound.name for bound in form.visible_fields()}

    asked = sheets.questions(paper, form)
    metrics = sheets.LARGE if large else sheets.NORMAL
    pages = sheets.lay_out(asked, metrics, with_strip=paper.has_code)

    assert visible - set(paper.fields) - set(paper.left_out) == set()
    drawn, short = {}, set()
    for page in pages:
        for item in page.items:
            drawn[item.name] = drawn.get(item.name, 0) + item.count
            short |= {item.name} if item.is_short else set()
    assert set(drawn) == {item.name for item in asked}
    for item in asked:
        # A question that gave up lines keeps eight at least, and says where to go on.
        assert drawn[item.name] == item.count or (drawn[item.name] >= 8 and item.name in short)


@pytest.mark.parametrize("paper", registry.forms(), ids=lambda paper: paper.key)
@pytest.mark.parametrize(("large", "sides"), [(False, 2), (True, 4)])
def test_a_sheet_is_one_leaf_and_two_in_large_print(desk, paper, large, sides):
    """Counted on the document itself: what doesn't fit its page would be cut."""
    about = desk.about(paper)
    run = services.print_sheets(
        actor=desk.malika,
        paper=paper,
        about=about,
        unit=desk.depot,
        count=2,
        large=large,
    )
    drawn = run.html.count('<section class="page')
    pages = pypdf.PdfReader(io.BytesIO(documents.pdf_or_html_response(run.html, "x").content)).pages
    first = [page.extract_text() for page in pages[: len(pages) // 2]]

    assert len(pages) == drawn and len(first) <= sides
    text = plain_words(" ".join(first))
    form = paper.fitted(paper.build(about, None), about, unit=desk.depot)
    paper = paper.of(form)
    assert plain_words(str(paper.title)) in text
    for item in [*sheets.questions(paper, form), *sheets.who_questions(paper)]:
        assert plain_words(item.label) in text
    assert ("3114" in text) == bool(paper.watched), "who helps instead, before anything is written"


def plain_words(text: str) -> str:
    """Letters and digits alone: how the document breaks its lines tells nothing."""
    return "".join(sign for sign in text if sign.isalnum())


# ------------------------------------------------------------------------------------------------------- the code
def test_ten_guesses_then_wait_and_the_building_still_enters(desk):
    idea = IdeaFactory(space=desk.box)
    slip = codes.issue("idea", idea.handle)
    guesser = client_of()
    guesser.get("/suivre/")

    answers = [guesser.post("/suivre/", {"code": f"0000-0000-{n:05d}"}).status_code for n in range(13)]

    assert answers == [422] * 10 + [429] * 3
    neighbour = client_of()
    neighbour.get("/suivre/")
    assert neighbour.post("/suivre/", {"code": slip.spaced}).status_code == 303
    drain_outbox()


def test_without_its_cookie_a_program_is_counted_by_its_address(desk):
    answers = [Client().post("/suivre/", {"code": f"0000-0000-{n:05d}"}).status_code for n in range(12)]

    assert answers == [422] * 10 + [429] * 2


def test_unknown_and_expired_codes_have_one_answer(desk, django_assert_num_queries):
    idea = IdeaFactory(space=desk.box)
    slip = codes.issue("idea", idea.handle)
    FollowCode.objects.update(expires_on="2020-01-01")
    pages = []
    for code in (slip.spaced, "7KQ4-M2XR-90TBZ"):
        client = client_of()
        client.get("/suivre/")
        response = client.post("/suivre/", {"code": code})
        body = re.sub(r'value="[^"]*"', "", response.content.decode())
        pages.append((response.status_code, body))

    assert pages[0] == pages[1]
    for code in (slip.spaced, "7KQ4-M2XR-90TBZ", "n'importe quoi"):
        with django_assert_num_queries(1):
            assert codes.find(code) is None
    drain_outbox()


def test_a_sheet_not_typed_yet_says_so_and_closing_leaves_nothing(desk):
    _done, slips, _numbers = printed(desk, 1)
    client = client_of()
    client.post("/suivre/", {"code": slips[0]})

    assert "Votre feuille n'est pas encore saisie" in words(client.get("/suivre/"))
    client.post("/suivre/terminer/")
    assert client.cookies["terrain_suivre"].value == ""
    assert "sessionid" not in client.cookies


def test_reply_and_claim_by_code(desk):
    (handed,) = look(desk, desk.batch(desk.idea_sheet()))
    idea = Idea.objects.get(handle=handed.handle)
    slip = codes.issue("idea", idea.handle)
    ask_author(idea=idea, actor=moderator(desk), text="Combien de places faudrait-il ?")
    client = client_of(desk.nadia)
    client.post("/suivre/", {"code": slip.spaced})

    assert client.post("/suivre/repondre/", {"text": ""}).status_code == 422
    assert client.post("/suivre/repondre/", {"text": "Six places suffiraient."}).status_code == 303
    assert client.post("/suivre/rattacher/").status_code == 303

    drain_outbox()
    assert [one.pk for one in Idea.objects.of(desk.nadia)] == [idea.pk]
    entry = idea.journal.order_by("id").last()
    assert (entry.text, entry.actor_id) == ("Six places suffiraient.", None)
    client.post("/suivre/rattacher/")
    assert SealedAuthor.objects.count() == 1


def test_what_is_anonymous_is_never_claimed(desk):
    from src.participation.services import authorship

    idea = IdeaFactory(space=desk.box)
    idea.identity_mode = "anonymous"

    with pytest.raises(ValidationError, match="rattaché à personne"):
        authorship.claim(idea, desk.nadia)
    drain_outbox()
