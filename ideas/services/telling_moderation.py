"""Who is told what of the moderation: worked out by the relay, each person once per event."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from src.foundations import clock
from src.notices.services import reword, send
from src.participation.enums import AppealState, CaseState, IdentityMode
from src.participation.services.moderation import last_day_to_appeal

from ..models import IdeaCase
from .moderators import administrators, others_than
from .telling import quoted


def tell_reported(case_pk: int) -> None:
    """A first report: those who moderate there learn that a text waits."""
    case = _read(case_pk)
    if case is not None and case.is_open:
        first = case.reports.order_by("pk").first()
        words = {"due": case.due_on.isoformat(), "reason_code": first.reason_code if first else ""}
        _tell_moderators(case, "ideas.task.reported", words)


def tell_withheld(case_pk: int) -> None:
    """A text was hidden by its reports: its author, and those who moderate there."""
    case = _read(case_pk)
    if case is None or not case.is_open:
        return
    words = {"due": case.due_on.isoformat()}
    _tell_author(case, "ideas.withheld", words)
    _tell_moderators(case, "ideas.task.withheld", words)


def tell_decided(case_pk: int) -> None:
    """Somebody decided: the author of what was hidden or removed, and those who reported, once."""
    case = _read(case_pk)
    if case is None or case.state not in (CaseState.KEPT, CaseState.REMOVED):
        return
    who = case.decided_by.short_name if case.decided_by else ""
    if case.state == CaseState.REMOVED:
        last = last_day_to_appeal(case).isoformat()
        words = {"who": who, "reason_code": case.reason_code, "text": case.text, "last": last}
        _tell_author(case, "ideas.removed", words)
    elif case.withheld_at is not None:
        # An author whose text never stopped showing isn't told that somebody reported it.
        _tell_author(case, "ideas.kept", {"who": who})
    reporters = case.reports.exclude(reporter=None).order_by("reporter_id").values_list("reporter_id", flat=True)
    context = {"reference": case.idea.reference, "kept": case.state == CaseState.KEPT}
    send("ideas.report.read", recipients=list(reporters), context=context, key=_key(case, "ideas.report.read"))


def tell_appealed(case_pk: int) -> None:
    """An author objects: those who may answer."""
    case = _read(case_pk)
    objection = getattr(case, "appeal", None)
    if objection is None or objection.state != AppealState.OPEN:
        return
    apart = {objection.removed_by_id, case.target.author_id}
    people = (administrators() - apart) if objection.for_administrators else others_than(case.idea, apart)
    context = _context(case) | {"due": objection.due_on.isoformat()}
    send("ideas.task.appeal", recipients=sorted(people), context=context, key=_key(case, "ideas.task.appeal"))


def tell_appeal_answered(case_pk: int) -> None:
    """The answer to an objection, to its author."""
    case = _read(case_pk)
    objection = getattr(case, "appeal", None)
    if objection is None or objection.is_open:
        return
    words = {
        "who": objection.decided_by.short_name if objection.decided_by else "",
        "restored": objection.state == AppealState.RESTORED,
        "text": objection.answer,
        "on": clock.today().isoformat(),
    }
    _tell_author(case, "ideas.appeal.answered", words)


# --------------------------------------------------------------------------------------- what was already told
def follow_in_inboxes(case_pk: int) -> None:
    """Messages already received quote a comment, or carry an idea's title: hidden there too, and shown again.

    The author's own messages keep their words.
    """
    case = _read(case_pk)
    if case is None:
        return
    target = case.target
    if case.comment_id:
        keys = [f"commented:{target.reference}"]
        words = {"text": quoted(target.body) if target.is_shown else hidden_words()}
    else:
        keys = [f"moved:{pk}" for pk in target.journal.order_by("pk").values_list("pk", flat=True)]
        keys += [f"commented:{ref}" for ref in target.comments.order_by("pk").values_list("reference", flat=True)]
        keys += [f"seat:{target.reference}", *_reminders(target)]
        words = {"title": target.title if target.is_shown else hidden_words()}
    own_handle = target.handle if target.author_id is None else None
    reword(keys, words, but_user=target.author_id, but_handle=own_handle)


def _reminders(idea) -> list[str]:
    """Keys of what staff was told of its late answer; those of moderators keep its title, which they read."""
    told = idea.owed.reminders.order_by("pk").values_list("promised_on", "level") if idea.owed_id else ()
    return [f"owed:{idea.owed_id}:{day.isoformat()}:{level}" for day, level in told]


def hidden_words() -> str:
    """What stands in a message in the place of words that moderation hides; in the city's language, as it is kept."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("(text hidden by the moderation)")


def _read(case_pk: int):
    related = ("idea__unit", "idea__space", "idea__transfer_to", "comment", "decided_by", "appeal__decided_by")
    return IdeaCase.objects.select_related(*related).filter(pk=case_pk).first()


def _context(case) -> dict:
    context = {"reference": case.idea.reference, "title": case.idea.title}
    return context | {"comment": case.comment.reference} if case.comment_id else context


def _tell_author(case, code: str, words: dict) -> None:
    target = case.target
    context = _context(case) | words
    if target.is_imported:
        return
    if target.identity_mode == IdentityMode.NAMED:
        people = {target.author_id} - {None} if case.comment_id else target.author_ids
        if people:
            send(code, recipients=sorted(people), context=context, key=_key(case, code))
    elif target.identity_mode == IdentityMode.PROTECTED:
        send(code, handles=[target.handle], context=context, key=_key(case, code))


def _tell_moderators(case, code: str, words: dict) -> None:
    """Those who may decide: neither the signed author nor those who reported."""
    reporters = set(case.reports.values_list("reporter_id", flat=True))
    people = others_than(case.idea, {case.target.author_id} | case.idea.author_ids | reporters)
    send(code, recipients=sorted(people), context=_context(case) | words, key=_key(case, code))


def _key(case, code: str) -> str:
    """One message of a kind for one case."""
    return f"{code}:{case.pk}"
