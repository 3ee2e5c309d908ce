"""A draw, from its preparation to its certification; what is sealed never changes, what is void stays listed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums import Beacon, Departure, DrawState
from ..querysets import DrawQuerySet
from .candidate import Candidate
from .panel import Panel

MOST_ROWS = 10_000
DIGEST = 64


class Draw(models.Model):
    """One draw of a panel: of all its seats, or of those left empty once the reserve of another one is spent.

    A trial one is computed on shuffled profiles, is counted, and never sealed.
    """

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="draws")
    number = models.PositiveSmallIntegerField()
    is_trial = models.BooleanField(default=False)
    # Of a draw for seats left empty: the certified draw they are of, and their numbers.
    completes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="complements")
    fills = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, choices=DrawState, default=DrawState.DRAFT)
    # How many panels the table holds.
    rows = models.PositiveIntegerField(default=1000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    run_id = models.UUIDField(null=True, editable=False)
    # Written when it is checked.
    pool_size = models.PositiveIntegerField(null=True)
    pool_root = models.CharField(max_length=DIGEST, blank=True)
    quotas_sha256 = models.CharField(max_length=DIGEST, blank=True)
    table_sha256 = models.CharField(max_length=DIGEST, blank=True)
    seed = models.CharField(max_length=DIGEST, blank=True)
    # The least chance of the table, in panels of it, and the highest any draw could give, in millionths.
    floor = models.PositiveIntegerField(null=True)
    bound_millionths = models.PositiveIntegerField(null=True)
    engine = models.JSONField(default=dict, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    # Written when it is sealed.
    beacon = models.CharField(max_length=16, choices=Beacon, blank=True)
    beacon_name = models.CharField(max_length=140, blank=True)
    beacon_on = models.DateField(null=True, blank=True)
    # Why some can't be drawn under these quotas; they are told before the seal.
    no_chance_because = models.TextField(blank=True)
    manifest = models.TextField(blank=True)
    seal = models.CharField(max_length=DIGEST, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    # Written when it is revealed.
    beacon_value = models.CharField(max_length=140, blank=True)
    row = models.PositiveIntegerField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    certified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    certified_at = models.DateTimeField(null=True, blank=True)
    # The record of the certification, and of the void, as they are published (``proof.records``).
    certification = models.TextField(blank=True)
    void_record = models.TextField(blank=True)
    void_because = models.TextField(blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    objects = DrawQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="draw_number_once"),
            models.UniqueConstraint(
                fields=["panel"],
                condition=Q(state=DrawState.CERTIFIED, completes__isnull=True),
                name="draw_certified_once",
            ),
            models.UniqueConstraint(
                fields=["panel"],
                condition=Q(
                    state__in=[DrawState.SEALED, DrawState.REVEALED, DrawState.CERTIFIED], completes__isnull=True
                ),
                name="draw_one_stands",
            ),
            models.UniqueConstraint(
                fields=["panel"],
                condition=Q(state__in=[DrawState.SEALED, DrawState.REVEALED], completes__isnull=False),
                name="draw_one_completes_at_once",
            ),
            models.CheckConstraint(
                condition=Q(completes__isnull=True) | Q(is_trial=False), name="draw_that_completes_is_no_trial"
            ),
            models.CheckConstraint(condition=Q(state__in=DrawState.values), name="draw_state_known"),
            models.CheckConstraint(condition=Q(rows__range=(1, MOST_ROWS)), name="draw_rows_bounded"),
            models.CheckConstraint(
                condition=Q(is_trial=False) | Q(state__in=[DrawState.DRAFT, DrawState.CHECKED, DrawState.VOID]),
                name="draw_trial_is_never_sealed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DrawState.DRAFT, DrawState.VOID])
                | ~Q(pool_root="") & ~Q(quotas_sha256="") & ~Q(table_sha256="") & Q(checked_at__isnull=False),
                name="draw_checked_has_its_table",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DrawState.DRAFT, DrawState.CHECKED, DrawState.VOID])
                | ~Q(seal="") & ~Q(manifest="") & ~Q(beacon="") & Q(beacon_on__isnull=False, sealed_at__isnull=False),
                name="draw_sealed_has_its_seal",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DrawState.REVEALED, DrawState.CERTIFIED])
                | Q(row__isnull=False, revealed_at__isnull=False) & ~Q(beacon_value=""),
                name="draw_revealed_has_its_row",
            ),
            models.CheckConstraint(
                condition=Q(state=DrawState.VOID, voided_at__isnull=False) & ~Q(void_because="")
                | ~Q(state=DrawState.VOID) & Q(voided_at__isnull=True),
                name="draw_void_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawState.CERTIFIED) | Q(certified_at__isnull=False) & ~Q(certification=""),
                name="draw_certified_on_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.panel_id}, {self.number}"

    @property
    def seats(self) -> int:
        """How many people each panel of its table has."""
        return len(self.fills) if self.completes_id else self.panel.seats


class DrawTable(models.Model):
    """The files of a draw as they are published: canonical bytes, compressed. Written once."""

    draw = models.OneToOneField(Draw, models.CASCADE, primary_key=True, related_name="table")
    table = models.BinaryField()
    quotas = models.BinaryField()
    leaves = models.BinaryField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("table of a draw")
        verbose_name_plural = _("tables of draws")

    def __str__(self):
        return str(self.draw_id)


class PoolFigures(models.Model):
    """How many people, of which values, came how far: counted at the closing, frozen at the certification."""

    panel = models.OneToOneField(Panel, models.PROTECT, primary_key=True, related_name="figures")
    content = models.JSONField()
    frozen_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("figures of a pool")
        verbose_name_plural = _("figures of pools")

    def __str__(self):
        return str(self.panel_id)


class Receipt(models.Model):
    """What a volunteer checks their leaf with. The number is encrypted for them, and goes with their erasure."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, primary_key=True, related_name="receipt")
    nonce = models.BinaryField(null=True)
    # SHA-256 of the number: what remains.
    commitment = models.CharField(max_length=DIGEST)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self):
        return str(self.candidate_id)


