"""The paper version of a registration: its own sheet, typed by two people from the desk of the panel."""

from django.utils.translation import gettext_lazy

from src.paper import registry

from .forms.registration import RegistrationForm

registry.register_room_sheet(
    registry.RoomSheet(
        key="panel",
        title=gettext_lazy("Registration for a panel"),
        forms=(RegistrationForm,),
        addresses=("panels/inscription/questions/",),
    )
)
