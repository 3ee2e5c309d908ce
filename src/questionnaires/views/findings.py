"""The organiser's side of findings: written, changed, answered by measures, taken away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from src.foundations import references
from src.foundations.gates import see_other

from .. import answering_findings, barometer_reading
from ..forms.barometers import FindingForm, MeasureForm
from ..models import SynthesisFigure
from ..services import findings as services
from .barometer_gate import edition_of, finding_of, organised_barometer
from .barometer_workshop import METHODS, board_of, form_page

QUESTION, THEME = "q:", "t:"


@require_http_methods(METHODS)
@organised_barometer
def add(request, barometer, number):
    """Write what an edition calls for."""
    edition = edition_of(barometer, number)
    if edition not in barometer_reading.told_editions(barometer, request.viewer):
        raise Http404(_("Its results aren't told yet: nothing can be concluded."))
    tracked = list(barometer.tracked.all())
    themes = _themes(edition)
    texts = {one.tracked.pk: one.text for one in barometer_reading.read(barometer, request.viewer).lines}
    subjects = [(f"{QUESTION}{one.key}", texts.get(one.pk, one.counted_words)) for one in tracked]
    subjects += [(f"{THEME}{one.theme.reference}", _("Theme: %(name)s") % {"name": one.name}) for one in themes]
    form = FindingForm(request.POST if request.method == "POST" else None, subjects=subjects)
    if request.method == "POST" and form.is_valid():
        subject = form.cleaned_data["subject"]
        try:
            made = services.save_finding(
                actor=request.user,
                edition=edition,
                text=form.cleaned_data["text"],
                tracked=next((one for one in tracked if f"{QUESTION}{one.key}" == subject), None),
                theme=next((one for one in themes if f"{THEME}{one.theme.reference}" == subject), None),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("It is written. Say now which measures answer it."))
            return see_other(board_of(barometer, "finding", finding=made.reference))
    return form_page(
        request,
        form,
        title=_("A finding of %(edition)s") % {"edition": edition.words.lower()},
        lede=_("Everybody who reads the barometer reads it, with the measures that answer it, or that none does."),
        submit=_("Write this finding"),
        back=board_of(barometer),
        back_label=barometer.title,
    )


def _themes(edition) -> list[SynthesisFigure]:
    if edition.is_typed:
        return []
    return list(
        SynthesisFigure.objects.filter(
            table__synthesis__questionnaire=edition.questionnaire_id, table__synthesis__published_at__isnull=False
        )
        .select_related("theme", "table__synthesis")
        .order_by("-count", "name", "pk")
    )


@require_http_methods(METHODS)
@organised_barometer
def finding(request, barometer, finding):
    """A finding: its words, and the measures that answer it."""
    one = finding_of(barometer, finding)
    gesture = request.POST.get("geste", "") if request.method == "POST" else ""
    words = FindingForm(request.POST if gesture == "ecrire" else None, initial={"text": one.text})
    measure = MeasureForm(request.POST if gesture == "repondre" else None, finding=one)
    errors = []
    try:
        if gesture == "ecrire" and words.is_valid():
            services.save_finding(
                actor=request.user, edition=one.edition, text=words.cleaned_data["text"], finding=one
            )
            return _done(request, barometer, one)
        if gesture == "repondre" and measure.is_valid():
            reference = references.normalise(measure.cleaned_data["reference"])
            answering_findings.tie(one, reference, request.user)
            return _done(request, barometer, one)
        if gesture == "detacher":
            reference = references.normalise(request.POST.get("reference", "")[:20])
            answering_findings.untie(one, reference, request.user)
            return _done(request, barometer, one)
        if gesture == "retirer":
            services.remove_finding(actor=request.user, finding=one)
            messages.success(request, _("This finding is taken away."))
            return see_other(board_of(barometer))
    except ValidationError as refusal:
        at_fault = {"ecrire": words, "repondre": measure}.get(gesture)
        if at_fault is None:
            errors = [{"text": sentence} for sentence in refusal.messages]
        elif gesture == "repondre":
            at_fault.add_error("reference", refusal.messages)
        else:
            at_fault.add_error(None, refusal)
    context = {
        "barometer": barometer,
        "finding": one,
        "words": words,
        "measure": measure,
        "errors": errors,
        "measures": answering_findings.read([one], request.viewer).get(one.pk, []),
        "may_tie": answering_findings.is_registered(),
    }
    status = 422 if errors or words.errors or measure.errors else 200
    return render(request, "questionnaires/finding.html", context, status=status)


def _done(request, barometer, one):
    messages.success(request, _("Saved."))
    return see_other(board_of(barometer, "finding", finding=one.reference))
