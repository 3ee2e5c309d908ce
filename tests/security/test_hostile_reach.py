"""The hostile campaign reaches every form: what takes one is in its evidence, or says here why it can't be."""

import json

from tests.access.test_matrix import read_table
from tests.browser.server import ROOT

from .corpus import forms
from .reach import ADMINISTRATION, key_of, typed

EVIDENCE = ROOT / "docs" / "evidence" / "hostile.json"
NO_FORM = "answers a form as it answers a reader"
PROGRAM = "sent by a program: drawn among the generated requests"
SECRET = "needs a code, a key or a link that is shown once, or that changes"
STATE = "nothing of the demo city is in that state: drawn among the generated requests, its own refusals are tested in its room"
BARE = "a button without a field: pressed, it takes away what the forms after it are about"
# Addresses that are posted to and hold no form a person of the demo city can fill.
NOT_FILLED = {
    "(([w-]+/)*)": NO_FORM,
    "api/v1/": NO_FORM,
    "api/v1/openapi.json": NO_FORM,
    "connexion/compte-ferme/": NO_FORM,
    "connexion/oidc-annulee/": NO_FORM,
    "connexion/oidc-refus/": NO_FORM,
    "connexion/par-code/": NO_FORM,
    "idees/<idea_reference:reference>/document/": NO_FORM,
    "media/<path>": NO_FORM,
    "moi/donnees/": NO_FORM,
    "moi/donnees/fichier/<str:secret>/": SECRET,
    "deconnexion/": "ends the visit of whoever attacks",
    "api/v1/visits/": PROGRAM,
    "courriels/retours/": PROGRAM,
    "idees/deposer/brouillon/": PROGRAM,
    "idees/proches/": PROGRAM,
    "formations/<slug:slug>/<int:position>/brouillon/": PROGRAM,
    "formations/<slug:slug>/nouvelle-version/": STATE,
    # No session of the demo city is going on, nor in preparation.
    "formations/animation/<slug:session>/presence/": STATE,
    "formations/animation/<slug:session>/reste/": STATE,
    "formations/animation/<slug:session>/verrouiller/": STATE,
    "formations/sessions/<slug:session>/presence/": STATE,
    "formations/sessions/gestion/<slug:session>/ouvrir/": STATE,
    "formations/sessions/carte/<str:token>/": SECRET,
    "formations/attestations/guichet/imprimer/": SECRET,
    "formations/verifier/<slug:code>/": SECRET,
    # A batch is made, nobody's early completion waits, no file of completions is being read, no rule is about 2,000.
    "formations/attestations/lots/<slug:batch>/": STATE,
    "formations/obligations/rh/<idea_reference:reference>/essai/": STATE,
    "formations/obligations/rh/<idea_reference:reference>/personnes/<int:person>/absence/<int:absence>/fin/": STATE,
    "formations/obligations/rh/<idea_reference:reference>/personnes/<int:person>/compter/<int:completion>/": STATE,
    "formations/obligations/rh/fichiers/<uuid:key>/": STATE,
    "connexion/oidc/<slug:provider_id>/": PROGRAM,
    "connexion/oidc/<slug:provider_id>/retour/": PROGRAM,
    "connexion/confirmer/application/": SECRET,
    "connexion/confirmer/cle/": SECRET,
    "connexion/mon-secret/": SECRET,
    "connexion/securite/application/retirer/": SECRET,
    "connexion/securite/cles/<int:pk>/retirer/": SECRET,
    "connexion/securite/secours/nouveaux/": SECRET,
    "connexion/verification/": SECRET,
    "levees-du-secret/<slug:reference>/nom/": SECRET,
    "moi/messages/ne-plus-recevoir/<str:signed>/": SECRET,
    "noter/visite/<str:code>/": SECRET,
    "papier/lots/<slug:batch>/relire/": SECRET,
    "papier/lots/<slug:batch>/saisir/": SECRET,
    "scrutins/<slug:reference>/cles/depouiller/": SECRET,
    "scrutins/<slug:reference>/cles/essai/": SECRET,
    "suivre/rattacher/": SECRET,
    "panels/inscription/fin/": SECRET,
    "panels/inscription/la-mienne/accord/": SECRET,
    "panels/inscription/la-mienne/besoins/": SECRET,
    "panels/inscription/la-mienne/compte/": SECRET,
    "panels/inscription/la-mienne/coordonnees/": SECRET,
    "panels/inscription/la-mienne/effacement/": SECRET,
    "panels/inscription/la-mienne/retrait/": SECRET,
    "panels/inscription/questions/": SECRET,
    "engagements/<idea_reference:reference>/confirmer/": STATE,
    "engagements/<idea_reference:reference>/constat/": STATE,
    "engagements/<idea_reference:reference>/prendre/": STATE,
    "engagements/<idea_reference:reference>/reprendre/": STATE,
    "engagements/plans/<idea_reference:reference>/jeter/": STATE,
    "engagements/plans/<idea_reference:reference>/publier/": STATE,
    "idees/<idea_reference:reference>/contester/": STATE,
    "idees/atelier/choix/<slug:slug>/vote/": STATE,
    "idees/<idea_reference:reference>/revenir/": STATE,
    "panels/atelier/<slug:slug>/candidats/<slug:ticket>/responsable/": STATE,
    "panels/atelier/<slug:slug>/clore/": STATE,
    "panels/<slug:slug>/membres/saisines/<slug:reference>/desaccord/": STATE,
    "panels/<slug:slug>/membres/saisines/<slug:reference>/notes/": STATE,
    "panels/<slug:slug>/membres/saisines/<slug:reference>/publier/": STATE,
    "panels/<slug:slug>/saisines/<slug:reference>/place/": STATE,
    "panels/atelier/<slug:slug>/courriers/confirmer/": STATE,
    "panels/atelier/<slug:slug>/membres/relever/": STATE,
    "panels/atelier/<slug:slug>/membres/renouveler/": STATE,
    "panels/atelier/<slug:slug>/ouvrir/": STATE,
    "panels/atelier/<slug:slug>/places/confirmer/": STATE,
    "panels/atelier/<slug:slug>/places/remplacements/<int:pk>/signer/": STATE,
    "panels/atelier/<slug:slug>/places/tirage/": STATE,
    "panels/atelier/<slug:slug>/quotas/croises/<int:crossed>/retirer/": STATE,
    "panels/atelier/<slug:slug>/tirages/<int:number>/certifier/": STATE,
    "panels/atelier/<slug:slug>/tirages/<int:number>/refaire/": STATE,
    "panels/atelier/<slug:slug>/tirages/<int:number>/sceller/": STATE,
    "panels/atelier/<slug:slug>/courriers-aux-membres/<int:number>/": STATE,
    "questionnaires/<slug:reference>/effacer/": STATE,
    "questionnaires/<slug:reference>/synthese/citations/<slug:quote>/": STATE,
    "panels/<slug:slug>/membres/avant-apres/<slug:reference>/delier/": STATE,
    "panels/<slug:slug>/membres/avant-apres/<slug:reference>/ouvrir/": STATE,
    "panels/<slug:slug>/membres/avant-apres/<slug:reference>/renoncer/": STATE,
    # No secret questionnaire of a panel's space waits to be paired there: its only field is an empty list.
    "panels/<slug:slug>/membres/avant-apres/relier/": STATE,
    "panels/<slug:slug>/membres/avis/minoritaire/papier/": STATE,
    "panels/<slug:slug>/membres/avis/minoritaires/<int:number>/papier/": STATE,
    "panels/<slug:slug>/membres/recommandations/<int:number>/amendements/<int:amendment>/decider/": STATE,
    "panels/<slug:slug>/membres/recommandations/<int:number>/amendements/<int:amendment>/retirer/": STATE,
    "panels/<slug:slug>/membres/recommandations/<int:number>/annuler-le-vote/": STATE,
    "panels/<slug:slug>/membres/recommandations/<int:number>/appliquer-la-regle/": STATE,
    "panels/atelier/<slug:slug>/audiences/": STATE,
    "panels/atelier/<slug:slug>/audiences/<int:number>/": STATE,
    "panels/atelier/<slug:slug>/avis/adopter/": STATE,
    "panels/atelier/<slug:slug>/avis/remettre/": STATE,
    "panels/atelier/<slug:slug>/notes-sur-papier/": STATE,
    "panels/atelier/<slug:slug>/votes/ouvrir/": STATE,
    "panels/inscription/la-mienne/notes/": SECRET,
    "panels/reponses/<slug:reference>/mesure/": STATE,
    "panels/reponses/<slug:reference>/repondre/": STATE,
    "questionnaires/atelier/<slug:reference>/lecture/<slug:key>/double/": STATE,
    "questionnaires/atelier/<slug:reference>/lecture/<slug:key>/double/abandonner/": STATE,
    "questionnaires/atelier/<slug:reference>/lecture/<slug:key>/double/fini/": STATE,
    "questionnaires/atelier/<slug:reference>/lecture/<slug:key>/ouvrir/": STATE,
    "questionnaires/atelier/<slug:reference>/synthese/chapitres/<int:chapter>/": STATE,
    "questionnaires/atelier/<slug:reference>/synthese/chapitres/<int:chapter>/paragraphe/": STATE,
    "questionnaires/atelier/<slug:reference>/synthese/chapitres/nouveau/": STATE,
    "questionnaires/atelier/<slug:reference>/synthese/ordre/": STATE,
    "questionnaires/atelier/<slug:reference>/synthese/paragraphes/<int:paragraph>/": STATE,
    "questionnaires/atelier/<slug:reference>/synthese/publier/": STATE,
    "questionnaires/atelier/<slug:reference>/synthese/titre/": STATE,
    "reunions/<slug:reference>/<slug:meeting>/publier/": STATE,
    "reunions/<slug:reference>/<slug:meeting>/tenir/actions/<slug:action>/": STATE,
    "reunions/<slug:reference>/points/<slug:topic>/contester/": STATE,
    "scrutins/<slug:reference>/papier/<int:batch>/": STATE,
    "textes/<slug:reference>/contributions/<slug:contribution>/contester/": STATE,
    "textes/atelier/<slug:reference>/contributions/reprendre/": STATE,
    "textes/atelier/<slug:reference>/fermer/": STATE,
    "textes/moderation/<slug:reference>/<slug:contribution>/": STATE,
}


