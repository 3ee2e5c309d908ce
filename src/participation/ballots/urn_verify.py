"""Vérifie les fichiers publiés d'un scrutin de Terrain et refait le compte, sans rien de Terrain : Python 3.9 suffit.

    python urn_verify.py DOSSIER [--fingerprint EMPREINTE] [--receipt XXXX-XXXX-XXXX]

DOSSIER : manifeste.json, resultats.json et, pour un vote secret, recus.txt (et urne.bin, remis à qui vérifie l'urne).
EMPREINTE : celle du procès-verbal. Répond 0 si tout concorde, 1 si quelque chose est faux, 2 si rien n'est lisible.
"""

import argparse
import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

NAMES = MANIFEST, RESULTS, RECEIPTS, URN = "manifeste.json", "resultats.json", "recus.txt", "urne.bin"
SIGNS, BOX, PASSABLE, REJECT = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 304, 4, 6
faults, notes = [], []


def check_manifest(held, fingerprint):
    """L'empreinte du procès-verbal juge le manifeste, et le manifeste les autres fichiers."""
    seal = hashlib.sha256(held[MANIFEST]).hexdigest()
    notes.append(f"Empreinte de {MANIFEST} : {seal}")
    if fingerprint and seal != "".join(fingerprint.split()).lower():
        return faults.append((MANIFEST, "n'a pas l'empreinte du procès-verbal : ce n'est pas le manifeste publié"))
    try:
        told = json.loads(held[MANIFEST])
        assert told["v"] == 1 and RESULTS in told["files"] and set(told["files"]) <= set(NAMES[1:])
        assert held[MANIFEST] == (json.dumps(told, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()
    except (AssertionError, LookupError, TypeError, ValueError):
        return faults.append((MANIFEST, "n'est pas écrit comme le site l'écrit : il a été modifié"))
    doubt = "" if fingerprint else f" (ou {MANIFEST} : sans l'empreinte du procès-verbal, on ne sait lequel)"
    for name in NAMES[1:]:
        listed, content = told["files"].get(name), held.get(name)
        if name == URN and listed and content is None:
            notes.append(f"{URN} n'est pas là : les bulletins scellés n'ont pas été vérifiés.")
        elif listed != (content and {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}):
            faults.append((name, "manque, ou n'est pas le fichier que décrit le manifeste : il a été modifié" + doubt))
    return None


def receipt_of(box):
    number = int(hashlib.sha256(box).hexdigest(), 16) >> 196
    signs = "".join(SIGNS[number >> 5 * place & 31] for place in range(11, -1, -1))
    return "-".join(signs[start : start + 4] for start in (0, 4, 8))


def check_receipts(held, ballots, own):
    """Les reçus : triés, uniques, autant que de bulletins, et ceux des bulletins scellés quand l'urne est là."""
    lines, urn = held[RECEIPTS].decode().splitlines(), held.get(URN)
    if lines != sorted(set(lines)) or len(lines) != ballots:
        faults.append((RECEIPTS, f"n'est pas une liste triée de {ballots} reçus différents, un par bulletin compté"))
    if urn is not None and [receipt_of(urn[at : at + BOX]) for at in range(0, len(urn), BOX)] != lines:
        faults.append((URN, f"ne contient pas les bulletins dont {RECEIPTS} donne les reçus"))
    signs = own.upper().replace("O", "0").replace("I", "1").replace("L", "1").replace("-", "").replace(" ", "")
    if own and signs not in {line.replace("-", "") for line in lines}:
        faults.append((RECEIPTS, f"ne contient pas votre reçu {own}"))
    elif own:
        notes.append(f"Votre reçu {own} est dans la liste : votre bulletin a été compté.")


def enough(majority, number, base):
    return 2 * number > base if majority == "half" else number > 0 and (majority == "most" or 3 * number >= 2 * base)


def majority_value(row):
    """La mention médiane (la plus basse des deux du milieu), puis la suivante quand on l'a retirée, jusqu'au bout."""
    grades, found = [grade for grade, number in enumerate(row) for _vote in range(number)], []
    while grades:
        found.append(grades.pop(len(grades) // 2))
    return found


def buy(sets, votes, costs, share, lots):
    """Les achats à parts égales : à chaque tour, le projet du plus grand nombre de voix effectives."""
    scale, money, bought = share.denominator, [share.numerator] * len(sets), []
    while True:
        offers = []
        for option in set(range(len(costs))) - {one for one, _price in bought}:
            held, due, payers = {}, costs[option] * scale, votes[option]
            for place, (chosen, number) in enumerate(sets):
                if option in chosen:
                    held[money[place]] = held.get(money[place], 0) + number
            for amount in sorted(held):
                if due <= amount * payers:
                    break
                due, payers = due - amount * held[amount], payers - held[amount]
            if payers:
                price = Fraction(due, payers * scale)
                offers.append((price / costs[option], costs[option], -votes[option], lots[option], option, price))
        if not offers:
            return bought
        best, price = min(offers)[-2:]
        bought.append([best, [price.numerator, price.denominator]])
        due, times, scale = price.numerator * scale, price.denominator, scale * price.denominator
        paid = [min(amount * times, due) * (best in sets[place][0]) for place, amount in enumerate(money)]
        money = [amount * times - paid[place] for place, amount in enumerate(money)]


def shared(rules, sets, votes, base):
    """Parts relevées d'un centième jusqu'à épuiser le budget, puis ce qui rentre, par nombre de voix."""
    labels, costs, kept, bought = rules["labels"], rules["costs"], [], []
    drawn = sorted([sorted(labels[option] for option in one), number] for one, number in sets)
    drawn = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))
    lots = [hashlib.sha256(f"{drawn}\n{label}".encode()).hexdigest() for label in labels]
    order = sorted(range(len(labels)), key=lambda option: (-votes[option], costs[option], lots[option]))

    def fits(option):
        return option not in kept and votes[option] and sum(costs[one] for one in [*kept, option]) <= rules["budget"]

    for percent in range(100, 401 if base else 0):
        raised = buy(sets, votes, costs, Fraction(rules["budget"] * percent, base * 100), lots)
        if sum(costs[option] for option, _price in raised) > rules["budget"]:
            break
        bought, kept = raised, [option for option, _price in raised]
        if not any(map(fits, order)):
            break
    for option in filter(fits, order):
        kept.append(option)
    return order, kept, bought


def recount(told):
    """Refait le compte à partir des totaux publiés, et le compare au résultat publié."""
    rules, total, published = told["rules"], told["total"], told["outcome"]
    base, method, rule = total["ballots"] - total["blank"] - total["void"], rules["method"], rules["majority"]
    if "sets_hidden" in total or None in total.get("counts", total.get("grades")):
        return notes.append("Des nombres sont masqués pour protéger les choix : le compte n'a pas pu être refait.")
    counts, sets, grades = total.get("counts", []), total.get("sets", []), total.get("grades", [])
    parts = [told[name] for name in ("web", "paper", "total") if name in told]
    parts = [[one["ballots"], one["blank"], *one.get("counts", []), *sum(one.get("grades", []), [])] for one in parts]
    if parts[2:] and any(web + paper != both for web, paper, both in zip(*parts)):  # noqa: B905
        faults.append((RESULTS, "a un total qui n'est pas celui du web et du papier"))
    each = [sum(number for chosen, number in sets if option in chosen) for option in range(len(counts))]
    sums = {sum(row) for row in [*grades, *[counts] * (method == "yes_no"), *[[one[1] for one in sets]] * bool(sets)]}
    low = min([base, total["void"], *parts[-1]]) < 0
    if any([low, max(counts, default=0) > base, sums - {base}, sets and each != counts]):
        faults.append((RESULTS, "a des totaux qui ne font pas les bulletins exprimés"))
    worth = [-number for number in counts] or [majority_value(row) for row in grades]
    liked = counts or [sum(row[: REJECT if rule == "most" else PASSABLE + 1]) for row in grades]
    rule = "half" if grades and rule == "most" else rule
    order = sorted(range(len(worth)), key=lambda option: (worth[option], option))
    passing = [option for option in order if enough(rule, liked[option], base)]
    alike = {one: [at for at, other in enumerate(passing) if worth[other] == worth[one]] for one in passing}
    seats, bought = 1 if method == "yes_no" else rules["seats"], []
    kept = [option for option in passing if alike[option][-1] < seats]
    tied = [option for option in passing if alike[option][0] < seats <= alike[option][-1]]
    if method == "equal_shares":
        tied, (order, kept, bought) = [], shared(rules, sets, counts, base)
    met = 100 * told["voted"] >= rules["quorum_percent"] * told["electors"] if rules["quorum_percent"] else None
    kept, tied = ([], []) if met is False else (kept, tied)
    medians = [[option, worth[option][0]] for option in order if grades and base]
    found = {"quorum_met": met, "ranking": order, "retained": kept, "tied": tied, "median": medians, "bought": bought}
    for code, key in (("median", "grade"), ("bought", "price")):
        published[code] = [[step["option"], step[key]] for step in published["steps"] if step["code"] == code]
    for key in [key for key in found if published[key] != found[key]]:
        faults.append((RESULTS, f"dit autre chose que le compte refait ({key} : {found[key]})"))
    return faults or notes.append("Le compte a été refait à partir des totaux : même résultat.")


def verify(folder, fingerprint="", own=""):
    """Ce qui est faux, fichier par fichier, et ce qu'il faut savoir."""
    faults.clear(), notes.clear()
    held = {name: (Path(folder) / name).read_bytes() for name in NAMES if (Path(folder) / name).is_file()}
    check_manifest(held, fingerprint)
    held = {name: content for name, content in held.items() if name not in dict(faults)}
    told = json.loads(held.get(RESULTS, "{}"))
    if told and told["voted"] != told["ballots"]:
        faults.append((RESULTS, f"dit que {told['voted']} personnes ont voté et compte {told['ballots']} bulletins"))
    if told and RECEIPTS in held:
        check_receipts(held, told["ballots"], own)
    elif own:
        notes.append("Sans une liste de reçus et des résultats intacts, votre reçu n'a pas été cherché.")
    if "outcome" in told:
        recount(told)
    if not fingerprint:
        notes.append("Sans l'empreinte du procès-verbal, rien ne distingue ces fichiers d'autres refaits ensemble.")
    return faults, notes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("DOSSIER", "--fingerprint", "--receipt"):
        parser.add_argument(name, default="")
    try:
        verify(*vars(parser.parse_args()).values())
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        print(f"Rien n'a pu être vérifié : un fichier manque ou n'est pas lisible ({error!r}).")
        return 2
    print(*(f"FAUX  {name} {words}." for name, words in faults), *notes, sep="\n")
    print("Ces fichiers ne sont pas ceux du scrutin, ou le compte est faux." if faults else "Tout concorde.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
