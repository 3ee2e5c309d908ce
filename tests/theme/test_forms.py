"""Forms drawn by Django with our templates: every control tied to its label, its hint and its error."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from theme.forms import ChoiceLabel
from theme.gallery.samples import SampleForm


@pytest.fixture(autouse=True)
def _french():
    with override("fr"):
        yield


def drawn(form):
    return Template('{% include "theme/c/form_fields.html" with form=form only %}').render(Context({"form": form}))


def test_hint_and_error_are_tied_to_the_control():
    html = drawn(SampleForm({}))

    control = re.search(r"<textarea[^>]*name=\"body\"[^>]*>", html).group(0)
    assert 'aria-invalid="true"' in control
    described = re.search(r'aria-describedby="([^"]*)"', control).group(1).split()
    assert described == ["id_body_helptext", "id_body_error"]
    assert all(f'id="{name}"' in html for name in described)


def test_every_label_leads_to_a_control():
    html = drawn(SampleForm({}))

    labels = re.findall(r'<label[^>]*for="([^"]+)"', html)
    assert len(labels) == 12
    assert [name for name in labels if f'id="{name}"' not in html] == []


def test_radios_are_cards_in_a_named_group():
    html = drawn(SampleForm({}))

    assert re.findall(r'<fieldset aria-describedby="([^"]*)">', html) == ["id_identity_helptext id_identity_error"]
    assert html.count('class="choice"') == 6
    assert "Il reste sous clé." in html and "vos collègues pourraient vous reconnaître." in html


def test_what_is_not_required_says_so():
    html = drawn(SampleForm())

    assert html.count("(facultatif)") == 5
    assert "required" not in re.sub(r'class="[^"]*"', "", html)


def test_optional_is_silent_when_the_form_asks():
    form = SampleForm()
    form.hide_optional = True

    assert "(facultatif)" not in drawn(form)


def test_a_whole_form_starts_with_its_summary():
    html = str(SampleForm({}))

    assert html.index("errsum") < html.index("textarea")
    links = re.findall(r'<li><a href="#([^"]+)">', html)
    assert links == ["id_body", "id_identity_0", "id_read"]
    assert [name for name in links if f'id="{name}"' not in html] == []


def test_a_whole_form_without_error_has_no_summary():
    assert "errsum" not in str(SampleForm())


def test_general_and_hidden_errors_are_in_the_summary():
    class Sent(forms.Form):
        token = forms.UUIDField(widget=forms.HiddenInput)

        def clean(self):
            raise forms.ValidationError("Cette idée a déjà été envoyée.")

    html = str(Sent({}))

    assert re.findall(r"<li>(.*?)</li>", html) == [
        "Cette idée a déjà été envoyée.",
        "Remplissez ce champ pour continuer.",
    ]
    assert html.count('type="hidden"') == 1


def test_errors_say_how_to_repair_in_french():
    class Asked(forms.Form):
        mail = forms.EmailField()
        count = forms.IntegerField(min_value=1)
        name = forms.CharField(max_length=5)
        kind = forms.ChoiceField(choices=[("a", "A")])

    form = Asked({"mail": "x", "count": "0", "name": "trop long", "kind": "z"})

    assert {name: list(errors) for name, errors in form.errors.items()} == {
        "mail": ["Écrivez une adresse complète, par exemple prenom.nom@ville.fr."],
        "count": ["Écrivez un nombre de 1 au moins."],
        "name": ["Raccourcissez à 5 caractères\u00a0: il y en a 9."],
        "kind": ["Choisissez l’une des réponses proposées\u00a0: «\u00a0z\u00a0» n’en fait pas partie."],
    }


def test_errors_are_escaped():
    class Asked(forms.Form):
        kind = forms.ChoiceField(choices=[("a", "A")])

    html = str(Asked({"kind": "<script>"}))

    assert "<script>" not in html


def test_choice_label_reads_as_its_words():
    label = ChoiceLabel("Avec mon nom", "Une phrase.", "")

    assert (str(label), label == "Avec mon nom", label.hints) == ("Avec mon nom", True, ["Une phrase."])
    assert len({label, ChoiceLabel("Avec mon nom")}) == 1


def test_one_box_has_its_words_after_it():
    html = drawn(SampleForm())

    assert re.search(r'<label class="check" for="id_read"><input type="checkbox"[^>]*><span>J’ai lu', html)
