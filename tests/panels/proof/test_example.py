"""The page that newcomers read holds the numbers of a draw that anybody makes again."""

import hashlib
import re
from pathlib import Path

from panels import proof

from . import example
from .test_draw_verify import ALONE

PAGE = (Path(proof.__file__).resolve().parents[2] / "docs" / "draw-verification.md").read_text()


def test_the_page_holds_the_numbers_of_its_example():
    files = example.files()
    told, certified = proof.read_manifest(files[proof.MANIFEST]), proof.read_certification(files[proof.CERTIFICATION])
    receipt = proof.receipts_of(example.ENTRIES)[0]
    row = example.ROWS[certified["row"]]
    reserve = proof.reserve_of(told["seed"], certified["row"], [one.ticket for one in example.ENTRIES], row)

    for number in (told["pool_root"], told["quotas_sha256"], told["table_sha256"], told["seed"]):
        assert f"| `{number}` |" in PAGE
    assert f"| seal | `{proof.seal_of(files[proof.MANIFEST])}` |" in PAGE
    for line in receipt.as_text().splitlines()[1:]:
        assert f"    {line}\n" in PAGE
    assert f"**{certified['row']}**: `{certified['row']} {' '.join(row)}`" in PAGE
    assert f"`{' '.join(reserve)}`" in PAGE
    assert (certified["counter"], sum(receipt.ticket in one for one in example.ROWS), reserve[3]) == (
        0,
        3,
        receipt.ticket,
    )


def test_the_commands_of_the_page_print_what_it_says():
    commands = re.findall(r"    printf '(.+)' \| sha256sum\n    ([0-9a-f]{64})\n", PAGE)

    assert len(commands) == 2
    for text, printed in commands:
        assert hashlib.sha256(text.replace("\\n", "\n").encode()).hexdigest() == printed
    assert commands[0][1] == proof.leaf_of(example.ENTRIES[0]).hex()
    assert commands[1][1].startswith("9505") and int("9505", 16) == 38_149 and 38_149 % 10 == 9


def test_the_script_finds_the_example_right(tmp_path):
    for name, content in example.files().items():
        (tmp_path / name).write_bytes(content)

    draw = ALONE.Draw(tmp_path, receipt=str(tmp_path / "recu.json"), profiles=str(tmp_path / proof.PROFILES))

    assert draw.faults == []
    assert "10 panels relus : taille, quotas, croisements, listes, foyers." in draw.notes
