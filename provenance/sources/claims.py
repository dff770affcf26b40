"""What a wrapper claims of the page's address, made safe to pass on."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from provenance.limits import LIMITS

SECRETS = re.compile(
    r"(?i)(?:access_?token|auth_?token|token|sid|sessionid|session_id|phpsessid|jsessionid|password|passwd|pwd|secret|"
    r"api_?key|signature|x-amz-[a-z-]+|x-goog-[a-z-]+|sig|jwt|ticket)"
)
"""Names of query fields that open something: no address that is passed on has them."""


def web_address(text: str | None, limit: int = LIMITS.url_chars) -> str | None:
    """`text` as an http(s) address without user name, password and session tokens; None when it is none.

    Addresses of a saver's own disk (`file:`), of the browser (`about:`) and without a host are none.
    """
    address = re.sub(r"[\t\r\n]", "", (text or "").strip().strip("<>").strip())
    if (
        not re.match(r"https?://", address, re.IGNORECASE)
        or len(address) > limit
        or re.search(r"[\x00-\x1f<>\"]", address)
    ):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if not host:
        return None
    query = "&".join(field for field in parts.query.split("&") if not SECRETS.fullmatch(field.partition("=")[0]))
    netloc = parts.netloc.rpartition("@")[2]
    if netloc == parts.netloc and query == parts.query:
        return address.replace(" ", "%20")
    return urlunsplit(parts._replace(netloc=netloc, query=query)).replace(" ", "%20")
