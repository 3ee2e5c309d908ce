"""Which site, which training, which role."""

from django import forms
from django.utils.translation import gettext_lazy

from src.directory.enums import Role, UnitKind
from src.directory.models import Unit
from src.directory.viewer import as_viewer
from trainings.models import Track

from .plain import PlainForm


def tracks():
    """Trainings with a published version."""
    return Track.objects.filter(versions__isnull=False).distinct().order_by("title", "pk")


class BatchForm(PlainForm):
    """The site whose attestations are printed."""

    site = forms.ModelChoiceField(
        label=gettext_lazy("Site"),
        queryset=Unit.objects.none(),
        empty_label=gettext_lazy("Choose a site"),
        error_messages={
            "required": gettext_lazy("Choose a site."),
            "invalid_choice": gettext_lazy("This site isn’t one of yours."),
        },
    )
    track = forms.ModelChoiceField(
        label=gettext_lazy("Training"),
        queryset=Track.objects.none(),
        required=False,
        empty_label=gettext_lazy("All of them"),
        error_messages={"invalid_choice": gettext_lazy("This training isn’t in the list.")},
    )

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = (
            Unit.objects.filter(as_viewer(viewer).role_condition(Role.HR, "path"), valid_until__isnull=True)
            .exclude(kind__in=(UnitKind.CITY, UnitKind.DIRECTION))
            .order_by("name", "pk")
        )
        self.fields["track"].queryset = tracks()


class CertificateForm(PlainForm):
    """A role, and the training whose certificate it asks for."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("Choose a role")), *Role.choices],
        error_messages={
            "required": gettext_lazy("Choose a role."),
            "invalid_choice": gettext_lazy("This role isn’t in the list."),
        },
    )
    track = forms.ModelChoiceField(
        label=gettext_lazy("Training"),
        queryset=Track.objects.none(),
        empty_label=gettext_lazy("Choose a training"),
        error_messages={
            "required": gettext_lazy("Choose a training."),
            "invalid_choice": gettext_lazy("This training isn’t in the list."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["track"].queryset = tracks()
