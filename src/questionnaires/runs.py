"""Somebody going through the questions: what they answered so far, kept encrypted in a row that doesn't say who.

A test run is the same, kept apart, on the revision being written; nothing of it is ever sent.
"""

import uuid
from dataclasses import dataclass, field

from django.urls import reverse

from src.participation.services import drafts

from . import asking, sizes, spoken
from .models import AnswerSet, Questionnaire
from .services.answering import read_answers

# So many writings of one draft at once, then the last one counts.
TABS = 20


@dataclass
class Run:
    """One person's way through one revision. ``answers`` holds None for a question seen and left blank."""

    questionnaire: Questionnaire
    revision: object
    answers: dict = field(default_factory=dict)
    token: uuid.UUID = field(default_factory=uuid.uuid4)
    is_test: bool = False
    is_change: bool = False
    draft: uuid.UUID | None = None
    # Said aloud, it finds again what nobody we know began.
    code: str = ""
    # What was read of the draft: another tab of the same person may write in it meanwhile.
    sealed: bytes | None = None
    said: dict = field(default_factory=dict)

    def answer(self, key: str, value) -> None:
        """What this page answers to one question; kept whatever another tab writes meanwhile."""
        self.answers[key] = self.said[key] = value

    @property
    def checked(self) -> asking.Checked:
        """The answers so far, read against the questions."""
        return asking.check(self.revision.specs, self.answers)

    @property
    def shown(self) -> list:
        """The questions asked, given the answers so far."""
        by_key = self.revision.by_key
        return [by_key[key] for key in self.checked.shown]

    def after(self, key: str):
        """The question that follows ``key``; None at the end."""
        shown = self.shown
        place = next((n for n, question in enumerate(shown) if question.key == key), None)
        return None if place is None else next(iter(shown[place + 1 :]), None)

    def before(self, key: str):
        """The question that comes before ``key``; None at the beginning."""
        shown = self.shown
        place = next((n for n, question in enumerate(shown) if question.key == key), 0)
        return shown[place - 1] if place else None

    @property
    def unseen(self):
        """The first question asked that was not seen yet, None when all were."""
        return next((one for one in self.shown if one.is_asked and one.key not in self.answers), None)

    def url(self, name: str, question=None) -> str:
        """The address of one of its pages."""
        names = {"detail": "build"} if self.is_test else {}
        prefix = "questionnaires:test_" if self.is_test and name not in names else "questionnaires:"
        kwargs = {"reference": self.questionnaire.reference}
        return reverse(prefix + names.get(name, name), kwargs=kwargs | ({"key": question.key} if question else {}))

    def next_url(self) -> str:
        """Where one goes on: the first question not seen, or the page that shows all the answers."""
        question = self.unseen
        return self.url("step", question) if question else self.url("check")


def kind_of(questionnaire: Questionnaire, is_test: bool) -> str:
    """Under what its drafts are filed."""
    told = "qtest" if is_test else "qopen" if questionnaire.is_open_link else "quest"
    return f"{told}:{questionnaire.reference}"


def current(user, questionnaire: Questionnaire, *, is_test: bool = False) -> Run | None:
    """What the person began and has not sent, on whatever device; None when there is nothing.

    Of two begun at the same moment, the one with answers: the other was a second press of the button.
    """
    own = drafts.drafts_of(user, kind_of(questionnaire, is_test))
    if not own:
        return None
    draft = max(own, key=lambda one: (len(one.data.get("answers", {})), one.touched_on, str(one.token)))
    return _run_of(questionnaire, draft, is_test=is_test)


def kept_under(draft: uuid.UUID, questionnaire: Questionnaire) -> Run | None:
    """What nobody we know began under this draft; None when there is nothing (any more)."""
    found = drafts.read_draft(draft, kind_of(questionnaire, False))
    return None if found is None else _run_of(questionnaire, found)


def _run_of(questionnaire: Questionnaire, draft: drafts.Draft, *, is_test: bool = False) -> Run | None:
    data = draft.data
    numbers = {revision.number: revision for revision in questionnaire.revisions.all()}
    revision = numbers.get(data.get("revision"))
    if revision is None:
        return None
    return Run(
        questionnaire,
        revision,
        answers=data.get("answers", {}),
        token=uuid.UUID(data["token"]),
        is_test=is_test,
        is_change=bool(data.get("is_change")),
        draft=draft.token,
        code=data.get("code", ""),
        sealed=draft.sealed,
    )


def begin(user, questionnaire: Questionnaire, *, is_test: bool = False) -> Run:
    """Begin, or begin to change what was sent; kept at once. A test goes through the revision being written."""
    if is_test:
        run = Run(questionnaire, questionnaire.draft or questionnaire.revision, is_test=True)
    else:
        sent = sent_by(user, questionnaire)
        run = Run(questionnaire, questionnaire.revision)
        if sent is not None:
            run = Run(questionnaire, sent.revision, answers=read_answers(sent), is_change=True)
            for spec in sent.revision.specs:
                if spec.is_asked and spec.key in run.checked.shown:
                    run.answers.setdefault(spec.key, None)
    keep(run, user)
    return run


def keep(run: Run, user) -> None:
    """Keep what was answered so far; what another tab kept since it was read stays, question by question."""
    # Of secret answers a draft has one length whatever is typed: a copy of the database kept beside the roll could
    # otherwise tell who writes at length.
    step = sizes.bucket(run.revision.specs) if run.questionnaire.is_secret else drafts.STEP
    kind = kind_of(run.questionnaire, run.is_test)
    for _turn in range(TABS):
        try:
            run.draft = drafts.save_draft(run.draft, kind, _data_of(run), user=user, step=step, over=run.sealed)
            run.sealed = None
            return
        except drafts.Moved as moved:
            _take_in(run, moved.draft)
    run.draft = drafts.save_draft(run.draft, kind, _data_of(run), user=user, step=step)


def _take_in(run: Run, draft: drafts.Draft) -> None:
    """Put what this page answered on what the draft says now; another revision or sending is left behind."""
    run.sealed = draft.sealed
    if draft.data.get("revision") != run.revision.number or draft.data.get("token") != str(run.token):
        return
    run.answers = draft.data.get("answers", {}) | run.said


def begin_under_code(questionnaire: Questionnaire) -> Run:
    """Begin for nobody we know, under a code that finds it again; kept at once."""
    run = Run(questionnaire, questionnaire.revision)
    filed = False
    while not filed:
        run.code = spoken.new_code()
        run.draft = spoken.draft_of(questionnaire, run.code)
        filed = drafts.file_draft(run.draft, kind_of(questionnaire, False), _data_of(run))
    return run


def _data_of(run: Run) -> dict:
    return {
        "revision": run.revision.number,
        "answers": run.answers,
        "token": str(run.token),
        "is_change": run.is_change,
        "code": run.code,
    }


def forget(user, questionnaire: Questionnaire, *, is_test: bool = False) -> None:
    """Forget what the person began and did not send."""
    for draft in drafts.drafts_of(user, kind_of(questionnaire, is_test)):
        drafts.delete_draft(draft.token)


def sent_by(user, questionnaire: Questionnaire) -> AnswerSet | None:
    """The answers the person sent, or None."""
    return (
        AnswerSet.objects.of(user)
        .filter(questionnaire=questionnaire)
        .select_related("questionnaire__space", "revision")
        .prefetch_related("revision__questions")
        .first()
    )
