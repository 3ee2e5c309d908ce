"""What the relay and the ticker do for referrals: telling people, forgetting who wrote what."""

from datetime import timedelta

from src.foundations import outbox
from src.foundations.ticking import on_tick

from .services import erasing, telling


@outbox.handles(telling.TELL)
def tell(payload: dict) -> None:
    """Tell those concerned by what happened to a referral."""
    telling.send_told(payload["code"], payload["referral"])


@on_tick("panel_referrals.forget", every=timedelta(days=1))
def forget(now) -> None:
    """Erase the words of members once their answer has been public for three months."""
    erasing.forget_words(now, apply=True)
