"""One account, from the first migration: e-mail and personnel number may both be missing."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import AccountKind
from ..querysets import UserManager


class User(AbstractBaseUser, PermissionsMixin):
    """An account. ``username`` is what a person types to sign in when they have neither e-mail nor number."""

    username = models.CharField(_("identifier"), max_length=64, unique=True)
    personnel_number = models.CharField(_("personnel number"), max_length=16, unique=True, null=True, blank=True)
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    kind = models.CharField(max_length=16, choices=AccountKind, default=AccountKind.AGENT)
    # The current affectation, kept by the directory's services, so that a request reads it in the same statement.
    current_affectation = models.OneToOneField(
        "directory.Affectation", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    # True while the account holds a role somewhere: ordinary agents cost no role query.
    holds_roles = models.BooleanField(default=False, editable=False)
    # Empty until somebody chooses: the device's language then, and the city's for what is sent.
    language = models.CharField(_("language"), max_length=8, blank=True, default="")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateField(auto_now_add=True)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self):
        return self.short_name

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}".strip() or self.username

    def get_short_name(self):
        return self.first_name or self.username

    @property
    def short_name(self) -> str:
        """ "Nadia B.": what colleagues read under a named contribution."""
        initial = f" {self.last_name[0]}." if self.last_name else ""
        return f"{self.first_name}{initial}".strip() or self.username

    def clean(self):
        super().clean()
        self.email = self.email or None
        self.personnel_number = self.personnel_number or None
