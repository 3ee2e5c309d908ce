"""The organiser's side: writing, ordering, trying, publishing, revising, closing; and the texts once it is closed."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from src.directory.enums import Role
from src.foundations import exports
from src.foundations.gates import see_other
from src.participation.models import Space

from .. import channels, rules, selectors, services, words
from ..enums import QuestionKind, State
from ..forms.building import QuestionForm, QuestionnaireForm
from ..models import Questionnaire
from ..organising import rounded_count, texts_of
from .gate import organiser, screen, signed_in

MOST_LISTED = 100


def address(questionnaire, name: str = "build", **kwargs) -> str:
    return reverse(f"questionnaires:{name}", kwargs={"reference": questionnaire.reference, **kwargs})


def spaces_of(viewer):
    """The spaces one may ask in: those one looks after, where questionnaires are an activity."""
    spaces = Space.objects.filter(is_archive=False).order_by("name")
    if not viewer.has_role(Role.ADMINISTRATOR):
        spaces = spaces.filter(pk__in=sorted(viewer.role_spaces(Role.FACILITATOR)))
    # Which activities a space runs is a list in JSON: SQLite can't look inside.
    asked = [space.pk for space in spaces if rules.ACTIVITY in space.activities]
    return spaces.filter(pk__in=asked)


@require_safe
@signed_in
@screen
@organiser
def workshop(request):
    """The questionnaires one organises, last first."""
    found = Questionnaire.objects.organised_by(request.viewer).for_pages()[:MOST_LISTED]
    cards = selectors.cards(request.viewer, list(found))
    return render(
        request, "questionnaires/workshop.html", {"cards": cards, "spaces": spaces_of(request.viewer).exists()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def create(request):
    """Begin a questionnaire: its space and its words."""
    form = QuestionnaireForm(
        request.POST if request.method == "POST" else None, spaces=spaces_of(request.viewer), initial={"minutes": 5}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_questionnaire(actor=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("It is begun. Nobody else sees it until you publish the questions."))
            return see_other(address(made))
    return render(request, "questionnaires/describe.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def describe(request, questionnaire):
    """Change the words around the questions."""
    names = ("title", "introduction", "minutes", "answer_mode", "first_axis", "second_axis")
    form = QuestionnaireForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(questionnaire, name) for name in names},
        is_published=questionnaire.revision is not None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.describe(actor=request.user, questionnaire=questionnaire, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            return see_other(address(questionnaire))
    context = {"form": form, "questionnaire": questionnaire}
    return render(request, "questionnaires/describe.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
@screen
@organiser
def build(request, questionnaire):
    """The questions in their order, and what may be done now."""
    return _build_page(request, questionnaire)


def _build_page(request, questionnaire, status=200, errors=()):
    state = rules.state_of(questionnaire)
    revision = questionnaire.draft or questionnaire.revision
    context = {
        "questionnaire": questionnaire,
        "state": state,
        "tone": selectors.TONES[state],
        "revision": revision,
        "is_draft": revision.published_at is None,
        "questions": selectors.printed(revision),
        "kinds": [{"code": kind.value, "label": kind.label} for kind in QuestionKind],
        "until": words.until_words(rules.until(questionnaire)),
        "opens_at": rules.opens_at(questionnaire),
        "has_calendar": questionnaire.space.phases.exists(),
        "count": _count(questionnaire) if state == State.OPEN else "",
        "link": settings.SITE_URL + questionnaire.get_absolute_url(),
        "unusual": _unusual(questionnaire),
        "may_remind": not services.why_not_remind(questionnaire),
        "errors": [{"text": sentence} for sentence in errors],
        "sheets": rules.why_no_sheet(questionnaire)
        or _("On paper: a facilitator prints numbered sheets at the paper desk, and types back those that return."),
        "axes": words.axes_words(questionnaire),
    }
    return render(request, "questionnaires/build.html", context, status=status)


def _unusual(questionnaire) -> str:
    days = services.unusual_days(questionnaire) if questionnaire.is_open_link else 0
    return words.unusual_words(days) if days else ""


def _count(questionnaire) -> str:
    """How many answered, by tens and an hour old: two readings never tell when somebody answered."""
    key = f"questionnaires.counts.{questionnaire.reference}"
    kept = cache.get(key)
    if kept is None:
        # Figures, not words: who reads next may read another language.
        kept = rounded_count(questionnaire), channels.rounded_counts(questionnaire)
        cache.set(key, kept, 3600)
    count, ways = kept[0], channels.ways_words(kept[1])
    if not count:
        return ""
    return " ".join([_("More than %(n)d answers, counted by tens every hour.") % {"n": count}, ways]).strip()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def add(request, questionnaire, kind):
    """Add a question of one kind, at the end."""
    if kind not in QuestionKind.values:
        raise Http404
    draft = questionnaire.draft
    if draft is None:
        return see_other(address(questionnaire))
    return _question_page(request, questionnaire, kind, earlier=draft.ordered)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def edit(request, questionnaire, key):
    """Change a question of the revision being written."""
    draft = questionnaire.draft
    question = draft.by_key.get(key) if draft else None
    if question is None:
        return see_other(address(questionnaire))
    earlier = [one for one in draft.ordered if one.position < question.position]
    return _question_page(request, questionnaire, question.kind, earlier=earlier, question=question)


def _question_page(request, questionnaire, kind, *, earlier, question=None):
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = QuestionForm(kind, data, files, earlier=earlier, question=question)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_question(questionnaire=questionnaire, key=question.key if question else "", **form.changes)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The question is saved."))
            return see_other(address(questionnaire) + "#questions")
    context = {
        "questionnaire": questionnaire,
        "form": form,
        "question": question,
        "kind": QuestionKind(kind).label,
    }
    return render(request, "questionnaires/question.html", context, status=422 if form.errors else 200)


def _acted(request, questionnaire, act, said: str, where: str):
    """Act, say so and lead on; what the service refuses is told above the questions."""
    try:
        act()
    except ValidationError as refusal:
        return _build_page(request, questionnaire, status=422, errors=refusal.messages)
    if said:
        messages.success(request, said)
    return see_other(where)


@require_POST
@signed_in
@screen
@organiser
def move(request, questionnaire, key, up):
    """One place earlier, or later."""
    act = partial(services.move_question, questionnaire=questionnaire, key=key, up=up)
    return _acted(request, questionnaire, act, "", f"{address(questionnaire)}#question-{key}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def remove(request, questionnaire, key):
    """Take a question out, once confirmed."""
    draft = questionnaire.draft
    question = draft.by_key.get(key) if draft else None
    if question is None:
        return see_other(address(questionnaire))
    if request.method == "POST":
        act = partial(services.remove_question, questionnaire=questionnaire, key=key)
        return _acted(request, questionnaire, act, _("The question is gone."), address(questionnaire) + "#questions")
    context = {
        "questionnaire": questionnaire,
        "title": _("Remove this question?"),
        "text": question.text,
        "submit": _("Remove this question"),
        "danger": True,
    }
    return render(request, "questionnaires/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def publish(request, questionnaire):
    """What publishing means, then publishing."""
    if questionnaire.draft is None:
        return see_other(address(questionnaire))
    if request.method == "POST":
        act = partial(services.publish, actor=request.user, questionnaire=questionnaire)
        said = _("The questions are published: the calendar of the space opens them.")
        return _acted(request, questionnaire, act, said, address(questionnaire))
    context = {
        "questionnaire": questionnaire,
        "title": _("Publish these questions?"),
        "text": _publishing_words(questionnaire),
        "submit": _("Publish these questions"),
        "danger": False,
    }
    return render(request, "questionnaires/confirm.html", context)


def _publishing_words(questionnaire) -> str:
    if questionnaire.is_secret:
        return _(
            "Answers are secret: once published, the questions no longer change, not even to correct a word, and "
            "answers stay secret for good. Have somebody try them first."
        )
    return _(
        "Once published, they no longer change: correcting one opens a new version, and answers already sent keep "
        "theirs. Have somebody try them first."
    )


@require_POST
@signed_in
@screen
@organiser
def revise(request, questionnaire):
    """Open a new revision."""
    act = partial(services.revise, actor=request.user, questionnaire=questionnaire)
    said = _("A new version is open. People answer the published one until you publish this one.")
    return _acted(request, questionnaire, act, said, address(questionnaire))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def close(request, questionnaire):
    """What closing means, then closing for good."""
    if request.method == "POST":
        act = partial(services.close_questionnaire, actor=request.user, questionnaire=questionnaire)
        said, where = _("It is closed. The results are shown to whoever sees the space."), "results"
        if questionnaire.is_secret:
            said, where = _("It is closed. Its secret answers are being opened: the results come soon."), "build"
        return _acted(request, questionnaire, act, said, address(questionnaire, where))
    if questionnaire.closed_at is not None or questionnaire.revision is None:
        return see_other(address(questionnaire))
    context = {
        "questionnaire": questionnaire,
        "title": _("Close for good?"),
        "text": _(
            "Nobody will be able to answer or change anything any more. The figures are computed once and shown; "
            "this can't be undone."
        ),
        "submit": _("Close and show the results"),
        "danger": True,
    }
    return render(request, "questionnaires/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@screen
@organiser
def remind(request, questionnaire):
    """What the one reminder is, then the reminder."""
    if request.method == "POST":
        act = partial(services.remind, actor=request.user, questionnaire=questionnaire)
        return _acted(
            request,
            questionnaire,
            act,
            _("The reminder is asked: everybody concerned is told."),
            address(questionnaire),
        )
    if services.why_not_remind(questionnaire):
        return see_other(address(questionnaire))
    context = {
        "questionnaire": questionnaire,
        "title": _("Remind people of it?"),
        "text": _(
            "One message goes to everybody concerned, whether they answered or not: nobody, you included, sees who is "
            "missing. Beyond %(n)s people an administrator looks at it first. There is one reminder a questionnaire."
        )
        % {"n": number_format(settings.TERRAIN_MASS_SENDING, force_grouping=True)},
        "submit": _("Remind everybody"),
        "danger": False,
    }
    return render(request, "questionnaires/confirm.html", context)


@require_safe
@signed_in
@screen
@organiser
def texts(request, questionnaire):
    """The answers in people's own words, once closed and where enough wrote: shuffled, without a date or a name."""
    if not questionnaire.is_told:
        raise Http404(_("The results are told when the questionnaire is closed."))
    groups = texts_of(questionnaire)
    context = {"questionnaire": questionnaire, "groups": groups, "has_texts": any(one["texts"] for one in groups)}
    return render(request, "questionnaires/texts.html", context)


@require_safe
@signed_in
@screen
@organiser
def export_texts(request, questionnaire, extension):
    """The same texts as a file: shuffled anew, nothing beside them but their question."""
    if questionnaire.closed_at is None:
        raise Http404(_("The results are told when the questionnaire is closed."))
    rows = [[group["text"], text] for group in texts_of(questionnaire) for text in group["texts"]]
    name = _("texts-%(reference)s") % {"reference": questionnaire.reference}
    columns = [_("Question"), _("Answer in the person's own words")]
    if extension == "xlsx":
        return exports.xlsx_response(name, columns, rows, title=questionnaire.title)
    return exports.csv_response(name, columns, rows)
