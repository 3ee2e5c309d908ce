"""Films, sounds and captions of lessons, for agents."""

from django.views.decorators.http import require_safe

from trainings.media_files import piece_of
from trainings.models import LessonFile

from .gate import agents, missing


@require_safe
@agents
def media(request, media):
    """One file, or the piece of it that a player asks for."""
    found = LessonFile.objects.filter(reference=media[:6]).first()
    if found is None:
        raise missing()
    return piece_of(found, request.headers.get("Range", ""))
