"""What keeps a draw provable whatever its people are called and whatever is thrown; and that the script agrees."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panels import proof
from panels.proof import canonical, leaves, reveal

from . import draws
from .test_draw_verify import ALONE

HOSTILE = st.sampled_from(
    [
        "",
        "|",
        "||",
        ",",
        '"',
        '","',
        "\n",
        "\r\n",
        "\0",
        " ",
        "\\",
        "\\n",
        "é",
        "é",
        "👩‍👧",
        "👩",
        "\u202e",
        "ﬁ",
        "fi",
        "[]",
    ]
)
TEXT = st.text(max_size=6) | st.lists(HOSTILE, max_size=4).map("".join)
VALUES = st.dictionaries(TEXT, TEXT, max_size=3)
NONCES = st.binary(min_size=16, max_size=16)
TICKETS = st.from_regex(r"[0-9A-Z]{1,4}(-[0-9A-Z]{1,3})?", fullmatch=True)
ENTRIES = st.builds(proof.Entry, TICKETS, VALUES, NONCES, TEXT)
POOLS = st.lists(ENTRIES, min_size=1, max_size=7, unique_by=lambda one: one.ticket)
MANY = settings(max_examples=150, deadline=None)
SOME = settings(max_examples=40, deadline=None)


def root(pool):
    return proof.root_of([proof.leaf_of(one) for one in leaves.ordered(pool)])


def content(entry):
    return entry.ticket, tuple(sorted(entry.values.items())), entry.household, entry.nonce


@MANY
@given(st.tuples(TEXT, VALUES, TEXT), st.tuples(TEXT, VALUES, TEXT), NONCES)
def test_two_people_never_share_a_leaf(one, other, nonce):
    """Nor does text moved from the ticket to a value, from a value to its feature, or to the household."""
    left, right = (proof.Entry(ticket, values, nonce, home) for ticket, values, home in (one, other))

    assert (proof.leaf_of(left) == proof.leaf_of(right)) == (content(left) == content(right))


@pytest.mark.parametrize("sign", ["|", ",", '"', '","', "\n", "\0", " ", "\\", "é", "👩‍👧", "\u202e"])
def test_a_separator_moved_is_another_leaf(sign):
    nonce = bytes(16)
    made = [
        proof.Entry(f"A{sign}B", {"c": "d"}, nonce),
        proof.Entry("A", {f"B{sign}c": "d"}, nonce),
        proof.Entry("A", {"B": f"c{sign}d"}, nonce),
        proof.Entry("A", {"B": "c"}, nonce, f"{sign}d"),
        proof.Entry("A", {"B": f"c{sign}", "d": ""}, nonce),
        proof.Entry("A", {"B": "c", f"{sign}d": ""}, nonce),
    ]

    assert len({proof.leaf_of(one) for one in made}) == len(made)


def test_composed_and_combining_characters_are_two_leaves_and_half_a_character_none():
    nonce = bytes(16)
    assert proof.leaf_of(proof.Entry("A", {"v": "\xe9"}, nonce)) != proof.leaf_of(
        proof.Entry("A", {"v": "e\u0301"}, nonce)
    )
    for half in ("\ud83d", "\ud83d\ude00"):
        with pytest.raises(proof.Refused, match="half of a character"):
            proof.leaf_of(proof.Entry("A", {"v": half}, nonce))
    for wrong in (proof.Entry("A", {"v": 1}, nonce), proof.Entry("A", {}, nonce[1:]), proof.Entry("A", {}, "0" * 16)):
        with pytest.raises(proof.Refused):
            proof.leaf_of(wrong)


@SOME
@given(POOLS, POOLS)
def test_two_pools_never_share_a_root(one, other):
    assert (root(one) == root(other)) == (set(map(content, one)) == set(map(content, other)))


@SOME
@given(POOLS, st.data())
def test_a_pool_changed_by_one_person_has_another_root(pool, data):
    place = data.draw(st.integers(0, len(pool) - 1))
    one = pool[place]
    for changed in (
        replace(one, values=dict(one.values) | {"autre": "valeur"}),
        replace(one, household=one.household + "x"),
        replace(one, nonce=bytes([one.nonce[0] ^ 1]) + one.nonce[1:]),
        replace(one, ticket=one.ticket + "Z-0Z0Z0Z"),
    ):
        assert root([*pool[:place], changed, *pool[place + 1 :]]) != root(pool)
    if len(pool) > 1:
        assert root([*pool[:place], *pool[place + 1 :]]) != root(pool)


@SOME
@given(POOLS, st.randoms(use_true_random=False))
def test_the_order_of_people_and_values_changes_nothing(pool, dice):
    shuffled = [
        replace(one, values=dict(dice.sample(sorted(one.values.items()), len(one.values))))
        for one in dice.sample(pool, len(pool))
    ]

    assert root(shuffled) == root(pool)
    assert proof.leaves_file(shuffled) == proof.leaves_file(pool)
    assert proof.profiles_file(shuffled) == proof.profiles_file(pool)


def test_nobody_is_repeated_to_fill_a_level():
    """The weakness of trees that repeat the last leaf (CVE-2012-2459): a list and the same with its end twice."""
    made = [bytes([place]) * 32 for place in range(9)]
    roots = {
        proof.root_of([*made[:number], *made[number - back : number]])
        for number in range(1, 10)
        for back in range(number)
    }
    lists = {(*range(number), *range(number - back, number)) for number in range(1, 10) for back in range(number)}

    assert len(roots) == len(lists)


def test_a_node_is_never_a_leaf():
    """A tree whose leaves are the nodes of another has another root: leaves, nodes and roots have their tags."""
    made = [bytes([place]) * 32 for place in range(4)]
    nodes = [leaves._node(made[0], made[1]), leaves._node(made[2], made[3])]

    assert proof.root_of(nodes) != proof.root_of(made)
    assert len({canonical.tagged(tag) for tag in ("leaf", "node", "root")}) == 3


@SOME
@given(POOLS)
def test_a_receipt_proves_its_own_leaf_alone(pool):
    receipts, sealed = proof.receipts_of(pool), root(pool)
    for one in receipts:
        assert one.proves(sealed)
        for other in receipts:
            if other is not one:
                assert not replace(one, position=other.position).proves(sealed)
                assert not replace(one, path=other.path, position=other.position).proves(sealed)
                assert not replace(one, nonce=other.nonce, ticket=other.ticket).proves(sealed)
        assert not replace(one, household=one.household + "x").proves(sealed)
        assert not replace(one, people=one.people + 1).proves(sealed)
        assert not replace(one, path=(*one.path, "0" * 64)).proves(sealed)
        assert not one.proves("0" * 64)


@SOME
@given(POOLS)
def test_a_receipt_is_read_as_it_was_written(pool):
    for one in proof.receipts_of(pool):
        assert proof.read_receipt(one.as_json()) == one


def test_a_receipt_on_paper_is_short_and_its_check_begins_the_published_leaf():
    """The secret number is written as the ULID specification writes 128 bits; its greatest one is known."""
    pool = [replace(one, ticket=f"P-7KQ4{place}", nonce=b"\xff" * 16) for place, one in enumerate(draws.people(5))]
    receipt = proof.receipts_of(pool)[1]
    printed = receipt.as_text()

    assert printed == (
        "Reçu du tirage au sort\n"
        "Ticket P-7KQ41\n"
        "Nombre 7ZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZ\n"
        "Profil age = 30-49\n"
        "Profil gender = femme\n"
        "Profil list = electors\n"
        "Foyer FOYER-0\n"
        f"Contrôle {receipt.check}\n"
    )
    line = proof.leaves_file(pool).decode().splitlines()[1]
    assert line.startswith(f"P-7KQ41 {receipt.check}")


@MANY
@given(ENTRIES)
def test_paper_is_typed_back_whatever_was_printed(entry):
    (receipt,) = proof.receipts_of([entry])
    printed = receipt.as_text()

    assert content(proof.typed_receipt(printed)) == content(entry)
    assert content(proof.typed_receipt(printed.replace("Nombre ", "Nombre  ").replace("\n", " \r\n"))) == content(
        entry
    )


def test_a_slip_of_the_pen_is_told():
    (receipt, *_rest) = proof.receipts_of(draws.people(5))
    printed, dice, told = receipt.as_text(), random.Random(3), 0
    line = next(one for one in printed.splitlines() if one.startswith("Nombre"))
    for _time in range(100):
        place = dice.choice([at for at, sign in enumerate(line) if at > 6 and sign != "-"])
        other = dice.choice([sign for sign in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if sign != line[place]])
        try:
            proof.typed_receipt(printed.replace(line, line[:place] + other + line[place + 1 :]))
        except proof.Refused:
            told += 1
    assert told == 100
    confused = line[:7] + line[7:].replace("0", "o").replace("1", "l").lower()
    assert proof.typed_receipt(printed.replace(line, confused)).nonce == receipt.nonce
    for wrong in ("", "Ticket A", printed.replace("Ticket", "Tiquet"), printed.replace("Nombre", "Nombre Z")):
        with pytest.raises(proof.Refused):
            proof.typed_receipt(wrong)


@SOME
@given(POOLS)
def test_files_are_read_as_they_were_written(pool):
    held = proof.read_leaves(proof.leaves_file(pool))
    again = proof.read_profiles(proof.profiles_file(pool))

    assert held == {one.ticket: proof.leaf_of(one) for one in leaves.ordered(pool)}
    assert [content(one) for one in again] == [content(one) for one in leaves.ordered(pool)]


def test_a_file_that_differs_by_one_byte_is_refused():
    sealed, dice = draws.made(), random.Random(11)
    readers = {
        proof.LEAVES: proof.read_leaves,
        proof.QUOTAS: proof.read_quotas,
        proof.TABLE: proof.read_table,
        proof.MANIFEST: proof.read_manifest,
        proof.CERTIFICATION: proof.read_certification,
        proof.SUBSTITUTIONS: proof.read_substitutions,
    }
    for name, reader in readers.items():
        held = sealed.files[name]
        for _time in range(50):
            place = dice.randrange(len(held))
            made = held[:place] + bytes([held[place] ^ dice.randrange(1, 256)]) + held[place + 1 :]
            try:
                told = reader(made)
            except proof.Refused:
                continue
            assert told != reader(held), name


@pytest.mark.parametrize("kind", draws.BEACONS)
def test_the_script_agrees_on_a_draw_of_any_size(tmp_path, kind):
    """Pools of many sizes, some of one person more than a power of two; the script and the rest share no code."""
    for size in (40, 41, 63, 64, 65):
        entries = draws.people(size)
        entries = [replace(one, household="") for one in entries]
        table = draws.rows() if kind == "dice" else draws.rows()[: 200 + size]
        missing = [one for one in entries if not any(one.ticket in row for row in table)]
        sealed = draws.made(kind, entries=[one for one in entries if one not in missing] + missing, table=table)
        folder = sealed.written_in(tmp_path / f"{size}")
        (folder / proof.PROFILES).write_bytes(sealed.profiles)
        receipt = sealed.receipts[-1]
        (folder / "recu.json").write_bytes(receipt.as_json())

        draw = ALONE.Draw(
            folder, receipt=str(folder / "recu.json"), profiles=str(folder / proof.PROFILES), seal=sealed.seal
        )

        assert draw.faults == []
        assert draw.sealed["without_chance"] == len(missing) == size - 40
        assert draw.row == proof.read_certification(sealed.files[proof.CERTIFICATION])["row"]
        assert draw.seal == sealed.seal


def test_three_dice_are_the_row():
    assert [reveal.row_of("dice", f"{row:03}", seal="0" * 64, rows=1000) for row in range(1000)] == [
        (row, 0) for row in range(1000)
    ]
    for wrong in ("7", "0007", "1000", "12a", "", " 12", "١٢٣", 7):
        with pytest.raises(proof.Refused):
            reveal.row_of("dice", wrong, seal="0" * 64, rows=1000)
    with pytest.raises(proof.Refused):
        reveal.row_of("dice", "007", seal="0" * 64, rows=999)


@pytest.mark.parametrize("rows", [1, 2, 3, 7, 640, 999, 1000, 1024, 9999, 10_000])
def test_each_row_has_as_many_numbers(rows):
    """Every number that two bytes hold, tried: what is above the last whole multiple is set aside."""
    counts = Counter(reveal.folded(number, rows) for number in range(reveal.SPAN))
    aside = counts.pop(None, 0)

    assert counts == dict.fromkeys(range(rows), reveal.SPAN // rows)
    assert aside == reveal.SPAN % rows


@pytest.mark.parametrize("rows", [7, 50, 1000])
def test_a_public_number_favours_no_row(rows):
    """Chi-square on 200 numbers a row, or 20,000 at most; the seal is fixed, so is the answer."""
    times = min(200 * rows, 20_000)
    counts = Counter(
        reveal.row_of("public_number", f"{place}", seal="ab" * 32, rows=rows)[0] for place in range(times)
    )
    due = times / rows
    square = sum((counts[row] - due) ** 2 / due for row in range(rows))
    freedom = rows - 1

    # Wilson and Hilferty 1931: the cube root of chi-square over its degrees of freedom is nearly normal; p > 0.01.
    normal = ((square / freedom) ** (1 / 3) - (1 - 2 / (9 * freedom))) / (2 / (9 * freedom)) ** 0.5
    assert abs(normal) < 2.58


def test_what_is_set_aside_is_counted_and_the_script_agrees():
    aside = 0
    for place in range(300):
        row, counter = reveal.row_of("public_number", f"{place}", seal="cd" * 32, rows=10_000)
        numbers = [int(ALONE.digest("row", ["cd" * 32, f"{place}", at])[:4], 16) for at in range(counter + 1)]
        assert [number >= 60_000 for number in numbers] == [True] * counter + [False]
        assert row == numbers[-1] % 10_000
        aside += counter
    assert aside > 10


def test_a_public_number_is_written_one_way():
    for right in ("7 12 23 31 45 6", "0", "1234567", "ab" * 32, "0f" * 64):
        reveal.row_of("public_number", right, seal="0" * 64, rows=1000)
    for wrong in ("07 12", "7  12", "7,12", " 7", "7 ", "AB" * 32, "abc", "", "1" * 41, "١٢", "7\n"):
        with pytest.raises(proof.Refused):
            reveal.row_of("public_number", wrong, seal="0" * 64, rows=1000)


def test_the_seed_is_of_the_pool_the_quotas_and_the_number():
    quotas = proof.quotas_file(seats=8, quotas=draws.QUOTAS)
    other = proof.quotas_file(seats=9, quotas=draws.QUOTAS)
    seeds = {
        proof.seed_of(root, held, number)
        for root in ("0" * 64, "1" * 64)
        for held in (quotas, other)
        for number in (1, 2)
    }

    assert len(seeds) == 8
    for wrong in (0, True, "1", 1.0):
        with pytest.raises(proof.Refused):
            proof.seed_of("0" * 64, quotas, wrong)


def test_a_reserve_holds_everybody_else_once_in_an_order_of_its_row():
    tickets, row = [f"P-{place}" for place in range(200)], ["P-3", "P-5"]
    order = proof.reserve_of("ab" * 32, 7, tickets, row)

    assert sorted([*order, *row]) == sorted(tickets)
    assert order == proof.reserve_of("ab" * 32, 7, reversed(tickets), row)
    assert order != proof.reserve_of("ab" * 32, 8, tickets, row) != proof.reserve_of("ac" * 32, 7, tickets, row)


def changed(**more):
    """The arguments of a manifest, one of them wrong."""
    entries = draws.people()
    return {
        "panel": "a", "number": 1, "leaves": proof.leaves_file(entries),
        "quotas": proof.quotas_file(seats=8, quotas=draws.QUOTAS), "table": proof.table_file(draws.rows()),
        "bound": "0.2", "floor": 1, "beacon": draws.BEACONS["dice"], "engine": {"highspy": "1.11.0"},
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"table": proof.table_file(draws.rows()[:999])}, "1,000 rows"),
        ({"table": proof.table_file([row[:7] for row in draws.rows()])}, "seats"),
        ({"leaves": proof.leaves_file(draws.people()[1:])}, "isn't in the pool"),
        ({"floor": 999}, "under the floor"),
        ({"floor": 0}, "one appearance"),
        ({"bound": "20 %"}, "decimal"),
        ({"bound": 0.2}, "decimal"),
        ({"panel": " "}, "reference"),
        ({"number": 0}, "numbered"),
        ({"engine": {"highspy": ""}}, "version"),
        ({"beacon": proof.Beacon("coin", "Une pièce", "2026-12-12")}, "chooses nothing"),
        ({"beacon": proof.Beacon("dice", "Trois dés", "12/12/2026")}, "day"),
        ({"beacon": proof.Beacon("dice", "", "2026-12-12")}, "name"),
        ({"quotas": b"{}\n"}, "quotas"),
    ],
)
def test_a_manifest_refuses(more, why):
    assert proof.read_manifest(proof.manifest_file(**changed()))["floor"] == "1/1000"
    with pytest.raises(proof.Refused, match=why):
        proof.manifest_file(**changed(**more))


def test_a_certification_refuses_an_early_day_and_nobody():
    manifest = draws.made().files[proof.MANIFEST]
    right = {"beacon_value": "417", "witnesses": [("A", "garante")], "place": "Mairie", "on": "2026-12-12"}
    assert proof.read_certification(proof.certification_file(manifest, **right))["row"] == 417
    for wrong in ({"on": "2026-12-11"}, {"witnesses": []}, {"witnesses": [("", "garante")]}, {"beacon_value": "42"}):
        with pytest.raises(proof.Refused):
            proof.certification_file(manifest, **right | wrong)


def test_substitutions_refuse_what_the_reserve_does_not_allow():
    sealed = draws.made()
    given = [sealed.files[name] for name in (proof.MANIFEST, proof.LEAVES, proof.TABLE, proof.CERTIFICATION)]
    row = sealed.rows[417]
    seed = proof.read_manifest(sealed.files[proof.MANIFEST])["seed"]
    order = proof.reserve_of(seed, 417, sorted(sealed.entries), row)
    right = proof.Substitution("2026-12-20", row[0], order[1], "withdrew", ((order[0], "declined"),))
    next_one = proof.Substitution("2026-12-21", row[1], order[2], "withdrew")
    entries = proof.read_substitutions(proof.substitutions_file(*given, [right, next_one]))

    assert [one["rank"] for one in entries] == [2, 3]
    assert entries[0]["previous"] == sealed.certified and entries[1]["previous"] == entries[0]["digest"]
    for wrong in (
        [replace(right, outgoing=order[3])],
        [replace(right, incoming=row[2])],
        [replace(right, incoming="P-99999")],
        [replace(right, passed=((order[2], "declined"),))],
        [replace(right, passed=((order[0], "tired"),))],
        [replace(right, why="tired")],
        [replace(right, reason="Une raison.")],
        [replace(right, listed=False)],
        [replace(right, listed=False, reason="Une raison.", signed=("guarantor", "guarantor"))],
        [right, replace(next_one, incoming=order[0])],
        [right, replace(next_one, incoming=row[0], listed=False, reason="Revient.", signed=("a", "b"))],
        [right, right],
    ):
        with pytest.raises(proof.Refused):
            proof.substitutions_file(*given, wrong)


def test_quotas_refuse_what_has_two_meanings():
    right = {"feature": "age", "value": "16-29", "minimum": 1, "maximum": 3}
    proof.quotas_file(seats=8, quotas=[right])
    for wrong in (
        [right, right],
        [right | {"minimum": 4}],
        [right | {"minimum": 1.0}],
        [right | {"maximum": True}],
        [right | {"value": ""}],
        [right | {"protected": "yes"}],
    ):
        with pytest.raises(proof.Refused):
            proof.quotas_file(seats=8, quotas=wrong)
    for crossed in ([("age", "a")], [("age", "a"), ("age", "b")]):
        with pytest.raises(proof.Refused):
            proof.quotas_file(seats=8, quotas=[], crossed=[{"values": crossed, "minimum": 0, "maximum": 1}])


def test_minutes_print_everything_in_order():
    sealed = draws.made()
    files = sealed.files
    void = [{"draw": 1, "reason": "Un dé est tombé.", "on": "2026-12-05", "extra": "?"}]
    before = proof.minutes_before(
        files[proof.MANIFEST], files[proof.QUOTAS], trials=3, void_draws=void, present=["Mᵉ Lucile Andrieu"]
    )
    after = proof.minutes_after(
        *(files[name] for name in (proof.MANIFEST, proof.LEAVES, proof.TABLE, proof.CERTIFICATION))
    )
    told, held = {line.code: line.value for line in before}, {line.code: line.value for line in after}

    assert [line.code for line in before] == [
        "panel", "draw", "present", "trial_draws", "void_draws", "people", "seats", "quotas", "crossed_quotas", "rows",
        "floor", "bound", "without_chance", "engine", "fingerprints", "pool_root", "seed", "reserve", "seal", "beacon",
        "signatures",
    ]  # fmt: skip
    assert told["void_draws"] == [{"draw": 1, "reason": "Un dé est tombé.", "on": "2026-12-05"}]
    assert told["floor"] == {
        "times": min(sum(one in row for row in sealed.rows) for one in sealed.entries),
        "of": 1000,
    }
    words, check = files[proof.SEAL].decode().splitlines()
    assert told["seal"] == {proof.MANIFEST: words, "check": check.removeprefix("contrôle ")}
    assert [line.code for line in after] == [
        "seal", "place", "on", "beacon_kind", "beacon_value", "set_aside", "row", "members", "reserve",
        "reserve_people", "certification", "signatures",
    ]  # fmt: skip
    assert (held["row"], held["members"], held["reserve_people"]) == ("417", list(sealed.rows[417]), 32)
    assert held["signatures"][0] == "Mᵉ Lucile Andrieu (garante)"
    with pytest.raises(proof.Refused):
        proof.minutes_before(files[proof.MANIFEST], proof.quotas_file(seats=8, quotas=[]), trials=0)
