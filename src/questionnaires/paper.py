"""The paper version of questionnaires: one form at the desk, whose questions are those that organisers wrote."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.foundations import references
from src.paper import registry

from . import rules, services
from .enums import State
from .forms.sheet import MOST_FIELDS, SheetForm
from .models import Questionnaire
from .words import minutes_words

KIND = "questionnaire"


def sheets_for(viewer) -> list[tuple[str, str]]:
    """The questionnaires a facilitator may print and type sheets of: open or about to be, where paper can be taken."""
    found = Questionnaire.objects.visible_to(viewer).filter(closed_at__isnull=True).for_pages()
    return [
        (about_of(one), one.title)
        for one in found
        if rules.state_of(one) in (State.OPEN, State.COMING)
        and not rules.why_no_sheet(one)
        and len(SheetForm(one, one.revision).fields) <= MOST_FIELDS
    ]


def about_of(questionnaire) -> str:
    """What a sheet is about: the questionnaire and the version of its questions that is printed."""
    return f"{questionnaire.reference}.{questionnaire.revision.number}"


def build(about: str, data=None) -> SheetForm:
    """The form of a sheet; the version it was printed from, even when another was published since."""
    reference, _dot, number = about.partition(".")
    questionnaire = Questionnaire.objects.for_pages().filter(reference=references.normalise(reference[:20])).first()
    if questionnaire is None:
        raise LookupError(about)
    for revision in questionnaire.revisions.all():
        if str(revision.number) == number and revision.published_at is not None:
            return SheetForm(questionnaire, revision, data)
    raise LookupError(about)


def submit(submission: registry.Submission) -> registry.Handed:
    """Take the sheet's answers."""
    form = submission.form
    sent = services.take_sheet(
        questionnaire=form.questionnaire,
        revision=form.revision,
        answers=form.answers,
        place=submission.place,
        channel=submission.channel,
        token=submission.token,
    )
    return registry.Handed(kind=KIND, handle=sent.handle, label=form.questionnaire.title)


def _lede(questionnaire) -> str:
    """What somebody with the sheet in hand has to know first."""
    words = [_("%(minutes)s. Don't write your name.") % {"minutes": minutes_words(questionnaire.minutes)}]
    day = rules.last_day(rules.until(questionnaire))
    if day is not None:
        words.append(_("Give it back before %(day)s.") % {"day": date_format(day, "DATE_FORMAT")})
    return " ".join(words)


def adapt(form: SheetForm) -> dict:
    """What one questionnaire's sheet says of itself."""
    return {
        "title": form.questionnaire.title,
        "lede": _lede(form.questionnaire),
        "fields": tuple(form.fields),
        "watched": form.watched,
    }


def refuses_place(form: SheetForm, unit) -> str:
    """Why sheets of this place aren't taken."""
    return rules.why_not_from(form.questionnaire.space, unit)


registry.register(
    registry.PaperForm(
        key=KIND,
        title=gettext_lazy("Questionnaire"),
        lede="",
        addresses=(
            "questionnaires/<slug:reference>/repondre/",
            "questionnaires/<slug:reference>/repondre/<slug:key>/",
            "questionnaires/<slug:reference>/verifier/",
        ),
        build=build,
        fields=(),
        submit=submit,
        who=registry.NOBODY,
        places=sheets_for,
        adapt=adapt,
        refuses_place=refuses_place,
    )
)
