"""Addresses of referrals, under those of their panel."""

from django.urls import path

from .views import answering, asking, deciding, gathering, reading

app_name = "panel_referrals"

ALL = "<slug:slug>/saisines/"
ONE = f"{ALL}<slug:reference>/"
INSIDE_ALL = "<slug:slug>/membres/saisines/"
INSIDE = f"{INSIDE_ALL}<slug:reference>/"

urlpatterns = [
    path("<slug:slug>/saisir/", asking.ask, name="ask"),
    path("<slug:slug>/saisir/<slug:kind>/", asking.ask_kind, name="ask_kind"),
    path(ALL, reading.listed, name="list"),
    path(ONE, reading.detail, name="detail"),
    path(f"{ONE}formulaire/", reading.document, name="document"),
    path(f"{ONE}retirer/", asking.withdraw, name="withdraw"),
    path(f"{ONE}suite/", asking.follow, name="follow"),
    path(f"{ONE}place/", gathering.agent_place, name="agent_place"),
    path(INSIDE_ALL, reading.inside_list, name="inside_list"),
    path(INSIDE, reading.within, name="inside"),
    path(f"{INSIDE}parole/", answering.word, name="word"),
    path(f"{INSIDE}desaccord/", answering.disagree, name="disagree"),
    path(f"{INSIDE}essai/", answering.sheet, name="sheet"),
    path(f"{INSIDE}venir/", answering.come, name="come"),
    path(f"{INSIDE}feuille/", answering.slip, name="slip"),
    path(f"{INSIDE}papier/", answering.type_paper, name="paper"),
    path(f"{INSIDE}accepter/", deciding.accept, name="accept"),
    path(f"{INSIDE}decliner/", deciding.decline, name="decline"),
    path(f"{INSIDE}questionnaire/", deciding.questionnaire, name="questionnaire"),
    path(f"{INSIDE}reponse/", deciding.answer, name="answer"),
    path(f"{INSIDE}publier/", deciding.publish, name="publish"),
    path(f"{INSIDE}atelier/", gathering.plan, name="plan"),
    path(f"{INSIDE}notes/", gathering.notes, name="notes"),
]
