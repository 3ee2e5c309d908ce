"""How long 53,000 people take to be told, by mail and by the summary of Tuesday, on PostgreSQL; docs/evidence/recipients.json.

    .venv/bin/python tests/bench/recipients.py

The bars: flat memory, and the summaries of 53,000 people written in three minutes. Mails are made whole and handed to a
server that swallows them: what the real one takes is its own. Nothing here is an assertion of the suite.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.run import environment, run, settle, write  # noqa: E402

BAR_SUMMARIES_SECONDS = 180
STEP = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=53_000)
    parser.add_argument("--sent", type=int, default=0, help="mails of each kind really made and sent; 0: all")
    parser.add_argument("--database", default="terrain_bench_recipients")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        print(json.dumps(measured(args.people, args.sent or args.people, args.database)))
        return 0
    with tempfile.TemporaryDirectory(prefix="terrain-bench-") as name:
        env = {
            **environment(Path(name), args.database),
            "PGOPTIONS": "-c statement_timeout=0",
            "TERRAIN_MAIL_HOURS": "",
            "TERRAIN_MASS_SENDING": "0",
        }
        manage = [sys.executable, "manage.py"]
        run([*manage, "keys", "--create"], env)
        for command in (["dropdb", "--if-exists"], ["createdb"]):
            run([*command, "-h", "127.0.0.1", "-U", "postgres", args.database], env)
        run([*manage, "migrate", "-v0"], env)
        again = [sys.executable, __file__, "--inside", f"--people={args.people}", f"--database={args.database}"]
        again.append(f"--sent={args.sent}")
        figures = json.loads(run(again, env).splitlines()[-1])
        run(["dropdb", "-h", "127.0.0.1", "-U", "postgres", args.database], env)
    figures["load_average"] = [round(value, 1) for value in os.getloadavg()]
    print(json.dumps(figures))
    print(f"summaries of {args.people}: {figures['summaries']['seconds']} s, the bar is {BAR_SUMMARIES_SECONDS} s")
    write(figures, "recipients.json")
    return 0


def measured(people: int, most: int, database: str) -> dict:
    """Tell everybody by mail, then write and send everybody's summary, in this process."""
    import django

    django.setup()
    from django.conf import settings

    from src.directory.models import User
    from src.foundations import clock
    from src.notices import digest
    from src.notices.enums import Channel
    from src.notices.models import ChannelChoice, MailMessage
    from src.notices.services import send

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    User.objects.bulk_create(
        [User(username=f"b{n}", email=f"b{n}@ville.example", first_name="B", last_name=str(n)) for n in range(people)],
        batch_size=2000,
    )
    ids = list(User.objects.order_by("pk").values_list("pk", flat=True))
    settle(database)
    words = {"reference": "7K3F9Q", "title": "Un banc à l’abri", "unit": "Rues", "promised": "2027-01-24"}
    told = timed(lambda: send("ideas.oriented.followed", recipients=iter(ids), context=words, key="bench"))
    assert MailMessage.objects.count() == people
    sent = timed(lambda: deliver_up_to(most))
    MailMessage.objects.filter(state="queued").delete()

    ChannelChoice.objects.bulk_create(
        [ChannelChoice(user_id=pk, category="followed", channel=Channel.DIGEST) for pk in ids], batch_size=2000
    )
    for number in range(3):
        send("ideas.studied.followed", recipients=iter(ids), context={**words, "assessors": 2}, key=f"week{number}")
    settle(database)
    moment = digest.moment_of_week(clock.now()) + digest.datetime.timedelta(days=7)
    summaries = timed(lambda: digest.build_due(moment + digest.datetime.timedelta(minutes=1)))
    assert MailMessage.objects.filter(code=digest.CODE).count() == people
    MailMessage.objects.filter(code=digest.CODE).update(not_before=clock.now())
    left = timed(lambda: deliver_up_to(most))
    return {
        "people": people,
        "mails_really_sent": min(most, people),
        "told": told,
        "mails_sent": sent,
        "summaries": summaries,
        "summaries_sent": left,
        "summaries_said_something": MailMessage.objects.filter(code=digest.CODE, state="sent").count(),
    }


def deliver_up_to(most: int) -> list[int]:
    """Send until nothing is due, or so many left; the peak of memory after each thousand."""
    from src.notices import delivery

    peaks, done = [], 0
    while done < most and (taken := delivery.deliver()):
        done += taken
        if done // STEP > len(peaks):
            peaks.append(peak())
    return peaks


def timed(work) -> dict:
    # The peak starts from here: what preparing the city took doesn't hide what the work takes.
    Path("/proc/self/clear_refs").write_text("5")
    before, started = peak(), time.monotonic()
    found = work()
    figures = {"seconds": round(time.monotonic() - started, 1), "peak_kb_grown": peak() - before}
    return {**figures, "peaks_kb": found} if isinstance(found, list) else figures


def peak() -> int:
    """The most memory held since it was last reset, in KB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


if __name__ == "__main__":
    sys.exit(main())
