"""What stands in the way of an erasure on the ground floors: keys of a vote, roles of somebody who has no post."""

from django.utils.translation import gettext as _

from src.directory import selectors
from src.participation.ballots.models import KeyHolder

from . import effects


def keys_held(person):
    """A vote whose urn isn't opened needs its three keys; who stays at work keeps theirs."""
    if effects.works_here(person):
        return
    held = KeyHolder.objects.filter(person=person, ballot__counted_at=None, ballot__cancelled_at=None)
    for holder in held.select_related("ballot").order_by("pk"):
        yield _(
            "You hold a key of the vote “%(vote)s”, which isn't counted yet. Ask its organisers for another holder, "
            "or wait for the results."
        ) % {"vote": holder.ballot.title}


def roles_held(person):
    """Who leaves for good first hands over what they do for others."""
    if effects.works_here(person):
        return
    for grant in selectors.running_roles(person):
        yield _("You still hold the role “%(role)s”. Ask an administrator to end it first.") % {
            "role": grant.get_role_display()
        }
