"""The forms of pictures and documents: pictures are made anew at upload, documents are what their name says."""

from django.forms import FileField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from src.foundations import uploads


class PictureField(WagtailImageField):
    """The file of a picture, made anew; Wagtail's own field fails on pixels announced by the billion."""

    def to_python(self, data):
        file = FileField.to_python(self, data)
        return uploads.safe_image(file) if file else None


class TerrainImageForm(BaseImageForm):
    """The form of a picture: the file is drawn again, without its place, its device or its date."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "description" in self.fields and self.instance.pk:
            self.fields["description"].required = True
        if former := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=former.label, required=former.required, max_length=former.max_length, widget=former.widget
            )


class TerrainDocumentForm(BaseDocumentForm):
    """The form of a document: its content is looked at before it is kept."""

    def clean_file(self):
        file = self.cleaned_data.get("file")
        return uploads.safe_document(file) if file and "file" in self.changed_data else file

    def _post_clean(self):
        """Don't say of a refused file that its absence has the wrong ending."""
        refused = list(self.errors.get("file", ()))
        super()._post_clean()
        if refused:
            self._errors["file"] = self.error_class(refused)

    def _update_errors(self, errors):
        """A file that waits for its title was looked at when it came, and isn't asked for again."""
        if "file" not in self.fields:
            getattr(errors, "error_dict", {}).pop("file", None)
        super()._update_errors(errors)
