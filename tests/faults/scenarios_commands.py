"""Long commands that are killed: done or not, and the next run ends at the same result."""

import contextlib
import json
import random
import subprocess
import sys
import time

from .app import ROOT, kill_tree
from .campaign import Campaign
from .services import DATABASE, ROLE

YEARS_LATER = "+1200d"
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
# What every run of a command writes about itself.
_OWN = {"foundations_tickrun", "foundations_lease", "django_cache"}


@contextlib.contextmanager
def copy_of(campaign: Campaign, name: str):
    """A copy of the city's database, for one command to work on."""
    with campaign.cluster.connect("postgres") as link:
        link.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        link.execute(f"CREATE DATABASE {name} TEMPLATE {DATABASE} OWNER {ROLE}")
    try:
        yield name
    finally:
        with campaign.cluster.connect("postgres") as link:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


def counts(campaign: Campaign, database: str) -> dict[str, int]:
    """How many rows each table holds."""
    with campaign.cluster.connect(database) as link:
        names = [name for (name,) in link.execute(_TABLES).fetchall() if name not in _OWN]
        return {name: link.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def run(
    campaign: Campaign, database: str, command: list[str], kill_after: float | None = None
) -> tuple[bool, str, float]:
    """One command on a copy; killed after so long, children and all. Answers whether it ended, what it said, how long."""
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**campaign.app.env, "TERRAIN_DB_NAME": database, "FAKETIME_DONT_FAKE_MONOTONIC": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said, _ = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        kill_tree(process.pid)
        process.communicate()
        return False, "", time.monotonic() - started
    if process.returncode:
        raise RuntimeError(f"{command}: {said[-3000:]}")
    return True, said, time.monotonic() - started


def killed_until_done(campaign: Campaign, database: str, command: list[str], length: float, kills: int) -> dict:
    """Kill it ``kills`` times, each time somewhere on its way, then let it end."""
    rng, done_early = random.Random(11), 0
    for turn in range(kills):
        # Before it starts to work a command only loads: the kills are spread over the rest.
        ended, _said, _took = run(campaign, database, command, length * rng.uniform(0.35 + 0.6 * turn / kills, 1.0))
        done_early += ended
    _ended, said, _took = run(campaign, database, command)
    return {
        "kills": kills - done_early,
        "ended_before_the_kill": done_early,
        "last_line": said.strip().splitlines()[-1],
    }


def f11_retention(campaign: Campaign) -> dict:
    """F11: the retention job, three years later, killed again and again; at the end it deleted what one run deletes."""
    command = [sys.executable, "manage.py", "retention"]
    command = ["faketime", "-f", YEARS_LATER, *command]
    with copy_of(campaign, "f11_whole") as whole, copy_of(campaign, "f11_killed") as killed:
        before = counts(campaign, whole)
        _ended, said, took = run(campaign, whole, [*command, "--apply"])
        found = killed_until_done(campaign, killed, [*command, "--apply"], took, max(2, int(10 * campaign.size.part)))
        _ended, left, _took = run(campaign, killed, [*command, "--dry-run"])
        once, often = counts(campaign, whole), counts(campaign, killed)
    deleted = {name: before[name] - once[name] for name in before if before[name] != once[name]}
    differ = {name: [once[name], often[name]] for name in once if once[name] != often[name]}
    due = json.loads(left.strip().splitlines()[-1])["due"]
    holds = not differ and due == 0 and sum(deleted.values()) > 0
    return {
        **found,
        "one_run_s": round(took, 1),
        "deleted": deleted,
        "tables_that_differ": differ,
        "still_due": due,
        "holds": holds,
    }


def f11_import(campaign: Campaign) -> dict:
    """F11: the import of 5,000 agents, killed again and again: all of them or none, and the next run writes them once."""
    agents = max(200, int(5000 * campaign.size.part))
    file = campaign.folder / "agents.csv"
    file.write_text(staff_file(agents))
    command = [sys.executable, "manage.py", "import_directory", str(file)]
    with copy_of(campaign, "f11_whole") as whole, copy_of(campaign, "f11_killed") as killed:
        _ended, said, took = run(campaign, whole, command)
        once = counts(campaign, whole)
        rng, seen, kills = random.Random(12), [], max(2, int(10 * campaign.size.part))
        for turn in range(kills):
            run(campaign, killed, command, took * rng.uniform(0.3, 0.98))
            seen.append(imported(campaign, killed))
        _ended, last, _took = run(campaign, killed, command)
        _ended, again, _took = run(campaign, killed, command)
        often = counts(campaign, killed)
    differ = {name: [once[name], often[name]] for name in once if once[name] != often[name]}
    holds = set(seen) <= {0, agents} and not differ and json.loads(again.strip().splitlines()[-1])["created"] == 0
    return {
        "agents": agents,
        "kills": kills,
        "one_run_s": round(took, 1),
        "agents_seen_after_each_kill": seen,
        "last_line": last.strip().splitlines()[-1],
        "run_once_more": again.strip().splitlines()[-1],
        "tables_that_differ": differ,
        "holds": holds,
    }


def imported(campaign: Campaign, database: str) -> int:
    with campaign.cluster.connect(database) as link:
        return link.execute("SELECT count(*) FROM directory_user WHERE personnel_number LIKE 'F11%'").fetchone()[0]


def staff_file(agents: int) -> str:
    """What a personnel office exports: people of two hundred sites."""
    head = "matricule;nom;prenom;fonction;code_direction;direction;code_service;service;code_site;site"
    lines = [
        f"F11{n:05d};NOM{n};Prénom{n};agente ou agent;F{n % 5};Direction F{n % 5};F{n % 5}S{n % 20};Service {n % 20}"
        f";F{n % 5}L{n % 200};Lieu {n % 200}"
        for n in range(agents)
    ]
    return "\n".join([head, *lines]) + "\n"
