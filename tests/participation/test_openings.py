"""Opening an identity: two people of two functions, written before it is read, the author told, the count public."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from src.directory.enums import Role
from src.directory.models import Affectation, User
from src.foundations import chain, clock, journal
from src.foundations.models import AuditEntry, Seal, TickRun
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem, MailMessage
from src.participation import jobs, selectors
from src.participation.enums import Ground, IdentityMode, OpeningState
from src.participation.models import IdentityOpening, SealedAuthor
from src.participation.services import openings
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import LONG_AGO, AgentFactory, DirectionFactory, UnitFactory, away, grant

from .conftest import build_idea

WHY = "Le parquet demande qui a écrit ce texte, par une réquisition écrite du 24 novembre."
BACKEND = "src.directory.backends.DirectoryBackend"


def holder(role, **values):
    return AgentFactory(roles=[(role, None)], **values)


@pytest.fixture
def legal(db):
    return holder(Role.LEGAL, first_name="Nora", last_name="Haddad")


@pytest.fixture
def mediator(db):
    return holder(Role.MEDIATOR, first_name="Alix", last_name="Perrin")


@pytest.fixture
def author(db):
    return AgentFactory(first_name="Zoé", last_name="Quetzal", unit=UnitFactory(name="Collecte"))


@pytest.fixture
def sealed(box, author):
    idea = build_idea(box, author, identity_mode=IdentityMode.PROTECTED)
    drain_outbox()
    return idea


def request_for(idea, actor, **values):
    values = {"ground": Ground.JUDGE, "motive": WHY, "court_reference": "Parquet, n° 26-1187", **values}
    return openings.ask(actor=actor, kind="idea", reference=idea.reference, **values)


def browser(user):
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def reread(opening):
    return IdentityOpening.objects.get(pk=opening.pk)


def verbs(opening):
    rows = AuditEntry.objects.filter(object_ref=f"opening:{opening.reference}").order_by("pk")
    return [row.verb.rpartition(".")[2] for row in rows]


# ------------------------------------------------------------------------------------------------ two people
def test_two_people_of_two_functions_read_one_name_once_each(sealed, legal, mediator, author):
    opening = request_for(sealed, legal)
    with pytest.raises(TransitionNotAllowed, match="pas levé"):
        openings.read_name(opening=opening, actor=legal)

    opened = openings.confirm(opening=opening, actor=mediator)

    for actor in (mediator, legal):
        identity = openings.read_name(opening=reread(opened), actor=actor)
        assert identity.name == "Zoé Quetzal"
        assert identity.place == "Collecte"
        with pytest.raises(TransitionNotAllowed, match="qu.une fois"):
            openings.read_name(opening=reread(opened), actor=actor)
    assert verbs(opening) == ["asked", "opened", "read", "read"]
    chained = set(Seal.objects.filter(stream=journal.STREAM).values_list("row_pk", flat=True))
    written = AuditEntry.objects.filter(object_ref=f"opening:{opening.reference}").values_list("pk", flat=True)
    assert {str(pk) for pk in written} <= {str(pk) for pk in chained}
    drain_outbox()


def test_one_person_alone_opens_nothing(sealed, legal):
    opening = request_for(sealed, legal)

    with pytest.raises(PermissionDenied, match="une autre personne"):
        openings.confirm(opening=opening, actor=legal)
    answer = browser(legal).post(f"/levees-du-secret/{opening.reference}/confirmer/")

    assert answer.status_code == 403
    assert reread(opening).state == OpeningState.WAITING
    assert verbs(opening) == ["asked", "alone", "alone"]
    drain_outbox()


def test_the_database_refuses_the_same_person_twice_and_the_same_function_twice(sealed, legal, mediator):
    opening = request_for(sealed, legal)
    rows = IdentityOpening.objects.filter(pk=opening.pk)
    opened = {"state": OpeningState.OPENED, "decided_at": clock.now()}

    for wrong in (
        {**opened, "decided_by": legal, "decided_as": Role.MEDIATOR},
        {**opened, "decided_by": mediator, "decided_as": Role.LEGAL},
        {**opened, "decided_by": None, "decided_as": Role.MEDIATOR},
        {"state": OpeningState.OPENED},
        {"read_by_asker_at": clock.now()},
        {"handle": build_idea(sealed.space, legal, identity_mode=IdentityMode.PROTECTED).handle},
        {"ground": Ground.DANGER},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    assert reread(opening).state == OpeningState.WAITING
    drain_outbox()


def test_what_was_decided_never_changes_again(sealed, legal, mediator):
    opening = openings.confirm(opening=request_for(sealed, legal), actor=mediator)
    rows = IdentityOpening.objects.filter(pk=opening.pk)

    for wrong in ({"state": OpeningState.REFUSED}, {"decided_by": AgentFactory()}, {"told_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityOpening.objects.create(
            handle=sealed.handle, ground=Ground.DANGER, state=OpeningState.OPENED, asked_by=legal, asked_as="legal",
            asked_at=clock.now(), expires_at=clock.now(), decided_by=mediator, decided_as="mediator",
            decided_at=clock.now(), motive_sealed=b"x",
        )  # fmt: skip
    drain_outbox()


def test_two_lawyers_arent_two_functions(sealed, legal):
    opening = request_for(sealed, legal)
    colleague = holder(Role.LEGAL)

    with pytest.raises(PermissionDenied, match="deux fonctions"):
        openings.confirm(opening=opening, actor=colleague)
    drain_outbox()


def test_a_superuser_an_administrator_and_a_deputy_open_nothing(sealed, legal, mediator):
    root = AgentFactory(is_superuser=True)
    admin = AgentFactory(roles=[(Role.ADMINISTRATOR, None), (Role.DPO, None)])
    deputy = AgentFactory()
    absent = AgentFactory()
    grant(absent, Role.DPO, None, deputy=deputy)
    away(absent, clock.today(), clock.today() + timedelta(days=3))
    local = AgentFactory(roles=[(Role.DPO, DirectionFactory())])
    opening = request_for(sealed, legal)

    for person in (root, admin, deputy, local, AgentFactory(), AgentFactory(roles=[(Role.MODERATOR, None)])):
        person = User.objects.get(pk=person.pk)
        with pytest.raises(PermissionDenied):
            openings.confirm(opening=opening, actor=person)
        with pytest.raises(PermissionDenied):
            request_for(sealed, person)
        assert browser(person).get("/levees-du-secret/").status_code == 403
        assert browser(person).get(f"/levees-du-secret/{opening.reference}/").status_code == 403
    assert Client().get("/levees-du-secret/").status_code == 302
    drain_outbox()


def test_nobody_else_reads_the_name(sealed, legal, mediator):
    opening = openings.confirm(opening=request_for(sealed, legal), actor=mediator)
    dpo = holder(Role.DPO)

    with pytest.raises(PermissionDenied, match="deux personnes"):
        openings.read_name(opening=opening, actor=dpo)
    legal.rolegrants.update(ends_on=clock.today() - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        openings.read_name(opening=opening, actor=legal)
    drain_outbox()


# ------------------------------------------------------------------------------------------------- hierarchy
def test_whoever_manages_is_excluded_with_one_sentence_whoever_wrote(box, legal):
    """The refusal of an author's own manager and of somebody else's are the same bytes and the same journal rows."""
    team, elsewhere = UnitFactory(), UnitFactory()
    manager = holder(Role.MEDIATOR, unit=team, is_manager=True)
    said = []
    for unit in (team, elsewhere):
        idea = build_idea(box, AgentFactory(unit=unit), identity_mode=IdentityMode.PROTECTED)
        opening = request_for(idea, legal)
        with pytest.raises(PermissionDenied) as refusal:
            openings.confirm(opening=opening, actor=manager)
        InboxItem.objects.all().delete()  # the count of unread messages stands on each page
        page = browser(manager).post(f"/levees-du-secret/{opening.reference}/confirmer/")
        read = browser(manager).get(f"/levees-du-secret/{opening.reference}/")
        rows = AuditEntry.objects.filter(verb="participation.identity.excluded").order_by("pk")
        pages = [without_tokens(one, opening) for one in (page, read)]
        said.append((str(refusal.value), page.status_code, *pages, len(rows)))
    (first, second) = said
    assert first[:4] == second[:4]
    assert first[0] == openings.excluded_sentence()
    assert (first[1], first[4], second[4]) == (403, 2, 4)
    with pytest.raises(PermissionDenied, match="prendre part"):
        request_for(idea, manager)
    drain_outbox()


def without_tokens(response, opening):
    """The page without what is drawn at each request, and without the request's own reference."""
    return re.sub(rb"\b[0-9A-Za-z]{64}\b", b"", response.content).replace(opening.reference.encode(), b"")


