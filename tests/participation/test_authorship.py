"""Sealed authorship: one's own contributions are found again, by their author alone."""

import uuid
from datetime import date, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory

from ideas.models import Idea
from src.directory.models import User
from src.directory.services import create_accounts
from src.directory.viewer import as_viewer, read_account
from src.foundations import clock, outbox, personal_data
from src.foundations.models import OutboxEvent
from src.foundations.testing import drain_outbox
from src.notices import handles as notice_handles
from src.participation import jobs, recent
from src.participation.enums import IdentityMode
from src.participation.middleware import RecentContributionsMiddleware
from src.participation.models import AuthorKeyring, ContributionDraft, SealedAuthor, SpaceMember, SpaceRoleGrant
from src.participation.services import authorship, delete_draft, drafts, keyring, load_draft, save_draft
from src.participation.services.keyring import Entry, Keys
from tests.factories.directory import AgentFactory
from tests.factories.participation import LONG_AGO, SpaceFactory, grant_in_space, invite

from .conftest import build_idea
from .real_database import several_writers

pytestmark = pytest.mark.django_db


def protected(box, author):
    return build_idea(box, author, identity_mode=IdentityMode.PROTECTED)


def ring_of(user):
    return keyring.open_ring(AuthorKeyring.objects.get(pk=user.pk).ciphertext)


# The seal


def test_the_author_of_a_contribution_is_known_to_the_relay(box, agent):
    named, sealed = build_idea(box, agent), protected(box, agent)

    assert authorship.author_of(named) == agent
    assert authorship.author_of(sealed) == agent
    assert authorship.author_ids_of([sealed.handle, uuid.uuid4()]) == {sealed.handle: agent.pk}
    assert notice_handles.resolve([sealed.handle]) == {sealed.handle: agent}
    drain_outbox()


def test_a_seal_has_one_size_and_says_nothing(box):
    for user in (AgentFactory(), AgentFactory(pk=2_000_000_000)):
        protected(box, user)

    rows = list(SealedAuthor.objects.values_list("ciphertext", flat=True))
    waiting = list(OutboxEvent.objects.values_list("sealed_payload", flat=True))
    assert len({len(bytes(row)) for row in rows}) == 1
    assert len({len(bytes(row)) for row in waiting}) == 1
    assert set(OutboxEvent.objects.values_list("topic", "key")) == {("participation.keyring", None)}
    assert all(event.payload == {} for event in OutboxEvent.objects.all())
    drain_outbox()


def test_a_seal_moved_to_another_handle_or_altered_opens_to_nobody(box, agent):
    idea = protected(box, agent)
    ciphertext = bytes(SealedAuthor.objects.get().ciphertext)
    elsewhere = SealedAuthor.objects.create(handle=uuid.uuid4(), ciphertext=ciphertext)
    altered = SealedAuthor.objects.create(
        handle=uuid.uuid4(), ciphertext=ciphertext[:-1] + bytes([ciphertext[-1] ^ 1])
    )

    assert authorship.author_ids_of([idea.handle, elsewhere.handle, altered.handle]) == {idea.handle: agent.pk}
    drain_outbox()


def test_sealing_costs_two_statements(agent, django_assert_num_queries):
    with django_assert_num_queries(2):
        authorship.seal(uuid.uuid4(), agent)
    drain_outbox()


# The keyring


def test_every_account_has_a_keyring_from_its_creation():
    one = AgentFactory()
    many = create_accounts([User(username=f"lot-{number}") for number in range(3)])

    assert set(AuthorKeyring.objects.values_list("pk", flat=True)) == {one.pk, *(user.pk for user in many)}
    assert {ring_of(user) for user in (one, *many)} == {Keys()}


