"""The form of pictures: made anew at upload."""

from wagtail.images.forms import BaseImageForm

from src.foundations import uploads


class TerrainImageForm(BaseImageForm):
    """The form of a picture: the file is drawn again, without its place, its device or its date."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "description" in self.fields and self.instance.pk:
            self.fields["description"].required = True

    def clean_file(self):
        file = self.cleaned_data.get("file")
        return uploads.safe_image(file) if file and "file" in self.changed_data else file
