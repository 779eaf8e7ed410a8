from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself, so that nobody can read along on the way."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
