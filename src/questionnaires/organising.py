"""What organisers read of the answers: how many by tens while it is open, people's own words once it is closed."""

from random import SystemRandom

from django.conf import settings

from . import asking, axes, figures, representativeness
from .models import Answer, AnswerSet, CodedText, Question
from .partitions import OTHERS

ROUNDED_TO = 10
_shuffler = SystemRandom()


def rounded_count(questionnaire) -> int:
    """How many answered, rounded down to tens; nothing of secret answers, which nobody counts before the end."""
    if questionnaire.is_secret:
        return 0
    return AnswerSet.objects.filter(questionnaire=questionnaire).count() // ROUNDED_TO * ROUNDED_TO


def asked_texts(questionnaire) -> list[tuple[Question, bool]]:
    """Each text question of each published revision, and whether its results are told."""
    told = {
        (one["key"], number): one["withheld"]
        for one in questionnaire.release.content["questions"]
        for number in one["revisions"]
    }
    return [
        (question, told.get((question.key, revision.number)) == "")
        for revision in questionnaire.revisions.all()
        for question in revision.ordered
        if revision.published_at is not None and question.kind in asking.TEXTS
    ]


def texts_of(questionnaire) -> list[dict]:
    """Texts by question, in a random order; none where fewer than k wrote, or where the figures aren't told.

    Nothing ties two texts of one person together, nor a text to the other answers.
    """
    found: dict[str, list[str]] = {}
    asked = asked_texts(questionnaire)
    if not asked:
        return []
    given: dict[int, list[str]] = {}
    aside = CodedText.objects.filter(codebook__questionnaire=questionnaire, set_aside_at__isnull=False)
    rows = Answer.objects.filter(question__in=[question.pk for question, _told in asked], declined=False)
    rows = rows.exclude(pk__in=aside.values("answer_id"))
    for question_id, value in rows.values_list("question_id", "value"):
        given.setdefault(question_id, []).append(value)
    for question, is_told in asked:
        if is_told:
            found.setdefault(question.text, []).extend(given.get(question.pk, ()))
    smallest = {question.text: figures.threshold(question) for question, _told in asked}
    groups = []
    for question, _told in asked:
        texts = found.pop(question.text, None)
        if texts is None:
            continue
        enough = len(texts) >= smallest[question.text]
        _shuffler.shuffle(texts)
        groups.append({"text": question.text, "k": smallest[question.text], "texts": texts if enough else []})
    return groups


# Who is missing


def gaps(questionnaire) -> list[representativeness.Line]:
    """Who answers beside who was asked, by tens; nothing without axes, too early, or of secret answers."""
    frame = getattr(questionnaire, "frame", None) if questionnaire.axes and not questionnaire.is_secret else None
    if frame is None:
        return []
    segments = AnswerSet.objects.filter(questionnaire=questionnaire).values_list("segments", flat=True)
    answered = representativeness.count_atoms(questionnaire.axes, segments, OTHERS)
    k = max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)
    return representativeness.while_open(answered, representativeness.frame_atoms(frame.cells), k)


def group_words(questionnaire, axis: int, code: str, codes) -> str:
    """« Petite enfance », or « Autres : Accueil, Tranquillité publique »."""
    return axes.group_words(questionnaire.axes[axis], code, codes, questionnaire.frame.labels)
