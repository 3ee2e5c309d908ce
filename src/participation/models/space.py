"""A space: where contributions of one kind are made, with its circle, its phases and its people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from src.directory.models import AbstractRoleGrant

from ..enums import Circle, IdentityMode, PhaseVerb
from ..querysets import SpaceQuerySet


def default_identity_modes() -> list[str]:
    return [IdentityMode.NAMED, IdentityMode.PROTECTED]


class Space(models.Model):
    """A named programme is one of these, with its settings; never a class of its own."""

    slug = models.SlugField(_("address"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("in one line"), max_length=240, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    circle = models.CharField(_("who sees it"), max_length=16, choices=Circle, default=Circle.AGENTS)
    # "members" spaces: everybody posted in this branch, plus the people listed in SpaceMember.
    member_unit = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("members' unit")
    )
    # Kinds of activity it can run ("ideas"); registries of the apps name them.
    activities = models.JSONField(_("activities"), default=list)
    process = models.ForeignKey(
        "workflow.Process", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("process")
    )
    identity_modes = models.JSONField(_("identity modes"), default=default_identity_modes)
    # Set by the first contribution: from then on circle and identity modes are frozen by the database.
    first_contribution_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The cell that runs it: receives what nobody else does.
    steering_unit = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("run by")
    )
    support_threshold = models.PositiveIntegerField(_("supports that raise who answers"), default=50)
    # Three reports from three units hide a contribution until somebody reads it; off, it waits in view.
    reports_hide = models.BooleanField(_("reports hide until somebody reads"), default=True)
    # An archive shows imported material: nothing is owed, nobody is notified, no phase opens.
    is_archive = models.BooleanField(_("archive"), default=False)
    on_home_page = models.BooleanField(_("on the home page"), default=True)
    licence_note = models.CharField(_("source and licence"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SpaceQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(circle__in=Circle.values), name="space_circle_known"),
        ]

    def __str__(self):
        return self.name


class Phase(models.Model):
    """Between two dates, the verbs that are open. Computed at read time: a late tick closes nothing late."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="phases")
    name = models.CharField(_("name"), max_length=80)
    verbs = models.JSONField(_("what it opens"), default=list)
    starts_at = models.DateTimeField(_("opens"))
    ends_at = models.DateTimeField(_("closes"), null=True, blank=True)

    wagtail_reference_index_ignore = True
    VERBS = PhaseVerb

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="phase_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def opened_words(self) -> str:
        """ "Propose, Support": what it opens, in words."""
        return ", ".join(str(PhaseVerb(verb).label) for verb in self.verbs)


class SpaceMember(models.Model):
    """Somebody invited by name into a space of members."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="space_memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [models.UniqueConstraint(fields=["space", "user"], name="space_member_once")]

    def __str__(self):
        return f"{self.space}: {self.user}"


class SpaceRoleGrant(AbstractRoleGrant):
    """A role for one space."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="role_grants")

    class Meta:
        verbose_name = _("role in a space")
        verbose_name_plural = _("roles in a space")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "space"],
                condition=models.Q(ends_on__isnull=True),
                name="space_role_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.space}"

    @property
    def place(self) -> str:
        """The space's name."""
        return self.space.name
