"""Every address that can be read × every state of an idea × the main personas, in Chromium; writes docs/evidence/sweep.json.

`make sweep` runs it, `make test` doesn't: it visits some thousand pages. The list of addresses is read from the
URLconf, never written down. A page that answers 200 goes through axe and the house's own checks, at 360 px for
those who sign nothing, at 1280 px for staff; every page is watched for script errors and refusals of the policy.
"""

import json
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "src.config.settings.test")

from django.urls import resolve  # noqa: E402
from playwright.sync_api import Error, sync_playwright  # noqa: E402

from tests.browser import checks  # noqa: E402
from tests.browser.fixtures import ARGUMENTS, DESKTOP, PHONE, chromium_path  # noqa: E402
from tests.browser.server import ROOT, serving  # noqa: E402
from tests.journeys.city import rows, sign_in, value  # noqa: E402
from tests.journeys.screens import SCREENS, addressed  # noqa: E402

EVIDENCE = ROOT / "docs" / "evidence" / "sweep.json"
PEOPLE = {
    None: PHONE,
    "agent": PHONE,
    "panel": PHONE,
    "moderation": DESKTOP,
    "correspondant": DESKTOP,
    "instructeur": DESKTOP,
    "decideur": DESKTOP,
    "edition": DESKTOP,
    "rh": DESKTOP,
    "admin": DESKTOP,
}
# Wagtail's pages have their own looks and their own faults: they are watched for errors, the product's are checked too.
ADMIN = "/gestion/"
# A mail as its reader sees it is no page of ours.
MAILS = re.compile(r"^/prevenir/envois/\d+/courriel/$")
# Where a reference is an idea's: there, each address is asked of each state.
IDEAS = ("idees/", "api/v1/ideas/", "reponses/conseil/")
CHECKED = tuple(check for check in checks.CHECKS if check not in (checks.focus_walk, checks.reflow))
# What fills <name> in the three routes that have one.
NAMES = {
    "idees": "to_screen to_orient to_answer_now to_countersign to_study to_decide overdue".split(),
    "galerie": "accueil idees idee deposer".split(),
    "gestion": "funnel delays overdue".split(),
}
# Leaving would end the visit; failwhale and test404 are errors that Wagtail makes on purpose.
LEFT_OUT = re.compile(r"^(deconnexion/|gestion/logout/|gestion/failwhale/|gestion/test404/|static/|media/|.*\.\*)")


def addresses() -> list[tuple[str, tuple[str, ...]]]:
    """Routes of the URLconf with the names of what must be filled in."""
    import django  # only once the settings are named

    django.setup()
    from tests.access.addresses import addresses as declared

    return [(found.route, found.parameters) for found in declared() if not LEFT_OUT.match(found.route)]


def ideas_by_state(served) -> dict[str, tuple[str, list[str]]]:
    """One idea for each stage and way of signing in the city, the steps that leave its stage and one that doesn't."""
    found = rows(
        served,
        "SELECT s.slug, i.identity_mode, min(i.reference), s.id FROM ideas_idea i "
        "JOIN workflow_stage s ON s.id = i.stage_id GROUP BY s.slug, i.identity_mode, s.id ORDER BY 1, 2",
    )
    ways: dict[int, list[str]] = {}
    for stage, slug in rows(served, "SELECT from_stage_id, slug FROM workflow_transition ORDER BY id"):
        ways.setdefault(stage, []).append(slug)
    return {
        f"{stage} {mode}": (reference, [*ways.get(number, []), "orient" if stage != "open" else "screen"])
        for stage, mode, reference, number in found
    }


def pages_of(served) -> list[str]:
    """Published pages of the editors."""
    return [
        "/" + path.split("/", 2)[2]
        for (path,) in rows(served, "SELECT url_path FROM wagtailcore_page WHERE live AND depth > 1 ORDER BY url_path")
    ]


def of_rooms(served) -> list[dict[str, str]]:
    """What the screens of each room are about: the values of their addresses, the room beside them."""
    found = []
    for screen in SCREENS.values():
        target = urlsplit(addressed(screen.address, served)).path
        match = resolve(target) if screen.status != 404 else None
        if match and match.kwargs:
            found.append({name: str(one) for name, one in match.kwargs.items()} | {"": target.split("/")[1]})
    return found


def filled(route: str, parameters: tuple[str, ...], known: list[dict[str, str]]) -> list[str]:
    """The address for each object of its room that has all it asks, what one lacks taken from another about the same."""
    ours = [one for one in known if one[""] == route.split("/")[0] and one.keys() & set(parameters)]
    todo = []
    for one in ours:
        values = dict(one)
        for other in ours:
            if all(values.get(name, kept) == kept for name, kept in other.items() if name in parameters[:1]):
                values = other | values
        if set(parameters) <= values.keys():
            todo.append(re.sub(r"<(?:\w+:)?(\w+)>", lambda name: values[name[1]], "/" + route))  # noqa: B023
    return list(dict.fromkeys(todo))[:3]


