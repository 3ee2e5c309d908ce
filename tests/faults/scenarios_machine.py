"""The machine around: a disk that fills up, lines that are slow or swallow everything."""

import contextlib
import io
import json
import os
import random
import shutil
import subprocess
import time
import uuid
from pathlib import Path

from PIL import Image

from .app import METRICS_TOKEN
from .campaign import Campaign
from .network import Line
from .services import free_port, wait_until
from .visitors import Told, ask


class NotHere(RuntimeError):
    """This machine can't do such harm (no right to mount a small disk)."""


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int):
    """A disk of its own size at ``folder``, gone at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0755", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise NotHere(f"no small disk: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """Write until the disk is full, but for ``leave`` bytes; returns the file to remove."""
    ballast = folder / "ballast"
    with ballast.open("wb") as out, contextlib.suppress(OSError):
        left = shutil.disk_usage(folder).free - leave
        while left > 0:
            out.write(b"\0" * min(left, 1 << 16))
            out.flush()
            left -= 1 << 16
    return ballast


def f5_database_disk(campaign: Campaign) -> dict:
    """F5: the database's disk is full for a while, then has room again; people go on writing."""
    cluster, home = campaign.cluster, campaign.cluster.data
    cluster.stop()
    held = sum(file.stat().st_size for file in home.rglob("*") if file.is_file()) >> 20
    with small_disk(cluster.folder / "small", held + 160) as disk:
        cluster.data = Path(shutil.copytree(home, disk / "data", copy_function=shutil.copy2))
        give(disk / "data", home)
        cluster.start()
        try:
            found = _fill_while_they_write(campaign, disk)
        finally:
            campaign.app.stop()
            cluster.stop()
            keep = home.with_name("data.before")
            home.rename(keep)
            shutil.copytree(cluster.data, home)
            give(home, keep)
            shutil.rmtree(keep)
            cluster.data = home
            cluster.start()
    return found


def give(folder: Path, like: Path) -> None:
    """Make a tree belong to whom another belongs to."""
    owner = like.stat()
    for path in (folder, *folder.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
    folder.chmod(0o700)


def _fill_while_they_write(campaign: Campaign, disk: Path) -> dict:
    campaign.start()
    crowd, moments = campaign.crowd("F5"), {}

    def harm():
        share = campaign.size.seconds / 4
        time.sleep(share)
        ballast = fill(disk)
        time.sleep(2 * share)
        ballast.unlink()
        moments["room"] = time.monotonic()
        moments["died"] = not campaign.cluster.is_up
        if moments["died"]:
            # What a service manager does with a database that gave up.
            with contextlib.suppress(RuntimeError):
                campaign.cluster.start()
            wait_until(lambda: campaign.cluster.is_up, 120, "the database comes back")

    told = campaign.while_they_write(crowd, harm)
    found = campaign.verdict(crowd, told)
    harmed = told.statuses[503]
    return {
        **found,
        "refused_while_full": harmed,
        "database_stopped_by_itself": moments["died"],
        "first_acknowledged_after_s": told.first_after(moments["room"]),
        "holds": harmed > 0,
    }


def f5_media_disk(campaign: Campaign) -> dict:
    """F5: the disk of pictures is full for a while; a picture acknowledged is whole, another is refused in words."""
    media = campaign.folder / "media" / "private"
    with small_disk(media, 3) as disk:
        campaign.start()
        told, kept = Told(), []
        authors = campaign.visitors[: max(8, int(24 * campaign.size.part))]
        references = [campaign.loop.run(_an_idea(campaign, visitor)) for visitor in authors]

        def send_all() -> list[int]:
            return [
                campaign.loop.run(_a_picture(campaign, visitor, reference, told, kept))
                for visitor, reference in zip(authors, references, strict=True)
            ]

        first = send_all()
        ballast = fill(disk)
        full = send_all()
        during = ask(campaign.app.port, "/readyz")[0]
        left = [path for path in pictures(disk) if not whole(path)]
        ballast.unlink()
        after = send_all()
        with campaign.cluster.connect() as link:
            rows = link.execute(
                "SELECT file FROM ideas_ideaphoto UNION ALL SELECT small FROM ideas_ideaphoto"
            ).fetchall()
        broken = [name for (name,) in rows if not whole(disk / name)]
        files = len(pictures(disk))
        drained = campaign.drained()
    with campaign.cluster.connect() as link:
        link.execute("DELETE FROM ideas_ideaphoto")
    return {
        "acknowledged": {"photo": len(kept)},
        "before": _counted(first),
        "while_full": _counted(full),
        "readyz_while_full": during,
        "after": _counted(after),
        "photos_lost": len(broken),
        "halves_left_on_the_disk": len(left),
        "files_without_a_row": files - len(rows),
        "drained_s": drained,
        **told.figures(),
        "holds": not broken and not left and set(full) == {503} and set(first + after) == {303},
    }


def _counted(statuses: list[int]) -> dict:
    return {str(status): statuses.count(status) for status in sorted(set(statuses))}


def pictures(disk: Path) -> list[Path]:
    """The pictures kept, as they were sent and as pages show them."""
    return [*disk.rglob("*.jpg"), *disk.rglob("*.webp")]


def whole(path: Path) -> bool:
    """Whether a picture is there to its last pixel."""
    try:
        with Image.open(path) as image:
            image.load()
    except OSError:
        return False
    return True


async def _an_idea(campaign: Campaign, visitor) -> str:
    """An idea in one's own name, sent as it is; its reference."""
    mark = uuid.uuid4()
    fields = {"boite": campaign.city["box"], "title": f"Une photo pour {mark.hex[:12]}", "identity": "named"}
    fields |= {"body": f"Cette idée attend sa photo. Repère {mark.hex}.", "token": str(mark), "action": "send"}
    for seen in ("", "-"):
        status, headers, page = await visitor.post(campaign.app.port, "/idees/deposer/", {**fields, "seen": seen})
        if status == 303:
            return headers["location"][0].split("/")[2]
        fields["seen"] = page.partition('name="seen" value="')[2].partition('"')[0]
        status, headers, _page = await visitor.post(campaign.app.port, "/idees/deposer/", fields)
        if status == 303:
            return headers["location"][0].split("/")[2]
    raise RuntimeError(f"no idea: {status}")


async def _a_picture(campaign: Campaign, visitor, reference: str, told: Told, kept: list) -> int:
    status, headers, page = await visitor.post_file(
        campaign.app.port,
        f"/idees/{reference}/recue/",
        {"part": "photo", "alt": "Un mur de couleurs"},
        "photo",
        noise(),
    )
    told.look_at(status, headers, page)
    if status == 303:
        kept.append(reference)
    return status


def noise(side: int = 220) -> bytes:
    """A picture of its own that compresses badly."""
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.randbytes(side * side * 3)).save(out, "JPEG", quality=90)
    return out.getvalue()


