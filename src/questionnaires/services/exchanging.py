"""Beginning a questionnaire from another one: from a file of ours, or from the questions of one that is here."""

from django.db import transaction

from src.foundations import journal

from ..document import Document, of
from ..models import Question, Questionnaire
from .building import create_questionnaire


@transaction.atomic
def begin_from(*, actor=None, space, document: Document, title: str = "", source: str = "file") -> Questionnaire:
    """Begin a questionnaire in a space with the questions of a document; nobody but its organisers sees it.

    ``document`` was read whole before (``document.read``): nothing of a file with a fault comes in. Writes one journal
    line that says where it comes from.
    """
    made = create_questionnaire(
        actor=actor,
        space=space,
        title=title or document.title,
        introduction=document.introduction,
        minutes=document.minutes,
    )
    draft = made.revisions.get()
    Question.objects.bulk_create(
        Question(revision=draft, position=position, **columns)
        for position, columns in enumerate(document.questions, start=1)
    )
    journal.record(
        "questionnaires.begun_from",
        actor=actor,
        object_ref=f"questionnaire:{made.reference}",
        payload={"from": source},
    )
    return made


@transaction.atomic
def duplicate(*, actor=None, source: Questionnaire, space, title: str) -> Questionnaire:
    """Begin a questionnaire with the questions that another one asks, or is about to, and their images.

    No answer comes along.
    """
    revision = source.draft or source.revision
    made = begin_from(actor=actor, space=space, document=of(source, revision), title=title, source=source.reference)
    for question in revision.ordered:
        if question.image:
            copies = Question.objects.filter(revision__questionnaire=made, key=question.key)
            copies.update(image=question.image.name, image_alt=question.image_alt)
    return made
