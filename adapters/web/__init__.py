"""The page: a small chat workspace in the browser, and the adapter that is its server side."""

from __future__ import annotations

from adapters.web.adapter import WebAdapter
from adapters.web.people import Completion, WebChannel, WebPerson
from adapters.web.ports import Workspace

__all__ = [
    "Completion",
    "WebAdapter",
    "WebChannel",
    "WebPerson",
    "Workspace",
]
