"""What barometers keep of people: who follows one."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare

from .models import Barometer, BarometerFollow, Edition, Finding, PastFigure, TrackedQuestion


def _followed(user):
    rows = BarometerFollow.objects.filter(user=user).order_by("barometer__title", "pk")
    return ({"title": title} for title in rows.values_list("barometer__title", flat=True))


declare(
    BarometerFollow,
    owner="questionnaires",
    classification=Classification.C2,
    retention=_("until you stop following"),
    title=_("Barometers I follow"),
    export=_followed,
    erase=lambda user: BarometerFollow.objects.filter(user=user).delete()[0],
    reason="A wish to hear of a barometer: its row goes when the person stops, or leaves.",
)
for _model, _reason in (
    (Barometer, "What is asked again: no personal data."),
    (TrackedQuestion, "What is followed: no personal data."),
    (Edition, "When people were asked, and how many: no personal data."),
    (PastFigure, "Shares above the smallest number: no personal data."),
    (Finding, "What an edition calls for, in the city's words: no personal data."),
):
    declare(
        _model,
        owner="questionnaires",
        classification=Classification.C1,
        retention=None,
        export=None,
        erase=None,
        reason=_reason,
    )

code_words.register(
    "verb",
    {
        "questionnaires.barometer_begun": _("Barometer begun"),
        "questionnaires.barometer_described": _("Words of a barometer changed"),
        "questionnaires.question_followed": _("Question followed over time"),
        "questionnaires.question_left": _("Question followed no longer"),
        "questionnaires.core_changed": _("Followed question put in the core or in the optional block"),
        "questionnaires.edition_begun": _("Next edition of a barometer begun"),
        "questionnaires.past_edition_typed": _("Figures of an earlier edition typed"),
        "questionnaires.past_edition_changed": _("Figures of an earlier edition changed"),
        "questionnaires.past_edition_removed": _("Earlier edition taken away"),
        "questionnaires.finding_written": _("Finding of an edition written"),
        "questionnaires.finding_changed": _("Words of a finding changed"),
        "questionnaires.finding_removed": _("Finding taken away"),
    },
)
