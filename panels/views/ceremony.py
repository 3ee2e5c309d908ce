"""What everybody reads of a sealed draw: what was sealed, the ceremony on the wall, the minutes, the files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from src.foundations import clock, documents

from .. import draw_reading, minutes_reading, publication, rules, selectors
from ..enums import DrawState
from .draws import draw_address, of_panel
from .gate import address, calm, missing, screen

FILES_A_MINUTE = 60


def sealed_only(view):
    """For a draw that was sealed; a trial, or one void before, has nothing to show to everybody."""

    def shown(request, panel, draw, *args, **kwargs):
        if not draw.seal:
            raise missing()
        return view(request, *args, panel=panel, draw=draw, **kwargs)

    return shown


@require_safe
@screen
@of_panel
@sealed_only
def public_draw(request, panel, draw):
    """What was sealed and when, the least chance and its bound, what each quota gives, files, substitutions."""
    groups, check = draw_reading.seal_groups(draw)
    context = {
        "nav_key": "panels",
        "panel": panel,
        "draw": draw,
        "crumbs": [{"label": panel.title, "url": address(panel)}],
        "completes": draw_reading.completes_words(draw),
        "groups": groups,
        "check": check,
        "chances": draw_reading.chances_of(draw, shared=True),
        "histogram": draw_reading.histogram_columns(),
        "compliance": draw_reading.compliance_rows(draw),
        "compliance_columns": draw_reading.compliance_columns(),
        "record": draw_reading.record_of(draw),
        "events": draw_reading.events_of(draw),
        "row": draw_reading.row_words(draw) if draw.row is not None else "",
        "members": draw_reading.members_of(draw),
        "others": draw_reading.others_of(draw),
        "others_columns": draw_reading.others_columns(),
        "substitutions": minutes_reading.substitution_rows(panel, draw) if draw.state == DrawState.CERTIFIED else [],
        "substitution_columns": draw_reading.substitution_columns(),
        "files": [(name, FILE_WORDS[name]()) for name in publication.names_of(draw)],
        "works": rules.may_organise(request.viewer, panel) or rules.may_watch(request.viewer, panel),
    }
    return render(request, "panels/draws/public.html", context)


FILE_WORDS = {
    "feuilles.txt": lambda: _("one line a ticket, its fingerprint beside it"),
    "quotas.json": lambda: _("the quotas that every panel meets"),
    "tableau.txt": lambda: _("every panel of the table, one a line"),
    "manifeste.json": lambda: _("what was sealed: the fingerprints of the files, the beacon"),
    "scelle.txt": lambda: _("the seal, as the minutes print it"),
    "certification.json": lambda: _("what came out, where, before whom"),
    "remplacements.json": lambda: _("who replaced whom, in order"),
    "annulation.json": lambda: _("why this draw is void"),
    "draw_verify.py": lambda: _("the script that checks all of them, without us"),
}


@require_safe
@screen
@of_panel
@sealed_only
def file(request, panel, draw, name):
    """One of the files, byte for byte."""
    calm(request, "file", FILES_A_MINUTE)
    content = publication.files(draw, {name}).get(name)
    if content is None:
        raise missing()
    return _sent(content, name)


@require_safe
@screen
@of_panel
@sealed_only
def folder(request, panel, draw):
    """All the files in one archive."""
    calm(request, "file", FILES_A_MINUTE)
    return _sent(publication.folder(draw), _("draw-%(slug)s-%(number)d") % _naming(draw) + ".zip")


def _naming(draw) -> dict:
    return {"slug": draw.panel.slug, "number": draw.number}


def _sent(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=publication.TYPES[name[name.rfind(".") :]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@screen
@of_panel
@sealed_only
def ceremony(request, panel, draw):
    """The ceremony in large type, step by step: for a hall, a wall, and whoever looks from home."""
    groups, check = draw_reading.seal_groups(draw)
    may_reveal = rules.may_organise(request.viewer, panel) or rules.may_watch(request.viewer, panel)
    is_mine = draw.made_by_id == request.viewer.user_id
    context = {
        "nav_key": "panels",
        "panel": panel,
        "draw": draw,
        "groups": groups,
        "check": check,
        "chances": draw_reading.chances_of(draw),
        "row": draw_reading.row_words(draw) if draw.row is not None else "",
        "members": draw_reading.members_of(draw),
        "guarantors": selectors.guarantors_of(panel),
        "is_today": clock.today() >= draw.beacon_on,
        "reveal_url": draw_address(draw, "reveal") if may_reveal else "",
        "certify_url": draw_address(draw, "certify") if rules.may_watch(request.viewer, panel) and not is_mine else "",
    }
    return render(request, "panels/draws/ceremony.html", context)


@require_safe
@screen
@of_panel
@sealed_only
def minutes(request, panel, draw):
    """The bailiff's minutes on A4: seal, fingerprints, beacon; then row, witnesses and the last record."""
    calm(request, "file", FILES_A_MINUTE)
    naming = _naming(draw)
    context = {
        "heading": _("Minutes of a draw"),
        "intro": panel.title,
        "panel": panel,
        "draw": draw,
        "reference": f"{panel.slug}/{draw.number}",
        "printed_on": clock.today(),
        **minutes_reading.read(draw),
    }
    html = render_to_string("panels/print/minutes.html", context, request=request)
    return documents.pdf_or_html_response(html, _("minutes-%(slug)s-%(number)d") % naming)
