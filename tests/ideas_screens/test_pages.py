"""Every page of ideas is drawn for those it is for."""

from src.foundations.testing import drain_outbox


def test_list_shows_what_one_may_see(city, as_):
    idea = city.opened()

    page = as_(city.reader).get("/idees/")

    assert page.status_code == 200
    assert idea.title.encode().replace(b"'", b"&#x27;") in page.content
    drain_outbox()


def addresses(city):
    opened, asked, decided = city.opened(), city.asked(), city.decided()
    studied, prepared, waiting = city.studied(), city.prepared(), city.countersigned_soon()
    oriented, fast = city.oriented(), city.oriented("Réparer la serrure du vestiaire", scale="quick_fix")
    submitted = city.submitted("Une poubelle de plus à l'arrêt du tram")
    detail = "/idees/{}/".format
    return [
        ("author", "/idees/"),
        ("author", "/idees/deposer/"),
        ("author", "/idees/miennes/"),
        ("author", detail(opened.reference)),
        ("author", detail(asked.reference)),
        ("author", detail(opened.reference) + "recue/"),
        ("author", detail(opened.reference) + "modifier/"),
        ("author", detail(opened.reference) + "retirer/"),
        ("author", detail(asked.reference) + "etape/answer_screening/"),
        ("reader", detail(opened.reference)),
        ("reader", detail(decided.reference)),
        ("reader", detail(studied.reference)),
        ("moderator", "/idees/atelier/"),
        ("moderator", "/idees/atelier/to_screen/"),
        ("moderator", detail(submitted.reference)),
        ("moderator", detail(submitted.reference) + "etape/screen/"),
        ("moderator", detail(submitted.reference) + "etape/ask_screening/"),
        ("moderator", detail(submitted.reference) + "etape/remove/"),
        ("correspondent", "/idees/atelier/to_orient/"),
        ("correspondent", detail(opened.reference) + "etape/orient/"),
        ("correspondent", detail(oriented.reference) + "etape/start_study/"),
        ("correspondent", detail(fast.reference) + "etape/fast_answer/"),
        ("correspondent", detail(oriented.reference) + "etape/propose_transfer/"),
        ("correspondent", detail(studied.reference) + "etape/close_study/"),
        ("correspondent", "/idees/atelier/overdue/"),
        ("assessor", detail(studied.reference) + "evaluer/"),
        ("assessor", "/idees/atelier/to_study/"),
        ("delegate", detail(waiting.reference) + "etape/countersign_accepted/"),
        ("delegate", "/idees/atelier/to_countersign/"),
        ("decider", detail(prepared.reference)),
        ("decider", detail(prepared.reference) + "etape/decide_accepted/"),
        ("decider", "/idees/atelier/to_decide/"),
        ("decider", "/idees/atelier/annonces/"),
    ]


def test_each_page_answers(city, as_):
    failed = []
    people = {**vars(city), "assessor": city.assessors[0]}
    for who, address in addresses(city):
        response = as_(people[who]).get(address)
        if response.status_code != 200:
            failed.append((who, address, response.status_code, response.content[:300]))

    assert failed == []
    drain_outbox()


def test_no_page_speaks_english_or_leaks_a_tag(city, as_):
    """Every page in French, without an unresolved tag, an inline style or an inline script."""
    people = {**vars(city), "assessor": city.assessors[0]}

    for who, address in addresses(city):
        text = as_(people[who]).get(address).content.decode()

        assert 'lang="fr"' in text
        assert [mark for mark in ("{{", "{%", " style=", " onclick=", "<script>") if mark in text] == [], address
    drain_outbox()


def test_a_visitor_is_led_to_the_door_where_signing_in_helps(city, as_):
    idea = city.opened()
    visitor = as_(None)

    answers = {
        address: (visitor.get(address).status_code, visitor.get(address).headers.get("Location", ""))
        for address in (
            "/idees/",
            "/idees/deposer/",
            "/idees/miennes/",
            "/idees/atelier/",
            f"/idees/{idea.reference}/",
        )
    }

    assert answers == {
        "/idees/": (200, ""),
        "/idees/deposer/": (302, "/connexion/?next=/idees/deposer/"),
        "/idees/miennes/": (302, "/connexion/?next=/idees/miennes/"),
        "/idees/atelier/": (302, "/connexion/?next=/idees/atelier/"),
        f"/idees/{idea.reference}/": (404, ""),
    }
    drain_outbox()


def test_a_reference_typed_in_small_letters_is_the_same(city, as_):
    idea = city.opened()

    assert as_(city.reader).get(f"/idees/{idea.reference.lower()}/").status_code == 200
    drain_outbox()
