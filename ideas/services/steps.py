"""The one way a verb of ideas finds its transition and fires it, whatever the city called it in its own process."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from src.directory.viewer import as_viewer
from src.workflow import process_cache
from src.workflow.enums import Actor
from src.workflow.exceptions import TransitionNotAllowed
from src.workflow.sentences import already_moved
from src.workflow.services import fire


def way_out(idea, form: str, *, to_kind: str | None = None, from_kind: str | None = None):
    """The transition with this form leaving the idea's stage for somebody, not for the clock alone; or None."""
    if from_kind is not None and idea.stage_kind != from_kind:
        return None
    return next(
        (
            transition
            for transition in process_cache.graph(idea.process_id).ways_out(idea.stage_id)
            if transition.form == form
            and (to_kind is None or transition.to_stage.kind == to_kind)
            and set(transition.who) != {Actor.SYSTEM}
        ),
        None,
    )


def move(idea, form: str, *, actor, data=None, to_kind=None, from_kind=None, at=None):
    """Fire the transition with this form and answer its journal entry.

    Refuses with PermissionDenied somebody who holds nothing on the idea, then with TransitionNotAllowed an idea that
    isn't where this step starts. An author whose name is sealed acts without an account.
    """
    viewer = as_viewer(actor)
    roles = idea.roles_of(viewer)
    if not roles:
        raise PermissionDenied(_("This step is not yours to take."))
    transition = way_out(idea, form, to_kind=to_kind, from_kind=from_kind)
    if transition is None:
        reader = Actor.AUTHOR if roles == {Actor.AUTHOR} else "staff"
        raise TransitionNotAllowed(already_moved(idea, reader))
    if roles == {Actor.AUTHOR} and (idea.is_sealed or not viewer.is_authenticated):
        return fire(idea, transition.slug, actor=None, as_role=Actor.AUTHOR, data=data, at=at)
    return fire(idea, transition.slug, actor=viewer.user, data=data, at=at)
