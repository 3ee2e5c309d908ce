"""Elections of staff representatives aren't held here: how they are recognised, and what is answered."""

import re
import unicodedata

from django.utils.translation import gettext as _

# Said in full, they are what the law keeps for itself.
_SAID = re.compile(
    r"\b(elections? professionnelles?"
    r"|(?:delegue|representant)[-·.()es]* (?:du|des) (?:personnel|salarie)"
    r"|comites? social\w* (?:territorial|economique|et economique|d.administration)"
    r"|commissions? (?:administratives?|consultatives?) paritaires?)"
)
# Known by their initials, in capitals: a "cap" for the year elects nobody.
_INITIALS = re.compile(r"\b(CSE|CST|CAP|CCP|CSA|CHSCT|CT)\b")
_ELECTS = re.compile(
    r"\b(eli(?:re|sons|sez|t)|elu(?:e|s|es)?|elect\w*|candidat\w*|siege\w*|represent\w*|design\w*|listes?)\b"
)


def _plain(text: str) -> str:
    """Lower case, without accents."""
    cut = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return " ".join("".join(sign for sign in cut if not unicodedata.combining(sign)).split())


def looks_like_one(*texts: str) -> bool:
    """Whether these words announce an election of staff representatives."""
    whole = " ".join(texts)
    plain = _plain(whole)
    return bool(_SAID.search(plain)) or bool(_INITIALS.search(whole) and _ELECTS.search(plain))


def refusal() -> str:
    """Why such an election isn't held here, and where to go."""
    return _(
        "Staff representatives are not elected here. The law sets how their vote is held: the general code of the "
        "civil service (articles L. 211-1 and following), and, by electronic means, decree 2014-793 of 9 July 2014, "
        "with an independent expert’s report and the security objectives of CNIL deliberation 2019-053. Ask the human "
        "resources directorate: it holds the vote with a provider whose system was examined for it."
    )
