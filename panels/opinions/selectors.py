"""What pages of the room read, in a bounded number of statements."""

from django.db.models import Case, Count, Q, When
from django.utils.translation import gettext as _

from panels.models import Membership, Panel
from src.directory.enums import Role
from src.directory.viewer import as_viewer
from src.foundations import clock
from theme.charts import Series

from . import measures, words
from .enums import DraftState, GradeValue, K, VoteWay
from .models import AdoptionRule, Grade, Hearing, MinorityOpinion, Opinion, Recommendation, Reply, Vote


def rule_of(panel: Panel) -> AdoptionRule | None:
    """The adoption rule, or None."""
    return AdoptionRule.objects.filter(panel=panel).first()


def recommendations_of(user, panel: Panel) -> list[Recommendation]:
    """The recommendations this viewer may know of, by number, with their versions and votes; four statements."""
    return list(Recommendation.objects.visible_to(user).filter(panel=panel).whole().order_by("number"))


def recommendation_of(user, panel: Panel, number: int) -> Recommendation | None:
    """One of them, or None."""
    found = Recommendation.objects.visible_to(user).filter(panel=panel, number=number).whole().first()
    if found is not None:
        found.panel = panel
    return found


def amendments_of(recommendation: Recommendation, member: Membership | None) -> list:
    """Its amendments, the number of those who agree, whether the reader does; two statements."""
    found = recommendation.amendments.select_related("written_by", "on_version", "version")
    rows = list(found.annotate(agree=Count("supports")).order_by("number"))
    mine = set()
    if member is not None:
        mine = set(
            recommendation.amendments.filter(supports__membership=member).order_by().values_list("pk", flat=True)
        )
    for one in rows:
        one.is_mine = one.pk in mine
    return rows


def open_room_votes(panel: Panel) -> list[Vote]:
    """The votes in the room that wait for a count, by number."""
    found = Vote.objects.filter(
        recommendation__panel=panel, way=VoteWay.ROOM, settled_at__isnull=True, called_off_at__isnull=True
    )
    return list(found.select_related("recommendation", "version", "first_count").order_by("recommendation__number"))


def waiting_ballots(panel: Panel) -> int:
    """How many ballots of recommendations wait to be opened."""
    return Vote.objects.filter(
        recommendation__panel=panel, ballot__frozen_at__isnull=True, ballot__isnull=False, called_off_at__isnull=True
    ).count()


def counts_by_state(panel: Panel) -> dict[str, int]:
    """State → how many recommendations; one statement."""
    found = Recommendation.objects.filter(panel=panel).order_by().values_list("state").annotate(n=Count("pk"))
    return {**dict.fromkeys(DraftState.values, 0), **dict(found)}


def opinion_of(user, panel: Panel) -> Opinion | None:
    """The opinion, for who may read it."""
    found = Opinion.objects.visible_to(user).filter(panel=panel).first()
    if found is not None:
        found.panel = panel
    return found


def minorities_of(panel: Panel, member: Membership | None = None) -> list[MinorityOpinion]:
    """Those that stand: names of who signs by name, how many sign, whether the reader does."""
    found = MinorityOpinion.objects.standing().filter(panel=panel).select_related("recommendation", "typed_by")
    rows = list(found.prefetch_related("signatures__membership").order_by("number"))
    for one in rows:
        signatures = list(one.signatures.all())
        one.names = [each.name for each in signatures if each.name]
        one.count = len(signatures)
        one.unnamed = one.count - len(one.names)
        one.on_paper = sum(each.typed_by_id is not None for each in signatures)
        one.is_signed = member is not None and any(each.membership_id == member.pk for each in signatures)
        one.is_own = member is not None and one.author_id == member.pk
    return rows


def articles_of(opinion: Opinion) -> list:
    """What was adopted, then what wasn't, with votes in words; two statements."""
    rows = list(opinion.articles.select_related("version").order_by("-is_adopted", "number"))
    votes = Vote.objects.filter(recommendation__article__opinion=opinion, settled_at__isnull=False)
    of = {vote.recommendation_id: vote for vote in votes}
    for one in rows:
        one.vote = of.get(one.recommendation_id)
        one.tally = words.tally_of(one.vote) if one.vote else ""
        one.arithmetic = words.of_vote(one.vote) if one.vote else ""
    return rows


def replies_of(opinion: Opinion) -> list[Reply]:
    """Replies by number, given or missing: how late, their measures, totals of grades; five statements."""
    today = clock.today()
    found = Reply.objects.filter(article__opinion=opinion).select_related("article", "unit")
    rows = list(found.prefetch_related("answers").order_by("article__number"))
    totals = grade_totals([one.answer.pk for one in rows if one.answer])
    became = measures.by_reply([one.reference for one in rows])
    for one in rows:
        one.given = one.answer
        one.former = sorted(one.answers.all(), key=lambda each: each.number)[:-1]
        one.late = one.days_late(today)
        one.measures = became.get(one.reference, [])
        one.grades = totals.get(one.given.pk) if one.given else None
        one.grade_chart = _grade_chart(one) if one.grades and one.grades["is_told"] else None
    return rows


def _grade_chart(reply: Reply) -> Series:
    """What members say of a reply; each bar out of all who graded it, so that replies compare."""
    title = _("Recommendation %(n)d: does the reply answer what was asked?") % {"n": reply.article.number}
    points = [(str(label), count) for label, count in reply.grades["lines"]]
    return Series(title, points, maximum=reply.grades["count"])


def grade_totals(answers: list[int]) -> dict[int, dict]:
    """Answer → totals by word, told from eleven graders; under, that there are few. One statement."""
    found: dict[int, dict[str, int]] = {}
    rows = Grade.objects.filter(answer_id__in=answers).order_by().values_list("answer_id", "value")
    for answer, value, number in rows.annotate(n=Count("pk")):
        found.setdefault(answer, {})[value] = number
    told = {}
    for answer, totals in found.items():
        count = sum(totals.values())
        few = count < K
        lines = [] if few else [(GradeValue(value).label, totals.get(value, 0)) for value in GradeValue.values]
        told[answer] = {"is_told": not few, "count": None if few else count, "lines": lines}
    return told


def hearings_of(panel: Panel) -> list[Hearing]:
    """The yearly hearings, the last first, with what was said of each measure."""
    found = Hearing.objects.filter(panel=panel).prefetch_related("lines__measure")
    return list(found.order_by("-number"))


def awaited_of(user, roles):
    """The replies owed by the directions where somebody holds one of these roles, the nearest day first."""
    viewer, under = as_viewer(user), Q(pk__in=[])
    for role in roles:
        under |= viewer.role_condition(role, "unit__path")
    found = Reply.objects.awaited().filter(under).select_related("article__opinion__panel", "unit")
    return found.order_by(Case(When(answered_on__isnull=True, then="due_on"), default="study_until"), "pk")


def owed_by(user, roles=(Role.DECISION_MAKER,)) -> list[Reply]:
    """The replies owed by the directions where somebody holds a role, the nearest day first; two statements."""
    return list(awaited_of(user, roles).prefetch_related("answers"))
