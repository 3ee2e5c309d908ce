"""An idea's walk as people live it, from a telephone, clicking what they read."""

import re

import pytest
from playwright.sync_api import expect

from ideas import services
from ideas.models import Idea
from src.foundations.testing import drain_outbox
from src.participation.models import ContributionDraft
from tests.browser.fixtures import DESKTOP
from tests.ideas_screens.city import ANSWER, BODY, answer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALONE = "La machine à café de l'étage fuit depuis lundi. Un joint neuf coûterait deux euros."


@pytest.mark.parametrize("js", [True, False], ids=["with-script", "without-script"])
def test_an_agent_proposes_from_a_telephone(city, page_as, accessible, js):
    """One screen, two fields, one choice; the receipt says the reference and the date."""
    page = page_as(city.author, js=js)
    page.goto("/idees/")
    page.get_by_role("link", name="Déposer une idée").first.click()
    page.wait_for_url("**/idees/deposer/", wait_until="load")

    page.get_by_label("Qu’est-ce qui pourrait aller mieux, et comment").fill(ALONE)
    if js:
        assert page.get_by_label("Un titre court").input_value().startswith("La machine à café de l'étage fuit")
    else:
        page.get_by_label("Un titre court").fill("Réparer la machine à café")
    page.get_by_text("Nom protégé", exact=True).click()
    page.get_by_role("button", name="Envoyer mon idée").click()

    page.get_by_role("heading", name="Votre idée est reçue").wait_for()
    idea = Idea.objects.get()
    assert idea.reference in page.content()
    assert (idea.identity_mode, idea.author_id) == ("protected", None)
    if js:
        accessible(page)
    drain_outbox()


def test_errors_are_told_with_everything_typed_kept(city, page_as, accessible):
    """The summary takes the focus, its line leads to the field."""
    page = page_as(city.author)
    page.goto("/idees/deposer/")
    page.get_by_label("Qu’est-ce qui pourrait aller mieux, et comment").fill("Trop court")

    page.get_by_role("button", name="Envoyer mon idée").click()

    expect(page).to_have_title(re.compile("^Erreur"))
    expect(page.locator("#erreurs")).to_be_focused()
    page.locator("#erreurs a").first.click()
    expect(page.locator("#id_body")).to_be_focused()
    assert page.locator("#id_body").input_value() == "Trop court"
    accessible(page)
    drain_outbox()


def test_a_draft_survives_a_killed_tab(city, page_as):
    """Typing, five seconds of silence, the tab dies; the next one finds the text again."""
    page = page_as(city.author)
    page.goto("/idees/deposer/")
    page.get_by_label("Qu’est-ce qui pourrait aller mieux, et comment").press_sequentially(
        "Un banc à l'abri, six places"
    )
    page.get_by_text(re.compile("Brouillon enregistré à")).wait_for(timeout=12_000)
    page.close()
    drain_outbox()

    again = page_as(city.author)
    again.goto("/idees/deposer/")

    assert again.locator("#id_body").input_value() == "Un banc à l'abri, six places"
    assert ContributionDraft.objects.count() == 1


@pytest.mark.parametrize("js", [True, False], ids=["script", "no-script"])
def test_what_was_typed_outlives_the_session(city, page_as, accessible, js):
    page = page_as(city.author, js=js)
    page.goto("/idees/deposer/")
    page.get_by_label("Qu’est-ce qui pourrait aller mieux, et comment").fill(BODY)
    page.get_by_label("Un titre court").fill("Un titre qui tient")
    page.get_by_label("Avec mon nom").check()
    signed_in = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="Envoyer mon idée").click()

    expect(page.locator("h1")).to_have_text("Votre session est terminée, votre texte est là")
    assert page.get_by_label("Votre texte").first.input_value() == BODY
    if js:
        accessible(page)
    assert Idea.objects.count() == 0

    page.context.add_cookies(signed_in)  # somebody signs in again, in another tab
    page.get_by_role("button", name="Réessayer l’envoi").click()
    page.wait_for_url("**/recue/")

    assert [idea.body for idea in Idea.objects.all()] == [BODY]
    drain_outbox()


def test_close_ideas_appear_while_typing_and_one_is_supported_instead(city, page_as, accessible):
    """No duplicate: the agent supports the idea that already says it."""
    near = city.opened("Un banc couvert près du portail")
    drain_outbox()
    page = page_as(city.reader)
    page.goto("/idees/deposer/")

    page.get_by_label("Qu’est-ce qui pourrait aller mieux, et comment").fill(
        "Il faudrait un banc couvert près du portail pour attendre au sec."
    )
    button = page.get_by_role("button", name=re.compile("Soutenir celle-ci au lieu de créer un doublon"))
    button.wait_for()
    accessible(page)
    button.click()

    page.wait_for_url(f"**/idees/{near.reference}/")
    assert near.supports.count() == 1
    assert Idea.objects.count() == 1
    drain_outbox()