class Seat(models.Model):
    """One seat of the certified panel, and who has it now."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="seat_rows")
    number = models.PositiveSmallIntegerField()
    # The draw that filled it last: its reserve is the one that is called.
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="+")
    holder = models.OneToOneField(Candidate, models.PROTECT, null=True, blank=True, related_name="seat")
    # Of an empty seat: whose it was, and why it is empty.
    left_by = models.ForeignKey(Candidate, models.PROTECT, null=True, blank=True, related_name="+")
    left_because = models.CharField(max_length=16, choices=Departure, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["panel", "number"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="seat_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_from_one"),
            models.CheckConstraint(
                condition=Q(holder__isnull=False, left_by__isnull=True, left_because="")
                | Q(holder__isnull=True, left_by__isnull=False, left_because__in=Departure.values),
                name="seat_held_or_left",
            ),
        ]

    def __str__(self):
        return f"{self.panel_id}, {self.number}"


class Substitution(models.Model):
    """A seat given to the next of the sealed reserve; or, signed by a second role, to somebody else.

    Somebody else is of the reserve, or came by the row of a draw made for empty seats (``is_drawn``).
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="substitutions")
    # Whose reserve it follows, or whose row it is of.
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="substitutions")
    is_drawn = models.BooleanField(default=False)
    outgoing = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    incoming = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    why = models.CharField(max_length=16, choices=Departure)
    is_listed = models.BooleanField(default=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    # Those of the reserve before them who no longer come, and why: ``[ticket, why]``.
    passed = models.JSONField(default=list, blank=True)
    # Of one that isn't the next of the reserve; told to everybody.
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(incoming=models.F("outgoing")), name="substitution_of_two"),
            models.CheckConstraint(
                condition=Q(is_listed=True, rank__isnull=False) | Q(is_listed=False) & ~Q(reason=""),
                name="substitution_unlisted_says_why",
            ),
            models.CheckConstraint(
                condition=Q(is_drawn=False) | Q(is_listed=False, signed_at__isnull=False),
                name="substitution_drawn_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(made_by__isnull=True) | Q(signed_by__isnull=True) | ~Q(made_by=models.F("signed_by")),
                name="substitution_two_people",
            ),
        ]

    def __str__(self):
        return f"{self.seat_id}: {self.incoming_id}"
