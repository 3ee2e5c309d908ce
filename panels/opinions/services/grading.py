"""Members say of each reply whether it answers what was asked, in three words; totals alone are told."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from panels.models import Membership, Panel
from panels.rules import may_run, refuse_unless
from panels.services.preparing import WrongState, hold

from .. import rules
from ..enums import GradeValue, GradeWay
from ..models import Answer, Grade, Opinion


@transaction.atomic
def grade(*, membership: Membership, values: Mapping[int, str], way: str = GradeWay.ACCOUNT, actor=None) -> int:
    """Keep a member's word on answers, by number of recommendation, in place of the former; answers how many.

    Called with the seat of whoever grades: proved by their account, or by their ticket and secret number. From a paper
    that came back, ``actor`` types it, of the team. Refuses who didn't sit when the opinion was handed over, other
    words than the three, an answer that isn't the last, and a panel that is over.
    """
    panel = hold(membership.panel)
    if way == GradeWay.PAPER:
        refuse_unless(may_run(actor, panel))
    opinion = Opinion.objects.filter(panel=panel).first()
    if opinion is None or not rules.grades(membership, opinion):
        raise PermissionDenied(_("Those who sat on the panel when its opinion was handed over grade the replies."))
    if not rules.grading_is_open(panel):
        raise WrongState(_("This panel is over: replies are graded no more."), code="state")
    if set(values.values()) - set(GradeValue.values):
        raise ValidationError(_("Choose yes, partly or no."))
    answers = last_answers(panel)
    if set(values) - set(answers):
        raise ValidationError(_("One of these recommendations has no reply yet."))
    # The panel is held: of two sendings at once, the second finds what the first wrote.
    chosen = {answers[number].pk: value for number, value in values.items()}
    known = {one.answer_id: one for one in Grade.objects.filter(membership=membership, answer_id__in=list(chosen))}
    Grade.objects.bulk_create(
        Grade(answer_id=answer, membership=membership, value=value, way=way)
        for answer, value in chosen.items()
        if answer not in known
    )
    for answer, one in known.items():
        one.value, one.way = chosen[answer], way
        one.save(update_fields=["value", "way"])
    return len(chosen)


def last_answers(panel: Panel) -> dict[int, Answer]:
    """The last answer to each recommendation that has one, by its number; one statement."""
    found = Answer.objects.filter(reply__article__opinion__panel=panel).select_related("reply__article")
    return {one.reply.article.number: one for one in found.order_by("number")}


def own_grades(membership: Membership) -> dict[int, str]:
    """What somebody said of the last answers, by number of recommendation; for them alone."""
    last = {one.pk: number for number, one in last_answers(membership.panel).items()}
    found = Grade.objects.filter(membership=membership, answer_id__in=list(last))
    return {last[one.answer_id]: one.value for one in found}