def test_without_script_close_ideas_come_on_one_step(city, page_as):
    """The server shows them once, then sends."""
    city.opened("Un banc à l'abri près du portail")
    drain_outbox()
    page = page_as(city.reader, js=False)
    page.goto("/idees/deposer/")
    page.get_by_label("Qu’est-ce qui pourrait aller mieux, et comment").fill(BODY)
    page.get_by_text("Avec mon nom").click()
    page.get_by_role("button", name="Envoyer mon idée").click()

    page.get_by_role("heading", name=re.compile("L’une d’elles dit-elle la même chose")).wait_for()
    page.get_by_role("button", name="Envoyer quand même mon idée").click()

    page.get_by_role("heading", name="Votre idée est reçue").wait_for()
    assert Idea.objects.count() == 2
    drain_outbox()


@pytest.mark.parametrize("js", [True, False], ids=["with-script", "without-script"])
def test_a_colleague_supports_and_comments(city, page_as, js):
    """The total moves, the button says its state; the comment is signed."""
    idea = city.opened()
    page = page_as(city.reader, js=js)
    page.goto(f"/idees/{idea.reference}/")

    page.get_by_role("button", name="Soutenir").click()
    page.locator("button[name=soutien][aria-pressed=true]").wait_for()
    page.get_by_label("Votre commentaire").fill("D'accord, si le cahier dit qui a pris quoi.")
    page.get_by_role("button", name="Publier").click()

    page.get_by_text("D’accord, si le cahier dit qui a pris quoi.").wait_for()
    assert "Paul K., accueil" in page.locator("article.comment").inner_text()
    assert idea.supports.count() == 1
    assert page.errors == []
    drain_outbox()


def test_the_direction_studies_and_answers_and_the_author_reads(city, page_as, accessible):
    """Orientation, study with two assessments, decision prepared then announced: the author reads a named answer."""
    idea = city.opened("Un carnet d'entretien partagé pour chaque camion")

    odile = page_as(city.correspondent, DESKTOP)
    odile.goto("/idees/atelier/")
    odile.get_by_role("link", name="À orienter").click()
    odile.get_by_role("link", name=re.compile("Orienter : Un carnet")).click()
    odile.get_by_label("Quelle direction ou quel service répond").select_option(label="Bâtiments")
    odile.get_by_text("Projet à étudier").click()
    odile.get_by_role("button", name="Enregistrer", exact=True).click()
    odile.get_by_role("link", name="Commencer l’étude").or_(
        odile.get_by_role("link", name="Commencer l'étude")
    ).click()
    odile.get_by_label("Karim Diallo").check()
    odile.get_by_label("Fatou Diop").check()
    accessible(odile)
    odile.get_by_role("button", name="Enregistrer", exact=True).click()
    drain_outbox()

    for assessor in city.assessors:
        page = page_as(assessor)
        page.goto(f"/idees/{idea.reference}/evaluer/")
        page.get_by_label("Faisabilité").select_option("4")
        page.get_by_label("Ce que vous en pensez").fill("Simple à faire, et utile.")
        page.get_by_role("button", name="Donner mon évaluation").click()
        page.get_by_text("votre évaluation est gardée").wait_for()

    odile.goto(f"/idees/{idea.reference}/etape/close_study/")
    odile.get_by_label("Réponse proposée").fill("Essayer dans deux dépôts.")
    odile.get_by_role("button", name=re.compile("Terminer l.étude")).click()
    drain_outbox()

    sophie = page_as(city.decider, DESKTOP)
    sophie.goto("/idees/atelier/to_decide/")
    sophie.get_by_role("link", name=re.compile("Un carnet d.entretien")).last.click()
    fields = answer("pilot")
    sophie.get_by_text("Essai", exact=True).click()
    sophie.get_by_label("La réponse officielle, en mots simples").fill(fields["text"])
    sophie.get_by_label("Qui le fera").fill(fields["measure_owner"])
    sophie.get_by_label("Première étape", exact=True).fill(fields["first_milestone"])
    sophie.get_by_label("Date de la première étape").fill(fields["first_milestone_on"].isoformat())
    sophie.get_by_role("button", name="Préparer sans annoncer").click()
    drain_outbox()

    nadia = page_as(city.author)
    nadia.goto(f"/idees/{idea.reference}/")
    assert ANSWER[:40] not in nadia.content()

    sophie.goto("/idees/atelier/annonces/")
    sophie.get_by_label(re.compile("Un carnet d.entretien")).check()
    sophie.get_by_role("button", name="Les relire").click()
    accessible(sophie)
    sophie.get_by_role("button", name="Annoncer").click()
    drain_outbox()

    nadia.reload()
    assert nadia.get_by_role("heading", name="Essai").first.is_visible()
    assert ANSWER[:40] in nadia.content()
    assert "Sophie Lantier" in nadia.content()
    accessible(nadia)


