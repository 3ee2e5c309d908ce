"""What ratings keep of people: of visitors nothing that leads to one; of agents, what they handled."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import Classification, declare, file_only

from . import models, services
from .services import reporting, visiting


def _old_ratings(now):
    limit = timezone.localdate(now) - timedelta(days=settings.TERRAIN_RATING_DAYS)
    return models.Rating.objects.filter(day__lt=limit)


def _purge_ratings(now, apply):
    """Rows past their time go once their month is in the figures; what served the check goes first."""
    forgotten = services.forget(now, apply=apply)
    rows = _old_ratings(now)
    return forgotten + (rows.delete()[0] if apply else rows.count())


def _purge_reports(now, apply):
    limit = timezone.localdate(now) - timedelta(days=settings.TERRAIN_RATING_DAYS)
    rows = models.ProblemReport.objects.filter(answered_on__lt=limit)
    count = reporting.forget_contacts(now, apply=apply)
    return count + (rows.delete()[0] if apply else rows.count())


def _purge_suggestions(now, apply):
    limit = timezone.localdate(now) - timedelta(days=settings.TERRAIN_RATING_DAYS)
    rows = models.Suggestion.objects.filter(handled_on__lt=limit)
    return rows.delete()[0] if apply else rows.count()


declare(
    models.Rating,
    owner="ratings",
    classification=Classification.C3,
    retention=_("two years; the hash of its network one week, its hour five weeks"),
    export=None,
    erase=None,
    purge=_purge_ratings,
    reason="A visitor's word without account, name, address or contact: nothing leads to a person.",
)
declare(
    models.NetworkKey,
    owner="ratings",
    classification=Classification.C3,
    retention=_("two days"),
    export=None,
    erase=None,
    reason="A random key of one day; deleting it makes the hashes of that day nobody's.",
)


def _answers(user):
    rows = models.ProblemReport.objects.filter(answered_by=user).order_by("answered_on", "pk")
    return rows.values("reference", "answered_on", "answer")


def _handled(user):
    rows = models.Suggestion.objects.filter(handled_by=user).order_by("handled_on", "pk")
    return rows.values("reference", "handled_on", "reason")


def _looked(user):
    rows = models.AnomalyFlag.objects.filter(looked_by=user).order_by("looked_on", "pk")
    return ({"day": row.day, "looked_on": row.looked_on, "note": row.note} for row in rows)


def _keys(user):
    return models.VisitKey.objects.filter(made_by=user).order_by("made_on", "pk").values("name", "made_on")


def _batches(user):
    return models.VisitBatch.objects.filter(made_by=user).order_by("made_on", "pk").values("made_on", "links")


for _model, _title, _export, _column, _purge, _kept, _reason in (
    (
        models.ProblemReport,
        _("Problem reports I answered"),
        _answers,
        "answered_by",
        _purge_reports,
        _("two years after the answer; the contact goes with the answer"),
        "What a visitor reported, without name; a contact is encrypted until the answer. Who signed stays in words.",
    ),
    (
        models.Suggestion,
        _("Suggestions I handled"),
        _handled,
        "handled_by",
        _purge_suggestions,
        _("two years after it was handled"),
        "What a visitor proposed, without name, and who handled it.",
    ),
    (
        models.AnomalyFlag,
        _("Unusual ratings I looked at"),
        _looked,
        "looked_by",
        None,
        _("as long as the figures"),
        "What the check found, and who said what it was.",
    ),
    (
        models.VisitKey,
        _("Keys I gave to programs"),
        _keys,
        "made_by",
        None,
        _("as long as the key, for the journal"),
        "Programs that send visits; the token is a keyed hash.",
    ),
    (
        models.VisitBatch,
        _("Links after a visit I sent"),
        _batches,
        "made_by",
        None,
        _("as long as the figures"),
        "How many links left together, and who sent the file; no contact is in it.",
    ),
):
    declare(
        _model,
        owner="ratings",
        classification=Classification.C2,
        retention=_kept,
        title=_title,
        words={"reference": file_only} if _model in (models.ProblemReport, models.Suggestion) else {},
        export=_export,
        erase=lambda user, _model=_model, _column=_column: _model.objects.filter(**{_column: user}).update(
            **{_column: None}
        ),
        purge=_purge,
        reason=_reason,
    )
declare(
    models.VisitLink,
    owner="ratings",
    classification=Classification.C2,
    retention=_("one month after its last day"),
    export=None,
    erase=None,
    purge=lambda now, apply: visiting.purge_links(now, apply=apply),
    reason="The keyed hash of a code and whether it was used: neither contact, nor moment, nor rating.",
)
for _model, _reason in (
    (models.RatingPoint, "Services the city offers: no personal data."),
    (models.RatingMonth, "Totals by month: no personal data; never shown as they move."),
    (models.RatingPeriod, "Totals above the smallest number: published."),
    (models.IndependentEvaluation, "What a body from outside found: published, no person."),
    (models.EvaluationCriterion, "A line of a published grid: no person."),
):
    declare(
        _model,
        owner="ratings",
        classification=Classification.C1,
        retention=None,
        export=None,
        erase=None,
        reason=_reason,
    )

code_words.register(
    "verb",
    {
        "ratings.report_answered": _("Problem report answered"),
        "ratings.suggestion_taken": _("Suggestion turned into an idea"),
        "ratings.suggestion_set_aside": _("Suggestion set aside"),
        "ratings.flag_looked_at": _("Unusual ratings looked at"),
        "ratings.flagged": _("Unusual ratings found"),
        "ratings.links_sent": _("Links after a visit sent"),
        "ratings.key_made": _("Key given to a program"),
        "ratings.key_revoked": _("Key taken back from a program"),
        "ratings.point_made": _("Rating point made"),
        "ratings.point_changed": _("Rating point changed"),
        "ratings.evaluation_written": _("Independent evaluation written"),
    },
)
