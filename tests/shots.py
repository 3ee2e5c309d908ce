"""Pictures of every screen, phone and desktop, light and dark, into var/shots/: to be looked at. Names choose some."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import sync_playwright  # noqa: E402

from tests.browser.fixtures import ARGUMENTS, SHAPES, chromium_path  # noqa: E402
from tests.browser.server import ROOT, serving  # noqa: E402
from tests.journeys.screens import ADMIN, SITE, Visits  # noqa: E402


def take(browser, served, screens, out: Path) -> None:
    """Open each screen once, and take it in the four shapes."""
    contexts = []

    def new_page():
        (width, height), _scheme = SHAPES[0]
        contexts.append(
            browser.new_context(viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce")
        )
        return contexts[-1].new_page()

    visits = Visits(served, new_page)
    for screen in screens:
        page = visits.page_for(screen)
        screen.open(page, served)
        for (width, height), scheme in SHAPES:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            file = out / f"{screen.name}-{width}-{scheme}.png"
            page.screenshot(path=file, full_page=True)
            print(file.relative_to(ROOT), flush=True)


def main() -> int:
    """Take every picture, or those named, and print the files."""
    only = set(sys.argv[1:])
    screens = [screen for screen in (*SITE, *ADMIN) if not only or screen.name in only]
    unknown = only - {screen.name for screen in screens}
    if unknown:
        print(f"Écran inconnu : {', '.join(sorted(unknown))}.")
        return 2
    out = ROOT / "var" / "shots"
    out.mkdir(parents=True, exist_ok=True)
    with serving("--no-ticker") as served, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        take(browser, served, screens, out)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
