"""Results: the figures in words, tables and pictures; receipts; files to count again; minutes that print."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from src.foundations import clock, documents, exports

from .. import publication, results_reading, rules, selectors, words
from ..enums import State
from ..forms.voting import ReceiptForm
from .gate import METHODS, calm, screen

TYPES = {".json": "application/json", ".txt": "text/plain", ".py": "text/x-python", ".bin": "application/octet-stream"}


def _counted(ballot):
    if rules.state_of(ballot) != State.COUNTED:
        raise Http404(_("The results are told when the votes are counted."))
    return ballot


@require_safe
@screen
def results(request, ballot):
    """What was decided, by how many, and how it was found."""
    _counted(ballot)
    context = {
        "ballot": ballot,
        "reading": results_reading.read(ballot),
        "counted_how": words.method_words(ballot),
        "example": words.example(ballot.method),
        "rules": words.rules_words(ballot),
        "closed": words.moment_words(ballot.closed_at),
        "counted": words.moment_words(ballot.counted_at),
        "is_disputable": ballot.disputed_until is not None and ballot.disputed_until >= clock.today(),
        "is_kiosk": getattr(request, "kiosk", None) is not None,
    }
    return render(request, "ballots/results.html", context)


@require_safe
@screen
def export(request, ballot):
    """The same figures as a file."""
    _counted(ballot)
    calm(request, "file", limit=20)
    reading = results_reading.read(ballot)
    rows = [[label, value] for label, value in reading.facts]
    for table in reading.tables:
        rows += [[], [table.caption], [column["label"] for column in table.columns], *table.rows]
    name = _("ballot-%(reference)s") % {"reference": ballot.reference}
    return exports.csv_response(name, [ballot.title, ""], rows)


@require_http_methods(METHODS)
@screen
def receipts(request, ballot):
    """The list of receipts, and whether one's own is in it; what is looked for is in no address and in no log."""
    _counted(ballot)
    if not ballot.is_secret:
        raise Http404(_("A simple vote has no receipts."))
    calm(request, "receipts", limit=60)
    request.leaves_no_network = True
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    every, found = publication.receipts(ballot), None
    if request.method == "POST" and form.is_valid():
        found = selectors.same_receipt(form.cleaned_data["receipt"], every)
    context = {"ballot": ballot, "form": form, "receipts": every, "found": found}
    return render(request, "ballots/receipts.html", context, status=422 if form.errors else 200)


@require_safe
@screen
def recount(request, ballot):
    """How anybody counts again, in plain words, with the files and the script."""
    _counted(ballot)
    context = {
        "ballot": ballot,
        "files": sorted(publication.files(ballot)),
        "fingerprint": publication.fingerprint(ballot),
    }
    return render(request, "ballots/recount.html", context)


@require_safe
@screen
def file(request, ballot, name):
    """One of the published files, byte for byte."""
    _counted(ballot)
    calm(request, "file", limit=20)
    audits = rules.key_holder_of(request.user, ballot) is not None
    content = publication.files(ballot, with_urn=audits and name == publication.URN).get(name)
    if content is None:
        raise Http404(_("This file isn't published, or not any more."))
    response = HttpResponse(content, content_type=TYPES.get(name[name.rfind(".") :], "application/octet-stream"))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@screen
def minutes(request, ballot):
    """The minutes on A4: rules, who could vote, how many did, totals, fingerprint, key holders, dates."""
    _counted(ballot)
    calm(request, "file", limit=20)
    holders = ballot.key_holders.select_related("person").order_by("position") if ballot.is_secret else []
    context = {
        "heading": _("Minutes of a ballot"),
        "intro": ballot.title,
        "ballot": ballot,
        "reading": results_reading.read(ballot),
        "counted_how": words.method_words(ballot),
        "rules": words.rules_words(ballot),
        "electors": words.electors_words(ballot),
        "opened": words.moment_words(ballot.frozen_at),
        "opens": words.moment_words(ballot.opens_at),
        "closes": words.moment_words(ballot.closes_at),
        "counted": words.moment_words(ballot.counted_at),
        "holders": [one.person.get_full_name() if one.person else _("A person who left") for one in holders],
        "fingerprint": publication.fingerprint(ballot),
        "reference": ballot.reference,
        "printed_on": clock.today(),
    }
    html = render_to_string("ballots/print/minutes.html", context, request=request)
    return documents.pdf_or_html_response(html, _("minutes-%(reference)s") % {"reference": ballot.reference})
