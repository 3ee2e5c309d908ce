"""Every kind of page of the product, who meets it in the demo city, and how: for tests, pictures and the sweep."""

import base64
import hmac
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from .city import (
    account,
    ballot,
    barometer,
    group,
    idea,
    measure,
    meeting,
    plan,
    process,
    questionnaire,
    quote,
    rated_point,
    reform_text,
    sign_in,
    unit,
)

SECRET = "demo-terrain"
WELCOMING = "/formations/accueillir-sans-discriminer/"
TEAM = "/panels/atelier/"
TO_DRAW = f"{TEAM}bien-vivre-l-ete/"
AT_WORK, INSIDE = f"{TEAM}premier-accueil/", "/panels/premier-accueil/membres/"
STANDING = "/panels/panel-representatif/"
STANDING_DESK, STANDING_INSIDE = f"{TEAM}panel-representatif/", f"{STANDING}membres/"
DRAWN = "/panels/demarches-sans-internet/tirages/"
# A picture of one pixel.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNQmDABAAIUAUHFydZAAAAAAElFTkSuQmCC"
)


@dataclass(frozen=True)
class Screen:
    """One page: its name, its persona (None: nobody signed in), its address, and what is done there to reach it.

    In an address ``{idea:title}`` is an idea, ``{measure:title}`` a measure, ``{plan:title}`` a plan,
    ``{to_sign:title}`` the reply to an idea, ``{account:name}`` a person, ``{process}`` the default process,
    ``{last_week}`` a day of last week, ``{last_year}`` and ``{this_year}`` years.
    ``{questionnaire:title}`` is what is asked, ``{workshop:title}`` its organisers' page; ``{barometer}`` and
    ``{board}`` are those of the one barometer.
    ``{ballot:title}`` is a ballot, ``{desk:title}`` its organisers' page.
    ``{text:title}`` is a reform text, ``{writing:title}`` its organisers' page, ``{article:title}`` its article 1.
    ``{group:slug}`` is the meetings of a space, ``{meeting:slug:state}`` its last one in a state.
    ``{rate:name}`` is a rating point's page for visitors, ``{quality:name}`` its figures, ``{point:name}`` its workshop.
    """

    name: str
    who: str | None
    address: str
    reach: Callable | None = None
    status: int = 200
    own_context: bool = False  # it changes who is signed in, or what the account is

    def open(self, page, served) -> int:
        """Go there and give the status of the last answer."""
        answer = page.goto(served.url + addressed(self.address, served))
        if self.reach is None:
            return answer.status
        heard = []
        page.on("response", lambda response: heard.append(response.status) if response.request.is_navigation_request() else None)  # fmt: skip
        self.reach(page, served)
        page.wait_for_load_state("load")
        return heard[-1] if heard else answer.status


def addressed(address: str, served) -> str:
    address = address.replace("{last_week}", (date.today() - timedelta(days=7)).isoformat())
    address = address.replace("{this_year}", str(date.today().year)).replace("{last_year}", str(date.today().year - 1))
    address = re.sub(r"\{idea:([^}]*)\}", lambda found: idea(served, found[1]), address)
    address = re.sub(r"\{measure:([^}]*)\}", lambda found: measure(served, found[1]), address)
    address = re.sub(
        r"\{card:([^}]*)\}", lambda found: measure(served, found[1]).replace("engagements", "cartes/mesure"), address
    )
    address = re.sub(r"\{quote:([^}]*)\}", lambda found: quote(served, found[1]), address)
    address = re.sub(r"\{plan:([^}]*)\}", lambda found: plan(served, found[1]), address)
    address = re.sub(
        r"\{to_sign:([^}]*)\}", lambda found: idea(served, found[1]).replace("idees", "reponses/conseil"), address
    )
    address = re.sub(r"\{account:([^}]*)\}", lambda found: str(account(served, found[1])), address)
    address = re.sub(r"\{group:([^}]*)\}", lambda found: group(served, found[1]), address)
    address = re.sub(r"\{meeting:([^:}]*):([^}]*)\}", lambda found: meeting(served, found[1], found[2]), address)
    for root, under in (("questionnaire", "/questionnaires/"), ("workshop", "/questionnaires/atelier/")):
        address = re.sub(rf"\{{{root}:([^}}]*)\}}", lambda found: under + questionnaire(served, found[1]), address)  # noqa: B023
    for root, under in (
        ("{barometer}", "/questionnaires/barometres/"),
        ("{board}", "/questionnaires/atelier/barometres/"),
    ):
        if root in address:
            address = address.replace(root, f"{under}{barometer(served)}/")
    for root, under in (("ballot", "/scrutins/"), ("desk", "/scrutins/atelier/")):
        address = re.sub(rf"\{{{root}:([^}}]*)\}}", lambda found: under + ballot(served, found[1]), address)  # noqa: B023
    for root, under in (("text", "/textes/"), ("writing", "/textes/atelier/")):
        address = re.sub(rf"\{{{root}:([^}}]*)\}}", lambda found: under + reform_text(served, found[1]), address)  # noqa: B023
    address = re.sub(r"\{article:([^}]*)\}", lambda found: unit(served, found[1], "1"), address)
    for root, under in (("rate", "/noter/"), ("quality", "/qualite/"), ("point", "/qualite/atelier/points/")):
        address = re.sub(rf"\{{{root}:([^}}]*)\}}", lambda found: under + rated_point(served, found[1]), address)  # noqa: B023
    return address.replace("{process}", str(process(served))) if "{process}" in address else address


# --------------------------------------------------------------------------------------------- reached by gestures
def set_a_topic_aside(page, served):
    page.locator("a", has_text="Écarter").first.click()


def say_what_was_done(page, served):
    page.locator("a", has_text="Dire ce qui a été fait").first.click()


def end_an_action(page, served):
    page.locator("a", has_text="Dire ce qu’elle est devenue").first.click()


def press(name):
    """A form sent as it stands: its refusals."""
    return lambda page, served: page.get_by_role("button", name=name, exact=True).click()


def follow_link(words):
    """The first link that holds these words."""
    return lambda page, served: page.locator("main a", has_text=words).first.click()


def follow_links(*words):
    """One link after the other, each on the page the one before opened."""

    def followed(page, _served):
        for one in words:
            page.locator("main a", has_text=one).first.click()
            page.wait_for_load_state("load")

    return followed


def first_of_the_table(page, served):
    """The first row of a list, opened."""
    page.locator("main table tbody a").first.click()


def after_the_first(words):
    """The first row of a list, then a link of its page."""

    def reach(page, served):
        first_of_the_table(page, served)
        page.locator("main a", has_text=words).first.click()

    return reach


def first_removal(page, served):
    """A file about to be taken away."""
    page.get_by_role("link", name="Retirer").first.click()


def reporting_a_contribution(page, served):
    """A contribution by somebody else, about to be reported."""
    page.locator("main li a", has_text="Ouvrir").first.click()
    page.get_by_role("link", name="Signaler").click()


def rated_well(page, served):
    """A face touched: thank you."""
    page.locator("button[name=note]").first.click()


def reported_problem(page, served):
    """A problem told: its code, once."""
    page.locator("textarea").fill("La porte automatique ne s'ouvre plus depuis lundi.")
    page.locator("button.send").click()


def grave_words(page, served):
    """A testimony at a point: who can help, before anything is kept."""
    page.locator("textarea").fill("شتمني الموظف بسبب حجابي.")
    page.locator("button.send").click()


def secret_vote_read_again(page, served):
    """A secret vote chosen, closed on the device, and read again."""
    page.locator("#bulletin input[value='1']").check()
    page.get_by_role("button", name="Relire mon vote").click()
    page.locator("[data-ballot-check]:not([hidden])").wait_for()


def receipt_of_a_vote(page, served):
    """A secret vote sent: its receipt."""
    secret_vote_read_again(page, served)
    page.get_by_role("button", name="Envoyer mon vote").click()
    page.locator("[data-receipt]").wait_for()


def receipt_looked_for(page, served):
    """A receipt that isn't in the list."""
    page.get_by_label("Votre reçu").fill("0000-0000-0000")
    page.get_by_role("button", name="Le chercher").click()


def holders_misnamed(page, served):
    """Three names: one answers to several people, one to nobody."""
    for number, name in enumerate(("Étienne Vasseur", "Zoé Personne", "Samia Roy"), start=1):
        page.locator(f"[name=name_{number}]").fill(name)
    page.get_by_role("button", name="Nommer ces trois personnes").click()


def closing_at_night(page, served):
    """A closing refused, with the nearest moment offered."""
    page.locator("[name=closes_hour]").fill("02:30")
    page.get_by_role("button", name="Enregistrer les règles").click()


def press_first_call(page, served):
    """The first colleague to call."""
    page.locator("section[aria-labelledby=appeler] a").first.click()


def confirm_first(page, served):
    """The pages of the second factor ask for the secret again."""
    page.get_by_label("mot de passe").or_(page.locator("input[type=password]")).first.fill(SECRET)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state("load")


def all_unfolded(page, served):
    """What is held of somebody, its lists and long texts open."""
    confirm_first(page, served)
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")


def refused_name(page, served):
    page.locator("input[name=identifier]").fill("nadia")
    page.locator("input[name=secret]").fill("pas le bon")
    page.get_by_role("button", name="Se connecter", exact=True).click()


def mailed_code(page, served):
    page.locator("input[name=identifier]").fill("edition")
    page.locator("button[name=mail]").click()


def at_the_kiosk(page, served):
    """The visitor's browser becomes the kiosk of the demo city."""
    page.get_by_role("button", name="Voir la borne de démonstration").click()
    page.wait_for_url("**/borne/")


def at_the_kiosk_then(address):
    """A visit, at this address of the kiosk."""

    def reach(page, served):
        at_the_kiosk(page, served)
        page.goto(f"{served.url}/borne/commencer/")
        page.goto(served.url + address)

    return reach


