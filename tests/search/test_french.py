"""Sixty questions as people type them, and the document each must find: the quality of stems and of forgiven slips."""

import pytest

from src.directory.models import Unit
from src.search import selectors

DOCUMENTS = {
    "CARNET": ("Un carnet d'entretien partagé pour chaque camion", "Les équipes refont la même inspection."),
    "BANC": ("Un banc à l'abri près du portail", "En attendant le camion, nulle part où s'asseoir."),
    "INTERP": ("Un interprète au téléphone", "Quand une personne ne parle pas français, au guichet."),
    "CASIER": ("Des casiers assez hauts pour les bottes", "Les vestiaires des égoutiers sont trop étroits."),
    "VELO": ("Des vélos-cargos prêtés entre services", "Le mardi, cinq d'entre eux dorment dans la cour."),
    "CRECHE": ("Ouvrir la crèche dès six heures et demie", "Les auxiliaires de puériculture commencent tôt."),
    "OEUVRE": ("L'œuvre sociale et son règlement", "Les cœurs de métier, les nœuds de réseau, les œufs de Pâques."),
    "TRAVAUX": ("Prévenir les riverains avant les travaux", "Un avis dans chaque boîte aux lettres."),
    "INFIRM": ("Une infirmière scolaire de plus", "Les écoles maternelles en attendent une."),
    "DEMAT": ("Dématérialiser les fiches de paie", "Les imprimer seulement à qui le demande."),
    "ELUE": ("Rencontrer les élues et les élus", "Une réunion publique chaque trimestre."),
    "HANDI": ("Accessibilité aux personnes handicapées", "Rampes, boucles magnétiques, signalétique."),
    "DECHET": ("Trier les déchets de la cantine", "Le compost nourrit les jardins partagés."),
    "CANICULE": ("Travailler pendant la canicule", "Horaires décalés, eau fraîche, pauses à l'ombre."),
    "HOTEL": ("Des ruches sur le toit de l'Hôtel de Ville", "Le miel est offert aux jeunes mariés."),
    "NAISSANCE": ("Déclarer une naissance en ligne", "L'acte est envoyé sous huit jours."),
    "FORMATION": ("Une formation aux premiers secours", "Les agents d'accueil y sont inscrits d'office."),
    "JOURNAL": ("Un journal interne lu par tous", "Il paraît le lundi, avec les nouvelles des équipes."),
    "GREVE": ("Prévenir les familles en cas de grève", "Un message la veille, avant dix-huit heures."),
    "AINES": ("Porter les repas aux personnes âgées", "La tournée commence par les quartiers hauts."),
}
QUESTIONS = [
    # Accents, capitals, ligatures.
    ("interprete", "INTERP"), ("INTERPRÈTE", "INTERP"), ("creche", "CRECHE"), ("Crèches", "CRECHE"),
    ("oeuvre", "OEUVRE"), ("œuvres", "OEUVRE"), ("coeur de metier", "OEUVRE"), ("noeud", "OEUVRE"),
    ("oeufs", "OEUVRE"), ("hotel de ville", "HOTEL"), ("paques", "OEUVRE"), ("greve", "GREVE"),
    # Plurals.
    ("camions", "CARNET"), ("bancs", "BANC"), ("casier", "CASIER"), ("travail riverain", "TRAVAUX"),
    ("journaux", "JOURNAL"), ("déchet", "DECHET"), ("vélo", "VELO"), ("jardin", "DECHET"), ("vestiaire", "CASIER"),
    ("rampe", "HANDI"), ("ruche", "HOTEL"), ("repas", "AINES"),
    # Feminine and masculine.
    ("infirmier", "INFIRM"), ("élue", "ELUE"), ("élus", "ELUE"), ("handicapé", "HANDI"), ("égoutière", "CASIER"),
    ("âgé", "AINES"), ("étroite", "CASIER"), ("maternel", "INFIRM"), ("prêtée", "VELO"), ("fraîches", "CANICULE"),
    # Elisions, apostrophes of each kind, hyphens.
    ("l'interprète", "INTERP"), ("l’œuvre", "OEUVRE"), ("d'entretien", "CARNET"), ("jusqu’au portail", "BANC"),
    ("qu'une cantine", "DECHET"), ("vélo-cargo", "VELO"), ("vélos cargos", "VELO"), ("hôtel-de-ville", "HOTEL"),
    ("lʼaccueil", "FORMATION"), ("dix huit heures", "GREVE"), ("l'eau à l'ombre", "CANICULE"),
    # Forms of verbs.
    ("dématérialisation des fiches", "DEMAT"), ("dématérialisées", "DEMAT"), ("prévenus grève", "GREVE"),
    ("déclaration naissance", "NAISSANCE"), ("former aux secours", "FORMATION"), ("trié", "DECHET"),
    ("rencontres", "ELUE"), ("imprimé", "DEMAT"), ("ouverture crèche", "CRECHE"),
    # One slip: a letter missing, added, changed, two swapped.
    ("canicle", "CANICULE"), ("carnnet", "CARNET"), ("infirmiere scolare", "INFIRM"), ("interpréte", "INTERP"),
    ("casirs", "CASIER"), ("riverains trvaaux", "TRAVAUX"), ("compots", "DECHET"), ("nasisance", "NAISSANCE"),
    # The beginning of a word being typed.
    ("accessib", "HANDI"), ("puéricul", "CRECHE"),
]  # fmt: skip
# A noun whose verb has another stem: gathering them would take "forme" for "formation".
MISSED = {"former aux secours", "ouverture crèche"}


@pytest.fixture
def written(shelf):
    for code, (title, body) in DOCUMENTS.items():
        shelf(code, title, body)


def test_each_question_finds_its_document(written):
    visible = Unit.objects.all()
    missed = {}
    for typed, expected in QUESTIONS:
        found = visible.filter(pk__in=selectors.matching("unit", typed, among=visible)).values_list("code", flat=True)
        if expected not in found or len(found) > 3:
            missed[typed] = (expected, sorted(found))

    assert len(QUESTIONS) >= 60
    assert set(missed) == MISSED, missed
