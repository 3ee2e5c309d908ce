"""After a major version, from the screens: human resources decide, agents follow only what changed, what holds is kept."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from src.directory.enums import Role
from src.foundations import clock
from src.foundations.models import AuditEntry
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from tests.factories import training_ledger
from tests.factories import training_obligations as made
from tests.factories import trainings as written
from tests.factories.directory import AgentFactory, DirectionFactory, UnitFactory
from tests.trainings.obligations.test_evaluating import posted
from trainings.attestations.services import print_one
from trainings.learning import versions
from trainings.learning.models import Enrolment, ModuleProgress
from trainings.learning.services import answer_check, catch_up, enrol, finish
from trainings.learning.services.holding import MovedOn
from trainings.learning.services.telling_ends import tell_ends
from trainings.ledger import registry as ledger
from trainings.ledger.models import Completion
from trainings.ledger.services import revoke
from trainings.models import TrackVersion
from trainings.obligations.after_version import holders
from trainings.obligations.models import Requirement, RequirementPast, VersionDecision
from trainings.obligations.services.evaluating import evaluate
from trainings.obligations.services.versions import decide_version

pytestmark = pytest.mark.django_db
SECOND = "11111111-2222-3333-4444-555555555555"


def days(number):
    return dt.timedelta(days=number)


def second(**more):
    return written.lesson(key=SECOND, title="Deuxième module", minutes=12, **more)


def follow(agent, version):
    """Finish what is left of a version, and say so."""
    enrolment = Enrolment.objects.filter(agent=agent, version=version, state="in_progress").first()
    enrolment = enrolment or enrol(actor=agent, track=version.track)
    done = enrolment.progress.filter(done_at__isnull=False).values("module")
    for module in enrolment.version.modules.exclude(pk__in=done).with_content():
        answer_check(actor=agent, enrolment=enrolment, module=module, place=1, choice=0)
        finish(actor=agent, enrolment=enrolment, module=module)
    return Completion.objects.filter(agent=agent).latest("pk")


@pytest.fixture
def hr():
    return AgentFactory(unit=UnitFactory(), roles=[(Role.HR, None)])


@pytest.fixture
def reception():
    return UnitFactory(parent=DirectionFactory())


@pytest.fixture
def first():
    with clock.told_as(clock.now() - days(100)):
        return written.published([written.lesson(), second()])


@pytest.fixture
def obligation(first):
    with clock.told_as(clock.now() - days(95)):
        return made.obligation(track=first.track)


@pytest.fixture
def nadia(reception, first, obligation):
    """She did the first version whole, ninety days ago."""
    agent = posted(reception)
    with clock.told_as(clock.now() - days(90)):
        follow(agent, first)
    return agent


@pytest.fixture
def major(first, nadia):
    """The first module is the same, the second one changed."""
    longer = second(blocks=[*written.lesson()["blocks"][:2], {"type": "text", "paragraphs": ["Ce qui est nouveau."]}])
    return written.republished(first, [written.lesson(), longer], kind="major", note="Le deuxième module change.")


def page(obligation, name="version"):
    return reverse(f"trainings_obligations:{name}", kwargs={"reference": obligation.reference})


def catch_up_page(track):
    return reverse("trainings_learning:catch_up", kwargs={"slug": track.slug})


def text(response):
    return response.content.decode()


def test_from_the_decision_to_the_attestation(client, hr, nadia, obligation, major):
    by = clock.today() + days(75)
    client.force_login(hr)
    assert "Le deuxième module change." in text(client.get(page(obligation, "one")))
    shown = client.post(page(obligation), {"kind": "catch_up", "day": by})
    assert shown.status_code == 200 and not VersionDecision.objects.exists()
    assert client.post(page(obligation), {"kind": "catch_up", "day": by, "confirm": "1"}).status_code == 303
    drain_outbox()

    held, asked = Requirement.objects.filter(agent=nadia).order_by("cycle_no")
    assert (asked.catches_up, asked.due_on >= by, asked.state, asked.is_renewal) == (major, True, "to_do", False)
    before = held.valid_until
    client.force_login(nadia)
    assert "Deuxième module" in text(
        client.get(reverse("trainings_learning:track", kwargs={"slug": major.track.slug}))
    )
    assert "version" in text(client.get(reverse("trainings_obligations:mine")))
    assert client.post(catch_up_page(major.track)).status_code == 303
    done = follow(nadia, major)

    # Only the module that changed was to do; its minutes alone are told, and it prolongs nothing.
    assert (done.version, done.carries.version.number, done.minutes, done.evidence[0]["kind"]) == (
        major,
        1,
        12,
        "module",
    )
    assert len(done.evidence) == 2
    asked.refresh_from_db()
    assert (asked.satisfied_by, asked.valid_until, asked.state) == (done, before, "up_to_date")
    assert ledger.ends_of([done]) == {done.pk: before}
    assert print_one(completion=done, actor=nadia)
    assert AuditEntry.objects.filter(verb="trainings.version_decided").count() == 1
    assert evaluate().changed == 0
    # Told twice, it isn't done twice; and what carries a completion falls with it.
    assert client.post(page(obligation), {"kind": "shorten", "day": by, "confirm": "1"}).status_code == 403
    revoke(completion=done.carries, reason="Importée par erreur.", actor=hr)
    assert Completion.objects.that_count().filter(agent=nadia).count() == 0
    assert Requirement.objects.current().get(agent=nadia).state == "to_do"


@pytest.mark.parametrize("kind", ["catch_up", "shorten"])
def test_what_is_told_before_is_what_happens(kind, hr, reception, nadia, obligation, major):
    elsewhere, fresh, again = posted(reception), posted(reception), posted(reception)
    training_ledger.completed(elsewhere, major.track, clock.today() - days(30), method="imported")
    follow(again, major)
    evaluate()
    day = clock.today() + days(70)
    counts = holders(obligation, major, kind, day)
    until = Requirement.objects.current().get(agent=nadia).valid_until

    decide_version(obligation=obligation, version=major, kind=kind, day=day, actor=hr)
    drain_outbox()

    assert (counts.older, counts.concerned, counts.renewing, counts.unknown) == (1, 1, 0, 1)
    changed = Requirement.objects.current().filter(catches_up=major) if kind == "catch_up" else (
        Requirement.objects.filter(valid_until=day)
    )  # fmt: skip
    assert {one.agent_id for one in changed} == {nadia.pk}
    assert Requirement.objects.current().get(agent=fresh).cycle_no == 1
    if kind == "shorten":
        # One row a person keeps what was said before.
        (past,) = RequirementPast.objects.filter(requirement__agent=nadia, valid_until=until)
        assert (past.requirement.valid_until, ledger.ends_of([past.satisfied_by])) == (
            day,
            {past.satisfied_by_id: day},
        )


def test_what_is_refused(client, hr, nadia, obligation, major):
    client.force_login(hr)
    soon = client.post(page(obligation), {"kind": "catch_up", "day": clock.today() + days(5), "confirm": "1"})
    assert soon.status_code == 422 and 'value="catch_up"' in text(soon)
    for day in ("hier", "9999-12-31"):
        assert client.post(page(obligation), {"kind": "shorten", "day": day, "confirm": "1"}).status_code == 422
    branch = AgentFactory(unit=UnitFactory(), roles=[(Role.HR, UnitFactory())])
    client.force_login(branch)
    assert client.get(page(obligation)).status_code == 403
    for version, day in ((TrackVersion.objects.get(track=major.track, number=1), 90), (major, 5)):
        with pytest.raises(ValidationError):
            decide_version(
                obligation=obligation, version=version, kind="shorten", day=clock.today() + days(day), actor=hr
            )
    with pytest.raises(DatabaseError), transaction.atomic():
        VersionDecision.objects.create(
            obligation=obligation, version=TrackVersion.objects.get(track=major.track, number=1), kind="shorten",
            day=clock.today() + days(90), decided_on=clock.today(),
        )  # fmt: skip
    decide_version(obligation=obligation, version=major, kind="shorten", day=clock.today() + days(90), actor=hr)
    drain_outbox()
    with pytest.raises(ValidationError):
        decide_version(obligation=obligation, version=major, kind="catch_up", day=clock.today() + days(90), actor=hr)
    client.force_login(hr)
    assert client.get(page(obligation)).status_code == 409
    for change in ({"day": clock.today()}, {"kind": "catch_up"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            VersionDecision.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        VersionDecision.objects.all().delete()


def test_catching_up_is_one_s_own_and_only_when_there_is_something(reception, nadia, major, first):
    stranger = posted(reception)
    for agent in (stranger, AgentFactory()):
        with pytest.raises(MovedOn):
            catch_up(actor=agent, track=major.track)
    one = catch_up(actor=nadia, track=major.track)
    with pytest.raises(MovedOn):
        catch_up(actor=nadia, track=major.track)
    assert ModuleProgress.objects.filter(enrolment=one, done_how="carried").count() == 1
    done = follow(nadia, major)
    assert versions.what_changed(nadia.pk, major) is None
    # What is carried is of the same person and training, and carries nothing itself.
    row = {"agent": stranger, "track": major.track, "version": major, "content_sha256": major.content_sha256}
    for wrong in (row, {**row, "agent": nadia}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Completion.objects.create(
                **wrong, carries=done, completed_on=clock.today(), recorded_at=clock.now(), method="online", source="x"
            )
    # A third version: it goes on from what was done first.
    third = written.republished(major, [written.lesson(title="Autrement"), second()], kind="major", note="Encore.")
    assert versions.what_changed(nadia.pk, third) is None
    assert Completion.objects.filter(agent=nadia, carries__version=first).count() == 1


def test_what_is_said_until_the_ninetieth_day_and_after(client, reception, first, major, nadia):
    paul = posted(reception)
    client.force_login(paul)
    track = reverse("trainings_learning:track", kwargs={"slug": major.track.slug})
    enrolment = Enrolment.objects.create(agent=paul, track=major.track, version=first, began_at=clock.now() - days(20))
    lesson, other = first.modules.with_content()
    answer_check(actor=paul, enrolment=enrolment, module=lesson, place=1, choice=0)
    finish(actor=paul, enrolment=enrolment, module=lesson)
    last = clock.today() + days(90)
    assert versions.last_day(first) == last and versions.last_day(major) is None

    def told(day):
        tell_ends(day)
        drain_outbox()
        return InboxItem.objects.filter(user=paul, code="trainings.version_ends").count()

    assert [told(last - days(left)) for left in (15, 14, 3, 0, -1, -2, -31)] == [0, 1, 1, 1, 2, 2, 2]
    with clock.told_as(clock.now() + days(90)):
        assert "page" not in client.get(track).headers
        answer_check(actor=paul, enrolment=enrolment, module=other, place=1, choice=0)
    with clock.told_as(clock.now() + days(91)):
        client.force_login(paul)
        shown = text(client.get(track))
        assert reverse("trainings_learning:newest", kwargs={"slug": major.track.slug}) in shown
        assert f"/{major.track.slug}/2/" not in shown.split("<aside")[0]
        with pytest.raises(MovedOn):
            finish(actor=paul, enrolment=enrolment, module=other)
        assert client.post(reverse("trainings_learning:newest", kwargs={"slug": major.track.slug})).status_code == 303
    assert ModuleProgress.objects.filter(enrolment__migrated_from=enrolment, done_how="carried").count() == 1


def test_the_page_of_a_version_costs_the_same_for_one_and_three(
    client, hr, reception, nadia, obligation, major, django_assert_num_queries
):
    client.force_login(hr)
    client.get(page(obligation))
    asked = {"kind": "catch_up", "day": clock.today() + days(75)}
    with django_assert_num_queries(13):
        client.post(page(obligation), asked)
    for _n in range(2):
        follow(posted(reception), major)
    with django_assert_num_queries(13):
        client.post(page(obligation), asked)
