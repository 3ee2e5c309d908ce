"""The draw of docs/draw-verification.md: six invented people, two seats, ten panels, a public number."""

from panels import proof

TOLD = (
    ("P-7KQ4M", "18-39", "electors", ""),
    ("P-9B2XR", "18-39", "electors", "5M2V9KQ40TCX7W1E"),
    ("P-C41ZD", "40 et plus", "electors", "5M2V9KQ40TCX7W1E"),
    ("P-H8T3N", "40 et plus", "electors", ""),
    ("P-MW60A", "18-39", "partners", ""),
    ("P-X5V7G", "40 et plus", "partners", ""),
)
ENTRIES = [
    proof.Entry(ticket, {"age": age, "list": source}, bytes([17 * (place + 1)]) * 16, home)
    for place, (ticket, age, source, home) in enumerate(TOLD)
]
ROWS = [
    ("P-7KQ4M", "P-X5V7G"), ("P-H8T3N", "P-MW60A"), ("P-9B2XR", "P-X5V7G"), ("P-C41ZD", "P-MW60A"),
    ("P-7KQ4M", "P-X5V7G"), ("P-C41ZD", "P-MW60A"), ("P-9B2XR", "P-X5V7G"), ("P-H8T3N", "P-MW60A"),
    ("P-7KQ4M", "P-X5V7G"), ("P-C41ZD", "P-MW60A"),
]  # fmt: skip
QUOTAS = [
    {"feature": "age", "value": "18-39", "minimum": 1, "maximum": 1, "source": "Recensement 2021"},
    {"feature": "age", "value": "40 et plus", "minimum": 1, "maximum": 1, "source": "Recensement 2021"},
    {"feature": "list", "value": "electors", "minimum": 1, "maximum": 1},
    {"feature": "list", "value": "partners", "minimum": 1, "maximum": 1},
]


def files() -> dict[str, bytes]:
    """Every file of the example, profiles and a receipt among them."""
    leaves, quotas = proof.leaves_file(ENTRIES), proof.quotas_file(seats=2, quotas=QUOTAS)
    table = proof.table_file(ROWS)
    manifest = proof.manifest_file(
        panel="exemple",
        number=1,
        leaves=leaves,
        quotas=quotas,
        table=table,
        bound="0.25",
        floor=2,
        beacon=proof.Beacon("public_number", "Loto du 12 décembre 2026, dans l'ordre du tirage", "2026-12-12"),
        engine={"python": "3.11.7"},
    )
    certification = proof.certification_file(
        manifest,
        beacon_value="7 12 23 31 45 6",
        witnesses=[("Mᵉ Lucile Andrieu", "garante")],
        place="Mairie de Marvenne",
        on="2026-12-12",
    )
    return {
        proof.MANIFEST: manifest,
        proof.SEAL: proof.seal_file(proof.seal_of(manifest)),
        proof.LEAVES: leaves,
        proof.QUOTAS: quotas,
        proof.TABLE: table,
        proof.CERTIFICATION: certification,
        proof.PROFILES: proof.profiles_file(ENTRIES),
        "recu.json": proof.receipts_of(ENTRIES)[0].as_json(),
    }