def test_whoever_managed_when_it_was_written_is_excluded_too(sealed, legal):
    moved = holder(Role.MEDIATOR, unit=UnitFactory(), is_manager=True)
    Affectation.objects.filter(user=moved).update(ends_on=clock.today())
    opening = request_for(sealed, legal)

    with pytest.raises(PermissionDenied):
        openings.confirm(opening=opening, actor=moved)
    Affectation.objects.filter(user=moved).update(ends_on=sealed.week - timedelta(days=1))
    assert openings.confirm(opening=opening, actor=moved).state == OpeningState.OPENED
    drain_outbox()


def test_an_author_who_holds_a_function_isnt_told_apart(box, legal):
    """Refusing an author would tell the others who wrote; they know their own name already."""
    author = holder(Role.MEDIATOR)
    idea = build_idea(box, author, identity_mode=IdentityMode.PROTECTED)

    opened = openings.confirm(opening=request_for(idea, legal), actor=author)

    assert opened.state == OpeningState.OPENED
    drain_outbox()


# ------------------------------------------------------------------------------------------------ the author
def test_the_author_is_told_in_the_same_transaction(sealed, legal, mediator, author):
    opening = request_for(sealed, legal)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        # Whatever fails afterwards takes both away.
        openings._decide(opening, OpeningState.OPENED, mediator, "mediator", clock.now())
        openings.telling.tell_author(reread(opening), clock.now())
        assert InboxItem.objects.filter(handle=sealed.handle).count() == 1
        raise ZeroDivisionError
    assert InboxItem.objects.filter(handle=sealed.handle).count() == 0
    opening.refresh_from_db()

    openings.confirm(opening=opening, actor=mediator)

    # Before anything ran: the message and the effect that sends it are there.
    told = InboxItem.objects.get(handle=sealed.handle)
    assert told.code == "participation.opening.author"
    assert told.user_id is None
    assert MailMessage.objects.filter(handle=sealed.handle).count() == 1
    drain_outbox()
    page = browser(User.objects.get(pk=author.pk)).get("/moi/messages/").content.decode()
    assert "Le secret de votre nom" in page