def code_of_a_kiosk_idea(page, served):
    """An idea sent from the kiosk: its code."""
    at_the_kiosk_then("/borne/proposer/plus-simple/")(page, served)
    page.locator("[name=body]").fill("Une patère par personne dans le couloir : les vestes mouillées sont par terre.")
    page.locator("main button[type=submit]").click()
    page.locator(".slip__code").wait_for()


def with_the_code_of_the_place(page, served):
    """The form written signed out: the door of the demo city says this week's code."""
    said = page.locator("main .notice").inner_text()
    page.locator("[name=code]").fill(re.search(r"[0-9A-Z]{10}", said)[0])
    page.get_by_role("button", name="Ouvrir le formulaire").click()


def sent_without_a_name(page, served):
    """The return code, shown once."""
    with_the_code_of_the_place(page, served)
    page.locator("[name=body]").fill("Une patère par personne dans le couloir : les vestes mouillées sont par terre.")
    page.locator("main button[type=submit]").click()
    page.get_by_text("Voici votre code de retour").wait_for()


def opening_that(state):
    """The oldest request of the queue in that state."""
    return lambda page, served: page.locator("main .todo li").filter(has_text=state).last.locator("h3 a").click()


def confirming(page, served):
    """What confirming means; nothing is confirmed."""
    opening_that("Attend une")(page, served)
    page.get_by_role("link", name="Voir ce que confirmer entraîne").click()


def name_read(page, served):
    """A request of one's own, confirmed by somebody else, and its name."""
    page.get_by_role("link", name="Demander une levée du secret").click()
    reference = idea(served, "Une radio de rechange").rstrip("/").rpartition("/")[2]
    page.get_by_label("Une idée").check()
    page.locator("[name=reference]").fill(reference)
    page.locator("[name=ground][value=danger]").check()
    page.locator("[name=motive]").fill("Une personne de la brigade est en danger et nous devons la joindre ce soir.")
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_text("Attend une seconde personne", exact=True).wait_for()
    here = page.url
    second = page.context.browser.new_context(locale="fr-FR").new_page()
    sign_in(second, served.url, "mediation")
    second.goto(f"{here}confirmer/")
    second.get_by_role("button", name="Lever le secret de ce texte").click()
    second.wait_for_load_state("load")
    second.context.close()
    page.goto(here)
    page.get_by_role("button", name="Lire le nom, une seule fois").click()


def one_prepared(page, served):
    page.locator("main input[type=checkbox]").first.check()
    page.get_by_role("button", name="Les relire").click()


def a_template(page, served):
    """A ready-made answer added to what was typed."""
    page.locator("[name=text]").fill("Bonjour à toutes et à tous.")
    page.get_by_label("Modèle de réponse").select_option(index=1)
    page.get_by_role("button", name="L’ajouter à ma réponse").click()


def a_condition_met(page, served):
    """What has changed, read again before people are asked."""
    page.locator("[name=condition]").first.check()
    page.locator("[name=text]").fill("Chaque équipe reçoit deux téléphones de service le mois prochain.")
    page.get_by_role("button", name="Relire avant de consulter").click()


def an_answered_idea(page, served):
    """An idea close to one the City already answered: what it said comes first."""
    page.locator("[name=body]").fill(
        "Pointer avec son téléphone personnel, sans faire la queue à la pointeuse du dépôt."
    )
    page.get_by_text("La Ville a déjà répondu").first.wait_for()


