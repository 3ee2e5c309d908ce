"""Throw-away services of the campaign: PostgreSQL and Redis of its own, on ports of their own, under one folder."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import psycopg

POSTGRES_BIN = Path(os.environ.get("TERRAIN_PG_BIN", "/usr/lib/postgresql/15/bin"))
DATABASE, ROLE = "terrain", "terrain"


def missing() -> str:
    """Why the campaign can't run here; empty when it can."""
    if not (POSTGRES_BIN / "initdb").exists():
        return f"no initdb in {POSTGRES_BIN}: install PostgreSQL 15 or set TERRAIN_PG_BIN"
    if not shutil.which("redis-server"):
        return "no redis-server on the path"
    return ""


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds: float, what: str, every: float = 0.1) -> float:
    """Wait until ``condition()`` holds and return how long that took; fail with ``what`` past ``seconds``."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if condition():
            return time.monotonic() - started
        time.sleep(every)
    raise TimeoutError(f"{what}: not within {seconds:.0f} s")


class Cluster:
    """A PostgreSQL cluster that may be stopped as a power cut does; data checksums on, every commit on the disk."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        # PostgreSQL refuses to run as root: the account of the package then holds the files.
        self._account = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name

    def create(self) -> None:
        """Make the cluster, unless the folder already holds one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if (self.data / "PG_VERSION").exists():
            return
        shutil.chown(self.folder, self._account)
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-k")

    def start(self) -> None:
        """Start, on the same port each time; returns once connections are taken. One a dead campaign left is ended."""
        if (self.data / "postmaster.pid").exists():
            with contextlib.suppress(RuntimeError):
                self.stop("fast")
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=60"
            " -c shared_buffers=256MB -c log_min_messages=fatal"
        )
        self._run("pg_ctl", "-D", self.data, "-o", options, "-l", self.folder / "log", "-w", "-t", "120", "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop; ``immediate`` is what a power cut leaves: no checkpoint, recovery from the journal at the next start."""
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    @property
    def is_up(self) -> bool:
        with contextlib.suppress(psycopg.Error), self.connect():
            return True
        return False

    @property
    def pid(self) -> int:
        """The process all of PostgreSQL's own descend from."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def connect(self, database: str = DATABASE):
        """A connection of the database's owner that sees what is committed, beside the application's."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname=database, autocommit=True, connect_timeout=5
        )

    def create_database(self) -> None:
        """Make the role and the database the application works with, unless they are there."""
        with self.connect("postgres") as link:
            if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                link.execute(f"CREATE ROLE {ROLE} LOGIN")
            if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                link.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def _run(self, command: str, *arguments) -> None:
        account = {"user": self._account} if os.geteuid() == 0 else {}
        with (self.folder / "commands.log").open("a") as told:
            done = subprocess.run(
                [str(POSTGRES_BIN / command), *map(str, arguments)],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=subprocess.STDOUT,
                check=False,
                **account,
            )
        if done.returncode:
            raise RuntimeError(f"{command} failed: {(self.folder / 'commands.log').read_text()[-2000:]}")


class Redis:
    """A Redis that may be killed, emptied, frozen and filled."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.port = free_port()
        self._process: subprocess.Popen | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        wait_until(lambda: self.ask("PING") == "PONG", 20, "Redis starts")

    def kill(self) -> None:
        """What the system's killer does: nothing is written, everything queued is gone."""
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self._process.terminate()
            self._process.wait(20)

    def ask(self, *words: str) -> str:
        """One command; its answer in one line, or why there was none."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                line.sendall(f"*{len(words)}\r\n".encode() + b"".join(f"${len(w)}\r\n{w}\r\n".encode() for w in words))
                return line.recv(4096).decode().splitlines()[0].lstrip("+:")
        except OSError as error:
            return f"({type(error).__name__})"
