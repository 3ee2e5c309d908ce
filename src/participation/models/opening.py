"""A request to open the identity of one protected contribution: asked by one, confirmed by another."""

import json

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from src.directory.enums import Role
from src.foundations import clock, sealing
from src.foundations.references import new_reference

from ..enums import COURT_GROUNDS, Ground, OpeningState
from ..querysets import IdentityOpeningQuerySet

PURPOSE = sealing.register_purpose("participation-opening")
STEP = 2048
ACCOUNT = {"null": True, "blank": True, "related_name": "+"}


class IdentityOpening(models.Model):
    """One contribution, one ground, two people of two functions. No author stands here, before or after.

    The written reasons are encrypted: they may say whom somebody suspects. Once asked, nothing of the request changes;
    once decided, nothing of the decision does (triggers). Kept five years, then gone with its place in the figures.
    """

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    subject_kind = models.CharField(max_length=32)
    subject_reference = models.CharField(max_length=6)
    handle = models.UUIDField()
    ground = models.CharField(_("ground"), max_length=16, choices=Ground)
    motive_sealed = models.BinaryField()
    court_reference = models.CharField(_("reference of the court"), max_length=120, blank=True)
    # A judge forbids telling the author before that day.
    silent_until = models.DateField(_("the author is told from"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=OpeningState, default=OpeningState.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, **ACCOUNT)
    asked_as = models.CharField(max_length=32, choices=Role)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, **ACCOUNT)
    decided_as = models.CharField(max_length=32, choices=Role, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    answer_sealed = models.BinaryField(default=b"")
    # The name was shown to each of the two at that moment, once.
    read_by_asker_at = models.DateTimeField(null=True, blank=True)
    read_by_second_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = IdentityOpeningQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("opening of an identity")
        verbose_name_plural = _("openings of an identity")
        indexes = [models.Index(fields=["asked_at", "reference"], name="opening_order")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OpeningState.values), name="opening_state_known"),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="opening_ground_known"),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | Q(decided_by__isnull=True) | ~Q(asked_by=F("decided_by")),
                name="opening_by_two_people",
            ),
            models.CheckConstraint(condition=~Q(asked_as=F("decided_as")), name="opening_by_two_functions"),
            models.CheckConstraint(
                condition=Q(state__in=[OpeningState.WAITING, OpeningState.EXPIRED], decided_at__isnull=True)
                | Q(state__in=[OpeningState.OPENED, OpeningState.REFUSED], decided_at__isnull=False)
                & ~Q(decided_as=""),
                name="opening_decided_or_not",
            ),
            models.CheckConstraint(
                condition=Q(read_by_asker_at__isnull=True, read_by_second_at__isnull=True, told_at__isnull=True)
                | Q(state=OpeningState.OPENED),
                name="opening_read_once_open",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=sorted(COURT_GROUNDS)) & ~Q(court_reference="")
                | ~Q(ground__in=sorted(COURT_GROUNDS)) & Q(court_reference=""),
                name="opening_court_has_reference",
            ),
            models.CheckConstraint(
                condition=Q(ground=Ground.JUDGE_SECRET, silent_until__isnull=False)
                | ~Q(ground=Ground.JUDGE_SECRET) & Q(silent_until__isnull=True),
                name="opening_silent_only_by_judge",
            ),
            models.UniqueConstraint(
                fields=["handle"], condition=Q(state=OpeningState.WAITING), name="opening_waits_once"
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def motive(self) -> str:
        """Why, in the words of whoever asked."""
        return _open(self.motive_sealed)

    @property
    def answer(self) -> str:
        """Why it was refused; empty otherwise."""
        return _open(self.answer_sealed)

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be confirmed: the clock says so, not the tick."""
        return self.state == OpeningState.WAITING and clock.now() < self.expires_at

    @property
    def is_opened(self) -> bool:
        return self.state == OpeningState.OPENED

    @property
    def is_refused(self) -> bool:
        return self.state == OpeningState.REFUSED

    @property
    def shown_state(self) -> str:
        """The word of its state now, whether or not the tick has passed."""
        late = self.state == OpeningState.WAITING and not self.is_waiting
        return str((OpeningState.EXPIRED if late else OpeningState(self.state)).label)


def seal_words(text: str) -> bytes:
    """Written reasons, encrypted and padded so that their length tells nothing."""
    return sealing.encrypt(json.dumps(text).encode(), PURPOSE, pad_to=STEP) if text else b""


def _open(sealed) -> str:
    return json.loads(sealing.decrypt(bytes(sealed), PURPOSE)) if sealed else ""
