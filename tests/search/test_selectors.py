"""What is found, the same on both databases."""

import pytest
from django.db import connection

from src.directory.models import Unit
from src.search import selectors, services, vendor
from src.search.models import KnownStem, SearchDocument

TEXTS = {
    "CARNET": ("Un carnet d'entretien partagé pour chaque camion", "Chaque équipe refait la même inspection."),
    "BANC": ("Un banc à l'abri près du portail", "En attendant le camion, il n'y a nulle part où s'asseoir."),
    "INTERP": ("Un interprète au téléphone pour le guichet", "Quand une personne ne parle pas français."),
    "CASIER": ("Des casiers assez hauts pour les bottes", "Les casiers sont trop bas, les équipes glissent."),
    "VELO": ("Des vélos-cargos partagés entre les équipes", "Le mardi, cinq vélos dorment ici."),
}


@pytest.fixture
def ideas(shelf):
    return {code: shelf(code, title, body) for code, (title, body) in TEXTS.items()}


def found(query, **kwargs):
    return set(Unit.objects.filter(pk__in=selectors.matching("unit", query, **kwargs)).values_list("code", flat=True))


# One table for both databases: it runs on SQLite and on PostgreSQL alike.
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("carnet", {"CARNET"}),
        ("carnets", {"CARNET"}),
        ("CARNET D’ENTRETIEN", {"CARNET"}),
        ("camions", {"CARNET", "BANC"}),
        ("interprete telephone", {"INTERP"}),
        ("équipe", {"CARNET", "CASIER", "VELO"}),
        ("equipes partager", {"CARNET", "VELO"}),
        ("les casiers de l'équipe", {"CASIER"}),
        ("velo cargo", {"VELO"}),
        ("vélo-cargo", {"VELO"}),
        ("entret", {"CARNET"}),
        ("guiche", {"INTERP"}),
        ("carnet banc", set()),
        ("girafe", set()),
        ("BANC", {"BANC"}),
        ("de la", set()),
        ("", set()),
    ],
)
def test_matching_finds_the_forms_of_words(ideas, query, codes):
    assert found(query) == codes


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("carnnet", {"CARNET"}),
        ("carner", {"CARNET"}),
        ("inteprète", {"INTERP"}),
        ("guihcet", {"INTERP"}),
        ("casier", {"CASIER"}),
        ("girafe", set()),
        ("xyz", set()),
    ],
)
def test_matching_forgives_one_slip_when_nothing_visible_answers(ideas, query, codes):
    assert found(query, among=Unit.objects.all()) == codes


def test_matching_decides_on_what_is_visible_alone(ideas, shelf):
    """A hidden object that holds the mistyped word must not tell so by keeping the others away."""
    shelf("HIDDEN", "Le carnnet secret")
    visible = Unit.objects.exclude(code="HIDDEN")

    ids = selectors.matching("unit", "carnnet", among=visible)

    assert set(visible.filter(pk__in=ids).values_list("code", flat=True)) == {"CARNET"}


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "a' OR 1=1 --",
        'carnet" OR "banc',
        "carnet AND NOT (banc",
        "NEAR(carnet banc)",
        "carnet*",
        "^carnet",
        "search_text:carnet",
        "-carnet",
        "carnet & | ! <-> :*",
        "carnet\x00banc",
        "%_\\",
        "é" * 10_000,
        "carnet " * 2_000,
        "abcdefgh " + " ".join(f"mot{n}x" for n in range(2_000)),
        "\ud7ff\u0301\u200d\U0001f600",
        "العربية 漢字 ไทย हिन्दी",
        "0x1f 1e5 -3.14 a@b.fr http://x",
    ],
)
def test_matching_reads_nothing_typed_as_an_operator(ideas, query):
    exact = found(query)
    forgiving = found(query, among=Unit.objects.all())
    near = selectors.similar("unit", query, Unit.objects.all())

    assert exact <= set(TEXTS) and forgiving <= set(TEXTS)
    assert {unit.code for unit in near} <= set(TEXTS)


def test_matching_costs_one_statement_more_to_forgive(ideas, django_assert_num_queries):
    with django_assert_num_queries(1):
        found("carnet")
    with django_assert_num_queries(2):
        found("carnet", among=Unit.objects.all())
    with django_assert_num_queries(3):
        found("carnnet", among=Unit.objects.all())


