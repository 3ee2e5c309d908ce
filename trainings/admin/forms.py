"""The forms of editors: what publishes is checked whole, and all that is wrong is told at once."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .. import media_files
from ..checking import faults_of_bank, faults_of_track
from ..models import TrackVersion


class TrackForm(WagtailAdminModelForm):
    """A draft may lack anything; a publication nothing."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        published = self.instance.pk and TrackVersion.objects.filter(track=self.instance.pk).first()
        if published and published.structure["slug"] != slug:
            raise ValidationError(_("The address of a published track stays: %(slug)s.") % published.structure)
        return slug

    def _post_clean(self):
        super()._post_clean()
        if "action-publish" in self.data and not self.errors:
            for sentence in faults_of_track(self.instance):
                self.add_error(None, sentence)


class BankForm(WagtailAdminModelForm):
    """A bank has no draft: what is saved may be drawn."""

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            for sentence in faults_of_bank(self.instance):
                self.add_error(None, sentence)


class LessonFileForm(WagtailAdminModelForm):
    """A file is what its name and its kind say; it isn't exchanged afterwards, since versions name its fingerprint."""

    def clean(self):
        cleaned = super().clean()
        file, kind = cleaned.get("file"), cleaned.get("kind")
        if file and kind and "file" in self.changed_data:
            if self.instance.pk:
                self.add_error("file", _("A published lesson may play this file: send the new one as another file."))
                return cleaned
            try:
                self.instance.sha256, self.instance.size = media_files.check(file, kind)
            except ValidationError as refusal:
                self.add_error("file", refusal)
        elif self.instance.pk and "kind" in self.changed_data:
            self.add_error("kind", _("The kind of a file stays."))
        return cleaned
