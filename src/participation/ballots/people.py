"""Somebody named in a line by whoever prepares a ballot, found without a script."""

from django.utils.crypto import salted_hmac

from src.directory.backends import find_account
from src.directory.models import User
from src.search.analyser import fold

MOST = 8


def named(typed: str) -> list[User]:
    """Those who answer to what was typed: an e-mail, a personnel number, or words of a name.

    Accents and capitals aside; one more than ``MOST`` at most. Two statements.
    """
    account = find_account(typed)
    if account is not None:
        return [account] if account.is_active else []
    words = fold(typed).split()
    if not words:
        return []
    people = User.objects.filter(is_active=True).order_by("last_name", "first_name", "pk")
    found = []
    for pk, first, last in people.values_list("pk", "first_name", "last_name").iterator():
        parts = fold(f"{first} {last}").split()
        if all(any(part.startswith(word) for part in parts) for word in words):
            found.append(pk)
            if len(found) > MOST:
                break
    chosen = User.objects.filter(pk__in=found).select_related("current_affectation__unit")
    return list(chosen.order_by("last_name", "first_name", "pk"))


def mark(ballot, user: User) -> str:
    """What stands for somebody in a form: no number of an account is shown."""
    return salted_hmac("ballots.holder", f"{ballot.reference}:{user.pk}").hexdigest()[:16]


def words(user: User) -> str:
    """A name, a job and a place: enough to tell two colleagues apart."""
    post = user.current_affectation if user.current_affectation_id else None
    known = [user.get_full_name(), *([post.job_title, post.unit.name] if post else [])]
    return ", ".join(part for part in known if part)
