"""From where a request comes."""

import ipaddress

from django.conf import settings

# One household or office has a whole network of this size.
IPV6_NETWORK = 64


def address_of(request):
    """The address of whoever sent it, as the last of our own proxies saw it.

    Anybody may have written what comes before that in X-Forwarded-For.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.PROXY_COUNT
    known = count and len(hops) >= count and hops[-count]
    return network_of(known or request.META.get("REMOTE_ADDR", ""))


def network_of(text):
    """An address without its port; of IPv6 the network, since one person has many."""
    host = text.rpartition(":")[0] if text.count(":") == 1 else text.strip("[]")
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return text[:100]
    if address.version == 6 and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
