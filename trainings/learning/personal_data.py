"""What following a training keeps of people, for how long, and how it leaves."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare

from .enums import EnrolmentState
from .models import Enrolment, ModuleProgress, QuizAttempt

OWNER = "trainings_learning"
# After the end of a track, how long positions and answers stay.
DETAIL = timedelta(days=365)


def _enrolments(user):
    return [
        {"training": one.version.title, "began_at": one.began_at, "state": one.state, "completed_on": one.completed_on}
        for one in Enrolment.objects.filter(agent=user).select_related("version")
    ]


def _progress(user):
    rows = ModuleProgress.objects.filter(enrolment__agent=user).select_related("module")
    return [
        {
            "module": one.module.title,
            "last_seen_at": one.last_seen_at,
            "done_at": one.done_at,
            "checks": one.checks,
            "path": one.path,
        }
        for one in rows
    ]


def _attempts(user):
    rows = QuizAttempt.objects.filter(progress__enrolment__agent=user).select_related("progress__module")
    return [
        {
            "module": one.progress.module.title,
            "attempt": one.number,
            "submitted_at": one.submitted_at,
            "right": one.right,
            "asked": one.asked,
            "passed": one.passed,
            "answers": one.answers,
        }
        for one in rows
    ]


def _over(now):
    """Trainings whose detail is past its time: finished, or gone on in another version, for a year."""
    ended = Q(enrolment__state=EnrolmentState.COMPLETED, enrolment__completed_on__lt=(now - DETAIL).date())
    moved = Q(enrolment__state=EnrolmentState.MIGRATED, last_seen_at__lt=now - DETAIL)
    return ModuleProgress.objects.filter(ended | moved)


def purge_attempts(now, apply: bool) -> int:
    """Answers of quizzes, a year after the end of the training."""
    rows = QuizAttempt.objects.filter(progress__in=_over(now))
    return rows.delete()[0] if apply else rows.count()


def purge_detail(now, apply: bool) -> int:
    """Answers to checks and paths, a year after the end; that a module was finished stays with the training."""
    rows = _over(now).exclude(checks={}, path=[])
    return rows.update(checks={}, path=[]) if apply else rows.count()


declare(
    QuizAttempt,
    owner=OWNER,
    classification="C3",
    retention=_("twelve months after the end of the training"),
    title=_("My attempts at quizzes"),
    export=_attempts,
    erase=lambda user: QuizAttempt.objects.filter(progress__enrolment__agent=user).delete()[0],
    purge=purge_attempts,
    reason="Answers and grades are read by their author alone.",
)
declare(
    ModuleProgress,
    owner=OWNER,
    classification="C3",
    retention=_(
        "what I answered, twelve months after the end of the training; that it is finished, with the training"
    ),
    title=_("Where I stand in modules of trainings"),
    export=_progress,
    erase=lambda user: ModuleProgress.objects.filter(enrolment__agent=user).delete()[0],
    purge=purge_detail,
    reason="Where one stands, one's answers to checks and one's path in a scenario: read by their author alone.",
)
declare(
    Enrolment,
    owner=OWNER,
    classification="C2",
    retention=_("as long as the account"),
    title=_("Trainings I follow"),
    export=_enrolments,
    erase=lambda user: Enrolment.objects.filter(agent=user).delete()[0],
    reason="Which version somebody follows, and whether it is finished.",
)
code_words.register(
    "verb",
    {
        "trainings.began": _("Training begun"),
        "trainings.caught_up": _("What changed in a training begun"),
        "trainings.migrated": _("Training gone on with in a newer version"),
        "trainings.completed": _("Training finished"),
        "trainings.seen_together": _("Quiz seen again with somebody"),
        "trainings.attended": _("Module finished in a session"),
        "trainings.attendance_taken_back": _("Presence at a session said not to hold any more"),
        "trainings.list_opened": _("List of people to go along with opened"),
    },
)