def test_index_follows_the_object(ideas, shelf):
    unit = ideas["CARNET"]
    Unit.objects.filter(pk=unit.pk).update(name="Un registre des tournées")
    services.index("unit", unit.pk)

    assert found("carnet") == set()
    assert found("registres") == {"CARNET"}

    Unit.objects.filter(pk=unit.pk).update(valid_until="2099-01-01")
    services.index("unit", unit.pk)

    assert found("registres") == set()
    assert SearchDocument.objects.filter(object_id=unit.pk).count() == 0


def test_rebuild_repairs_whatever_the_index_holds(ideas):
    SearchDocument.objects.filter(object_id=ideas["BANC"].pk).update(search_text="girafe")
    SearchDocument.objects.filter(object_id=ideas["VELO"].pk).delete()
    SearchDocument.objects.create(kind="unit", object_id=999_999, title="x", title_text="x", search_text="banc")
    vendor.write_words(list(SearchDocument.objects.all()))

    count = services.rebuild("unit")

    assert count == Unit.objects.count() == SearchDocument.objects.count()
    assert found("banc") == {"BANC"}
    assert found("velos") == {"VELO"}
    assert found("girafe") == set()


def test_install_again_changes_nothing(ideas):
    vendor.install()
    vendor.install()

    assert found("carnet") == {"CARNET"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Il faudrait un carnet d'entretien commun dans les camions", "CARNET"),
        ("un abri avec un banc devant le portail du dépôt", "BANC"),
        ("les casiers sont trop petits pour nos bottes", "CASIER"),
        ("interprètes par téléphone", "INTERP"),
    ],
)
def test_similar_puts_the_nearest_first(ideas, typed, first):
    near = selectors.similar("unit", typed, Unit.objects.all())

    assert [unit.code for unit in near][:1] == [first]
    assert all(unit.similarity >= selectors.SIMILAR_THRESHOLD for unit in near)


def test_similar_says_nothing_of_what_is_far(ideas):
    assert selectors.similar("unit", "La machine à café du troisième étage", Unit.objects.all()) == []
    assert selectors.similar("unit", "   ", Unit.objects.all()) == []


def test_one_word_in_common_is_not_likeness(ideas):
    typed = "La machine à café du portail fait du bruit toute la nuit et réveille les voisins du quartier entier"

    assert selectors.similar("unit", typed, Unit.objects.all()) == []


def test_what_is_hidden_takes_nobody_s_place(shelf):
    for number in range(35):
        shelf(f"H{number}", "Un carnet partagé dans les camions")
    shelf("SEEN", "Un carnet partagé", "dans chaque camion du dépôt")
    visible = Unit.objects.filter(code="SEEN")

    near = selectors.similar("unit", "Un carnet partagé dans les camions", visible)

    assert [unit.code for unit in near] == ["SEEN"]


def test_similar_stays_among_what_is_visible(ideas):
    hidden = Unit.objects.exclude(code="CARNET")

    near = selectors.similar("unit", "carnet d'entretien partagé", hidden)

    assert "CARNET" not in {unit.code for unit in near}


def test_similar_gives_five_at_most_in_three_statements(shelf, django_assert_num_queries):
    for number in range(8):
        shelf(f"N{number}", f"Un carnet partagé numéro {number}")

    with django_assert_num_queries(5):  # three statements within a savepoint
        near = selectors.similar("unit", "un carnet partagé", Unit.objects.all())

    assert len(near) == 5


def test_stems_are_counted_again_and_forgotten(shelf):
    for number in range(3):
        shelf(f"N{number}", "Le camion", "du dépôt" if number else "du quai")
    Unit.objects.filter(code="N0").update(valid_until="2099-01-01")
    services.index("unit", Unit.objects.get(code="N0").pk)
    services.count_stems("unit")

    assert dict(KnownStem.objects.values_list("stem", "documents")) == {"": 2, "camion": 2, "depot": 2}


def test_the_full_text_index_is_used(ideas):
    found_by_word = SearchDocument.objects.filter(vendor.holding([[vendor.Term("carnet")]]))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")

    plan = found_by_word.explain()

    assert ("search_words_gin" if connection.vendor == "postgresql" else "VIRTUAL TABLE INDEX") in plan


def test_a_reference_is_found_whole(shelf):
    unit = shelf("A", "Une armoire")
    Unit.objects.filter(pk=unit.pk).update(acronym="7K3F9Q")
    services.index("unit", unit.pk)

    assert found("7k3f9q") == {"A"}
