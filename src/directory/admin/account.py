"""One's own settings in the administration: language, theme, notices. Name and face aren't set there."""

from wagtail.admin.views.account import AccountView

# The name comes from the staff file; a portrait would be a file nobody asked for.
NOT_HERE = ("name_email", "avatar")


class OwnSettingsView(AccountView):
    """`/gestion/account/` without what the directory already knows: nobody renames themselves nor sends a portrait."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if panel.name not in NOT_HERE]
