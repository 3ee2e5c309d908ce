"""What the database itself refuses about secret answers."""

from src.foundations import guards
from src.foundations.guards import refuse_reading

from .enums import AnswerMode
from .models import (
    AnswerRoll,
    AnswerSet,
    Questionnaire,
    QuestionnaireRevision,
    ResultRelease,
    SealedAnswers,
    SealingKey,
)

SECRET = AnswerMode.SECRET.value
SECRET_ONE = f"q.\"answer_mode\" = '{SECRET}'"


def takes_no_plain_row(alias: str) -> str:
    """SQL: the questionnaire takes no readable answer now.

    Closed; or, of secret answers, still open, or told: theirs are written between the closing and the results.
    """
    releases = ResultRelease._meta.db_table
    told = f'EXISTS (SELECT 1 FROM "{releases}" AS told WHERE told."questionnaire_id" = {alias}."id")'  # noqa: S608
    secret = f"{alias}.\"answer_mode\" = '{SECRET}'"
    return (
        f'((NOT {secret} AND {alias}."closed_at" IS NOT NULL) '
        f'OR ({secret} AND ({alias}."closed_at" IS NULL OR {told})))'
    )


def declare_guards() -> None:
    """The mode stays; one revision; sealed rows never change and stay until the closing; nothing says who."""
    asked, revisions = Questionnaire._meta.db_table, QuestionnaireRevision._meta.db_table
    published = (
        f'EXISTS (SELECT 1 FROM "{revisions}" AS r '  # noqa: S608
        'WHERE r."questionnaire_id" = NEW."id" AND r."published_at" IS NOT NULL)'
    )
    refuse_reading(
        f"{asked}_answer_mode_stays",
        asked,
        event="UPDATE",
        condition=f'OLD."answer_mode" IS DISTINCT FROM NEW."answer_mode" AND {published}',
        message=f"{asked}: how people answer can no longer change",
    )
    refuse_reading(
        f"{revisions}_one_when_secret",
        revisions,
        event="INSERT",
        condition=f'NEW."number" > 1 AND {_of_questionnaire("NEW", SECRET_ONE)}',
        message=f"{revisions}: secret answers are to one version",
    )
    _answers_lead_to_nobody()
    _sealed_until_closing()


def _of_questionnaire(row: str, condition: str) -> str:
    return (
        f'EXISTS (SELECT 1 FROM "{Questionnaire._meta.db_table}" AS q '  # noqa: S608
        f'WHERE q."id" = {row}."questionnaire_id" AND {condition})'
    )


def _answers_lead_to_nobody() -> None:
    """What was opened has no author, sealed or not, and no token of a sending."""
    sets = AnswerSet._meta.db_table
    leads = '(NEW."identity_mode" <> \'anonymous\' OR NEW."submission_token" IS NOT NULL)'
    refuse_reading(
        f"{sets}_secret_leads_to_nobody",
        sets,
        event="INSERT",
        condition=f"{leads} AND {_of_questionnaire('NEW', SECRET_ONE)}",
        message=f"{sets}: a secret answer leads to nobody",
    )


def _sealed_until_closing() -> None:
    takes = f'{SECRET_ONE} AND q."closed_at" IS NULL'
    for model in (AnswerRoll, SealedAnswers):
        table = model._meta.db_table
        refuse_reading(
            f"{table}_while_open",
            table,
            event="INSERT",
            condition=f"NOT {_of_questionnaire('NEW', takes)}",
            message=f"{table}: the questionnaire takes no secret answer",
        )
    sealed, roll, keys = SealedAnswers._meta.db_table, AnswerRoll._meta.db_table, SealingKey._meta.db_table
    guards.refuse(f"{sealed}_no_update", sealed, event="UPDATE", message=f"{sealed}: sealed answers never change")
    refuse_reading(
        f"{sealed}_stays",
        sealed,
        event="DELETE",
        condition=_of_questionnaire("OLD", 'q."closed_at" IS NULL'),
        message=f"{sealed}: sealed answers stay until the closing",
    )
    guards.frozen_columns(AnswerRoll, ["questionnaire"])
    guards.refuse(
        f"{roll}_person_stays",
        roll,
        event="UPDATE",
        when='OLD."person_id" IS DISTINCT FROM NEW."person_id" AND NEW."person_id" IS NOT NULL',
        message=f"{roll}: who answered never becomes somebody else",
    )
    guards.frozen_columns(SealingKey, ["questionnaire", "public", "size"])
    guards.refuse(
        f"{keys}_locked_stays",
        keys,
        event="UPDATE",
        when='OLD."locked" IS DISTINCT FROM NEW."locked" AND NEW."locked" IS NOT NULL',
        message=f"{keys}: the half that opens is kept or destroyed, never replaced",
    )