def test_a_fast_answer_takes_four_actions_at_most(city, page_as):
    """From the queue: open, write the answer and its first step, save. What can be known beforehand is filled."""
    idea = city.oriented("La lampe du local à vélos", scale="quick_fix")
    fields = answer()
    page = page_as(city.assessors[0], DESKTOP)
    page.goto("/idees/atelier/to_answer_now/")
    actions = 0

    page.get_by_role("link", name=re.compile("Proposer une réponse")).click()
    actions += 1
    assert page.locator("input[name=outcome][value=accepted]").is_checked()
    assert page.get_by_label("Qui le fera").input_value() == "Bâtiments"
    page.get_by_label("La réponse officielle, en mots simples").fill(fields["text"])
    page.get_by_label("Première étape", exact=True).fill(fields["first_milestone"])
    page.get_by_label("Date de la première étape").fill(fields["first_milestone_on"].isoformat())
    actions += 1
    page.get_by_role("button", name="Enregistrer et passer à la suivante").click()
    actions += 1

    idea.refresh_from_db()
    assert idea.stage_kind == "countersign"
    assert actions <= 4
    drain_outbox()


SAME = (
    "Des bacs à roulettes pour les déchets verts",
    "Bacs à roulettes pour porter les déchets verts",
    "Déchets verts : des bacs à roulettes",
)


def test_forty_ideas_wait_one_that_exists_is_answered_in_four_actions_and_three_alike_in_six(city, page_as):
    """An action: a link, a box, a button, a field that is filled."""
    alike = [city.oriented(title, scale="already_done", body=f"{title} : porter les sacs fait mal.") for title in SAME]
    for number in range(37):
        city.oriented(f"La lampe {number} du couloir {number * 7}", scale="quick_fix")
    drain_outbox()
    fields = answer("already_done")
    page = page_as(city.assessors[0], DESKTOP)

    page.goto("/idees/atelier/to_answer_now/")
    page.get_by_role("link", name=re.compile("Proposer une réponse.*La lampe")).first.click()
    page.get_by_text("Déjà en place", exact=True).click()
    page.get_by_label("La réponse officielle, en mots simples").fill(fields["text"])
    page.get_by_role("button", name="Enregistrer et passer à la suivante").click()
    page.wait_for_url("**/etape/**file=to_answer_now", wait_until="load")

    page.goto("/idees/atelier/to_answer_now/")
    alike_link = page.get_by_role("link", name=re.compile("celles qui disent la même chose.*" + SAME[0]))
    if not alike_link.count():
        page.locator("a[rel=next]").click()
    alike_link.click()
    # What it is was said when they were oriented: the answer's kind is chosen already.
    assert page.locator("input[name=outcome][value=already_done]").is_checked()
    page.get_by_label("La réponse officielle, en mots simples").fill(fields["text"])
    page.get_by_role("button", name="Envoyer à contresigner").click()
    page.wait_for_url("**/atelier/to_answer_now/", wait_until="load")

    assert [Idea.objects.get(pk=one.pk).stage_kind for one in alike] == ["countersign"] * 3
    assert Idea.objects.filter(stage_kind="countersign").count() == 4
    drain_outbox()


def test_the_author_answers_a_question_and_withdraws_another_idea(city, page_as, accessible):
    """Both from « Mes idées », on a telephone."""
    asked, other = city.asked(), city.opened("Changer l'heure de la pause")
    drain_outbox()
    page = page_as(city.author)
    page.goto("/idees/miennes/")
    accessible(page)
    page.get_by_role("link", name=re.compile("Prévenir la veille")).first.click()
    page.get_by_role("link", name="Répondre à la question").click()
    page.get_by_label("Votre réponse").fill("La personne qui ouvre, par SMS.")
    page.get_by_role("button", name="Répondre à la question").click()
    asked.refresh_from_db()
    assert asked.stage_kind == "submitted"

    page.goto(f"/idees/{other.reference}/")
    page.get_by_role("link", name="La retirer").click()
    page.get_by_label("Pourquoi vous la retirez").fill("Réglée en réunion d'équipe.")
    page.get_by_role("button", name="Retirer mon idée").click()
    other.refresh_from_db()
    assert other.stage_kind == "withdrawn"
    drain_outbox()


def test_what_people_write_never_runs(city, page_as):
    """Hostile titles, texts and comments are shown as they were written: nothing runs, nothing is refused by the policy."""
    vector = "<img src=x onerror=alert(1)><script>alert(1)</script>\"'><svg/onload=alert(1)> javascript:alert(1)"
    idea = city.opened(f"Titre {vector}"[:120], body=f"{vector} et une phrase assez longue pour être une idée.")
    services.comment(idea=idea, actor=city.reader, body=vector)
    page = page_as(city.reader)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))

    for address in ("/idees/", f"/idees/{idea.reference}/", "/idees/?q=%3Cscript%3E"):
        page.goto(address)

    assert dialogs == []
    assert page.errors == []
    drain_outbox()
