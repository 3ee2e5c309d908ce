"""Who may vote: found by the rule in the directory, at the opening."""

from src.participation.audience import people_of

from .enums import Electorate


def people_by_rule(ballot):
    """The accounts that the rule gives today, as a queryset in no order."""
    people = people_of(ballot.space)
    if ballot.electorate == Electorate.UNIT:
        people = people.filter(current_affectation__unit__path__startswith=ballot.electorate_unit.path)
    return people.order_by()
