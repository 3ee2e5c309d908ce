"""What the doctor says of the pages every site has."""

from django.utils.translation import gettext

from src.foundations.diagnosis import Level, Line

from .enums import Conformity
from .models import AccessibilityPage


def pages():
    """Whether the accessibility statement is there, and whether its audit still counts."""
    statement = AccessibilityPage.objects.live().order_by("path").first()
    if statement is None:
        yield Line(Level.PROBLEM, gettext("The accessibility statement is missing: run “manage.py migrate”."))
    elif statement.is_out_of_date:
        yield Line(Level.PROBLEM, gettext("The accessibility audit is over three years old: a new one is due."))
    elif statement.conformity == Conformity.NONE:
        yield Line(Level.LIMIT, gettext("No accessibility audit yet: the site says “not conforming”."))
    else:
        yield Line(Level.OK, gettext("The accessibility statement rests on a valid audit."))
