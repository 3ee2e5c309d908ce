"""What the database itself refuses about recommendations, votes, opinions and replies."""

from panels.models import Panel
from src.foundations import guards
from src.foundations.guards import refuse_reading

from .enums import DRAFT_MOVES, DraftState
from .models import (
    AdoptionRule,
    Amendment,
    Answer,
    Article,
    Grade,
    Hearing,
    MinorityOpinion,
    MinoritySignature,
    Opinion,
    Recommendation,
    RecommendationVersion,
    Reply,
    Vote,
)

BALLOTS = "ballots_ballot"
RULES, DRAFTS, VERSIONS, VOTES = (
    model._meta.db_table for model in (AdoptionRule, Recommendation, RecommendationVersion, Vote)
)
OPINIONS, ARTICLES, REPLIES = (model._meta.db_table for model in (Opinion, Article, Reply))
MINORITIES, SIGNATURES = MinorityOpinion._meta.db_table, MinoritySignature._meta.db_table
FIGURES = [
    "members", "present", "favour", "against", "blank", "void", "numerator", "denominator", "base", "quorum_percent",
    "quorum_met", "is_met", "settled_at", "checked_by",
]  # fmt: skip


def declare_guards() -> None:
    """A rule fixed once a vote opens; voted words that stay; an opinion that equals them; a reply owed each."""
    _rule_stays()
    _drafts_move()
    _votes_stay()
    _minority_stays()
    _opinion_equals_what_was_voted()
    _replies_stay()


def _rule_stays() -> None:
    """Once a vote is opened, here or by its ballot."""
    opened = (
        f'EXISTS (SELECT 1 FROM "{VOTES}" AS v JOIN "{DRAFTS}" AS r ON r."id" = v."recommendation_id" '  # noqa: S608
        f'LEFT JOIN "{BALLOTS}" AS b ON b."id" = v."ballot_id" '
        'WHERE r."panel_id" = OLD."panel_id" AND (v."opened_at" IS NOT NULL OR b."frozen_at" IS NOT NULL))'
    )
    for event in ("UPDATE", "DELETE"):
        refuse_reading(
            f"{RULES}_stays_{event.lower()}",
            RULES,
            event=event,
            condition=opened,
            message=f"{RULES}: a vote is opened, the rule stays",
        )


def _drafts_move() -> None:
    guards.frozen_columns(Recommendation, ["panel", "number", "created_at"])
    allowed = " OR ".join(
        f'(OLD."state" = \'{origin.value}\' AND NEW."state" IN ({", ".join(repr(one.value) for one in targets)}))'
        for origin, targets in DRAFT_MOVES.items()
        if targets
    )
    guards.refuse(
        f"{DRAFTS}_moves",
        DRAFTS,
        event="UPDATE",
        when=f'OLD."state" <> NEW."state" AND NOT ({allowed})',
        message=f"{DRAFTS}: it can't go from that state to this one",
    )
    guards.refuse(
        f"{DRAFTS}_born",
        DRAFTS,
        event="INSERT",
        when=f"NEW.\"state\" <> '{DraftState.DRAFT.value}'",
        message=f"{DRAFTS}: it begins as a draft",
    )
    guards.refuse(f"{DRAFTS}_stays", DRAFTS, event="DELETE", message=f"{DRAFTS}: a number stays")
    for state, wanted in ((DraftState.ADOPTED, 'v."is_met"'), (DraftState.NOT_ADOPTED, 'NOT v."is_met"')):
        refuse_reading(
            f"{DRAFTS}_{state.value}_by_the_rule",
            DRAFTS,
            event="UPDATE",
            condition=(
                f'NEW."state" = \'{state.value}\' AND OLD."state" <> NEW."state" '  # noqa: S608
                f'AND NOT EXISTS (SELECT 1 FROM "{VOTES}" AS v WHERE v."recommendation_id" = NEW."id" '
                f'AND v."called_off_at" IS NULL AND v."settled_at" IS NOT NULL AND {wanted})'
            ),
            message=f"{DRAFTS}: the rule says otherwise",
        )
    guards.frozen_columns(
        RecommendationVersion,
        ["recommendation", "number", "title", "text", "note", "written_by", "for_table", "created_at"],
    )
    guards.refuse(f"{VERSIONS}_stays", VERSIONS, event="DELETE", message=f"{VERSIONS}: a version stays")
    refuse_reading(
        f"{VERSIONS}_of_a_draft",
        VERSIONS,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{DRAFTS}" AS r WHERE r."id" = NEW."recommendation_id" '  # noqa: S608
            f"AND r.\"state\" = '{DraftState.DRAFT.value}')"
        ),
        message=f"{VERSIONS}: what is put to the vote no longer changes",
    )
    guards.frozen_columns(Amendment, ["recommendation", "number", "on_version", "text", "why", "written_by"])
    guards.frozen_columns(Amendment, ["state", "reason", "version"], when="OLD.\"state\" <> 'open'")
    amendments = Amendment._meta.db_table
    guards.refuse(
        f"{amendments}_stays", amendments, event="DELETE", message=f"{amendments}: it stays, with its reason"
    )


