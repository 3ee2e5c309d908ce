"""The pinned requirements hold nothing but pins, hashes and comments; every direct dependency is explained."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z,]+\])?==[^\s]+( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pinned_requirements_hold_only_pins_hashes_and_comments(name):
    lines = (ROOT / name).read_text().splitlines()

    strange = [
        line for line in lines if line and not line.startswith("#") and not PIN.match(line) and not HASH.match(line)
    ]

    assert strange == []


def test_every_direct_dependency_has_its_line():
    explained = (ROOT / "docs/dependencies.md").read_text()
    wanted = [
        re.split(r"[\[<>=]", line)[0].strip()
        for name in ("requirements.in", "requirements-dev.in")
        for line in (ROOT / name).read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    ]

    missing = [name for name in wanted if f"`{name}`" not in explained]

    assert missing == []


def test_development_pins_agree_with_the_product_s():
    def pins(name):
        return dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", (ROOT / name).read_text(), re.M))

    product, development = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {name: development.get(name) for name in product} == product
