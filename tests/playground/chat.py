"""One person before Teams: the page of an Agents Playground, and what they do in it."""

from __future__ import annotations

from playwright.async_api import Locator, Page

BOT = "Soporte LDTelecom"


class Chat:
    """Reads and writes as a person would, in the place that is open."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def goes_to(self, place: str) -> None:
        """Open a chat or a channel by the name in the list at the left."""
        await self.page.get_by_role("treeitem", name=place, exact=True).click()
        await self._composers.first.wait_for()

    async def writes(self, text: str) -> None:
        """Write in a personal chat."""
        await self._types(self._composers.last, text)
        await self.page.keyboard.press("Enter")

    async def asks(self, text: str) -> None:
        """Write in a group chat, mentioning the assistant."""
        await self._mentions(self._composers.last, text)
        await self.page.keyboard.press("Enter")

    async def posts(self, text: str) -> None:
        """Begin a thread in a channel, mentioning the assistant."""
        await self._mentions(self._composers.first, text)
        await self.page.get_by_role("button", name="Post", exact=True).click()

    async def replies(self, text: str) -> None:
        """Answer in the newest thread of a channel, mentioning the assistant."""
        await self._mentions(self._composers.last, text)
        await self.page.keyboard.press("Enter")

    async def sees(self, text: str) -> Locator:
        """Wait until something is there, anywhere in the open place, and return it."""
        found = self.page.get_by_text(text).last
        await found.wait_for()
        return found

    def card(self, text: str) -> Locator:
        """Return the newest card with these words."""
        return self.page.locator(".ac-adaptiveCard", has_text=text).last

    async def answers(self, label: str) -> None:
        """Press a suggested answer, as a private chat shows them above the composer."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def presses(self, label: str) -> None:
        """Press the newest button of this label."""
        await self.page.locator(".ac-adaptiveCard").get_by_role("button", name=label, exact=True).last.click()

    async def fills(self, answers: dict[str, str]) -> None:
        """Fill in the newest form: what is under each label, typed or chosen."""
        form = self.page.locator(".ac-adaptiveCard:has(.ac-input-container)").last
        for label, answer in answers.items():
            field = form.get_by_label(label).first
            await field.wait_for()
            if await field.get_attribute("role") == "combobox":
                await field.click()
                await self.page.get_by_role("option", name=answer, exact=True).click()
            else:
                await field.fill(answer)

    @property
    def _composers(self) -> Locator:
        return self.page.locator("[role=textbox][contenteditable=true]")

    async def _mentions(self, composer: Locator, text: str) -> None:
        await self._types(composer, "@")
        await self.page.locator("#typeahead-menu [role=menuitem]", has_text=BOT).click()
        await self.page.keyboard.type(f" {text}")

    async def _types(self, composer: Locator, text: str) -> None:
        await composer.click()
        await self.page.keyboard.type(text)