def test_a_judges_ban_delays_the_authors_notice_until_its_day(sealed, legal, mediator, monkeypatch):
    until = clock.today() + timedelta(days=40)
    opening = request_for(sealed, legal, ground=Ground.JUDGE_SECRET, silent_until=until)
    openings.confirm(opening=opening, actor=mediator)
    drain_outbox()
    assert InboxItem.objects.filter(handle=sealed.handle).count() == 0
    jobs.follow_openings(clock.now())
    assert InboxItem.objects.filter(handle=sealed.handle).count() == 0
    # Meanwhile its link stays, even past its time: nobody could be told otherwise.
    assert openings.handles_not_told() == {sealed.handle}

    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=41))
    jobs.follow_openings(clock.now())
    jobs.follow_openings(clock.now())

    assert InboxItem.objects.filter(handle=sealed.handle).count() == 1
    assert openings.handles_not_told() == set()
    drain_outbox()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"court_reference": " "}, "court_reference"),
        ({"ground": Ground.JUDGE_SECRET}, "silent_until"),
        ({"ground": Ground.JUDGE_SECRET, "silent_until": LONG_AGO}, "silent_until"),
        ({"ground": Ground.JUDGE_SECRET, "silent_until": LONG_AGO.replace(year=2999)}, "silent_until"),
        ({"ground": "curiosite"}, "ground"),
        ({"motive": "Parce que."}, "motive"),
    ],
)
def test_a_request_without_what_its_ground_asks_is_refused_by_field(sealed, legal, values, field):
    with pytest.raises(ValidationError) as refusal:
        request_for(sealed, legal, **values)
    assert list(refusal.value.message_dict) == [field]
    assert IdentityOpening.objects.count() == 0


# -------------------------------------------------------------------------------------------- what can't be
def test_what_has_no_name_under_lock_says_so(box, sealed, legal, author):
    signed = build_idea(box, author)
    unsealed = build_idea(box, author, identity_mode=IdentityMode.PROTECTED, seal=False)
    sealed_twice = request_for(sealed, legal)
    for idea, words in ((signed, "signé"), (unsealed, "Aucun nom n.est sous clé"), (sealed, "attend déjà")):
        with pytest.raises(ValidationError, match=words):
            request_for(idea, legal)
    with pytest.raises(ValidationError, match="Aucun texte"):
        openings.ask(actor=legal, kind="idea", reference="ZZZZZZ", ground=Ground.DANGER, motive=WHY)
    assert sealed_twice.is_waiting
    drain_outbox()


def test_a_link_dropped_after_24_months_says_so_at_each_step(sealed, legal, mediator):
    opening = request_for(sealed, legal)
    SealedAuthor.objects.all().delete()
    with pytest.raises(TransitionNotAllowed, match="24 mois"):
        openings.confirm(opening=opening, actor=mediator)
    answer = browser(mediator).post(f"/levees-du-secret/{opening.reference}/confirmer/")
    assert answer.status_code == 409
    assert "24 mois" in answer.content.decode()
    assert reread(opening).state == OpeningState.WAITING
    drain_outbox()


