"""Registers the room with Django and fills the registries it feeds."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpinionsConfig(AppConfig):
    name = "panels.opinions"
    label = "panel_opinions"
    verbose_name = _("Recommendations and opinions of panels")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from panels import by_post, desk, own_parts, public_parts, workspace
        from src.accountability import registry as accountability
        from src.directory import account_lines, registries
        from src.notices import todo as todo_list

        from . import (
            desk_parts,
            jobs,  # noqa: F401 - the tick, and what a count does
            letters,
            measures,
            parts,
            personal_data,  # noqa: F401 - declarations
            rules,
            searching,
            todo,
        )
        from .guards import declare_guards
        from .services import replying

        declare_guards()
        searching.register()
        accountability.register_visible_subjects(measures.KIND, measures.visible)
        accountability.register_published_subjects(measures.KIND, measures.published)
        accountability.register_links(measures.KIND, measures.links)
        accountability.register_owed_words(measures.KIND, measures.owed_words)
        accountability.register_origin_words(measures.KIND, measures.origin_words, _("Recommendations of panels"))
        registries.on_unit_closed(replying.pass_replies_on)
        todo_list.register(todo.replies_owed)
        todo_list.register(todo.for_members)
        workspace.register(30, parts.recommendations_tab)
        workspace.register(40, parts.opinion_tab)
        public_parts.register(30, parts.opinion_section)
        own_parts.register(parts.grading_way)
        desk.register(desk_parts.recommendations, desk_parts.opinion, desk_parts.replies)
        by_post.register("drafts", _("Drafts to be discussed"), letters.draft_items, letters.draft_page)
        minorities = (letters.minority_items, letters.minority_page)
        by_post.register("minorities", _("Minority opinions, with their slip"), *minorities)
        by_post.register("opinion", _("The opinion of the panel"), letters.opinion_items, letters.opinion_page)
        by_post.register("replies", _("Replies of the city, to be graded"), letters.reply_items, letters.reply_page)
        account_lines.register(
            "panel_opinions:owed",
            _("Replies owed to panels"),
            _("What your direction owes to citizen panels, and by when."),
            icon="messages-square",
            place=46,
            shown_to=rules.may_prepare_answers,
        )
