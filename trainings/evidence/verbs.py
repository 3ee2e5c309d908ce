"""What the journal says of evidence, in words."""

from django.utils.translation import gettext_lazy as _

from src.foundations import code_words

code_words.register(
    "verb",
    {
        "trainings.evidence_asked": _("Evidence of a mandatory training asked for"),
        "trainings.evidence_taken": _("Evidence of a mandatory training taken"),
        "trainings.heads_printed": _("Page of the ledger’s heads printed"),
    },
)
