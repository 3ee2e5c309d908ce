"""A questionnaire, its revisions, and the questions of each: frozen once published."""

import secrets
from pathlib import Path

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference
from src.foundations.uploads import PrivateStorage

from .. import asking
from ..enums import AnswerMode, AxisCode, QuestionKind
from ..querysets import QuestionnaireQuerySet

IMAGE_ALT_MAX = 300


def random_name(row, filename: str) -> str:
    """A name that says nothing of the file that was sent."""
    return f"questionnaires/{secrets.token_hex(16)}{Path(filename).suffix.lower()}"


class Questionnaire(models.Model):
    """Something asked in a space. Its phases say when it is open; closing it is for good."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    space = models.ForeignKey(
        "participation.Space", models.PROTECT, related_name="questionnaires", verbose_name=_("space")
    )
    title = models.CharField(_("title"), max_length=140)
    introduction = models.TextField(_("introduction"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), default=5)
    # Once its questions are published it no longer changes (trigger).
    answer_mode = models.CharField(
        _("how people answer"),
        max_length=16,
        choices=AnswerMode,
        default=AnswerMode.IDENTITY,
        db_default=AnswerMode.IDENTITY.value,
    )
    # What the results are broken down by; frozen with the first questions published (trigger).
    first_axis = models.CharField(
        _("broken down by"), max_length=16, choices=AxisCode, blank=True, default="", db_default=""
    )
    second_axis = models.CharField(_("and by"), max_length=16, choices=AxisCode, blank=True, default="", db_default="")
    created_at = models.DateTimeField(auto_now_add=True)
    # When everybody concerned was reminded of it, once.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Nothing is answered afterwards (trigger).
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = QuestionnaireQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__gte=1), name="questionnaire_takes_a_minute"),
            models.CheckConstraint(
                condition=models.Q(answer_mode__in=AnswerMode.values), name="questionnaire_answer_mode_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("questionnaires:detail", kwargs={"reference": self.reference})

    @property
    def is_secret(self) -> bool:
        """Whether its answers are sealed, and opened at closing without leading to anybody."""
        return self.answer_mode == AnswerMode.SECRET

    @property
    def is_open_link(self) -> bool:
        """Whether anybody answers, signed out: residents, without an account."""
        return self.answer_mode == AnswerMode.OPEN

    @property
    def is_told(self) -> bool:
        """Whether its results are told; of secret answers, that comes some minutes after the closing."""
        return getattr(self, "release", None) is not None

    @property
    def edition_of(self):
        """The edition of a barometer that it is, or None; read with ``for_pages``."""
        return getattr(self, "edition", None)

    @property
    def axes(self) -> tuple[str, ...]:
        """Codes of what its results are broken down by: none, one, or two crossed."""
        return tuple(code for code in (self.first_axis, self.second_axis) if code)

    @cached_property
    def revision(self):
        """The last revision published, or None; read from prefetched revisions."""
        published = [one for one in self.revisions.all() if one.published_at is not None]
        return max(published, key=lambda one: one.number, default=None)

    @cached_property
    def draft(self):
        """The revision being written, or None."""
        return next((one for one in self.revisions.all() if one.published_at is None), None)


class QuestionnaireRevision(models.Model):
    """The questions as they were asked at one time. Published, they no longer change; answers keep theirs."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("revision of a questionnaire")
        verbose_name_plural = _("revisions of questionnaires")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=models.Q(published_at__isnull=True), name="revision_one_draft"
            ),
        ]

    def __str__(self):
        return f"{self.questionnaire}, {self.number}"

    @cached_property
    def ordered(self) -> list:
        """Its questions in their order."""
        return sorted(self.questions.all(), key=lambda one: (one.position, one.pk))

    @cached_property
    def specs(self) -> tuple[asking.Question, ...]:
        """Its questions as the rules read them."""
        return tuple(question.spec for question in self.ordered)

    @cached_property
    def by_key(self) -> dict:
        return {question.key: question for question in self.ordered}


class Question(models.Model):
    """One question of one revision. ``key`` is the same from one revision to the next."""

    revision = models.ForeignKey(QuestionnaireRevision, models.CASCADE, related_name="questions")
    key = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=16, choices=QuestionKind)
    text = models.CharField(_("question"), max_length=400)
    help = models.TextField(_("help"), blank=True)
    is_required = models.BooleanField(_("an answer is needed"), default=False)
    # « Je ne souhaite pas répondre » is then always offered.
    is_personal = models.BooleanField(_("personal question"), default=False)
    # Discrimination, harassment: counted from TERRAIN_K_SENSITIVE.
    is_sensitive = models.BooleanField(_("sensitive question"), default=False)
    # choices and rows (lists of key, label), least, most, least_label, most_label, no_opinion.
    settings = models.JSONField(default=dict, blank=True)
    # {"question": key of an earlier one, "values": [...]}, or None.
    condition = models.JSONField(null=True, blank=True)
    # Made anew on arrival, never without its words (trigger). Revisions share the file: one that no row names any
    # more goes with the nightly sweep.
    image = models.FileField(
        _("image"),
        storage=PrivateStorage(),
        upload_to=random_name,
        max_length=120,
        blank=True,
        default="",
        db_default="",
    )
    image_alt = models.CharField(
        _("what the image shows"), max_length=IMAGE_ALT_MAX, blank=True, default="", db_default=""
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.UniqueConstraint(fields=["revision", "key"], name="question_key_once"),
        ]

    def __str__(self):
        return self.text

    @cached_property
    def spec(self) -> asking.Question:
        """The question as the rules read it."""
        condition = self.condition
        return asking.Question(
            key=self.key,
            kind=self.kind,
            required=self.is_required,
            personal=self.is_personal,
            choices=tuple(choice["key"] for choice in self.choices),
            rows=tuple(row["key"] for row in self.rows),
            least=self.settings.get("least"),
            most=self.settings.get("most"),
            no_opinion=bool(self.settings.get("no_opinion")),
            condition=asking.Condition(condition["question"], tuple(condition["values"])) if condition else None,
        )

    @property
    def choices(self) -> list[dict]:
        return self.settings.get("choices", [])

    @property
    def rows(self) -> list[dict]:
        return self.settings.get("rows", [])

    def label_of(self, key) -> str:
        """The words of a choice."""
        return next((choice["label"] for choice in self.choices if choice["key"] == key), str(key))

    @property
    def is_asked(self) -> bool:
        return self.kind != QuestionKind.INFORMATION

    @property
    def is_text(self) -> bool:
        return self.kind in asking.TEXTS