def test_the_relay_files_what_was_sent_in_the_author_s_keyring_alone(box, agent):
    other = AgentFactory()
    mine = {protected(box, agent).handle, protected(box, agent).handle}
    theirs = protected(box, other).handle

    drain_outbox()

    assert ring_of(agent).handles == mine
    assert ring_of(other).handles == {theirs}
    assert authorship.own_handles(agent) == mine
    assert OutboxEvent.objects.count() == 0


def test_the_viewer_knows_its_own_handles_within_the_statement_that_reads_the_account(
    box, agent, django_assert_num_queries
):
    handle = protected(box, agent).handle
    drain_outbox()

    with django_assert_num_queries(1):
        viewer = as_viewer(read_account(agent.pk))
        assert viewer.own_handles == {handle}
        assert viewer.own_handles == {handle}
    assert as_viewer(AnonymousUser()).own_handles == frozenset()


def test_one_event_files_all_those_that_wait_and_rewrites_every_row(box, agent, monkeypatch):
    users = [agent, *(AgentFactory() for _number in range(4))]
    for user in users[:3]:
        protected(box, user)
    before = dict(AuthorKeyring.objects.values_list("pk", "ciphertext"))
    runs = []
    monkeypatch.setattr(keyring, "_rewrite", lambda *args, real=keyring._rewrite: runs.append(args) or real(*args))

    drain_outbox()

    after = dict(AuthorKeyring.objects.values_list("pk", "ciphertext"))
    assert len(runs) == 1
    assert all(bytes(before[pk]) != bytes(after[pk]) for pk in before)
    assert len({len(bytes(ring)) for ring in (*before.values(), *after.values())}) == 1


def test_filing_twice_writes_nothing_more(agent):
    entry = Entry("c", uuid.uuid4(), agent.pk)

    assert keyring.file([entry]) == 1
    assert keyring.file([entry]) == 0
    assert keyring.file([]) == 0
    assert keyring.file([Entry("c", uuid.uuid4(), 10**9)]) == 0


def test_rings_grow_by_steps_of_one_kilobyte(agent):
    sizes = [
        len(keyring.close_ring(Keys(frozenset(uuid.uuid4() for _n in range(count)))))
        for count in (0, 63, 64, 127, 128)
    ]

    assert [size - sizes[0] for size in sizes] == [0, 0, 1024, 1024, 2048]


def test_a_ring_holds_what_was_put_in_it():
    keys = Keys(frozenset(uuid.uuid4() for _n in range(70)), frozenset(uuid.uuid4() for _n in range(3)))

    assert keyring.open_ring(keyring.close_ring(keys)) == keys


def test_cells_hold_some_hundreds_at_any_scale_and_only_ever_split():
    for accounts in (50, 400, 5_000, 53_000):
        count = keyring.cell_count(accounts)
        sizes = [0] * count
        for user_id in range(1, accounts + 1):
            sizes[keyring.cell_of(user_id, count)] += 1
        assert min(sizes) >= min(accounts, 200)
    assert [keyring.cell_count(number) for number in (1, 639, 640, 1279, 1280)] == [1, 1, 2, 2, 4]
    assert all(keyring.cell_of(pk, 4) % 2 == keyring.cell_of(pk, 2) for pk in range(1, 500))


def test_a_cell_that_changed_meanwhile_is_read_again(agent, monkeypatch):
    handle, real, written = uuid.uuid4(), keyring._write, []

    def overtaken(using, rows):
        if not written:
            AuthorKeyring.objects.filter(pk=agent.pk).update(ciphertext=keyring.close_ring(Keys()))
        written.append(real(using, rows))
        return written[-1]

    monkeypatch.setattr(keyring, "_write", overtaken)

    keyring.file([Entry("c", handle, agent.pk)])

    assert written == [0, 1]
    assert ring_of(agent).handles == {handle}


