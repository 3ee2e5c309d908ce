"""Files sent with several others whose title is still to be put right: Wagtail keeps them aside, as they came."""

from django.apps import apps

from src.foundations import uploads


def make_anew(sender, instance, **kwargs) -> None:
    """Make the picture anew before it is kept aside: the form that ends its wait never sees the file again."""
    model = instance.for_content_type.model_class() if instance.for_content_type else None
    if model is apps.get_model("publishing.TerrainImage") and instance.file and not instance.file._committed:
        instance.file = uploads.safe_image(instance.file)
