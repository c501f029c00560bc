"""pydiscourse with the mends that a publisher needs (facts.md, contract 13.1).

Its methods know the forum's routes and parameters; the one method replaced is the one that talks.
There, pydiscourse 1.7.0 waits without a limit, sleeps inside the call on 429 (or fails with
KeyError), takes a redirect for an error, wants one exact content type, prints whole bodies at
debug level and sends paths without ``.json``.
"""

from __future__ import annotations

import json as codec
import time
from collections.abc import Callable, Mapping
from typing import Any

import requests
from pydiscourse import DiscourseClient
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import MaxRetryError, NewConnectionError

from bot.errors import Unavailable
from bot.forum.failures import SERVICE, Reply, failure
from bot.planning.answers import ANSWERS, Outcome

USER_AGENT = "jubo (weekly digest bot)"
_CHUNK = 64 * 1024


class MendedClient(DiscourseClient):  # type: ignore[misc]  # pydiscourse has no types
    """One try a call, bounded in time and size, failing with our errors.

    Args:
        url: The forum's address, without a slash at its end.
        username: Who acts.
        key: The API key; it stands in headers only.
        timeout_seconds: For connecting, for each read, and (three times this) for a whole answer.
        max_bytes: The largest answer that is read.
        pace: Called before each request; waits where the forum's rate limit asks for it.
    """

    def __init__(
        self,
        url: str,
        username: str,
        key: str,
        *,
        timeout_seconds: float,
        max_bytes: int,
        pace: Callable[[], None],
    ) -> None:
        super().__init__(url, username, key, timeout=timeout_seconds)
        self._seconds = timeout_seconds
        self._max_bytes = max_bytes
        self._pace = pace
        self._session = requests.Session()
        self._session.headers.update(
            {
                "Accept": "application/json",
                "Api-Key": key,
                "Api-Username": username,
                "User-Agent": USER_AGENT,
            }
        )
        self.what = "the forum"

    def _request(
        self,
        verb: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        json: Mapping[str, Any] | None = None,
        override_request_kwargs: Mapping[str, Any] | None = None,
    ) -> Mapping[str, Any] | None:
        """What pydiscourse's methods call: the JSON object answered, None for an empty answer."""
        arguments = {"params": params, "files": files, "data": data, "json": json}
        reply = self.send(verb, path, **arguments, **(override_request_kwargs or {}))
        if not 200 <= reply.status < 300:
            raise failure(reply, verb=verb, what=self.what)
        if not reply.body.strip():
            return None
        try:
            decoded = codec.loads(reply.body) if reply.is_json else None
        except (ValueError, RecursionError):
            decoded = None
        if not isinstance(decoded, dict) or decoded.get("errors"):
            raise failure(reply, verb=verb, what=self.what)
        return decoded

    def send(self, verb: str, path: str, **arguments: Any) -> Reply:
        """One request, whatever its answer; redirects are not followed.

        Raises:
            Unavailable: No answer, or one too large. ``ambiguous`` where the request may have
                been carried out.
        """
        address = path if path.endswith(".json") else f"{path}.json"
        self._pace()
        try:
            with self._session.request(
                verb,
                self.host + address,
                allow_redirects=False,
                timeout=(self._seconds, self._seconds),
                stream=True,
                **arguments,
            ) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Reply(response.status_code, headers, self._read(response))
        except requests.RequestException as error:
            raise self._lost(verb, error) from error

    def _read(self, response: requests.Response) -> bytes:
        deadline = time.monotonic() + 3 * self._seconds
        body = bytearray()
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > self._max_bytes:
                raise requests.ConnectionError(f"the answer is larger than {self._max_bytes} bytes")
            if time.monotonic() > deadline:
                raise requests.ReadTimeout("the answer does not end")
        return bytes(body)

    def _lost(self, verb: str, error: requests.RequestException) -> Unavailable:
        unsent = _was_not_sent(error)
        outcome = Outcome.NOT_SENT if unsent else Outcome.LOST
        how = _name(error)
        return Unavailable(
            f"discourse: no answer for {self.what}: {how}; {ANSWERS[outcome].advice}",
            service=SERVICE,
            code=outcome,
            ambiguous=not unsent and verb != "GET",
        )


def _was_not_sent(error: requests.RequestException) -> bool:
    """True where no connection came about, so that nothing can have been carried out."""
    if isinstance(error, ConnectTimeout | requests.exceptions.SSLError):
        return True
    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError):
        cause = cause.reason
    return isinstance(cause, NewConnectionError)


def _name(error: requests.RequestException) -> str:
    """The kind of failure; the library's own text may hold addresses with their parameters."""
    if isinstance(error, requests.Timeout):
        return "timed out"
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not valid"
    return "the connection failed" if _was_not_sent(error) else "the connection was lost"
