"""manage.py import_decidim FILE.csv: brings a Decidim platform's contributions in an archive space."""

from ideas.decidim import KINDS, read_export
from ideas.services.importing import import_export, undo_import
from src.foundations.imports import BatchImportCommand
from src.participation.enums import Circle

DEFAULT_SPACE = "archive-decidim"


class Command(BatchImportCommand):
    """Brings in what a batch may later take away."""

    help = "Import a Decidim export (CSV, ';' or ','). Import debates or proposals before their comments."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--kind", choices=KINDS, help="what the file holds; found from its columns otherwise")
        parser.add_argument("--space", default=DEFAULT_SPACE, help="address of the archive space, made if missing")
        parser.add_argument("--space-name", default="", help="its name, when it is made")
        parser.add_argument(
            "--circle", choices=Circle.values, default=Circle.AGENTS.value, help="who sees it, when it is made"
        )
        parser.add_argument("--licence", default="", help="source and licence, shown on the space, when it is made")

    def bring_in(self, file, options):
        data = file.read_bytes()
        return import_export(
            read_export(data, options["kind"]),
            data=data,
            source_name=file.name,
            space_slug=options["space"],
            space_name=options["space_name"],
            circle=options["circle"],
            licence_note=options["licence"],
            dry_run=options["dry_run"],
            skip_errors=options["skip_errors"],
        )

    def take_away(self, batch):
        return undo_import(batch)
