"""The people of the demo city whom a visitor can be in one click: city content, in the city's language.

Names and functions follow the demo city's page; nobody here exists.
"""

from dataclasses import dataclass

from .enums import AccountKind, Role

PASSWORD = "demo-terrain"  # noqa: S105 - printed on the sign-in page of the demo city, refused in production


@dataclass(frozen=True)
class Person:
    """Somebody of the demo city. ``roles`` are pairs (role, unit code or "" for the whole city)."""

    username: str
    first_name: str
    last_name: str
    job: str
    unit: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    can: str = ""
    place: str = ""
    kind: str = AccountKind.AGENT
    has_email: bool = True
    in_contact: bool = False
    is_manager: bool = False
    number: str = ""
    deputies: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def headline(self) -> str:
        """Who: name and job."""
        return f"{self.full_name}, {self.job[0].lower()}{self.job[1:]}" if self.job else self.full_name

    @property
    def detail(self) -> str:
        """Where, and what this person can show."""
        return f"{self.place}. {self.can}" if self.place else self.can

    @property
    def icon(self) -> str:
        """A shield for those who hold a role, a person for the others."""
        return "shield-check" if self.roles else "user-round"


EXTERNAL = AccountKind.EXTERNAL

PERSONAS = (
    Person(
        "agent", "Nadia", "Benali", "Conductrice de benne", "PRO-TAN",
        can="Proposer une idée, soutenir celles des collègues, lire les réponses.",
        place="Dépôt des Tanneurs", has_email=False, number="204117",
    ),
    Person(
        "agent2", "Paul", "Kerbrat", "Chargé d'accueil", "ACC-QUA",
        can="Suivre une idée en retard, commenter, proposer.",
        place="Mairie de quartier des Quais", in_contact=True, number="204118",
    ),
    Person(
        "correspondant", "Odile", "Marchand", "Correspondante des idées", "PRO",
        roles=((Role.IDEA_CORRESPONDENT, "PRO"),),
        can="Lire les idées reçues et les orienter vers le bon service.",
        place="Propreté et ressources", number="204119",
    ),
    Person(
        "egalite", "Yacine", "Ferhat", "Référent égalité", "TRA-CEN",
        roles=((Role.EQUALITY_REFERENT, "TRA-CEN"),),
        can="Lire les idées et commenter comme référent égalité.",
        place="Poste du Centre", in_contact=True, number="204120",
    ),
    Person(
        "instructeur", "Karim", "Diallo", "Équipe d'étude", "PRO-MEC",
        roles=((Role.INSTRUCTOR, "PRO"),),
        can="Étudier une idée : la noter, poser une question, écrire un avis.",
        place="Propreté et ressources", number="204121",
    ),
    Person(
        "decideur", "Sophie", "Lantier", "Cheffe du service technique", "PRO",
        roles=((Role.DECISION_MAKER, "PRO"), (Role.DELEGATE, "PRO")),
        can="Contresigner une réponse, préparer une décision, l'annoncer.",
        place="Propreté et ressources", is_manager=True, number="204122", deputies=("pro.adjoint",),
    ),
    Person(
        "encadrement", "Didier", "Roussel", "Chef d'équipe", "PRO-TAN",
        roles=((Role.DECISION_MAKER, "PRO-TAN"),),
        can="Répondre oui aux idées à régler sur place ; jamais savoir qui a écrit sous nom protégé.",
        place="Dépôt des Tanneurs", is_manager=True, number="204123",
    ),
    Person(
        "elu", "Hélène", "Duroc-Amari", "Adjointe chargée de l'accueil et de la simplification",
        roles=((Role.ELECTED_OFFICIAL, ""),),
        can="Signer les réponses que les directions préparent, sans jamais lire qui a écrit ; la page du Conseil.",
        place="Hôtel de ville", kind=EXTERNAL,
    ),
    Person(
        "decideur2", "Jeanne", "Abadie", "Directrice du personnel", "RES-PER",
        roles=((Role.DECISION_MAKER, "RES"), (Role.DELEGATE, "RES")),
        can="Décider pour les ressources internes.",
        place="Immeuble du Marché-Couvert", is_manager=True, number="204125", deputies=("finances",),
    ),
    Person(
        "instructeur2", "Fatou", "Diop", "Équipe d'étude", "PRO-COL",
        roles=((Role.INSTRUCTOR, "PRO"),),
        can="Donner la seconde évaluation d'une idée.", place="Propreté et ressources", number="204126",
    ),
    Person(
        "jury", "Marc", "Delorme", "Chef du service Jardins", "PAR-JAR",
        roles=((Role.DECISION_MAKER, "PAR"), (Role.DELEGATE, "PAR")),
        can="Décider pour les parcs et jardins.", place="Serres du Clos", is_manager=True, number="204127",
    ),
    Person(
        "moderation", "Inès", "Rocher", "Modératrice", "RES",
        roles=((Role.MODERATOR, ""),),
        can="Lire les idées et les commentaires de toute la ville ; organiser les panels tirés au sort.",
        place="Immeuble du Marché-Couvert", number="204128",
    ),
    Person(
        "facilitation", "Malika", "Soares", "Facilitatrice, tournées papier et borne", "ACC",
        roles=((Role.FACILITATOR, ""),),
        can="Saisir des feuilles et relire celles des autres, redonner un code personnel, appeler pour les panels.",
        place="Toute la ville", in_contact=True, number="204129",
    ),
    Person(
        "facilitation2", "Gérard", "Pons", "Association partenaire",
        roles=((Role.FACILITATOR, "SOL-NOR"),),
        can="Saisir les feuilles d'une maison des solidarités, jusqu'à la fin de son mandat.",
        place="Maison des solidarités Nord", kind=EXTERNAL, in_contact=True,
    ),
    Person(
        "juridique", "Nora", "Haddad", "Juriste", "RES",
        roles=((Role.LEGAL, ""),),
        can="Demander ou confirmer une levée du secret, pour la direction juridique.",
        place="Immeuble du Marché-Couvert", number="204131",
    ),
    Person(
        "mediation", "Alix", "Perrin", "Médiation interne", "RES",
        roles=((Role.MEDIATOR, ""),),
        can="Demander ou confirmer une levée du secret, pour la médiation.",
        place="Immeuble du Marché-Couvert", number="204132",
    ),
    Person(
        "cle1", "Étienne", "Vasseur", "Gardien de clé", "RES",
        can="Lire le site comme un gardien de clé.", place="Immeuble du Marché-Couvert", number="204133",
    ),
    Person(
        "cle2", "Samia", "Roy", "Représentante du personnel, gardienne de clé", "ECO",
        can="Lire le site comme une représentante du personnel.", place="École du Vieux-Four", number="204134",
    ),
    Person(
        "cle3", "Lucile", "Andrieu", "Gardienne de clé, extérieure à la Ville",
        can="Lire ce qui est ouvert à tout le monde.", place="Hors de la Ville", kind=EXTERNAL,
    ),
    Person(
        "rh", "Thomas", "Weiler", "Formations obligatoires", "RES-PER",
        roles=((Role.HR, ""),),
        can="Préparer les lettres de connexion d'un site.", place="Immeuble du Marché-Couvert", number="204136",
    ),
    Person(
        "formation", "Aïcha", "Morel", "Formatrice", "RES-PER",
        roles=((Role.TRAINER, ""),),
        can="Proposer et commenter comme formatrice.", place="Immeuble du Marché-Couvert", number="204137",
    ),
    Person(
        "edition", "Julie", "Pasquier", "Communication interne", "RES",
        roles=((Role.EDITOR, ""),),
        can="Écrire et publier les pages du site.", place="Immeuble du Marché-Couvert", number="204138",
    ),
    Person(
        "panel", "Roger", "Tessier", "Retraité, 71 ans",
        can="Lire ce qui est ouvert à tout le monde.", place="Habitant", kind=EXTERNAL, has_email=False,
    ),
    Person(
        "mentor", "Léna", "Ruiz", "Informatique", "RES-INF",
        can="Proposer et commenter comme une collègue des ressources internes.",
        place="Immeuble du Marché-Couvert", number="204140",
    ),
    Person(
        "garant", "Lucile", "Andrieu", "Garante extérieure",
        can="Veiller aux tirages au sort : signer, certifier, annuler, contrôler avec un motif.",
        place="Hors de la Ville", kind=EXTERNAL,
    ),
    Person(
        "dpo", "Étienne", "Vasseur", "Protection des données", "RES",
        roles=((Role.DPO, ""),),
        can="Demander, confirmer ou refuser une levée du secret ; garder les profils des panels.",
        place="Immeuble du Marché-Couvert", number="204142",
    ),
    Person(
        "admin", "Administration", "du site", "Réglages et annuaire", "RES-INF",
        roles=((Role.ADMINISTRATOR, ""),),
        can="Régler le site : unités, rôles, absences, parcours des idées.",
        place="Immeuble du Marché-Couvert", number="204143",
    ),
)  # fmt: skip

# The secret code of a sheet of the demo city, so that a visitor can try to follow it.
PAPER_CODE = "7KQ4M2XR90TBZ"

USERNAMES = frozenset(person.username for person in PERSONAS)

GROUPS = (
    (
        "Agentes et agents",
        ("agent", "agent2", "encadrement", "egalite", "mentor", "rh", "formation"),
    ),
    ("Étude et décision", ("correspondant", "instructeur", "instructeur2", "decideur", "decideur2", "jury", "elu")),
    ("Équipe du site", ("moderation", "facilitation", "facilitation2", "edition", "admin")),
    ("Secret des auteurs", ("dpo", "juridique", "mediation")),
    ("Panel et garants", ("panel", "garant", "cle1", "cle2", "cle3")),
)


def cards() -> list[tuple[str, list[Person]]]:
    """The personas by what they do in the city, in the order of the page; no statement."""
    by_name = {person.username: person for person in PERSONAS}
    return [(heading, [by_name[name] for name in names]) for heading, names in GROUPS]
