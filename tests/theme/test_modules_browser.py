"""The modules in a real Chromium: what they send, what they show, and that every form works without them."""

import json

import pytest

from tests.browser.fixtures import chromium, open_page, until  # noqa: F401
from tests.theme.stage import ORIGIN, Stage, draw, draw_body
from theme.gallery.samples import SampleForm

pytestmark = pytest.mark.browser

FORM = """
<form method="post" action="/envoyer/" data-autosave="/brouillon/" data-autosave-key="idee"
 data-autosave-never="identity=anonymous" novalidate>
{% csrf_field %}<input type="hidden" name="draft" value="">
<label for="id_body">Texte</label><textarea id="id_body" name="body"></textarea>
{% include "theme/c/saved_state.html" only %}
<label for="id_title">Titre</label><input id="id_title" name="title" data-title-from="id_body" data-title-max="40">
<label><input type="radio" name="identity" value="named" checked>Avec mon nom</label>
<label><input type="radio" name="identity" value="anonymous">Anonyme</label>
{% include "theme/c/similar_ideas.html" with fetch_url="/proches/" source="id_body" only %}
<button type="submit" class="btn">Envoyer</button></form>
"""
SAVED = json.dumps({"sentence": "Brouillon enregistré à 14 h 32", "fields": {"draft": "jeton-1"}})


@pytest.fixture
def stage(open_page):  # noqa: F811
    return lambda **options: Stage(open_page(**options))


@pytest.fixture
def writing(stage):
    """The form of an idea with autosave and titles, its clock in the test's hand."""

    def opened(scripts=("autosave.js", "title.js"), body=FORM, **options):
        on = stage(**options)
        on.page.clock.install()
        on.answer("/brouillon/", SAVED)
        on.show("/idees/deposer/", draw_body(body, scripts))
        until(on.page, "document.readyState === 'complete'")
        on.page.clock.run_for(50)
        return on

    return opened


def told(on):
    return on.page.locator("[data-autosave-status]").text_content()


def drafts(on):
    return [fields for path, fields in on.posted if path == "/brouillon/"]


# --- autosave ---------------------------------------------------------------------------------------------------------


def test_draft_is_saved_five_seconds_after_the_last_key(writing):
    on = writing()

    on.page.locator("#id_body").press_sequentially("Un banc")
    on.page.clock.run_for(4_500)
    early = len(drafts(on))
    on.page.clock.run_for(1_000)
    until(on.page, "document.querySelector('[name=draft]').value === 'jeton-1'")

    assert (early, len(drafts(on)), drafts(on)[0]["body"], told(on)) == (
        0,
        1,
        "Un banc",
        "Brouillon enregistré à 14 h 32",
    )
    assert drafts(on)[0]["csrfmiddlewaretoken"] != ""


def test_at_most_fifteen_seconds_of_typing_are_lost(writing):
    on = writing()

    for _second in range(8):
        on.page.locator("#id_body").press_sequentially("a ")
        on.page.clock.run_for(2_000)
    until(on.page, "document.querySelector('[name=draft]').value === 'jeton-1'")

    assert len(drafts(on)) == 1


def test_draft_is_saved_when_the_page_is_hidden(writing):
    on = writing()
    on.page.locator("#id_body").press_sequentially("Un banc")

    with on.page.expect_request("**/brouillon/"):
        on.page.evaluate(
            "Object.defineProperty(document, 'hidden', {value: true}); document.dispatchEvent(new Event('visibilitychange'))"
        )

    until(on.page, "document.querySelector('[name=draft]').value === 'jeton-1'")
    assert drafts(on)[0]["body"] == "Un banc"


def test_nothing_typed_is_nothing_saved(writing):
    on = writing()

    on.page.clock.run_for(60_000)

    assert (on.posted, told(on)) == ([], "")


def test_nothing_is_saved_for_an_anonymous_idea(writing):
    on = writing()
    on.page.locator("[value=anonymous]").check()

    on.page.locator("#id_body").press_sequentially("Un secret")
    on.page.clock.run_for(60_000)

    assert on.posted == []
    assert on.page.evaluate("sessionStorage.length + localStorage.length") == 0


