"""What the database itself refuses about questionnaires."""

from src.foundations import guards
from src.foundations.guards import refuse_reading
from src.participation.guards import guards_for_contribution

from . import secret_guards
from .barometer_guards import declare_barometer_guards
from .enums import AxisCode
from .models import (
    Answer,
    AnswerImport,
    AnswerSet,
    ImportedAnswers,
    OutreachTask,
    Question,
    Questionnaire,
    QuestionnaireRevision,
    ResultRelease,
    StaffFrame,
)
from .reading_guards import declare_reading_guards


def declare_guards() -> None:
    """Published questions stay; answers keep their revision; nothing comes in after closing; results stay."""
    guards.frozen_columns(Questionnaire, ["reference", "space"])
    guards.frozen_columns(Questionnaire, ["closed_at"], when='OLD."closed_at" IS NOT NULL')
    _published_stays()
    _answers_keep_theirs()
    guards.frozen_columns(Questionnaire, ["reminded_at"], when='OLD."reminded_at" IS NOT NULL')
    guards.append_only(ResultRelease)
    secret_guards.declare_guards()
    declare_reading_guards()
    declare_barometer_guards()
    guards.frozen_columns(AnswerImport, ["reference", "questionnaire", "revision", "source", "shape", "made_at"])
    guards.frozen_columns(AnswerImport, ["state"], when="OLD.\"state\" = 'taken_away'")
    guards.frozen_columns(ImportedAnswers, ["answer_import", "answer_set"])
    _axes_stay()


def _axes_stay() -> None:
    """Axes are chosen before anybody answers, and the people counted once; a task done is done."""
    asked, revisions = Questionnaire._meta.db_table, QuestionnaireRevision._meta.db_table
    refuse_reading(
        f"{asked}_axes_frozen",
        asked,
        event="UPDATE",
        condition='((OLD."first_axis" IS DISTINCT FROM NEW."first_axis" '  # noqa: S608
        'OR OLD."second_axis" IS DISTINCT FROM NEW."second_axis") '
        f'AND EXISTS (SELECT 1 FROM "{revisions}" AS r '
        'WHERE r."questionnaire_id" = NEW."id" AND r."published_at" IS NOT NULL))',
        message=f"{asked}: axes are chosen before the questions are published",
    )
    known = ", ".join(f"'{code}'" for code in ("", *AxisCode.values))
    for event in ("INSERT", "UPDATE"):
        guards.refuse(
            f"{asked}_axes_in_order_{event.lower()}",
            asked,
            event=event,
            when=f'NEW."first_axis" NOT IN ({known}) OR NEW."second_axis" NOT IN ({known}) '
            'OR (NEW."second_axis" <> \'\' AND NEW."first_axis" IN (\'\', NEW."second_axis"))',
            message=f"{asked}: two axes at most, the second after another first",
        )
    guards.append_only(StaffFrame)
    guards.frozen_columns(AnswerSet, ["segments"])
    guards.frozen_columns(OutreachTask, ["questionnaire", "axis", "category", "gap"])
    guards.frozen_columns(OutreachTask, ["done_on", "done_note"], when='OLD."done_on" IS NOT NULL')


def _published_stays() -> None:
    guards.frozen_columns(QuestionnaireRevision, ["questionnaire", "number"])
    guards.frozen_columns(QuestionnaireRevision, ["published_at"], when='OLD."published_at" IS NOT NULL')
    revisions, questions = QuestionnaireRevision._meta.db_table, Question._meta.db_table
    guards.refuse(
        f"{revisions}_stays",
        revisions,
        event="DELETE",
        when='OLD."published_at" IS NOT NULL',
        message=f"{revisions}: published questions stay",
    )
    for event in ("INSERT", "UPDATE"):
        guards.refuse(
            f"{questions}_image_described_{event.lower()}",
            questions,
            event=event,
            when="(NEW.\"image\" = '') <> (NEW.\"image_alt\" = '')",
            message=f"{questions}: an image has its words, words have their image",
        )
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        published = " OR ".join(
            f'EXISTS (SELECT 1 FROM "{revisions}" AS r '  # noqa: S608
            f'WHERE r."id" = {row}."revision_id" AND r."published_at" IS NOT NULL)'
            for row in rows
        )
        refuse_reading(
            f"{questions}_frozen_{event.lower()}",
            questions,
            event=event,
            condition=f"({published})",
            message=f"{questions}: published questions no longer change",
        )


def _answers_keep_theirs() -> None:
    guards_for_contribution(AnswerSet)
    guards.frozen_columns(AnswerSet, ["questionnaire", "revision"])
    guards.frozen_columns(Answer, ["answer_set", "question"])
    asked, sets = Questionnaire._meta.db_table, AnswerSet._meta.db_table
    revisions, questions, answers = (
        QuestionnaireRevision._meta.db_table,
        Question._meta.db_table,
        Answer._meta.db_table,
    )
    refuse_reading(
        f"{sets}_of_its_revision",
        sets,
        event="INSERT",
        condition=f'NOT EXISTS (SELECT 1 FROM "{revisions}" AS r WHERE r."id" = NEW."revision_id" '  # noqa: S608
        'AND r."questionnaire_id" = NEW."questionnaire_id" AND r."published_at" IS NOT NULL)',
        message=f"{sets}: answers belong to a published revision",
    )
    refuse_reading(
        f"{sets}_while_open",
        sets,
        event="INSERT",
        condition=f'EXISTS (SELECT 1 FROM "{asked}" AS q '  # noqa: S608
        f'WHERE q."id" = NEW."questionnaire_id" AND {secret_guards.takes_no_plain_row("q")})',
        message=f"{sets}: the questionnaire is closed, or its answers are still sealed",
    )
    for event in ("INSERT", "UPDATE"):
        refuse_reading(
            f"{answers}_while_open_{event.lower()}",
            answers,
            event=event,
            condition=f'EXISTS (SELECT 1 FROM "{sets}" AS s '  # noqa: S608
            f'JOIN "{asked}" AS q ON q."id" = s."questionnaire_id" '
            f'WHERE s."id" = NEW."answer_set_id" AND {secret_guards.takes_no_plain_row("q")})',
            message=f"{answers}: the questionnaire is closed, or its answers are still sealed",
        )
    refuse_reading(
        f"{answers}_of_its_revision",
        answers,
        event="INSERT",
        condition=f'NOT EXISTS (SELECT 1 FROM "{sets}" AS s '  # noqa: S608
        f'JOIN "{questions}" AS q ON q."revision_id" = s."revision_id" '
        'WHERE s."id" = NEW."answer_set_id" AND q."id" = NEW."question_id")',
        message=f"{answers}: the question is of another revision",
    )
