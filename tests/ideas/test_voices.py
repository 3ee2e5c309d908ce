"""A role gives sight and official words, never a member's voice: rule, service and screen say the same (ADR 0110)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from ideas import rules, services
from ideas.models import Idea, IdeaComment
from src.directory.enums import Role
from src.directory.models import User
from src.directory.viewer import as_viewer
from src.foundations.testing import drain_outbox
from src.participation.enums import Circle
from src.workflow.exceptions import TransitionNotAllowed
from tests.factories.directory import AgentFactory, DirectionFactory, ExternalFactory
from tests.factories.ideas import BoxFactory, IdeaFactory
from tests.factories.participation import grant_in_space, invite

pytestmark = pytest.mark.django_db

SEES, OWN, BADGE = "sees", "own voice", "badge"
ALL = {SEES, OWN, BADGE}
# What each kind of viewer has on an idea, by the circle of its space.
EXPECTED = {
    Circle.EVERYONE: {
        "visitor": {SEES},
        "partner": {SEES, OWN},
        "agent": {SEES, OWN},
        "posted there": {SEES, OWN},
        "invited": {SEES, OWN},
        "moderator of the city": ALL,
        "facilitator of the space": ALL,
        "decision-maker": ALL,
        "delegate": ALL,
        "moderator and member": ALL,
    },
    Circle.AGENTS: {
        "visitor": set(),
        "partner": set(),
        "agent": {SEES, OWN},
        "posted there": {SEES, OWN},
        "invited": {SEES, OWN},
        "moderator of the city": ALL,
        "facilitator of the space": ALL,
        "decision-maker": ALL,
        "delegate": ALL,
        "moderator and member": ALL,
    },
    Circle.MEMBERS: {
        "visitor": set(),
        "partner": set(),
        "agent": set(),
        "posted there": {SEES, OWN},
        "invited": {SEES, OWN},
        "moderator of the city": {SEES, BADGE},
        "facilitator of the space": {SEES, BADGE},
        "decision-maker": {SEES, BADGE},
        "delegate": {SEES, BADGE},
        "moderator and member": ALL,
    },
}


def people_of(box, unit, direction) -> dict:
    people = {
        "partner": ExternalFactory(),
        "agent": AgentFactory(),
        "posted there": AgentFactory(unit=unit),
        "invited": AgentFactory(),
        "moderator of the city": AgentFactory(roles=[(Role.MODERATOR, None)]),
        "facilitator of the space": AgentFactory(),
        "decision-maker": AgentFactory(roles=[(Role.DECISION_MAKER, direction)]),
        "delegate": AgentFactory(roles=[(Role.DELEGATE, direction)]),
        "moderator and member": AgentFactory(unit=unit, roles=[(Role.MODERATOR, None)]),
    }
    grant_in_space(people["facilitator of the space"], Role.FACILITATOR, box)
    if box.circle == Circle.MEMBERS:
        invite(people["invited"], box)
    return {"visitor": None} | {name: User.objects.get(pk=person.pk) for name, person in people.items()}


def taken(gesture) -> bool:
    """Whether a service takes a gesture: a refusal is the person's, never the hour's."""
    try:
        gesture()
    except PermissionDenied:
        return False
    except TransitionNotAllowed:
        raise AssertionError("refused for its state, not for its person") from None
    return True


@pytest.mark.parametrize("circle", list(EXPECTED))
def test_rule_service_and_screen_give_each_viewer_the_same_voice(circle):
    unit, direction = DirectionFactory(), DirectionFactory()
    box = BoxFactory(circle=circle, member_unit=unit if circle == Circle.MEMBERS else None)
    idea = IdeaFactory(space=box, stage="open", direction=direction)
    found, sentences = {}, {}
    for name, person in people_of(box, unit, direction).items():
        idea = Idea.objects.select_related("space", "unit", "counts", "transfer_to").get(pk=idea.pk)
        client = Client()
        if person is not None:
            client.force_login(person, backend="src.directory.backends.DirectoryBackend")
        response = client.get(f"/idees/{idea.reference}/")
        form = response.context["comment_form"] if response.status_code == 200 else None
        rule = {verb: rules.can(person, verb, idea) for verb in ("view", "support", "comment", "comment_officially")}
        held = idea.roles_of(as_viewer(person))
        role = next(iter(sorted(held & {"moderator", "facilitator", "decision_maker", "delegate"})), "moderator")
        own, badge = {"body": "D'accord."}, {"body": "Nous regardons.", "official_role": role}
        kinds = {
            SEES: (rule["view"], response.status_code == 200, rule["view"]),
            OWN: (
                rule["comment"],
                form is not None and not form.only_official,
                person is not None and taken(lambda: services.comment(idea=idea, actor=person, **own)),
            ),
            "support": (
                rule["support"],
                b'name="soutien"' in response.content,
                person is not None and taken(lambda: services.set_support(idea=idea, actor=person, wanted=True)),
            ),
            BADGE: (
                rule["comment_officially"],
                form is not None and bool(form.official_role),
                person is not None and taken(lambda: services.comment(idea=idea, actor=person, **badge)),
            ),
        }
        assert [kind for kind, said in kinds.items() if len(set(said)) > 1] == [], (name, kinds)
        assert kinds["support"][0] == kinds[OWN][0] == rules.may_propose(person, box), name
        found[name] = {kind for kind in ALL if kinds[kind][0]}
        sentences[name] = rules.why_not_support(person, idea)
    assert found == EXPECTED[circle]
    if circle == Circle.MEMBERS:
        assert sentences["delegate"] == (
            "Vous lisez cette idée par votre rôle\u00a0: seuls les membres de son espace la soutiennent."
        )
    drain_outbox()


def test_what_a_role_writes_on_a_members_page_is_official_whatever_was_ticked():
    moderator = AgentFactory(roles=[(Role.MODERATOR, None)])
    idea = IdeaFactory(space=BoxFactory(circle=Circle.MEMBERS), stage="open")
    client = Client()
    client.force_login(moderator, backend="src.directory.backends.DirectoryBackend")

    page = client.get(f"/idees/{idea.reference}/").content.decode()
    client.post(f"/idees/{idea.reference}/commenter/", {"text": "Nous regardons.", "identity": "protected"})

    comment = IdeaComment.objects.get()
    assert (comment.official_role, comment.identity_mode, comment.author) == ("moderator", "named", moderator)
    assert "ce que vous écrivez ici est une parole officielle" in page
    assert 'name="identity"' not in page
    drain_outbox()
