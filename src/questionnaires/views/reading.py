"""Reading: the list, a questionnaire before one begins, its results, the sheet of paper."""

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import clock, documents, exports, keyset, uploads

from .. import by_axis, channels, holders, rules, runs, selectors, services, words
from ..models import Questionnaire
from . import going
from .gate import screen

PAGE_SIZE = 20


@require_safe
@screen
def questionnaires(request):
    """Those one may read, last first, with where they stand and what one did of them."""
    page = keyset.paginate(
        Questionnaire.objects.visible_to(request.viewer)
        .filter(revisions__published_at__isnull=False)
        .distinct()
        .for_pages(),
        order=("-created_at", "-reference"),
        cursor=request.GET.get("page") or "",
        size=PAGE_SIZE,
    )
    context = {
        "nav_key": "questionnaires",
        "cards": selectors.cards(request.viewer, page.items),
        "organises": rules.may_use_workshop(request.viewer),
        "next_page": f"?page={page.next_cursor}" if page.next_cursor else "",
        "previous_page": f"?page={page.previous_cursor}" if page.previous_cursor else "",
    }
    return render(request, "questionnaires/list.html", context)


@require_safe
@screen
def detail(request, questionnaire):
    """What is asked, by whom it is read, how long it takes, until when; then the button."""
    signed_in = request.viewer.is_authenticated
    secret, nobody = questionnaire.is_secret, questionnaire.is_open_link
    own = (services.has_answered if secret else runs.sent_by)(request.user, questionnaire) if signed_in else None
    context = {
        "questionnaire": questionnaire,
        "state": rules.state_of(questionnaire),
        "until": words.until_words(rules.until(questionnaire)),
        "opens_at": rules.opens_at(questionnaire),
        "minutes": words.minutes_words(questionnaire.minutes),
        "asked": selectors.asked_words(questionnaire),
        "modes": selectors.modes_words(questionnaire),
        "secret_facts": words.secret_facts() if secret else [],
        "refusal": rules.why_not_answer(request.viewer, questionnaire) if signed_in else "",
        "holder": holders.holder_of(questionnaire),
        "run": going.current(request, questionnaire) if signed_in != nobody else None,
        "own": own,
        "organises": rules.may_organise(request.viewer, questionnaire),
    }
    return render(request, "questionnaires/detail.html", context)


@require_safe
@screen
def results(request, questionnaire):
    """The figures told at closing: charts, each with its table; of everybody, or one way of dividing people."""
    release = _release(questionnaire)
    titles = by_axis.titles(by_axis.axes_of(release.content))
    level = _level(request.GET.get("par", ""), len(titles))
    who = by_axis.who(release.content) if level is None else []
    context = {
        "questionnaire": questionnaire,
        "warnings": selectors.warnings(release),
        "release": release,
        "results": selectors.results(release, level=level),
        "level": level,
        "tabs": _tabs(request.path, titles, level, by_axis.levels_told(release.content)),
        "answered": selectors.answered_words(release),
        "method": selectors.method_words(release),
        "ways": channels.words(release.content.get("channels")),
        "who": by_axis.who_tables(who),
        "missing": by_axis.missing_words(who),
        "holder": holders.holder_of(questionnaire) if release.content.get("is_held") else None,
    }
    return render(request, "questionnaires/results.html", context)


def _level(asked: str, levels: int) -> int | None:
    """Which way of dividing people is asked for; none when there is no such one."""
    return int(asked) - 1 if asked in {str(number) for number in range(1, levels + 1)} else None


def _tabs(path: str, titles: list[str], level: int | None, told: set[int]) -> list[dict]:
    """Everybody, then each way of dividing people that says something."""
    ways = [(None, path, _("Everybody")), *((n, f"{path}?par={n + 1}", titles[n]) for n in sorted(told))]
    return [{"label": label, "url": url, "current": number == level} for number, url, label in ways] if told else []


def _release(questionnaire):
    if not questionnaire.is_told:
        raise Http404(_("The results are told when the questionnaire is closed."))
    return questionnaire.release


@require_safe
@screen
def export(request, questionnaire, extension):
    """The same figures as a file."""
    release = _release(questionnaire)
    name = _("results-%(reference)s") % {"reference": questionnaire.reference}
    respond = exports.xlsx_response if extension == "xlsx" else exports.csv_response
    return respond(name, selectors.export_columns(), selectors.export_rows(release))


@require_safe
@screen
def image(request, questionnaire, number, key):
    """The image of a question, to whoever reads it; of questions being written, to their organisers alone."""
    revision = next((one for one in questionnaire.revisions.all() if one.number == number), None)
    if revision is None or (revision.published_at is None and not rules.may_organise(request.viewer, questionnaire)):
        raise Http404
    question = revision.by_key.get(key)
    return uploads.private_response(question.image if question else None, allowed=True)


@require_safe
@screen
def sheet(request, questionnaire):
    """The questions on paper, A4: the revision published last."""
    if questionnaire.revision is None and not rules.may_organise(request.viewer, questionnaire):
        raise Http404
    revision = questionnaire.revision or questionnaire.draft
    context = {
        "heading": questionnaire.title,
        "intro": questionnaire.introduction,
        "questionnaire": questionnaire,
        "questions": selectors.printed(revision),
        "printed_on": clock.today(),
        "reference": questionnaire.reference,
        "until": words.until_words(rules.until(questionnaire)),
        "warning": words.voluntary() if questionnaire.is_open_link else "",
    }
    html = render_to_string("questionnaires/print/sheet.html", context, request=request)
    return documents.pdf_or_html_response(html, f"questionnaire-{questionnaire.reference}")
