"""One Chromium for the whole run and pages of every shape; imported by the tests that need them."""

import atexit
import os
import shutil
import time

import pytest

# With a window, as on a kiosk; the shell is the same engine without one, and costs two fifths less.
ORDINARY_BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "google-chrome")
BROWSERS = (os.environ.get("TERRAIN_CHROMIUM", ""), "chromium-headless-shell", *ORDINARY_BROWSERS)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE, DESKTOP = (360, 780), (1280, 900)
SHAPES = [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"), (DESKTOP, "dark")]
SHAPE_NAMES = ["phone-light", "phone-dark", "desktop-light", "desktop-dark"]

_started: dict = {}


def chromium_path(names=BROWSERS) -> str | None:
    """Where a Chromium is on this machine, if anywhere."""
    return next((found for name in names if name and (found := shutil.which(name))), None)


def _launch():
    """The one browser of this process; Playwright can't be started twice."""
    if "browser" not in _started:
        from playwright.sync_api import sync_playwright  # only where a browser is driven

        # Playwright runs a loop in this thread; Django would refuse its ORM to the tests.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        play = sync_playwright().start()
        _started["browser"] = play.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        atexit.register(play.stop)
    return _started["browser"]


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium; skipped with its reason where none is installed, failed where skips are forbidden."""
    if chromium_path() is None:
        reason = "No Chromium on this machine: apt-get install chromium, or set TERRAIN_CHROMIUM"
        if os.environ.get("TERRAIN_FORBID_SKIPS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return _launch()


@pytest.fixture
def open_page(chromium):
    """`open_page(shape=PHONE, scheme="light", js=True, cookies=[…], **context)` gives a page; all are closed after."""
    contexts = []

    def opened(shape=PHONE, scheme="light", *, js=True, cookies=(), **options):
        width, height = shape
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=js,
            locale=options.pop("locale", "fr-FR"),
            **options,
        )
        if cookies:
            context.add_cookies(list(cookies))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(45_000)
        return page

    yield opened
    for context in contexts:
        context.close()


def session_cookie(live_server, client) -> dict:
    """The cookie that signs a browser in as the account a test client is signed in with."""
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


def until(page, expression, seconds=5.0):
    """Wait until a JavaScript expression is true; Playwright's own wait_for_function needs eval, which our policy refuses."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, f"never true: {expression}"
        time.sleep(0.02)
