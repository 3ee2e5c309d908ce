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


def forgive(request, user) -> None:
    """A success proves who it is: the account's guesses are given back, and this one to the address.

    Only failures count against an address: fifty thousand agents may come in by one in a morning.
    """
    ratelimit.reset("sign-in", account_key(user, ""))
    ratelimit.give_back("sign-in-address", _address(request))


def may_mail_code(request, user, typed: str) -> bool:
    """Take one e-mail code of the hour."""
    return _take(request, "sign-in-code", account_key(user, typed), CODES, CODES_PERIOD)


def _take(request, bucket: str, key: str, limit: int, per: int) -> bool:
    # What the account already refuses costs the address nothing: or whoever besieges one account from inside a
    # building would close the door to everybody in it.
    return ratelimit.hit(bucket, key, limit, per) and ratelimit.hit(
        f"{bucket}-address", _address(request), limit * PER_ADDRESS, per
    )


def _address(request) -> str:
    return get_adapter().get_client_ip(request)
