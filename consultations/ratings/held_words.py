"""What a visitor reads when their words bear witness to something grave, in the four languages of their pages.

Numbers are those that answer anybody everywhere in France: the city's own referents help its agents, and their names
aren't given to the public. ``TOLD`` are the words noticed beside the French ones of the safe rail.
"""

import re
import unicodedata
from dataclasses import dataclass

from src.participation import safe_rail
from src.participation.helping import national_numbers
from src.participation.rail_lexicon import DANGER, DISCRIMINATION, HARASSMENT, RACISM, SELF_HARM, SEXUAL


@dataclass(frozen=True, kw_only=True)
class HeldWords:
    """One language of the page; each sentence is easy to read already."""

    title: str
    why: str
    others: str
    kept: str
    copy: str
    leave: str
    go_on: str
    # Phone → who answers.
    numbers: dict[str, str]


FR = HeldWords(
    title="Avant d’envoyer",
    why="Ce que vous écrivez semble grave. L’équipe de ce lieu le lirait. D’autres personnes peuvent vous aider :",
    others="Autres numéros",
    kept="Rien n’est gardé pour le moment.",
    copy="Votre texte, à copier",
    leave="Partir sans rien envoyer",
    go_on="Envoyer quand même à l’équipe",
    numbers={
        "112": "Urgence : police, pompiers, SAMU",
        "3114": "Idées de suicide : jour et nuit, gratuit",
        "3919": "Violences faites aux femmes : gratuit, sans nom",
        "39 28": "Discrimination, racisme : écoute et conseil",
        "116 006": "Aide aux victimes : tous les jours",
    },
)
EN = HeldWords(
    title="Before you send",
    why="What you write seems serious. The team of this place would read it. Other people can help you:",
    others="Other numbers",
    kept="Nothing is kept for now.",
    copy="Your text, to copy",
    leave="Leave without sending",
    go_on="Send it to the team anyway",
    numbers={
        "112": "Emergency: police, fire, ambulance",
        "3114": "Thoughts of suicide: day and night, free",
        "3919": "Violence against women: free, no name asked",
        "39 28": "Discrimination, racism: they listen and advise",
        "116 006": "Help for victims: every day",
    },
)
PT = HeldWords(
    title="Antes de enviar",
    why="O que escreve parece grave. A equipa deste local iria ler. Outras pessoas podem ajudar:",
    others="Outros números",
    kept="Por agora, nada fica guardado.",
    copy="O seu texto, para copiar",
    leave="Sair sem enviar",
    go_on="Enviar mesmo assim à equipa",
    numbers={
        "112": "Emergência: polícia, bombeiros, ambulância",
        "3114": "Ideias de suicídio: dia e noite, gratuito",
        "3919": "Violência contra as mulheres: gratuito, sem nome",
        "39 28": "Discriminação, racismo: escuta e conselho",
        "116 006": "Apoio às vítimas: todos os dias",
    },
)
AR = HeldWords(
    title="قبل الإرسال",
    why="ما تكتبه يبدو خطيرًا. سيقرأه فريق هذا المكان. يمكن لأشخاص آخرين مساعدتك:",
    others="أرقام أخرى",
    kept="لم يُحفظ أي شيء حتى الآن.",
    copy="نصّك، لنسخه",
    leave="المغادرة من دون إرسال",
    go_on="إرساله إلى الفريق رغم ذلك",
    numbers={
        "112": "طوارئ: الشرطة والإطفاء والإسعاف",
        "3114": "أفكار انتحارية: ليلًا ونهارًا، مجانًا",
        "3919": "العنف ضد النساء: مجانًا، من دون اسم",
        "39 28": "التمييز والعنصرية: إصغاء ونصيحة",
        "116 006": "مساعدة الضحايا: كل يوم",
    },
)
ALL = {"fr": FR, "en": EN, "pt": PT, "ar": AR}

# Stems, over small letters without accents: what a testimony sounds like in the languages the French rule can't read.
TOLD = {
    HARASSMENT: (
        r"\b(harass|bull(y|ied)|humiliat|threaten|yell(ed|s) at me|shouted? at me|insult(ed|s) me|spat (at|on) me)",
        r"\b(hit|slapped|pushed|grabbed|beat) me\b",
        r"\b(assedi|humilh|ameac|insult(ou|aram)|gritou comigo|gritaram comigo|bateu me|bateram me|empurrou me)",
        r"(تحرش|اهان|يهين|هدد|يهدد|شتم|يشتم|ضربني|صرخ (في وجهي|علي))",
    ),
    SEXUAL: (
        r"\b(raped|rapist|groped|sexually|touched my (body|breast|thigh|bottom)|sexist)",
        r"\b(violac|violou|apalp|sexualmente|sexista)",
        r"(اغتصب|اغتصاب|لمس جسدي|تحرش جنسي|جنسيا)",
    ),
    RACISM: (r"\b(racis[mt]|antisemit|islamophob)", r"\b(racis[mt]|antissemit|islamofob)", r"(عنصري|معاداة السامية)"),
    DISCRIMINATION: (
        r"\bdiscrimina",
        r"\bbecause (i am|i m|of my) "
        r"(black|arab|muslim|jewish|gay|disabled|pregnant|skin|accent|religion|veil|headscarf)",
        r"\bpor (eu )?ser (negr|arabe|muculman|jude|gay|deficient|estrangeir)",
        r"(تمييز|ميزوا ضدي|بسبب (لوني|ديني|حجابي|اصلي|لهجتي|اعاقتي))",
    ),
    SELF_HARM: (
        r"\b(suicid|kill myself|end my life|want to die)",
        r"\b(suicid|matar me|acabar com a (minha )?vida|quero morrer)",
        r"(انتحار|انتحر|اقتل نفسي|اريد ان اموت)",
    ),
    DANGER: (r"\b(with a (knife|gun)|stabbed)", r"\b(com uma (faca|arma)|esfaque)", r"(بسكين|بسلاح|طعنني)"),
}
_TOLD = {theme: re.compile("|".join(f"(?:{line})" for line in lines)) for theme, lines in TOLD.items()}
_ALEFS = str.maketrans("أإآىة", "اااية")


def themes_of(text: str, language: str) -> frozenset[str]:
    """Themes a visitor's words bear witness to; reads and writes nothing.

    The French rule reads every page. The stems of the other languages read the pages that aren't in French: half of
    them are French words too, which propose as often as they accuse.
    """
    found = safe_rail.notices(text)
    if language == "fr":
        return found
    plain = _plain(text[: safe_rail.READ])
    return found | {theme for theme, pattern in _TOLD.items() if pattern.search(plain)}


def numbers_for(themes: frozenset[str], language: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(phone, who answers) of those concerned, then of the others."""
    said = ALL[language].numbers
    near = [one.phone for one in national_numbers() if themes & set(one.themes)]
    rest = [one.phone for one in national_numbers() if one.phone not in near]
    return [(phone, said[phone]) for phone in near], [(phone, said[phone]) for phone in rest]


def _plain(text: str) -> str:
    """Small letters without accents, vowel signs or variants of one letter; words parted by one space."""
    parted = unicodedata.normalize("NFD", text.casefold().translate(_ALEFS))
    bare = "".join(one for one in parted if not unicodedata.combining(one))
    return re.sub(r"[\W_]+", " ", bare)