@pytest.mark.django_db(transaction=True)
def test_relays_filing_at_once_lose_no_key(tmp_path):
    users = [AgentFactory() for _number in range(3)]
    entries = [[Entry("c", uuid.uuid4(), user.pk) for user in users] for _writer in range(4)]
    # Sealed, so that the nightly rewrite running with them keeps them.
    SealedAuthor.objects.bulk_create(SealedAuthor(handle=one.id, ciphertext=b"x") for mine in entries for one in mine)

    with several_writers(tmp_path) as run:
        run([*(partial(keyring.file, mine) for mine in entries), keyring.rewrite_all])
        rings = run([lambda: {user.pk: ring_of(user).handles for user in users}])[0]

    assert rings == {
        user.pk: {entry.id for mine in entries for entry in mine if entry.user_id == user.pk} for user in users
    }


def test_a_cell_that_never_stands_still_leaves_the_work_to_the_outbox(box, agent, monkeypatch):
    protected(box, agent)
    monkeypatch.setattr(keyring, "_write", lambda using, rows: 0)

    with pytest.raises(keyring.KeyringConflict):
        drain_outbox()

    assert OutboxEvent.objects.count() == 1
    assert ring_of(agent) == Keys()


def test_the_night_rewrites_every_ring_without_what_no_longer_exists(box, agent):
    idea, gone = protected(box, agent), protected(box, agent)
    kept, thrown = save_draft(None, "idea", {"a": 1}, user=agent), save_draft(None, "idea", {}, user=agent)
    other = AgentFactory()
    drain_outbox()
    before = dict(AuthorKeyring.objects.values_list("pk", "ciphertext"))
    SealedAuthor.objects.filter(pk=gone.handle).delete()
    delete_draft(thrown)

    jobs.rewrite_keyrings(clock.now())

    after = dict(AuthorKeyring.objects.values_list("pk", "ciphertext"))
    assert ring_of(agent) == Keys(frozenset({idea.handle}), frozenset({kept}))
    assert ring_of(other) == Keys()
    assert all(bytes(before[pk]) != bytes(after[pk]) for pk in before)


def test_the_night_makes_the_rings_that_are_missing(agent):
    AuthorKeyring.objects.all().delete()

    assert keyring.rewrite_all() == 1
    assert ring_of(agent) == Keys()


def test_keyrings_are_rebuilt_from_the_seals(box, agent, capsys):
    handles = {protected(box, agent).handle, protected(box, agent).handle}
    other = AgentFactory()
    drain_outbox()
    AuthorKeyring.objects.filter(pk=agent.pk).update(ciphertext=b"damaged")
    AuthorKeyring.objects.filter(pk=other.pk).delete()

    call_command("keyring_rebuild")

    assert ring_of(agent).handles == handles
    assert ring_of(other) == Keys()
    assert '"rewritten": 2' in capsys.readouterr().out


# What a person may ask


def declared(model):
    return personal_data.declaration_of(model)


def test_a_person_reads_what_is_kept_and_has_it_erased(box, agent):
    other = AgentFactory()
    mine, theirs = protected(box, agent), protected(box, other)
    token = save_draft(None, "idea", {"title": "Un banc"}, user=agent)
    space = SpaceFactory(circle="members", name="Atelier")
    invite(agent, space)
    grant_in_space(agent, "moderator", space)
    drain_outbox()
    late = protected(box, agent)
    exported = {model: list(declared(model).export(agent)) for model in (SealedAuthor, ContributionDraft, SpaceMember)}

    erased = {
        model: declared(model).erase(agent) for model in (SealedAuthor, ContributionDraft, SpaceMember, SpaceRoleGrant)
    }

    assert exported == {
        # Which of them are under lock, in words; "handle" stays in the file.
        SealedAuthor: [
            {"handle": str(mine.handle), "kind": "Une idée", "reference": mine.reference, "title": mine.title}
        ],
        ContributionDraft: [{"kind": "idea", "text": {"title": "Un banc"}, "touched_on": clock.today()}],
        SpaceMember: [{"space": "Atelier", "since": LONG_AGO, "until": None}],
    }
    assert erased == {SealedAuthor: 2, ContributionDraft: 1, SpaceMember: 1, SpaceRoleGrant: 1}
    assert [authorship.author_of(idea) for idea in (mine, late, theirs)] == [None, None, other]
    assert load_draft(token) is None
    drain_outbox()


