"""What a database refuses, in every question of every address: a NUL, a number beyond any."""

from itertools import product
from urllib.parse import quote

import pytest
from django.db import transaction

from src.foundations import ratelimit
from src.foundations.testing import forget_effects
from tests.access.addresses import addresses, fill
from tests.access.world import build_world

from .generated import LEFT_OUT, told
from .like_postgres import refusing_like_postgres

# Names that some page reads; each address is asked all of them together, then without those that choose a page.
NAMES = (
    "q etape direction boite mot genre tri commentaire fil repondre file age apres vers source retirer quoi par nom modifier "
    "matricule jour de close etat motif lieu semaine axe suite theme version together t lang facile tout code espace public "
    "annee mois unite statut limit sort step outcome space tag kind region since until direction_code state next retour token"
).split()
PAGES = ["page", "cursor", "commentaires"]
TEXTS = ["a\x00b", "99999999999999999999"]


@pytest.mark.slow
@pytest.mark.django_db
def test_what_a_database_refuses_is_answered_in_every_question():
    world = build_world()
    forget_effects()
    faulty, asked = [], 0
    for address in addresses():
        if LEFT_OUT.match(address.route) or address.route.startswith(("gestion/", "_util/")):
            continue
        here = fill(address, world.values(address.route, "other"))
        answer = world.client("admin").get(here)
        # A sheet to print is drawn for seconds, and asks nothing.
        if answer.status_code in (302, 303, 404, 405) or answer.headers.get("Content-Type") == "application/pdf":
            continue
        for text, names in product(TEXTS, ([*NAMES, *PAGES], NAMES)):
            value = quote(text, errors="surrogatepass")
            ratelimit.forget_memory()
            with transaction.atomic(), refusing_like_postgres():
                response = world.client("admin").get(f"{here}?{'&'.join(f'{name}={value}' for name in names)}")
                transaction.set_rollback(True)
            asked += 1
            if response.status_code >= 500:
                error = getattr(response, "exc_info", None)
                faulty.append((address.route, text, names[-1], told(error[1]) if error else ""))
    assert faulty == []
    assert asked > 500
