"""Who may bring activities: the Bot Framework, with a token for this bot, from where answers may go.

The checks of a token are those of `botframework-connector`. Around them stands what 4.17.1 leaves out: a token it
stumbles over is refused rather than an error, an activity has to name its channel and a service that the bot's own
token may be sent to, and keys are fetched elsewhere (`adapters.teams.keys`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from botframework.connector.auth import (
    AuthenticationConfiguration,
    AuthenticationConstants,
    ChannelValidation,
    JwtTokenExtractor,
    SimpleCredentialProvider,
)

from adapters.hosts import is_loopback
from adapters.teams.keys import KeysUnavailableError, SigningKeys

_log = structlog.get_logger(__name__)
KEYS_URL = AuthenticationConstants.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL
CHANNEL = "msteams"


class RefusedError(Exception):
    """An activity is not taken; `status` is what the answer to it says."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class _Extractor(JwtTokenExtractor):  # type: ignore[misc]
    """The SDK's own, with keys that do not hold up the loop."""

    def __init__(self, keys: SigningKeys) -> None:
        self.validation_parameters = ChannelValidation.TO_BOT_FROM_CHANNEL_TOKEN_VALIDATION_PARAMETERS
        self.validation_parameters.algorithms = AuthenticationConstants.ALLOWED_SIGNING_ALGORITHMS
        self.open_id_metadata = keys


class Gate:
    """Checks where an activity comes from.

    Without `app_id` nobody has to prove anything: that is for trying it out on one machine, and then services are
    on this machine, too. `hosts` are those whose services the bot's token may be sent to, with all their subdomains.
    `tenants` are the organisations whose people it talks to; None: all.
    """

    def __init__(
        self, *, app_id: str, keys: SigningKeys, hosts: frozenset[str], tenants: frozenset[str] | None
    ) -> None:
        self._app_id = app_id
        self._hosts = hosts
        self._tenants = tenants
        self._extractor = _Extractor(keys)
        self._credentials = SimpleCredentialProvider(app_id, "")
        self._required = AuthenticationConfiguration().required_endorsements
        self._met: set[str] = set()

    async def check(self, header: str, activity: Mapping[str, Any]) -> None:
        """Let an activity pass.

        Raises:
            RefusedError: it is not for us, or not from whom it says.
        """
        if self._app_id:
            await self._authenticate(header, activity)
        if activity.get("channelId") != CHANNEL:
            raise RefusedError(403, "another channel")
        if not self.trusts(activity.get("serviceUrl")):
            raise RefusedError(403, "a service that is not trusted")
        tenant = tenant_of(activity)
        if self._tenants is not None and tenant not in self._tenants:
            if tenant not in self._met:
                self._met.add(tenant)
                _log.warning("teams.unknown_tenant", tenant=tenant)
            raise RefusedError(403, "an organisation that is not served")

    def trusts(self, service_url: object) -> bool:
        """Tell whether the bot's token may be sent there."""
        try:
            parts = urlsplit(service_url if isinstance(service_url, str) else "")
            host = parts.hostname or ""
        except ValueError:
            return False
        if not self._app_id:
            return parts.scheme == "http" and is_loopback(host)
        if parts.scheme != "https" and not is_loopback(host):
            return False
        return any(host == known or host.endswith(f".{known}") for known in self._hosts)

    async def _authenticate(self, header: str, activity: Mapping[str, Any]) -> None:
        try:
            identity = await self._extractor.get_identity_from_auth_header(
                header, str(activity.get("channelId") or ""), self._required
            )
            identity = await ChannelValidation.validate_identity(identity, self._credentials)
            claimed = identity.get_claim_value(ChannelValidation.SERVICE_URL_CLAIM)
        except KeysUnavailableError as error:
            raise RefusedError(503, "the keys cannot be fetched") from error
        except Exception as error:
            raise RefusedError(401, type(error).__name__) from error
        if not claimed or claimed != activity.get("serviceUrl"):
            raise RefusedError(401, "another service")


def tenant_of(activity: Mapping[str, Any]) -> str:
    """Return the organisation that a conversation belongs to. The SDK's own models lose it."""
    data, conversation = activity.get("channelData"), activity.get("conversation")
    told = data.get("tenant") if isinstance(data, Mapping) else None
    if isinstance(told, Mapping) and isinstance(told.get("id"), str):
        return str(told["id"]).lower()
    found = conversation.get("tenantId") if isinstance(conversation, Mapping) else None
    return found.lower() if isinstance(found, str) else ""
