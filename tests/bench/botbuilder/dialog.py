"""The intake's eight questions on botbuilder-dialogs, its state in memory. Runs in `.venv-botbuilder`.

Prints turns a second, one round a line. Dates, zones and phones are taken as they come: nothing is read from them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from botbuilder.core import BotAdapter, ConversationState, MemoryStorage, MessageFactory, TurnContext
from botbuilder.dialogs import DialogSet, DialogTurnStatus, WaterfallDialog, WaterfallStepContext
from botbuilder.dialogs.choices import Choice
from botbuilder.dialogs.prompts import ChoicePrompt, PromptOptions, TextPrompt
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount, ResourceResponse

CONVERSATIONS = 200
ROUNDS = 5
IMPACT = ("nobody yet", "one person", "several people", "everyone")
WORKAROUND = ("yes", "no")
QUESTIONS = (
    ("What is happening?", "calls to mobiles keep dropping", ()),
    ("What should happen?", "they should last as long as we talk", ()),
    ("Which service is it?", "trunk 4471", ()),
    ("Who is affected?", "several people", IMPACT),
    ("Is there a way around?", "no", WORKAROUND),
    ("Since when?", "today at 9:15", ()),
    ("In which time zone?", "Bogotá", ()),
    ("Which phone can we call?", "+57 301 555 0142", ()),
)


class Silent(BotAdapter):
    """Takes what is said and sends it nowhere."""

    async def send_activities(self, context: TurnContext, activities: list[Activity]) -> list[ResourceResponse]:
        return [ResourceResponse(id="1") for _ in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:
        raise NotImplementedError

    async def delete_activity(self, context: TurnContext, reference: Any) -> None:
        raise NotImplementedError


def step(text: str, choices: tuple[str, ...]) -> Callable[[WaterfallStepContext], Any]:
    async def ask(waterfall: WaterfallStepContext) -> Any:
        waterfall.values[str(waterfall.index)] = waterfall.result
        options = PromptOptions(prompt=MessageFactory.text(text), choices=[Choice(choice) for choice in choices])
        return await waterfall.prompt("choice" if choices else "text", options)

    return ask


async def finish(waterfall: WaterfallStepContext) -> Any:
    await waterfall.context.send_activity(MessageFactory.text(f"Filed: {waterfall.values}"))
    return await waterfall.end_dialog(waterfall.values)


async def one_round() -> float:
    state = ConversationState(MemoryStorage())
    dialogs = DialogSet(state.create_property("dialog"))
    dialogs.add(TextPrompt("text"))
    dialogs.add(ChoicePrompt("choice"))
    dialogs.add(WaterfallDialog("intake", [*(step(text, choices) for text, _, choices in QUESTIONS), finish]))
    adapter = Silent()
    said = ("new case", *(answer for _, answer, _ in QUESTIONS))
    begun = time.perf_counter()
    for number in range(CONVERSATIONS):
        for count, text in enumerate(said):
            activity = Activity(
                type="message",
                id=f"{number}:{count}",
                text=text,
                locale="en-us",
                channel_id="bench",
                from_property=ChannelAccount(id="ana"),
                recipient=ChannelAccount(id="bot"),
                conversation=ConversationAccount(id=str(number)),
            )
            context = TurnContext(adapter, activity)
            dialog = await dialogs.create_context(context)
            result = await dialog.continue_dialog()
            if result.status is DialogTurnStatus.Empty:
                await dialog.begin_dialog("intake")
            await state.save_changes(context)
        assert result.status is DialogTurnStatus.Complete, result.status
    return CONVERSATIONS * len(said) / (time.perf_counter() - begun)


async def main() -> None:
    for _ in range(ROUNDS):
        print(await one_round())


if __name__ == "__main__":
    asyncio.run(main())
