"""From now on a public form without its paper version fails: by its class, and by its address.

To pass: register it (docs/paper.md), or say here, in one line, why it has none.
"""

import importlib
import pkgutil

import pytest
from django import forms

from src.foundations.testing import forget_effects
from src.paper import registry
from src.paper.services.batches import PAGE_FIELDS
from tests.access.addresses import addresses
from tests.access.test_matrix import read_table
from tests.factories.ideas import IdeaFactory

ROOMS = ("src", "ideas", "consultations", "panels", "trainings")
# Modules and classes whose forms nobody fills who could be without a screen, and why.
FORMS_WITHOUT_PAPER = {
    "src.directory": "accounts, roles and units: the door and the administration",
    "src.workflow": "the administration of processes",
    "src.publishing": "editors' pages",
    "src.rights": "one's own account behind the door, and the officer's register; a letter to the officer does the same",
    "src.participation.admin": "the administration of spaces",
    "src.participation.forms": "three functions, two people, one sealed journal: never by proxy, never on a sheet",
    "src.paper": "the paper desk itself",
    "src.wall": "those who print and post sheets, and their search",
    "src.questionnaires.forms.answering": "one question at a time; the sheet asks them all, through the same class",
    "src.questionnaires.forms.exchange": "organisers, from their workshop",
    "src.questionnaires.forms.barometers": "organisers look after their barometer from their workshop",
    "src.questionnaires.forms.building": "organisers write questions from their workshop",
    "src.questionnaires.forms.coding": "organisers read answers and write their synthesis from their workshop",
    "src.foundations.found_fields.FoundForm": "a base",
    "src.questionnaires.forms.quotes": "reporting answers words read on a screen; the others are staff, from their queues",
    "src.questionnaires.forms.reaching": "those who organise, from their workshop",
    "src.meetings.forms.TopicForm": "the sheet of a topic asks for no name: it is the form of src.meetings.forms.SheetForm",
    "src.meetings.forms.PlainForm": "a base",
    "src.meetings.forms.TopicWords": "a base",
    **dict.fromkeys(
        (
            f"src.meetings.forms.{name}"
            for name in (
                "SeriesForm",
                "WhenForm",
                "ReasonForm",
                "CancelForm",
                "HeldForm",
                "OutcomeForm",
                "ActionForm",
                "EndForm",
                "MinutesForm",
                "CorrectionForm",
            )
        ),
        "those who run meetings, from their page",
    ),
    "src.meetings.forms.FilterForm": "searching",
    "panels.forms.plain": "a base",
    "panels.forms.calls": "facilitators, from their queue",
    "panels.forms.contact": "organisers, from the desk; one’s own is said by telephone too",
    "panels.forms.candidates": "the team, from its desk; one's own needs and withdrawal are said by telephone too",
    "panels.forms.draws": "the team, the guarantor and the bailiff: the minutes are on paper",
    "panels.forms.letters": "organisers, from their desk",
    "panels.forms.members": "a badge is written for somebody by the team, who asks in the room or by telephone",
    "panels.forms.preparing": "administrators and organisers, from their desk",
    "panels.forms.quotas": "organisers and guarantors, from their desk",
    "panels.referrals.forms.asking": "directions, from their desk; and searching",
    "panels.referrals.forms.deciding": "the team of a panel, from the members' space",
    "panels.referrals.forms.answering": "the slip of a referral is printed with it, and typed by the team (print/slip.html)",
    "panels.forms.receipt": "a receipt is checked by hand too, in three minutes, from the printed table",
    "panels.statements.forms.rounds": "the team of a panel, from the members' space",
    "panels.statements.forms.answering": "the sheet of a round is printed with it, and typed by the team (print/sheet.html)",
    "panels.forms.seats": "organisers, from their desk",
    "panels.pairings.forms.linking": "the team of a panel, from the members' space",
    "panels.opinions.forms.writing": "drafts, amendments and minority opinions come by letter; the team types them",
    "panels.opinions.forms.voting": "organisers, from their desk; votes in the room are on paper",
    "panels.opinions.forms.replying": "the city; grades come back on the slip of the letter, typed by the team",
    "panels.sessions.forms.planning": "the team, from its desk",
    "panels.sessions.forms.matter.DocumentForm": "the team, from its desk",
    "panels.sessions.forms.matter.HearingForm": "the team, from its desk; what somebody heard declares is asked of them",
    "panels.sessions.forms.matter.AskForm": "said by telephone too: each letter with hearings says so",
    "panels.sessions.forms.matter.AnswerForm": "the team, from its desk",
    "panels.sessions.forms.presence": "the team, from the signed sheet, which stands for the code of the room",
    "panels.sessions.forms.tables": "the team, from its desk; tables are printed",
    "panels.sessions.forms.posting": "organisers, from the desk of letters",
    "panels.forms.registration.CodeForm": "the door; on paper the code is written on the sheet",
    "panels.forms.registration.EnteredForm": "the desk where sheets and calls are typed",
    "panels.forms.registration.PhoneForm": "the desk where sheets and calls are typed",
    "src.kiosk": "the devices, and the door; what is sent from a kiosk is the form of the sheet",
    "src.notices.without_mail.forms.PostedForm": "facilitators, from their to-do list",
    "src.notices.without_mail.forms.CallForm": "facilitators, from their to-do list",
    "src.notices.forms.PreferencesForm": "which mails one receives: who does has a mailbox, and each mail its own link",
    "src.accountability.forms": "those who run measures work from their workshop; ground checks print their own slips",
    "src.accountability.plan_forms": "those who follow plans compose them from their pages",
    "src.accountability.signature_forms": "the elected sign from their page, those who decide ask from their queue",
    "consultations.forms": "searching",
    "src.meetings.moderation_forms.ReportForm": "a topic that is reported is read on a screen",
    "src.meetings.moderation_forms.ObjectionForm": "an author without a screen has their topic on the team's sheet",
    "src.meetings.moderation_forms.DecisionForm": "moderators work from their queue",
    "src.meetings.moderation_forms.ObjectionAnswerForm": "moderators work from their queue",
    "consultations.texts.forms.base": "a base",
    "consultations.texts.forms.writing": "organisers and moderators, from their workshop; and searching",
    "consultations.texts.forms.contributing._Words": "a base",
    "consultations.texts.forms.contributing.ContributeForm": "the sheet asks the same, and of which article",
    "consultations.texts.forms.contributing.ChangeForm": "other words in the place of those typed on a screen",
    "consultations.texts.forms.contributing.ReplyForm": "a reply answers words read on a screen",
    "consultations.texts.forms.contributing.ReportForm": "what is reported is read on a screen",
    "consultations.texts.forms.contributing.ObjectForm": "an author without a screen objects by code",
    "consultations.page_forms": "editors' pages",
    "trainings.admin": "those who write trainings, from the administration",
    "trainings.sessions.forms.plain": "a base; a gesture that asks nothing",
    "trainings.sessions.forms.filters": "searching",
    "trainings.sessions.forms.planning": "those who organise, from their desk",
    "trainings.sessions.forms.presence.CodeForm": "the signed sheet stands for the code of the room",
    "trainings.sessions.forms.presence": "trainers, from the signed sheet",
    "trainings.attestations.forms.plain": "a base",
    "trainings.attestations.forms.verifying": "a code said by telephone is typed by whoever answers; a file has no paper",
    "trainings.attestations.forms.desk": "facilitators, from their desk",
    "trainings.attestations.forms.batches": "human resources and administrators, from their pages",
    "trainings.evidence.forms": "human resources, from their page",
    "trainings.obligations.forms": "human resources, from their screens; a completion done on paper comes in by a file",
    "trainings.coverage.forms": "human resources set targets; a manager filters a list that is printed whole",
    "trainings.reminders.forms": "human resources choose when people are reminded",
    "trainings.learning.forms.quiz": "whoever has no screen, or no attempt left, goes through it with a trainer",
    "consultations.measuring": "those who decide for a direction, from the figure a measure answers",
    "consultations.ratings": "those who handle points, from their workshop; visitors rate with one gesture",
    "ideas.forms.conditions": "those who decide write them with their answer",
    "ideas.forms.fields.TermsForm": "a base, and the empty form of the support sheet",
    "ideas.forms.propose.TextRules": "a base",
    "ideas.forms.propose.AnonymousForm": "the sheet of the proposal has the choice “Anonymous”, without a code of a place",
    "ideas.forms.anonymous": "the code of a place opens a form on a telephone; facilitators print it from their page",
    "ideas.forms.steps.StepForm": "a base, and steps of staff that are a button",
    "ideas.forms.filters": "searching",
    "ideas.forms.moderation.DecisionForm": "moderators work from their queue",
    "ideas.forms.moderation.AppealAnswerForm": "moderators work from their queue",
    "ideas.forms.moderation.QueueForm": "searching",
    "ideas.forms.cohort": "each person applies and says yes from their own account; managers, mentors and organisers "
    "work from their pages, and whoever runs a cohort notes an agreement given on paper",
    "ideas.forms.passing": "those who orient ideas work from their queue",
    "ideas.forms.choosing": "those who choose work from their page",
    "ideas.forms.after_vote": "those who choose work from their page",
    "src.participation.ballots.forms.voting.PlainForm": "a base",
    "src.participation.ballots.forms.voting.ReceiptForm": "a receipt is looked for in the printed list too",
    "src.participation.ballots.forms.paper": "the desk where votes on paper are marked and typed",
    "src.participation.ballots.forms.keys": "key holders, each from a device of their own",
    "src.participation.ballots.forms.workshop": "organisers prepare ballots from their workshop",
    "src.participation.ballots.forms.listing": "searching",
    "ideas.forms.study": "assessors work from their queue",
    "ideas.forms.merging.MergeForm": "those who orient ideas, from their queue",
    "ideas.forms.reopening.MeetForm": "those who answer for a direction, from their list",
    "ideas.forms.reopening.ConditionFilterForm": "searching",
    "ideas.forms.merging.MergeAnswerForm": "an author without a screen answers by code, or by saying nothing",
    "ideas.forms.notes": "those who handle an idea, from its page",
    "ideas.forms.thanks": "a courtesy: who brings the answer to somebody without a screen hears it",
    "ideas.forms.group": "a group without a screen signs the sheet in its name; its PDF isn’t copied by hand",
    "ideas.forms.coauthors": "authors who meet sign one sheet in the name of their team; an invitation is answered on a screen",
    "ideas.forms.templates": "the administration of ready-made answers",
    "ideas.forms.answers": "those who answer work from their queue",
    "ideas.forms.transitions.GraduationForm": "those who run a cohort work from their pages",
    "ideas.forms.transitions.OrientationForm": "correspondents work from their queue",
    "ideas.forms.transitions.QuestionForm": "those who study work from their queue",
    "ideas.forms.transitions.AnswerAppealForm": "an author without a screen appeals by code, or with a facilitator's help",
    "ideas.forms.transitions.ReasonForm": "staff, from their queue",
    "ideas.forms.transitions.GoUpForm": "who decides at a site works from their queue",
    "ideas.forms.transitions.ShortlistForm": "staff, from their queue",
    "ideas.forms.transitions.StudyForm": "staff, from their queue",
    "ideas.forms.transitions.CloseStudyForm": "staff, from their queue",
    "ideas.forms.transitions.TransferForm": "staff, from their queue",
    "ideas.forms.transitions.TransferAnswerForm": "staff, from their queue",
    "ideas.forms.details.FileForm": "a picture or a document is not copied by hand; the text says it in words",
    "ideas.forms.details.PhotoForm": "a picture is not copied by hand; the text says it in words",
}
# Addresses (or beginnings of them) that take a POST without being something one says to the city.
ADDRESSES_WITHOUT_PAPER = {
    "formations/": "a training is followed on a screen, at a kiosk too, or gone through with a trainer",
    "_util/": "Wagtail's own doors, closed",
    "affichage/": "colours of a screen",
    "affiches/": "those who print and post sheets",
    "api/": "programs",
    "borne/": "devices and the door; what is sent from a kiosk is the form of the sheet",
    "connexion/": "the door",
    "consultations/chiffres/": "those who decide for a direction, from the figure a measure answers",
    "consultations/<str:slug>/suivre/": "news of a dossier are posted at each site; who follows has an account",
    "deconnexion/": "the door",
    "langue/": "the language of a screen",
    "engagements/": "those who run or confirm measures, from their workshop",
    "galerie/": "specimens of the theme",
    "gestion/": "the administration",
    "levees-du-secret/": "three functions, two people, one sealed journal: never by proxy, never on a sheet",
    "media/": "files",
    "prevenir/": "staff, from their to-do list",
    "moi/": "one's own account, behind the door",
    "citations/": "a quote is asked on a screen; without an answer nothing is quoted",
    "protection-donnees/": "the data protection officer, from their register",
    "noter/": "one gesture as one leaves, without a name: a sheet copied by somebody would be another thing",
    "papier/": "the paper desk itself",
    "qualite/atelier/": "those who handle points, from their workshop",
    "suivre/": "the screen side of paper",
    "reponses/conseil/": "the elected sign from their page, those who decide ask from their queue",
    "textes/atelier/": "organisers write texts and answer contributions from their workshop",
    "textes/moderation/": "moderators, from their queue",
    "reunions/moderation/": "moderators, from their queue",
    "textes/<slug:reference>/contributions/": "supporting, replying and reporting answer words read on a screen; "
    "an author without a screen takes back and objects by code",
    "scrutins/atelier/": "organisers prepare ballots from their workshop",
    "scrutins/<slug:reference>/cles/": "key holders, each from a device of their own",
    "scrutins/<slug:reference>/papier/": "the desk where votes on paper are marked and typed",
    "scrutins/<slug:reference>/recus/": "a receipt is looked for in the printed list too",
    "questionnaires/atelier/": "organisers write questions from their workshop",
    "questionnaires/barometres/<slug:barometer>/suivre/": "news of a barometer, on one's own account",
    "questionnaires/<slug:reference>/synthese/citations/": "reporting and objecting answer words read on a screen",
    "questionnaires/<slug:reference>/effacer/": "what one began on a screen",
    "reunions/calendrier/": "one's own calendar application, on a screen",
    "reunions/<slug:reference>/points/<slug:topic>/soutenir/": "hands are counted at the meeting itself",
    "reunions/<slug:reference>/<slug:meeting>/venir/": "optional, and said aloud at the depot",
    "reunions/<slug:reference>/": "those who run meetings, from their page; a topic has its sheet",
    "panels/atelier/": "the team of a panel, from its desk",
    "panels/<slug:slug>/saisir/": "directions, from their desk",
    "panels/<slug:slug>/saisines/": "directions and agents of their units, from their desk",
    "panels/<slug:slug>/membres/saisines/": "members answer by the slip that comes with the referral; the team types it",
    "panels/<slug:slug>/membres/recommandations/": "drafts come by letter, with room to write; the team types for a member",
    "panels/<slug:slug>/membres/avant-apres/": "the team of a panel, from the members' space",
    "panels/<slug:slug>/membres/avis/": "minority opinions and grades come by letter; the team types what comes back",
    "panels/reponses/": "who decides for a direction, from their list",
    "panels/inscription/": "the door; what one says of oneself is said by telephone or by letter too",
    "panels/<slug:slug>/membres/seances/<slug:session>/presence/": "the sheet is signed instead",
    "panels/<slug:slug>/membres/auditions/": "asking and supporting are said by telephone, or in the room",
    "panels/<slug:slug>/membres/enonces/": "members answer and propose by the sheet of the round; the team types it",
    "panels/<slug:slug>/membres/badge/": "the team writes a badge for somebody who asks in the room or by telephone",
    "panels/<slug:slug>/tirages/<int:number>/verifier/": "a receipt is checked by hand too, from the printed table",
    "idees/atelier/": "staff, from their queues",
    "idees/<idea_reference:reference>/regrouper/": "an author without a screen answers by code, or by saying nothing",
    "idees/<idea_reference:reference>/notes/": "those who handle an idea, from its page",
    "idees/<idea_reference:reference>/fichiers/": "a picture or a document is not copied by hand",
    "idees/<idea_reference:reference>/merci/": "a courtesy: who brings the answer to somebody without a screen hears it",
    "idees/<idea_reference:reference>/auteurs/": "authors who meet sign one sheet in the name of their team",
    "idees/<idea_reference:reference>/conditions/": "those who answer for a direction, from their list",
    "idees/<idea_reference:reference>/deplacer/": "those who orient ideas work from their queue",
    "idees/<idea_reference:reference>/equipe/": "each says yes from their own account; who runs a cohort notes a paper",
    "idees/<idea_reference:reference>/accompagnement/": "mentors, and those who run a cohort, work from their pages",
    "idees/cohortes/": "those who run a cohort work from their pages",
    "idees/<idea_reference:reference>/evaluer/": "assessors work from their queue",
    "idees/<idea_reference:reference>/moderer/": "moderators work from their queue",
    "idees/<idea_reference:reference>/premiere-lecture/": "staff, from their queue",
    "idees/<idea_reference:reference>/revenir/": "staff, within ten minutes of their own step",
    "idees/deposer/brouillon/": "drafts of a screen",
    "idees/anonyme/": "the sheet of the proposal has the choice “Anonymous”",
    "idees/codes-de-site/": "facilitators, from their page",
    "idees/deposer/groupe/": "a group without a screen signs the sheet in its name",
    "idees/<idea_reference:reference>/document/": "taking a file away",
    "idees/<idea_reference:reference>/nee-de/": "a name on the internet is given and taken back by its own account alone",
    "idees/proches/": "ideas shown while typing",
}


