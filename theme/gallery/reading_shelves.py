"""Components one reads: labels, ideas, answers, ways, comments, things to do."""

import datetime

from django.utils import timezone

from .samples import (
    ANSWER,
    comments,
    ideas,
    paragraph,
    steps,
    todo,
)
from .shelf import Shelf, Specimen


def reading_shelves() -> list[Shelf]:
    """Each in its variants and states."""
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    return [
        Shelf(
            "plaque",
            [
                Specimen(
                    "idée", {"label": "Idée K7M2QX, Propreté et ressources", "icon": "lightbulb", "kind": "idea"}
                ),
                Specimen("consultation", {"label": "Mieux prévoir nos plannings", "icon": "messages-square"}),
                Specimen("panel", {"label": "Panel « Premier accueil »", "icon": "users", "kind": "panel"}),
                Specimen(
                    "formation", {"label": "Accueillir sans discriminer", "icon": "graduation-cap", "kind": "train"}
                ),
                Specimen("sans icône", {"label": "Plus simple"}),
            ],
        ),
        Shelf(
            "badge_status",
            [
                Specimen("neutre", {"label": "Reçue", "icon": "inbox"}),
                Specimen("information", {"label": "À l’étude", "icon": "search", "tone": "info"}),
                Specimen("oui", {"label": "Décidée : oui", "icon": "circle-check", "tone": "ok"}),
                Specimen("attention", {"label": "Décidée : plus tard", "icon": "calendar", "tone": "warn"}),
                Specimen("non", {"label": "Décidée : non", "icon": "circle-x", "tone": "danger"}),
                Specimen("panel", {"label": "Avis du panel", "icon": "scale", "tone": "panel"}),
            ],
        ),
        Shelf(
            "button",
            [
                Specimen("envoyer", {"label": "Envoyer mon idée", "icon": "send"}),
                Specimen("lien", {"label": "Déposer une idée", "icon": "plus", "url": "#deposer"}),
                Specimen(
                    "discret", {"label": "Garder en brouillon", "variant": "quiet", "name": "action", "value": "draft"}
                ),
                Specimen("danger", {"label": "Retirer mon idée", "variant": "danger", "icon": "trash-2"}),
                Specimen(
                    "texte",
                    {"label": "Répondre", "variant": "link", "icon": "reply", "after": "à Fatou D., magasinière"},
                ),
                Specimen("grand, pleine largeur", {"label": "Continuer", "big": True, "block": True, "url": "#suite"}),
            ],
        ),
        Shelf(
            "breadcrumb",
            [
                Specimen("un parent", {"items": [{"label": "Toutes les idées", "url": "#idees"}]}),
                Specimen(
                    "deux parents",
                    {
                        "label": "Fil d’Ariane de l’atelier",
                        "items": [{"label": "Idées", "url": "#idees"}, {"label": "Atelier", "url": "#atelier"}],
                    },
                ),
            ],
        ),
        Shelf(
            "meta",
            [
                Specimen(
                    "nommée",
                    {
                        "author": "Nadia B., conductrice",
                        "on": today - 84 * day,
                        "facts": ["Dépôt des Tanneurs"],
                        "badge_label": "À l’étude",
                        "badge_tone": "info",
                        "badge_icon": "search",
                    },
                ),
                Specimen(
                    "protégée, par semaine",
                    {
                        "author": "Nom protégé",
                        "protected": True,
                        "week": today - 1 * day,
                        "facts": ["Propreté et ressources"],
                    },
                ),
            ],
        ),
        Shelf(
            "promise",
            [
                Specimen("à venir", {"promised_on": today + 59 * day}),
                Specimen(
                    "en retard",
                    {
                        "promised_on": today - 12 * day,
                        "service": "Le service État civil",
                        "chased_on": today - 5 * day,
                    },
                ),
                Specimen("en pause", {"promised_on": today + 20 * day, "paused_until": today + 11 * day}),
                Specimen("répondue", {"answered_on": today - 20 * day}),
            ],
        ),
        Shelf(
            "answer_box",
            [
                Specimen("essai", {**ANSWER, "id": "reponse-essai", "tone": "info", "signed_on": today - 70 * day}),
                Specimen(
                    "oui",
                    {
                        "id": "reponse-oui",
                        "title": "Oui",
                        "signed_by": "Claire Morvan",
                        "signed_role": "directrice de l’accueil",
                        "signed_on": today - 20 * day,
                        "body": "Une fiche d’une page sera posée derrière chaque guichet avant la fin du trimestre.",
                    },
                ),
                Specimen(
                    "non",
                    {
                        "id": "reponse-non",
                        "title": "Non",
                        "tone": "danger",
                        "signed_by": "Jeanne Abadie",
                        "signed_role": "directrice du personnel",
                        "signed_on": today - 33 * day,
                        "reason": "Protection de la vie privée",
                        "change": "des téléphones de service pour toute l’équipe.",
                        "body": "Pointer sur un téléphone personnel obligerait à y installer un outil de l’employeur. "
                        "Mais le problème est réel : une seconde pointeuse sera posée à l’entrée sud.",
                    },
                ),
                Specimen(
                    "plus tard",
                    {
                        "id": "reponse-plus-tard",
                        "title": "Plus tard",
                        "tone": "warn",
                        "signed_by": "Marc Delorme",
                        "signed_role": "chef du service Jardins",
                        "signed_on": today - 45 * day,
                        "reason": "Une règle l’interdit",
                        "change": "l’accord de l’assureur pour un essai à deux équipes.",
                        "body_html": paragraph(
                            "L’idée est bonne et peu coûteuse, mais nos vélos ne sont assurés que pour leur équipe."
                        ),
                    },
                ),
            ],
            wide=True,
        ),
        Shelf(
            "path",
            [
                Specimen("décidée", {"steps": steps(today), "id": "parcours-decidee"}),
                Specimen(
                    "reçue",
                    {
                        "id": "parcours-recue",
                        "title": "Le parcours de cette idée",
                        "steps": [
                            {
                                "label": "Reçue",
                                "state": "now",
                                "week": today,
                                "fact": "Elle est visible et peut être soutenue.",
                            },
                            {"label": "À l’étude", "state": "todo"},
                            {"label": "Décidée", "state": "todo"},
                            {"label": "En cours", "state": "todo"},
                            {"label": "Confirmée", "state": "todo"},
                        ],
                    },
                ),
            ],
        ),
        Shelf("idea_row", [Specimen(row["badge_label"], row, "ideas") for row in ideas(today)], wide=True),
        Shelf(
            "support_button",
            [
                Specimen(
                    "à soutenir",
                    {"support_url": "/affichage/", "total": 168, "subject": "Une seule signature", "supported": False},
                ),
                Specimen(
                    "soutenue",
                    {
                        "support_url": "/affichage/",
                        "total": 214,
                        "subject": "Un carnet d’entretien",
                        "supported": True,
                    },
                ),
                Specimen("fermée", {"total": 58}),
                Specimen(
                    "sur la page",
                    {
                        "support_url": "/affichage/",
                        "total": 12,
                        "layout": "block",
                        "supported": False,
                        "back": "/idees/",
                    },
                ),
            ],
        ),
        Shelf(
            "follow_button",
            [
                Specimen("à suivre", {"follow_url": "/affichage/", "following": False}),
                Specimen("suivie", {"follow_url": "/affichage/", "following": True, "back": "/idees/"}),
            ],
        ),
        Shelf(
            "support_panel",
            [
                Specimen(
                    "soutenue et suivie",
                    {
                        "support_url": "/affichage/",
                        "total": 214,
                        "supported": True,
                        "follow_url": "/affichage/",
                        "following": True,
                    },
                ),
                Specimen("archive", {"total": 0, "imported": 36}),
            ],
        ),
        Shelf(
            "card",
            [
                Specimen(
                    "nouvelle",
                    {
                        "title": "Votre carnet d’entretien est à l’essai",
                        "url": "#idee",
                        "badge_label": "Décidée : essai",
                        "badge_tone": "info",
                        "badge_icon": "flask-conical",
                        "meta": "il y a 2 jours",
                    },
                ),
                Specimen(
                    "section",
                    {
                        "title": "Accueillir sans discriminer",
                        "icon": "graduation-cap",
                        "kind": "train",
                        "text": "Six modules, une heure et demie.",
                        "url": "#formation",
                        "flat": True,
                    },
                ),
                Specimen(
                    "sans lien", {"title": "Le Bus des démarches", "text": "Six personnes, réseau faible.", "level": 2}
                ),
            ],
        ),
        Shelf(
            "notice",
            [
                Specimen("information", {"text": "Comptez 5 minutes, sur votre temps de travail."}),
                Specimen(
                    "fait",
                    {
                        "tone": "ok",
                        "title": "Merci.",
                        "role": "status",
                        "text": "Votre idée porte la référence K7M2QX. Le service Mécanique la lit. Vous aurez une "
                        "réponse écrite avant le 21 janvier 2027, même si c’est non.",
                    },
                ),
                Specimen(
                    "attention",
                    {
                        "tone": "warn",
                        "icon": "users",
                        "text": "Si vous décrivez votre équipe ou votre lieu, vos collègues pourraient vous "
                        "reconnaître.",
                    },
                ),
                Specimen(
                    "danger",
                    {
                        "tone": "danger",
                        "title": "Cette idée a déjà reçu une réponse",
                        "level": 3,
                        "html": paragraph("Sophie Lantier a répondu à 14 h 32."),
                        "link_url": "#reponse-essai",
                        "link_label": "Lire la réponse",
                    },
                ),
            ],
        ),
        Shelf(
            "comment",
            [
                Specimen("avec réponses", {"comment": comments(today), "reply_url": "#repondre"}),
                Specimen(
                    "protégé, par semaine",
                    {
                        "comment": {
                            "author_label": "Nom protégé",
                            "protected": True,
                            "week": today - 3 * day,
                            "body_html": paragraph("Chez nous aussi."),
                        }
                    },
                ),
                Specimen("retiré", {"comment": {"author_label": "Une personne", "withdrawn": True, "on": today}}),
            ],
            wide=True,
        ),
        Shelf("todo_item", [Specimen(item["verb"], item, "todo") for item in todo()], wide=True),
    ]
