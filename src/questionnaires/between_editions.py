"""What two editions of a barometer would tell together: nothing when nearly everybody answered one of them.

Whoever assumes that nobody changed their mind reads two editions as two filters of the same people: the difference is
then the answers of those who came or went. That tells nothing as long as k people at least didn't answer each edition:
who answered only one of them, and what they said, keeps k possible values (``docs/adr/0331``, attacked by
``tests/questionnaires/test_between_editions.py``).
"""

from django.conf import settings

from . import axes, figures
from .models import Edition


def smallest() -> int:
    """The smallest count told of questions that aren't sensitive."""
    return max(settings.TERRAIN_K, settings.TERRAIN_K_FLOOR)


def people_asked(questionnaire) -> int | None:
    """How many people an edition was asked of; None by an open link, where nobody knows."""
    if questionnaire.is_open_link:
        return None
    frame = getattr(questionnaire, "frame", None)
    if frame is not None:
        return sum(cell[-1] for cell in frame.cells)
    return axes.everybody(questionnaire)


def safe_beside_editions(content: dict, questionnaire) -> dict:
    """The results of an edition, as ``held`` leaves them; of a questionnaire that is no edition, unchanged.

    Keeps on the edition how many people were asked.
    """
    edition = Edition.objects.filter(questionnaire=questionnaire).first()
    if edition is None or content["answers"] is None:
        return content
    asked = people_asked(questionnaire)
    if asked is not None:
        # A directory may hold fewer posts than people who answered: nobody is then known to be absent.
        asked = max(asked, content["answers"])
        Edition.objects.filter(pk=edition.pk).update(asked=asked)
    return held(content, asked)


def held(content: dict, asked: int | None) -> dict:
    """The figures that may stand beside those of other editions: each question is withheld when fewer than its k of

    the people ``asked`` left the questionnaire unanswered. None: nobody knows how many were asked, all is told.
    """
    if asked is None:
        return content
    absent = asked - content["answers"]
    nothing = {"withheld": figures.EVERYBODY, "asked": None, "tables": [], "options": [], "hidden": [], "by": []}
    questions = [one if one["withheld"] or absent >= one["k"] else one | nothing for one in content["questions"]]
    kept = content | {"questions": questions}
    if absent < content["k"] and content.get("who"):
        # Neither how many of each category came.
        kept["who"] = []
    return kept
