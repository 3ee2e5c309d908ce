"""From a file or a paste to numbered units: each format is read into blocks, and blocks are cut the same way."""

from .blocks import CutUnit, cut
from .files import FORMATS, read_file, read_paste

__all__ = ["FORMATS", "CutUnit", "cut", "read_file", "read_paste"]
