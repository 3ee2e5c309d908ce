"""What the Wagtail admin shows of the engine: its pages, and its own log beside Wagtail's."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .admin.viewset import process_viewset

_ACTIONS = {
    "workflow.process.activate": (_("Activate"), _("Put in use")),
    "workflow.process.retire": (_("Replace"), _("Replaced by a newer version")),
    "workflow.process.new_version": (_("New version"), _("Made as a new version")),
    "workflow.process.copy": (_("Copy process"), _("Made as a copy")),
    "workflow.process.adopt_cancel": (_("Interrupt the adoption"), _("Interrupted an adoption")),
}


class AdoptionFormatter(LogFormatter):
    """Tells how many running items were to be adopted, and from which version."""

    label = _("Adopt")
    message = _("Adopted running items")

    def format_message(self, log_entry):
        count = log_entry.data.get("planned", 0)
        return ngettext(
            "Adopted %(count)s running item of version %(version)s",
            "Adopted %(count)s running items of version %(version)s",
            count,
        ) % {"count": count, "version": log_entry.data.get("from_version", "?")}


@hooks.register("register_admin_viewset")
def register_process_viewset():
    return process_viewset


@hooks.register("register_log_actions")
def register_process_actions(actions):
    for action, (label, message) in _ACTIONS.items():
        actions.register_action(action, label, message)
    actions.register_action("workflow.process.adopt")(AdoptionFormatter)