def fill(served) -> list[tuple[str, str]]:
    """Every address to visit, with the state of the idea it is about ("" for the others)."""
    declared, known = addresses(), of_rooms(served)
    todo = [(page, "") for page in pages_of(served)]
    todo += [(addressed(screen.address, served), "") for screen in SCREENS.values()]
    for route, parameters in declared:
        if parameters and not route.startswith(IDEAS) and (real := filled(route, parameters, known)):
            todo += [(one, "") for one in real]
        elif "reference" in parameters and route.startswith(IDEAS):
            for state, (reference, steps) in ideas_by_state(served).items():
                about = re.sub(r"<(?:\w+:)?reference>", reference, "/" + route)
                about = re.sub(r"<(?:\w+:)?(?!transition)\w+>", "1", about)
                if "transition" in parameters:
                    todo += [(re.sub(r"<(?:\w+:)?transition>", step, about), state) for step in steps]
                else:
                    todo.append((about, state))
        elif "name" in parameters:
            names = NAMES[route.split("/")[0]]
            todo += [(re.sub(r"<(?:\w+:)?name>", name, "/" + route), "") for name in names]
        else:
            # Page 1 is Wagtail's root, that nobody moves or shows.
            page = str(value(served, "SELECT max(id) FROM wagtailcore_page WHERE live"))
            plain = re.sub(r"<(?:\w+:)?\w*page\w*>", page, "/" + route)
            plain = re.sub(r"<(?:\w+:)?\w+>", "1", plain)
            if not re.search(r"[()\[\]\\|+*]", plain):
                todo.append((plain, ""))
    return list(dict.fromkeys(todo))


class Visit:
    """One persona going everywhere."""

    def __init__(self, browser, served, who, shape):
        self.served, self.who, self.looked = served, who, set()
        context = browser.new_context(
            viewport={"width": shape[0], "height": shape[1]}, locale="fr-FR", reduced_motion="reduce"
        )
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.heard = checks.watch(self.page)
        if who:
            sign_in(self.page, served.url, who)

    def to(self, address: str) -> tuple[int, list[str]]:
        """The status of the address and the faults of its page, drawn when it is one; refusals are drawn once each."""
        answer = self.page.context.request.get(self.served.url + address, max_redirects=0)
        status = answer.status
        if status >= 500:
            return status, [f"status {status}"]
        if status == 405:  # posted to, never read
            return status, []
        drawn = "html" in answer.headers.get("content-type", "") and "attachment" not in answer.headers.get(
            "content-disposition", ""
        )
        landed = address if status == 200 else str(status)
        if not drawn or 300 <= status < 400 or landed in self.looked:
            return status, []
        self.looked.add(landed)
        self.heard.clear()
        try:
            self.page.goto(self.served.url + address)
        except Error as error:
            return status, [str(error).splitlines()[0]]
        faults = [line for line in self.heard if status < 400 or str(status) not in line]
        if address.startswith(ADMIN) or MAILS.match(address):
            return status, faults
        return status, faults + [f"{check.__name__}: {fault}" for check in CHECKED for fault in check(self.page)]


def main() -> int:
    """Visit, count, write, and answer 1 when anything is at fault. Arguments: personas (all without)."""
    only = set(sys.argv[1:])
    started, statuses, found, visited, looked = time.monotonic(), Counter(), {}, 0, 0
    with serving("--no-ticker") as served, sync_playwright() as play:
        todo = fill(served)
        states = sorted({state for _address, state in todo if state})
        for who, shape in PEOPLE.items():
            if only and str(who) not in only:
                continue
            browser = play.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
            visit = Visit(browser, served, who, shape)
            for address, _state in todo:
                status, faults = visit.to(address)
                visited += 1
                statuses[str(status)] += 1
                if faults:
                    found[f"{who or 'personne'} {address}"] = faults
                    print(f"  {who or 'personne'} {address} : {faults[:2]}", flush=True)
            looked += len(visit.looked)
            print(f"{who or 'personne'} : {len(todo)} adresses, {len(visit.looked)} pages regardées.", flush=True)
            browser.close()
    report = {
        "addresses": len(todo),
        "states_of_ideas": states,
        "personas": [who or "personne" for who in PEOPLE if not only or str(who) in only],
        "pages_visited": visited,
        "pages_checked": looked,
        "statuses": dict(sorted(statuses.items())),
        "checks": [check.__name__ for check in CHECKED],
        "faults": found,
        "seconds": round(time.monotonic() - started),
    }
    EVIDENCE.parent.mkdir(parents=True, exist_ok=True)
    EVIDENCE.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    print(f"{visited} visites, {looked} pages regardées, {len(found)} en défaut : {EVIDENCE.relative_to(ROOT)}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
