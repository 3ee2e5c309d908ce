"""Questionnaires before and after for tests: a panel of twelve or more at work, asked the same questions twice."""

from dataclasses import dataclass

from panels.pairings import services
from panels.pairings.models import Pairing
from src.foundations.testing import drain_outbox
from src.questionnaires import services as asking
from src.questionnaires.enums import AnswerMode
from src.questionnaires.models import Questionnaire

from . import panel_opinions as panels
from .questionnaires import again

SCALE = {
    "kind": "scale", "text": "À l’accueil, on comprend ma demande dès la première fois.",
    "settings": {"least": 1, "most": 5, "least_label": "Pas du tout", "most_label": "Tout à fait", "no_opinion": True},
}  # fmt: skip
CHOICE = {
    "kind": "single", "text": "Qui peut demander une carte de séjour en mairie ?",
    "settings": {"choices": [{"key": "c1", "label": "Tout le monde"}, {"key": "c2", "label": "Personne"}]},
}  # fmt: skip


@dataclass
class Paired:
    """The panel, its questionnaire, the pairing once it is linked."""

    made: panels.Made
    first: Questionnaire
    pairing: Pairing | None = None

    @property
    def panel(self):
        return self.made.panel

    def again(self) -> Pairing:
        self.pairing = Pairing.objects.select_related("panel", "before", "after").get(pk=self.pairing.pk)
        return self.pairing

    def link(self) -> Pairing:
        self.pairing = services.link(actor=self.made.facilitator, panel=self.panel, before=self.first)
        self.first = again(self.first)
        return self.pairing

    def answer(self, questionnaire: Questionnaire, values) -> None:
        """The members answer in their order: ``(scale, choice)`` each, None for who doesn't answer."""
        asked = again(questionnaire)
        for place, value in enumerate(values):
            if value is not None:
                asking.send_secret(
                    actor=self.made.account(place), questionnaire=asked, revision=asked.revision,
                    answers=dict(zip(("q1", "q2"), value, strict=False)),
                )  # fmt: skip

    def close(self, questionnaire: Questionnaire) -> None:
        asking.close_questionnaire(actor=self.made.facilitator, questionnaire=questionnaire)
        drain_outbox()
        self.again()

    def open_after(self, title: str = "Encore une fois") -> Questionnaire:
        found = services.open_after(actor=self.made.facilitator, pairing=self.pairing, title=title)
        self.again()
        return again(found)

    def told(self, before, after) -> Pairing:
        """From the first answer to the figures."""
        self.answer(self.first, before)
        self.close(self.first)
        second = self.open_after()
        self.answer(second, after)
        self.close(second)
        return self.again()


def asked(count: int = 80, seats: int = 24, *, questions=(SCALE, CHOICE), mode=AnswerMode.SECRET, **fields) -> Paired:
    """A panel at work and a questionnaire of its space, whose questions aren't published yet."""
    made = panels.at_work(count, seats=seats, **fields)
    first = asking.create_questionnaire(
        space=made.panel.space, title="Ce que je pense de l’accueil", minutes=4, answer_mode=mode
    )
    for question in questions:
        asking.save_question(questionnaire=first, **question)
    drain_outbox()
    return Paired(made, again(first))


def linked(**fields) -> Paired:
    """The same, paired: its questions are published, nobody has answered."""
    found = asked(**fields)
    found.link()
    return found