def test_a_request_nobody_confirms_is_closed_by_its_date_not_by_the_tick(sealed, legal, mediator, monkeypatch):
    opening = request_for(sealed, legal)
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=7, minutes=1))

    assert not reread(opening).is_waiting
    with pytest.raises(TransitionNotAllowed, match="à temps"):
        openings.confirm(opening=opening, actor=mediator)
    jobs.follow_openings(clock.now())
    jobs.follow_openings(clock.now())

    assert reread(opening).state == OpeningState.EXPIRED
    assert InboxItem.objects.filter(code="participation.opening.expired", user=legal).count() == 1
    assert request_for(sealed, legal).is_waiting
    drain_outbox()


def test_the_name_waits_seven_days_then_is_closed_too(sealed, legal, mediator, monkeypatch):
    opening = openings.confirm(opening=request_for(sealed, legal), actor=mediator)
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=7, minutes=1))

    with pytest.raises(TransitionNotAllowed, match="Le temps de lire"):
        openings.read_name(opening=reread(opening), actor=legal)
    drain_outbox()


def test_refused_by_the_second_with_words_the_asker_reads(sealed, legal, mediator):
    opening = request_for(sealed, legal)
    with pytest.raises(ValidationError):
        openings.refuse(opening=opening, actor=mediator, text=" ")
    answer = browser(mediator).post(
        f"/levees-du-secret/{opening.reference}/refuser/", {"text": "Le texte ne menace personne."}
    )

    assert answer.status_code == 303
    page = browser(legal).get(f"/levees-du-secret/{opening.reference}/").content.decode()
    assert "Le texte ne menace personne." in page
    assert InboxItem.objects.filter(code="participation.opening.refused", user=legal).count() == 1
    with pytest.raises(TransitionNotAllowed):
        openings.read_name(opening=reread(opening), actor=legal)
    drain_outbox()


def test_two_tabs_one_decision(sealed, legal, mediator):
    opening = request_for(sealed, legal)
    stale = reread(opening)
    dpo = holder(Role.DPO)

    openings.confirm(opening=opening, actor=mediator)
    for act in (
        lambda: openings.confirm(opening=stale, actor=mediator),
        lambda: openings.confirm(opening=stale, actor=dpo),
        lambda: openings.refuse(opening=stale, actor=dpo, text="Non."),
    ):
        with pytest.raises(TransitionNotAllowed, match="déjà confirmée"):
            act()

    assert reread(opening).decided_by == mediator
    assert InboxItem.objects.filter(handle=sealed.handle).count() == 1
    drain_outbox()


# ------------------------------------------------------------------------------------------------ on screen
def test_by_the_screens_from_the_request_to_the_name(sealed, legal, mediator):
    asking, second = browser(legal), browser(mediator)
    form = {
        "kind": "idea", "reference": sealed.reference.lower(), "ground": "juge", "motive": WHY,
        "court_reference": "Parquet, n° 26-1187", "silent_until": "",
    }  # fmt: skip
    refused = asking.post("/levees-du-secret/demander/", {**form, "court_reference": ""})
    assert refused.status_code == 422
    assert WHY in refused.content.decode()
    asked = asking.post("/levees-du-secret/demander/", form)
    assert asked.status_code == 303
    here = asked["Location"]
    assert "Zoé" not in second.get(here).content.decode()
    assert sealed.title in second.get(f"{here}confirmer/").content.decode()
    assert second.post(f"{here}confirmer/").status_code == 303
    read = second.post(f"{here}nom/")
    assert read.status_code == 200
    assert "Zoé Quetzal" in read.content.decode()
    assert "no-store" in read["Cache-Control"]
    for address in (here, "/levees-du-secret/", f"{here}confirmer/"):
        answer = second.get(address, follow=True)
        assert "Zoé" not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    assert second.get(f"{here}nom/").status_code == 405
    assert second.post(f"{here}nom/").status_code == 409
    assert asking.post(f"{here}nom/").status_code == 200
    drain_outbox()


def test_the_public_count_moves_zero_included(sealed, legal, mediator):
    visitor = Client()
    year = clock.today().year
    assert visitor.get("/api/v1/identity-openings/").json() == {
        "items": [{"year": year, "opened": 0, "refused": 0, "expired": 0}]
    }
    assert f"0</b><span>secret levé en {year}" in visitor.get("/nom-protege/").content.decode()

    openings.confirm(opening=request_for(sealed, legal), actor=mediator)

    assert visitor.get("/api/v1/identity-openings/").json()["items"][0]["opened"] == 1
    assert f"1</b><span>secret levé en {year}" in visitor.get("/nom-protege/").content.decode()
    drain_outbox()


