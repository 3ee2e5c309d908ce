"""Wagtail's forms sent without their own fields: a French sentence that says what to do, whoever sends them."""

import pytest
from django.test import RequestFactory
from django.urls import resolve

from src.config.incomplete_forms import IncompleteFormMiddleware
from src.directory.enums import Role
from src.publishing.models import HomePage
from tests.factories.directory import AgentFactory
from tests.security.corpus import forms

pytestmark = pytest.mark.django_db

SENTENCE = "L’adresse ou le formulaire envoyé est incomplet. Revenez en arrière, rechargez la page, puis réessayez."


@pytest.mark.parametrize("role", [Role.EDITOR, Role.ADMINISTRATOR])
def test_a_form_without_its_fields_is_refused_in_words(client, role):
    client.force_login(AgentFactory(roles=[(role, None)]), backend="src.directory.backends.DirectoryBackend")
    home = HomePage.objects.get(slug="accueil")
    edit, copy = f"/gestion/pages/{home.pk}/edit/", f"/gestion/pages/{home.pk}/copy/"
    title = home.title

    for address, data in [
        ("/gestion/choose-external-link/", {}),
        (edit, {}),
        (edit, {"title": "Autre", "slug": "autre"}),
        (edit, {"title": "Autre", "body-count": "beaucoup"}),
        (copy, {}),
        (copy, {"new_title": "Autre", "new_parent_page": "404040404"}),
        (copy, {"new_title": "Autre", "new_parent_page": "ici"}),
        (f"/gestion/pages/add/publishing/dossierpage/{home.pk}/", {"title": "Autre"}),
    ]:
        response = client.post(address, data)
        assert response.status_code == 400, (address, data)
        assert SENTENCE in " ".join(response.content.decode().replace("\u00a0", " ").split()), address

    home.refresh_from_db()
    assert home.title == title
    assert client.get("/gestion/failwhale/").status_code == 404
    assert client.post("/gestion/choose-external-link/", {"external-link-chooser-url": ""}).status_code == 200


@pytest.mark.parametrize(
    "shape",
    ["7", "[]", '"mots"', "true", '{"blocks": 7}', '{"blocks": [7]}', '{"blocks": [{}]}', '{"blocks": [{"text": 7}]}'],
)
def test_an_editors_text_of_another_shape_is_refused_in_words(client, shape):
    client.force_login(AgentFactory(roles=[(Role.EDITOR, None)]), backend="src.directory.backends.DirectoryBackend")
    home = HomePage.objects.get(slug="accueil")
    edit = f"/gestion/pages/{home.pk}/edit/"
    filled = next(form["fields"] for form in forms(client.get(edit).content) if "welcome_text" in form["fields"])

    response = client.post(edit, {**filled, "welcome_text": shape})

    assert response.status_code == 400
    assert SENTENCE in " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_a_fault_of_our_own_code_stays_a_fault():
    request = RequestFactory().post("/gestion/choose-external-link/", {"external-link-chooser-url": "/"})
    request.resolver_match = resolve(request.path)
    try:
        int("ours")
    except ValueError as error:
        assert IncompleteFormMiddleware(lambda request: None).process_exception(request, error) is None
