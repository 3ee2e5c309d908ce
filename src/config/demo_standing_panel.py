"""What the standing panel of the demo city writes of its own: a rule, drafts, an amendment, words of a minority."""

from panels.models import Membership
from panels.opinions.models import Recommendation
from panels.opinions.services import amending, drafting, minority, ruling

FORMS = (
    "Essayer avant d’imprimer",
    "Aucun formulaire n’est imprimé ni mis en ligne avant que six habitantes et habitants l’aient rempli sans aide.",
)
# Proposed by a member, and why.
SIX = (
    "Aucun formulaire n’est imprimé ni mis en ligne avant que six habitantes et habitants, dont deux peu à l’aise "
    "avec l’écrit, l’aient rempli sans aide.",
    "Six personnes à l’aise ne trouvent rien : c’est arrivé avec la cantine.",
)
CALLS = (
    "Une personne au bout du fil",
    "Chaque lettre de la Ville porte un numéro où quelqu’un répond, aux heures où l’on ne travaille pas.",
)
CALLS_AGAIN = (
    "Chaque lettre de la Ville porte un numéro où quelqu’un répond, le soir et le samedi matin aussi.",
    "Dit plus simplement, après lecture à voix haute.",
)
MINORITY = (
    "Répondre le soir demande des postes. Nous ne voulons pas d’un numéro qui sonne dans le vide.",
    "Deux membres du panel",
)


def write_recommendations(story) -> int:
    """Tell them of a panel at work; answers how many drafts came in, none where there is one."""
    if Recommendation.objects.filter(panel=story.panel).exists():
        return 0
    first, second, third = Membership.objects.sitting().filter(panel=story.panel).order_by("number")[:3]
    with story.on(40, 10):
        ruling.write_rule(actor=story.organiser, panel=story.panel, numerator=60, denominator=100, base="expressed")
    drafts = []
    for place, (title, text) in enumerate((FORMS, CALLS)):
        with story.on(26 - place, 19):
            drafts.append(
                drafting.write_draft(actor=second.candidate.account, panel=story.panel, title=title, text=text)
            )
    with story.on(20, 19):
        text, why = SIX
        amendment = amending.propose(actor=third.candidate.account, recommendation=drafts[0], text=text, why=why)
        amending.support(actor=second.candidate.account, amendment=amendment)
    with story.on(12, 20):
        text, name = MINORITY
        minority.write_minority(
            actor=third.candidate.account, panel=story.panel, text=text, recommendation=drafts[1], name=name
        )
    with story.on(3, 19):
        text, note = CALLS_AGAIN
        drafting.write_version(
            actor=second.candidate.account, recommendation=drafts[1], title=CALLS[0], text=text, note=note
        )
        # By the member whom visitors of the demo city play: they may take it back.
        amending.propose(
            actor=first.candidate.account, recommendation=drafts[1], text=f"{text} Il est écrit gros.",
            why="Sans mes lunettes, je ne le lis pas.",
        )  # fmt: skip
    return len(drafts)
