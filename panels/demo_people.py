"""The people of the demo city's panels: invented names, addresses and answers, the same each time.

Telephone numbers are of the series kept for fiction; postcodes are of no town.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .enums import ConsentPurpose, Need
from .services.registering import Registration
from .vault import Contact, Guardian

TOWN = "Marvenne"
WOMEN = (
    "Jeanne", "Fatoumata", "Claire", "Aïcha", "Monique", "Camille", "Linh", "Rosa", "Odette", "Meriem", "Justine",
    "Pauline", "Yvonne", "Sara", "Ingrid", "Mariama", "Élise", "Noémie", "Denise", "Ana", "Hélène", "Chloé", "Samira",
    "Lucette", "Véronique", "Émeline", "Nadège", "Soizic", "Teresa", "Irène",
)  # fmt: skip
MEN = (
    "Roger", "Karim", "Luc", "Mamadou", "Gérald", "Thomas", "Duc", "Paulo", "Marcel", "Nassim", "Julien", "Antoine",
    "Raymond", "Ivan", "Bilal", "Quentin", "Serge", "Enzo", "Norbert", "Abel", "Benoît", "Sacha", "Farouk", "Lucien",
    "Dominique", "Éric", "Tristan", "Goran", "Matteo", "Firmin",
)  # fmt: skip
FAMILIES = (
    "Auber", "Benchekroun", "Castagnier", "Da Rocha", "Esnault", "Fofana", "Gaillardet", "Hamidou", "Izard",
    "Jouvenel", "Kowalik", "Lemarquis", "Montaigu", "Nguyen-Pham", "Oukaci", "Peyrard", "Quillet", "Rossignol",
    "Sissoko", "Tarrade", "Ulrich", "Vasconcelos", "Weber-Lang", "Yildirim", "Zanetti", "Bordelet", "Chabrier",
    "Delorge", "Ferrandin", "Guerraoui", "Haddouche", "Lacombe", "Mercadier", "Ouvrard", "Pelletan", "Roumieux",
    "Sabatini", "Thévenot", "Vidalenc", "Zerrouki",
)  # fmt: skip
STREETS = (
    "rue des Tanneurs", "quai du Halage", "avenue du Port", "rue du Vieux-Four", "impasse des Peupliers",
    "rue des Roseaux", "place du Marché-Couvert", "boulevard de la Rive", "rue des Lavandières", "allée des Serres",
    "rue du Pont-Neuf", "chemin du Clos", "cours des Quais", "rue de la Verrerie", "passage des Bateliers",
    "rue des Trois-Moulins", "avenue des Tilleuls", "rue Basse", "rue de l’Écluse", "square des Mariniers",
)  # fmt: skip
POSTCODES = ("99001", "99002", "99003", "99004", "99005", "99006", "99007", "99008")
# Nobody there is anybody's household: no key is made of these addresses.
HOSTELS = (
    "Foyer des Mariniers, 3 quai du Halage",
    "CCAS, 1 place du Marché-Couvert",
    "Pension de famille, 8 rue Basse",
)
NEEDS = (
    (Need.CHILDCARE,), (Need.TRANSPORT,), (Need.STEP_FREE, Need.COMPANION), (Need.INTERPRETER,), (Need.BY_POST,),
    (Need.LARGE_PRINT, Need.BY_POST), (Need.SIGN_LANGUAGE,), (Need.HEARING_LOOP,), (Need.EASY_READ,),
)  # fmt: skip


@dataclass(frozen=True)
class Dweller:
    """Somebody as the roll knows them: a name and an address."""

    name: str
    is_woman: bool
    street: str
    postcode: str

    @property
    def line(self) -> str:
        """Their line in the file of a batch."""
        return f"{self.name};{self.street};{self.postcode};{TOWN}\n"


def dwellers(title: str, count: int) -> list[Dweller]:
    """So many people of the city; one in twenty shares the home of the one before, under the same name."""
    dice = random.Random(title)  # noqa: S311 - the same city each time
    found: dict[str, Dweller] = {}
    family = street = postcode = ""
    while len(found) < count:
        if not found or dice.randrange(20):
            family, postcode = dice.choice(FAMILIES), dice.choice(POSTCODES)
            street = f"{dice.randint(1, 240)} {dice.choice(STREETS)}"
        is_woman = dice.randrange(100) < 52
        name = f"{dice.choice(WOMEN if is_woman else MEN)} {family}"
        made = Dweller(name, is_woman, street, postcode)
        found.setdefault(made.line, made)
    return list(found.values())


def address_file(people: list[Dweller]) -> bytes:
    """The file of a batch."""
    return ("nom;adresse;code postal;commune\n" + "".join(one.line for one in people)).encode()


def phone(dice: random.Random) -> str:
    """A number of the series kept for fiction."""
    return f"06 39 98 {dice.randrange(100):02d} {dice.randrange(100):02d}"


def registrations(
    people: list[Dweller],
    answers: Mapping[str, Mapping[str, int]],
    title: str,
    *,
    met: bool = False,
    young: bool = False,
) -> Iterator[Registration]:
    """What each of them says: answers by weight, a need for one in eight, a guardian for the young.

    Of people met with associations, one in two lives in a hostel or gives no address at all.
    """
    dice = random.Random(f"{title} {met} {young}")  # noqa: S311 - the same city each time
    for place, one in enumerate(people):
        values = {key: dice.choices(list(weights), list(weights.values()))[0] for key, weights in answers.items()}
        values |= {"genre": "femme" if one.is_woman else "homme"}
        if young:
            values["age"] = next(iter(answers["age"]))
        family = one.name.partition(" ")[2]
        yield Registration(
            contact=_contact(one, dice, place if met else None),
            values=values,
            consents=_consents(dice),
            needs=dice.choice(NEEDS) if dice.randrange(8) == 0 or met and dice.randrange(3) == 0 else (),
            guardian=Guardian(name=f"{dice.choice(WOMEN)} {family}", phone=phone(dice)) if young else None,
        )


def _contact(one: Dweller, dice: random.Random, met: int | None) -> Contact:
    number = phone(dice)
    if met is not None and met % 2:
        if met % 4 == 1:
            return Contact(name=one.name, phone=number)
        return Contact(name=one.name, phone=number, address=HOSTELS[met % 3], postcode=one.postcode, town=TOWN)
    email = f"volontaire{dice.randrange(10**6):06d}@courrier.example" if dice.randrange(3) else ""
    return Contact(
        name=one.name, phone=number, email=email, address=one.street, postcode=one.postcode, town=TOWN
    )  # fmt: skip


def _consents(dice: random.Random) -> tuple[str, ...]:
    more = ((ConsentPurpose.NAME_PUBLISHED, 6), (ConsentPurpose.PICTURES, 4), (ConsentPurpose.RESEARCH, 5))
    return (ConsentPurpose.TAKE_PART, *(purpose for purpose, in_ten in more if dice.randrange(10) < in_ten))
