"""Pictures of the main screens, phone and desktop, light and dark, into var/shots/: to be looked at."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser.server import ROOT, serving  # noqa: E402

# (file name, persona or None, address). "{idea:title start}" is replaced by the address of that idea.
SCREENS = [
    ("accueil-public", None, "/"),
    ("connexion", None, "/connexion/"),
    ("accueil-agent", "agent", "/"),
    ("idees", "agent", "/idees/"),
    ("deposer", "agent", "/idees/deposer/"),
    ("miennes", "agent", "/idees/miennes/"),
    ("idee-essai", "agent", "{idea:Un carnet d}"),
    ("idee-retard", "agent", "{idea:Des affiches d}"),
    ("idee-non", "agent", "{idea:Pointer avec}"),
    ("messages", "agent", "/moi/messages/"),
    ("atelier-correspondante", "correspondant", "/idees/atelier/"),
    ("atelier-decideuse", "decideur", "/idees/atelier/to_decide/"),
    ("galerie", "admin", "/galerie/"),
    ("gestion", "admin", "/gestion/"),
    ("parcours", "admin", "/gestion/processes/"),
]
VIEWS = [(360, 780), (1280, 900)]


def sign_in(page, base: str, persona: str) -> None:
    """Sign in by the name and the password every persona of the demo city has."""
    page.goto(f"{base}/connexion/")
    page.fill("input[name=login]", persona)
    page.fill("input[name=password]", "demo-terrain")
    page.click("button:has-text('Se connecter')")
    page.wait_for_load_state()


def resolve(page, base: str, address: str) -> str:
    """Turn "{idea:…}" into the address of the first idea whose title starts so."""
    if not address.startswith("{idea:"):
        return base + address
    words = address[6:-1]
    page.goto(f"{base}/idees/?q={words}")
    link = page.locator(f"a:has-text('{words.split()[-1]}')").first
    return base + (link.get_attribute("href") or "/idees/")


def main() -> int:
    """Take every picture and print the file names."""
    only = set(sys.argv[1:])
    out = ROOT / "var" / "shots"
    out.mkdir(parents=True, exist_ok=True)
    with serving("--no-ticker") as served, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for scheme in ("light", "dark"):
            for width, height in VIEWS:
                personas = {}
                for name, persona, address in SCREENS:
                    if only and name not in only:
                        continue
                    if persona not in personas:
                        context = browser.new_context(
                            viewport={"width": width, "height": height}, color_scheme=scheme, locale="fr-FR"
                        )
                        page = context.new_page()
                        if persona:
                            sign_in(page, served.url, persona)
                        personas[persona] = page
                    page = personas[persona]
                    page.goto(resolve(page, served.url, address))
                    file = out / f"{name}-{width}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)
                    print(file.relative_to(ROOT))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