def _votes_stay() -> None:
    guards.frozen_columns(Vote, ["recommendation", "version", "way", "held_on"])
    guards.frozen_columns(Vote, ["ballot"], when='NEW."called_off_at" IS NULL OR NEW."ballot_id" IS NOT NULL')
    for column in ("opened_at", "called_off_at"):
        guards.frozen_columns(Vote, [column], when=f'OLD."{column}" IS NOT NULL')
    settled = 'OLD."settled_at" IS NOT NULL'
    figures = [one for one in FIGURES if one != "checked_by"]
    guards.frozen_columns(Vote, figures, when=settled)
    guards.refuse(f"{VOTES}_stays", VOTES, event="DELETE", message=f"{VOTES}: a vote stays")
    guards.refuse(
        f"{VOTES}_born",
        VOTES,
        event="INSERT",
        when='NEW."settled_at" IS NOT NULL',
        message=f"{VOTES}: it isn't counted yet",
    )
    refuse_reading(
        f"{VOTES}_of_its_words",
        VOTES,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{VERSIONS}" AS w WHERE w."id" = NEW."version_id" '  # noqa: S608
            'AND w."recommendation_id" = NEW."recommendation_id" '
            f'AND NOT EXISTS (SELECT 1 FROM "{VERSIONS}" AS x WHERE x."recommendation_id" = w."recommendation_id" '
            'AND x."number" > w."number"))'
        ),
        message=f"{VOTES}: the last version is voted",
    )
    base = (
        '(CASE NEW."base" WHEN \'expressed\' THEN NEW."favour" + NEW."against" '
        'WHEN \'present\' THEN NEW."present" ELSE NEW."members" END)'
    )
    met = f'(NEW."quorum_met" AND NEW."favour" > 0 AND NEW."favour" * NEW."denominator" >= NEW."numerator" * {base})'
    quorum = '(100 * NEW."present" >= COALESCE(NEW."quorum_percent", 0) * NEW."members")'
    # The arithmetic of ``arithmetic.decided``, held a second time by the database.
    guards.refuse(
        f"{VOTES}_by_the_rule",
        VOTES,
        event="UPDATE",
        when=(
            'NEW."settled_at" IS NOT NULL AND OLD."settled_at" IS NULL AND ('
            f'NEW."quorum_met" <> {quorum} OR (NEW."favour" IS NOT NULL AND NEW."is_met" <> {met}))'
        ),
        message=f"{VOTES}: the rule says otherwise",
    )
    refuse_reading(
        f"{VOTES}_by_the_rule_written",
        VOTES,
        event="UPDATE",
        condition=(
            'NEW."settled_at" IS NOT NULL AND OLD."settled_at" IS NULL AND NOT EXISTS ('  # noqa: S608
            f'SELECT 1 FROM "{RULES}" AS u JOIN "{DRAFTS}" AS r ON r."panel_id" = u."panel_id" '
            'WHERE r."id" = NEW."recommendation_id" AND u."numerator" = NEW."numerator" '
            'AND u."denominator" = NEW."denominator" AND u."base" = NEW."base" '
            'AND COALESCE(u."quorum_percent", 0) = COALESCE(NEW."quorum_percent", 0))'
        ),
        message=f"{VOTES}: another rule was written",
    )


