"""« Mes idées »: those one signed, those one wrote under a protected name, and one's drafts."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from src.participation.services import drafts

from .. import selectors
from .gate import screen, signed_in
from .propose import DRAFT_KIND
from .words import row_card


@require_safe
@screen
@signed_in
def my_ideas(request):
    """The author alone sees this page; protected ideas are found through the keyring, opened in memory."""
    mine = selectors.my_ideas(request.viewer)
    context = {
        "nav_key": "ideas",
        "rows": [row_card(row) for row in mine.rows],
        "to_answer": mine.to_answer,
        "drafts": drafts.drafts_of(request.user, DRAFT_KIND),
    }
    return render(request, "ideas/mine.html", context)
