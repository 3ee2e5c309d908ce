"""What the index and the page of results know of panels: what everybody reads of them, never who sits."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.search import registry
from src.search.registry import Document, Result, Shown

from . import public_words
from .enums import PanelState
from .models import Panel

PANEL = GENRE = "panel"


def told():
    """Panels that recruit or did."""
    return Panel.objects.exclude(state=PanelState.DRAFT).select_related("commissioner")


def document(panel: Panel) -> Document:
    """Title, the question asked, what is outside the mandate, and the direction that asks."""
    unit = panel.commissioner
    return Document(
        panel.title,
        body=f"{panel.question}\n{panel.outside_mandate}",
        extra=f"{unit.name} {unit.acronym}",
        genre=GENRE,
        direction=(unit.code, unit.name),
        day=timezone.localdate(panel.created_at),
    )


def results(viewer, pks) -> dict:
    """These panels as results, those the viewer may know of."""
    seen = Panel.objects.visible_to(viewer).filter(pk__in=pks).select_related("commissioner")
    return {
        panel.pk: Result(
            title=panel.title,
            url=reverse("panels:detail", kwargs={"slug": panel.slug}),
            label=_("Panel"),
            icon="users",
            tone="panel",
            texts=(("", panel.question), (_("Outside the mandate:"), panel.outside_mandate)),
            badge_label=str(panel.get_state_display()),
            facts=(panel.commissioner.name, public_words.standing(panel)),
        )
        for panel in seen
    }


def register() -> None:
    """Put panels on the page of results."""
    registry.register(
        PANEL,
        Panel,
        document,
        told,
        Shown(visible=Panel.objects.visible_to, results=results, genres={GENRE: gettext_lazy("Panels")}),
    )
