"""manage.py statement_map: groups and consensus from the files that Pol.is exports, without any panel of this site."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

ENDINGS = {
    "comments.csv": "comments.csv",
    "participants-votes.csv": "participants-votes.csv",
    "participant-votes.csv": "participants-votes.csv",
    "votes.csv": "votes.csv",
}
MOST_TOLD = 200
WHY = {
    "few_voters": "Aucun groupe n’est dessiné : il faut 30 personnes qui ont assez voté.",
    "no_groups": "Aucun groupe n’est dessiné : aucun partage ne laisse 10 personnes dans chaque groupe.",
}


class Command(BaseCommand):
    """Nothing of the database is read nor written."""

    help = "Make a statement map of the files that Pol.is exports. See docs/panel-engines.md."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "paths",
            metavar="PATH",
            nargs="+",
            type=Path,
            help="A folder, or files: comments.csv with votes.csv or participants-votes.csv (whatever comes before)",
        )
        parser.add_argument("--groups", type=int, choices=range(2, 6), help="how many groups")
        parser.add_argument("--points", action="store_true", help="write where people are too, without who they are")
        parser.add_argument("--out", type=Path, help="the file to write, instead of the screen")

    def handle(self, *args, paths, **options):
        from panels import opinion_map  # numpy is only for this command

        try:
            files = self._files(paths)
            names = {kind: path.name for kind, path in files.items()}
            data = {kind: path.read_bytes() for kind, path in files.items()}
            read = opinion_map.read(
                data["comments.csv"], data.get("votes.csv"), data.get("participants-votes.csv"), names
            )
        except OSError as error:
            raise CommandError(f"{error.filename} : ce fichier ne peut pas être lu.", returncode=2) from error
        except opinion_map.FaultyFiles as refused:
            for fault in refused.faults[:MOST_TOLD]:
                self.stderr.write(str(fault))
            left = len(refused.faults) - MOST_TOLD
            more = f" Les {left} suivantes ne sont pas écrites ici." if left > 0 else ""
            raise CommandError(f"{len(refused.faults)} erreur(s) : rien n’a été calculé.{more}") from refused
        found = opinion_map.opinion_map(read.votes, options["groups"])
        self._write(found, read, options)

    def _files(self, paths: list[Path]) -> dict[str, Path]:
        files: dict[str, Path] = {}
        for given in paths:
            if not given.exists():
                raise CommandError(f"{given} : ni fichier, ni dossier.", returncode=2)
            for path in sorted(given.glob("*.csv")) if given.is_dir() else [given]:
                # The longest ending first: participants-votes.csv ends as votes.csv does.
                ending = next((one for one in ENDINGS if path.name.endswith(one)), None)
                kind = ENDINGS.get(ending)
                if kind and files.setdefault(kind, path) != path:
                    raise CommandError(f"{files[kind].name} et {path.name} : lequel des deux ?", returncode=2)
                if kind is None and path == given:
                    raise CommandError(f"{path.name} : ce nom n’est celui d’aucun fichier attendu.", returncode=2)
        if "comments.csv" not in files:
            raise CommandError("Il manque comments.csv, les énoncés.", returncode=2)
        if len(files) == 1:
            raise CommandError("Il manque votes.csv ou participants-votes.csv, les votes.", returncode=2)
        return files

    def _write(self, found, read, options) -> None:
        told = found.record(points=options["points"])
        told["votes"] |= {"replaced": read.replaced, "undecided": read.undecided}
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        if options["out"] is None:
            self.stdout.write(text, ending="")
        else:
            try:
                options["out"].write_text(text, encoding="utf-8")
            except OSError as error:
                raise CommandError(f"{options['out']} : ce fichier ne peut pas être écrit.", returncode=2) from error
        say = self.stderr.write if options["out"] is None else self.stdout.write
        people, statements = told["participants"], told["statements"]
        say(
            f"{people['mapped']} personnes et {statements['used']} énoncés ; laissés de côté : "
            f"{people['under_seven_votes']} personnes de moins de 7 votes, "
            f"{statements['moderated_out']} énoncés écartés par la modération."
        )
        if found.why:
            say(WHY[found.why])
        else:
            sizes = ", ".join(str(group.people) for group in found.groups)
            say(f"{len(found.groups)} groupes : {sizes} personnes.")
        for remark in read.remarks:
            say(remark)
