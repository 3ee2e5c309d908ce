"""Several coders save the same answers at once: each answer has one reading, the others are told of it."""

import itertools
from functools import partial

import pytest

from src.directory.models import User
from src.foundations.testing import forget_effects
from src.questionnaires.models import Code, Codebook, CodedText, Coding, CodingStep
from src.questionnaires.services import coding
from tests.factories import questionnaires as make
from tests.factories.directory import AgentFactory
from tests.participation.real_database import several_writers

CODERS, TEXTS = 4, 12


def code_all(book_pk, user_pk, theme) -> int:
    """One coder says the same theme of every answer, unseen by the others, twice each; how many were theirs."""
    user, won = User.objects.get(pk=user_pk), 0
    for text in CodedText.objects.filter(codebook=book_pk).select_related("codebook", "double_reading"):
        try:
            won += coding.code_text(actor=user, text=text, themes=[theme])
            coding.code_text(actor=user, text=text, themes=[theme])
        except coding.CodedMeanwhile:
            continue
    return won


def add_to_all(book_pk, user_pk, theme) -> int:
    """One coder adds a theme to all the answers in one gesture."""
    book = Codebook.objects.get(pk=book_pk)
    texts = book.texts.select_related("double_reading")
    return coding.code_several(
        actor=User.objects.get(pk=user_pk), codebook=book, texts=texts, add=book.themes.get(pk=theme)
    )


def state():
    return (
        Coding.objects.count(),
        sorted(Code.objects.values_list("theme__name", flat=True)),
        CodingStep.objects.count(),
    )


@pytest.mark.django_db(transaction=True)
def test_each_answer_is_coded_once_and_nothing_added_is_lost(tmp_path):
    book = make.codebook([f"Réponse {n}" for n in range(TEXTS)], *(f"T{n}" for n in range(CODERS)))
    themes = list(book.themes.values_list("pk", flat=True))
    coders = [AgentFactory().pk for _coder in range(CODERS)]
    forget_effects()

    with several_writers(tmp_path) as run:
        won = run([partial(code_all, book.pk, user, theme) for user, theme in zip(coders, themes, strict=True)])
        first = run([state])[0]
        added = run([partial(add_to_all, book.pk, user, theme) for user, theme in zip(coders, themes, strict=True)])
        last = run([state])[0]

    assert sum(won) == TEXTS == first[0] == len(first[1]) == first[2]
    # Each theme added to each answer, whoever came first.
    assert last[1] == sorted(itertools.chain(*([f"T{n}"] * TEXTS for n in range(CODERS))))
    assert sum(added) == last[2] - first[2] == TEXTS * (CODERS - 1)
