"""What a browser sends: checked word by word before anything believes it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from dialogs.reading.text import clean

EMOJI = {"ticket": "🎫", "eyes": "👀", "white_check_mark": "✅", "pray": "🙏"}
"""The reactions the page offers: short name and sign."""
TEXT_LIMIT = 200_000
"""The longest text taken, in characters."""

Words = Annotated[str, Field(max_length=TEXT_LIMIT), AfterValidator(clean)]
Name = Annotated[str, Field(max_length=2000), AfterValidator(clean)]
Nonce = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{8,64}$")]


class _Act(BaseModel):
    """`nonce` is made by the browser for this one act: sent twice, it is done once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    nonce: Nonce


class _PlacedAct(_Act):
    """`thread` is the id of the post whose thread it happened in."""

    channel: Name
    thread: Name | None = None


class Say(_PlacedAct):
    """A new message; its files come beside it.

    `waited` is how long before it was sent its first key was pressed, in milliseconds: an age rather than a time
    of day, because no two clocks agree.
    """

    text: Words = ""
    waited: Annotated[int, Field(ge=0)] = 0


class Press(_PlacedAct):
    """A button, or an option of a list. `message` is the post it stands under, if it is kept."""

    kind: Literal["pressed"]
    name: Name
    value: Name = ""
    message: Name | None = None


class Invoke(_PlacedAct):
    """A slash command, as it was typed."""

    kind: Literal["invoked"]
    text: Annotated[Words, Field(pattern=r"^/\S")]


class Submit(_PlacedAct):
    """A form, filled in."""

    kind: Literal["submitted"]
    form: Name
    token: Name = ""
    values: Annotated[dict[Name, Words], Field(max_length=100)]


class Edit(_Act):
    """A new text for one's own post."""

    kind: Literal["edited"]
    message: Name
    text: Words


class Delete(_Act):
    """One's own post, taken back."""

    kind: Literal["deleted"]
    message: Name


class React(_Act):
    """An emoji put on a post, or taken away."""

    kind: Literal["reacted"]
    message: Name
    emoji: Literal["ticket", "eyes", "white_check_mark", "pray"]
    added: bool


class Answer(_Act):
    """An answer to an e-mail of the tray, by whoever it was sent to."""

    kind: Literal["answered"]
    letter: Name
    text: Words


Act = Annotated[Press | Invoke | Submit | Edit | Delete | React | Answer, Field(discriminator="kind")]

ACT: TypeAdapter[Press | Invoke | Submit | Edit | Delete | React | Answer] = TypeAdapter(Act)