def test_nothing_is_saved_on_a_kiosk(writing):
    on = writing()
    on.page.evaluate("document.documentElement.dataset.mode = 'kiosk'")

    on.page.locator("#id_body").press_sequentially("Un banc")
    on.page.clock.run_for(60_000)

    assert on.posted == []
    assert on.page.evaluate("sessionStorage.length") == 0


def test_offline_text_stays_in_the_tab_and_is_saved_later(writing):
    on = writing()
    on.answer("/brouillon/", "", status=0)

    on.page.locator("#id_body").press_sequentially("Un banc")
    on.page.clock.run_for(5_100)
    until(on.page, "sessionStorage.length === 1")
    offline = told(on)
    on.page.reload()
    kept = on.page.locator("#id_body").input_value()
    on.answer("/brouillon/", SAVED)
    on.page.evaluate("dispatchEvent(new Event('online'))")
    until(on.page, "sessionStorage.length === 0")

    assert offline.startswith("Pas de connexion\u00a0: votre texte reste dans cet onglet")
    assert (kept, told(on)) == ("Un banc", "Brouillon enregistré à 14 h 32")


def test_a_server_that_breaks_keeps_the_text_in_the_tab(writing):
    on = writing()
    on.answer("/brouillon/", "{}", status=500)

    on.page.locator("#id_body").press_sequentially("Un banc")
    on.page.clock.run_for(5_100)
    until(on.page, "sessionStorage.length === 1")

    assert "dans cet onglet" in told(on)


def test_a_refusal_is_told_in_the_servers_words(writing):
    on = writing()
    on.answer("/brouillon/", json.dumps({"detail": "Connectez-vous d’abord."}), status=401)

    on.page.locator("#id_body").press_sequentially("Un banc")
    on.page.clock.run_for(5_100)
    until(on.page, "document.querySelector('[data-autosave-status]').textContent !== ''")

    assert told(on) == "Connectez-vous d’abord."


def test_sending_forgets_the_tabs_copy(writing):
    on = writing()
    on.answer("/brouillon/", "", status=0)
    on.answer("/envoyer/", draw_body("<p>Merci</p>"), kind="text/html")
    on.page.locator("#id_body").press_sequentially("Un banc")
    on.page.clock.run_for(5_100)
    until(on.page, "sessionStorage.length === 1")

    on.page.get_by_role("button", name="Envoyer").click()
    on.page.wait_for_url("**/envoyer/")
    until(on.page, "document.readyState === 'complete'")

    assert on.page.evaluate("sessionStorage.length") == 0


# --- title ------------------------------------------------------------------------------------------------------------


def test_title_follows_the_first_line_until_edited_by_hand(writing):
    on = writing()
    title = on.page.locator("#id_title")

    on.page.locator("#id_body").fill("Un banc à l’abri. Il pleut souvent.\nVoilà.")
    first = title.input_value()
    on.page.locator("#id_body").fill("Une phrase qui est vraiment beaucoup trop longue pour tenir")
    cut = title.input_value()
    title.fill("Mon titre")
    on.page.locator("#id_body").fill("Autre chose")

    assert (first, cut) == ("Un banc à l’abri", "Une phrase qui est vraiment beaucoup")
    assert title.input_value() == "Mon titre"


def test_a_title_already_written_is_kept(writing):
    on = writing(body=FORM.replace('name="title"', 'name="title" value="Déjà là"'))

    on.page.locator("#id_body").fill("Un banc")

    assert on.page.locator("#id_title").input_value() == "Déjà là"


# --- similar ideas ----------------------------------------------------------------------------------------------------


def test_close_ideas_come_a_second_after_the_last_key(writing):
    on = writing(scripts=("similar.js",))
    on.answer("/proches/", "<section><a href='/idees/K7M2QX/'>Un banc</a></section>", kind="text/html")
    text = on.page.locator("#id_body")

    text.press_sequentially("Un banc couvert près du portail")
    on.page.clock.run_for(900)
    early = list(on.posted)
    on.page.clock.run_for(200)
    on.page.wait_for_selector("[data-similar] a")
    text.press_sequentially("  ")
    on.page.clock.run_for(2_000)

    assert early == []
    assert [(path, fields["body"]) for path, fields in on.posted] == [("/proches/", "Un banc couvert près du portail")]


