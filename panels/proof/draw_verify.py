"""Vérifie les fichiers publiés d'un tirage au sort de Terrain, sans rien de Terrain : Python 3.9 suffit.

    python draw_verify.py DOSSIER [--seal SCELLÉ] [--certified EMPREINTE] [--receipt REÇU] [--profiles FICHIER]
DOSSIER : manifeste.json, scelle.txt, feuilles.txt, quotas.json, tableau.txt et, ensuite, certification.json,
remplacements.json, annulation.json. SCELLÉ, EMPREINTE : les 64 signes du procès-verbal, avant les dés et après.
REÇU : le fichier de votre reçu, pour recompter votre chance. FICHIER : profils.json, pour les garants, sur place.
Répond 0 si tout concorde, 1 si quelque chose est faux (et dans quel fichier), 2 si rien n'a pu être vérifié.
"""

import argparse
import json
import re
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

MANIFEST, SEAL, LEAVES, QUOTAS, TABLE = "manifeste.json", "scelle.txt", "feuilles.txt", "quotas.json", "tableau.txt"
RECORD, MOVES, VOID = LATER = "certification.json", "remplacements.json", "annulation.json"
HASHED = {LEAVES: "leaves_sha256", QUOTAS: "quotas_sha256", TABLE: "table_sha256"}
NUMBERS = r"(?:0|[1-9][0-9]{0,39})(?: (?:0|[1-9][0-9]{0,39})){0,15}|[0-9a-f]{64}|[0-9a-f]{128}"
CHANGED = "n'est pas écrit comme il doit l'être : il a été modifié, ou coupé"
BROKEN = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
Wrong = type("Wrong", (ValueError,), {})


def need(held, words=CHANGED):
    if not held:
        raise Wrong(words)


