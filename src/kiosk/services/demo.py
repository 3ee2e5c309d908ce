"""The kiosk of the demo city, at the depot of the Tanneurs: city content, in the city's language."""

from src.directory.models import Unit

from .enrolment import enrol_demo

PLACE, NAME = "PRO-TAN", "Tablette de la salle de prise de poste"


def load_kiosk() -> int:
    """Enrol it when it isn't there; answers how many came in."""
    return 1 if enrol_demo(Unit.objects.get(code=PLACE), NAME) else 0
