"""Who reports, decides on and objects about a quote: an open answer that its circle reads behind a figure."""

from django.db.models import Count, F, Q

from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from src.participation.enums import Visibility

from .models import AnswerSet, CodedText, Questionnaire, SynthesisFigure


def quote_of(questionnaire: Questionnaire, reference: str) -> CodedText | None:
    """A quote by its reference: ticked, behind a published figure that shows answers. Two statements."""
    found = (
        CodedText.objects.ticked()
        .select_related("answer__answer_set", "codebook")
        .filter(codebook__questionnaire=questionnaire, reference=reference)
        .first()
    )
    if found is None or not _is_read(found):
        return None
    found.codebook.questionnaire = questionnaire
    return found


def _is_read(quote: CodedText) -> bool:
    figures = SynthesisFigure.objects.filter(
        table__synthesis__published_at__isnull=False, behind__text=quote.pk
    ).values("pk")
    shown = SynthesisFigure.objects.filter(pk__in=figures).annotate(
        shown=Count("behind", filter=Q(behind__text__shown_at__isnull=False))
    )
    return shown.filter(shown__gte=F("table__k")).exists()


def is_own(user, quote: CodedText) -> bool:
    """Whether the person wrote the answer, named or not; of a secret one nobody can say."""
    viewer = as_viewer(user)
    return AnswerSet.objects.of(viewer).filter(pk=quote.answer.answer_set_id).exists()


def moderates(user, questionnaire: Questionnaire) -> bool:
    """Whether the person decides on quotes here."""
    viewer = as_viewer(user)
    unit = questionnaire.space.steering_unit
    return viewer.is_agent and viewer.has_role(
        Role.MODERATOR, unit_path=unit.path if unit else "", space_id=questionnaire.space_id
    )


def may_decide(user, questionnaire: Questionnaire, case) -> bool:
    """Whether the person decides on this look: who moderates; administrators on objections, and on what is late."""
    if moderates(user, questionnaire):
        return True
    late = case is not None and (not case.is_open or case.due_on < clock.today())
    return late and as_viewer(user).has_role(Role.ADMINISTRATOR)


def is_hidden(quote: CodedText) -> bool:
    """Whether the moderation hides it, for a time or for good."""
    return quote.visibility != Visibility.SHOWN
