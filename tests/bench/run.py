"""Throughput, latency and CPU on PostgreSQL and gunicorn with production settings, reported as ratios and counts.

    make bench                      the default city (53,000 agents, 10,000 ideas)
    .venv/bin/python tests/bench/run.py --ideas 100000 --keep
    .venv/bin/python tests/bench/run.py --ideas 100 --supports 500 --comments 300 --statements    counts only

Each figure stands beside that of the peer on the same stack (adhocracy-plus: two such cores, two workers, 10,000
ideas): list 141 statements, 1.2 s CPU, 1.6 req/s; idea 338 statements, 0.56 s CPU; a rating 22 statements, 57 req/s.
Needs PostgreSQL, Redis and the `wrk` command. Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
HOST = "terrain.ville.example"
PEER = {"list": (1.6, 1.2, 141), "idea": (1.8, 0.56, 338), "support": (57, None, 22)}
# What nobody else has: told without a peer.
ALONE = ("responses", "measures")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--agents", type=int, default=53_000)
    parser.add_argument("--ideas", type=int, default=10_000)
    parser.add_argument("--supports", type=int, default=200_000)
    parser.add_argument("--comments", type=int, default=50_000)
    parser.add_argument("--measures", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--rounds", type=int, default=3, help="how often each kind is loaded; the middle one is told")
    parser.add_argument("--statements", action="store_true", help="count statements only, load nothing")
    parser.add_argument("--database", default="terrain_bench")
    parser.add_argument("--keep", action="store_true", help="use the database of the last run as it is")
    parser.add_argument("--port", type=int, default=8899)
    return parser.parse_args()


def environment(folder: Path, database: str) -> dict[str, str]:
    """Production settings, complete, on this machine's services."""
    keys = ROOT / "var" / "bench-keys"
    keys.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret"
    secret.write_text("bench-" + "7hQ" * 20)
    secret.chmod(stat.S_IRUSR)
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "src.config.settings.production",
        "TERRAIN_VAR": str(folder),
        "TERRAIN_KEYS": str(keys),
        "TERRAIN_SECRET_KEY_FILE": str(secret),
        "TERRAIN_SITE_URL": f"https://{HOST}",
        "TERRAIN_ALLOWED_HOSTS": HOST,
        "TERRAIN_BEHIND_PROXY": "1",
        "TERRAIN_DB_NAME": database,
        "TERRAIN_DB_USER": "postgres",
        "TERRAIN_DB_HOST": "127.0.0.1",
        "TERRAIN_REDIS_URL": "redis://127.0.0.1:6379/5",
        "TERRAIN_MAIL": "smtp",
        "TERRAIN_SMTP_HOST": "127.0.0.1",
        "TERRAIN_FROM_EMAIL": "terrain@ville.example",
    }


def run(command: list[str], env: dict[str, str], *, quiet: bool = True) -> str:
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=quiet, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{(done.stdout or '')[-3000:]}{(done.stderr or '')[-3000:]}")
    return done.stdout or ""


