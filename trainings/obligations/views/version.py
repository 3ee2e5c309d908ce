"""After a new version of a training that is asked: what changed, what may be decided, how many it concerns."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from src.foundations.gates import see_other

from .. import after_version
from ..enums import AfterVersion
from ..forms.version import VersionForm
from ..services.versions import decide_version
from .gate import METHODS, MovedOn, address, common, prepares


@require_http_methods(METHODS)
@prepares
def version(request, obligation):
    """Choose and give a day; then read what it changes, and for how many; then decide."""
    found = after_version.last_major(obligation)
    if not obligation.is_active or found is None:
        raise MovedOn(_("There is no new version to decide about."))
    if after_version.decided(obligation, found) is not None:
        raise MovedOn(_("It was decided already for this version."))
    changed = after_version.new_modules(found)
    form = VersionForm(
        request.POST if request.method == "POST" else None,
        notice=after_version.notice_of(obligation),
        nothing_new=not any(one.required for one in changed),
    )
    context = {**common(obligation), "version": found, "changed": changed, "form": form,
               "minutes": sum(one.minutes for one in changed if one.required)}  # fmt: skip
    if form.is_bound and form.is_valid():
        kind, day = form.cleaned_data["kind"], form.cleaned_data["day"]
        if "confirm" in request.POST:
            try:
                decide_version(obligation=obligation, version=found, kind=kind, day=day, actor=request.user)
            except ValidationError as refusal:
                raise MovedOn(" ".join(refusal.messages)) from refusal
            messages.success(request, _("It is decided. Each person concerned is being told."))
            return see_other(address(obligation))
        means = _means(kind, day, after_version.holders(obligation, found, kind, day))
        sent = [("kind", kind), ("day", day.isoformat())]
        return render(
            request, "trainings_obligations/hr/version_confirm.html", {**context, "means": means, "sent": sent}
        )
    return render(request, "trainings_obligations/hr/version.html", context, status=422 if form.errors else 200)


def _means(kind: str, day, counts: after_version.Holders) -> list[str]:
    """What a decision changes, sentence by sentence."""
    on = date_format(day, "j F Y")
    if kind == AfterVersion.CATCH_UP:
        told = ngettext(
            "%(n)d person is asked to follow what changed before %(day)s; what they did holds as long as before.",
            "%(n)d people are asked to follow what changed before %(day)s; what they did holds as long as before.",
            counts.concerned,
        )
        other = ngettext(
            "%(n)d person renews the whole training before that day anyway: nothing more is asked.",
            "%(n)d people renew the whole training before that day anyway: nothing more is asked.",
            counts.renewing,
        )
    else:
        told = ngettext(
            "%(n)d person sees what they did hold until %(day)s; the renewal is asked with its whole notice.",
            "%(n)d people see what they did hold until %(day)s; the renewal is asked with its whole notice.",
            counts.concerned,
        )
        other = ngettext(
            "%(n)d person was being asked to renew already.",
            "%(n)d people were being asked to renew already.",
            counts.renewing,
        )
    unknown = ngettext(
        "%(n)d person did it elsewhere, or in a version that isn’t known: nothing changes for them.",
        "%(n)d people did it elsewhere, or in a version that isn’t known: nothing changes for them.",
        counts.unknown,
    )
    return [
        told % {"n": counts.concerned, "day": on},
        other % {"n": counts.renewing},
        unknown % {"n": counts.unknown},
        _("What each requirement said before is kept, one line a person; nothing is put back to the beginning."),
        _("It can’t be taken back. For one person, a later day or an exemption may be given."),
    ]
