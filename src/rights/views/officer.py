"""What the data protection officer reads and writes: register, impact assessment, periods applied, runbook."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from src.foundations import clock, exports, journal, personal_data, runs
from src.foundations.retention import NAME

from .. import processings, rules
from ..forms import WordsForm
from ..models import ProcessingWords


def keeper(view):
    """Open to who keeps the register; for anybody else there is nothing here."""

    @never_cache
    @login_required
    @wraps(view)
    def checked(request, *args, **kwargs):
        if not rules.may_keep_register(request.viewer):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def _rows() -> list[dict]:
    words = ProcessingWords.objects.in_bulk()
    rows = []
    for one in processings.ALL:
        own = words.get(one.key)
        lists = processings.lists_held(one)
        rows.append(
            {
                "key": one.key,
                "title": one.title,
                "purpose": one.purpose,
                "people": one.people,
                "basis": (own and own.legal_basis) or one.basis,
                "recipients": (own and own.recipients) or one.readers,
                "notes": own.notes if own else "",
                "kept": one.kept,
                "lists": lists,
                "categories": sorted({held.category for held in lists}),
            }
        )
    return rows


def _parents() -> list[dict]:
    return [
        {"label": _("My account"), "url": reverse("directory:me")},
        {"label": _("Data protection"), "url": reverse("rights:register")},
    ]


@keeper
@require_GET
def register(request):
    """`/protection-donnees/`: the register of processing, to read and to print."""
    return render(request, "rights/register.html", {"rows": _rows(), "today": clock.now(), "parents": _parents()[:1]})


@keeper
@require_GET
def register_file(request):
    """`/protection-donnees/registre.csv`: one line a list."""
    columns = [
        _("Processing"), _("Purpose"), _("People concerned"), _("Legal basis"), _("Recipients"), _("List"),
        _("Category"), _("Kept"), _("Deleted by itself"),
    ]  # fmt: skip
    lines = (
        [
            row["title"], row["purpose"], row["people"], row["basis"], row["recipients"], held.title, held.category,
            held.kept, _("yes") if held.leaves else _("no"),
        ]
        for row in _rows()
        for held in row["lists"]
    )  # fmt: skip
    return exports.csv_response("registre-des-traitements", columns, lines)


@keeper
@require_GET
def assessment(request):
    """`/protection-donnees/analyse/`: the impact assessment, filled from the register, to complete and to print."""
    return render(request, "rights/assessment.html", {"rows": _rows(), "today": clock.now(), "parents": _parents()})


@keeper
@require_http_methods(["GET", "POST"])
def words(request, key):
    """`/protection-donnees/<traitement>/`: the officer's own words on one processing."""
    processing = processings.by_key(key)
    if processing is None:
        raise Http404
    held = ProcessingWords.objects.filter(pk=key).first() or ProcessingWords(key=key)
    form = WordsForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        form.instance.changed_at = clock.now()
        form.save()
        journal.record("rights.words_changed", actor=request.user, object_ref=f"processing:{key}")
        messages.success(request, _("The register says it now."))
        answer = HttpResponseRedirect(reverse("rights:register"))
        answer.status_code = 303
        return answer
    context = {"form": form, "processing": processing, "parents": _parents()}
    return render(request, "rights/words.html", context, status=422 if form.errors else 200)


@keeper
@require_GET
def periods(request):
    """`/protection-donnees/durees/`: when periods were last applied, what went, and what each list declares."""
    last = runs.last_of(NAME)
    titles = {one.model._meta.label: one for one in personal_data.declarations()}
    counts = (last.result.get("counts", {}) if last else {}).items()
    gone = [
        {"title": str(titles[label].title or titles[label].model._meta.verbose_name_plural), "count": count}
        for label, count in sorted(counts)
        if label in titles
    ]
    context = {"last": last, "gone": gone, "rows": _rows(), "parents": _parents()}
    return render(request, "rights/periods.html", context)


@keeper
@require_GET
def breach(request):
    """`/protection-donnees/violation/`: what to do in the first seventy-two hours after a breach, and the letters."""
    return render(request, "rights/breach.html", {"parents": _parents()})
