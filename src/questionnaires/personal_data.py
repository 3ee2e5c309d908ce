"""What questionnaires keep of people, for how long, and how it leaves."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.directory.viewer import as_viewer
from src.foundations import code_words
from src.foundations.personal_data import Classification, declare, declare_impersonal
from src.participation.enums import IdentityMode
from src.participation.models import SealedAuthor

from . import axes, words
from .enums import ImportState
from .models import (
    Answer,
    AnswerDay,
    AnswerImport,
    AnswerRoll,
    AnswerSet,
    ImportedAnswers,
    OutreachTask,
    Question,
    Questionnaire,
    QuestionnaireRevision,
    ResultRelease,
    SealedAnswers,
    SealingKey,
    StaffFrame,
)
from .services.answering import read_answers

KEPT = _("twelve months after the results")


def _old(now):
    before = now - timedelta(days=settings.TERRAIN_ANSWERS_DAYS)
    return AnswerSet.objects.filter(questionnaire__closed_at__lt=before)


@transaction.atomic
def _purge(now, apply):
    """Answers go, with the link to their sealed authors; the figures told stay."""
    if not apply:
        return _old(now).count()
    sealed = _old(now).filter(identity_mode=IdentityMode.PROTECTED).values_list("handle", flat=True)
    SealedAuthor.objects.filter(pk__in=list(sealed)).delete()
    gone = list(_old(now).values_list("pk", flat=True))
    for start in range(0, len(gone), 500):
        AnswerSet.objects.filter(pk__in=gone[start : start + 500]).delete()
    return len(gone)


def _categories(one: AnswerSet) -> list[str]:
    """The words of what is kept of somebody's post beside their answers."""
    frame = getattr(one.questionnaire, "frame", None)
    return [axes.words_of(axis, code, frame.labels) for axis, code in one.segments.items()] if frame else []


def _export(user):
    own = (
        AnswerSet.objects.of(as_viewer(user))
        .select_related("questionnaire__frame", "revision")
        .prefetch_related("revision__questions")
        .order_by("week", "reference")
    )
    for one in own:
        answers = read_answers(one)
        yield {
            "questionnaire": one.questionnaire.title,
            "identity": one.get_identity_mode_display(),
            "week": one.week,
            "categories": _categories(one),
            "answers": [
                f"{question.text} {' ; '.join(words.answer_words(question, answers.get(question.key)))}"
                for question in one.revision.ordered
                if question.key in answers
            ],
        }


def _erase(user):
    """Signed answers go with the account; sealed links are cut by participation. The figures told stay."""
    own = AnswerSet.objects.filter(author=user)
    found = own.count()
    own.delete()
    return found


def _old_rolls(now):
    before = now - timedelta(days=settings.TERRAIN_ROLL_DAYS)
    return AnswerRoll.objects.filter(questionnaire__closed_at__lt=before)


def _purge_rolls(now, apply):
    """Once nobody disputes the results any more, who answered is nobody's business."""
    return _old_rolls(now).delete()[0] if apply else _old_rolls(now).count()


def _export_rolls(user):
    titles = AnswerRoll.objects.filter(person=user).values_list("questionnaire__title", flat=True)
    for title in titles.order_by("questionnaire__title", "questionnaire"):
        yield {"questionnaire": title}


def _erase_rolls(user):
    """The line stays without its person: it counts a box, which nothing finds again."""
    return AnswerRoll.objects.filter(person=user).update(person=None)


declare(
    AnswerRoll,
    owner="questionnaires",
    classification=Classification.C3,
    retention=_("three months after the closing"),
    export=_export_rolls,
    erase=_erase_rolls,
    purge=_purge_rolls,
    reason="Who answered a questionnaire of secret answers, so that nobody does twice; never what.",
)
declare(
    SealedAnswers,
    owner="questionnaires",
    classification=Classification.C3,
    retention=_("until the closing, when they are opened all together or destroyed"),
    export=None,
    erase=None,
    reason="Sealed answers lead to nobody: they can't be found again to be given or erased, said before sending.",
)
declare(
    AnswerSet,
    owner="questionnaires",
    classification=Classification.C3,
    retention=KEPT,
    export=_export,
    erase=_erase,
    purge=_purge,
    words={name: lambda value, row: " · ".join(value) for name in ("answers", "categories")},
    reason="One person's answers, signed or under a protected name.",
)
declare(
    Answer,
    owner="questionnaires",
    classification=Classification.C3,
    retention=KEPT,
    export=None,
    erase=None,
    reason="Answers come with the set they belong to, and go with it.",
)


