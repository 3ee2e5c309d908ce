"""Writing a questionnaire: its words, its questions, their order; publishing them, and opening a new revision."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from src.foundations import clock, journal, orphans
from src.participation.enums import Circle
from src.search.freshness import changed

from .. import asking
from ..enums import AnswerMode
from ..models import Edition, Question, Questionnaire, QuestionnaireRevision, TrackedQuestion
from ..words import problem_sentence
from .secret import make_key

COPIED = (
    "key",
    "position",
    "kind",
    "text",
    "help",
    "is_required",
    "is_personal",
    "is_sensitive",
    "settings",
    "condition",
    "image",
    "image_alt",
)
MOST_QUESTIONS = 60
# The kind under which the search knows questionnaires.
FOUND_AS = "questionnaire"


@transaction.atomic
def create_questionnaire(
    *,
    actor=None,
    space,
    title: str,
    introduction: str = "",
    minutes: int = 5,
    answer_mode: str = AnswerMode.IDENTITY,
    first_axis: str = "",
    second_axis: str = "",
) -> Questionnaire:
    """Begin a questionnaire in a space: nobody but its organisers sees it until its questions are published.

    Its results are broken down by the axes chosen here, two at most. Refuses axes where whoever answers isn't known
    to the directory.
    """
    _check_axes(space, first_axis, second_axis)
    made = Questionnaire.objects.create(
        space=space,
        title=title,
        introduction=introduction,
        minutes=minutes,
        answer_mode=answer_mode,
        first_axis=first_axis,
        second_axis=second_axis,
    )
    QuestionnaireRevision.objects.create(questionnaire=made, number=1)
    _record("questionnaires.created", made, actor)
    return made


@transaction.atomic
def describe(
    *,
    actor=None,
    questionnaire: Questionnaire,
    title: str,
    introduction: str,
    minutes: int,
    answer_mode: str | None = None,
    first_axis: str | None = None,
    second_axis: str | None = None,
) -> Questionnaire:
    """Change the words around the questions; while nothing is published, how people answer and the axes too.

    None leaves them. Refuses a questionnaire that is closed, another ``answer_mode`` and other axes once it was
    published.
    """
    _check_not_closed(questionnaire)
    chosen = (
        questionnaire.first_axis if first_axis is None else first_axis,
        questionnaire.second_axis if second_axis is None else second_axis,
    )
    if chosen != (questionnaire.first_axis, questionnaire.second_axis):
        if questionnaire.revisions.filter(published_at__isnull=False).exists():
            raise ValidationError(
                {"first_axis": _("The questions are published: what results are broken down by no longer changes.")}
            )
        if Edition.objects.filter(questionnaire=questionnaire).exists():
            raise ValidationError(
                {"first_axis": _("It is an edition of a barometer: its results are told as those of the others.")}
            )
        _check_axes(questionnaire.space, *chosen)
        questionnaire.first_axis, questionnaire.second_axis = chosen
    questionnaire.title, questionnaire.introduction, questionnaire.minutes = title, introduction, minutes
    written = ["title", "introduction", "minutes", "first_axis", "second_axis"]
    if answer_mode is not None and answer_mode != questionnaire.answer_mode:
        Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        if questionnaire.revisions.filter(published_at__isnull=False).exists():
            raise ValidationError(_("Its questions are published: how people answer no longer changes."))
        questionnaire.answer_mode = answer_mode
        written.append("answer_mode")
    questionnaire.save(update_fields=written)
    changed(FOUND_AS, questionnaire.pk)
    _record("questionnaires.described", questionnaire, actor)
    return questionnaire


def _check_axes(space, first: str, second: str) -> None:
    if second and not first:
        raise ValidationError({"first_axis": _("Choose what comes first, or leave both empty.")})
    if first and first == second:
        raise ValidationError({"second_axis": _("Choose something else than the first, or leave it empty.")})
    if first and space.circle == Circle.EVERYONE:
        raise ValidationError(
            {"first_axis": _("Everybody may answer here, agents or not: results can’t be told by their posts.")}
        )


@transaction.atomic
def save_question(*, questionnaire: Questionnaire, key: str = "", **fields) -> Question:
    """Add a question at the end of the revision being written, or change the one of that key.

    ``image`` is a picture made anew (``uploads.safe_image``) with ``image_alt``, its words; "" takes it away, and
    its file goes with the nightly sweep unless another version still shows it.

    Refuses when no revision is being written, and, each with its sentence, an image without words, what the rules
    don't allow of this question or of those that depend on it.
    """
    draft = _draft(questionnaire)
    questions = list(draft.questions.order_by("position", "pk"))
    known = {question.key: question for question in questions}
    if key and key not in known:
        raise ValidationError(_("This question is gone."))
    if not key and len(questions) >= MOST_QUESTIONS:
        raise ValidationError(_("Keep %(n)d questions at most: people stop long before.") % {"n": MOST_QUESTIONS})
    question = known.get(key) or Question(revision=draft, key=_free_key(questionnaire), position=_next(questions))
    for name, value in fields.items():
        setattr(question, name, value)
    if question.image and not question.image_alt:
        raise ValidationError({"image_alt": no_words()})
    question.__dict__.pop("spec", None)
    order = questions if key else [*questions, question]
    _refuse_faults([known.get(one.key, one) if one.key != question.key else question for one in order])
    with orphans.files_with_their_rows(question.image):
        question.save()
    return question


def no_words() -> str:
    """Why an image alone is refused."""
    return _("Say in a few words what the image shows, for those who don't see it.")


@transaction.atomic
def move_question(*, questionnaire: Questionnaire, key: str, up: bool) -> None:
    """Put a question one place earlier or later; at an end, nothing moves.

    Refuses to put a question before the one its condition reads.
    """
    questions = list(_draft(questionnaire).questions.order_by("position", "pk"))
    place = _place(questions, key)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(questions):
        return
    questions[place], questions[other] = questions[other], questions[place]
    _refuse_faults(questions, moved=True)
    _renumber(questions)


@transaction.atomic
def remove_question(*, questionnaire: Questionnaire, key: str) -> None:
    """Take a question out of the revision being written. Refuses while another one depends on it."""
    questions = list(_draft(questionnaire).questions.order_by("position", "pk"))
    place = _place(questions, key)
    gone = questions.pop(place)
    if questions:
        _refuse_faults(questions, moved=True)
    gone.delete()
    _renumber(questions)


@transaction.atomic
def publish(*, actor=None, questionnaire: Questionnaire) -> QuestionnaireRevision:
    """Publish the revision being written: its questions no longer change, and answers are to these from now on.

    The calendar of the space says when it is open. Secret answers get the key that seals them. Refuses a closed
    questionnaire and, in sentences, what the rules find. Whoever began on the revision before ends on it.
    """
    _check_not_closed(questionnaire)
    # Held: how people answer, changed meanwhile in another window, is the one that is published.
    questionnaire.answer_mode = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk).answer_mode
    draft = _draft(questionnaire)
    found = faults_of(draft)
    if questionnaire.is_open_link and questionnaire.space.circle != Circle.EVERYONE:
        found.append(_("Anybody is to answer, but its space isn't seen by everyone: choose another way to answer."))
    if found:
        raise ValidationError(found)
    draft.published_at = clock.now()
    draft.save(update_fields=["published_at"])
    changed(FOUND_AS, questionnaire.pk)
    if questionnaire.is_secret:
        make_key(questionnaire, draft)
    _forget_read(questionnaire)
    _record("questionnaires.published", questionnaire, actor, {"revision": draft.number})
    return draft


@transaction.atomic
def revise(*, actor=None, questionnaire: Questionnaire) -> QuestionnaireRevision:
    """Open a new revision, with the questions of the last one; answers already sent keep theirs. Safe twice.

    Refuses when answers are secret: the version answered would tell those who came before from those who came after.
    """
    _check_not_closed(questionnaire)
    if questionnaire.is_secret:
        raise ValidationError(
            _(
                "Answers are secret: its published questions no longer change. The version would tell those who "
                "answered before from those who answered after."
            )
        )
    if questionnaire.draft is not None:
        return questionnaire.draft
    last = questionnaire.revision
    draft = QuestionnaireRevision.objects.create(questionnaire=questionnaire, number=last.number + 1)
    Question.objects.bulk_create(
        Question(revision=draft, **{name: getattr(question, name) for name in COPIED}) for question in last.ordered
    )
    _forget_read(questionnaire)
    _record("questionnaires.revised", questionnaire, actor, {"revision": draft.number})
    return draft


def faults_of(revision: QuestionnaireRevision) -> list[str]:
    """What keeps a revision from being published, in sentences."""
    questions = list(revision.questions.order_by("position", "pk"))
    return _sentences(questions)


def _sentences(questions: list[Question]) -> list[str]:
    texts = {question.key: question.text for question in questions}
    return [
        _("“%(question)s”: %(fault)s") % {"question": texts[key], "fault": problem_sentence(problem)}
        if key
        else problem_sentence(problem)
        for key, problem in asking.faults([question.spec for question in questions])
    ]


def _refuse_faults(questions: list[Question], *, moved: bool = False) -> None:
    found = [
        (key, problem)
        for key, problem in asking.faults([question.spec for question in questions])
        if problem.code != "nothing_asked"
    ]
    if found and moved:
        texts = {question.key: question.text for question in questions}
        raise ValidationError(
            _("“%(question)s” depends on an earlier question: it has to stay after it.")
            % {"question": texts[found[0][0]]}
        )
    if found:
        raise ValidationError(_sentences(questions), code="faults")


def _draft(questionnaire: Questionnaire) -> QuestionnaireRevision:
    _check_not_closed(questionnaire)
    draft = questionnaire.revisions.filter(published_at__isnull=True).first()
    if draft is None:
        raise ValidationError(_("These questions are published: open a new revision to change them."), code="frozen")
    return draft


def _check_not_closed(questionnaire: Questionnaire) -> None:
    if questionnaire.closed_at is not None:
        raise ValidationError(_("This questionnaire is closed: it no longer changes."), code="closed")


def _place(questions: list[Question], key: str) -> int:
    for place, question in enumerate(questions):
        if question.key == key:
            return place
    raise ValidationError(_("This question is gone."))


def _free_key(questionnaire: Questionnaire) -> str:
    """A key no revision has used, nor another edition of its barometer, nor an earlier one known by its figures:
    an answer must never be read as the answer to another question."""
    of_it = Q(revision__questionnaire=questionnaire)
    of_it |= Q(revision__questionnaire__edition__barometer__editions__questionnaire=questionnaire)
    taken = set(Question.objects.filter(of_it).values_list("key", flat=True))
    taken |= set(
        TrackedQuestion.objects.filter(barometer__editions__questionnaire=questionnaire).values_list("key", flat=True)
    )
    numbers = [int(key[1:]) for key in taken if key[1:].isdigit()]
    return f"q{max(numbers, default=0) + 1}"


def _next(questions: list[Question]) -> int:
    return max((question.position for question in questions), default=0) + 1


def _renumber(questions: list[Question]) -> None:
    for position, question in enumerate(questions, start=1):
        question.position = position
    Question.objects.bulk_update(questions, ["position"])


def _forget_read(questionnaire: Questionnaire) -> None:
    questionnaire._prefetched_objects_cache = {}
    for name in ("revision", "draft"):
        questionnaire.__dict__.pop(name, None)


def _record(verb: str, questionnaire: Questionnaire, actor, payload: dict | None = None) -> None:
    journal.record(verb, actor=actor, object_ref=f"questionnaire:{questionnaire.reference}", payload=payload)
