"""One way of writing a content, so that the same content has one fingerprint."""

import hashlib
import json


def written(content) -> str:
    """Compact JSON, keys sorted, characters as they are."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(content) -> str:
    """SHA-256 of a content, in hexadecimal."""
    return hashlib.sha256(written(content).encode()).hexdigest()
