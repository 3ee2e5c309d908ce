"""From a report to a text shown again, from a telephone, without script: an agent, a moderator, an author, another moderator."""

import pytest
from playwright.sync_api import expect

from ideas import services
from ideas.models import Idea
from src.directory.enums import Role
from src.foundations.testing import drain_outbox
from src.notices.models import InboxItem
from tests.factories.directory import AgentFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_reported_removed_objected_and_shown_again(city, page_as, accessible):
    """Each reads what happens next; nobody reads who reported."""
    other = AgentFactory(
        username="marc", first_name="Marc", last_name="Delorme", unit=city.site, roles=[(Role.MODERATOR, None)]
    )
    idea = city.opened("Remplacer la cireuse du hall", body="Gaston tombe en panne chaque lundi, et le hall attend.")
    drain_outbox()

    # An agent reports, and could take it back.
    page = page_as(city.reader, js=False)
    page.goto(f"/idees/{idea.reference}/")
    page.get_by_role("link", name="Signaler cette idée").click()
    page.get_by_text("Le texte désigne ou montre une personne").click()
    page.get_by_role("button", name="Signaler", exact=True).click()
    page.get_by_role("heading", name="Vous avez signalé ce texte").wait_for()
    assert page.get_by_role("button", name="Reprendre mon signalement").is_visible()
    drain_outbox()

    # A moderator reads, and removes it.
    page = page_as(city.moderator, js=False)
    page.goto("/idees/atelier/")
    page.get_by_role("link", name="À modérer").click()
    page.get_by_role("link", name="Remplacer la cireuse du hall").first.click()
    page.get_by_label("Ce que vous dites à l’auteur").wait_for(state="attached")
    assert "Paul" not in page.locator("main").inner_text()
    page.get_by_text("Retirer", exact=True).click()
    page.get_by_label("Le texte désigne ou montre une personne").check()
    page.get_by_label("Ce que vous dites à l’auteur").fill("Votre texte semble se moquer d'une personne.")
    page.get_by_role("button", name="Enregistrer et passer").click()
    drain_outbox()

    # Its author reads why, and objects.
    page = page_as(city.author, js=False)
    page.goto(f"/idees/{idea.reference}/")
    assert "Inès R. a lu ce texte" in page.locator("main").inner_text()
    page.get_by_role("link", name="Contester cette décision").click()
    page.get_by_label("Pourquoi votre texte devrait-il être remis").fill("Gaston est le surnom de la machine.")
    page.get_by_role("button", name="Envoyer ma contestation").click()
    expect(page.locator("main")).to_contain_text("Vous avez contesté")
    drain_outbox()

    # Another moderator, never the same, shows it again.
    page = page_as(other, js=False)
    page.goto("/idees/atelier/moderation/?etat=contestations")
    page.get_by_role("link", name="Remplacer la cireuse du hall").first.click()
    page.get_by_text("Remettre le texte", exact=True).click()
    page.get_by_label("Ce que vous répondez à l’auteur").fill("Vous avez raison, Gaston est une machine.")
    page.get_by_role("button", name="Enregistrer et passer").click()
    drain_outbox()

    assert Idea.objects.visible_to(city.reader).get().stage_kind == "open"
    told = InboxItem.objects.filter(user=city.author, code__startswith="ideas.").order_by("pk")
    assert [item.code for item in told][-2:] == ["ideas.removed", "ideas.appeal.answered"]
    assert InboxItem.objects.filter(user=city.reader, code="ideas.report.read").count() == 1


@pytest.mark.parametrize("who", ["reader", "moderator", "author"])
def test_the_pages_of_moderation_are_accessible(city, page_as, accessible, who):
    idea = city.opened("Remplacer la cireuse du hall")
    services.report(idea=idea, actor=city.reader, reason_code="injure", text="Le ton blesse.")
    drain_outbox()
    addresses = {
        "reader": [f"/idees/{idea.reference}/signaler/", "/idees/moderation/"],
        "moderator": ["/idees/atelier/moderation/", f"/idees/{idea.reference}/moderer/?file=1"],
        "author": [f"/idees/{idea.reference}/contester/"],
    }
    if who == "author":
        services.take_off(
            idea=idea, actor=city.moderator, reason_code="injure", text="Le ton blesse une collègue, sans le vouloir."
        )
        drain_outbox()
    page = page_as(getattr(city, who))
    for address in addresses[who]:
        page.goto(address)
        accessible(page)
    assert page.errors == []
