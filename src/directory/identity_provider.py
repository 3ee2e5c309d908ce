"""The city's OpenID Connect provider, when the environment configures one."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def _apps() -> list[dict]:
    provider = getattr(settings, "SOCIALACCOUNT_PROVIDERS", {}).get("openid_connect", {})
    return [app for app in provider.get("APPS", []) if app.get("client_id")]


def buttons() -> list[dict]:
    """Name and address of each configured provider; an empty list shows no button."""
    return [
        {
            "name": app.get("name") or app["provider_id"],
            "url": reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]}),
        }
        for app in _apps()
    ]


def allow_in_forms(response):
    """Let the sign-in page's form end at the provider: the policy of the site allows our own address alone."""
    origins = []
    for app in _apps():
        server = urlsplit(app.get("settings", {}).get("server_url", ""))
        if server.scheme and server.netloc:
            origins.append(f"{server.scheme}://{server.netloc}")
    if origins:
        response._csp_update = {"form-action": origins}
    return response


def from_environment(environ) -> dict:
    """``SOCIALACCOUNT_PROVIDERS`` for settings, from TERRAIN_OIDC_SERVER_URL, _CLIENT_ID, _SECRET, _NAME.

    Without a server and a client no provider is configured.
    """
    server, client = environ.get("TERRAIN_OIDC_SERVER_URL", ""), environ.get("TERRAIN_OIDC_CLIENT_ID", "")
    if not server or not client:
        return {}
    return {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "ville",
                    "name": environ.get("TERRAIN_OIDC_NAME", "ProConnect"),
                    "client_id": client,
                    "secret": environ.get("TERRAIN_OIDC_SECRET", ""),
                    "settings": {"server_url": server, "token_auth_method": "client_secret_post"},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
