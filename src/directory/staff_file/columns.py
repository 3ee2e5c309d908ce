"""Which headers mean what, in the personnel office's words."""

import re
import unicodedata

# Our name for a column → headers that mean it, once accents, case and punctuation are gone.
PEOPLE = {
    "number": ("matricule", "numero_agent", "n_agent", "no_agent", "id_agent", "personnel_number", "number"),
    "last_name": ("nom", "nom_usage", "nom_d_usage", "nom_usuel", "last_name"),
    "first_name": ("prenom", "prenom_usuel", "first_name"),
    "email": ("email", "e_mail", "mail", "courriel", "adresse_mail", "adresse_e_mail", "adresse_electronique"),
    "username": ("identifiant", "login", "username"),
    "unit": ("unite", "code_unite", "unit", "unit_code", "code_affectation", "affectation"),
    "job_title": ("fonction", "emploi", "poste", "metier", "intitule_du_poste", "job_title"),
    "job_family": ("famille_metier", "famille_de_metiers", "filiere", "code_metier", "job_family"),
    "contact": ("accueil", "accueil_public", "contact_public", "au_contact_du_public", "in_contact_with_public"),
    "manager": ("encadrant", "encadrement", "responsable", "manager", "is_manager"),
    "starts_on": ("debut", "date_debut", "depuis", "date_affectation", "date_d_affectation", "starts_on"),
    "ends_on": ("fin", "date_fin", "date_depart", "date_de_depart", "ends_on"),
    "direction_code": ("code_direction", "direction_code"),
    "direction_name": ("direction", "libelle_direction", "nom_direction", "direction_name"),
    "service_code": ("code_service", "service_code"),
    "service_name": ("service", "libelle_service", "nom_service", "service_name"),
    "site_code": ("code_site", "code_lieu", "site_code"),
    "site_name": ("site", "lieu", "libelle_site", "nom_site", "site_name"),
}
PEOPLE_REQUIRED = ("number", "last_name", "first_name")
LEVELS = ("direction", "service", "site")

UNITS = {
    "code": ("code", "code_unite", "unite", "unit_code"),
    "name": ("nom", "libelle", "intitule", "name"),
    "kind": ("type", "nature", "kind"),
    "parent": ("parent", "code_parent", "rattachement", "unite_parente", "parent_code"),
    "acronym": ("sigle", "acronym"),
    "valid_from": ("debut", "date_debut", "ouverture", "date_ouverture", "valid_from"),
    "valid_until": ("fin", "date_fin", "fermeture", "date_fermeture", "valid_until"),
    "successor": ("successeur", "code_successeur", "successor"),
}
UNITS_REQUIRED = ("code", "name", "kind")

KINDS = {
    "city": ("ville", "collectivite", "city"),
    "direction": ("direction", "dir"),
    "service": ("service", "bureau", "departement", "sous_direction"),
    "site": ("site", "lieu", "etablissement", "equipement"),
    "team": ("equipe", "team", "unite", "brigade"),
}
YES = frozenset({"oui", "o", "1", "vrai", "x", "true", "yes"})
NO = frozenset({"non", "n", "0", "faux", "", "false", "no"})


def plain(text: str) -> str:
    """Lower case, no accents, one underscore for the rest: "N° d'agent" → "n_d_agent"."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", folded).strip("_")


def kind_of(text: str) -> str | None:
    """The kind of unit a cell names, or None."""
    word = plain(text)
    return next((kind for kind, words in KINDS.items() if word in words), None)


def place(headers: list[str], known: dict[str, tuple[str, ...]], mapping: dict[str, str]) -> dict[str, int]:
    """Column name → position. A mapping given by hand wins over the known headers."""
    positions = {}
    words = [plain(header) for header in headers]
    for column, variants in known.items():
        if column in mapping:
            wanted = plain(mapping[column])
            if wanted in words:
                positions[column] = words.index(wanted)
            continue
        found = next((words.index(variant) for variant in variants if variant in words), None)
        if found is not None:
            positions[column] = found
    return positions
