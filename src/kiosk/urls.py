"""Addresses of kiosks, in French and stable."""

from django.urls import path

from .views import devices, door, propose, visit

app_name = "kiosk"

urlpatterns = [
    path("borne/", visit.start, name="start"),
    path("borne/commencer/", visit.begin, name="begin"),
    path("borne/menu/", visit.menu, name="menu"),
    path("borne/presence/", visit.presence, name="presence"),
    path("borne/fin/", visit.end, name="end"),
    path("borne/connexion/", door.KioskDoor.as_view(), name="door"),
    path("borne/proposer/", propose.choose, name="choose"),
    path("borne/proposer/<slug:box>/", propose.propose, name="propose"),
    path("borne/inscrire/", devices.enrol, name="enrol"),
    path("borne/demonstration/", devices.demonstration, name="demonstration"),
    path("borne/appareils/", devices.devices, name="devices"),
    path("borne/appareils/<int:pk>/code/", devices.new_code, name="new_code"),
    path("borne/appareils/<int:pk>/arreter/", devices.stop, name="stop"),
]
