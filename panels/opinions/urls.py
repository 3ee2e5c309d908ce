"""Addresses of the room, under ``/panels/``, in French and stable."""

from django.urls import path

from .views import drafting, opinion, own, replying, voting

app_name = "panel_opinions"

INSIDE = "<slug:slug>/membres/"
DRAFTS = f"{INSIDE}recommandations/"
DRAFT = f"{DRAFTS}<int:number>/"
AMENDMENT = f"{DRAFT}amendements/<int:amendment>/"
WITHIN = f"{INSIDE}avis/"
MINORITY = f"{WITHIN}minoritaires/<int:number>/"
DESK = "atelier/<slug:slug>/"
PUBLIC = "<slug:slug>/avis/"
OWED = "reponses/"
REPLY = f"{OWED}<slug:reference>/"

urlpatterns = [
    path(DRAFTS, drafting.listed, name="recommendations"),
    path(f"{DRAFTS}nouvelle/", drafting.write, name="write"),
    path(DRAFT, drafting.one, name="recommendation"),
    path(f"{DRAFT}version/", drafting.version, name="version"),
    path(f"{DRAFT}retirer/", drafting.withdraw, name="withdraw"),
    path(f"{DRAFT}amender/", drafting.amend, name="amend"),
    path(f"{DRAFT}annuler-le-vote/", voting.call_off, name="call_off"),
    path(f"{DRAFT}appliquer-la-regle/", voting.settle, name="settle"),
    path(f"{AMENDMENT}soutenir/", drafting.support, name="support"),
    path(f"{AMENDMENT}decider/", drafting.decide, name="decide"),
    path(f"{AMENDMENT}retirer/", drafting.take_back, name="take_back"),
    path(WITHIN, opinion.within, name="within"),
    path(f"{WITHIN}minoritaire/", opinion.write_minority, name="minority"),
    path(f"{WITHIN}minoritaire/papier/", opinion.type_minority, name="type_minority"),
    path(f"{MINORITY}papier/", opinion.type_signature, name="type_signature"),
    path(f"{MINORITY}signer/", opinion.sign, name="sign"),
    path(f"{MINORITY}retirer/", opinion.withdraw, name="minority_withdraw"),
    path(f"{WITHIN}notes/", replying.grades, name="grades"),
    path(f"{DESK}regle/", voting.rule, name="rule"),
    path(f"{DESK}votes/", voting.ballots, name="ballots"),
    path(f"{DESK}votes/ouvrir/", voting.open_ballots, name="open_ballots"),
    path(f"{DESK}votes/salle/", voting.room, name="room"),
    path(f"{DESK}votes/salle/compter/", voting.count, name="count"),
    path(f"{DESK}avis/adopter/", opinion.adopt, name="adopt"),
    path(f"{DESK}avis/remettre/", opinion.hand_over, name="hand_over"),
    path(f"{DESK}reponses/<slug:reference>/direction/", replying.assign, name="assign"),
    path(f"{DESK}notes-sur-papier/", replying.slips, name="slips"),
    path(f"{DESK}audiences/", replying.plan, name="plan"),
    path(f"{DESK}audiences/<int:number>/", replying.account, name="account"),
    path("inscription/la-mienne/notes/", own.grades, name="own_grades"),
    path(f"{OWED}a-donner/", replying.owed_list, name="owed"),
    path(f"{REPLY}repondre/", replying.answer, name="answer"),
    path(f"{REPLY}mesure/", replying.measure, name="measure"),
    path(PUBLIC, opinion.opinion, name="opinion"),
    path(f"{PUBLIC}avis.json", opinion.bytes_of, name="opinion_json"),
    path(f"{PUBLIC}avis.pdf", opinion.paper, name="opinion_pdf"),
    path(f"{PUBLIC}reponses/", replying.replies, name="replies"),
]
