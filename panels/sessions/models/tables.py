"""Who sits at which table, round after round, and what the team asks of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import PairRule
from ..querysets import OfMembersQuerySet
from .session import Session

MOST_ROUNDS, MOST_TABLES, MOST_SEATS_A_TABLE = 8, 40, 20


class TablePlan(models.Model):
    """The tables of a session: how many rounds, from which number they were drawn, and how well people mix."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="table_plan")
    rounds = models.PositiveSmallIntegerField(default=3)
    # The same number and the same people give the same tables.
    seed = models.PositiveIntegerField(default=0)
    # Pairs who meet, and how many could at most: empty until tables are made.
    distinct = models.PositiveIntegerField(null=True)
    bound = models.PositiveIntegerField(null=True)
    repeats = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Members read their table from then on.
    shown_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("table plan")
        verbose_name_plural = _("table plans")
        constraints = [
            models.CheckConstraint(condition=Q(rounds__range=(1, MOST_ROUNDS)), name="panel_tables_some_rounds"),
        ]

    @property
    def is_made(self) -> bool:
        return self.made_at is not None

    @property
    def percent(self) -> int:
        """The part of possible meetings that take place."""
        return round(100 * self.distinct / self.bound) if self.bound else 100


class Table(models.Model):
    """One table: its number, its seats, and what it offers."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    offers = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="panel_table_number_once"),
            models.CheckConstraint(condition=Q(seats__range=(1, MOST_SEATS_A_TABLE)), name="panel_table_has_seats"),
        ]

    def __str__(self):
        return _("Table %(n)d") % {"n": self.number}


class TableRule(models.Model):
    """Two members whom the team wants at the same table, or never at the same one."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="rules")
    kind = models.CharField(max_length=8, choices=PairRule)
    one = models.ForeignKey("panels.Membership", models.CASCADE, related_name="+")
    other = models.ForeignKey("panels.Membership", models.CASCADE, related_name="+")

    objects = models.Manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("rule of a table plan")
        verbose_name_plural = _("rules of table plans")
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "one", "other"], name="panel_table_rule_once"),
            models.CheckConstraint(condition=Q(kind__in=PairRule.values), name="panel_table_rule_known"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="panel_table_rule_two_people"),
        ]


class TablePin(models.Model):
    """A member held at one table in every round."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="pins")
    membership = models.ForeignKey("panels.Membership", models.CASCADE, related_name="+")
    table = models.ForeignKey(Table, models.CASCADE, related_name="pins")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("place held at a table")
        verbose_name_plural = _("places held at tables")
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "membership"], name="panel_table_pin_once")]


class TableSeat(models.Model):
    """Where a member sits in one round."""

    plan = models.ForeignKey(TablePlan, models.CASCADE, related_name="seat_rows")
    table = models.ForeignKey(Table, models.CASCADE, related_name="seat_rows")
    round = models.PositiveSmallIntegerField()
    membership = models.ForeignKey("panels.Membership", models.CASCADE, related_name="+")

    objects = OfMembersQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("place at a table")
        verbose_name_plural = _("places at tables")
        ordering = ["plan", "round", "table", "membership"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "round", "membership"], name="panel_table_one_seat_a_round"),
        ]