def _waiting(now):
    before = now - timedelta(days=settings.TERRAIN_DRAFT_DAYS)
    return AnswerImport.objects.filter(state=ImportState.MAPPING, made_at__lt=before)


def _purge_files(now, apply):
    """A file that nobody ended goes as a draft does; what is remembered of the others goes with their answers."""
    over = now - timedelta(days=settings.TERRAIN_ANSWERS_DAYS)
    old = _waiting(now) | AnswerImport.objects.filter(questionnaire__closed_at__lt=over)
    found = old.count()
    if apply:
        old.delete()
    return found


def _files(user):
    for one in AnswerImport.objects.filter(made_by=user).select_related("questionnaire").order_by("made_at", "pk"):
        yield {"questionnaire": one.questionnaire.title, "source": one.source, "day": timezone.localdate(one.made_at)}


def _erase_files(user):
    return AnswerImport.objects.filter(made_by=user).update(made_by=None)


declare(
    AnswerImport,
    owner="questionnaires",
    classification=Classification.C3,
    retention=KEPT,
    title=_("Files of answers I brought in"),
    export=_files,
    erase=_erase_files,
    purge=_purge_files,
    reason="A file of answers, encrypted until it is brought in or forgotten; then who brought how many, and when.",
)
declare(
    ImportedAnswers,
    owner="questionnaires",
    classification=Classification.C3,
    retention=KEPT,
    export=None,
    erase=None,
    reason="Which file an answer set came from; goes with it.",
)


def _outreach_of(user):
    for task in OutreachTask.objects.filter(owner=user).select_related("questionnaire").order_by("opened_on", "pk"):
        yield {
            "questionnaire": task.questionnaire.title,
            "on": task.words,
            "due_on": task.due_on,
            "note": task.done_note,
        }


def _forget_owner(user):
    return OutreachTask.objects.filter(owner=user).update(owner=None)


declare(
    OutreachTask,
    owner="questionnaires",
    classification=Classification.C2,
    retention=_("as long as the questionnaire"),
    export=_outreach_of,
    erase=_forget_owner,
    reason="Who goes to see those who aren't heard; the task and what was done stay, its owner is forgotten.",
)
declare_impersonal(
    "questionnaires",
    (
        (Questionnaire, "What is asked: no personal data."),
        (QuestionnaireRevision, "What is asked: no personal data."),
        (Question, "What is asked: no personal data."),
        (ResultRelease, "Figures above the smallest number: no personal data."),
        (AnswerDay, "Numbers of answers by day: no personal data."),
        (SealingKey, "What seals the answers of a questionnaire: no personal data."),
        (StaffFrame, "How many people each category has, none under the smallest number: no personal data."),
    ),
)

code_words.register(
    "verb",
    {
        "questionnaires.created": _("Questionnaire begun"),
        "questionnaires.described": _("Words around a questionnaire changed"),
        "questionnaires.published": _("Questions published"),
        "questionnaires.revised": _("New revision of a questionnaire opened"),
        "questionnaires.reminded": _("Reminder of a questionnaire asked"),
        "questionnaires.closed": _("Questionnaire closed"),
        "questionnaires.opened": _("Secret answers opened, results published"),
        "questionnaires.begun_from": _("Questionnaire begun from another one"),
        "questionnaires.import_opened": _("File of answers uploaded"),
        "questionnaires.import_brought_in": _("File of answers brought in"),
        "questionnaires.import_taken_away": _("File of answers taken away"),
        "questionnaires.import_forgotten": _("File of answers forgotten"),
        "questionnaires.outreach_given": _("Outreach task given to somebody"),
        "questionnaires.outreach_ended": _("Outreach task ended"),
    },
)
