"""Asking a time-stamp authority (RFC 3161) for its word on when a document was there."""

import urllib.request
from asyncio import run, to_thread
from http.client import HTTPException

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.sign.timestamps.common_utils import set_tsp_headers

from amends.correspondence.sealing.apart import apart

__all__ = ["Authority", "TimestampRequestError", "ask_for_one"]
PATIENCE = 20  # seconds


class Authority(TimeStamper):
    """The authority at an address. Raises TimestampRequestError, an OSError, when it gives no time-stamp."""

    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = url

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Its time-stamp of this digest."""
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except (AttributeError, LookupError, TypeError, ValueError) as wrong:  # an answer to something else
            raise TimestampRequestError(f"{self.url}: {wrong}") from wrong

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Its answer."""
        return await to_thread(self._ask, req.dump())

    def _ask(self, question: bytes) -> tsp.TimeStampResp:
        if not self.url.startswith(("https://", "http://")):
            raise TimestampRequestError(f"{self.url}: http:// or https://")
        request = urllib.request.Request(self.url, question, set_tsp_headers({}))  # noqa: S310 - just looked at
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                said = tsp.TimeStampResp.load(answer.read())
                said.native  # noqa: B018 - read it here and now, where it may be no such thing
        except (OSError, HTTPException, ValueError) as problem:
            raise TimestampRequestError(f"{self.url}: {problem}") from problem
        return said


def ask_for_one(url: str) -> None:
    """Ask for a time-stamp of nothing, to see that one comes. Raises TimestampRequestError if none does."""
    apart(lambda: run(Authority(url).async_timestamp(bytes(32), "sha256")))
