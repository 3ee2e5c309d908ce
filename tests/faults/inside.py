"""Questions and preparations that need the product itself; run in its environment, one JSON line each."""

import argparse
import json
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import F, Value  # noqa: E402
from django.db.models.functions import Concat  # noqa: E402

from ideas.models import Idea, IdeaCounts, IdeaSupport  # noqa: E402
from src.directory.models import User  # noqa: E402
from src.directory.services.codes import issue_codes  # noqa: E402
from src.foundations import outbox  # noqa: E402
from src.notices import services  # noqa: E402
from src.notices.models import AnyHour  # noqa: E402
from src.notices.services.sending import DELIVER  # noqa: E402

SECRET = "un secret bien gardé pour la campagne"


def people(count: int):
    """The synthetic agents who come: they hold no role."""
    return User.objects.filter(username__startswith="s1-", is_active=True, holds_roles=False).order_by("id")[:count]


def build(agents: int, ideas: int, comments: int) -> dict:
    """Keys, tables, static files where they are collected, and the city, unless they are there: one process for all."""
    if not any(Path(settings.TERRAIN_KEYS_DIR).iterdir()):
        call_command("keys", create=True)
    call_command("createcachetable")
    call_command("migrate", verbosity=0)
    if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]:
        call_command("collectstatic", interactive=False, verbosity=0)
    if Idea.objects.count() < ideas:
        call_command("demo_scale", agents=agents, ideas=ideas, comments=comments, supports=0, measures=0)
    return {"ideas": Idea.objects.count()}


def prepare(count: int) -> dict:
    """Give a secret and an address to those who come, and say where they may go."""
    ids = list(people(count).values_list("pk", flat=True))
    User.objects.filter(pk__in=ids).update(password=make_password(SECRET))
    opened = Idea.objects.filter(stage_kind__in=["open", "qualified", "in_review"]).exclude(body__contains="Repère ")
    # Nobody supports their own idea.
    opened = opened.filter(author__isnull=False).exclude(author__in=ids)
    ideas = list(opened.order_by("id").values_list("reference", flat=True)[:500])
    busiest = IdeaCounts.objects.filter(comments__gt=0).order_by("-comments").values_list("idea__reference", flat=True)
    lists = ["/idees/", "/idees/?tri=soutiens", "/idees/?etape=study", "/", "/idees/deposer/", "/idees/miennes/"]
    return {
        "secret": SECRET,
        "usernames": list(User.objects.filter(pk__in=ids).order_by("id").values_list("username", flat=True)),
        "box": "boite-s1",
        "ideas": ideas,
        "pages": [*lists, *(f"/idees/{reference}/" for reference in busiest[:30])],
        "supported": list(IdeaSupport.objects.filter(user__in=ids).values_list("user__username", "idea__reference")),
    }


def mail(count: int, key: str) -> dict:
    """Write so many mails, to each agent in turn as often as it takes; their addresses are made first."""
    chosen = User.objects.filter(username__startswith="s1-", is_active=True).order_by("id")
    ids = list(chosen.values_list("pk", flat=True)[:count])
    User.objects.filter(pk__in=ids).update(email=Concat(F("username"), Value("@agents.ville.example")))
    # A campaign at night would wait for the morning: these people asked to be told at any hour.
    AnyHour.objects.bulk_create([AnyHour(user_id=pk) for pk in ids], ignore_conflicts=True)
    context = {
        "reference": Idea.objects.order_by("id").values_list("reference", flat=True)[0],
        "title": "Une idée d’essai",
    }
    context |= {"who": "Camille", "text": "Bonne idée."}
    offered = 0
    while offered < count:
        some = ids[: count - offered]
        offered += services.send("ideas.replied", recipients=some, context=context, key=f"{key}-{offered}")
    return {"offered": offered}


def codes(count: int) -> dict:
    """Printed codes of so many agents who never came: what a letter would bring them."""
    chosen = list(User.objects.filter(username__startswith="s1-", is_active=True).order_by("-id")[:count])
    return {one.user.username: one.code for one in issue_codes(chosen)}


def deliver() -> dict:
    """Wake whoever sends mails."""
    outbox.emit(DELIVER, {})
    return {}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["build", "prepare", "mail", "deliver", "codes"])
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--key", default="")
    for size in ("agents", "ideas", "comments"):
        parser.add_argument(f"--{size}", type=int, default=0)
    given = parser.parse_args()
    asked = {
        "build": lambda: build(given.agents, given.ideas, given.comments),
        "codes": lambda: codes(given.count),
        "prepare": lambda: prepare(given.count),
        "mail": lambda: mail(given.count, given.key),
        "deliver": deliver,
    }
    print(json.dumps(asked[given.what]()))


if __name__ == "__main__":
    main()
