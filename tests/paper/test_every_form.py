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
    "src.participation.admin": "the administration of spaces",
    "src.participation.forms": "three functions, two people, one sealed journal: never by proxy, never on a sheet",
    "src.paper": "the paper desk itself",
    "src.wall": "those who print and post sheets, and their search",
    "src.questionnaires.forms.answering": "one question at a time; the sheet asks them all, through the same class",
    "src.questionnaires.forms.exchange": "organisers, from their workshop",
    "src.questionnaires.forms.building": "organisers write questions from their workshop",
    "src.questionnaires.forms.coding": "organisers read answers and write their synthesis from their workshop",
    "src.questionnaires.forms.reaching": "those who organise, from their workshop",
    "src.kiosk": "the devices, and the door; what is sent from a kiosk is the form of the sheet",
    "src.notices.without_mail.forms.PostedForm": "facilitators, from their to-do list",
    "src.notices.without_mail.forms.CallForm": "facilitators, from their to-do list",
    "src.notices.forms.PreferencesForm": "which mails one receives: who does has a mailbox, and each mail its own link",
    "src.accountability.forms": "those who run measures work from their workshop; ground checks print their own slips",
    "src.accountability.plan_forms": "those who follow plans compose them from their pages",
    "src.accountability.signature_forms": "the elected sign from their page, those who decide ask from their queue",
    "consultations.forms": "searching",
    "consultations.page_forms": "editors' pages",
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
    "_util/": "Wagtail's own doors, closed",
    "affichage/": "colours of a screen",
    "affiches/": "those who print and post sheets",
    "api/": "programs",
    "borne/": "devices and the door; what is sent from a kiosk is the form of the sheet",
    "connexion/": "the door",
    "consultations/<str:slug>/suivre/": "news of a dossier are posted at each site; who follows has an account",
    "deconnexion/": "the door",
    "engagements/": "those who run or confirm measures, from their workshop",
    "galerie/": "specimens of the theme",
    "gestion/": "the administration",
    "levees-du-secret/": "three functions, two people, one sealed journal: never by proxy, never on a sheet",
    "media/": "files",
    "prevenir/": "staff, from their to-do list",
    "moi/": "one's own account, behind the door",
    "papier/": "the paper desk itself",
    "suivre/": "the screen side of paper",
    "reponses/conseil/": "the elected sign from their page, those who decide ask from their queue",
    "questionnaires/atelier/": "organisers write questions from their workshop",
    "questionnaires/<slug:reference>/effacer/": "what one began on a screen",
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
        f"{kind.__module__}.{kind.__qualname__}"
        for kind in _below(forms.BaseForm)
        if kind.__module__.split(".")[0] in ROOMS and "<locals>" not in kind.__qualname__
    }


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
        on_paper.add(f"{type(form).__module__}.{type(form).__qualname__}")

    missing = {name for name in our_forms() - on_paper if not excused(name, FORMS_WITHOUT_PAPER)}

    assert missing == set(), "register the paper version of these forms, or say why they have none"


def test_every_public_gesture_has_its_paper_version():
    on_paper = {address for paper in registry.forms() for address in paper.addresses}
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

    lost = {address for paper in registry.forms() for address in paper.addresses} - routes
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