def our_forms() -> set[str]:
    """Every form class of our rooms, by its full name."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for found in pkgutil.walk_packages(package.__path__, f"{room}."):
            if "forms" in found.name.split(".") or found.name.endswith("_forms"):
                importlib.import_module(found.name)
    return {
        full_name(kind)
        for kind in _below(forms.BaseForm)
        if kind.__module__.split(".")[0] in ROOMS and "<locals>" not in kind.__qualname__
    }


def full_name(kind) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _below(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


def excused(name: str, reasons: dict) -> bool:
    return any(name == known or name.startswith(known + ".") for known in reasons)


@pytest.mark.django_db
def test_every_public_form_has_its_paper_version(desk):
    on_paper = set()
    for paper in registry.forms():
        form = paper.build(desk.about(paper), None)
        on_paper.add(full_name(type(form)))
    on_paper |= {full_name(kind) for sheet in registry.room_sheets() for kind in sheet.forms}

    missing = {name for name in our_forms() - on_paper if not excused(name, FORMS_WITHOUT_PAPER)}

    assert missing == set(), "register the paper version of these forms, or say why they have none"


def test_every_public_gesture_has_its_paper_version():
    on_paper = {address for paper in (*registry.forms(), *registry.room_sheets()) for address in paper.addresses}
    posted = {
        route for (method, route, _whose), cells in read_table().items()
        if method == "POST" and set(cells) - {"404", "405"}
    }  # fmt: skip

    missing = {
        route for route in posted - on_paper
        if not any(known and route.startswith(known) for known in ADDRESSES_WITHOUT_PAPER) and route != "(([w-]+/)*)"
    }  # fmt: skip

    assert missing == set(), "declare the paper version of these addresses, or say why they have none"


def test_nothing_is_declared_for_what_no_longer_exists():
    routes = {address.route for address in addresses()}
    known = our_forms()

    lost = {address for paper in (*registry.forms(), *registry.room_sheets()) for address in paper.addresses} - routes
    lost |= {name for name in FORMS_WITHOUT_PAPER if not any(form.startswith(name) for form in known)}

    assert lost == set()


@pytest.mark.parametrize("paper", registry.forms(), ids=lambda paper: paper.key)
@pytest.mark.django_db
def test_each_visible_question_is_printed_or_left_out_with_its_reason(desk, paper):
    idea = IdeaFactory(space=desk.box, stage="needs_info_screening")
    form = paper.build(desk.about(paper) or idea.reference, None)
    paper = paper.of(form)

    questions = {bound.name for bound in form.visible_fields()}

    assert questions - set(paper.fields) == set(paper.left_out) & questions
    assert set(form.fields) & PAGE_FIELDS <= {"token"}, "the desk's page would take these for its own"

    forget_effects()