def _minority_stays() -> None:
    """Nobody takes a minority's words away; nothing of them moves once the opinion is adopted."""
    guards.frozen_columns(MinorityOpinion, ["panel", "number", "recommendation", "text", "author", "written_at"])
    guards.frozen_columns(MinorityOpinion, ["withdrawn_at", "withdrawn_by"], when='OLD."withdrawn_at" IS NOT NULL')
    guards.refuse(f"{MINORITIES}_stays", MINORITIES, event="DELETE", message=f"{MINORITIES}: nobody removes it")
    frozen = f'EXISTS (SELECT 1 FROM "{OPINIONS}" AS o WHERE o."panel_id" = {{row}}."panel_id")'  # noqa: S608
    refuse_reading(
        f"{MINORITIES}_before_the_opinion",
        MINORITIES,
        event="INSERT",
        condition=frozen.format(row="NEW"),
        message=f"{MINORITIES}: the opinion is adopted",
    )
    refuse_reading(
        f"{MINORITIES}_withdrawn_before",
        MINORITIES,
        event="UPDATE",
        condition=f'(OLD."withdrawn_at" IS NULL AND NEW."withdrawn_at" IS NOT NULL AND {frozen.format(row="NEW")})',
        message=f"{MINORITIES}: the opinion is adopted",
    )
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        refuse_reading(
            f"{SIGNATURES}_frozen_{event.lower()}",
            SIGNATURES,
            event=event,
            condition=(
                f'EXISTS (SELECT 1 FROM "{OPINIONS}" AS o JOIN "{MINORITIES}" AS m ON m."panel_id" = o."panel_id" '  # noqa: S608
                f'WHERE m."id" = {row}."minority_id")'
                # Who typed it may leave: it isn't in what was adopted.
                + (' AND NOT (NEW."name" = OLD."name" AND NEW."typed_by_id" IS NULL)' if event == "UPDATE" else "")
            ),
            message=f"{SIGNATURES}: the opinion is adopted",
        )
    guards.frozen_columns(MinoritySignature, ["minority", "membership"])
    for table in (MINORITIES, SIGNATURES):
        guards.refuse(
            f"{table}_typed_by_somebody",
            table,
            event="UPDATE",
            when='NEW."typed_by_id" IS NOT NULL AND OLD."typed_by_id" IS DISTINCT FROM NEW."typed_by_id"',
            message=f"{table}: who typed it never becomes somebody else",
        )
    # A paper typed never replaces what a member signed, nor how.
    guards.frozen_columns(MinoritySignature, ["name"], when='NEW."typed_by_id" IS NOT NULL')


