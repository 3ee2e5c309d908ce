"""A server that is loaded once and forks itself: a module of journeys has a fresh one at once, not after six seconds.

``python -m tests.browser.nursery PORT``, in the environment of the city to serve; it reads orders, a line each, and
answers a line: ``begin`` forks a server on the folder as it stands, ``end`` stops it. It leaves with its reader.
"""

import os
import signal
import sys
from pathlib import Path

import django
from django.core.management import call_command


def begun(port: int) -> int:
    """Fork a server; its output goes to ``serve.log`` in its folder."""
    child = os.fork()
    if child:
        return child
    log = os.open(Path(os.environ["TERRAIN_VAR"]) / "serve.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, theirs)
    try:
        call_command("serve", port=port)
    finally:
        os._exit(0)


def ended(child: int) -> None:
    """Stop it as a service is stopped."""
    os.kill(child, signal.SIGTERM)
    os.waitpid(child, 0)


def main(port: int) -> None:
    """Load everything a first request would, then obey."""
    django.setup()
    from src.config.wsgi import warm_up  # after the settings are known to be sound

    warm_up()
    print("ready", flush=True)
    child = 0
    for order in sys.stdin:
        if child:
            ended(child)
            child = 0
        if order.strip() == "begin":
            child = begun(port)
        print("done", flush=True)
    if child:
        ended(child)


if __name__ == "__main__":
    main(int(sys.argv[1]))
