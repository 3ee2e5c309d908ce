"""Questionnaires, their questions and answers for tests."""

import uuid

from src.participation.enums import IdentityMode, PhaseVerb
from src.participation.services.contributions import identity_fields
from src.questionnaires import services
from src.questionnaires.models import Answer, AnswerSet, Questionnaire
from src.questionnaires.services import codebooks

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


def closed_with_texts(texts, *, space=None, **fields) -> Questionnaire:
    """A closed questionnaire whose only question was answered by these texts, one a person."""
    made = questionnaire(short_text(**fields), space=space)
    question = made.revision.ordered[0]
    sets = AnswerSet.objects.bulk_create(
        AnswerSet(
            **identity_fields(made.space, None, identity_mode=IdentityMode.PROTECTED),
            questionnaire=made,
            revision=made.revision,
        )
        for _person in texts
    )
    Answer.objects.bulk_create(
        Answer(answer_set=one, question=question, value=text) for one, text in zip(sets, texts, strict=True)
    )
    services.close_questionnaire(questionnaire=made)
    return again(made)


def codebook(texts, *themes, space=None, **fields):
    """The codebook of a closed question answered by these texts, with themes of these names."""
    made = closed_with_texts(texts, space=space, **fields)
    book = codebooks.open_codebook(questionnaire=made, key="q1")
    for name in themes:
        codebooks.save_theme(codebook=book, name=name, definition=f"Ce qui parle de {name}.")
    return book