def six_digits(secret: str) -> str:
    """What an application shows now for this key (RFC 6238)."""
    key = base64.b32decode(secret.strip())
    digest = hmac.digest(key, (int(time.time()) // 30).to_bytes(8), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def set_up_application(page, served):
    """Tie an application to the account, by the secret the page shows; ends on the page of second factors."""
    confirm_first(page, served)
    page.locator("input[name=code]").fill(six_digits(page.locator("main code").inner_text()))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state("load")


def asked_for_the_factor(page, served):
    """Signed out, then in again: the second factor is asked."""
    set_up_application(page, served)
    page.context.clear_cookies()
    page.goto(f"{served.url}/connexion/")
    page.locator("input[name=identifier]").fill("mentor")
    page.locator("input[name=secret]").fill(SECRET)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def new_code(page, served):
    """A facilitator gives a printed code back, with two witnesses."""
    for name, number in (("person", "204117"), ("first_witness", "204123"), ("second_witness", "204118")):
        page.locator(f"[name={name}]").fill(number)
    page.locator("main input[type=checkbox]").check()
    page.locator("main form button[type=submit]").first.click()


def first_secret(page, served):
    """The person uses the code and is asked for a secret of their own."""
    new_code(page, served)
    page.wait_for_load_state("load")
    code = page.locator("main .stat b").inner_text()
    page.context.clear_cookies()
    page.goto(f"{served.url}/connexion/")
    page.locator("input[name=identifier]").fill("204117")
    page.locator("input[name=secret]").fill(code)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def letters_counted(page, served):
    page.locator("main select").first.select_option(index=3)
    page.locator("main form button[type=submit]").first.click()


def first_sheet(page, served):
    page.locator("main .todo h3 a").first.click()


def wrong_day(page, served):
    """A day before the sheet's week."""
    first_sheet(page, served)
    page.locator("main input[name=day]").fill("2020-01-06")
    page.get_by_role("button", name="Dire qu’elle est affichée").click()


def own_data(page, served):
    """One's own data is asked for with the secret again, then read."""
    confirm_first(page, served)


def unknown_code(page, served):
    page.locator("main input[type=text]").first.fill("ABCD-EFGH-JKMN-P")
    page.locator("main form button[type=submit]").first.click()


def first_question(page, served):
    """The first question, whether one begins or resumes."""
    page.locator("main form button[type=submit]").first.click()
    page.goto(page.url.split("/repondre/")[0].split("/verifier/")[0] + "/repondre/q1/")


def first_question_left(page, served):
    first_question(page, served)
    for box in page.locator("main input:checked").all():
        box.evaluate("one => one.checked = false")
    page.get_by_role("button", name="Continuer", exact=True).click()


def answers_read_again(page, served):
    """Every question answered by its first choice, or left."""
    first_question(page, served)
    while "/repondre/" in page.url:
        if page.locator("main input[type=radio]").count():
            page.locator("main input[type=radio]").nth(3).check()
        page.get_by_role("button", name="Continuer", exact=True).click()


def secret_read_again(page, served):
    """Secret answers about to be sent for good."""
    answers_read_again(page, served)
    page.locator("main details summary").first.click()


def task_to_end(page, served):
    """A task that a gap opened, ended without a word."""
    page.get_by_role("link", name="Petite enfance").click()
    page.get_by_role("button", name="Terminer cette tâche").click()


def writing(title):
    """The page where a questionnaire is written, a new version open."""

    def reach(page, served):
        page.locator("main .card h2 a", has_text=title).click()
        if page.get_by_role("button", name="Modifier les questions").count():
            page.get_by_role("button", name="Modifier les questions").click()

    return reach


def adding_a_scale(page, served):
    writing("Mieux prévoir nos plannings")(page, served)
    page.get_by_role("link", name="Échelle", exact=True).click()


def question_with_an_image(page, served):
    """The question of residents that shows a plan."""
    first_question(page, served)
    page.goto(page.url.replace("/q1/", "/q3/"))


def adding_without_words(page, served):
    """A question whose image says nothing to those who don't see it."""
    adding_a_scale(page, served)
    page.get_by_label("Question", exact=True).fill("Où vous asseyez-vous ?")
    picture = {"name": "banc.png", "mimeType": "image/png", "buffer": PIXEL}
    page.get_by_label("Une image").set_input_files(picture)
    page.get_by_role("button", name="Enregistrer la question", exact=True).click()


def measure_of_a_figure(page, served):
    """A measure about to be begun from a figure, left empty."""
    page.locator("main a", has_text="parlent de « Horaires").first.click()
    page.get_by_role("link", name="Ouvrir une mesure").click()
    page.get_by_role("button", name="Ouvrir la mesure", exact=True).click()


def set_aside(page, served):
    """An answer about to be set aside, without a reason."""
    page.get_by_role("link", name="Mettre à l’écart").click()
    page.get_by_role("button", name="Mettre à l’écart", exact=True).click()


def report_a_quote(page, served):
    """A quote about to be reported, without a reason."""
    page.locator("main a", has_text="réponses sur").first.click()
    page.get_by_role("link", name="Signaler").first.click()
    page.get_by_role("button", name="Envoyer mon signalement", exact=True).click()


def decide_on_a_quote(page, served):
    """A reported quote read, and no decision."""
    page.locator("main .card a").first.click()
    page.get_by_role("button", name="Écrire la décision", exact=True).click()


def columns_of_a_file(page, served):
    """The file of the demo city that waits: its columns."""
    page.get_by_role("link", name="Continuer").first.click()


def words_of_a_file(page, served):
    """The same, one step further: the columns proposed are taken as they are."""
    columns_of_a_file(page, served)
    page.get_by_role("button", name="Passer aux réponses").click()


LATE, QUESTION, TRIAL = "{idea:Des affiches d'accueil}", "{idea:Prévenir la veille}", "{idea:Un carnet d'entretien}"

SITE = (
    # Nobody signed in
    Screen("accueil-public", None, "/"),
    Screen("connexion", None, "/connexion/"),
    Screen("connexion-refusee", None, "/connexion/", refused_name),
    Screen("connexion-code", None, "/connexion/", mailed_code, own_context=True),
    Screen("compte-ferme", None, "/connexion/compte-ferme/", status=403),
    Screen("fournisseur-refuse", None, "/connexion/oidc-refus/", status=403),
    Screen("idees-public", None, "/idees/"),
    Screen("recherche-public", None, "/recherche/?q=camions"),
    Screen("affichage", None, "/affichage/"),
    Screen("charte", None, "/charte/"),
    Screen("donnees-personnelles", None, "/donnees-personnelles/"),
    Screen("accessibilite", None, "/accessibilite/"),
    Screen("sujets", None, "/sujets/"),
    Screen("sujet", None, "/sujets/plus-simple-au-depot/"),
    Screen("bilan", None, "/sujets/plus-simple-au-depot/carnet-entretien-partage/"),
    Screen("accueil-anglais", None, "/en/"),
    Screen("aide-anglais", None, "/en/help/"),
    Screen("bilan-anglais", None, "/en/subjects/lockers-confirmed/"),
    Screen("ressources", None, "/ressources/"),
    Screen("ressources-rien", None, "/ressources/?q=zeppelin"),
    Screen("ressource", None, "/ressources/grille-pannes/"),
    Screen("cartes", None, "/cartes/"),
    Screen("carte-mesure", None, "{card:Remplacer les casiers}"),
    Screen("engagements", None, "/engagements/"),
    Screen("engagements-filtres", None, "/engagements/?etat=sans-nouvelles"),
    Screen("engagements-rien", None, "/engagements/?q=zeppelin"),
    Screen("mesure-silence", None, "{measure:Ouvrir le jeudi}"),
    Screen("mesure-confirmee", None, "{measure:Remplacer les casiers}"),
    Screen("mesure-arretee", None, "{measure:Un site pour}"),
    Screen("mesure-en-cours", None, "{measure:Répondre par écrit}"),
    Screen("plans", None, "/engagements/plans/"),
    Screen("plan", None, "{plan:Une administration}"),
    Screen("plan-filtres", None, "{plan:Une administration}?axe=2&etat=en-cours"),
    Screen("plan-rapport", None, "{plan:Une administration}rapports/{last_year}/"),
    Screen("plan-rien", None, "{plan:Une administration}?q=zeppelin"),
    Screen("constat-feuille", None, "/engagements/constat/"),
    Screen("constat-feuille-erreurs", None, "/engagements/constat/", press("Envoyer la réponse"), 422),
    Screen("suivre", None, "/suivre/"),
    Screen("auteurs-inviter", "agent", "{idea:Des balais}auteurs/"),
    Screen("auteurs-repondre", "agent", "{idea:Une armoire pour}auteurs/"),
    Screen("groupe-deposer", "agent", "/idees/deposer/groupe/"),
    Screen("groupe-erreurs", "agent", "/idees/deposer/groupe/", press("Envoyer le texte"), 422),
    Screen("groupe-idee", "agent", "{idea:Douze demandes}"),
    Screen("nee-de", "agent", "{idea:Un carnet}nee-de/"),
    Screen("anonyme", None, "/idees/anonyme/"),
    Screen("anonyme-ecrire", None, "/idees/anonyme/", with_the_code_of_the_place),
    Screen("anonyme-code", None, "/idees/anonyme/", sent_without_a_name),
    Screen("anonyme-session", "agent", "/idees/anonyme/"),
    Screen("codes-de-site", "facilitation", "/idees/codes-de-site/"),
    Screen("reponses", None, "/reponses/"),
    Screen("promesses", None, "/reponses/promesses/"),
    Screen("suivre-refuse", None, "/suivre/", unknown_code, 422, own_context=True),
    Screen("borne-ailleurs", None, "/borne/", status=404),
    Screen("borne-inscrire", None, "/borne/inscrire/"),
    Screen("borne", None, "/borne/inscrire/", at_the_kiosk, own_context=True),
    Screen("borne-menu", None, "/borne/inscrire/", at_the_kiosk_then("/borne/commencer/"), own_context=True),
    Screen("borne-deposer", None, "/borne/inscrire/", at_the_kiosk_then("/borne/proposer/plus-simple/"), own_context=True),
    Screen("borne-code", None, "/borne/inscrire/", code_of_a_kiosk_idea, own_context=True),
    Screen("borne-connexion", None, "/borne/inscrire/", at_the_kiosk_then("/borne/connexion/"), own_context=True),
    Screen("borne-suivre", None, "/borne/inscrire/", at_the_kiosk_then("/suivre/"), own_context=True),
    Screen("borne-idees", None, "/borne/inscrire/", at_the_kiosk_then("/idees/"), own_context=True),
    Screen("nom-protege", None, "/nom-protege/"),
    Screen("page-absente", None, "/nulle-part/", status=404),
    # An agent
    Screen("accueil-agent", "agent", "/"),
    Screen("promesses-agent", "agent", "/reponses/promesses/?etat=en-retard"),
    Screen("idees", "agent", "/idees/"),
    Screen("idees-filtrees", "agent", "/idees/?q=camion"),
    Screen("idees-rien", "agent", "/idees/?q=zeppelin"),
    Screen("recherche", "agent", "/recherche/?q=equipe&genre=idea"),
    Screen("recherche-faute", "agent", "/recherche/?q=camoin"),
    Screen("recherche-rien", "agent", "/recherche/?q=zeppelin+camion"),
    Screen("recherche-vide", "agent", "/recherche/"),
    Screen("deposer", "agent", "/idees/deposer/"),
    Screen("deposer-deja-repondu", "agent", "/idees/deposer/?nouvelle=1", an_answered_idea),
    Screen("deposer-erreurs", "agent", "/idees/deposer/", press("Envoyer mon idée"), 422),
    Screen("miennes", "agent", "/idees/miennes/"),
    Screen("accuse", "agent", "{idea:Des points d'eau}recue/"),
    Screen("idee-mienne", "agent", "{idea:Des points d'eau}"),
    Screen("idee-modifier", "agent", "{idea:Des points d'eau}modifier/"),
    Screen("idee-retirer", "agent", "{idea:Des points d'eau}retirer/"),
    Screen("idee-essai", "agent", TRIAL),
    Screen("idee-retard", "agent", LATE),
    Screen("idee-non", "agent", "{idea:Pointer avec}"),
    Screen("idee-plus-tard", "agent", "{idea:Des vélos-cargos}"),
    Screen("idee-appel-au-dessus", "agent", "{idea:Réparer le portail du parc}"),
    Screen("idee-appel-choix", "agent2", "{idea:Des panneaux solaires}"),
    Screen("accueil-appel", "decideur2", "/"),
    Screen("idee-deja", "agent", "{idea:Un numéro à appeler}"),
    Screen("idee-oui", "agent", "{idea:Une fiche de consignes}"),
    Screen("idee-question", "agent", QUESTION),
    Screen("idee-debat", "agent", "{idea:Une armoire}"),
    Screen("idee-retiree", "agent", "{idea:Changer l'heure}"),
    Screen("idee-sommeil", "agent", "{idea:Fête des métiers}"),
    Screen("idee-protegee", "agent", "{idea:Le bruit du compresseur}"),
    Screen("idee-repondre", "agent2", "{idea:Rappeler les rendez-vous}etape/answer_screening/"),
    Screen("moi", "agent", "/moi/"),
    Screen("moi-secret", "agent", "/moi/mot-de-passe/"),
    Screen("moi-appareils", "agent", "/moi/appareils/"),
    Screen("moi-identite", "agent", "/moi/identite/"),
    Screen("moi-qui-a-regarde", "rh", "/moi/qui-a-regarde/"),
    Screen("moi-fichier", "agent", "/moi/donnees/fichier/", own_data, own_context=True),
    Screen("moi-effacer", "agent", "/moi/effacer/", own_data, own_context=True),
    Screen("registre-des-traitements", "dpo", "/protection-donnees/"),
    Screen("analyse-d-impact", "dpo", "/protection-donnees/analyse/"),
    Screen("durees-appliquees", "dpo", "/protection-donnees/durees/"),
    Screen("apres-une-violation", "dpo", "/protection-donnees/violation/"),
    Screen("mots-du-registre", "dpo", "/protection-donnees/ideas/"),
    Screen("moi-donnees", "agent", "/moi/donnees/", own_data, own_context=True),
    Screen("messages", "agent", "/moi/messages/"),
    Screen("messages-reglages", "agent", "/moi/messages/reglages/"),
    Screen("messages-sans-courriel", "agent", "/moi/messages/sans-courriel/"),
    Screen("messages-envois", "agent2", "/moi/messages/envois/"),
    Screen("prevenir-envois", "admin", "/prevenir/envois/"),
    Screen("prevenir-envoi", "admin", "/prevenir/envois/1/"),
    Screen("prevenir-modeles", "admin", "/prevenir/modeles/"),
    Screen("prevenir", "facilitation", "/prevenir/"),
    Screen("prevenir-lot", "facilitation", "/prevenir/lots/2/"),
    Screen("prevenir-appel", "facilitation", "/prevenir/", press_first_call),
    Screen("messages-adresse-arretee", "jury", "/moi/messages/reglages/"),
    Screen("atelier-refuse", "agent", "/idees/atelier/", status=403),
    Screen("deconnexion", "agent", "/deconnexion/"),
    Screen("mes-donnees", "agent", "/moi/donnees/", all_unfolded, own_context=True),
    Screen("mes-donnees-moderation", "moderation", "/moi/donnees/", all_unfolded, own_context=True),
    Screen("deja-connectee", "agent", "/connexion/"),
    # The second factor
    Screen("securite", "agent", "/connexion/securite/"),
    Screen("securite-confirmer", "agent", "/connexion/confirmer/"),
    Screen("securite-application", "agent", "/connexion/securite/application/", confirm_first, own_context=True),
    Screen("securite-cles", "agent", "/connexion/securite/cles/"),
    Screen("securite-cle", "agent", "/connexion/securite/cles/ajouter/", confirm_first, own_context=True),
    Screen("securite-verification", "mentor", "/connexion/securite/application/", asked_for_the_factor, own_context=True),
    Screen("signaler", "agent", "{idea:Trier les gobelets}signaler/"),
    Screen("signaler-erreurs", "agent", "{idea:Trier les gobelets}signaler/", press("Signaler"), 422),
    Screen("moderation-chiffres", "agent", "/idees/moderation/"),
    Screen("contester-rien", "agent2", "{idea:Remplacer la cireuse}contester/"),
    # Those who moderate
    Screen("file-moderer", "moderation", "/idees/atelier/moderation/"),
    Screen("file-moderer-decides", "moderation", "/idees/atelier/moderation/?etat=decides&motif=personnes"),
    Screen("idee-masquee", "moderation", "{idea:Afficher au vestiaire}"),
    Screen("idee-commentaire-signale", "moderation", "{idea:Des assises}"),
    Screen("moderer", "moderation", "{idea:Afficher au vestiaire}moderer/?file=1"),
    Screen("moderer-erreurs", "moderation", "{idea:Afficher au vestiaire}moderer/", press("Enregistrer"), 422),
    Screen("file-contestations", "admin", "/idees/atelier/moderation/?etat=contestations"),
    Screen("repondre-contestation", "admin", "{idea:Changer de responsable}moderer/?file=1"),
    # Those who may open an identity, two together
    Screen("levees", "dpo", "/levees-du-secret/"),
    Screen("levee-demander", "juridique", "/levees-du-secret/demander/"),
    Screen("levee-demander-erreurs", "juridique", "/levees-du-secret/demander/", press("Envoyer la demande"), 422),
    Screen("levee-attend", "dpo", "/levees-du-secret/", opening_that("Attend une")),
    Screen("levee-attend-demandee", "mediation", "/levees-du-secret/", opening_that("Attend une")),
    Screen("levee-confirmer", "dpo", "/levees-du-secret/", confirming),
    Screen("levee-refusee", "juridique", "/levees-du-secret/", opening_that("Refusée")),
    Screen("levee-passee", "mediation", "/levees-du-secret/", opening_that("Secret levé")),
    Screen("levee-nom", "dpo", "/levees-du-secret/", name_read, own_context=True),
    Screen("levees-fermees", "agent", "/levees-du-secret/", status=403),
    # Questionnaires: whoever answers, whoever organises
    Screen("questionnaires", "agent", "/questionnaires/"),
    Screen("questionnaire", "agent", "{questionnaire:Mieux prévoir}"),
    Screen("questionnaire-question", "agent", "{questionnaire:Mieux prévoir}", first_question),
    Screen("questionnaire-question-erreurs", "agent", "{questionnaire:Mieux prévoir}", first_question_left, 422),
    Screen("questionnaire-relire", "agent", "{questionnaire:Mieux prévoir}", answers_read_again),
    Screen("questionnaire-secret", "agent", "{questionnaire:Se parler}"),
    Screen("questionnaire-secret-relire", "agent", "{questionnaire:Se parler}", secret_read_again),
    Screen("questionnaire-sans-compte", None, "{questionnaire:Où et quand}"),
    Screen("questionnaire-sans-compte-question", None, "{questionnaire:Où et quand}", first_question),
    Screen("questionnaire-sans-compte-relire", None, "{questionnaire:Où et quand}", answers_read_again),
    Screen("questionnaire-reprendre", None, "{questionnaire:Où et quand}reprendre/", press("Reprendre"), 422),
    Screen("questionnaire-ferme", "agent", "{questionnaire:Nous au travail}"),
    Screen("questionnaire-resultats", "agent", "{questionnaire:Nous au travail}resultats/"),
    Screen("questionnaire-resultats-direction", "agent", "{questionnaire:Nous au travail}resultats/?par=1"),
    Screen("questionnaire-resultats-croises", "agent", "{questionnaire:Nous au travail}resultats/?par=3"),
    Screen("textes", "agent", "/textes/"),
    Screen("texte", "agent", "{text:Charte des plannings}"),
    Screen("texte-version-1", "agent", "{text:Charte des plannings}versions/1/"),
    Screen("texte-changements", "agent", "{text:Charte des plannings}changements/2/"),
    Screen("texte-article", "agent", "{text:Charte des plannings}articles/{article:Charte des plannings}/"),
    Screen(
        "texte-article-erreurs", "agent", "{text:Charte des plannings}articles/{article:Charte des plannings}/",
        press("Envoyer ma contribution"), 422,
    ),
    Screen("texte-contributions", "agent", "{text:Charte des plannings}contributions/"),
    Screen("texte-contribution", "agent", "{text:Charte des plannings}contributions/?suite=partly", follow_link("Ouvrir")),
    Screen("texte-signaler", "agent", "{text:Charte des plannings}contributions/?suite=attente", reporting_a_contribution),
    Screen("texte-etudie", "agent", "{text:Règle de prêt}"),
    Screen("texte-clos", "agent", "{text:Charte de l'accueil}"),
    Screen("texte-suites-apres", "admin", "{writing:Charte de l'accueil}contributions/"),
    Screen("texte-suite-apres", "admin", "{writing:Charte de l'accueil}contributions/suite/?tout=1&suite=attente"),
    Screen("textes-atelier", "admin", "/textes/atelier/"),
    Screen("texte-nouveau", "admin", "/textes/atelier/nouveau/", press("Passer au texte"), 422),
    Screen("texte-apporter", "admin", "{writing:Note sur les réunions}apporter/", press("Découper en articles"), 422),
    Screen("texte-ecrire", "admin", "{writing:Note sur les réunions}"),
    Screen("texte-element", "admin", "{writing:Note sur les réunions}articles/{article:Note sur les réunions}/"),
    Screen("texte-couper", "admin", "{writing:Note sur les réunions}articles/{article:Note sur les réunions}/couper/"),
    Screen("texte-apercu", "admin", "{writing:Règle de prêt}apercu/"),
    Screen("texte-note", "admin", "{writing:Règle de prêt}version/note/"),
    Screen("texte-expliquer", "admin", "{writing:Règle de prêt}changements/"),
    Screen("texte-suites", "admin", "{writing:Règle de prêt}contributions/"),
    Screen("texte-suite", "admin", "{writing:Règle de prêt}contributions/suite/?tout=1&genre=amend"),
    Screen("texte-publier", "admin", "{writing:Règle de prêt}publier/"),
    Screen("texte-abandonner", "admin", "{writing:Règle de prêt}version/abandonner/"),
    Screen("texte-clore", "admin", "{writing:Charte des plannings}fermer/"),
    Screen("textes-moderation", "moderation", "/textes/moderation/"),
    Screen("questionnaires-atelier", "admin", "/questionnaires/atelier/"),
    Screen("questionnaire-nouveau", "admin", "/questionnaires/atelier/nouveau/", press("Passer aux questions"), 422),
    Screen("questionnaire-ecrire", "admin", "/questionnaires/atelier/", writing("Mieux prévoir nos plannings")),
    Screen("questionnaire-ajouter", "admin", "/questionnaires/atelier/", adding_a_scale),
    Screen("questionnaire-image", None, "{questionnaire:Où et quand}", question_with_an_image),
    Screen("questionnaire-ajouter-erreurs", "admin", "/questionnaires/atelier/", adding_without_words, 422),
    Screen("questionnaire-lien", "admin", "{workshop:Où et quand}"),
    Screen("questionnaire-rappeler", "admin", "{workshop:Mieux prévoir}rappeler/"),
    Screen("questionnaire-copie", "admin", "/questionnaires/atelier/nouveau/copie/", press("Copier les questions"), 422),
    Screen(
        "questionnaire-depuis-fichier", "admin", "/questionnaires/atelier/nouveau/fichier/",
        press("Reprendre les questions"), 422,
    ),
    Screen("questionnaire-fichiers", "admin", "{workshop:Mieux prévoir}fichiers/"),
    Screen("questionnaire-fichier-colonnes", "admin", "{workshop:Mieux prévoir}fichiers/", columns_of_a_file),
    Screen("questionnaire-fichier-mots", "admin", "{workshop:Mieux prévoir}fichiers/", words_of_a_file),
    Screen("questionnaire-fermer", "admin", "{workshop:Mieux prévoir}fermer/"),
    Screen("questionnaire-textes", "admin", "{workshop:Nous au travail}textes/"),
    # Barometers: their circle, their organisers
    Screen("barometres", "agent", "/questionnaires/barometres/"),
    Screen("barometre", "agent", "{barometer}"),
    Screen("barometre-atelier", "admin", "{board}"),
    Screen("barometre-presentation", "admin", "{board}presentation/"),
    Screen("barometre-question", "admin", "{board}questions/q2/"),
    Screen("barometre-edition-suivante", "admin", "{board}suivante/", press("Commencer cette édition"), 422),
    Screen("barometre-edition-passee", "admin", "{board}passee/", press("Enregistrer ces chiffres"), 422),
    Screen("barometre-edition-retirer", "admin", "{board}passee/1/retirer/"),
    Screen("barometre-constat-nouveau", "admin", "{board}editions/3/constats/", press("Écrire ce constat"), 422),
    Screen("barometre-constat", "admin", "{board}", follow_link("presque une personne sur deux")),
    Screen("barometre-commencer", "admin", "{workshop:Mieux prévoir}barometre/"),
    # Meetings of units: members, who runs them, who follows them
    Screen("reunions", "agent", "/reunions/"),
    Screen("reunions-vide", "agent", "/reunions/?q=introuvable"),
    Screen("reunions-direction", "decideur", "/reunions/?etat=retard"),
    Screen("reunions-agenda", "agent", "/reunions/calendrier/", press("Créer mon adresse")),
    Screen("reunions-groupe", "agent", "{group:rendez-vous-tanneurs}"),
    Screen("reunions-groupe-en-retard", "facilitation", "{group:rendez-vous-rive}"),
    Screen("reunion-proposer", "agent", "{group:rendez-vous-tanneurs}proposer/", press("Envoyer"), 422),
    Screen("reunion-refus", "facilitation", "{group:rendez-vous-tanneurs}proposer/", status=403),
    Screen("reunion-a-venir", "agent", "{meeting:rendez-vous-tanneurs:called}"),
    Screen("reunion-compte-rendu", "agent", "{meeting:rendez-vous-tanneurs:published}"),
    Screen("reunion-signaler-point", "agent", "{group:rendez-vous-tanneurs}", follow_link("Signaler")),
    Screen("reunions-moderation", "moderation", "/reunions/moderation/"),
    Screen("reunion-moderer-point", "moderation", "/reunions/moderation/", follow_link("Changer le micro-ondes")),
    Screen("reunions-ici", None, "/borne/inscrire/", at_the_kiosk_then("/reunions/ici/"), own_context=True),
    Screen("reunion-annulee", "facilitation", "{meeting:rendez-vous-roseaux:cancelled}"),
    Screen("reunions-reglages", "facilitation", "{group:rendez-vous-tanneurs}reglages/"),
    Screen("reunions-arreter", "facilitation", "{group:rendez-vous-rive}arreter/"),
    Screen("reunion-prevoir", "facilitation", "{group:rendez-vous-rive}prevoir/"),
    Screen("reunion-ordre-du-jour", "facilitation", "{meeting:rendez-vous-tanneurs:called}preparer/"),
    Screen("reunion-deplacer", "facilitation", "{meeting:rendez-vous-tanneurs:called}deplacer/"),
    Screen("reunion-annuler", "facilitation", "{meeting:rendez-vous-tanneurs:called}annuler/", press("Annuler la réunion"), 422),
    Screen("reunion-tenue", "facilitation", "{meeting:rendez-vous-tanneurs:called}tenue/"),
    Screen("reunion-ecarter", "facilitation", "{group:rendez-vous-tanneurs}", set_a_topic_aside),
    Screen("reunion-rediger", "facilitation", "{meeting:rendez-vous-roseaux:held}tenir/"),
    Screen("reunion-rediger-point", "facilitation", "{meeting:rendez-vous-roseaux:held}tenir/", say_what_was_done),
    Screen("reunion-promettre", "facilitation", "{meeting:rendez-vous-roseaux:held}tenir/actions/", press("Ajouter"), 422),
    Screen("reunion-finir-action", "facilitation", "{group:rendez-vous-tanneurs}", end_an_action),
    Screen("reunion-corriger", "facilitation", "{meeting:rendez-vous-tanneurs:published}corriger/"),
    # Rating points
    Screen("noter", None, "{rate:Mairie de quartier}"),
    Screen("noter-facile", None, "{rate:Mairie de quartier}?facile=1"),
    Screen("noter-arabe", None, "{rate:Bus des}?lang=ar"),
    Screen("noter-anglais", None, "{rate:Bus des}?lang=en"),
    Screen("noter-merci", None, "{rate:Mairie de quartier}", rated_well),
    Screen("noter-signaler", None, "{rate:Mairie de quartier}signaler/"),
    Screen("noter-signaler-erreur", None, "{rate:Mairie de quartier}signaler/", press("Envoyer mon signalement"), 422),
    Screen("noter-signale", None, "{rate:Mairie de quartier}signaler/?lang=pt", reported_problem),
    Screen("noter-grave", None, "{rate:Mairie de quartier}signaler/?lang=ar", grave_words),
    Screen("noter-proposer", None, "{rate:Mairie de quartier}proposer/"),
    Screen("noter-propose", None, "{rate:Mairie de quartier}proposer/?fait=1"),
    Screen("qualite", None, "/qualite/"),
    Screen("qualite-rien", None, "/qualite/?q=introuvable"),
    Screen("qualite-point", None, "{quality:Mairie de quartier}"),
    Screen("qualite-point-petit", None, "{quality:Bus des}"),
    Screen("qualite-point-label-passe", None, "{quality:Piscine}"),
    Screen("qualite-atelier", "admin", "/qualite/atelier/"),
    Screen("qualite-atelier-point", "admin", "{point:Mairie de quartier}"),
    Screen("qualite-affiche", "admin", "{point:Mairie de quartier}affiche/"),
    Screen("qualite-signalements", "admin", "/qualite/atelier/signalements/"),
    Screen("qualite-repondre", "admin", "/qualite/atelier/signalements/?etat=open", follow_link("Personne ne pouvait")),
    Screen("qualite-suggestions", "admin", "/qualite/atelier/suggestions/"),
    Screen("qualite-suggestion", "admin", "/qualite/atelier/suggestions/?etat=new", follow_link("Mettre un banc")),
    Screen("qualite-series", "admin", "/qualite/atelier/series/"),
    Screen("qualite-serie", "admin", "/qualite/atelier/series/", follow_link("Une longue suite")),
    Screen("qualite-visites", "admin", "/qualite/atelier/visites/", press("Vérifier le fichier"), 422),
    Screen("qualite-cles", "admin", "/qualite/atelier/cles/"),
    # Dossiers of consultation
    Screen("consultations", "agent", "/consultations/"),
    Screen("consultations-visite", None, "/consultations/"),
    Screen("consultations-vide", "agent", "/consultations/?q=introuvable"),
    Screen("dossier-ouvert", "agent", "/consultations/plannings/"),
    Screen("dossier-restitue", "agent2", "/consultations/nous-au-travail/"),
    Screen("dossier-grande-consultation", None, "/consultations/parlons-services-publics/"),
    Screen("bibliotheque-de-travaux", "agent", "/consultations/ressources/"),
    Screen("bibliotheque-vide", "agent", "/consultations/ressources/?q=introuvable"),
    Screen("lecture", "admin", "{workshop:Nous au travail}lecture/"),
    Screen("lecture-themes", "admin", "{workshop:Nous au travail}lecture/q5/"),
    Screen("lecture-reponse", "admin", "{workshop:Nous au travail}lecture/q5/suivante/"),
    Screen("lecture-reponse-erreurs", "admin", "{workshop:Nous au travail}lecture/q5/suivante/", press("Enregistrer et suivante"), 422),
    Screen("lecture-ecarter", "admin", "{workshop:Nous au travail}lecture/q5/suivante/", set_aside, 422),
    Screen("lecture-ecartees", "admin", "{workshop:Nous au travail}lecture/q5/ecartees/"),
    Screen("lecture-liste", "admin", "{workshop:Nous au travail}lecture/q5/reponses/?etat=lues"),
    Screen("lecture-mots", "admin", "{workshop:Nous au travail}lecture/q5/mots/"),
    Screen("lecture-double", "admin", "{workshop:Nous au travail}lecture/q5/double/"),
    Screen("lecture-theme-erreurs", "admin", "{workshop:Nous au travail}lecture/q5/nouveau-theme/", press("Enregistrer le thème"), 422),
    Screen("lecture-reunir", "admin", "{workshop:Nous au travail}lecture/q5/", follow_link("Réunir")),
    Screen("lecture-separer", "admin", "{workshop:Nous au travail}lecture/q5/", follow_link("Séparer")),
    Screen("synthese-ecrite", "admin", "{workshop:Nous au travail}synthese/"),
    Screen("synthese-reponses", "admin", "{workshop:Nous au travail}synthese/", follow_link("réponses sur")),
    Screen("synthese", "agent", "{questionnaire:Nous au travail}synthese/"),
    Screen("synthese-chiffre", "agent", "{questionnaire:Nous au travail}synthese/", follow_link("réponses sur")),
    Screen("synthese-chiffre-decideur", "decideur", "{questionnaire:Nous au travail}synthese/", follow_link("parlent de « Horaires")),
    Screen("synthese-signaler", "agent", "{questionnaire:Nous au travail}synthese/", report_a_quote, 422),
    Screen("citations-signalees", "moderation", "/questionnaires/citations-signalees/"),
    Screen("citation-moderer", "moderation", "/questionnaires/citations-signalees/", decide_on_a_quote, 422),
    Screen("synthese-mesure", "decideur", "{questionnaire:Nous au travail}synthese/", measure_of_a_figure, 422),
    Screen("questionnaire-qui-repond", "admin", "{workshop:Mieux prévoir}qui-repond/"),
    Screen("questionnaire-aller-voir", "admin", "{workshop:Mieux prévoir}qui-repond/", task_to_end, 422),
    # Those who work on ideas
    Screen("accueil-correspondante", "correspondant", "/"),
    Screen("messages-correspondante", "correspondant", "/moi/messages/"),
    Screen("atelier", "correspondant", "/idees/atelier/"),
    Screen("file-orienter", "moderation", "/idees/atelier/to_screen/"),
    Screen("file-vide", "correspondant", "/idees/atelier/to_orient/?age=365"),
    Screen("file-etudier", "correspondant", "/idees/atelier/to_study/"),
    Screen("file-repondre", "correspondant", "/idees/atelier/to_answer_now/"),
    Screen("choix", "decideur2", "/idees/atelier/choix/objets-qui-durent/"),
    Screen("choix-incomplet", "decideur2", "/idees/atelier/choix/objets-qui-durent/", press("Relire et annoncer"), 422),
    Screen("cohorte", "agent2", "/idees/cohortes/escale/"),
    Screen("cohorte-finie", "agent", "/idees/cohortes/la-fabrique/"),
    Screen("cohorte-candidater", "agent2", "/idees/deposer/?boite=escale&nouvelle=1"),
    Screen("cohorte-equipe", "agent2", "{idea:Le bus et la mairie}equipe/"),
    Screen("cohorte-temps-libere", "encadrement", "{idea:La tournée dessinée}equipe/"),
    Screen("cohorte-mentor", "mentor", "{idea:Signaler une fuite}accompagnement/"),
    Screen("cohorte-organiser", "facilitation", "/idees/cohortes/escale/organiser/"),
    Screen("cohorte-nommer-mentor", "facilitation", "{idea:Un magasin où}accompagnement/"),
    Screen("passer-ailleurs", "facilitation", "{idea:Le bruit du compresseur}deplacer/"),
    Screen("file-retard", "moderation", "/idees/atelier/overdue/"),
    Screen("etape-accepter", "moderation", "{idea:Le bruit du compresseur}etape/screen/?file=to_screen"),
    Screen("etape-question", "moderation", "{idea:Le bruit du compresseur}etape/ask_screening/"),
    Screen("etape-enlever", "moderation", "{idea:Le bruit du compresseur}etape/remove/"),
    Screen("etape-orienter", "facilitation", "{idea:Trier les gobelets}etape/orient/?file=to_orient"),
    Screen("etape-etude", "facilitation", "{idea:Une armoire}etape/reorient/"),
    Screen("etape-commencer", "correspondant", "{idea:Une lampe}etape/start_study/"),
    Screen("etape-transferer", "correspondant", "{idea:Une lampe}etape/propose_transfer/"),
    Screen("etape-repondre", "correspondant", "{idea:Une lampe}etape/fast_answer/?file=to_answer_now"),
    Screen("etape-terminer", "correspondant", "{idea:Des vestiaires}etape/close_study/"),
    Screen("evaluer", "instructeur2", "{idea:Des vestiaires}evaluer/"),
    Screen("evaluee", "instructeur", "{idea:Des vestiaires}evaluer/"),
    Screen("idee-etude", "correspondant", "{idea:Des vestiaires}"),
    Screen("contresigner", "decideur", "{idea:Commander des gants}etape/countersign_accepted/?file=to_countersign"),
    Screen("file-repondre-ensemble", "correspondant", "/idees/atelier/to_answer_now/ensemble/"),
    Screen("ensemble-erreurs", "correspondant", "/idees/atelier/to_answer_now/ensemble/", press("Envoyer à contresigner"), 422),
    Screen("ensemble-modele", "correspondant", "/idees/atelier/to_answer_now/ensemble/", a_template),
    Screen("contresigner-ensemble", "decideur", "{idea:Des bouchons d'oreilles}etape/countersign_accepted/?file=to_countersign"),
    Screen("idee-appel", "agent2", "{idea:Recevoir sa fiche}"),
    Screen("idee-regroupee", "agent", "{idea:Reprendre les parkas}"),
    Screen("idee-reunie", "agent", "{idea:Une armoire}"),
    Screen("regrouper-repondre", "agent", "{idea:Un bac pour}regrouper/"),
    Screen("regrouper-erreurs", "agent", "{idea:Un bac pour}regrouper/", press("Envoyer ma réponse"), 422),
    Screen("regrouper-suivre", "facilitation", "{idea:Un bac pour}regrouper/"),
    Screen("regrouper-proposer", "facilitation", "{idea:Des balais}regrouper/"),
    Screen("regrouper-proposer-erreurs", "facilitation", "{idea:Des balais}regrouper/", press("Demander aux deux auteurs"), 422),
    Screen("regrouper-separer", "facilitation", "{idea:Reprendre les parkas}regrouper/"),
    Screen("notes", "correspondant", "{idea:Une lampe}notes/"),
    Screen("notes-erreurs", "correspondant", "{idea:Une lampe}notes/", press("Garder cette note"), 422),
    Screen("notes-refusees", "agent", "{idea:Une lampe}notes/", status=403),
    Screen("version", "agent", "{idea:Des crochets}versions/1/"),
    Screen("version-derniere", "agent", "{idea:Des crochets}versions/2/"),
    Screen("version-inconnue", "agent", "{idea:Des crochets}versions/9/", status=404),
    Screen("fichiers", "encadrement", "{idea:Des crochets}fichiers/"),
    Screen("fichiers-erreurs", "encadrement", "{idea:Des crochets}fichiers/", press("Ajouter ce fichier"), 422),
    Screen("fichiers-retirer", "encadrement", "{idea:Des crochets}fichiers/", first_removal),
    Screen("idee-fichiers", "agent", "{idea:Des crochets}"),
    Screen("remercier", "agent", "{idea:Un carnet}merci/"),
    Screen("remercier-erreurs", "agent", "{idea:Un carnet}merci/", press("Envoyer mon merci"), 422),
    Screen("remercier-fait", "agent2", "{idea:Recevoir sa fiche}merci/", status=409),
    Screen("remercier-pas-a-soi", "correspondant", "{idea:Recevoir sa fiche}merci/", status=403),
    Screen("regler-ici-attend", "agent2", "{idea:Une étagère pour}"),
    Screen("regler-ici-repondre", "encadrement", "{idea:Une étagère pour}etape/settle_accepted/"),
    Screen("regler-ici-monter", "encadrement", "{idea:Une étagère pour}etape/go_up/"),
    Screen("regler-ici-monter-erreurs", "encadrement", "{idea:Une étagère pour}etape/go_up/", press("Faire monter à la direction"), 422),
    Screen("regle-ici", "agent2", "{idea:Ranger le tuyau}"),
    Screen("monte-a-la-direction", "correspondant", "{idea:Éclairer le fond}"),
    Screen("conditions", "decideur2", "/idees/atelier/conditions/"),
    Screen("conditions-rien", "decideur2", "/idees/atelier/conditions/?q=zzzz"),
    Screen("condition-remplie", "decideur2", "{idea:Pointer avec}conditions/"),
    Screen("condition-erreurs", "decideur2", "{idea:Pointer avec}conditions/", press("Relire avant de consulter"), 422),
    Screen("condition-relire", "decideur2", "{idea:Pointer avec}conditions/", a_condition_met),
    Screen("idee-conditions", "agent", "{idea:Ouvrir le local à vélos}"),
    Screen("rouvrir", "agent", "{idea:Ouvrir le local à vélos}rouvrir/"),
    Screen("rouvrir-erreurs", "agent", "{idea:Ouvrir le local à vélos}rouvrir/", press("Envoyer ma réponse"), 422),
    Screen("rouvrir-resultat", "agent2", "{idea:Une fontaine}rouvrir/"),
    Screen("idee-rouverte", "agent2", "{idea:Signaler une panne}"),
    Screen("idee-reprise", "agent2", "{idea:Prendre rendez-vous en ligne}"),
    Screen("idee-repondue-ensemble", "agent2", "{idea:Savoir la veille}"),
    Screen("decider", "decideur", "{idea:Un local de repos}etape/decide_accepted/?file=to_decide"),
    Screen("decider-erreurs", "decideur", "{idea:Un local de repos}etape/decide_accepted/", press("Préparer sans annoncer"), 422),
    Screen("file-decider", "decideur", "/idees/atelier/to_decide/"),
    Screen("idee-preparee", "decideur2", "{idea:Une seule signature}"),
    Screen("annonces", "decideur2", "/idees/atelier/annonces/"),
    Screen("annonces-relire", "decideur2", "/idees/atelier/annonces/", one_prepared),
    Screen("mesures-atelier", "decideur2", "/engagements/atelier/"),
    Screen("mesure-responsable", "decideur2", "{measure:Répondre par écrit}"),
    Screen("mesure-nouvelles", "decideur2", "{measure:Répondre par écrit}nouvelles/"),
    Screen("mesure-nouvelles-erreurs", "decideur2", "{measure:Répondre par écrit}nouvelles/", press("Publier les nouvelles"), 422),
    Screen("mesure-etape", "decideur2", "{measure:Répondre par écrit}etape/"),
    Screen("mesure-decaler", "decideur2", "{measure:Répondre par écrit}decaler/"),
    Screen("mesure-indicateur", "decideur2", "{measure:Répondre par écrit}indicateur/"),
    Screen("mesure-mots", "decideur2", "{measure:Répondre par écrit}publier/"),
    Screen("mesure-faite", "decideur2", "{measure:Répondre par écrit}faite/"),
    Screen("mesure-arreter", "decideur2", "{measure:Répondre par écrit}arreter/"),
    Screen("conseil", "elu", "/reponses/conseil/"),
    Screen("conseil-cas", "elu", "/reponses/conseil/cas/?quoi=reponses-en-retard"),
    Screen("conseil-etapes", "elu", "/reponses/conseil/cas/?quoi=mesures-trente-jours"),
    Screen("conseil-signer", "elu", "{to_sign:Arroser la nuit}"),
    Screen("conseil-signer-erreurs", "elu", "{to_sign:Arroser la nuit}", press("Signer la réponse"), 422),
    Screen("conseil-pas-a-soi", "agent", "/reponses/conseil/", status=403),
    Screen("signature-demander", "jury", "{to_sign:Arroser la nuit}demander/"),
    Screen("plan-nouveau", "decideur2", "/engagements/plans/nouveau/"),
    Screen("plan-nouveau-erreurs", "decideur2", "/engagements/plans/nouveau/", press("Commencer le plan"), 422),
    Screen("plan-suivi", "decideur2", "{plan:Une administration}"),
    Screen("plan-composer", "decideur2", "{plan:Une administration}composer/"),
    Screen("plan-composer-erreurs", "decideur2", "{plan:Une administration}composer/", press("Ajouter une mesure"), 422),
    Screen("plan-rapport-brouillon", "decideur2", "{plan:Une administration}rapports/{this_year}/"),
    Screen("plan-rapport-ecrire", "decideur2", "{plan:Une administration}rapports/{this_year}/ecrire/"),
    Screen("plan-rapport-figer", "decideur2", "{plan:Une administration}rapports/{this_year}/figer/"),
    Screen("plan-modifier", "decideur2", "{plan:Une administration}modifier/"),
    Screen("mesure-pas-a-soi", "agent", "{measure:Répondre par écrit}nouvelles/", status=403),
    Screen("idee-devenue-mesure", "agent", "{idea:Des casiers assez hauts}"),
    Screen("annonces-aucune", "decideur", "/idees/atelier/annonces/"),
    # Ballots: those who vote, read, organise
    Screen("scrutins", "agent", "/scrutins/"),
    Screen("scrutins-rien", "agent", "/scrutins/?q=zeppelin"),
    Screen("scrutin-simple", "agent", "{ballot:Le modèle des chaussures}"),
    Screen("scrutin-simple-erreur", "agent", "{ballot:Le modèle des chaussures}", press("Voter"), 422),
    Screen("scrutin-secret", "agent", "{ballot:Faut-il essayer}"),
    Screen("scrutin-secret-relire", "agent", "{ballot:Faut-il essayer}", secret_vote_read_again),
    Screen("scrutin-recu", "agent2", "{ballot:Faut-il essayer}", receipt_of_a_vote, own_context=True),
    Screen("scrutin-a-depouiller", "agent", "{ballot:Le lieu du prochain}"),
    Screen("scrutin-lecteur", "mentor", "{ballot:Le modèle des chaussures}"),
    Screen("scrutin-compte", "agent", "{ballot:Services sobres}"),
    Screen("scrutin-pas-a-soi", "agent", "{ballot:Services sobres}cles/", status=403),
    Screen("scrutin-resultats", "agent", "{ballot:Services sobres}resultats/"),
    Screen("scrutin-resultats-mentions", "agent", "{ballot:Comment aménager}resultats/"),
    Screen("scrutin-resultats-parts", "agent", "{ballot:Cent mille euros}resultats/"),
    Screen("scrutin-recus", "agent", "{ballot:Services sobres}recus/", receipt_looked_for),
    Screen("scrutin-recompter", "agent", "{ballot:Services sobres}recompter/"),
    Screen("cle-fabriquer", "cle1", "{ballot:La charte}cles/"),
    Screen("cle-ouvrir", "cle1", "{ballot:Le lieu du prochain}cles/"),
    Screen("scrutin-papier", "facilitation", "{ballot:Le modèle des chaussures}papier/"),
    Screen("scrutin-bulletin", "facilitation", "{ballot:Le modèle des chaussures}bulletin/"),
    Screen("scrutin-bulletin-gros", "facilitation", "{ballot:Services sobres}bulletin/?gros=1", status=409),
    Screen("scrutins-atelier", "admin", "/scrutins/atelier/"),
    Screen("scrutin-nouveau", "admin", "/scrutins/atelier/nouveau/"),
    Screen("scrutin-nouveau-erreurs", "admin", "/scrutins/atelier/nouveau/", press("Commencer"), 422),
    Screen("scrutin-preparer", "admin", "{desk:La charte}"),
    Screen("scrutin-regles", "admin", "{desk:La charte}regles/"),
    Screen("scrutin-regles-nuit", "admin", "{desk:La charte}regles/", closing_at_night, 422),
    Screen("scrutin-gardiens", "admin", "{desk:La charte}gardiens/", holders_misnamed, 422),
    Screen("scrutin-propositions", "admin", "{desk:Le nom de la nouvelle}propositions/"),
    Screen("scrutin-propositions-erreur", "admin", "{desk:Le nom de la nouvelle}propositions/", press("Ajouter la proposition"), 422),
    Screen("scrutin-ouvrir", "admin", "{desk:Le nom de la nouvelle}ouvrir/"),
    Screen("scrutin-supprimer", "admin", "{desk:La charte}supprimer/"),
    Screen("scrutin-suivre", "admin", "{desk:Faut-il essayer}"),
    Screen("scrutin-annuler", "admin", "{desk:Faut-il essayer}annuler/"),
    Screen("scrutin-atelier-compte", "admin", "{desk:Services sobres}"),
    # A standing panel: asked things between its sessions, and renewed in part
    Screen("panel-permanent-bureau", "moderation", STANDING_DESK),
    Screen("panel-permanent-membres", "moderation", f"{STANDING_DESK}membres/"),
    Screen("panel-releve-tirage", "moderation", f"{TEAM}panel-representatif-releve-1/tirages/1/"),
    Screen("panel-saisines-equipe", "moderation", f"{STANDING_INSIDE}saisines/"),
    Screen("panel-enonces-equipe", "moderation", f"{STANDING_INSIDE}enonces/"),
    Screen("panel-seances-a-preparer", "moderation", f"{STANDING_DESK}seances/"),
    Screen("panel-permanent", None, STANDING),
    Screen("panel-permanent-espace", "panel", STANDING_INSIDE),
    Screen("panel-releve", None, "/panels/panel-representatif-releve-1/"),
    Screen("panel-saisines", None, f"{STANDING}saisines/"),
    Screen("panel-saisines-membres", "panel", f"{STANDING_INSIDE}saisines/"),
    Screen("panel-saisine", "panel", f"{STANDING_INSIDE}saisines/", follow_link("proche à la maison")),
    Screen("panel-saisir", "decideur2", f"{STANDING}saisir/"),
    Screen("panel-seance-a-venir", "panel", f"{STANDING_INSIDE}seances/", follow_link("Le point de la saison")),
    Screen("panel-projet", "panel", f"{STANDING_INSIDE}recommandations/1/"),
    # Panels: what everybody reads, those who register, those who organise, call, watch
    Screen("panels", None, "/panels/"),
    Screen("panel-tire", None, "/panels/premier-accueil/"),
    Screen("panel-inscriptions", None, "/panels/bien-vivre-l-ete/"),
    Screen("panel-brouillon", "agent", "/panels/a-table-a-l-ecole/", status=404),
    Screen("tirage-public", None, f"{DRAWN}4/"),
    Screen("tirage-public-annule", None, f"{DRAWN}3/"),
    Screen("tirage-ceremonie", None, f"{DRAWN}4/ceremonie/"),
    Screen("tirage-verifier", None, f"{DRAWN}4/verifier/"),
    Screen("tirage-verifier-erreur", None, f"{DRAWN}4/verifier/", press("Vérifier mon reçu"), 422),
    Screen("panel-code", None, "/panels/inscription/"),
    Screen("panel-code-erreur", None, "/panels/inscription/", press("Commencer"), 422, own_context=True),
    Screen("panel-la-mienne", None, "/panels/inscription/la-mienne/"),
    Screen("panels-atelier", "moderation", "/panels/atelier/"),
    Screen("panel-nouveau", "admin", "/panels/atelier/nouveau/"),
    Screen("panel-nouveau-erreurs", "admin", "/panels/atelier/nouveau/", press("Commencer"), 422),
    Screen("panel-bureau", "moderation", TO_DRAW),
    Screen("panel-bureau-tire", "moderation", f"{TEAM}demarches-sans-internet/"),
    Screen("panel-bureau-garant", "garant", TO_DRAW),
    Screen("panel-modifier", "moderation", f"{TEAM}a-table-a-l-ecole/modifier/"),
    Screen("panel-equipe", "admin", f"{TO_DRAW}equipe/"),
    Screen("panel-listes", "moderation", f"{TEAM}a-table-a-l-ecole/listes/"),
    Screen("panel-quotas", "moderation", f"{TO_DRAW}quotas/"),
    Screen("panel-quotas-fichier", "moderation", f"{TO_DRAW}quotas/fichier/"),
    Screen("panel-quotas-croiser", "moderation", f"{TO_DRAW}quotas/croiser/"),
    Screen("panel-quotas-garant", "garant", f"{TO_DRAW}quotas/"),
    Screen("panel-assouplir", "moderation", f"{TO_DRAW}quotas/", follow_link("Demander un assouplissement")),
    Screen("panel-assouplissement", "garant", f"{TO_DRAW}quotas/", follow_link("Signer")),
    Screen("panel-jeter", "moderation", f"{TEAM}a-table-a-l-ecole/jeter/"),
    Screen("panel-clore", "moderation", f"{TO_DRAW}clore/"),
    Screen("panel-arreter", "moderation", f"{TO_DRAW}arreter/"),
    Screen("panel-courriers", "moderation", f"{TO_DRAW}courriers/"),
    Screen("panel-lot", "moderation", f"{TO_DRAW}courriers/", first_of_the_table),
    Screen("panel-candidats", "facilitation", f"{TO_DRAW}candidats/"),
    Screen("panel-candidats-rien", "facilitation", f"{TO_DRAW}candidats/?q=P-ZZZZZ"),
    Screen("panel-candidat", "facilitation", f"{TO_DRAW}candidats/?etat=volunteered", first_of_the_table),
    Screen("panel-candidat-retirer", "facilitation", f"{TO_DRAW}candidats/?etat=volunteered", after_the_first("Retirer")),
    Screen("panel-candidat-exclure", "moderation", f"{TEAM}demarches-sans-internet/candidats/?etat=seated", after_the_first("Exclure")),
    Screen("panel-profil", "dpo", f"{TO_DRAW}candidats/?etat=volunteered", after_the_first("profil")),
    Screen("panel-saisie", "facilitation", f"{TO_DRAW}saisie/"),
    Screen("panel-papiers", "facilitation2", f"{TO_DRAW}papiers/"),
    Screen("panel-papier", "facilitation", f"{TO_DRAW}papiers/saisir/"),
    Screen("panel-appels", "facilitation", f"{TO_DRAW}appels/"),
    Screen("panel-tirages", "moderation", f"{TEAM}demarches-sans-internet/tirages/"),
    Screen("panel-tirage", "moderation", f"{TEAM}demarches-sans-internet/tirages/4/"),
    Screen("panel-tirage-profils", "garant", f"{TEAM}demarches-sans-internet/tirages/4/profils/"),
    Screen("panel-places", "moderation", f"{TEAM}demarches-sans-internet/places/"),
    Screen("panel-places-tirage", "moderation", f"{TEAM}demarches-sans-internet/places/tirage/"),
    Screen("panel-place-libre", "moderation", f"{TEAM}demarches-sans-internet/places/", follow_link("Voir qui vient ensuite")),
    Screen("panel-comite", None, "/panels/comite-de-la-piscine-des-roseaux/"),
    Screen("panel-comite-membres", "moderation", f"{TEAM}comite-de-la-piscine-des-roseaux/membres/"),
    # What members do, and their team beside them
    Screen("panel-espace", "panel", INSIDE),
    Screen("panel-espace-equipe", "facilitation", INSIDE),
    Screen("panel-badge", "panel", f"{INSIDE}badge/"),
    Screen("panel-membres", "moderation", f"{AT_WORK}membres/"),
    Screen("panel-bureau-travail", "moderation", AT_WORK),
    Screen("panel-seances", "panel", f"{INSIDE}seances/"),
    Screen("panel-seance", "panel", f"{INSIDE}seances/", follow_link("Décider")),
    Screen("panel-documents", "panel", f"{INSIDE}documents/"),
    Screen("panel-auditions", "panel", f"{INSIDE}auditions/"),
    Screen("panel-indemnites", "panel", f"{INSIDE}indemnites/"),
    Screen("panel-seances-equipe", "moderation", f"{AT_WORK}seances/"),
    Screen("panel-indemnites-equipe", "moderation", f"{AT_WORK}indemnites/"),
    Screen("panel-courriers-membres", "moderation", f"{AT_WORK}courriers-aux-membres/"),
    Screen("panel-recommandations", "panel", f"{INSIDE}recommandations/"),
    Screen("panel-recommandation", "panel", f"{INSIDE}recommandations/1/"),
    Screen("panel-avis-membres", "panel", f"{INSIDE}avis/"),
    Screen("panel-notes", "panel", f"{INSIDE}avis/notes/"),
    Screen("panel-avis", None, "/panels/premier-accueil/avis/"),
    Screen("panel-reponses", None, "/panels/premier-accueil/avis/reponses/"),
    Screen("panel-reponses-a-donner", "decideur", "/panels/reponses/a-donner/"),
    Screen("panel-regle", "moderation", f"{AT_WORK}regle/"),
    Screen("formations", "agent", "/formations/"),
    Screen("formation", "agent", f"{WELCOMING}"),
    Screen("formation-pas-commencee", "agent2", f"{WELCOMING}"),
    Screen("formation-lecon", "agent", f"{WELCOMING}2/"),
    Screen("formation-reflexion", "agent", f"{WELCOMING}5/"),
    Screen("formation-histoire", "agent", f"{WELCOMING}7/"),
    Screen("formation-questions", "agent", f"{WELCOMING}9/"),
    Screen("formation-reussie", "egalite", f"{WELCOMING}9/"),
    Screen("formation-a-deux", "encadrement", f"{WELCOMING}9/"),
    Screen("formation-accompagnement", "formation", "/formations/accompagnement/"),
    Screen("formation-fiches", "agent2", "/formations/fiches/"),
    Screen("formation-seances", "agent", "/formations/sessions/"),
    Screen("formation-seances-organiser", "rh", "/formations/sessions/gestion/"),
    Screen("formation-seance-nouvelle", "rh", "/formations/sessions/gestion/nouvelle/"),
    Screen("formation-animation", "formation", "/formations/animation/"),
    Screen("formation-obligations", "rh", "/formations/obligations/rh/"),
    Screen("formation-obligation", "rh", "/formations/obligations/rh/", follow_link("Accueillir sans discriminer")),
    Screen("formation-version", "rh", "/formations/obligations/rh/?etat=active",
           follow_links("Accueillir sans discriminer", "Demander ce qui a changé")),
    Screen("formation-ce-qui-a-change", "correspondant", WELCOMING),
    Screen("formation-demandees", "agent2", "/formations/obligations/"),
    Screen("formation-obligation-preparer", "rh", "/formations/obligations/rh/preparer/"),
    Screen("formation-completions", "rh", "/formations/obligations/rh/fichiers/"),
    Screen("formation-suivi", "rh", "/formations/suivi/"),
    Screen("formation-suivi-une", "rh", "/formations/suivi/", follow_link("Accueillir sans discriminer")),
    Screen("formation-rappels", "rh", "/formations/rappels/"),
    Screen("formation-rappels-une", "rh", "/formations/rappels/", follow_link("Accueillir sans discriminer")),
    Screen("formation-sans-referent", "rh", "/formations/suivi/sans-referent/"),
    Screen("formation-preuves", "rh", "/formations/preuves/"),
    Screen("formation-attestations-site", "rh", "/formations/attestations/lots/"),
    Screen("formation-equipe", "encadrement", "/formations/equipe/"),
    Screen("formation-referent", "egalite", "/formations/referent/"),
    Screen("formation-attestations", "correspondant", "/formations/attestations/"),
    Screen("formation-verifier", None, "/formations/verifier/"),
    Screen("formation-formes", "agent", "/formations/formes/"),
    Screen("formation-guichet", "facilitation", "/formations/attestations/guichet/"),
    Screen("panel-enonces", "panel", f"{INSIDE}enonces/"),
    Screen("panel-enonces-carte", "panel", f"{INSIDE}enonces/", follow_link("vu par chacun")),
    # Those who print and post the sheets of places
    Screen("affiches", "correspondant", "/affiches/"),
    Screen("affiches-passees", "correspondant", "/affiches/?semaine={last_week}"),
    Screen("affiches-rien", "correspondant", "/affiches/?q=zeppelin"),
    Screen("affiche", "encadrement", "/affiches/", first_sheet),
    Screen("affiche-jour", "encadrement", "/affiches/", wrong_day, 422),
    Screen("lieu", "agent", "/lieux/PRO-TAN/"),
    Screen("lieu-petit", "agent", "/lieux/PRO-RIV/"),
    # Those who carry paper
    Screen("papier", "facilitation", "/papier/"),
    Screen("papier-imprimer", "facilitation", "/papier/imprimer/"),
    Screen("papier-lot", "facilitation", "/papier/lots/nouveau/"),
    # Those who give codes
    Screen("codes", "facilitation", "/connexion/codes/"),
    Screen("code-rendu", "facilitation", "/connexion/codes/", new_code),
    Screen("premier-secret", "facilitation", "/connexion/codes/", first_secret, own_context=True),
    Screen("lettres", "rh", "/connexion/codes/lettres/"),
    Screen("lettres-compte", "rh", "/connexion/codes/lettres/", letters_counted),
    # Staff
    Screen("galerie", "admin", "/galerie/"),
)  # fmt: skip

# Wagtail's own pages, and ours among them: looked at by axe only.
ADMIN = (
    Screen("gestion", "admin", "/gestion/"),
    Screen("gestion-parcours", "admin", "/gestion/parcours/"),
    Screen("gestion-parcours-version", "admin", "/gestion/parcours/edit/{process}/"),
    Screen("gestion-parcours-verifier", "admin", "/gestion/parcours/verifier/{process}/"),
    Screen("gestion-boites", "admin", "/gestion/espaces/boites/"),
    Screen("gestion-modeles", "admin", "/gestion/espaces/boites/modeles/"),
    Screen("gestion-modele", "admin", "/gestion/espaces/boites/modeles/choose-together/"),
    Screen("gestion-points", "admin", "/gestion/qualite/points/"),
    Screen("gestion-evaluations", "admin", "/gestion/qualite/evaluations/"),
    Screen("gestion-evaluation", "admin", "/gestion/qualite/evaluations/new/"),
    Screen("gestion-reserve", "admin", "/gestion/espaces/reserve/"),
    Screen("gestion-unites", "admin", "/gestion/annuaire/unites/"),
    Screen("gestion-roles", "admin", "/gestion/annuaire/roles/"),
    Screen("gestion-adresses-arretees", "admin", "/gestion/adresses-arretees/"),
    Screen("gestion-modeles-reponse", "admin", "/gestion/idees/modeles-de-reponse/"),
    Screen("gestion-modele-reponse", "admin", "/gestion/idees/modeles-de-reponse/new/"),
    Screen("gestion-entonnoir", "admin", "/gestion/rapports-idees/funnel/"),
    Screen("gestion-pages", "edition", "/gestion/pages/"),
    Screen("gestion-bilans", "edition", "/gestion/bilans/"),
    Screen("gestion-citations", "edition", "/gestion/citations/"),
    Screen("citation-demandee", "agent2", "{quote:affiches d}"),
    Screen("citation-accordee", "agent", "{quote:carnet}"),
    Screen("gestion-formations", "edition", "/gestion/formations/parcours/"),
    Screen("gestion-formation", "edition", "/gestion/formations/parcours/add/"),
    Screen("gestion-questions", "edition", "/gestion/formations/questions/"),
    Screen("gestion-questions-fichier", "edition", "/gestion/formations/questions/importer/"),
    Screen("gestion-reponses", "edition", "/gestion/formations/reponses/"),
    Screen("gestion-medias", "edition", "/gestion/formations/medias/"),
)

SCREENS = {screen.name: screen for screen in (*SITE, *ADMIN)}


class Visits:
    """Pages by persona, each signed in once; ``new_page()`` makes one in a context of its own."""

    def __init__(self, served, new_page):
        self.served, self.new_page, self.pages = served, new_page, {}

    def page_for(self, screen: Screen):
        """The persona's page, or a fresh one when the screen changes who is signed in."""
        if screen.own_context:
            return self._signed(screen.who)
        if screen.who not in self.pages:
            self.pages[screen.who] = self._signed(screen.who)
        return self.pages[screen.who]

    def _signed(self, who):
        page = self.new_page()
        if who:
            sign_in(page, self.served.url, who)
        return page
