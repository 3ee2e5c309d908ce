"""Registers the porch with Django, for its commands, and joins rooms of one floor."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "src.config"
    label = "config"

    def ready(self):
        from src.notices import todo
        from src.paper import registry
        from src.publishing import cards

        from . import paper, paper_notices, paper_reach, shown_measures  # noqa: F401 - the second registers itself

        todo.register(paper.batches_for_me)
        registry.register(paper_reach.REACH)
        cards.register("measure", shown_measures.card)
