"""Where a request comes from: the address our own proxies vouch for, and how little of it is kept."""

import ipaddress

from django.conf import settings


def client_address(request) -> str:
    """The address of the client, past the proxies settings trust; what a client claims beyond them is ignored."""
    trusted = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    if trusted:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= trusted:
            return hops[-trusted]
    return request.META.get("REMOTE_ADDR", "")


def truncated(address: str) -> str:
    """The network an address is in: /24, or /48 in version 6; empty when it isn't an address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))