def test_a_short_text_asks_nothing(writing):
    on = writing(scripts=("similar.js",))

    on.page.locator("#id_body").fill("Un banc")
    on.page.clock.run_for(5_000)

    assert on.posted == []


@pytest.mark.parametrize("status", [0, 500])
def test_close_ideas_that_fail_are_not_in_the_way(writing, status):
    on = writing(scripts=("similar.js",))
    on.answer("/proches/", "Erreur", status=status, kind="text/html")

    on.page.locator("#id_body").fill("Un banc couvert près du portail")
    on.page.clock.run_for(1_100)
    on.page.wait_for_timeout(50)

    assert on.page.locator("[data-similar]").inner_html().strip() == ""


# --- support ----------------------------------------------------------------------------------------------------------


def panel(on, supported=False, total=1999):
    body = (
        '{% include "theme/c/support_panel.html" with total=total support_url="/soutenir/" supported=supported '
        'follow_url="/suivre/" following=False back="/idees/K7M2QX/" only %}'
    )
    on.show("/idees/K7M2QX/", draw_body(body, ("support.js",), supported=supported, total=total))
    on.page.wait_for_load_state("networkidle")
    return on.page.get_by_role("button", name="Soutenir")


def test_support_is_given_and_taken_back_without_reloading(stage):
    on = stage()
    button = panel(on)
    on.page.evaluate("window.stayed = true")

    on.answer("/soutenir/", '{"supported": true, "supports": 2000}')
    button.click()
    until(on.page, "document.querySelector('[data-total]').textContent.startsWith('2')")
    given = (
        button.get_attribute("aria-pressed"),
        button.get_attribute("value"),
        on.page.locator("[data-total]").text_content(),
    )
    on.answer("/soutenir/", '{"supported": false, "supports": 1999}')
    button.click()
    until(on.page, "document.querySelector('[data-total]').textContent.startsWith('1')")

    assert given == ("true", "0", "2\u00a0000")
    assert (button.get_attribute("aria-pressed"), button.get_attribute("value")) == ("false", "1")
    assert [(path, fields["soutien"], fields["retour"]) for path, fields in on.posted] == [
        ("/soutenir/", "1", "/idees/K7M2QX/"),
        ("/soutenir/", "0", "/idees/K7M2QX/"),
    ]
    assert on.page.evaluate("window.stayed") is True


def test_follow_leaves_the_total_alone(stage):
    on = stage()
    panel(on)
    on.answer("/suivre/", '{"followed": true}')
    button = on.page.get_by_role("button", name="Suivre les étapes")

    button.click()
    until(on.page, "document.querySelector('[name=suivi]').getAttribute('aria-pressed') === 'true'")

    assert on.page.locator("[data-total]").text_content() == "1\u00a0999"


def test_the_buttons_name_never_changes(stage):
    on = stage()

    assert panel(on, supported=True).get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("status", [0, 500, 303])
def test_any_doubt_sends_the_form_itself(stage, status):
    on = stage()
    button = panel(on)
    body = f"{ORIGIN}/galerie/idee/" if status == 303 else "{}"
    on.answer("/soutenir/", body, status=status)
    sent = []
    on.page.on("request", lambda request: sent.append(request) if request.is_navigation_request() else None)

    button.click()
    on.page.wait_for_timeout(300)

    assert [fields["soutien"] for _path, fields in on.posted][:2] == ["1", "1"]
    assert sent[0].method == "POST"


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("js", [True, False])
def test_the_summary_takes_the_focus_with_and_without_script(stage, js):
    on = stage(js=js)
    body = '<form method="post" novalidate>{{ form }}</form>'

    on.show("/idees/deposer/", draw_body(body, form=SampleForm({})))
    on.page.wait_for_load_state("networkidle")

    assert on.page.locator("[data-error-summary]").evaluate("(e) => e === document.activeElement") is True
    assert on.page.title().startswith("Erreur")


