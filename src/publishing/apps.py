"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "src.publishing"
    label = "publishing"
    verbose_name = _("Publishing")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Take the outbox topic, declare personal data, put the site and the review in place after each migration."""
        from src.foundations import guards
        from src.foundations.diagnosis import register
        from src.notices import todo as todo_list

        from . import card_exports, cards, diagnosis, jobs, notices, personal_data, searching, todo  # noqa: F401
        from .models import QuoteRequest
        from .services import editorial, site, waiting_files

        jobs.connect()
        todo_list.register(todo.pages_for_me)
        searching.register()
        pre_save.connect(waiting_files.make_anew, "wagtailcore.UploadedFile", dispatch_uid="publishing.waiting_files")
        register("publishing", diagnosis.pages)
        cards.register("outcome", card_exports.outcome_card)
        todo_list.register(todo.outcomes_to_prepare)
        guards.frozen_columns(QuoteRequest, ["subject_kind", "subject_reference", "words", "is_sealed", "purpose"])
        post_migrate.connect(site.install_after_migrate, dispatch_uid="publishing.site")
        post_migrate.connect(editorial.install_after_migrate, dispatch_uid="publishing.editorial")
