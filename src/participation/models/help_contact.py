"""Who can help somebody whose text is a testimony: data of the city, shown by the safe rail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..rail_lexicon import THEMES


class HelpContact(models.Model):
    """A listening cell, a register, a number: shown when a text is noticed, the most concerned first."""

    name = models.CharField(_("name"), max_length=120)
    detail = models.CharField(_("what they do, in one line"), max_length=240, blank=True)
    phone = models.CharField(_("telephone"), max_length=24, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    url = models.URLField(_("page"), blank=True)
    # Empty: whatever was told.
    themes = models.JSONField(_("what they help with"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=50)
    is_shown = models.BooleanField(_("shown"), default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("person or service who can help")
        verbose_name_plural = _("people and services who can help")
        ordering = ["position", "name", "pk"]

    def __str__(self):
        return self.name

    @property
    def theme_words(self) -> str:
        return ", ".join(str(label) for code, label in THEMES if code in self.themes)
