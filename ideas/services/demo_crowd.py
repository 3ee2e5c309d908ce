"""The plain colleagues of the demo city: those who support and comment."""

import random
from datetime import date

from django.contrib.auth.hashers import make_password

from src.directory.models import Affectation, Unit, User
from src.directory.services import create_accounts
from src.directory.services.agents import repost

COLLEAGUES = 260

FIRST_NAMES = (  # noqa: SIM905 - a list of sixty names reads better as a text
    "Alice Amina Antoine Aurélie Baptiste Béatrice Brahim Camille Carole Cédric Chantal Damien Dalila David Denis "
    "Djamila Éric Estelle Fabrice Farida Florence Franck Gaëtan Geneviève Grégory Habib Hakim Hélène Hervé Ibrahima "
    "Inès Jacques Jamila Joël Julien Karima Kevin Laurence Leïla Loïc Lucie Magali Mamadou Manon Marc Martine Mehdi "
    "Mireille Mohamed Monique Nabil Nadège Nicolas Noémie Océane Olivier Oumar Patricia Philippe Quentin Rachel "
    "Romain Sabrina Salima Sébastien Sonia Stéphane Sylvie Tarek Thierry Ursula Valérie Wilfried Yasmina Yves Zohra"
).split()
LAST_NAMES = (  # noqa: SIM905
    "Achard Ait-Ali Bellanger Benoît Berthier Blanchet Bonnet Boucher Bouvier Chevalier Cissé Collin Da-Silva Daniel "
    "Delattre Diarra Dufour Dupuis Fernandes Ferrand Fontaine Gaillard Gauthier Germain Girard Guérin Hamidi Hubert "
    "Jacquet Joly Kaba Lacroix Lamy Langlois Legrand Lemaire Leroy Lopes Mahé Marchal Marty Masson Mercier Meunier "
    "Millet Morvan-Roy Moulin Navarro Ndiaye Nicolas Noël Ould Pages Paris Pereira Perrier Picot Poirier Prunier "
    "Renard Rey Robin Rossi Roussel Sané Schmitt Tessier-Roux Thomas Toure Vidal Weber Yilmaz Zidane"
).split()


def load_colleagues() -> list[User]:
    """The plain colleagues who support and comment: no role, no e-mail, no way to sign in."""
    known = {user.username: user for user in User.objects.filter(username__startswith="collegue")}
    names = [f"collegue{number:03d}" for number in range(1, COLLEAGUES + 1)]
    missing = [name for name in names if name not in known]
    if missing:
        dice = random.Random(1871)  # noqa: S311 - a reproducible city, not a secret
        closed = make_password(None)
        made = create_accounts(
            [
                User(
                    username=name,
                    first_name=dice.choice(FIRST_NAMES),
                    last_name=dice.choice(LAST_NAMES),
                    password=closed,
                )
                for name in missing
            ]
        )
        _post(made, dice)
        known |= {user.username: user for user in made}
    return [known[name] for name in names]


def _post(people: list[User], dice: random.Random) -> None:
    """Post the colleagues where people work, larger units first; the head-counts already contain them."""
    units = list(Unit.objects.filter(kind="service", valid_until__isnull=True).order_by("code"))
    weights = [max(unit.headcount, 1) for unit in units]
    before = dict(Unit.objects.values_list("pk", "headcount"))
    repost(
        [
            Affectation(user=user, unit=unit, job_title="", starts_on=date(2020, 1, 1))
            for user, unit in zip(people, dice.choices(units, weights, k=len(people)), strict=True)
        ]
    )
    changed = [unit for unit in Unit.objects.all() if unit.headcount != before[unit.pk]]
    for unit in changed:
        unit.headcount = before[unit.pk]
    Unit.objects.bulk_update(changed, ["headcount"])
