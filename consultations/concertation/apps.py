"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConcertationConfig(AppConfig):
    name = "consultations.concertation"
    label = "concertation"
    verbose_name = _("Concertation spaces")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.accountability import registry as accountability
        from src.kiosk import tiles
        from src.meetings import registry as meetings
        from src.meetings import selectors

        from . import kinds, measures  # noqa: F401 - they fill registries

        meetings.on_promised(measures.follow)
        meetings.register_links(measures.links)
        accountability.register_visible_subjects(measures.KIND, measures.visible)
        accountability.register_origin_words(measures.KIND, measures.origin_words, _("Commitments of meetings"))
        accountability.on_measure_moved(measures.KIND, measures.moved)
        tiles.register(
            tiles.Tile(
                key="reunions",
                route="meetings:here",
                title=_("Meetings here"),
                text=_("When the team meets, and how to raise a topic."),
                icon="calendar",
                shown=lambda kiosk: selectors.groups_at(kiosk.unit).exists(),
            )
        )
