"""What sessions keep of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare, declare_impersonal

from . import exports
from .models import (
    AgendaItem,
    Attendance,
    Document,
    Hearing,
    HearingRequest,
    Posting,
    RequestSupport,
    Session,
    StipendExport,
    StipendLine,
    StipendRate,
    Table,
    TablePin,
    TablePlan,
    TableRule,
    TableSeat,
)

OWNER = "panel_sessions"
KEPT = _("as long as the panel; only a number leads to somebody once they are erased")
_NUMBER = "Hangs on the number of a member, which leads to nobody once the candidate is erased."


def _forget(model, *columns):
    """Take somebody's name off what they did for others."""
    return lambda user: sum(model.objects.filter(**{column: user}).update(**{column: None}) for column in columns)


def _unsigned(user):
    """Signatures stay; whose they are goes. A line that waits for its second is signed again from the first."""
    return _forget(StipendLine, "first_by", "second_by")(user)


for _model, _class, _title, _export, _erase, _why in (
    (
        Attendance,
        Classification.C3,
        _("When I was at the sessions of a panel"),
        exports.attendances,
        _forget(Attendance, "marked_by"),
        "Who was there, half-day by half-day: what is paid rests on it.",
    ),
    (
        StipendLine,
        Classification.C3,
        _("Half-days of a panel paid to me, and those I signed"),
        exports.stipends,
        _unsigned,
        "What was paid, for the accounts of the city; no bank account is kept.",
    ),
    (
        HearingRequest,
        Classification.C3,
        _("People I asked a panel to hear"),
        exports.requests,
        _forget(HearingRequest, "answered_by"),
        "What a member asked, under their number.",
    ),
    (
        RequestSupport,
        Classification.C3,
        _("Requests to hear somebody that I supported"),
        exports.supports,
        None,
        "Which requests a member supports.",
    ),
    (
        TableSeat,
        Classification.C3,
        _("Tables where I sat"),
        exports.seats,
        None,
        "Who sat with whom at a session.",
    ),
):
    declare(
        _model,
        owner=OWNER,
        classification=_class,
        retention=KEPT,
        title=_title,
        export=_export,
        erase=_erase,
        reason=f"{_why} {_NUMBER}",
    )
for _model, _title, _export, _column, _why in (
    (Document, _("Documents I gave to a panel"), exports.documents, "added_by", "Who added a document."),
    (
        StipendExport,
        _("Half-days I had paid"),
        exports.batches,
        "made_by",
        "Who took away a batch: amounts and counts, nobody's name.",
    ),
    (
        Posting,
        _("Letters I printed for members"),
        exports.postings,
        "printed_by",
        "What was posted and when; to whom is written nowhere.",
    ),
    (TablePlan, _("Tables I had made"), exports.plans, "made_by", "Who made the tables of a session."),
):
    declare(
        _model,
        owner=OWNER,
        classification=Classification.C2,
        retention=_("as long as the panel"),
        title=_title,
        export=_export,
        erase=_forget(_model, _column),
        reason=f"{_why} The account alone is forgotten.",
    )
declare(
    Hearing,
    owner=OWNER,
    classification=Classification.C1,
    retention=_("as long as the panel"),
    export=None,
    erase=None,
    reason="Who was heard, in which quality, with the stance and interests they declared to be told to everybody; "
    "they have no account, and agreed before they came.",
)
for _model, _why in (
    (TableRule, "Which members the team wants together or apart."),
    (TablePin, "Which member is held at a table."),
):
    declare(
        _model,
        owner=OWNER,
        classification=Classification.C3,
        retention=KEPT,
        export=None,
        erase=None,
        reason=f"{_why} {_NUMBER}",
    )
declare_impersonal(
    OWNER,
    (
        (Session, "When and where a panel meets: told to everybody."),
        (AgendaItem, "What happens at a session: no personal data."),
        (StipendRate, "What a half-day is paid: no personal data."),
        (Table, "A table, its seats, what it offers: no personal data."),
    ),
)
code_words.register(
    "verb",
    {
        "panels.session_prepared": _("Session of a panel begun"),
        "panels.session_changed": _("Session of a panel changed"),
        "panels.session_announced": _("Session of a panel announced"),
        "panels.session_held": _("Session of a panel held"),
        "panels.session_cancelled": _("Session of a panel cancelled"),
        "panels.document_added": _("Document given to a panel"),
        "panels.document_changed": _("Document of a panel changed"),
        "panels.document_withdrawn": _("Document of a panel withdrawn"),
        "panels.document_brought_back": _("Document of a panel shown again"),
        "panels.hearing_planned": _("Person to be heard written"),
        "panels.hearing_changed": _("Declaration of a person heard changed"),
        "panels.hearing_removed": _("Person to be heard taken away"),
        "panels.hearing_answered": _("Request to hear somebody answered"),
        "panels.presence_marked": _("Presence written from a signed sheet"),
        "panels.presence_corrected": _("Presence corrected"),
        "panels.stipend_rate": _("Rate of a half-day written"),
        "panels.stipends_signed": _("Half-days to pay signed"),
        "panels.stipends_exported": _("Half-days sent to be paid"),
        "panels.stipends_paid": _("Half-days written as paid"),
        "panels.members_written_to": _("Letters to members printed"),
        "panels.members_addresses_checked": _("Addresses of members opened, to know who has none"),
        "panels.members_letters_posted": _("Letters to members posted"),
        "panels.tables_made": _("Tables of a session made"),
        "panels.table_needs_read": _("Needs of members read to make tables"),
    },
)
