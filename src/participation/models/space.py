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
    # The template it was made from (``kinds``); empty for a space made field by field.
    kind = models.CharField(_("kind of space"), max_length=32, blank=True, default="", db_default="", editable=False)
    # In preparation: administrators alone see it, and nothing is in it yet.
    is_draft = models.BooleanField(_("in preparation"), default=False, db_default=False, editable=False)
    # Whether SpaceLimit says who may propose: set with its rows, held by the database.
    is_limited = models.BooleanField(_("limited"), default=False, db_default=False, editable=False)
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
    # How many are chosen, where the answers are given together; empty where each is answered by itself.
    chosen_count = models.PositiveSmallIntegerField(
        _("how many are chosen"),
        null=True,
        blank=True,
        help_text=_("Exactly as many are announced, together with the answers to all the others studied."),
    )
    # A cohort: how many people it takes, and how many of one direction where directions are counted.
    cohort_seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, help_text=_("How many people the cohort takes. Told to those who apply.")
    )
    direction_seats = models.PositiveSmallIntegerField(
        _("seats for each direction"),
        null=True,
        blank=True,
        help_text=_("So that several directions are there. Empty: directions aren’t counted."),
    )
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
            models.CheckConstraint(
                condition=models.Q(chosen_count__isnull=True) | models.Q(chosen_count__gt=0),
                name="space_chooses_one_at_least",
            ),
            models.CheckConstraint(
                condition=models.Q(cohort_seats__isnull=True, direction_seats__isnull=True)
                | models.Q(cohort_seats__gt=0, direction_seats__isnull=True)
                | models.Q(cohort_seats__gt=0, direction_seats__gt=0, cohort_seats__gte=models.F("direction_seats")),
                name="space_seats_add_up",
            ),
            models.CheckConstraint(
                condition=models.Q(is_draft=False) | models.Q(first_contribution_at__isnull=True),
                name="space_draft_is_empty",
            ),
        ]

    def __str__(self):
        return self.name


class SpaceLimit(models.Model):
    """Who may propose in a limited space: a branch of the city, or a job family. Who may see stays the circle.

    With branches and job families, both are asked.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="limits")
    unit = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    job_family = models.ForeignKey(
        "directory.JobFamily", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job family")
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("limit of a space")
        verbose_name_plural = _("limits of spaces")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True, job_family__isnull=False)
                | models.Q(unit__isnull=False, job_family__isnull=True),
                name="space_limit_says_one_thing",
            ),
            models.UniqueConstraint(fields=["space", "unit"], name="space_limit_unit_once"),
            models.UniqueConstraint(fields=["space", "job_family"], name="space_limit_family_once"),
        ]

    def __str__(self):
        return str(self.unit or self.job_family)


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