def test_a_line_of_the_summary_leads_to_its_field_with_the_label_in_view(stage):
    on = stage()
    on.show("/idees/deposer/", draw_body('<form method="post" novalidate>{{ form }}</form>', form=SampleForm({})))
    on.page.wait_for_load_state("networkidle")

    on.page.get_by_role("link", name="Choisissez comment vous voulez apparaître.").click()

    assert on.page.evaluate("document.activeElement.id") == "id_identity_0"
    assert on.page.locator("legend").first.is_visible()
    assert on.page.locator("legend").first.bounding_box()["y"] >= 0


# --- without script ---------------------------------------------------------------------------------------------------


def test_support_without_script_posts_the_wanted_state(stage):
    on = stage(js=False)
    on.answer("/soutenir/", "<h1>Fait</h1>", kind="text/html")

    panel(on).click()
    on.page.wait_for_url("**/soutenir/")

    assert on.posted[0][1]["soutien"] == "1"


def test_display_without_script(stage):
    on = stage(js=False)
    on.answer("/affichage/", "<h1>Fait</h1>", kind="text/html")
    on.show("/affichage/")

    on.page.get_by_label("Sombre").check()
    on.page.get_by_role("button", name="Utiliser cet affichage").click()
    on.page.wait_for_load_state()

    assert on.posted[0][1]["theme"] == "sombre"


def test_modules_break_nothing_where_they_have_nothing_to_do(stage):
    on = stage()

    on.show("/idees/", draw_body("<p>Rien.</p>", ("autosave.js", "similar.js", "support.js", "title.js")))
    on.page.wait_for_load_state("networkidle")

    assert on.heard == []


def test_drawn_pages_have_one_form_token_each(stage):
    html = draw("/galerie/deposer/")

    assert html.count("csrfmiddlewaretoken") == html.count('method="post"')


RAIL_FORM = FORM.replace(
    '<label for="id_title">',
    '<input type="hidden" name="en_idee" value=""><div data-rail aria-live="polite"></div><label for="id_title">',
)
PANEL = json.dumps(
    {
        "sentence": "Rien n’est enregistré.",
        "fields": {"draft": ""},
        "panel": "<section id='panneau'><a href='/idees/' data-rail-leave>Quitter</a>"
        "<button type='button' data-rail-go>Continuer</button></section>",
    }
)


def held(writing):
    """A form whose text the server holds back; the tab had kept a copy while offline."""
    on = writing(body=RAIL_FORM)
    on.answer("/brouillon/", "", 0)
    on.page.fill("#id_body", "Mon chef")
    on.page.clock.run_for(5_100)
    until(on.page, "sessionStorage.length === 1")
    on.answer("/brouillon/", PANEL)
    on.page.clock.run_for(15_100)
    until(on.page, "document.getElementById('panneau') !== null")
    return on


def test_a_held_text_shows_the_panel_and_leaves_nothing_in_the_tab(writing):
    on = held(writing)

    kept = on.page.evaluate("[sessionStorage.length, document.querySelector('[name=draft]').value]")

    assert (kept, told(on)) == ([0, ""], "Rien n’est enregistré.")


def test_going_on_is_posted_with_the_text(writing):
    on = held(writing)
    on.answer("/brouillon/", SAVED)

    on.page.get_by_role("button", name="Continuer").click()
    until(on.page, "document.querySelector('[name=draft]').value === 'jeton-1'")

    assert on.posted[-1][1]["en_idee"] == "1"
    assert on.page.locator("#panneau").count() == 0


def test_leaving_posts_nothing_more_and_empties_the_tab(writing):
    on = held(writing)
    on.pages["/idees/"] = draw_body("")
    sent = len(on.posted)

    on.page.get_by_role("link", name="Quitter").click()
    on.page.wait_for_url("**/idees/")

    assert (len(on.posted), on.page.evaluate("sessionStorage.length")) == (sent, 0)


# --- sending ----------------------------------------------------------------------------------------------------------


SENDING = FORM.replace(
    'name="draft" value=""', 'name="draft" value=""><input type="hidden" name="token" value="jeton-a"'
)
WAITS = "[data-waiting-for-network]"


