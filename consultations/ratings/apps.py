"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RatingsConfig(AppConfig):
    name = "consultations.ratings"
    label = "ratings"
    verbose_name = _("Ratings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from src.accountability import registry as accountability
        from src.directory import account_lines, registries
        from src.kiosk import tiles
        from src.notices import todo as todo_list
        from src.paper import registry as paper

        from . import (
            here,
            jobs,  # noqa: F401 - outbox handlers and ticks
            notices,  # noqa: F401 - messages
            personal_data,  # noqa: F401 - declarations
            published,  # noqa: F401 - tables that are told
            rules,
            searching,
            todo,
        )
        from .following import FOLLOWED
        from .guards import declare_guards
        from .models import ProblemReport
        from .services.making import pass_points_on

        declare_guards()
        searching.register()
        registries.on_unit_closed(pass_points_on)
        paper.register_followed(FOLLOWED)
        todo_list.register(todo.to_handle)
        # Told in the figures of promised answers, with their dates; their words are nobody else's.
        accountability.register_published_subjects(ProblemReport.SUBJECT, lambda: ProblemReport.objects.all())
        tiles.register(
            tiles.Tile(
                key="noter",
                route="ratings:here",
                title=_("Rate this service"),
                text=_("One face, one gesture, without your name."),
                icon="star",
                shown=lambda kiosk: here.point_of(kiosk) is not None,
            )
        )
        account_lines.register(
            "ratings:workshop",
            _("Ratings workshop"),
            _("Your rating points: posters, problem reports, suggestions, links after a visit."),
            icon="star",
            place=48,
            shown_to=rules.may_use_workshop,
        )
