"""``manage.py draw_verify FOLDER``: the published script on a folder of files, for guarantors on site."""

import subprocess
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from panels import proof


class Command(BaseCommand):
    help = (
        "Checks the published files of a draw in FOLDER, by the script that everybody downloads. With --profiles, "
        "reads each panel again person by person. Exit 0 when all agree, 1 when something is wrong and in which file, "
        "2 when nothing could be read."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="FOLDER", help="Folder of the downloaded files.")
        parser.add_argument("--seal", default="", help="The 64 signs of the minutes, before the row was known.")
        parser.add_argument("--certified", default="", help="The 64 signs of the minutes, afterwards.")
        parser.add_argument("--receipt", default="", help="File of a receipt.")
        parser.add_argument("--profiles", default="", help="profils.json, for guarantors, on site.")

    def handle(self, *args, folder, **options):
        script = Path(proof.__file__).with_name(proof.SCRIPT)
        given = [f"--{name}={options[name]}" for name in ("seal", "certified", "receipt", "profiles") if options[name]]
        # A process apart, so that what runs here is what runs elsewhere: the script, and nothing of the site.
        done = subprocess.run(  # noqa: S603 - our own script, arguments as a list
            [sys.executable, "-I", "-X", "utf8", str(script), *given, "--", folder], capture_output=True, check=False
        )
        self.stdout.write(done.stdout.decode(errors="replace"), ending="")
        self.stderr.write(done.stderr.decode(errors="replace"), ending="")
        if done.returncode:
            raise SystemExit(done.returncode)
