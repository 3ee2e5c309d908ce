"""What statements keep of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare, declare_impersonal

from . import exports
from .models import MapSnapshot, Round, Statement, StatementVote
from .services import erasing

OWNER = "panel_statements"

declare(
    StatementVote,
    owner=OWNER,
    classification="C4",
    retention=_("until the map of the round is made, right after its closing"),
    title=_("What I answered to statements of a panel"),
    export=exports.votes,
    erase=erasing.erase_votes,
    reason="An opinion: nobody but its owner reads it, and it is erased with the making of the figures.",
)
declare(
    Statement,
    owner=OWNER,
    classification="C3",
    retention=_("who proposed, three months after the round; the sentence as long as the panel"),
    title=_("Statements I proposed to a panel"),
    export=exports.statements,
    erase=erasing.detach_author,
    purge=lambda now, apply: erasing.forget_authors(now, apply=apply),
    reason="The sentence is answered by all; who proposed it is shown to nobody and forgotten.",
)
declare_impersonal(
    OWNER,
    (
        (Round, "A question and its days."),
        (MapSnapshot, "Figures from eleven votes up, groups of ten people or more, nobody's place."),
    ),
)
code_words.register(
    "verb",
    {
        "panels.statements_prepared": _("Round of statements prepared"),
        "panels.statements_changed": _("Round of statements changed"),
        "panels.statements_added": _("Statements of the team added"),
        "panels.statements_proposed": _("Statement proposed"),
        "panels.statements_withdrawn": _("Statement taken back by its author"),
        "panels.statements_shown": _("Statement shown to members"),
        "panels.statements_aside": _("Statement set aside"),
        "panels.statements_duplicate": _("Statement said to be the same as another"),
        "panels.statements_sheet_typed": _("Sheet of statements typed"),
        "panels.statements_thrown_away": _("Round of statements thrown away"),
        "panels.statements_closed": _("Round of statements closed"),
        "panels.statements_mapped": _("Map of opinions made"),
    },
)