def test_the_queue_costs_the_same_with_one_request_and_with_three(box, legal, mediator, django_assert_num_queries):
    client = browser(mediator)
    for rows in (1, 3):
        while IdentityOpening.objects.count() < rows:
            request_for(build_idea(box, AgentFactory(), identity_mode=IdentityMode.PROTECTED), legal)
        drain_outbox()
        with django_assert_num_queries(7):
            assert client.get("/levees-du-secret/").status_code == 200


def test_the_count_of_years_is_one_statement(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [one.opened for one in selectors.openings_by_year()] == [0]


# ------------------------------------------------------------------------------------------------ what is kept
def test_no_row_of_an_opening_names_the_author_and_the_reasons_are_encrypted(sealed, legal, mediator, author):
    opening = openings.confirm(opening=request_for(sealed, legal, motive=f"{WHY} Peut-être Zoé."), actor=mediator)
    openings.read_name(opening=opening, actor=mediator)
    drain_outbox()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM participation_identityopening")
        row = "\n".join(
            bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
            for cell in cursor.fetchone()
        )
    written = str(list(AuditEntry.objects.filter(verb__startswith="participation.identity").values()))
    for text in (row, written):
        assert "Zoé" not in text
        assert "Quetzal" not in text
        assert "réquisition" not in text
    assert reread(opening).motive.endswith("Peut-être Zoé.")
    # What a new city wrote before is chained within the minute, after what didn't wait.
    chain.seal_pending()
    assert chain.verify(journal.stream(journal.STREAM)).fault is None


def test_what_is_held_of_me_says_what_i_asked_decided_and_was_told(sealed, legal, mediator, author):
    from src.participation.personal_data import _handles, _old_openings, _openings

    openings.confirm(opening=request_for(sealed, legal), actor=mediator)
    drain_outbox()
    own = list(_handles(User.objects.get(pk=author.pk)))
    assert [(row["reference"], row["title"]) for row in own] == [(sealed.reference, sealed.title)]
    assert [row["reference"] for row in _openings(author)] == [sealed.reference]
    assert "text" not in list(_openings(author))[0]
    assert list(_openings(legal))[0]["text"] == WHY
    assert list(_openings(AgentFactory())) == []
    assert _old_openings(clock.now()).count() == 0
    assert _old_openings(clock.now() + timedelta(days=5 * 366)).count() == 1


def test_the_tick_destroys_links_24_months_after_the_decision_and_nothing_opens_any_more(legal, mediator, settings):
    """By the ideas' own dates and by the tick itself: the day before nothing goes, the day after everything has."""
    from src.accountability.models import ResponseOwed
    from src.foundations.ticking import tick
    from src.participation.services import authorship
    from tests.factories.ideas import IdeaFactory

    author = AgentFactory()
    idea = IdeaFactory(author=author, protected=True, stage="accepted")
    drain_outbox()
    limit = jobs.months_before(clock.today(), 24)
    ResponseOwed.objects.filter(pk=idea.owed_id).update(answered_on=limit - timedelta(days=1))
    settings.TERRAIN_AUTHOR_LINK_MONTHS = 25
    tick(only="participation.links")
    assert authorship.is_sealed(idea.handle)
    settings.TERRAIN_AUTHOR_LINK_MONTHS = 24
    opening = openings.ask(
        actor=legal, kind="idea", reference=idea.reference, motive=WHY, ground=Ground.JUDGE_SECRET,
        court_reference="n° 3", silent_until=clock.today() + timedelta(days=20),
    )  # fmt: skip
    openings.confirm(opening=opening, actor=mediator)
    TickRun.objects.all().delete()
    tick(only="participation.links")
    # Their author is still to be told: the link stays until then.
    assert authorship.is_sealed(idea.handle)
    IdentityOpening.objects.filter(pk=opening.pk).update(told_at=clock.now())
    TickRun.objects.all().delete()
    tick(only="participation.links")

    assert not authorship.is_sealed(idea.handle)
    with pytest.raises(TransitionNotAllowed, match="24 mois"):
        openings.read_name(opening=reread(opening), actor=legal)
    with pytest.raises(ValidationError, match="24 mois"):
        openings.ask(actor=legal, kind="idea", reference=idea.reference, ground=Ground.DANGER, motive=WHY)
    keyring_rewritten = jobs.keyring.rewrite_all()
    assert keyring_rewritten and idea.handle not in jobs.keyring.read(User.objects.get(pk=author.pk)).handles
    drain_outbox()
