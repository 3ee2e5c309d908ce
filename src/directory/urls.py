"""Addresses of the sign-in door; of allauth, only what is used is mounted, under our own French addresses."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import include, path, re_path
from wagtail.admin.auth import require_admin_access

from .admin.account import OwnSettingsView
from .views import codes, language, me, signin

_ours = [
    path("connexion/", signin.SignInView.as_view(), name="login"),
    path("connexion/mon-secret/", signin.OwnSecretView.as_view(), name="own_secret"),
    path("connexion/demonstration/", signin.PersonaView.as_view(), name="persona"),
    path("connexion/codes/", codes.ReissueView.as_view(), name="codes"),
    path("connexion/codes/lettres/", codes.LettersView.as_view(), name="letters"),
    path("deconnexion/", signin.SignOutView.as_view(), name="logout"),
    path("langue/", language.choose, name="language"),
    path("moi/", me.MeView.as_view(), name="me"),
    path("moi/mot-de-passe/", me.SecretView.as_view(), name="secret"),
    path("moi/donnees/", me.OwnDataView.as_view(), name="own_data"),
]

urlpatterns = [
    path("", include((_ours, "directory"))),
    # Wagtail's own forms lead to the one door.
    path("gestion/login/", signin.admin_door),
    path("gestion/logout/", signin.SignOutView.as_view()),
    path("gestion/password_reset/", signin.admin_door),
    path("gestion/account/", require_admin_access(OwnSettingsView.as_view())),
    path("_util/login/", signin.page_door),
    # Accounts come from the staff file, rights from roles, superusers from the command line.
    re_path(r"^gestion/(?:users|groups)/", signin.not_here),
    # Names allauth reverses; the addresses are ours.
    path("connexion/", signin.SignInView.as_view(), name="account_login"),
    path("deconnexion/", signin.SignOutView.as_view(), name="account_logout"),
    path("connexion/par-code/", signin.request_code, name="account_request_login_code"),
    path("connexion/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/compte-ferme/", signin.closed_account, name="account_inactive"),
    path("connexion/confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("connexion/confirmer/application/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("connexion/confirmer/cle/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("connexion/verification/", mfa.authenticate, name="mfa_authenticate"),
    path("connexion/securite/", mfa.index, name="mfa_index"),
    path("connexion/securite/application/", totp.activate_totp, name="mfa_activate_totp"),
    path("connexion/securite/application/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("connexion/securite/cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("connexion/securite/cles/ajouter/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("connexion/securite/cles/<int:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("connexion/securite/secours/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("connexion/securite/secours/nouveaux/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("connexion/oidc/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("connexion/oidc/<slug:provider_id>/retour/", oidc.callback, name="openid_connect_callback"),
    path("connexion/oidc-refus/", signin.refused_by_provider, name="socialaccount_login_error"),
    path("connexion/oidc-annulee/", signin.request_code, name="socialaccount_login_cancelled"),
]
