"""Hostile strings, requests and pages against the whole demo city; writes docs/evidence/hostile.json (`make hostile`).

    .venv/bin/python tests/hostile.py [--requests 5000] [--seed N] [--only strings|requests|stored|pages] [--routes ^gestion/]

strings   every form the screens lead to (tests/security/reach.py): each of the 300 strings in each of its fields; the API
          and the search boxes too
requests  requests drawn from the URLconf and the API's description (tests/security/generated.py)
stored    the strings in every column of words, then every page and every file read
pages     the strings sent as ideas and comments, looked at in Chromium under the site's policy; then every export

Everything is undone but the last two; the city is a copy, thrown away.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "src.config.settings.embedded"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from tests.browser.server import ROOT, prepared_city  # noqa: E402

EVIDENCE = ROOT / "docs" / "evidence" / "hostile.json"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--requests", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--only", choices=["strings", "requests", "stored", "pages"])
    parser.add_argument(
        "--seconds-a-form", type=float, default=20, help="of processor: the worst first, then what fits"
    )
    parser.add_argument(
        "--routes", default="", help="forms whose address matches alone; the others keep their figures"
    )
    asked = parser.parse_args()
    if asked.routes:
        asked.only = "strings"
    return asked


def main() -> int:
    asked = arguments()
    folder = Path(tempfile.mkdtemp(prefix="terrain-hostile-"))
    shutil.copytree(prepared_city(), folder, dirs_exist_ok=True)
    os.environ["TERRAIN_VAR"] = str(folder)
    import django  # only once the folder is named

    django.setup()
    import logging

    logging.disable(logging.ERROR)
    from tests.security import campaign, campaign_stored, campaign_strings
    from tests.security.like_postgres import refusing_like_postgres

    report = json.loads(EVIDENCE.read_text()) if asked.only and EVIDENCE.exists() else {}
    wrong: list[str] = []
    try:
        parts = {"strings": campaign_strings.strings, "requests": campaign.requests,
                 "pages": campaign.pages, "stored": campaign_stored.stored}  # fmt: skip
        for name, part in parts.items():
            if asked.only in (None, name):
                started = time.monotonic()
                asked.known = report.get(name, {})
                with refusing_like_postgres():
                    figures, found = part(asked, folder)
                figures["seconds"] = round(time.monotonic() - started)
                figures["faults"] = found
                report[name] = figures
                wrong += found
                told = {key: value for key, value in figures.items() if not isinstance(value, dict)}
                print(f"{name} : {told | {'faults': len(found)}}", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for line, times in Counter(wrong).most_common(60):
        print(f"  {times} × {line[:300]}")
    # Another part may have been written meanwhile: this run tells of its own.
    others = json.loads(EVIDENCE.read_text()) if asked.only and EVIDENCE.exists() else {}
    EVIDENCE.write_text(json.dumps(others | {asked.only: report[asked.only]} if asked.only else report,
                                   ensure_ascii=False, indent=1) + "\n")  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
