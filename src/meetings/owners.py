"""Who an action is given to: somebody who takes part in the meetings, named in a line, found without a script."""

from django.db.models import Q
from django.utils.crypto import salted_hmac

from src.directory.backends import find_account
from src.directory.models import User
from src.participation.audience import facilitators_of, people_of
from src.search.analyser import fold

from .models import MeetingSeries

MOST = 8


def may_own(series: MeetingSeries, user: User) -> bool:
    """Whether an action of these meetings may be given to somebody: a member, or who runs them."""
    return people_of(series.space).filter(pk=user.pk).exists() or user.pk in facilitators_of(series.space)


def named(series: MeetingSeries, typed: str) -> list[User]:
    """Those who may own and answer to what was typed: an e-mail, a personnel number, or words of a name.

    Accents and capitals aside; one more than ``MOST`` at most. Three statements.
    """
    account = find_account(typed)
    if account is not None:
        return [account] if account.is_active and may_own(series, account) else []
    words = fold(typed).split()
    if not words:
        return []
    members = Q(pk__in=people_of(series.space).values("pk")) | Q(pk__in=facilitators_of(series.space))
    people = User.objects.filter(members).order_by("last_name", "first_name", "pk")
    names = people.values_list("pk", "first_name", "last_name")
    found = []
    for pk, first, last in names.iterator():
        parts = fold(f"{first} {last}").split()
        if all(any(part.startswith(word) for part in parts) for word in words):
            found.append(pk)
            if len(found) > MOST:
                break
    chosen = User.objects.filter(pk__in=found).select_related("current_affectation__unit")
    return list(chosen.order_by("last_name", "first_name", "pk"))


def mark(series: MeetingSeries, user: User) -> str:
    """What stands for somebody in a form: no number of an account is shown."""
    return salted_hmac("meetings.owner", f"{series.reference}:{user.pk}").hexdigest()[:16]


def words(user: User) -> str:
    """A name and a place: enough to tell two colleagues apart."""
    place = user.current_affectation.unit.name if user.current_affectation_id else ""
    return f"{user.get_full_name()}, {place}" if place else user.get_full_name()
