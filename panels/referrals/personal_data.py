"""What referrals keep of people, for how long, and how it leaves."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words
from src.foundations.personal_data import declare, declare_impersonal

from . import exports
from .models import (
    AgentPlace,
    Change,
    Disagreement,
    FormTest,
    MemberPlace,
    Referral,
    Task,
    TaskAnswer,
    TestSheet,
    Word,
    Workshop,
)
from .services import erasing

OWNER = "panel_referrals"

declare(
    Referral,
    owner=OWNER,
    classification="C2",
    retention=_("as long as the panel; who asked, as long as their account"),
    title=_("What I asked panels for my unit"),
    export=exports.asked,
    erase=erasing.forget_asker,
    reason="What a direction asks is told to everybody in its name; the account of who typed it alone is forgotten.",
)
declare(
    Word,
    owner=OWNER,
    classification="C3",
    retention=_("three months after the panel’s answer"),
    title=_("What I said to a panel’s questions"),
    export=exports.words,
    erase=erasing.erase_words,
    purge=lambda now, apply: erasing.forget_words(now, apply=apply),
    reason="What a member thinks, under their badge; the answer made from all of them stays.",
)
declare(
    Disagreement,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the panel, without a name"),
    title=_("Answers of a panel I didn’t agree with"),
    export=exports.disagreements,
    erase=erasing.detach_disagreements,
    reason="It travels with the answer without a name: nobody takes it away once published.",
)
declare(
    TestSheet,
    owner=OWNER,
    classification="C3",
    retention=_("who it was until the panel’s answer; the figures as long as the panel"),
    title=_("Forms I tried"),
    export=exports.sheets,
    erase=erasing.detach_sheets,
    reason="How somebody managed a form; it no longer leads to anybody once the panel has answered.",
)
declare(
    TaskAnswer,
    owner=OWNER,
    classification="C3",
    retention=_("as long as the panel"),
    title=_("How each task of a form went"),
    export=exports.tasks,
    erase=None,
    reason="One task of a sheet: it leads to somebody by the sheet alone, which is detached.",
)
declare(
    MemberPlace,
    owner=OWNER,
    classification="C3",
    retention=_("until the notes of the workshop are published"),
    title=_("Workshops of a panel: whether I come"),
    export=exports.member_places,
    erase=erasing.erase_places,
    reason="Who comes is needed to prepare the room; totals alone stay.",
)
declare(
    AgentPlace,
    owner=OWNER,
    classification="C2",
    retention=_("until the notes of the workshop are published"),
    title=_("Workshops of a panel where I registered"),
    export=exports.agent_places,
    erase=erasing.erase_places,
    reason="Who comes is needed to prepare the room; totals alone stay.",
)
declare_impersonal(
    OWNER,
    (
        (FormTest, "A form of the city: no personal data."),
        (Task, "What to do with a form: no personal data."),
        (Change, "What is to change in a form: written by the team, told to everybody."),
        (Workshop, "A day, a place, seats, notes told to everybody and totals."),
    ),
)
code_words.register(
    "verb",
    {
        "panels.referral_asked": _("Panel asked something"),
        "panels.referral_withdrawn": _("Referral withdrawn"),
        "panels.referral_accepted": _("Referral accepted"),
        "panels.referral_declined": _("Referral declined"),
        "panels.referral_asked_by_questionnaire": _("Questionnaire of a referral chosen"),
        "panels.referral_answer_shown": _("Answer of a panel shown to its members"),
        "panels.referral_disagreed": _("Disagreement with an answer written"),
        "panels.referral_answered": _("Answer of a panel published"),
        "panels.referral_workshop_planned": _("Workshop of a panel planned"),
        "panels.referral_notes_published": _("Notes of a workshop published"),
        "panels.referral_followed": _("What was done of a panel’s answer said"),
    },
)
