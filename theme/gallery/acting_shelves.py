"""Components one fills, chooses or counts with: forms, filters, tables, navigation."""

import datetime

from django.utils import timezone
from django.utils.html import format_html

from theme.charts import Series

from .samples import (
    SERIES,
    SampleComment,
    SampleFilters,
    SampleForm,
    bound,
)
from .shelf import Shelf, Specimen


def acting_shelves() -> list[Shelf]:
    """Each in its variants and states."""
    today = timezone.localdate()
    return [
        Shelf(
            "error_summary",
            [
                Specimen("d’un formulaire", {"form": bound("erreurs"), "quiet": True, "id": "erreurs-a"}),
                Specimen(
                    "écrites",
                    {
                        "quiet": True,
                        "id": "erreurs-b",
                        "errors": [
                            {"text": "Ligne 12 : la date n’est pas comprise.", "url": "#contenu"},
                            {"text": "Le fichier n’a pas de colonne « titre »."},
                        ],
                    },
                ),
            ],
        ),
        Shelf(
            "form_fields",
            [
                Specimen("vide", {"form": SampleForm(prefix="vide")}, "form"),
                Specimen("avec erreurs", {"form": bound("erreurs")}, "form"),
            ],
            wide=True,
        ),
        Shelf("field", [Specimen("une ligne", {"field": SampleForm(prefix="seul")["title"]})]),
        Shelf(
            "choice_card",
            [
                Specimen(
                    "radio",
                    {
                        "name": "carte",
                        "value": "1",
                        "id": "carte-1",
                        "label": "Oui",
                        "checked": True,
                        "hint": "La décision est annoncée tout de suite.",
                    },
                ),
                Specimen(
                    "radio, deux phrases",
                    {
                        "name": "carte",
                        "value": "2",
                        "id": "carte-2",
                        "label": "Plus tard",
                        "hints": ["Avec une date de revue.", "Dites ce qui ferait avancer."],
                    },
                ),
                Specimen(
                    "case indisponible",
                    {"name": "case", "value": "1", "type": "checkbox", "label": "Autres méthodes", "disabled": True},
                ),
            ],
        ),
        Shelf(
            "choice_cards",
            [
                Specimen(
                    "cartes faites à la main",
                    {
                        "field": bound("cartes")["identity"],
                        "cards": [
                            {
                                "id": "id_cartes-identity_0",
                                "name": "cartes-identity",
                                "value": "named",
                                "label": "Avec mon nom",
                                "hints": ["Vos collègues voient votre prénom et votre métier."],
                                "checked": False,
                            },
                            {
                                "id": "id_cartes-identity_1",
                                "name": "cartes-identity",
                                "value": "protected",
                                "label": "Nom protégé",
                                "hints": ["Il reste sous clé."],
                                "checked": False,
                            },
                        ],
                    },
                )
            ],
        ),
        Shelf(
            "progress_steps",
            [
                Specimen("étapes", {"step": 2, "total": 4, "id": "avancement-1"}),
                Specimen("questions", {"step": 4, "total": 9, "label": "Question 4 sur 9", "id": "avancement-2"}),
            ],
        ),
        Shelf(
            "saved_state", [Specimen("enregistré", {"saved_at": datetime.time(14, 32)}), Specimen("rien encore", {})]
        ),
        Shelf("waiting", [Specimen("montré par le module", {})]),
        Shelf(
            "data_notice",
            [
                Specimen(
                    "sous un formulaire",
                    {
                        "told": {
                            "purpose": "pour étudier votre idée et y répondre",
                            "readers": "l’équipe qui étudie, puis le cercle choisi",
                            "kept": "le nom part deux ans après la décision",
                        }
                    },
                )
            ],
        ),
        Shelf(
            "similar_ideas",
            [
                Specimen(
                    "deux idées",
                    {
                        "id": "proches-galerie",
                        "ideas": [
                            {
                                "title": "Une armoire pour échanger les tenues qui ne vont pas",
                                "url": "#idee",
                                "detail": "86 soutiens, reçue",
                            },
                            {
                                "title": "Reprendre les parkas trop petites",
                                "url": "#idee",
                                "detail": "9 soutiens, regroupée",
                            },
                        ],
                    },
                )
            ],
        ),
        Shelf(
            "comment_form",
            [
                Specimen("à écrire", {"form": SampleComment(prefix="c1"), "url": "/affichage/", "submit": "Publier"}),
                Specimen(
                    "une réponse, avec erreur",
                    {
                        "form": SampleComment({}, prefix="c2"),
                        "url": "/affichage/",
                        "submit": "Répondre",
                        "replying_to": "Fatou D., magasinière",
                        "id": "repondre",
                        "quiet": True,
                    },
                ),
            ],
        ),
        Shelf(
            "stat",
            [
                Specimen("simple", {"value": "63 %", "label": "des réponses données dans le délai"}),
                Specimen(
                    "avec lien",
                    {
                        "value": "14",
                        "label": "idées sans réponse",
                        "url": "#retard",
                        "detail": "dont 3 depuis plus de 30 jours",
                    },
                ),
            ],
        ),
        Shelf(
            "small_multiple",
            [
                Specimen(
                    "avec but",
                    {
                        "chart": SERIES,
                        "open": True,
                        "badge_label": "But pas encore atteint",
                        "badge_tone": "warn",
                        "badge_icon": "flag",
                    },
                ),
                Specimen(
                    "avec un trou",
                    {
                        "chart": Series(
                            "Réponses dans le délai",
                            [("janv.", 71), ("févr.", None), ("mars", 78), ("avril", 82.5)],
                            None,
                            "%",
                            100,
                        ),
                        "link_url": "#mesures",
                        "link_label": "Voir les mesures",
                    },
                ),
                Specimen("sans chiffre", {"chart": Series("Portes ouvertes", [])}),
            ],
        ),
        Shelf(
            "data_table",
            [
                Specimen(
                    "par direction",
                    {
                        "caption": "Idées par direction",
                        "id": "table-directions",
                        "columns": [
                            {"label": "Direction"},
                            {"label": "Idées", "numeric": True},
                            {"label": "En retard", "numeric": True},
                        ],
                        "rows": [
                            [{"text": "Propreté et ressources", "url": "#pro"}, 41, 2],
                            ["Écoles et temps de l’enfant", 35, 0],
                        ],
                    },
                ),
                Specimen(
                    "vide",
                    {
                        "caption": "Idées à orienter",
                        "columns": [{"label": "Idée"}, {"label": "Reçue"}],
                        "rows": [],
                        "empty": "Aucune idée n’attend : tout est orienté.",
                    },
                ),
            ],
        ),
        Shelf(
            "search_box",
            [
                Specimen(
                    "avec la touche",
                    {
                        "url": "/recherche/",
                        "value": "casiers",
                        "label": "Mots, ou référence",
                        "hint": "Dans les idées et dans les pages.",
                        "key": True,
                        "display_url": "/affichage/",
                    },
                )
            ],
            wide=True,
        ),
        Shelf(
            "facet",
            [
                Specimen(
                    "une valeur choisie",
                    {
                        "title": "Direction",
                        "id": "facette-exemple",
                        "choices": [
                            {"label": "Propreté et ressources", "count": 41, "url": "#", "chosen": True},
                            {"label": "Écoles et temps de l'enfant", "count": 7, "url": "#", "chosen": False},
                        ],
                    },
                )
            ],
        ),
        Shelf(
            "result",
            [
                Specimen(
                    "une idée",
                    {
                        "title": format_html("Des <mark>{}</mark> assez hauts pour les bottes", "casiers"),
                        "url": "#",
                        "label": "Idée",
                        "icon": "lightbulb",
                        "tone": "idea",
                        "before": "Réponse officielle :",
                        "passage": format_html("Oui. 190 <mark>{}</mark> seront posés dans trois dépôts.", "casiers"),
                        "badge_label": "Décidée : oui",
                        "badge_tone": "ok",
                        "facts": ["Dépôt des Tanneurs", "Plus simple"],
                    },
                    "ideas",
                )
            ],
            wide=True,
        ),
        Shelf(
            "filter_panel",
            [
                Specimen(
                    "fermé sur téléphone", {"form": SampleFilters(auto_id="liste_%s"), "label": "Filtrer les idées"}
                ),
                Specimen(
                    "actif",
                    {
                        "form": SampleFilters({"q": "casiers"}, auto_id="atelier_%s"),
                        "open": True,
                        "url": "/idees/",
                        "label": "Filtrer l’atelier",
                        "reset_url": "/idees/",
                        "submit": "Afficher les idées",
                        "id": "filtres-2",
                    },
                ),
            ],
        ),
        Shelf(
            "pagination",
            [
                Specimen(
                    "au milieu",
                    {"previous_url": "#p1", "next_url": "#p3", "label": "idées", "summary": "50 idées affichées"},
                ),
                Specimen("au début", {"next_url": "#p2"}),
            ],
        ),
        Shelf(
            "tabs",
            [
                Specimen(
                    "files",
                    {
                        "label": "Files de l’atelier",
                        "items": [
                            {"label": "À lire", "url": "#lire", "count": 12, "current": True},
                            {"label": "À orienter", "url": "#orienter", "count": 3},
                            {"label": "En retard", "url": "#retard", "count": 0},
                            {"label": "Toutes", "url": "#toutes"},
                        ],
                    },
                )
            ],
            wide=True,
        ),
        Shelf(
            "persona_card",
            [
                Specimen(
                    "agent",
                    {
                        "name": "agent",
                        "first_line": "Nadia Benali, conductrice",
                        "second_line": "Propose une idée depuis le dépôt des Tanneurs.",
                    },
                ),
                Specimen(
                    "décision",
                    {
                        "name": "decideur",
                        "first_line": "Sophie Lantier, cheffe de service",
                        "second_line": "Décide et signe les réponses.",
                        "icon": "gavel",
                        "field": "qui",
                    },
                ),
            ],
        ),
        Shelf(
            "empty_state",
            [
                Specimen(
                    "invitation",
                    {
                        "title": "Rien ne vous attend",
                        "icon": "check",
                        "link_url": "#deposer",
                        "text": "Vous avez une idée pour mieux travailler ? Elle aura une réponse écrite.",
                        "link_label": "Déposer une idée",
                    },
                ),
                Specimen("sobre", {"title": "Aucune idée ne correspond", "level": 3}),
            ],
        ),
        Shelf(
            "confirm",
            [
                Specimen(
                    "sans retour",
                    {
                        "title": "Retirer votre idée ?",
                        "url": "/affichage/",
                        "submit": "Retirer mon idée",
                        "danger": True,
                        "cancel_url": "#idee",
                        "text": "Elle ne sera plus visible. Les 3 soutiens reçus seront perdus.",
                    },
                ),
                Specimen(
                    "avec un champ",
                    {
                        "title": "Transférer à une autre direction ?",
                        "url": "/affichage/",
                        "submit": "Transférer",
                        "icon": "forward",
                        "form": SampleComment(prefix="t"),
                        "text": "La date promise ne change pas.",
                    },
                ),
            ],
        ),
        Shelf(
            "print_header",
            [Specimen("sur papier seulement", {"title": "Idée K7M2QX", "reference": "K7M2QX", "printed_on": today})],
        ),
    ]
