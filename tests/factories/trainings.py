"""Tracks for tests: two lessons, a story, a quiz, a reflection; written as a file, published by the service."""

import copy
import uuid
from itertools import count

from trainings.content import stream_of_modules, stream_of_questions
from trainings.models import QuestionBank, Track, TrackVersion
from trainings.services import publish_version, revise_bank

_numbers = count(1)
KEYS = {name: str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in ("lesson", "scenario", "quiz", "reflection")}


def choice(text, right=False):
    return {"text": text, "right": right, "feedback": f"Raison de « {text} »."}


def question(number=0, **more) -> dict:
    """A question of one right answer, the first written."""
    return {
        "key": str(uuid.uuid4()),
        "category": "accueil",
        "kind": "single",
        "text": f"Question {number} ?",
        "choices": [choice("La bonne", True), choice("L’autre"), choice("La troisième")],
        "reason": "Parce que.",
        "source": "La Ville",
        **more,
    }


def every_kind() -> list[dict]:
    """One question of each kind."""
    plain = {"category": "toutes", "reason": "Parce que.", "source": "La Ville"}
    kinds = [
        ("single", {"choices": [choice("Oui", True), choice("Non"), choice("Peut-être")]}),
        ("multiple", {"choices": [choice("Écouter", True), choice("Noter", True), choice("Rire")]}),
        ("true_false", {"choices": [choice("Vrai", True), choice("Faux")]}),
        ("matching", {"pairs": [["Rouge", "Chaud"], ["Bleu", "Froid"], ["Vert", "Tiède"]]}),
        ("ordering", {"order": ["Nommer", "Arrêter", "Protéger", "Noter"]}),
        ("short", {"accepted": ["égalité", "l'égalité"]}),
    ]
    return [
        {"key": str(uuid.uuid4()), "kind": kind, "text": f"De quelle sorte : {kind} ?", **plain, **more}
        for kind, more in kinds
    ]


# The right answer of each kind, in written places.
RIGHT = {
    "single": 0,
    "multiple": [0, 1],
    "true_false": 0,
    "matching": [0, 1, 2],
    "ordering": [0, 1, 2, 3],
    "short": "Egalite",
}


def bank(questions=None, **fields) -> QuestionBank:
    """A bank whose questions may be drawn."""
    number = next(_numbers)
    made = QuestionBank(slug=f"banque-{number}", title=f"Banque {number}", **fields)
    made.questions = stream_of_questions(questions or [question(n) for n in range(1, 5)])
    made.save()
    revise_bank(bank=made)
    return made


def rewrite(made: QuestionBank, questions: list[dict]) -> int:
    """Have a bank say something else, as its form does."""
    made.questions = stream_of_questions(questions)
    made.save()
    return revise_bank(bank=made)


def lesson(**more) -> dict:
    return {
        "key": KEYS["lesson"],
        "kind": "lesson",
        "title": "Accueillir",
        "minutes": 10,
        "required": True,
        "done_when": "Ce module est terminé quand vous avez répondu à la question.",
        "blocks": [
            {"type": "text", "heading": "Au guichet", "paragraphs": ["Une phrase pour toutes et tous."], "list": ["Un"]},
            {"type": "check", "question": "Que dire ?", "choices": [choice("Bonjour", True), choice("Suivant !")],
             "source": "La Ville"},
            {"type": "what_if", "title": "Que faire si quelqu’un est insulté", "steps": ["Nommer", "Arrêter"],
             "say": ["« Ici, on se respecte. »"], "call": "La référente égalité"},
            {"type": "referent", "title": "Qui appeler", "who": "La référente", "how": "Par téléphone"},
            {"type": "legal", "title": "La règle", "reference": "code pénal, art. 225-1", "text": "Un texte.",
             "source": "Légifrance"},
        ],
        **more,
    }  # fmt: skip


def node(key, *targets, **more) -> dict:
    choices = [{"text": f"Aller vers {to}", "to": to, "feedback": f"Vers {to}.", "criteria": []} for to in targets]
    return {"key": key, "title": f"Scène {key}", "text": "Il se passe ceci.", "end": not targets, "choices": choices,
            **more}  # fmt: skip


def scenario(nodes=None, **more) -> dict:
    return {
        "key": KEYS["scenario"],
        "kind": "scenario",
        "title": "Le papier",
        "minutes": 5,
        "required": True,
        "done_when": "Ce module est terminé quand vous arrivez à une fin.",
        "scenario": {"start": "a", "nodes": nodes or [node("a", "b", "c"), node("b", "a", "c"), node("c")]},
        **more,
    }


def quiz(made: QuestionBank, draw=None, **rule) -> dict:
    rule = {"draw": draw or {"accueil": 2}, "pass_mark": 80, "max_attempts": 2, "cool_down_hours": 12,
            "shuffle": True, "feedback": "at_end", **rule}  # fmt: skip
    return {
        "key": KEYS["quiz"],
        "kind": "quiz",
        "title": "Questions finales",
        "minutes": 5,
        "required": True,
        "done_when": "Ce module est terminé quand vous avez assez de bonnes réponses.",
        "quiz": {"bank": made.slug, "rule": rule},
    }


def reflection(**more) -> dict:
    return {
        "key": KEYS["reflection"],
        "kind": "reflection",
        "title": "À vous",
        "minutes": 5,
        "required": False,
        "done_when": "Ce module est terminé quand vous le dites.",
        "blocks": [{"type": "reflection", "prompt": "Quelle habitude essayer ?", "hint": "Une seule."}],
        **more,
    }


def written(modules=None, **fields) -> Track:
    """A track as it is written, with a draft that Wagtail knows."""
    number = next(_numbers)
    modules = [lesson()] if modules is None else modules
    minutes = sum(one["minutes"] for one in modules if one["required"])
    told = {
        "slug": f"parcours-{number}",
        "title": f"Parcours {number}",
        "objectives": "Accueillir chaque personne\nPasser le relais",
        "audience": "Toute personne qui accueille du public.",
        "basis": "Décision de la Ville du 1er septembre.",
        "minutes": minutes,
        "live": False,
        **fields,
    }
    made = Track(**told)
    made.modules = stream_of_modules(copy.deepcopy(modules))
    made.save()
    return made


def published(modules=None, **fields) -> TrackVersion:
    """The first version of a track."""
    made = written(modules, **fields)
    Track.objects.filter(pk=made.pk).update(live=True)
    made.refresh_from_db()
    return publish_version(track=made)


def republished(version: TrackVersion, modules, *, note="Une phrase plus claire.", kind="minor") -> TrackVersion:
    """The same track with other modules, published again."""
    track = Track.objects.get(pk=version.track_id)
    track.modules = stream_of_modules(copy.deepcopy(modules))
    track.minutes = sum(one["minutes"] for one in modules if one["required"])
    track.change_note, track.change_kind = note, kind
    track.save()
    return publish_version(track=track)


def whole(**rule) -> TrackVersion:
    """A published track with a module of each kind."""
    return published([lesson(), scenario(), quiz(bank(), **rule), reflection()])