def test_the_fields_and_buttons_of_a_form_are_read_as_a_person_meets_them():
    (one,) = forms(
        b"""<form method="post" action="/a/"><input name="line-3"><textarea name="text">Dit</textarea>
        <input type="checkbox" name="agreed" value="oui"><input type="hidden" name="csrfmiddlewaretoken" value="x">
        <button name="gesture" value="send">Envoyer</button><button name="gesture" value="keep">Garder</button>
        <button formaction="/b/">Effacer</button></form><form action="/q/"><input name="q"></form>"""
    )

    assert one["fields"] == {"line-3": "", "text": "Dit", "gesture": "send"}
    assert one["texts"] == {"line-3", "text"} and one["actions"] == ["/b/"]
    assert key_of("a/", one) == ("a/", ("gesture", "line-N", "text"))
    sent, kept, bare = typed(one)
    assert (sent["gesture"], kept["gesture"], sent["agreed"], sent["text"]) == ("send", "keep", "oui", "Dit")
    assert sent["line-3"] and not bare["line-3"] and "agreed" not in bare


def test_every_address_that_takes_a_form_was_attacked():
    """``.venv/bin/python tests/hostile.py --routes ^the-new-address`` meets it and writes it down."""
    attacked = {name.rpartition(" ")[0] for name in json.loads(EVIDENCE.read_text())["strings"]["by_form"]}

    assert posted_to() - attacked - set(NOT_FILLED) == set(), "forms the hostile campaign never met"
    assert set(NOT_FILLED) - posted_to() == set(), "reasons for addresses that take nothing"
    assert set(NOT_FILLED) & attacked == set(), "reasons for forms that were attacked"


def posted_to() -> set[str]:
    """Addresses of the site that answer a POST with something else than "not allowed"."""
    answers: dict[str, set[str]] = {}
    for (method, route, _whose), cells in read_table().items():
        if method == "POST" and not route.startswith(ADMINISTRATION):
            answers.setdefault(route, set()).update(cells)
    return {route for route, told in answers.items() if "405" not in told}
