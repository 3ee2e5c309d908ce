"""What the paper desk puts on the to-do list: rooms of one floor don't know each other, the porch knows them all."""

from django.utils.translation import gettext as _

from src.foundations import clock, together
from src.notices.todo import TodoItem
from src.paper import rules
from src.paper.models import Batch


@together.reading
def batches_for_me(viewer):
    """Second looks that await, and sheets to destroy; overdue ones are a legal duty."""
    if not rules.may_use_desk(viewer):
        return []
    to_check = Batch.objects.to_check_by(viewer).select_related("unit").order_by("destroy_by", "pk")
    to_destroy = Batch.objects.visible_to(viewer).to_destroy().select_related("unit").order_by("destroy_by", "pk")
    to_check, to_destroy = yield to_check[:5], to_destroy[:5]
    lines = [
        TodoItem(
            title=_("Second look: %(place)s") % {"place": batch.unit.name},
            url=f"/papier/lots/{batch.reference}/",
            verb=_("Look again"),
            icon="clipboard-list",
            due_on=batch.destroy_by,
            minutes=10,
            awaited=True,
            kind="paper.check",
        )
        for batch in to_check
    ]
    return lines + [
        TodoItem(
            title=_("Sheets to destroy: %(place)s") % {"place": batch.unit.name},
            url=f"/papier/lots/{batch.reference}/",
            verb=_("Destroy"),
            icon="trash-2",
            due_on=batch.destroy_by,
            legal=batch.destroy_by < clock.today(),
            minutes=5,
            awaited=True,
            kind="paper.destroy",
        )
        for batch in to_destroy
    ]
