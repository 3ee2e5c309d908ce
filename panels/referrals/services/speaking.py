"""What members say: their word on a question, kept as a draft or given; that they don't agree with the answer."""

from django.db import transaction
from django.utils.translation import gettext as _

from panels.models import Membership
from panels.services.preparing import WrongState
from src.foundations import clock

from ..enums import ReferralState
from ..models import Disagreement, Referral, Word
from ..models.word import WORD_MAX
from .holding import hold, note, refuse_too_late, speaker, words_of


@transaction.atomic
def keep_word(
    *, actor, referral: Referral, text: str, give: bool = True, membership: Membership | None = None
) -> Word:
    """Keep one's word on an open question, one a member, in the place of the former; until the day promised.

    Not given, it is a draft that its writer alone reads; a word given stays given. ``membership``: the team types a
    slip that came by post. Refuses another kind, an empty word, who doesn't sit.
    """
    held = hold(referral, ReferralState.ACCEPTED)
    one = speaker(actor, held, membership)
    if not held.is_question:
        raise WrongState(_("This referral isn’t an open question."), code="kind")
    refuse_too_late(held, membership)
    text = words_of("text", text, _("Write your word."), WORD_MAX)
    word, _made = Word.objects.get_or_create(
        referral=held, membership=one, defaults={"text": text, "is_given": give, "written_on": clock.today()}
    )
    word.text, word.is_given, word.written_on = text, word.is_given or give, clock.today()
    word.save(update_fields=["text", "is_given", "written_on"])
    return word


@transaction.atomic
def disagree(*, actor, referral: Referral, text: str, membership: Membership | None = None) -> Disagreement | None:
    """Say why one doesn't agree with the answer the team shows; an empty text takes it back, until the publication.

    It is published with the answer, without a name. Refuses who doesn't sit, and before an answer is shown.
    """
    held = hold(referral, ReferralState.ACCEPTED)
    one = speaker(actor, held, membership)
    if not held.answer:
        raise WrongState(_("There is no answer to read yet."), code="early")
    found = Disagreement.objects.filter(referral=held, membership=one)
    if not text.strip():
        found.delete()
        return None
    text = words_of("text", text, "", 2000)
    kept, _made = Disagreement.objects.update_or_create(referral=held, membership=one, defaults={"text": text})
    note("disagreed", held, None)
    return kept
