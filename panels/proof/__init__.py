"""The proof of a draw: files anybody can check, sealed before the dice are thrown and never written again.

Pure Python, standard library alone; plain values come in, bytes go out. What is in each file, what a newcomer can
check and what it doesn't prove: docs/draw-verification.md. ``draw_verify.py`` is downloaded by those who check, and
shares nothing with the rest.
"""

from .canonical import Refused
from .files import (
    CERTIFICATION,
    LEAVES,
    MANIFEST,
    PROFILES,
    QUOTAS,
    SCRIPT,
    SEAL,
    SUBSTITUTIONS,
    TABLE,
    VOID,
    leaves_file,
    profiles_file,
    quotas_file,
    read_leaves,
    read_profiles,
    read_quotas,
    read_table,
    script,
    table_file,
)
from .leaves import Entry, leaf_of, new_nonce, root_of
from .manifest import Beacon, Completed, manifest_file, read_manifest, seal_file, seal_of, seal_words, seed_of
from .minutes import Line, minutes_after, minutes_before
from .receipts import Receipt, read_receipt, receipts_of, typed_receipt
from .records import (
    Substitution,
    certification_file,
    read_certification,
    read_substitutions,
    substitutions_file,
    void_file,
)
from .reserve import reserve_of
from .reveal import row_of

__all__ = [
    "CERTIFICATION",
    "LEAVES",
    "MANIFEST",
    "PROFILES",
    "QUOTAS",
    "SCRIPT",
    "SEAL",
    "SUBSTITUTIONS",
    "TABLE",
    "VOID",
    "Beacon",
    "Completed",
    "Entry",
    "Line",
    "Receipt",
    "Refused",
    "Substitution",
    "certification_file",
    "leaf_of",
    "leaves_file",
    "manifest_file",
    "minutes_after",
    "minutes_before",
    "new_nonce",
    "profiles_file",
    "quotas_file",
    "read_certification",
    "read_leaves",
    "read_manifest",
    "read_profiles",
    "read_quotas",
    "read_receipt",
    "read_substitutions",
    "read_table",
    "receipts_of",
    "reserve_of",
    "root_of",
    "row_of",
    "script",
    "seal_file",
    "seal_of",
    "seal_words",
    "seed_of",
    "substitutions_file",
    "table_file",
    "typed_receipt",
    "void_file",
]
