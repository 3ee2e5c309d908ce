"""Requests of erasure, files made for somebody, open sessions, the identity one prefers, and the officer's words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations.references import new_reference
from src.foundations.uploads import PrivateStorage
from src.participation.enums import IdentityMode


def random_name(instance, filename: str) -> str:
    """A name nobody guesses, without anything of the person."""
    return f"droits/{new_reference()}{new_reference()}{new_reference()}"


class ErasureRequest(models.Model):
    """Somebody asks that what is held of them go: it may be taken back until its day, then it is done by itself."""

    reference = models.CharField(max_length=6, unique=True, default=new_reference, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # Why it couldn't be done on its day: it is tried again.
    held_up = models.CharField(max_length=300, blank=True)
    # How many lists and lines: no name.
    lists = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request of erasure")
        verbose_name_plural = _("requests of erasure")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(done_at=None, taken_back_at=None), name="one_open_erasure_a_person"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(taken_back_at=None), name="erasure_done_or_taken_back"
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.taken_back_at is None


class DataFile(models.Model):
    """The file of one's own data, encrypted, for one download within a day."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    run = models.OneToOneField("foundations.JobRun", models.SET_NULL, null=True, related_name="+")
    file = models.FileField(storage=PrivateStorage(), upload_to=random_name, max_length=120, blank=True)
    # The keyed hash of the link's secret, which only the person's own page shows.
    mark = models.CharField(max_length=32, blank=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of one's own data")
        verbose_name_plural = _("files of one's own data")

    def __str__(self):
        return str(self.pk)


class OpenSession(models.Model):
    """One device where somebody is signed in: since when, and what it is in plain words."""

    session_key = models.CharField(max_length=40, primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # "Firefox|Windows": neither version, address nor the rest of what browsers say.
    device = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("open session")
        verbose_name_plural = _("open sessions")

    def __str__(self):
        return self.device


class PreferredIdentity(models.Model):
    """How somebody wants forms to offer that they appear; each contribution still has its own choice."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    identity = models.CharField(
        _("identity"),
        max_length=16,
        choices=[(one.value, one.label) for one in (IdentityMode.NAMED, IdentityMode.PROTECTED)],
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("preferred identity")
        verbose_name_plural = _("preferred identities")

    def __str__(self):
        return self.identity


class ProcessingWords(models.Model):
    """What the data protection officer writes of one processing, instead of what the product proposes."""

    key = models.CharField(max_length=40, primary_key=True)
    legal_basis = models.TextField(_("legal basis"), max_length=1000, blank=True)
    recipients = models.TextField(_("recipients"), max_length=1000, blank=True)
    notes = models.TextField(_("what the impact assessment concludes"), max_length=4000, blank=True)
    changed_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("words on a processing")
        verbose_name_plural = _("words on processings")

    def __str__(self):
        return self.key
