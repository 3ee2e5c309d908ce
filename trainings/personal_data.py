"""What tracks keep of people: who published a version."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare, declare_impersonal

from .models import LessonFile, Module, ModulePatch, Question, QuestionBank, QuestionRevision, Track, TrackVersion

OWNER = "trainings"

declare(
    TrackVersion,
    owner=OWNER,
    classification="C1",
    retention=_("as long as the track; your name until your account is erased"),
    title=_("Versions of trainings I published"),
    export=lambda user: [
        {"title": version.title, "number": version.number, "published_at": version.published_at}
        for version in TrackVersion.objects.filter(published_by=user)
    ],
    erase=lambda user: TrackVersion.objects.filter(published_by=user).update(published_by=None),
    reason="What the city publishes to its agents; the name of who published leaves with the account.",
)
declare_impersonal(
    OWNER,
    (
        (Track, "What editors write for everybody."),
        (LessonFile, "A file that lessons play."),
        (Module, "A part of a published version."),
        (ModulePatch, "Words of a module corrected."),
        (QuestionBank, "Questions, and no answer of anybody."),
        (Question, "A question of a bank."),
        (QuestionRevision, "Words of a question."),
    ),
)
code_words.register(
    "verb",
    {
        "trainings.published": _("Version of a training published"),
        "trainings.patched": _("Words of a training corrected"),
        "trainings.bank_revised": _("Bank of questions revised"),
    },
)
