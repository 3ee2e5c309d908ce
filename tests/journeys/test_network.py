"""A telephone whose network comes and goes: what is typed stays, what is sent arrives, once."""

from tests.browser.checks import faults
from tests.browser.fixtures import until

WAITS = "[data-waiting-for-network]"
SEND = "Envoyer mon idée"


def writes(person, title):
    """Somebody who has written an idea, about to send it."""
    who = person("agent").sign_in("/idees/deposer/")
    who.write("Qu’est-ce qui pourrait aller mieux", f"{title}. Personne ne sait plus où poser son harnais de grimpe.")
    who.write("Un titre court", title)
    who.choose("Avec mon nom")
    return who


def received(who, title):
    """How often one's own list shows the idea, once its receipt is there; close ideas are shown first, once."""
    who.page.wait_for_load_state("load")
    if "/recue/" not in who.page.url:
        who.press("Envoyer quand même mon idée")
    who.page.wait_for_url("**/recue/")
    who.go("/idees/miennes/")
    return who.page.get_by_role("link", name=title).count()


def test_sent_without_a_network_it_leaves_by_itself_when_it_is_back(person):
    who = writes(person, "Une ardoise à côté du compresseur")
    who.page.context.set_offline(True)

    who.page.get_by_role("button", name=SEND).dblclick()
    until(who.page, f"document.querySelector('{WAITS} [role=status]')?.textContent.length > 0")
    who.reads("Pas de réseau. Ce que vous avez écrit reste sur cette page")
    assert faults(who.page) == []
    with who.page.expect_navigation(timeout=20_000):
        who.page.context.set_offline(False)

    assert received(who, "Une ardoise à côté du compresseur") == 1


def test_an_answer_lost_on_the_way_is_one_idea(person):
    """The server took it, the telephone never knew: coming back finds the text, sending again finds the idea."""
    who = writes(person, "Trois patères derrière la chaudière")
    lost = []

    def taken_and_lost(route):
        if route.request.method != "POST" or lost:
            return route.continue_()
        answer = route.fetch(max_redirects=0)
        if answer.status != 303:
            return route.fulfill(response=answer)
        lost.append(answer.status)
        return route.abort("connectionreset")

    who.page.route("**/idees/deposer/", taken_and_lost)
    who.page.get_by_role("button", name=SEND).click()
    who.page.wait_for_load_state("load")
    if not lost:
        who.page.get_by_role("button", name="Envoyer quand même mon idée").click()
    who.page.wait_for_function("location.href.startsWith('chrome-error')")
    who.go("/idees/deposer/")
    until(who.page, "document.querySelector('[data-autosave-status]').textContent !== ''")
    who.reads("Votre envoi a été coupé")
    who.press(SEND)

    assert (received(who, "Trois patères derrière la chaudière"), lost) == (1, [303])