def f6_lines(campaign: Campaign) -> dict:
    """F6: 300 ms to the database, then five seconds of a black hole, three times; the same to the mail server."""
    database, post = Line(campaign.cluster.port, free_port()), Line(campaign.mail_server.port, free_port())
    direct = dict(campaign.app.env)
    for line in (database, post):
        campaign.loop.run(line.open())
    campaign.app.env |= {"TERRAIN_DB_PORT": str(database.port), "TERRAIN_SMTP_PORT": str(post.port)}
    try:
        return _harm_the_lines(campaign, database, post)
    finally:
        campaign.app.stop()
        campaign.app.env.clear()
        campaign.app.env.update(direct)
        for line in (database, post):
            campaign.loop.run(line.close())


def _harm_the_lines(campaign: Campaign, database: Line, post: Line) -> dict:
    from .scenarios_mail import mails, settle

    campaign.start()
    key, share, back = f"f6-{int(time.time())}", campaign.size.seconds / 4, []
    slow, holes = campaign.crowd("F6-slow"), campaign.crowd("F6-holes")
    campaign.app.inside("mail", f"--count={max(20, int(100 * campaign.size.part))}", f"--key={key}")

    def slowed():
        database.delay = post.delay = 0.15
        time.sleep(share)
        slowed.healthy = [ask(campaign.app.port, path)[0] for path in ("/healthz", "/readyz")]
        detail = ask(campaign.app.port, "/readyz", Authorization=f"Bearer {METRICS_TOKEN}")[2]
        slowed.healthy.append(json.loads(detail)["checks"]["database"] if detail else {})

    def swallowed():
        for _turn in range(3):
            time.sleep(share / 2)
            for line in (database, post):
                campaign.loop.run(line.mute())
            time.sleep(5)
            for line in (database, post):
                campaign.loop.run(line.speak())
            back.append(time.monotonic())

    # Two workers of two threads, and some forty journeys of 300 ms for a gesture: more would only queue.
    told = campaign.while_they_write(slow, slowed, seconds=share, gestures=0.4, pages=0.2)
    first = {"slow": {**told.figures(), "health": slowed.healthy}}
    database.delay = post.delay = 0.0
    told = campaign.while_they_write(holes, swallowed, seconds=2 * share)
    rounds = settle(campaign, key)
    holes.ledger.acks += slow.ledger.acks
    holes.ledger.sent += slow.ledger.sent
    found = {
        **campaign.verdict(holes, told),
        **first,
        "mails": {**mails(campaign, key), "rounds_of_ten_minutes": rounds},
    }
    found["first_acknowledged_after_s"] = [told.first_after(moment) for moment in back]
    found["holds"] = (
        slowed.healthy[-1].get("status") == "degraded"
        and found["mails"]["never_taken"] == 0
        and found["mails"]["taken_more"] == 0
    )
    return found