def _opinion_equals_what_was_voted() -> None:
    guards.frozen_columns(Opinion, ["panel", "introduction", "body", "sha256", "adopted_at"])
    guards.frozen_columns(Opinion, ["handed_over_on", "due_on"], when='OLD."handed_over_on" IS NOT NULL')
    guards.refuse(f"{OPINIONS}_stays", OPINIONS, event="DELETE", message=f"{OPINIONS}: an opinion stays")
    guards.append_only(Article)
    open_ones = f"'{DraftState.DRAFT.value}', '{DraftState.PROPOSED.value}'"
    refuse_reading(
        f"{OPINIONS}_of_what_is_settled",
        OPINIONS,
        event="INSERT",
        condition=(
            f'EXISTS (SELECT 1 FROM "{DRAFTS}" AS r WHERE r."panel_id" = NEW."panel_id" '  # noqa: S608
            f'AND r."state" IN ({open_ones}))'
        ),
        message=f"{OPINIONS}: a recommendation is still a draft, or voted",
    )
    refuse_reading(
        f"{ARTICLES}_of_the_words_voted",
        ARTICLES,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{VOTES}" AS v JOIN "{VERSIONS}" AS w ON w."id" = v."version_id" '  # noqa: S608
            f'JOIN "{DRAFTS}" AS r ON r."id" = v."recommendation_id" '
            f'JOIN "{OPINIONS}" AS o ON o."panel_id" = r."panel_id" '
            'WHERE r."id" = NEW."recommendation_id" AND o."id" = NEW."opinion_id" AND w."id" = NEW."version_id" '
            'AND v."settled_at" IS NOT NULL AND v."called_off_at" IS NULL AND v."is_met" = NEW."is_adopted" '
            'AND w."title" = NEW."title" AND w."text" = NEW."text" AND r."number" = NEW."number")'
        ),
        message=f"{ARTICLES}: other words than those voted",
    )
    refuse_reading(
        f"{OPINIONS}_whole_when_handed_over",
        OPINIONS,
        event="UPDATE",
        condition=(
            f'(OLD."handed_over_on" IS NULL AND NEW."handed_over_on" IS NOT NULL AND (EXISTS ('  # noqa: S608
            f'SELECT 1 FROM "{DRAFTS}" AS r WHERE r."panel_id" = NEW."panel_id" '
            f"AND r.\"state\" IN ('{DraftState.ADOPTED.value}', '{DraftState.NOT_ADOPTED.value}') "
            f'AND NOT EXISTS (SELECT 1 FROM "{ARTICLES}" AS a WHERE a."recommendation_id" = r."id")) '
            f'OR EXISTS (SELECT 1 FROM "{ARTICLES}" AS a WHERE a."opinion_id" = NEW."id" AND a."is_adopted" '
            f'AND NOT EXISTS (SELECT 1 FROM "{REPLIES}" AS p WHERE p."article_id" = a."id" '
            'AND p."due_on" = NEW."due_on"))))'
        ),
        message=f"{OPINIONS}: each recommendation adopted is owed one reply, on one day",
    )


def _replies_stay() -> None:
    guards.frozen_columns(Reply, ["reference", "article", "due_on"])
    guards.frozen_columns(Reply, ["answered_on"], when='OLD."answered_on" IS NOT NULL')
    guards.refuse(f"{REPLIES}_stays", REPLIES, event="DELETE", message=f"{REPLIES}: what is owed stays")
    refuse_reading(
        f"{REPLIES}_of_what_was_adopted",
        REPLIES,
        event="INSERT",
        condition=(
            f'NOT EXISTS (SELECT 1 FROM "{ARTICLES}" AS a WHERE a."id" = NEW."article_id" '  # noqa: S608
            'AND a."is_adopted")'
        ),
        message=f"{REPLIES}: a reply is owed for what was adopted",
    )
    answers = Answer._meta.db_table
    guards.frozen_columns(
        Answer,
        ["reply", "number", "outcome", "text", "change", "would_change", "study_until", "signed_name",
         "signed_capacity", "published_on"],
    )  # fmt: skip
    guards.refuse(f"{answers}_stays", answers, event="DELETE", message=f"{answers}: an answer stays")
    guards.frozen_columns(Grade, ["answer", "membership"])
    grades, panels = Grade._meta.db_table, Panel._meta.db_table
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD")):
        refuse_reading(
            f"{grades}_until_over_{event.lower()}",
            grades,
            event=event,
            condition=(
                f'EXISTS (SELECT 1 FROM "{answers}" AS n JOIN "{REPLIES}" AS p ON p."id" = n."reply_id" '  # noqa: S608
                f'JOIN "{ARTICLES}" AS a ON a."id" = p."article_id" JOIN "{OPINIONS}" AS o ON o."id" = a."opinion_id" '
                f'JOIN "{panels}" AS l ON l."id" = o."panel_id" '
                f'WHERE n."id" = {row}."answer_id" AND l."state" = \'closed\')'
            ),
            message=f"{grades}: this panel is over",
        )
    guards.frozen_columns(Hearing, ["panel", "number"])
    guards.frozen_columns(
        Hearing,
        ["held_on", "place", "city_words", "member_words", "published_at"],
        when='OLD."published_at" IS NOT NULL',
    )