# 24 months after


def test_links_go_24_months_after_the_decision_and_keyrings_follow(box, agent, monkeypatch):
    old, fresh = protected(box, agent), protected(box, agent)
    drain_outbox()
    asked = []

    def decided_before(day):
        asked.append(day)
        return Idea.objects.filter(pk=old.pk).values_list("handle", flat=True)

    monkeypatch.setattr(jobs, "_link_sources", [decided_before])

    assert jobs.links_due(clock.now()) == {old.handle}
    assert jobs.drop_old_links(clock.now()) == 1
    assert jobs.drop_old_links(clock.now()) == 0
    jobs.rewrite_keyrings(clock.now())

    assert set(asked) == {jobs.months_before(clock.today(), 24)}
    assert ring_of(agent).handles == {fresh.handle}
    assert authorship.author_of(old) is None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 10), 24, date(2024, 3, 10)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 24, date(2022, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 5, 31), 1, date(2026, 4, 30)),
    ],
)
def test_months_before_falls_on_the_last_day_when_needed(day, months, expected):
    assert jobs.months_before(day, months) == expected


# The cookie of the minute between


def exchange(user, cookie="", view=None):
    """One request of ``user`` through the middleware; returns (what the view returned, cookie set or None)."""
    request = RequestFactory().get("/")
    request.user = user
    if cookie:
        request.COOKIES[recent.COOKIE] = cookie
    seen = []

    def get_response(request):
        response = HttpResponse()
        seen.append(view(request, response) if view else authorship.own_handles(request.user))
        return response

    response = RecentContributionsMiddleware(get_response)(request)
    return seen[0], response.cookies.get(recent.COOKIE)


def send(handle):
    return lambda request, response: authorship.remember_in_response(response, request, handle)


def test_the_cookie_covers_the_minute_before_the_relay(box, agent):
    first, second = protected(box, agent).handle, protected(box, agent).handle
    assert authorship.own_handles(agent) == frozenset()

    _none, cookie = exchange(agent, view=send(first))
    _none, cookie = exchange(agent, cookie.value, view=send(second))

    assert exchange(agent, cookie.value)[0] == {first, second}
    assert authorship.own_handles(agent) == frozenset()
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 1800)
    drain_outbox()


def test_two_contributions_of_one_answer_are_both_remembered(agent):
    first, second = uuid.uuid4(), uuid.uuid4()

    def both(request, response):
        send(first)(request, response)
        send(second)(request, response)

    assert exchange(agent, exchange(agent, view=both)[1].value)[0] == {first, second}


def test_the_cookie_opens_for_its_account_alone_and_is_taken_away_from_others(agent):
    cookie = exchange(agent, view=send(uuid.uuid4()))[1].value

    for user in (AgentFactory(), AnonymousUser()):
        seen, answered = exchange(user, cookie, view=lambda request, response: recent.handles_for(request.user.pk))
        assert seen == frozenset()
        assert (answered.value, answered["max-age"]) == ("", 0)
    assert exchange(agent, cookie)[1] is None


def test_the_cookie_has_one_size_tells_nothing_and_resists_forgery(agent):
    handle = uuid.uuid4()
    one = exchange(agent, view=send(handle))[1].value
    cookie = one
    for _number in range(25):
        cookie = exchange(agent, cookie, view=send(uuid.uuid4()))[1].value

    assert len(cookie) == len(one) < 1200
    assert handle.hex not in cookie
    assert len(exchange(agent, cookie)[0]) == recent.KEPT
    for forged in ("x", "é", "A" * 200, one[:-4] + "AAAA"):
        assert exchange(agent, forged)[0] == frozenset()


