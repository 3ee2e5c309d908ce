"""Chainable reads of what is owed and decided."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer

from .enums import RUNNING
from .registry import visible_subjects

# Who works on the measures of a branch: its deciders, and its correspondents who confirm them.
RUNNERS = (Role.DECISION_MAKER, Role.IDEA_CORRESPONDENT)


class ResponseOwedQuerySet(models.QuerySet):
    """Answers owed."""

    def open(self):
        return self.filter(answered_on__isnull=True, cancelled_on__isnull=True)

    def late(self, on):
        """Open, not paused on ``on``, and past their promised day; the same answer as ``ResponseOwed.is_late``."""
        running = Q(paused_on__isnull=True, promised_on__lt=on)
        run_out = Q(paused_until__lt=on, promised_after_pause__lt=on)
        return self.open().filter(running | run_out)

    def paused(self, on):
        """Open and standing still on ``on``."""
        return self.open().filter(paused_on__isnull=False, paused_until__gte=on)


class DecisionQuerySet(models.QuerySet):
    """Decisions."""

    def announced(self):
        return self.filter(batch__announced_at__isnull=False)

    def prepared(self):
        return self.filter(batch__announced_at__isnull=True)

    def visible_to(self, user):
        """Announced ones follow their subject; prepared ones are their deciders' alone.

        For the fast lane, the direction's delegate is a decider and the drafter keeps seeing the draft.
        """
        viewer = as_viewer(user)
        seen = Q(pk__in=[])
        for kind, references in visible_subjects().items():
            seen |= Q(subject_kind=kind, subject_reference__in=references(viewer).values("reference"))
        condition = Q(batch__announced_at__isnull=False) & seen
        if viewer.is_authenticated:
            deciders = viewer.role_condition(Role.DECISION_MAKER, "unit__path")
            deciders |= Q(is_fast_lane=True) & viewer.role_condition(Role.DELEGATE, "unit__path")
            deciders |= Q(is_fast_lane=True, drafted_by_id=viewer.user_id)
            condition |= Q(batch__announced_at__isnull=True) & deciders
        return self.filter(condition)


class MeasureQuerySet(models.QuerySet):
    """Measures."""

    def visible_to(self, user):
        """Published ones are everybody's; the others, of those who run them or see where they come from."""
        viewer = as_viewer(user)
        condition = Q(published_on__isnull=False)
        if not viewer.is_authenticated:
            return self.filter(condition)
        if viewer.has_role(Role.ADMINISTRATOR):
            return self.all()
        condition |= Q(owner_id=viewer.user_id)
        for role in RUNNERS:
            if viewer.role_paths(role):
                condition |= viewer.role_condition(role, "unit__path")
        # Asked from the few that aren't published: from each measure, every subject of the city would be read first.
        origins = self.model.origins.rel.related_model.objects.filter(measure__published_on__isnull=True)
        for kind, references in visible_subjects().items():
            seen = references(viewer).filter(reference=OuterRef("subject_reference"))
            condition |= Q(pk__in=origins.filter(Exists(seen), subject_kind=kind).order_by().values("measure"))
        return self.filter(condition)

    def running(self):
        return self.filter(status__in=RUNNING)

    def silent(self, on):
        """Ninety days without news on the day ``on``; the same answer as ``Measure.is_silent``."""
        return self.running().filter(heard_on__lt=on - self.model.SILENCE)

    def carried_by(self, kind: str, references):
        """Those that one of these carries."""
        return self.filter(carrier_kind=kind, carrier_reference__in=references)


class PlanQuerySet(models.QuerySet):
    """Plans."""

    def visible_to(self, user):
        """Published ones are everybody's; the others, of those who decide for the unit that follows them."""
        viewer = as_viewer(user)
        condition = Q(published_on__isnull=False)
        if not viewer.is_authenticated:
            return self.filter(condition)
        if viewer.has_role(Role.ADMINISTRATOR):
            return self.all()
        if viewer.role_paths(Role.DECISION_MAKER):
            condition |= viewer.role_condition(Role.DECISION_MAKER, "unit__path")
        return self.filter(condition)
