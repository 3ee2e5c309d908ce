"""The product as it runs in production: gunicorn, relay, rq workers and ticker, each of which may be killed."""

import contextlib
import os
import random
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

from .services import DATABASE, ROLE, wait_until

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
HOST = "terrain.ville.example"
METRICS_TOKEN = "faults-campaign-metrics-token"
TICK_SECONDS = 60


def environment(folder: Path, *, port: int, redis: int, smtp: int, settings: str) -> dict[str, str]:
    """A whole production environment whose services are those of the campaign."""
    (folder / "keys").mkdir(parents=True, exist_ok=True)
    for name, content in {"secret": "faults-" + "7hQ" * 20, "metrics": METRICS_TOKEN}.items():
        file = folder / name
        if not file.exists():
            file.write_text(content)
            file.chmod(stat.S_IRUSR)
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("TERRAIN_", "DJANGO_"))}
    return {
        **bare,
        "DJANGO_SETTINGS_MODULE": settings,
        "TERRAIN_VAR": str(folder),
        "TERRAIN_KEYS": str(folder / "keys"),
        "TERRAIN_SECRET_KEY_FILE": str(folder / "secret"),
        "TERRAIN_METRICS_TOKEN_FILE": str(folder / "metrics"),
        "TERRAIN_SITE_URL": f"https://{HOST}",
        "TERRAIN_ALLOWED_HOSTS": HOST,
        "TERRAIN_BEHIND_PROXY": "1",
        "TERRAIN_DB_NAME": DATABASE,
        "TERRAIN_DB_USER": ROLE,
        "TERRAIN_DB_HOST": "127.0.0.1",
        "TERRAIN_DB_PORT": str(port),
        "TERRAIN_REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "TERRAIN_MAIL": "smtp",
        "TERRAIN_SMTP_HOST": "127.0.0.1",
        "TERRAIN_SMTP_PORT": str(smtp),
        "TERRAIN_SMTP_TLS": "0",
        "TERRAIN_FROM_EMAIL": "terrain@ville.example",
        # A campaign may run at night, and counts what leaves now.
        "TERRAIN_HOLD_MINUTES": "0",
        "TERRAIN_MAIL_HOURS": "",
        "TERRAIN_MASS_SENDING": "0",
    }


class App:
    """The processes of one installation, restarted when they die as systemd restarts them."""

    def __init__(self, folder: Path, env: dict[str, str], port: int):
        self.folder, self.env, self.port = folder, env, port
        self.kills = 0
        self._commands: dict[str, list[str]] = {}
        self._running: dict[str, subprocess.Popen] = {}
        self._keeper: threading.Thread | None = None
        self._ends = threading.Event()
        self._lock = threading.Lock()

    def inside(self, *arguments: str, module: str = "tests.faults.inside") -> str:
        """Ask a question inside the product (tests/faults/inside.py, or another); returns its last line."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**self.env, "TERRAIN_STATEMENT_TIMEOUT_MS": "0"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"inside {arguments[0]}: {done.stdout[-1500:]}{done.stderr[-3000:]}")
        return done.stdout.splitlines()[-1]

    def start(self, *, workers: int = 2, rq_workers: int = 1, relay: bool = True, tick: bool = True) -> None:
        """Start what a machine runs; returns once pages are answered."""
        gunicorn = ["--preload", "-w", str(workers), "-k", "gthread", "--threads", "2", "--timeout", "40"]
        gunicorn += ["--worker-connections", "100", "--backlog", "256"]
        bound = ["-b", f"127.0.0.1:{self.port}", "--log-level", "warning", "--graceful-timeout", "5"]
        self._commands = {"web": [str(BIN / "gunicorn"), *gunicorn, *bound, "src.config.wsgi"]}
        # Effects are less urgent than people, as in docs/deploy.
        manage = ["nice", "-n", "10", sys.executable, "manage.py"]
        if relay:
            self._commands["relay"] = [*manage, "relay"]
        for number in range(rq_workers):
            self._commands[f"rq{number}"] = [*manage, "rqworker", "default"]
        self._ends.clear()
        for name in self._commands:
            self._launch(name)
        self._keeper = threading.Thread(target=self._keep, args=(tick,), name="faults-keeper", daemon=True)
        self._keeper.start()
        wait_until(self.answers, 240, "gunicorn answers")

    def answers(self) -> bool:
        from .visitors import ask

        return ask(self.port, "/healthz")[0] == 200

    def stop(self, *, gently: bool = True) -> None:
        """End every process of the installation, gently then not."""
        self._ends.set()
        if self._keeper is not None:
            self._keeper.join(60)
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                process.terminate() if gently else kill_tree(process.pid)
        for name, process in self._running.items():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                kill_tree(process.pid)
                process.wait(15)
            self._running[name] = process
        self._running.clear()

    def kill(self, name: str) -> int:
        """kill -9 a process and its children; it is started again within a second. Returns how many died."""
        with self._lock:
            died = kill_tree(self._running[name].pid)
        self.kills += 1
        return died

    def kill_web_worker(self, rng: random.Random) -> bool:
        """kill -9 one of gunicorn's workers; its master makes another."""
        workers = children(self._running["web"].pid)
        if not workers:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(rng.choice(workers), signal.SIGKILL)
            self.kills += 1
            return True
        return False

    def memory_mb(self) -> dict[str, int]:
        """Resident memory of each kind of process, children included."""
        return {name: sum(map(resident_mb, family(process.pid))) for name, process in self._running.items()}

    def cpu_seconds(self) -> dict[str, float]:
        """Processor used so far by each kind of process that lives, children included."""
        return {name: sum(map(used_seconds, family(process.pid))) for name, process in self._running.items()}

    def _launch(self, name: str) -> None:
        with (self.folder / f"{name}.log").open("a") as log:
            self._running[name] = subprocess.Popen(
                self._commands[name], cwd=ROOT, env=self.env, stdout=log, stderr=subprocess.STDOUT
            )

    def _keep(self, tick: bool) -> None:
        """Start again what died, and tick each minute."""
        next_tick = time.monotonic() + TICK_SECONDS / 2
        while not self._ends.wait(1):
            with self._lock:
                for name, process in list(self._running.items()):
                    if process.poll() is not None:
                        self._launch(name)
            if tick and time.monotonic() >= next_tick:
                next_tick += TICK_SECONDS
                self.tick_once()

    def tick_once(self) -> None:
        """What a minute asks for, done now. On a new city the first one indexes ten thousand ideas."""
        with (self.folder / "tick.log").open("a") as log, contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(
                ["nice", "-n", "10", sys.executable, "manage.py", "tick"],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=TICK_SECONDS * 5,
                check=False,
            )


def children(pid: int) -> list[int]:
    """The children of a process that live now."""
    try:
        return [int(found) for found in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def family(pid: int) -> list[int]:
    """A process and all that descends from it."""
    return [pid, *(one for child in children(pid) for one in family(child))]


def kill_tree(pid: int) -> int:
    """kill -9 a process and its descendants; returns how many were there."""
    died = 0
    for one in family(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
            died += 1
    return died


def resident_mb(pid: int) -> int:
    """Memory a process holds, in megabytes."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def used_seconds(pid: int) -> float:
    """Processor a process has used, in seconds, with that of its children that ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
