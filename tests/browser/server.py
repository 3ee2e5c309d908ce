"""A real `manage.py serve` over a copy of one prepared demo city: what the browser journeys drive."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "src.config.settings.embedded"
# A journey tells a day in minutes, and may run at night: what a step gives to tell is told and mailed at once.
QUICK = {"TERRAIN_HOLD_MINUTES": "0", "TERRAIN_MAIL_HOURS": ""}


@dataclass
class Served:
    """A running server: its address, its folder (database, mail, keys) and a way to run commands on it."""

    url: str
    var: Path

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            **QUICK,
            "TERRAIN_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "TERRAIN_SITE_URL": self.url,
        }

    def manage(self, *arguments: str) -> str:
        """Run one management command on the server's city and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def prepared_city() -> Path:
    """Build the demo city once per run of the suite (workers share it) and return its folder; never write to it."""
    token = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    folder = Path(tempfile.gettempdir()) / f"terrain-city-{token}"
    lock = folder.with_suffix(".lock")
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            if ready := os.environ.get("TERRAIN_MIGRATED"):
                shutil.copy(ready, folder / "terrain.sqlite3")
            environment = {**os.environ, **QUICK, "TERRAIN_VAR": str(folder), "DJANGO_SETTINGS_MODULE": SETTINGS}
            for command in (["createcachetable"], ["migrate", "-v0"], ["demo"]):
                done = subprocess.run(
                    [sys.executable, "manage.py", *command],
                    cwd=ROOT,
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
            (folder / "ready").touch()
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(*extra: str):
    """Copy the prepared city, serve it on a free port, and yield a Served; everything goes away afterwards."""
    var = Path(tempfile.mkdtemp(prefix="terrain-serve-"))
    shutil.copytree(prepared_city(), var, dirs_exist_ok=True)
    port = free_port()
    served = Served(f"http://127.0.0.1:{port}", var)
    log = (var / "serve.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port), *extra],
        cwd=ROOT,
        env=served.environment(),
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(served, lambda: process.poll() is None)
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()
        shutil.rmtree(var, ignore_errors=True)


class Nursery:
    """One loaded server a process of the suite, forked for each module (tests/browser/nursery.py)."""

    def __init__(self):
        self.served = Served(f"http://127.0.0.1:{free_port()}", Path(tempfile.mkdtemp(prefix="terrain-nursery-")))
        self._fill()
        port = self.served.url.rpartition(":")[2]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.nursery", port],
            cwd=ROOT,
            env=self.served.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout.readline().strip() == "ready"

    def _fill(self) -> None:
        shutil.rmtree(self.served.var, ignore_errors=True)
        shutil.copytree(prepared_city(), self.served.var)

    def _ask(self, order: str) -> None:
        self.process.stdin.write(f"{order}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline().strip() == "done"

    @contextmanager
    def serving(self):
        """A fresh copy of the city, served; the same address each time."""
        self._fill()
        self._ask("begin")
        try:
            _wait_for(self.served, lambda: self.process.poll() is None)
            yield self.served
        finally:
            self._ask("end")

    def close(self) -> None:
        """Let it go, and its folder."""
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.served.var, ignore_errors=True)


def _wait_for(served: Served, is_alive) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{served.url}/healthz", timeout=2)
            return
        except OSError:
            if time.monotonic() > deadline or not is_alive():
                raise AssertionError((served.var / "serve.log").read_text())
            time.sleep(0.1)
