"""What the demo city's people chose of their messages, and two addresses no mail leaves for."""

from src.directory.models import User
from src.foundations import clock
from src.notices.enums import StopReason
from src.notices.models import StoppedAddress
from src.notices.services import set_any_hour, set_channel, stop_address

STOPPED = {"mentor": StopReason.BOUNCE, "jury": StopReason.COMPLAINT}


def load_notices() -> int:
    """Write these choices once; answers how many addresses are stopped."""
    if StoppedAddress.objects.exists():
        return 0
    people = {user.username: user for user in User.objects.filter(username__in=[*STOPPED, "agent2", "encadrement"])}
    set_any_hour(people["agent2"], True)
    set_channel(people["encadrement"], "followed", "digest")
    return sum(stop_address(people[name].email, reason, clock.now()) for name, reason in STOPPED.items())
