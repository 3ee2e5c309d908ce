"""Questionnaires, their questions and answers for tests."""

import uuid

from src.participation.enums import IdentityMode, PhaseVerb
from src.questionnaires import services
from src.questionnaires.models import Questionnaire

from .directory import AgentFactory
from .participation import PhaseFactory, SpaceFactory

BENCHES = [{"key": "c1", "label": "Oui"}, {"key": "c2", "label": "Non"}, {"key": "c3", "label": "Je ne sais pas"}]


def asked_space(*, opens=-1, closes=7, **fields):
    """A space where questions are asked, open for a week from yesterday."""
    space = SpaceFactory(activities=["questionnaire"], open_verbs=(), **fields)
    PhaseFactory(space=space, verbs=[PhaseVerb.ANSWER], opens=opens, closes=closes)
    return space


def single(text="Faut-il des bancs ?", **fields):
    return {"kind": "single", "text": text, "settings": {"choices": BENCHES}, **fields}


def short_text(text="Où les mettre ?", **fields):
    return {"kind": "short_text", "text": text, "settings": {}, **fields}


def questionnaire(
    *questions, space=None, published=True, title="Les bancs du dépôt", answer_mode="identity"
) -> Questionnaire:
    """A questionnaire with these questions, published unless told otherwise; read again as pages read it."""
    made = services.create_questionnaire(space=space or asked_space(), title=title, minutes=4, answer_mode=answer_mode)
    for fields in questions or (single(is_required=True), short_text()):
        services.save_question(questionnaire=made, **fields)
    if published:
        services.publish(questionnaire=made)
    return again(made)


def again(made) -> Questionnaire:
    return Questionnaire.objects.for_pages().get(pk=made.pk)


def send(made, answers, *, actor=None, mode=IdentityMode.PROTECTED, token=None):
    """Send answers in the name of somebody, a new agent unless given."""
    return services.send_answers(
        actor=actor or AgentFactory(),
        questionnaire=made,
        revision=made.revision,
        answers=answers,
        identity_mode=mode,
        token=token or uuid.uuid4(),
    )


def send_secret(made, answers, *, actor=None, draft=None):
    """Send secret answers in the name of somebody, a new agent unless given; whether they are counted now."""
    return services.send_secret(
        actor=actor or AgentFactory(), questionnaire=made, revision=made.revision, answers=answers, draft=draft
    )
