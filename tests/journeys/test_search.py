"""Looking for something, with a keyboard, with a slip, without script."""


def test_the_slash_key_leads_to_the_results_and_can_be_turned_off(person):
    nadia = person("agent", shape=(1280, 900)).sign_in("/idees/")
    page = nadia.page

    page.keyboard.press("/")
    page.keyboard.type("camoin", delay=5)
    page.keyboard.press("Enter")
    page.wait_for_url("**/recherche/?q=camoin")
    nadia.reads("Aucun résultat pour « camoin ». Résultats pour « camion »").finds_no_fault()
    # In a field it is a sign like another.
    page.locator("#id_q").focus()
    page.keyboard.type("/")
    assert page.locator("#id_q").input_value().endswith("/")

    nadia.click("Chercher exactement « camoin »").reads("Aucun résultat pour « camoin »").finds_no_fault()
    nadia.go("/affichage/").page.get_by_label("La touche / mène à la recherche").uncheck()
    page.locator("main form button[type=submit]").click()
    nadia.go("/idees/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_without_script_on_a_phone_results_are_narrowed_and_given_back(person):
    visitor = person(None, js=False).go("/recherche/?q=equipe")

    visitor.reads("résultats")
    visitor.page.locator("summary").click()
    visitor.click("Bilans").reads("sur")
    visitor.click("Retirer tous les filtres")
    assert "genre" not in visitor.page.url
