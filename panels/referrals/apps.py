"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelReferralsConfig(AppConfig):
    name = "panels.referrals"
    label = "panel_referrals"
    verbose_name = _("Referrals to panels")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from panels import by_post, desk, public_parts, workspace
        from src.accountability import registry as accountability
        from src.notices import todo as todo_list

        from . import jobs, notices, personal_data, places, promised, todo  # noqa: F401 - they fill registries
        from .guards import declare_guards

        declare_guards()
        accountability.register_visible_subjects(promised.SUBJECT, promised.visible)
        accountability.register_published_subjects(promised.SUBJECT, promised.published)
        accountability.register_links(promised.SUBJECT, promised.links)
        accountability.register_owed_words(promised.SUBJECT, promised.owed_words)
        workspace.register(60, places.tab)
        desk.register(places.part)
        public_parts.register(60, places.public)
        by_post.register(places.SLIP, _("Referrals, with their answer slip"), places.slips, places.slip_page)
        by_post.register(places.ANSWER, _("Answers of the panel to referrals"), places.answers, places.answer_page)
        todo_list.register(todo.to_answer)
        todo_list.register(todo.to_accept)
        todo_list.register(todo.to_follow)