def test_the_cookie_forgets_after_half_an_hour(agent, monkeypatch):
    cookie = exchange(agent, view=send(uuid.uuid4()))[1].value
    later = recent.time.time() + recent.LIVES_SECONDS + 1
    monkeypatch.setattr(recent.time, "time", lambda: later)

    assert exchange(agent, cookie)[0] == frozenset()


def test_a_visitor_is_given_no_cookie():
    assert exchange(AnonymousUser(), view=lambda request, response: send(uuid.uuid4())(request, response)) == (
        None,
        None,
    )


# Drafts


def test_a_draft_is_kept_encrypted_without_an_account_and_found_by_its_author(agent):
    token = save_draft(None, "idea", {"title": "Un banc", "body": "é" * 600}, user=agent)
    assert save_draft(token, "idea", {"title": "Un banc à l'abri"}, user=agent) == token
    drain_outbox()

    row = ContributionDraft.objects.get()
    assert {field.name for field in row._meta.fields} == {"token", "kind", "ciphertext", "touched_on"}
    assert b"banc" not in bytes(row.ciphertext)
    assert load_draft(token) == {"title": "Un banc à l'abri"}
    assert load_draft(token, "comment") is None
    assert [(draft.token, draft.data) for draft in drafts.drafts_of(agent)] == [(token, {"title": "Un banc à l'abri"})]
    assert drafts.drafts_of(AgentFactory()) == []


def test_saving_again_costs_one_statement_and_writes_no_event(agent, django_assert_num_queries):
    token = save_draft(None, "idea", {}, user=agent)
    events = OutboxEvent.objects.count()

    with django_assert_num_queries(1):
        save_draft(token, "idea", {"title": "Un banc"}, user=agent)

    assert OutboxEvent.objects.count() == events == 1
    drain_outbox()


def test_the_size_of_a_draft_tells_kilobytes_only():
    for text in ("", "é" * 400, "é" * 600):
        save_draft(None, "idea", {"body": text})

    sizes = sorted({len(bytes(row)) for row in ContributionDraft.objects.values_list("ciphertext", flat=True)})
    assert sizes == [sizes[0], sizes[0] + 1024]


def test_a_deleted_or_invented_token_gives_a_new_draft(agent):
    token = save_draft(None, "idea", {"title": "Un banc"})
    assert delete_draft(token)
    assert not delete_draft(token)
    assert not delete_draft(None)

    again = save_draft(token, "idea", {"title": "Deux bancs"})

    assert again != token
    assert (load_draft(token), load_draft(None), load_draft(again)) == (None, None, {"title": "Deux bancs"})


def test_drafts_are_purged_after_ninety_days_untouched(settings):
    today = clock.today()
    tokens = [save_draft(None, "idea", {"n": days}) for days in (0, 90, 91)]
    for token, days in zip(tokens, (0, 90, 91), strict=True):
        ContributionDraft.objects.filter(pk=token).update(touched_on=today - timedelta(days=days))

    jobs.purge_drafts(clock.now())

    assert {load_draft(token)["n"] for token in tokens[:2]} == {0, 90}
    assert load_draft(tokens[2]) is None


def test_a_draft_of_this_minute_is_found_through_the_cookie(agent):
    token = save_draft(None, "idea", {"title": "Un banc"}, user=agent)
    _none, cookie = exchange(
        agent, view=lambda request, response: drafts.remember_in_response(response, request, token)
    )

    found, _cookie = exchange(
        agent, cookie.value, view=lambda request, response: [draft.token for draft in drafts.drafts_of(request.user)]
    )

    assert found == [token]
    assert exchange(agent, cookie.value)[0] == frozenset()
    drain_outbox()


def test_the_topic_has_its_handler():
    assert outbox._handlers["participation.keyring"] is jobs.file_in_keyrings
