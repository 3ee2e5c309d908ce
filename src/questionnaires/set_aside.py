"""How many free answers organisers set aside, in words: part of the method of the results."""

from django.utils.translation import gettext as _

from .models import CodedText


def words(release) -> str:
    """How many were set aside, never a small number; empty when none was. One statement."""
    aside = CodedText.objects.filter(codebook__questionnaire=release.questionnaire_id, set_aside_at__isnull=False)
    number, k = aside.count(), release.content["k"]
    if not number:
        return ""
    if number < k:
        return _(
            "Fewer than %(k)d free answers were set aside by the organisers, because they name or attack somebody: "
            "nobody reads them."
        ) % {"k": k}
    return _(
        "%(n)d free answers were set aside by the organisers, because they name or attack somebody: nobody reads them."
    ) % {"n": number}
