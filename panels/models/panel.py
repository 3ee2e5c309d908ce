"""A panel: what it is asked, by whom, how many seats, until when, who answers the telephone, who works for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import PREPARING, PanelKind, PanelState, TeamRole
from ..querysets import PanelQuerySet, TeamQuerySet

MOST_SEATS = 1000


class Panel(models.Model):
    """A group drawn to reflect the city. Its state moves by ``services`` alone; the database refuses other moves."""

    slug = models.SlugField(_("address"), max_length=64, unique=True)
    kind = models.CharField(_("kind of panel"), max_length=10, choices=PanelKind, default=PanelKind.SINGLE)
    # Of a committee: whose users it gathers.
    site = models.ForeignKey(
        "directory.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    # Of a renewal: the standing panel that its members join.
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="renewals")
    title = models.CharField(_("title"), max_length=140)
    question = models.TextField(_("question asked"))
    outside_mandate = models.TextField(_("outside the mandate"), blank=True)
    commissioner = models.ForeignKey(
        "directory.Unit", models.PROTECT, related_name="+", verbose_name=_("direction that asks")
    )
    # Drawn by lot.
    seats = models.PositiveSmallIntegerField(_("seats"))
    # Of a committee, beside those drawn: volunteers, and members named by associations.
    direct_seats = models.PositiveSmallIntegerField(_("seats without a draw"), default=0)
    # Somebody answers: on every page and every letter.
    contact_name = models.CharField(_("person to call"), max_length=120)
    contact_phone = models.CharField(_("telephone"), max_length=32)
    contact_hours = models.CharField(_("when to call"), max_length=120, blank=True)
    contact_address = models.TextField(_("where to write"), blank=True)
    registration_ends_on = models.DateField(_("last day to register"))
    draw_on = models.DateField(_("day of the draw"))
    starts_on = models.DateField(_("first session"))
    # The end of the mandate, from which the profiles of members are kept six months more.
    ends_on = models.DateField(_("last day of the mandate"))
    reply_days = models.PositiveSmallIntegerField(_("days to answer the opinion"), default=90)
    state = models.CharField(max_length=16, choices=PanelState, default=PanelState.DRAFT, editable=False)
    state_since = models.DateTimeField(editable=False)
    stopped_because = models.TextField(blank=True, editable=False)
    # Told to everybody: why it began to work with empty seats.
    incomplete_because = models.TextField(blank=True, editable=False)
    # Where members answer questionnaires and vote; opened with their work.
    space = models.OneToOneField(
        "participation.Space", models.PROTECT, null=True, blank=True, editable=False, related_name="panel"
    )
    created_at = models.DateTimeField(editable=False)

    objects = PanelQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PanelState.values), name="panel_state_known"),
            models.CheckConstraint(condition=Q(kind__in=PanelKind.values), name="panel_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=PanelKind.COMMITTEE, seats__lte=MOST_SEATS, direct_seats__lte=MOST_SEATS)
                & (Q(seats__gte=1) | Q(direct_seats__gte=1))
                | ~Q(kind=PanelKind.COMMITTEE) & Q(seats__range=(1, MOST_SEATS), direct_seats=0),
                name="panel_has_seats",
            ),
            models.CheckConstraint(
                condition=Q(kind=PanelKind.COMMITTEE, site__isnull=False)
                | ~Q(kind=PanelKind.COMMITTEE) & Q(site__isnull=True),
                name="panel_committee_has_a_site",
            ),
            models.CheckConstraint(
                condition=Q(kind=PanelKind.RENEWAL, renews__isnull=False)
                | ~Q(kind=PanelKind.RENEWAL) & Q(renews__isnull=True),
                name="panel_renewal_renews",
            ),
            models.CheckConstraint(
                condition=~Q(contact_name="") & ~Q(contact_phone=""), name="panel_somebody_answers"
            ),
            models.CheckConstraint(condition=~Q(question=""), name="panel_asks_something"),
            models.CheckConstraint(
                condition=Q(
                    draw_on__gte=F("registration_ends_on"), starts_on__gte=F("draw_on"), ends_on__gte=F("starts_on")
                ),
                name="panel_dates_in_order",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == PanelState.DRAFT

    @property
    def is_recruiting(self) -> bool:
        return self.state == PanelState.RECRUITING

    @property
    def is_committee(self) -> bool:
        return self.kind == PanelKind.COMMITTEE

    @property
    def is_standing(self) -> bool:
        return self.kind == PanelKind.STANDING

    @property
    def is_renewal(self) -> bool:
        return self.kind == PanelKind.RENEWAL

    @property
    def draws_nobody(self) -> bool:
        """Whether no seat of it is drawn: people are welcomed, and it works as soon as they are."""
        return self.seats == 0

    @property
    def is_preparing(self) -> bool:
        """Whether no draw of it is certified yet."""
        return self.state in PREPARING


class TeamMember(models.Model):
    """Somebody who works for one panel, under one role; a guarantor's name and quality are told to everybody."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=16, choices=TeamRole)
    shown_name = models.CharField(_("name shown"), max_length=120, blank=True)
    capacity = models.CharField(_("in what capacity"), max_length=140, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = TeamQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("person who works for a panel")
        verbose_name_plural = _("people who work for a panel")
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="panel_team_one_role"),
            models.CheckConstraint(condition=Q(role__in=TeamRole.values), name="panel_team_role_known"),
            models.CheckConstraint(
                condition=~Q(role=TeamRole.GUARANTOR) | ~Q(shown_name="") & ~Q(capacity=""),
                name="panel_guarantor_is_named",
            ),
        ]

    def __str__(self):
        return f"{self.panel_id}, {self.role}"
