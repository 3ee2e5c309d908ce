"""How many guesses the door bears: by account first, per address a hundred times wider (a depot sits behind one)."""

from allauth.account.adapter import get_adapter

from src.foundations import ratelimit, sealing

GUESSES = 10
# Ten guesses, then one a minute: nobody is locked out for more than a quarter of an hour by somebody else.
PERIOD = 600
CODES = 6
CODES_PERIOD = 3600
PER_ADDRESS = 100


def account_key(user, typed: str) -> str:
    """One bucket an account, whichever name was typed; unknown names have theirs, so that answers are alike."""
    return (
        f"account:{user.pk}" if user is not None else f"typed:{sealing.keyed_hash(typed.strip().lower(), 'pseudonym')}"
    )


def may_guess(request, user, typed: str) -> bool:
    """Take one guess. False: answer 429, whoever it is."""
    return _take(request, "sign-in", account_key(user, typed), GUESSES, PERIOD)


def forgive(user) -> None:
    """A success proves who it is: the account's guesses are given back."""
    ratelimit.reset("sign-in", account_key(user, ""))


def may_mail_code(request, user, typed: str) -> bool:
    """Take one e-mail code of the hour."""
    return _take(request, "sign-in-code", account_key(user, typed), CODES, CODES_PERIOD)


def _take(request, bucket: str, key: str, limit: int, per: int) -> bool:
    address = get_adapter().get_client_ip(request)
    by_account = ratelimit.hit(bucket, key, limit, per)
    by_address = ratelimit.hit(f"{bucket}-address", address, limit * PER_ADDRESS, per)
    return by_account and by_address
