"""What the ticker and the relay do for ballots: opening told, closing, counting simple votes, destroying keys."""

from datetime import timedelta

from src.foundations import outbox
from src.foundations.ticking import on_tick

from . import services
from .services import telling, wiping


@on_tick("ballots.close", every=timedelta(minutes=1))
def close(now) -> None:
    """Close what is over; votes were already refused from that minute on."""
    services.close_due(now)


@on_tick("ballots.tell", every=timedelta(minutes=5))
def tell(now) -> None:
    """Have those concerned told of what has opened, and of what ends in two days."""
    telling.tell_due(now)


@on_tick("ballots.destroy", every=timedelta(hours=6))
def destroy(now) -> None:
    """Destroy keys and boxes whose dispute period is over."""
    services.destroy_due(now)


@on_tick("ballots.wipe", every=timedelta(minutes=10))
def wipe(now) -> None:
    """On PostgreSQL, wipe the rows that a closing or a destruction left dead in the tables of votes."""
    wiping.wipe_due(now)


@outbox.handles(telling.KEY_ASKED)
def tell_key_holder(payload: dict) -> None:
    """Tell somebody that a key is asked of them."""
    telling.tell_key_holder(payload["reference"], payload["person"])


@outbox.handles(telling.URN_WAITS)
def tell_key_holders(payload: dict) -> None:
    """Tell the key holders that the urn waits."""
    telling.tell_key_holders(payload["reference"])


def _handle(topic: str) -> None:
    def tell_electors(payload: dict) -> None:
        telling.tell_electors(topic, payload["reference"])

    outbox.handles(topic)(tell_electors)


for _topic in (telling.OPENED, telling.REMINDED, telling.COUNTED, telling.CANCELLED):
    _handle(_topic)
