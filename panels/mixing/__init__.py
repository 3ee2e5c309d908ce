"""Tables that mix: who sits where at each round, so that people meet as many others as they can.

Pure Python over numpy: no model, no request. What it does and how to read it: docs/panel-engines.md.
"""

from .planning import Plan, plan, replan
from .setup import Clash, Impossible, Person, Pin, Setup, Table, tables_for

__all__ = ["Clash", "Impossible", "Person", "Pin", "Plan", "Setup", "Table", "plan", "replan", "tables_for"]