def told(content):
    found = json.loads(content.decode())
    need((json.dumps(found, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode() == content)
    return found


def digest(tag, what):
    text = json.dumps(what, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(f"terrain-draw-{tag}-v1\n{text}".encode()).hexdigest()


def top(leaves):
    split = 1 << (len(leaves) - 1).bit_length() >> 1
    both = split and bytes.fromhex(top(leaves[:split]) + top(leaves[split:]))
    return sha256(b"terrain-draw-node-v1\n" + both).hexdigest() if both else leaves[0]


class Draw:
    def __init__(self, folder, seal="", certified="", receipt="", profiles=""):
        self.faults, self.notes, self.held = [], [], {}
        self.given, self.certified = ("".join(one.split()).lower() for one in (seal, certified))
        self.seal = self.sealed = self.pool = self.rules = self.rows = self.row = self.people = None
        steps = [(SEAL, self.scelle, "given"), (MANIFEST, self.manifest, "given"), (LEAVES, self.leaves, "sealed")]
        steps += [(QUOTAS, self.quotas, "sealed"), (TABLE, self.table, "pool"), (RECORD, self.record, "rows")]
        steps += [(profiles, self.profiles, "rules"), (MOVES, self.moves, "row"), (VOID, self.void, "seal")]
        for name, check, wanted in (step for step in [*steps, (receipt, self.receipt, "rows")] if step[0]):
            path = Path(name) if name in (receipt, profiles) else Path(folder, name)
            try:
                words = "n'est pas un simple fichier de moins de 32 Mo : il n'a pas été ouvert"
                need(path.lstat().st_size < 32 << 20 and path.is_file() and not path.is_symlink(), words)
                self.held[name] = content = path.read_bytes()
                hashed = self.sealed and name in HASHED and self.sealed[HASHED[name]]
                need(not hashed or hashed == sha256(content).hexdigest(), "n'est pas celui que le manifeste décrit")
                able = getattr(self, wanted) is not None
                check(content) if able else self.notes.append(f"{name} dépend d'un fichier faux ou absent : pas jugé.")
            except FileNotFoundError:
                self.faults += [(name, "manque")] if name not in LATER else []
            except BROKEN as why:
                self.faults.append((name, str(why) if type(why) is Wrong else CHANGED))

    def chained(self, tag, one, *before):
        need(one["digest"] == digest(tag, {key: value for key, value in one.items() if key != "digest"}))
        need(one["previous"] in before, "ne suit pas le scellé, ou ce qui a été écrit avant lui")

    def leaf_of(self, one):
        return digest("leaf", [one["ticket"], sorted(one["values"].items()), one["household"], one["nonce"]])

    def path_of(self, leaves, place):
        split = 1 << (len(leaves) - 1).bit_length() >> 1
        near, far = (leaves[:split], leaves[split:]) if place < split else (leaves[split:], leaves[:split])
        return [*self.path_of(near, place % split), top(far)] if split else []

    def scelle(self, content):
        signs = content.decode().split("\n")[0].replace(" ", "")
        words, check = " ".join(signs[at : at + 4] for at in range(0, 64, 4)), digest("check", signs)
        need(f"{words}\ncontrôle {check[:4]} {check[4:8]}\n".encode() == content)
        need(self.given in ("", signs), "n'est pas le scellé du procès-verbal")
        self.given = signs

    def manifest(self, content):
        """Le scellé juge le manifeste : celui du procès-verbal s'il est donné, sinon celui qui est publié."""
        seal = sha256(content).hexdigest()
        self.notes.append(f"Scellé : {seal}. Si ce n'est pas celui du procès-verbal, tout ceci peut avoir été refait.")
        need(self.given in ("", seal), "n'a pas l'empreinte du scellé : ce n'est pas ce qui a été scellé")
        one = told(content)
        need(one["v"] == 1 and one["reserve"] == "sha256-seed-row-ticket" and 1 <= one["rows"] <= 10000)
        need(one["seed"] == digest("seed", [one["pool_root"], one["quotas_sha256"], one["draw"]]))
        need({"public_number": True, "dice": one["rows"] == 1000}[one["beacon"]["kind"]])
        self.least, of = int(re.fullmatch(f"([1-9][0-9]{{0,4}})/{one['rows']}", one["floor"])[1]), one.get("completes")
        self.notes += [f"Il complète le tirage n° {of['draw']}, pour les places {of['seats']}."] if of else []
        self.seal, self.sealed = seal, one

    def leaves(self, content):
        pool = dict(line.split(" ") for line in content.decode().split("\n")[:-1])
        need("".join(f"{one} {pool[one]}\n" for one in sorted(pool)).encode() == content)
        root = [digest("root", [len(pool), top([*pool.values()])]), len(pool)]
        need(root == [self.sealed["pool_root"], self.sealed["people"]], "n'a pas la racine scellée")
        self.pool = pool

    def quotas(self, content):
        rules = told(content)
        need(rules["seats"] == self.sealed["seats"])
        both = [one | {"values": [[one["feature"], one["value"]]]} for one in rules["quotas"]] + rules["crossed"]
        self.rules = [({*map(tuple, one["values"])}, int(one["minimum"]), int(one["maximum"])) for one in both]

    def table(self, content):
        rows = [line.split(" ")[1:] for line in content.decode().split("\n")[:-1]]
        lines = [f"{at:0{len(str(len(rows) - 1))}} {' '.join(row)}\n" for at, row in enumerate(rows)]
        need("".join(lines).encode() == content and len(rows) == self.sealed["rows"])
        counts, sizes = Counter(one for row in rows for one in row), {*map(len, rows), *(len({*row}) for row in rows)}
        need(counts.keys() <= self.pool.keys() and sizes == {self.sealed["seats"]}, "a un panel mal composé")
        fair = min(counts.values()) >= self.least and len(self.pool) - len(counts) == self.sealed["without_chance"]
        need(fair, f"ne donne pas à chaque personne la chance annoncée ({self.sealed['floor']})")
        self.rows = rows

    def record(self, content):
        """La ligne que donnent les dés ou le nombre public, 16 bits à la fois, sans favoriser une ligne."""
        one, rows, counter, dice = told(content), len(self.rows), 0, self.sealed["beacon"]["kind"] == "dice"
        self.chained("certification", one, self.seal)
        need(self.certified in ("", one["digest"]), "n'a pas l'empreinte notée au procès-verbal")
        need(re.fullmatch("[0-9]{3}" if dice else NUMBERS, one["beacon"]))
        while (drawn := int(digest("row", [self.seal, one["beacon"], counter])[:4], 16)) >= 65536 // rows * rows:
            counter += 1
        row, counter = (int(one["beacon"]), 0) if dice else (drawn % rows, counter)
        need([one["row"], one["counter"]] == [row, counter], f"ne dit pas la ligne désignée ({row})")
        self.row, self.certified = row, one["digest"]
        self.notes.append(f"Le tirage désigne la ligne {row} de {TABLE}, devant {len(one['witnesses'])} témoins.")

    def unmet(self, row):
        held = [self.people[one] for one in row]
        for pairs, low, high in self.rules:
            if not low <= (found := sum(pairs <= values for values, _home in held)) <= high:
                return f"{sorted(pairs)} : {found}, au lieu de {low} à {high}"
        homes = [home for _values, home in held if home]
        return "deux personnes du même foyer" if len(homes) > len({*homes}) else ""

    def profiles(self, content):
        people, words = told(content)["people"], "n'est pas le vivier scellé : sa racine n'est pas celle du manifeste"
        need(digest("root", [len(people), top([*map(self.leaf_of, people)])]) == self.sealed["pool_root"], words)
        self.people = {one["ticket"]: ({*one["values"].items()}, one["household"]) for one in people}
        self.faults += [(LEAVES, "dit d'autres tickets")] * ([*self.people] != [*(self.pool or self.people)])
        broken = [f"ligne {at}, {found}" for at, row in enumerate(self.rows or ()) if (found := self.unmet(row))]
        self.faults += [(TABLE, f"a {len(broken)} panels contraires aux règles : {one}") for one in broken[:1]]
        self.notes.append(f"{len(self.rows or ())} panels relus : taille, quotas, croisements, listes, foyers.")

    def moves(self, content):
        """Chacun suit la réserve scellée ; avec les profils, c'est la première personne possible."""
        panel, gone, before, seed = {*self.rows[self.row]}, set(), self.certified, f"{self.sealed['seed']}|{self.row}|"
        order = sorted({*self.pool} - panel, key=lambda one: sha256((seed + one).encode()).digest())
        for number, one in enumerate(told(content)["entries"], 1):
            self.chained("substitution", one, before)
            out, new, before, listed = (one[key] for key in ("outgoing", "incoming", "digest", "listed"))
            rank, passed = order.index(new) + 1 if new in order else None, {who for who, _why in one["passed"]}
            sound = out in panel and new in {*self.pool} - panel - gone - passed and one["number"] == number
            right = passed <= {*order[: rank or 0]} if listed else one["reason"] and len({*one["signed"]}) > 1
            need(sound and right and one["rank"] == rank, f"ne suit pas la réserve scellée, au n° {number}")
            stay, gone = panel - {out}, gone | passed | {out}
            free = (who for who in order if who not in panel | gone and not self.unmet({*stay, who}))
            first = not (listed and self.people) or new == next(free, None)
            need(first, f"n'appelle pas la première personne possible, au n° {number}")
            panel = stay | {new}
            self.notes.append(f"Remplacement n° {number} : {out} par {new}" + ", hors de la réserve." * (not listed))

    def void(self, content):
        self.chained("void", told(content), "", self.seal, self.certified)
        self.notes.append("Ce tirage a été annulé : {on}, {reason}".format(**told(content)))

    def receipt(self, content):
        one, leaves = told(content), [*self.pool.values()]
        place = [*self.pool].index(one["ticket"])
        due = {"v": 1, "position": place, "people": len(leaves), "path": self.path_of(leaves, place)}
        need(self.leaf_of(one) == leaves[place] and due.items() <= one.items(), "n'est pas ce qui est scellé de vous")
        times = f"{sum(one['ticket'] in row for row in self.rows)} panels sur {len(self.rows)}"
        self.notes.append(f"Votre reçu est scellé tel que vous l'avez. Votre chance : vous êtes dans {times}.")


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-h", "--help", action="version", version=__doc__)
    parser.error = lambda _message: sys.exit(print(f"Demande non comprise.\n{__doc__}") or 2)
    for option in ("DOSSIER", "--seal", "--certified", "--receipt", "--profiles"):
        parser.add_argument(option, **{} if option == "DOSSIER" else {"default": ""})
    draw = Draw(*vars(parser.parse_args()).values())
    end = "Ces fichiers ne sont pas ceux du tirage, ou le tirage est faux." if draw.faults else "Tout concorde."
    for said in [*(f"FAUX  {name} {words}." for name, words in draw.faults), *draw.notes, end]:
        print("".join(sign if sign.isprintable() else "?" for sign in said))
    sys.exit(2 if MANIFEST not in draw.held else bool(draw.faults))
