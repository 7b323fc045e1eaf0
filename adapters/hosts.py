"""Which machines are this one."""

from __future__ import annotations

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Tell whether a host, by name or address, is this machine, where nobody else listens in."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
