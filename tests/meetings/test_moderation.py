"""Topics that are reported: read by a moderator who reads nothing else, removed, contested, brought back."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from src.directory.enums import Role
from src.directory.viewer import Viewer
from src.foundations.testing import drain_outbox, forget_effects
from src.meetings import services
from src.meetings.models import Topic, TopicCase
from src.meetings.todo import to_moderate
from src.notices.models import InboxItem
from src.participation.enums import IdentityMode, Visibility
from tests.factories import meetings as make
from tests.factories.directory import AgentFactory
from tests.factories.participation import grant_in_space

pytestmark = pytest.mark.django_db
WORDS = "Ce point nommait une personne par son prénom."
TITLE = "Paul laisse le portail ouvert"


@pytest.fixture
def people():
    runs = AgentFactory()
    series = make.group(facilitator=runs)
    found = {"runs": runs}
    found |= {name: AgentFactory(roles=[(Role.MODERATOR, None)]) for name in ("moderator", "other")}
    found |= {name: make.member(series) for name in ("author", "reporter")}
    return series, found


def raised(series, author, mode=IdentityMode.NAMED):
    return services.raise_topic(series=series, author=author, title=TITLE, identity_mode=mode)


@pytest.mark.parametrize("mode", [IdentityMode.NAMED, IdentityMode.PROTECTED])
def test_reported_removed_contested_and_brought_back(as_, people, mode):
    series, who = people
    topic, page = raised(series, who["author"], mode), series.get_absolute_url()
    drain_outbox()
    at = f"{page}points/{topic.reference}/"
    decide = reverse("meetings:moderate", kwargs={"topic": topic.reference})
    assert as_(who["moderator"]).get(decide).status_code == 404, "nobody reported it"

    assert as_(who["author"]).post(f"{at}signaler/", {"reason_code": "injure"}).status_code == 403
    assert as_(who["reporter"]).post(f"{at}signaler/", {}).status_code == 422
    for _twice in range(2):
        sent = as_(who["reporter"]).post(f"{at}signaler/", {"reason_code": "personnes", "words": "Il est nommé."})
        assert sent.status_code == 303
    drain_outbox()
    (waits,) = to_moderate(Viewer(who["moderator"]))
    assert (waits.detail, TopicCase.objects.count()) == ("1 à lire", 1)
    assert as_(who["moderator"]).get(page).status_code == 404, "a moderator reads the topic, not the group"
    assert TITLE in as_(who["moderator"]).get(reverse("meetings:moderation")).content.decode()
    read = as_(who["moderator"]).get(decide).content.decode()
    assert "Il est nommé." in read and who["reporter"].last_name not in read

    removal = {"decision": "remove", "reason_code": "personnes", "words": WORDS}
    assert as_(who["moderator"]).post(decide, {**removal, "reason_code": ""}).status_code == 422
    assert as_(who["moderator"]).post(decide, removal).status_code == 303
    assert as_(who["other"]).post(decide, removal).status_code == 409
    drain_outbox()
    assert TITLE not in as_(who["reporter"]).get(page).content.decode()
    own = as_(who["author"]).get(page).content.decode()
    assert TITLE in own and "Point retiré par la modération" in own

    objection = {"words": "Je parle d’un portail, et de personne en particulier."}
    assert as_(who["reporter"]).post(f"{at}contester/", objection).status_code == 404
    assert as_(who["author"]).post(f"{at}contester/", objection).status_code == 303
    assert as_(who["author"]).post(f"{at}contester/", objection).status_code == 404
    answer = {"restored": "1", "words": "Vos mots parlent d’un portail."}
    assert as_(who["moderator"]).post(decide, answer).status_code == 403
    assert as_(who["other"]).post(decide, {**answer, "words": "Court"}).status_code == 422
    assert as_(who["other"]).post(decide, answer).status_code == 303
    drain_outbox()

    topic.refresh_from_db()
    told = list(InboxItem.objects.filter(code__startswith="meetings.topic_").order_by("pk"))
    assert (topic.visibility, topic.is_waiting) == (Visibility.SHOWN, True)
    assert [one.code for one in told] == ["meetings.topic_removed", "meetings.topic_objection"]
    assert {one.user for one in told} == {who["author"] if mode == IdentityMode.NAMED else None}
    assert to_moderate(Viewer(who["moderator"])) == []


@pytest.mark.parametrize("who", ["moderator", "other", "reporter", "stranger", "elsewhere"])
def test_nobody_else_moderates_or_reports(as_, people, who):
    series, found = people
    topic = raised(series, found["author"])
    found["stranger"] = AgentFactory()
    found["elsewhere"] = AgentFactory()
    grant_in_space(found["elsewhere"], Role.MODERATOR, make.group().space)
    services.report_topic(actor=found["reporter"], topic=topic, reason_code="injure")
    decide = reverse("meetings:moderate", kwargs={"topic": topic.reference})
    may = who in ("moderator", "other")

    client = as_(found[who])

    assert client.get(decide).status_code == (200 if may else 404)
    assert client.post(decide, {"decision": "keep"}).status_code == (303 if may else 404)
    reads = who == "reporter"
    assert client.get(f"{series.get_absolute_url()}points/{topic.reference}/signaler/").status_code == (
        200 if reads else 404
    )
    forget_effects()


def test_a_meeting_is_told_without_the_topic_that_is_hidden(as_, people):
    series, who = people
    topic = raised(series, who["author"])
    meeting = make.meeting(series, state="prepared", actor=who["runs"])
    services.put_on_agenda(meeting=meeting, topic=topic, actor=who["runs"])
    services.call_meeting(meeting=meeting, actor=who["runs"])
    services.hold_meeting(meeting=meeting, actor=who["runs"], at=meeting.starts_at)
    services.report_topic(actor=who["reporter"], topic=topic, reason_code="injure")
    services.remove_topic(actor=who["moderator"], topic=topic, reason_code="injure", words=WORDS)
    services.write_minutes(meeting=meeting, summary="Nous avons parlé des gants et des clefs.")
    here, client = meeting.get_absolute_url(), as_(who["runs"])

    work = client.get(f"{here}tenir/").content.decode()
    outcome = client.get(f"{here}tenir/points/{topic.reference}/")
    published = client.post(f"{here}publier/")
    drain_outbox()

    assert TITLE not in work and outcome.status_code == 404
    assert published.status_code == 303
    assert TITLE not in client.get(here).content.decode()
    topic.refresh_from_db()
    assert (topic.is_waiting, topic.answer) == (True, "")
    assert not InboxItem.objects.filter(code="meetings.topic_answered").exists()


def test_what_was_decided_stays_in_the_database(people):
    series, who = people
    topic = raised(series, who["author"])
    services.report_topic(actor=who["reporter"], topic=topic, reason_code="injure")
    services.remove_topic(actor=who["moderator"], topic=topic, reason_code="injure", words=WORDS)

    for change in ({"state": "kept"}, {"text": "Autre chose de bien plus long."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            TopicCase.objects.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        TopicCase.objects.create(topic=topic, state="open", opened_at=topic.created_at, due_on=topic.week)
        TopicCase.objects.create(topic=topic, state="open", opened_at=topic.created_at, due_on=topic.week)
    assert Topic.objects.get().visibility == Visibility.REMOVED
    forget_effects()
