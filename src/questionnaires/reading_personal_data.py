"""What the reading of open answers keeps: copies of words that go with the answers, and who coded what."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare, declare_impersonal

from .models import (
    Citation,
    Code,
    Codebook,
    CodedText,
    Coding,
    CodingStep,
    DoubleReading,
    FigureText,
    Synthesis,
    SynthesisChapter,
    SynthesisFigure,
    SynthesisParagraph,
    SynthesisTable,
    Theme,
)

KEPT = _("twelve months after the results")


def _coded(user):
    found = CodingStep.objects.filter(actor=user).select_related("text__codebook__questionnaire").order_by("pk")
    for step in found:
        yield {
            "questionnaire": step.text.codebook.questionnaire.title,
            "at": step.at,
        }


def _forget_steps(user):
    return CodingStep.objects.filter(actor=user).update(actor=None)


def _forget_coder(user):
    return Coding.objects.filter(coder=user).update(coder=None)


def _forget_reader(user):
    DoubleReading.objects.filter(second=user).update(second=None)
    return DoubleReading.objects.filter(first=user).update(first=None)


def _doubles(user):
    for one in DoubleReading.objects.filter(Q(first=user) | Q(second=user)).select_related("codebook__questionnaire"):
        yield {"questionnaire": one.codebook.questionnaire.title, "drawn_at": one.drawn_at}


declare(
    CodedText,
    owner="questionnaires",
    classification=Classification.C3,
    retention=KEPT,
    export=None,
    erase=None,
    reason="The stems of an answer and the words hidden in it: they go with the answer, which its author is given.",
)
declare(
    CodingStep,
    owner="questionnaires",
    classification=Classification.C2,
    retention=KEPT,
    title=_("Answers I coded"),
    export=_coded,
    erase=_forget_steps,
    reason="Who coded an answer, so that a slip is undone; gone with the answer.",
)
declare(
    Coding,
    owner="questionnaires",
    classification=Classification.C2,
    retention=KEPT,
    export=None,
    erase=_forget_coder,
    reason="The reading that stands, and whose it is: its history is what the coder is given.",
)
declare(
    DoubleReading,
    owner="questionnaires",
    classification=Classification.C2,
    retention=_("as long as the questionnaire"),
    title=_("Double readings I took part in"),
    export=_doubles,
    erase=_forget_reader,
    reason="Two readers and how far they agree: the proof of a synthesis, without their names once accounts are gone.",
)
declare_impersonal(
    "questionnaires",
    (
        (Code, "Which theme a reading gave: no personal data of its own, gone with the answer."),
        (FigureText, "Which answer is behind a figure: gone with the answer."),
        (Codebook, "The question whose answers are read: no personal data."),
        (Theme, "What answers speak of: no personal data."),
        (Synthesis, "What was understood: no personal data."),
        (SynthesisChapter, "What was understood: no personal data."),
        (SynthesisParagraph, "What was understood: no personal data."),
        (Citation, "Which figure a paragraph cites: no personal data."),
        (SynthesisTable, "How many answers were read: no personal data."),
        (SynthesisFigure, "A count above the smallest number: no personal data."),
    ),
)

code_words.register(
    "verb",
    {
        "questionnaires.codebook_opened": _("Reading of open answers begun"),
        "questionnaires.theme_written": _("Theme written"),
        "questionnaires.theme_merged": _("Theme merged into another"),
        "questionnaires.theme_taken_out": _("Merged theme taken out again"),
        "questionnaires.theme_split": _("Theme split"),
        "questionnaires.theme_removed": _("Theme without an answer removed"),
        "questionnaires.double_reading_drawn": _("Answers drawn for two readers"),
        "questionnaires.double_reading_done": _("Two readings compared"),
        "questionnaires.double_reading_given_up": _("Double reading given up"),
        "questionnaires.reading_settled": _("Disagreement of two readings settled"),
        "questionnaires.synthesis_begun": _("Synthesis begun"),
        "questionnaires.answers_shown": _("Answers behind a figure shown or taken away"),
        "questionnaires.synthesis_published": _("Synthesis published"),
    },
)
