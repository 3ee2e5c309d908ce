"""What the administration shows of trainings."""

from wagtail.snippets.models import register_snippet

from .admin.viewsets import TrainingsGroup

register_snippet(TrainingsGroup)
