"""What the gallery shows: every component, and the sample pages made of them. A workshop of the staff: its words are
samples of French content, not strings of the product."""

import datetime

from django.utils import timezone

from theme.charts import Series
from theme.templatetags.theme import short_day

from .acting_shelves import acting_shelves
from .reading_shelves import reading_shelves
from .samples import ANSWER, IDEA, SampleComment, SampleFilters, SampleForm, comments, ideas, steps, todo

FRAME = ("skip_link", "masthead", "brandmark", "nav", "footer", "language_switch")


def context() -> dict:
    """Everything the gallery's page needs."""
    return {
        "shelves": [*reading_shelves(), *acting_shelves()],
        "pages": PAGES,
        "nav_key": "gallery",
        "bars": Series(
            "Idées par direction", [("Propreté", 41), ("Écoles", 35), ("Accueil", 22), ("Jardins", 8)], None, "", 50
        ),
    }


def page(name: str) -> dict:
    """What one of the sample pages needs."""
    today = timezone.localdate()
    return {
        "today": today,
        "ideas": ideas(today),
        "todo": todo(),
        "idea": IDEA,
        "answer": {**ANSWER, "signed_on": today - datetime.timedelta(days=70)},
        "steps": steps(today),
        "comment_options": {"comment": comments(today), "reply_url": "#commenter"},
        "comment_form": SampleComment(),
        "filters": SampleFilters(),
        "proposal": SampleForm(),
        "saved_at": datetime.time(14, 32),
        "recipient": ["Roger Tessier", "12 rue du Vieux-Four", "Marvenne"],
        "sender": ["Ville de Marvenne", "Service technique de la propreté"],
        "place_and_date": f"Marvenne, le {short_day(today)}",
        "subject": "Notre réponse à votre idée",
        "reference": "K7M2QX",
        "heading": "Cette semaine aux Tanneurs",
        "intro": "Ce que vous avez proposé, ce que nous avons décidé.",
        "printed_on": today,
        "nav_key": "home" if name == "accueil" else "ideas",
        "similar": [
            {
                "title": "Une armoire pour échanger les tenues qui ne vont pas",
                "url": "/galerie/idee/",
                "detail": "86 soutiens, reçue",
                "support_url": "/affichage/",
            },
        ],
    }


PAGES = ("accueil", "idees", "idee", "deposer", "lettre", "affiche")