def cpu_seconds(pids: list[int]) -> float:
    """User and system seconds used so far by these processes."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


LUA = """
local requests = {}
for line in io.lines("%(file)s") do
  local method, path, cookie, body = line:match("^(%%S+)\\t(%%S+)\\t([^\\t]*)\\t(.*)$")
  local headers = {["Host"]="%(host)s", ["X-Forwarded-Proto"]="https", ["Cookie"]=cookie, ["Origin"]="https://%(host)s"}
  if method == "POST" then
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    headers["Accept"] = "application/json"
    headers["X-CSRFToken"] = "%(csrf)s"
  end
  requests[#requests + 1] = wrk.format(method, path, headers, body)
end
local turn, offset = 0, 0
function setup(thread) end
request = function()
  turn = turn + 1
  return requests[(turn - 1) %% #requests + 1]
end
local bad = 0
response = function(status) if status >= 400 then bad = bad + 1 end end
"""


def load(name: str, lines: list[str], folder: Path, args, csrf: str, workers: list[int]) -> dict:
    """Send the requests of ``lines`` in turn for some seconds over 8 connections; return figures."""
    file = folder / f"{name}.tsv"
    file.write_text("\n".join(lines))
    script = folder / f"{name}.lua"
    script.write_text(LUA % {"file": file, "host": HOST, "csrf": csrf})
    before = cpu_seconds(workers)
    out = subprocess.run(
        [
            "wrk",
            "-t1",
            "-c8",
            f"-d{args.seconds}s",
            "--timeout",
            "10s",
            "--latency",
            "-s",
            str(script),
            f"http://127.0.0.1:{args.port}/",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    used = cpu_seconds(workers) - before
    total = int(re.search(r"(\d+) requests in", out).group(1))
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    timeouts = re.search(r"timeout (\d+)", out)
    return {
        "requests": total,
        "per_second": round(float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)), 1),
        "cpu_ms": round(1000 * used / max(total, 1), 1),
        "p50": re.search(r"^\s+50%\s+(\S+)", out, re.MULTILINE).group(1),
        "p99": re.search(r"^\s+99%\s+(\S+)", out, re.MULTILINE).group(1),
        "errors": int(errors.group(1)) if errors else 0,
        "timeouts": int(timeouts.group(1)) if timeouts else 0,
    }


def machine_ms() -> int:
    """Milliseconds of CPU that a fixed loop takes here and now: what two days' figures are compared by."""
    started = time.process_time()
    total = 0
    for number in range(2_000_000):
        total += number * number
    return round(1000 * (time.process_time() - started))


def settle(database: str) -> None:
    """Bring a database filled in bulk to the state of one that has lived: statistics, visibility, nothing to write."""
    psql = ["psql", "-h", "127.0.0.1", "-U", "postgres", "-q", "-d", database]
    run([*psql, "-c", "vacuum analyze", "-c", "checkpoint"], dict(os.environ))


def middle(rounds: list[dict]) -> dict:
    """The round of median throughput, with every round's throughput, and the errors of all of them."""
    ordered = sorted(rounds, key=lambda row: row["per_second"])
    return {
        **ordered[len(ordered) // 2],
        "rounds": [row["per_second"] for row in rounds],
        "errors": sum(row["errors"] for row in rounds),
        "timeouts": sum(row["timeouts"] for row in rounds),
    }


def main() -> int:
    args = arguments()
    if not shutil.which("wrk"):
        sys.exit("Il faut la commande wrk (paquet Debian du même nom).")
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        folder = Path(name)
        env = environment(folder, args.database)
        manage = [sys.executable, "manage.py"]
        figures: dict = {
            "sizes": {k: getattr(args, k) for k in ("agents", "ideas", "supports", "comments", "measures")}
        }
        run([*manage, "keys", "--create"], env)
        if not args.keep:
            run(["dropdb", "-h", "127.0.0.1", "-U", "postgres", "--if-exists", args.database], env)
            run(["createdb", "-h", "127.0.0.1", "-U", "postgres", args.database], env)
            run([*manage, "createcachetable"], env)
            run([*manage, "migrate", "-v0"], env)
            started = time.monotonic()
            sizes = [f"--{k}={getattr(args, k)}" for k in ("agents", "ideas", "supports", "comments", "measures")]
            run([*manage, "demo_scale", *sizes], {**env, "PGOPTIONS": "-c statement_timeout=0"})
            figures["demo_scale_seconds"] = round(time.monotonic() - started, 1)
            print(f"demo_scale : {figures['demo_scale_seconds']} s", flush=True)
        settle(args.database)
        figures["machine_ms"] = machine_ms()
        run([*manage, "collectstatic", "--noinput", "-v0"], env)
        prepared = json.loads(run([sys.executable, "-m", "tests.bench.prepare"], env).splitlines()[-1])
        figures["statements"] = prepared["statements"]
        if args.statements:
            print(json.dumps(figures["statements"], ensure_ascii=False))
            write(figures, f"statements-{args.ideas}.json")
            return 0
        server = subprocess.Popen(
            [
                str(BIN / "gunicorn"),
                "--preload",
                "-w",
                "2",
                "-k",
                "gthread",
                "--threads",
                "2",
                "-b",
                f"127.0.0.1:{args.port}",
                "--log-level",
                "warning",
                "src.config.wsgi",
            ],
            cwd=ROOT,
            env=env,
            stdout=(folder / "access.log").open("w"),
            stderr=subprocess.STDOUT,
        )
        try:
            request = urllib.request.Request(
                f"http://127.0.0.1:{args.port}/healthz", headers={"Host": HOST, "X-Forwarded-Proto": "https"}
            )
            for _ in range(100):
                try:
                    urllib.request.urlopen(request, timeout=1)
                    break
                except OSError:
                    time.sleep(0.2)
            workers = children(server.pid)
            for kind in (*PEER, *ALONE):
                requests = prepared["requests"][kind]
                share = len(requests) // args.rounds
                figures[kind] = middle(
                    [
                        load(kind, requests[turn * share :][: share or 1], folder, args, prepared["csrf"], workers)
                        for turn in range(args.rounds)
                    ]
                )
        finally:
            server.terminate()
            server.wait(10)
        after = json.loads(run([sys.executable, "-m", "tests.bench.prepare", "--recount"], env).splitlines()[-1])
        figures["counts"] = after
        report(figures)
        write(figures, f"bench-{args.ideas}.json")
    return 0


def write(figures: dict, name: str) -> None:
    """Keep the figures beside the other evidence."""
    out = ROOT / "docs" / "evidence"
    out.mkdir(parents=True, exist_ok=True)
    (out / name).write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")


def report(figures: dict) -> None:
    """Print each figure beside the peer's, as a ratio."""
    print(f"{'':10}{'req/s':>9}{'× peer':>8}{'CPU ms':>9}{'p50':>10}{'p99':>10}{'stmts':>7}{'errors':>8}  rounds")
    for kind in (*PEER, *ALONE):
        row = figures[kind]
        ratio = f"{row['per_second'] / PEER[kind][0]:.1f}" if kind in PEER else "–"
        print(
            f"{kind:10}{row['per_second']:>9}{ratio:>8}{row['cpu_ms']:>9}"
            f"{row['p50']:>10}{row['p99']:>10}{figures['statements'].get(kind, '?'):>7}{row['errors'] + row['timeouts']:>8}"
            f"  {' · '.join(str(rate) for rate in row['rounds'])}"
        )
    print(f"machine: {figures['machine_ms']} ms for two million additions")
    print(f"counters: {json.dumps(figures['counts'])}")


if __name__ == "__main__":
    sys.exit(main())
