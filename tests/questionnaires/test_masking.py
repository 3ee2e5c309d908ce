"""Names taken out of somebody's words."""

import pytest

from src.questionnaires import masking


@pytest.mark.parametrize(
    ("text", "hidden", "shown"),
    [
        ("Merci à Malika, malika sait tout.", ["Malika"], "Merci à […], […] sait tout."),
        ("Le bureau de M. Le Goff.", ["Le Goff"], "Le bureau de M. […]."),
        ("Marc est parti, le marché aussi.", ["Marc"], "[…] est parti, le marché aussi."),
        ("Écrire à j.dupont@ville.example ou au 06 12 34 56 78.", [], "Écrire à […] ou au […]."),
        ("Trois semaines, 2 000 euros, le 12.06.", ["", "  "], "Trois semaines, 2 000 euros, le 12.06."),
        ("a.b*c", ["b*c"], "a.[…]"),
    ],
)
def test_words_are_hidden_never_rewritten(text, hidden, shown):
    assert masking.masked(text, hidden) == shown


def test_what_may_be_a_name_is_pointed_at():
    text = "Madame Haddad aide. Le chef, Karim, aussi. Au dépôt de l'Île. M. Roux. Bravo !"

    assert masking.possible_names(text) == ["Haddad", "Karim", "Île", "Roux"]
    assert masking.words_of(" Karim , Le  Goff; Karim,,") == ["Karim", "Le Goff"]
