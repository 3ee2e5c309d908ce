"""What reform texts keep of people, for how long, and how it leaves."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from src.directory.viewer import as_viewer
from src.foundations import code_words
from src.foundations.personal_data import Classification, declare
from src.participation.enums import IdentityMode
from src.participation.models import SealedAuthor
from src.participation.services import moderation

from .models import (
    ChangedSpan,
    ContributionCounts,
    ContributionOutcome,
    ContributionSupport,
    ReformText,
    SpanSource,
    TextAppeal,
    TextCase,
    TextReport,
    TextUnit,
    TextVersion,
    UnitContribution,
)
from .services.moderating import DESK

OWNER = "texts"
KEPT = _("as long as the text; the link to a protected author, 24 months after the outcome")
DROPPED_AFTER = timedelta(days=730)


def _export(user):
    found = (
        UnitContribution.objects.of(as_viewer(user))
        .filter(is_withdrawn=False)
        .select_related("unit__version__text", "outcome")
        .order_by("week", "reference")
    )
    for one in found:
        outcome = getattr(one, "outcome", None)
        told = outcome if outcome is not None and outcome.told_at is not None else None
        yield {
            "title": one.unit.version.text.title,
            "article": one.unit.name,
            "kind": str(one.get_kind_display()),
            "identity": one.get_identity_mode_display(),
            "week": one.week,
            "text": one.body,
            "proposal": one.proposal,
            "outcome": str(told.get_kind_display()) if told else "",
            "reason": told.reason if told else "",
        }


def _erase(user):
    """The words stay for those who answered them; who wrote them is forgotten. Sealed links go with participation."""
    return UnitContribution.objects.filter(author=user).update(author=None, signed_as="")


def _old(now):
    return UnitContribution.objects.filter(
        identity_mode=IdentityMode.PROTECTED, outcome__told_at__lt=now - DROPPED_AFTER
    )


@transaction.atomic
def _purge(now, apply):
    """The link to a protected author goes 24 months after its outcome was told; the contribution stays."""
    handles = list(_old(now).values_list("handle", flat=True))
    found = SealedAuthor.objects.filter(handle__in=handles)
    return found.delete()[0] if apply else found.count()


def _supports(user):
    found = ContributionSupport.objects.filter(user=user).select_related("contribution__unit__version__text")
    for one in found.order_by("pk"):
        yield {
            "title": one.contribution.unit.version.text.title,
            "reference": one.contribution.reference,
        }


def _erase_supports(user):
    return ContributionSupport.objects.filter(user=user).delete()[0]


def _decided(user):
    found = ContributionOutcome.objects.filter(decided_by=user).select_related("contribution").order_by("pk")
    for one in found:
        yield {"reference": one.contribution.reference, "outcome": str(one.get_kind_display())}


def _erase_decided(user):
    return ContributionOutcome.objects.filter(decided_by=user).update(decided_by=None)


def _reports(user):
    for one in TextReport.objects.filter(reporter=user).select_related("contribution").order_by("pk"):
        yield {
            "reference": one.contribution.reference,
            "reason": str(one.get_reason_code_display()),
            "text": one.text,
        }


def _erase_reports(user):
    return TextReport.objects.filter(reporter=user).update(reporter=None, unit=None, text="")


def _purge_reports(now, apply):
    return moderation.forget_reporters(DESK, now, apply=apply)


def _cases(user):
    for one in TextCase.objects.filter(decided_by=user).select_related("contribution").order_by("pk"):
        yield {"reference": one.contribution.reference, "decision": str(one.get_state_display())}


def _erase_cases(user):
    return TextCase.objects.filter(decided_by=user).update(decided_by=None)


def _appeals(user):
    found = TextAppeal.objects.filter(case__contribution__in=UnitContribution.objects.of(as_viewer(user)))
    for one in found.select_related("case__contribution").order_by("pk"):
        yield {"reference": one.case.contribution.reference, "text": one.text, "answer": one.answer}


def _erase_appeals(user):
    done = TextAppeal.objects.filter(decided_by=user).update(decided_by=None)
    return done + TextAppeal.objects.filter(removed_by=user).update(removed_by=None)


_DECLARED = (
    (UnitContribution, "What somebody said of a text, signed, protected or anonymous.", _export, _erase, _purge, None),
    (
        ContributionSupport,
        "Who supports a contribution: told as a total.",
        _supports,
        _erase_supports,
        None,
        _("Contributions to texts I support"),
    ),
    (
        ContributionOutcome,
        "What became of a contribution; who wrote the outcome is forgotten with the account.",
        _decided,
        _erase_decided,
        None,
        _("Outcomes I gave to contributions"),
    ),
    (
        TextReport,
        "Who reported a contribution: told to nobody, kept against misuse.",
        _reports,
        _erase_reports,
        _purge_reports,
        _("Contributions to texts I reported"),
    ),
    (
        TextCase,
        "What a moderator decided of a contribution.",
        _cases,
        _erase_cases,
        None,
        _("Contributions to texts I moderated"),
    ),
    (
        TextAppeal,
        "An author's objection to a removal.",
        _appeals,
        _erase_appeals,
        None,
        _("Objections I made about texts"),
    ),
)
for _model, _reason, _exported, _erased, _purged, _title in _DECLARED:
    declare(
        _model,
        owner=OWNER,
        classification=Classification.C3,
        retention=KEPT
        if _model is not TextReport
        else format_lazy(_("the reporter is forgotten after {n} months"), n=settings.TERRAIN_REPORTER_MONTHS),
        export=_exported,
        erase=_erased,
        reason=_reason,
        **({"purge": _purged} if _purged else {}),
        **({"title": _title} if _title else {}),
    )
for _model, _reason in (
    (ReformText, "A text submitted to its readers: no personal data."),
    (TextVersion, "A version of a text: no personal data."),
    (TextUnit, "The words of a text: no personal data."),
    (ChangedSpan, "What changed in a text: no personal data."),
    (SpanSource, "Which contribution changed which words: leads to nobody but by the contribution."),
    (ContributionCounts, "Totals: no personal data."),
):
    declare(
        _model,
        owner=OWNER,
        classification=Classification.C1,
        retention=None,
        export=None,
        erase=None,
        reason=_reason,
    )

code_words.register(
    "verb",
    {
        "texts.created": _("Reform text begun"),
        "texts.described": _("Words around a reform text changed"),
        "texts.brought_in": _("Reform text brought in from a file"),
        "texts.opened": _("Reform text opened"),
        "texts.version_begun": _("Next version of a reform text begun"),
        "texts.version_dropped": _("Next version of a reform text thrown away"),
        "texts.version_published": _("Next version of a reform text published"),
        "texts.decided": _("Outcomes given to contributions"),
        "texts.outcome_forgotten": _("Outcome of a contribution taken back"),
        "texts.wording_said": _("Change of a text said to be wording"),
        "texts.closed": _("Reform text closed"),
    },
)
