"""Samples of French content for the gallery: forms, ideas, comments, a way. Words of the demo city."""

import datetime

from django import forms
from django.utils.html import format_html

from theme.charts import Series
from theme.forms import ChoiceLabel


def paragraph(text):
    """Safe HTML as a room would store it."""
    return format_html("<p>{}</p>", text)


class SampleForm(forms.Form):
    """A field of each kind."""

    use_required_attribute = False
    body = forms.CharField(
        label="Qu’est-ce qui pourrait aller mieux, et comment ?",
        help_text="Deux ou trois phrases suffisent. Vous pourrez compléter plus tard.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Écrivez ce qui pourrait aller mieux."},
    )
    title = forms.CharField(
        label="Un titre court",
        help_text="Repris de votre première phrase. Vous pouvez le changer.",
        max_length=120,
        required=False,
    )
    identity = forms.ChoiceField(
        label="Comment voulez-vous apparaître ?",
        help_text="Ce choix se fait avant d’envoyer et ne change plus ensuite.",
        widget=forms.RadioSelect,
        choices=[
            (
                "named",
                ChoiceLabel(
                    "Avec mon nom", "Vos collègues voient votre prénom et votre métier. Ils peuvent vous répondre."
                ),
            ),
            (
                "team",
                ChoiceLabel("Au nom de mon équipe", "Seul le nom de l’équipe est affiché : Équipe des Serres."),
            ),
            (
                "protected",
                ChoiceLabel(
                    "Nom protégé",
                    "Votre nom n’est affiché à personne, ni à vos chefs, ni à l’équipe qui étudie. Il reste sous clé.",
                    "Si vous décrivez votre équipe ou votre lieu, vos collègues pourraient vous reconnaître.",
                ),
            ),
        ],
        error_messages={"required": "Choisissez comment vous voulez apparaître."},
    )
    direction = forms.ChoiceField(
        label="Direction concernée",
        required=False,
        choices=[("", "Je ne sais pas"), ("pro", "Propreté et ressources"), ("eco", "Écoles et temps de l’enfant")],
    )
    when = forms.DateField(label="Depuis quand ?", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    photo = forms.FileField(label="Une photo", required=False, help_text="8 Mo au plus.")
    topics = forms.MultipleChoiceField(
        label="De quoi s’agit-il ?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("tools", "Outils"), ("hours", "Horaires"), ("welcome", "Accueil du public")],
    )
    read = forms.BooleanField(
        label="J’ai lu la charte de participation", error_messages={"required": "Cochez la case pour continuer."}
    )


class SampleFilters(forms.Form):
    """Filters of a list."""

    q = forms.CharField(label="Rechercher", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    direction = forms.ChoiceField(
        label="Direction", required=False, choices=[("", "Toutes"), ("pro", "Propreté et ressources")]
    )
    step = forms.ChoiceField(label="Étape", required=False, choices=[("", "Toutes"), ("study", "À l’étude")])


class SampleComment(forms.Form):
    """What a comment asks."""

    use_required_attribute = False
    comment = forms.CharField(
        label="Votre commentaire",
        help_text="Il sera signé Nadia B., conductrice.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez votre commentaire."},
    )


def bound(prefix):
    """The sample form as it comes back with errors."""
    return SampleForm({f"{prefix}-title": "Un banc à l’abri"}, prefix=prefix)


def steps(today):
    day = datetime.timedelta(days=1)
    return [
        {
            "label": "Reçue",
            "state": "done",
            "on": today - 84 * day,
            "who": "par Nadia B., conductrice",
            "fact": "Lue par Odile M. le lendemain, transmise au service Mécanique.",
        },
        {
            "label": "À l’étude",
            "state": "done",
            "when_label": "semaine du 7 septembre",
            "who": "service Mécanique",
            "fact": "Deux évaluations, médiane 3 sur 4.",
        },
        {
            "label": "Décidée : essai",
            "state": "now",
            "on": today - 70 * day,
            "who": "Sophie Lantier, cheffe du service technique",
            "fact": "Deux dépôts, douze camions, pendant quatre mois.",
            "link_url": "/galerie/idee/",
            "link_label": "Lire la réponse officielle",
        },
        {"label": "En cours", "state": "todo"},
        {"label": "Confirmée", "state": "todo"},
    ]


def comments(today):
    day = datetime.timedelta(days=1)
    return {
        "id": 1,
        "author_label": "Fatou D., magasinière",
        "body_html": paragraph("D’accord, si le cahier dit qui a pris quoi. Sinon c’est moi qui cherche."),
        "on": today - 9 * day,
        "replies": [
            {
                "id": 2,
                "author_label": "Bruno T., signalisation",
                "in_reply_to": "Fatou D., magasinière",
                "body_html": paragraph("Oui, une ligne par échange, signée."),
                "on": today - 8 * day,
            },
            {
                "id": 3,
                "author_label": "Karim Diallo",
                "official": "Équipe d’étude",
                "body_html": paragraph(
                    "Les équipements de protection doivent rester contrôlés : "
                    "on peut commencer par les polos et les parkas ?"
                ),
                "on": today - 6 * day,
            },
        ],
    }


IDEA = {
    "title": "Un carnet d’entretien partagé pour chaque camion",
    "url": "/galerie/idee/",
    "excerpt": "Chaque équipe refait la même inspection trois fois par jour, sur trois feuilles. "
    "Un carnet commun par véhicule éviterait les oublis.",
    "badge_label": "Décidée : essai",
    "badge_tone": "info",
    "badge_icon": "flask-conical",
    "facts": ["Propreté et ressources", "Nadia B., conductrice"],
    "comments": 37,
    "total": 214,
    "support_url": "/affichage/",
    "supported": True,
}
ANSWER = {
    "title": "Oui, on essaie",
    "body": "Deux dépôts testent le carnet pendant quatre mois, sur douze camions. Il tient sur une page, papier ou "
    "téléphone de service, au choix de l’équipe. Si le nombre de pannes imprévues ne baisse pas d’un cinquième, nous "
    "arrêterons et nous dirons pourquoi.",
    "signed_by": "Sophie Lantier",
    "signed_role": "cheffe du service technique",
}
SERIES = Series(
    "« Quand je signale un problème, on me répond »", [("2024", 41), ("2025", 46), ("2026", 54)], 65, "%", 100
)


def ideas(today):
    """Rows of the list, one for each situation."""
    day = datetime.timedelta(days=1)
    return [
        IDEA,
        {
            "title": "Des affiches d’accueil en dessins et en cinq langues",
            "url": "/galerie/idee/",
            "excerpt": "Chaque semaine, des personnes repartent parce qu’elles n’ont pas compris quoi apporter.",
            "badge_label": "À l’étude",
            "badge_tone": "info",
            "badge_icon": "search",
            "late_days": 12,
            "facts": ["Accueil", "Paul K., accueil"],
            "comments": 22,
            "total": 132,
            "support_url": "/affichage/",
            "supported": False,
        },
        {
            "title": "Un banc à l’abri près du portail",
            "url": "/galerie/idee/",
            "excerpt": "En attendant le camion, il n’y a nulle part où s’asseoir au sec.",
            "badge_label": "Reçue",
            "badge_icon": "inbox",
            "due_on": today + 59 * day,
            "facts": ["Propreté et ressources", "Nom protégé"],
            "total": 3,
            "support_url": "/affichage/",
            "supported": False,
        },
        {
            "title": "Pointer avec son téléphone personnel",
            "url": "/galerie/idee/",
            "excerpt": "La pointeuse est à l’autre bout du dépôt et on y fait la queue.",
            "badge_label": "Décidée : non",
            "badge_tone": "danger",
            "badge_icon": "circle-x",
            "facts": ["Ressources internes", "Nom protégé"],
            "total": 58,
        },
    ]


def todo():
    """The home page's list."""
    return [
        {
            "title": "Répondre à « Des affiches d’accueil en dessins »",
            "detail": "Réponse en retard de 12 jours",
            "url": "/galerie/idee/",
            "verb": "Répondre",
            "icon": "megaphone",
            "kind": "idea",
            "due_label": "À faire avant le 22 décembre",
            "legal": True,
            "first": True,
        },
        {
            "title": "Préciser votre idée « Prévenir la veille »",
            "detail": "L’équipe d’étude vous pose une question",
            "url": "/galerie/idee/",
            "verb": "Préciser",
            "icon": "message-circle-question",
            "kind": "idea",
        },
        {
            "title": "Trois idées à orienter",
            "detail": "Environ 4 minutes",
            "url": "/galerie/idee/",
            "verb": "Orienter",
            "icon": "signpost",
            "kind": "consult",
            "due_label": "Cette semaine",
        },
    ]
