"""What somebody without e-mail is told of their own choice: it came in, and it is theirs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import Category, Means
from ..registry import Notice, register
from .services import CHANGED


@register
class ReachChanged(Notice):
    """The way somebody is told changed, on a screen or by a sheet; whoever didn't ask for it learns it."""

    code = CHANGED
    category = Category.ACCOUNT
    why = gettext_lazy("The way you are told without e-mail has changed.")
    example = {"means": "letter"}

    def subject(self, context):
        return _("Your choice is written: how you are told")

    def text(self, context):
        said = {
            Means.LETTER: _("From now on, your news comes by letter, to your place of work."),
            Means.SMS: _("From now on, your news comes by text message."),
            Means.CALL: _("From now on, a facilitator calls you to tell you your news."),
            Means.NONE: _("From now on, your news waits for you on Terrain."),
        }
        doubt = _("You didn't ask for this? Tell a facilitator, or choose again in My messages.")
        return f"{said[Means(context['means'])]}\n\n{doubt}"

    def url(self, context):
        return "/moi/messages/sans-courriel/"

    def action(self, context):
        return _("See my choice")
