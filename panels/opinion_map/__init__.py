"""The statement map: groups of people who vote alike, what is theirs, and what all of them share.

Pure Python over numpy: no model, no request. What it does, what it never shows: docs/panel-engines.md.
"""

from .mapping import OpinionMap, opinion_map
from .polis_files import Fault, FaultyFiles, read
from .votes import Statement, Votes

__all__ = ["Fault", "FaultyFiles", "OpinionMap", "Statement", "Votes", "opinion_map", "read"]
