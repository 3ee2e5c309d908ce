"""What the database itself refuses about open answers read, and about syntheses."""

from src.foundations import guards
from src.foundations.guards import refuse_reading
from src.participation.guards import guards_for_moderation

from .models import (
    Citation,
    Code,
    Codebook,
    CodedText,
    Coding,
    CodingStep,
    DoubleReading,
    FigureText,
    Questionnaire,
    QuoteAppeal,
    QuoteCase,
    Synthesis,
    SynthesisChapter,
    SynthesisFigure,
    SynthesisParagraph,
    SynthesisTable,
    Theme,
)


def declare_reading_guards() -> None:
    """Reading comes after closing; two readings stay apart and then stay; a published synthesis stays."""
    _reading_after_closing()
    _two_readings()
    _synthesis_stays()
    guards_for_moderation(QuoteCase, QuoteAppeal)


def _reading_after_closing() -> None:
    books, asked = Codebook._meta.db_table, Questionnaire._meta.db_table
    guards.frozen_columns(Codebook, ["questionnaire", "key", "k"])
    guards.frozen_columns(Theme, ["codebook", "reference"])
    guards.frozen_columns(CodedText, ["codebook", "answer", "reference"])
    guards.frozen_columns(CodingStep, ["text", "slot", "cause", "gesture", "undoes", "before", "after", "at"])
    refuse_reading(
        f"{books}_after_closing",
        books,
        event="INSERT",
        condition=f'EXISTS (SELECT 1 FROM "{asked}" AS q '  # noqa: S608
        'WHERE q."id" = NEW."questionnaire_id" AND q."closed_at" IS NULL)',
        message=f"{books}: answers are read once it is closed",
    )


def _two_readings() -> None:
    """While two people read a text, nothing of it counts; once both are done, neither changes."""
    codings, codes = Coding._meta.db_table, Code._meta.db_table
    texts, doubles = CodedText._meta.db_table, DoubleReading._meta.db_table
    guards.frozen_columns(Coding, ["text", "slot"])
    guards.frozen_columns(DoubleReading, ["completed_at"], when='OLD."completed_at" IS NOT NULL')
    of_double = (
        f'EXISTS (SELECT 1 FROM "{texts}" AS t JOIN "{doubles}" AS d ON d."id" = t."double_reading_id" '  # noqa: S608
        'WHERE t."id" = NEW."text_id" AND d."completed_at" IS {state})'
    )
    refuse_reading(
        f"{codings}_not_yet",
        codings,
        event="INSERT",
        condition=f"NEW.\"slot\" = 'final' AND {of_double.format(state='NULL')}",
        message=f"{codings}: two people are reading this text",
    )
    done = of_double.format(state="NOT NULL")
    refuse_reading(
        f"{codings}_done_insert",
        codings,
        event="INSERT",
        condition=f"NEW.\"slot\" <> 'final' AND {done}",
        message=f"{codings}: both readings are done",
    )
    refuse_reading(
        f"{codings}_done_update",
        codings,
        event="UPDATE",
        condition=f'NEW."slot" <> \'final\' AND OLD."version" <> NEW."version" AND {done}',
        message=f"{codings}: both readings are done",
    )
    refuse_reading(
        f"{codes}_done",
        codes,
        event="INSERT",
        condition=f'EXISTS (SELECT 1 FROM "{codings}" AS c JOIN "{texts}" AS t ON t."id" = c."text_id" '  # noqa: S608
        f'JOIN "{doubles}" AS d ON d."id" = t."double_reading_id" '
        'WHERE c."id" = NEW."coding_id" AND c."slot" <> \'final\' AND d."completed_at" IS NOT NULL)',
        message=f"{codes}: both readings are done",
    )


def _synthesis_stays() -> None:
    syntheses, chapters, paragraphs, citations, tables, figures, behind = (
        model._meta.db_table
        for model in (
            Synthesis,
            SynthesisChapter,
            SynthesisParagraph,
            Citation,
            SynthesisTable,
            SynthesisFigure,
            FigureText,
        )
    )
    for event in ("UPDATE", "DELETE"):
        guards.refuse(
            f"{syntheses}_stays_{event.lower()}",
            syntheses,
            event=event,
            when='OLD."published_at" IS NOT NULL',
            message=f"{syntheses}: a published synthesis stays",
        )
    published = f'EXISTS (SELECT 1 FROM "{syntheses}" AS s {{joins}} WHERE {{key}} AND s."published_at" IS NOT NULL)'  # noqa: S608
    of_table = f'JOIN "{tables}" AS t ON t."synthesis_id" = s."id"'
    under = {
        chapters: ("", 's."id" = {row}."synthesis_id"'),
        paragraphs: (f'JOIN "{chapters}" AS c ON c."synthesis_id" = s."id"', 'c."id" = {row}."chapter_id"'),
        citations: (
            f'JOIN "{chapters}" AS c ON c."synthesis_id" = s."id" JOIN "{paragraphs}" AS p ON p."chapter_id" = c."id"',
            'p."id" = {row}."paragraph_id"',
        ),
        tables: ("", 's."id" = {row}."synthesis_id"'),
        figures: (of_table, 't."id" = {row}."table_id"'),
        behind: (f'{of_table} JOIN "{figures}" AS f ON f."table_id" = t."id"', 'f."id" = {row}."figure_id"'),
    }
    for table, (joins, key) in under.items():
        # An answer behind a figure goes with the answer.
        for event in ("INSERT", "UPDATE") if table == behind else ("INSERT", "UPDATE", "DELETE"):
            rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
            refuse_reading(
                f"{table}_stays_{event.lower()}",
                table,
                event=event,
                condition="("
                + " OR ".join(published.format(joins=joins, key=key.format(row=row)) for row in rows)
                + ")",
                message=f"{table}: a published synthesis stays",
            )
    texts, books = CodedText._meta.db_table, Codebook._meta.db_table
    refuse_reading(
        f"{texts}_shown_before",
        texts,
        event="UPDATE",
        condition='OLD."shown_at" IS NULL AND NEW."shown_at" IS NOT NULL AND '
        + published.format(
            joins=f'JOIN "{books}" AS b ON b."questionnaire_id" = s."questionnaire_id"',
            key='b."id" = NEW."codebook_id"',
        ),
        message=f"{texts}: no answer is added once the synthesis is published",
    )
