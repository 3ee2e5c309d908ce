"""What follows from a step, told before it is taken: who reads it, what happens to the promised date."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from src.workflow.enums import DECIDED, ClockEffect

_APPEALED = gettext_lazy("The direction receives your appeal. Another person than the first answers.")
# Kind of stage entered → who is told, in one sentence. A pair says otherwise for one way in.
_TOLD = {
    "open": gettext_lazy("The author reads that the idea was read. The correspondents receive it."),
    "needs_info": gettext_lazy("The author receives your question."),
    "qualified": gettext_lazy("The direction receives it. The author and those who follow it read who answers."),
    ("transferred", "qualified"): gettext_lazy("The other direction reads your answer."),
    ("countersign", "qualified"): gettext_lazy("The person who drafted the answer reads your reason. Nobody else."),
    "shortlisted": gettext_lazy(
        "The author and those who follow it read that it is kept. It will be studied, then chosen or not."
    ),
    ("countersign", "open"): gettext_lazy("The person who drafted the answer reads your reason. Nobody else."),
    "transferred": gettext_lazy("The other direction receives it. It has five working days to accept."),
    "in_review": gettext_lazy(
        "The people asked receive the study. The author and those who follow it read that it has begun."
    ),
    ("decision_pending", "open"): gettext_lazy("The author and the direction read your reason."),
    ("decision_pending", "in_review"): gettext_lazy("The people who led the study read your reason. Nobody else."),
    ("declined", "in_review"): _APPEALED,
    ("deferred", "in_review"): _APPEALED,
    ("needs_info", "in_review"): gettext_lazy("The people who study it receive your answer."),
    "graduated": gettext_lazy("The team and those who follow the project read that it graduates."),
    ("cohort", "stopped"): gettext_lazy(
        "The team and those who follow the project read your reason. Its seats are free again."
    ),
    "countersign": gettext_lazy("The direction's delegate receives the answer. The author reads nothing yet."),
    "decision_pending": gettext_lazy("The person who decides receives the study. The author reads nothing yet."),
    "removed": gettext_lazy("The author alone reads your reason. Nobody else sees the idea any more."),
    "submitted": gettext_lazy("The team of the box receives your answer."),
}


def consequences_of(page, step) -> list[dict]:
    """Sentences with their icons, in the order they matter."""
    kind = step.to_stage.kind
    if kind in DECIDED:
        told = _("The author reads the answer first. An hour later, all those who support, follow or commented.")
    else:
        told = _TOLD.get((step.from_stage.kind, kind)) or _TOLD.get(kind, "")
    lines = [("bell", told)] if told else []
    lines.append(_clock(page, step))
    if kind in DECIDED:
        lines.append(("lock", _("Once announced, the answer stays on the page. Supports stop.")))
    if kind == "removed":
        lines.append(("triangle-alert", _("This can't be undone from here: the author may appeal.")))
    return [{"icon": icon, "sentence": sentence} for icon, sentence in lines if sentence]


def _clock(page, step) -> tuple[str, str]:
    """What the step does to the promised date."""
    if page.promise is None:
        return ("clock", "")
    if step.form == "appeal":
        words = _("A new answer is promised within %(days)d days. The first stays readable.")
        return ("clock", words % {"days": settings.TERRAIN_ANSWER_APPEAL_DAYS})
    if step.form == "go_up":
        return ("clock", page.promise.otherwise)
    if page.promise.answered_on is not None:
        return ("clock", "")
    day = date_format(page.promise.promised_on, "DATE_FORMAT")
    if step.clock == ClockEffect.PAUSE:
        return ("circle-pause", _("The period is paused, fifteen days at most. The promised date moves by as much."))
    if step.clock == ClockEffect.RESUME:
        return ("circle-play", _("The period starts again."))
    if step.clock == ClockEffect.STOP:
        return ("circle-check", _("The promise of %(day)s is kept or closed.") % {"day": day})
    return ("clock", _("The promised date doesn't move: %(day)s.") % {"day": day})
