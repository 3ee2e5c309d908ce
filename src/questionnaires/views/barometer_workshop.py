"""The organiser's side of a barometer: begun, its questions followed, its editions, its earlier figures."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations.gates import see_other

from .. import barometer_reading, comparing
from ..forms.barometers import BarometerForm, FollowForm, NextEditionForm, PastEditionForm
from ..models import Barometer
from ..services import barometers as services
from .barometer_gate import edition_of, organised_barometer
from .gate import organiser, screen, signed_in
from .workshop import address

METHODS = ["GET", "HEAD", "POST"]
FORM = "questionnaires/barometer_form.html"


def board_of(barometer: Barometer, name: str = "barometer_board", **kwargs) -> str:
    """An address of the organiser's side."""
    return reverse(f"questionnaires:{name}", kwargs={"barometer": barometer.reference, **kwargs})


def form_page(request, form, **context):
    """A form of the workshop: its title, why, the way back."""
    context = {"form": form, **context}
    return render(request, FORM, context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@signed_in
@screen
@organiser
def begin(request, questionnaire):
    """Make of a questionnaire the first edition asked here."""
    edition = getattr(questionnaire, "edition", None)
    if edition is not None:
        return see_other(board_of(edition.barometer))
    form = BarometerForm(
        request.POST if request.method == "POST" else None,
        initial={"title": questionnaire.title, "number": 1},
        begins=True,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.begin_barometer(actor=request.user, questionnaire=questionnaire, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The barometer is begun. Say now which questions are followed."))
            return see_other(board_of(made))
    return form_page(
        request,
        form,
        title=_("Follow over time"),
        lede=_("A barometer asks the same questions again, edition after edition, and shows what moves."),
        submit=_("Begin the barometer"),
        back=address(questionnaire),
        back_label=questionnaire.title,
    )


@require_safe
@organised_barometer
def board(request, barometer):
    """What an organiser sees of a barometer, and what may be done now."""
    editions = list(
        barometer.editions.select_related("questionnaire__release")
        .prefetch_related("figures", "findings__tracked", "findings__theme")
        .order_by("number")
    )
    tracked = {one.key: one for one in barometer.tracked.all()}
    asked = services.last_questions(barometer)
    last = next((one for one in reversed(editions) if not one.is_typed), None)
    context = {
        "barometer": barometer,
        "editions": editions,
        "last": last,
        "may_type": _has_room(editions),
        "may_open": last is not None and last.questionnaire.closed_at is not None,
        "questions": [
            {"question": one, "tracked": tracked.get(one.key), "can": comparing.can_be_followed(one)} for one in asked
        ],
        "gone": [one for key, one in tracked.items() if key not in {question.key for question in asked}],
        "changes": _changes(barometer, asked),
    }
    return render(request, "questionnaires/barometer_board.html", context)


def _has_room(editions) -> bool:
    """Whether an edition of before can still be typed: a number is free under those asked here."""
    first = next((one.number for one in editions if not one.is_typed), 1)
    return sum(1 for one in editions if one.is_typed) < first - 1


def _changes(barometer: Barometer, asked) -> list[dict]:
    """Of the last edition, what breaks a followed line, told before it is published."""
    before = (
        barometer.editions.filter(questionnaire__isnull=False)
        .prefetch_related("questionnaire__revisions__questions")
        .order_by("-number")[1:2]
    )
    earlier = {one.key: one for edition in before for one in barometer_reading.questions_of(edition.questionnaire)}
    followed = set(barometer.tracked.values_list("key", flat=True))
    found = []
    for one in asked:
        if one.key in followed and one.key in earlier:
            why = comparing.differences(earlier[one.key], one)
            if why:
                found.append({"text": one.text, "why": " ".join(why)})
    return found


@require_http_methods(METHODS)
@organised_barometer
def describe(request, barometer):
    """Change its words."""
    form = BarometerForm(
        request.POST if request.method == "POST" else None,
        initial={"title": barometer.title, "introduction": barometer.introduction},
    )
    if request.method == "POST" and form.is_valid():
        services.describe_barometer(actor=request.user, barometer=barometer, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return see_other(board_of(barometer))
    return form_page(
        request,
        form,
        title=_("Presentation"),
        submit=_("Save"),
        back=board_of(barometer),
        back_label=barometer.title,
    )


@require_http_methods(METHODS)
@organised_barometer
def question(request, barometer, key):
    """Follow a question, or change what may be changed of one that is followed."""
    tracked = barometer.tracked.filter(key=key).first()
    if tracked is not None:
        return _followed(request, barometer, tracked)
    asked = next((one for one in services.last_questions(barometer) if one.key == key), None)
    if asked is None or not comparing.can_be_followed(asked):
        raise Http404(_("This question can't be followed, or is gone."))
    form = FollowForm(asked, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.follow_question(actor=request.user, barometer=barometer, key=key, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("This question is followed."))
            return see_other(board_of(barometer))
    return form_page(
        request,
        form,
        title=_("Follow this question"),
        lede=asked.text,
        submit=_("Follow this question"),
        back=board_of(barometer),
        back_label=barometer.title,
    )


def _followed(request, barometer, tracked):
    """Core or optional, or followed no longer."""
    errors = []
    if request.method == "POST":
        try:
            # The form that followed it, sent twice, asks for nothing more.
            gesture = request.POST.get("geste", "")
            if gesture == "quitter":
                services.unfollow_question(actor=request.user, tracked=tracked)
            elif gesture in ("socle", "option"):
                services.set_core(actor=request.user, tracked=tracked, is_core=gesture == "socle")
        except ValidationError as refusal:
            errors = [{"text": sentence} for sentence in refusal.messages]
        else:
            messages.success(request, _("Saved."))
            return see_other(board_of(barometer))
    question = next((one for one in services.last_questions(barometer) if one.key == tracked.key), None)
    context = {"barometer": barometer, "tracked": tracked, "question": question, "errors": errors}
    return render(request, "questionnaires/barometer_question.html", context, status=422 if errors else 200)


@require_http_methods(METHODS)
@organised_barometer
def next_edition(request, barometer):
    """Begin the next edition from the last one."""
    has_optional = barometer.tracked.filter(is_core=False).exists()
    last = barometer.editions.filter(questionnaire__isnull=False).select_related("questionnaire").last()
    if last is None:
        raise Http404
    form = NextEditionForm(
        request.POST if request.method == "POST" else None,
        initial={
            "title": _("%(barometer)s, edition %(n)d") % {"barometer": barometer.title, "n": last.number + 1},
            "answer_mode": last.questionnaire.answer_mode,
            "keep_optional": True,
        },
        has_optional=has_optional,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_next_edition(actor=request.user, barometer=barometer, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                _("It is begun with the questions of the last edition. Nobody sees it before you publish."),
            )
            return see_other(address(made.questionnaire))
    return form_page(
        request,
        form,
        title=_("Open the next edition"),
        lede=_(
            "Its questions come from the last edition under the same keys. Words, answers or scale changed afterwards "
            "break the line: it is told."
        ),
        submit=_("Begin this edition"),
        back=board_of(barometer),
        back_label=barometer.title,
    )


@require_http_methods(METHODS)
@organised_barometer
def past(request, barometer, number=None):
    """Type the figures of an edition held elsewhere, or write them again."""
    edition = edition_of(barometer, number) if number is not None else None
    if edition is not None and not edition.is_typed:
        raise Http404
    tracked = list(barometer.tracked.all())
    texts = {one.key: one.text for one in services.last_questions(barometer)}
    form = PastEditionForm(
        tracked,
        request.POST if request.method == "POST" else None,
        initial=_typed(edition),
        texts=texts,
        number=edition.number if edition else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.save_past_edition(actor=request.user, barometer=barometer, edition=edition, **form.values())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("These figures are read with the others, told as typed."))
            return see_other(board_of(barometer))
    return form_page(
        request,
        form,
        title=edition.words if edition else _("An edition held before Terrain"),
        lede=_("Only figures come in, never answers: shares and how many people they stand for."),
        submit=_("Save these figures"),
        back=board_of(barometer),
        back_label=barometer.title,
    )


def _typed(edition) -> dict:
    if edition is None:
        return {}
    initial = {name: getattr(edition, name) for name in ("number", "ended_on", "asked", "answered", "source")}
    for one in edition.figures.select_related("tracked"):
        key = one.tracked.key
        initial |= {f"share_{key}": one.share.normalize(), f"wording_{key}": one.wording}
        initial[f"number_{key}"] = one.number if one.number != edition.answered else None
    return initial


@require_http_methods(METHODS)
@organised_barometer
def remove_past(request, barometer, number):
    """Take away an edition held elsewhere."""
    edition = edition_of(barometer, number)
    errors = []
    if request.method == "POST":
        try:
            services.remove_past_edition(actor=request.user, edition=edition)
        except ValidationError as refusal:
            errors = [{"text": sentence} for sentence in refusal.messages]
        else:
            messages.success(request, _("This edition is taken away."))
            return see_other(board_of(barometer))
    elif not edition.is_typed:
        raise Http404
    context = {"barometer": barometer, "edition": edition, "errors": errors}
    return render(request, "questionnaires/barometer_remove.html", context, status=422 if errors else 200)
