"""The list of trainings, the page of one, the reflex cards."""

from django.contrib import messages
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from src.foundations import clock, documents
from src.foundations.gates import see_other

from .. import carrying, rules, selectors, services, versions
from .gate import address, agents, calm, in_track, missing, page_of

NAV = "trainings"
# Of a training: more of them are read in the list of measures.
MEASURES = 10


@require_safe
@agents
def listed(request):
    """Every training, with where one stands."""
    context = {
        "nav_key": NAV,
        "standings": selectors.listed(request.viewer),
        "goes_along": rules.may_go_along(request.viewer),
    }
    return render(request, "trainings_learning/list.html", context)


@require_safe
@in_track
def track(request, track, enrolment):
    """What a training is for, who asks for it, where one stands in it, and the one button that goes on."""
    newest = selectors.newest_of(track)
    version = enrolment.version if enrolment is not None else newest
    standing = selectors.standing_of(version, enrolment)
    is_open = enrolment is not None and enrolment.is_open
    newer = newest if is_open and newest.pk != version.pk else None
    last_day = versions.last_day(version) if newer else None
    over = last_day is not None and clock.today() > last_day
    context = {
        "nav_key": NAV,
        "track": track,
        "version": version,
        "standing": standing,
        "enrolment": enrolment,
        "newer": newer,
        "last_day": last_day,
        "over": over,
        "change": None if is_open or not track.live else versions.what_changed(request.viewer.user_id, newest),
        "resume": page_of(track, standing.next) if is_open and standing.next and not over else "",
        "may_begin": track.live and not is_open,
        "measures": carrying.carried_by(version)[:MEASURES],
    }
    return render(request, "trainings_learning/track.html", context)


@require_POST
@in_track
def begin(request, track, enrolment):
    """Begin, or go on with what is under way."""
    calm(request, "begin", 20)
    made = services.enrol(actor=request.viewer, track=track)
    first = selectors.standing_of(made.version, made).next
    return see_other(page_of(track, first) if first else address(track))


@require_POST
@in_track
def catch_up(request, track, enrolment):
    """Follow what changed in the last version, and nothing else."""
    calm(request, "begin", 20)
    made = services.catch_up(actor=request.viewer, track=track)
    return see_other(page_of(track, selectors.standing_of(made.version, made).next))


@require_POST
@in_track
def go_on_in_newest(request, track, enrolment):
    """Leave the version one follows for the last one."""
    if enrolment is None:
        return see_other(address(track))
    made = services.go_on_in_newest(actor=request.viewer, enrolment=enrolment)
    said = _("You go on in version %(number)d; what is the same stays finished.")
    messages.success(request, said % {"number": made.version.number})
    return see_other(address(track))


@require_safe
@agents
def cards(request):
    """The reflex cards of every training, to read in ten seconds or to print."""
    context = {"nav_key": NAV, "groups": selectors.cards_for(request.viewer)}
    return render(request, "trainings_learning/cards.html", context)


@require_safe
@agents
def cards_on_paper(request):
    """The same, on paper."""
    groups = selectors.cards_for(request.viewer)
    if not groups:
        raise missing()
    html = render_to_string("trainings_learning/print/cards.html", {"groups": groups})
    return documents.pdf_or_html_response(html, "fiches-reflexes.pdf")