def sent(on):
    return [fields for path, fields in on.posted if path == "/envoyer/"]


def press(on):
    on.page.get_by_role("button", name="Envoyer", exact=True).click(no_wait_after=True)


def offline(on):
    """No network: the browser says so, and nothing answers."""
    on.page.evaluate("Object.defineProperty(navigator, 'onLine', {value: false, configurable: true})")
    on.answer("/healthz", "", status=0)


def online(on):
    on.page.evaluate("Object.defineProperty(navigator, 'onLine', {value: true, configurable: true})")
    on.answer("/healthz", "{}")


def test_without_a_network_a_form_waits_says_so_and_leaves_once(writing):
    on = writing(body=SENDING, scripts=())
    on.answer("/envoyer/", "<h1>Merci</h1>", kind="text/html")
    offline(on)
    on.page.locator("#id_body").fill("Un banc")

    press(on)
    press(on)
    until(on.page, f"document.querySelector('{WAITS} [role=status]')?.textContent.length > 0")
    said = on.page.locator(WAITS).inner_text()
    on.page.clock.run_for(11_000)
    waited = (sent(on), on.page.locator("#id_body").input_value(), on.page.locator(WAITS).count())
    online(on)
    on.page.clock.run_for(5_100)
    on.page.wait_for_url("**/envoyer/")

    assert said.startswith("Pas de réseau. Ce que vous avez écrit")
    assert waited == ([], "Un banc", 1)
    assert [fields["body"] for fields in sent(on)] == ["Un banc"]


def test_what_waits_can_be_called_back(writing):
    on = writing(body=SENDING, scripts=())
    offline(on)
    press(on)
    until(on.page, f"document.querySelector('{WAITS}')")

    on.page.get_by_role("button", name="Ne pas l’envoyer").click()
    online(on)
    on.page.evaluate("dispatchEvent(new Event('online'))")
    on.page.clock.run_for(60_000)

    assert (sent(on), on.page.locator(WAITS).count()) == ([], 0)


def test_pressed_twice_a_form_leaves_once(writing):
    on = writing(body=SENDING, scripts=())
    on.answer("/envoyer/", "<h1>Merci</h1>", kind="text/html")

    on.page.evaluate("const b = document.querySelector('form .btn'); b.click(); b.click(); b.form.requestSubmit(b)")
    on.page.wait_for_url("**/envoyer/")

    assert len(sent(on)) == 1


def test_an_answer_that_never_came_leaves_the_form_as_it_was_with_its_token(writing):
    """The server may have taken it: sent again with the same token, it is the same one."""
    on = writing(body=SENDING, scripts=("autosave.js",))
    on.answer("/envoyer/", "", status=0)
    on.page.locator("#id_body").fill("Un banc")
    on.page.get_by_role("radio").first.check()
    press(on)
    on.page.wait_for_function("location.href.startsWith('chrome-error')")

    on.pages["/idees/deposer/"] = on.pages["/idees/deposer/"].replace("jeton-a", "jeton-b")
    on.page.go_back()
    on.page.wait_for_load_state()
    found = (on.page.locator("#id_body").input_value(), told(on))
    on.answer("/envoyer/", "<h1>Merci</h1>", kind="text/html")
    press(on)
    on.page.wait_for_url("**/envoyer/")

    assert found == (
        "Un banc",
        "Votre envoi a été coupé\u00a0: tout est là. Envoyez de nouveau, il ne comptera qu’une fois.",
    )
    assert [(fields["body"], fields["token"]) for fields in sent(on)] == [("Un banc", "jeton-a")] * 2


def test_a_choice_that_keeps_nothing_keeps_nothing_when_it_leaves(writing):
    on = writing(body=SENDING, scripts=("autosave.js",))
    on.answer("/envoyer/", "<h1>Merci</h1>", kind="text/html")
    on.page.locator("[value=anonymous]").check()
    on.page.locator("#id_body").fill("Un secret")

    press(on)
    on.page.wait_for_url("**/envoyer/")

    assert on.page.evaluate("sessionStorage.length") == 0
