"""The whole assistant, as `ldsupport try` runs it, used in real browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.page import Assistant, running

SUMMARY = "[data-name='dialog.send']"


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    (tmp_path / "support.toml").write_text('times.undo = "1 second"', "utf-8")
    async with running(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/support.db") as started:
        yield started


async def start(page: Page, text: str) -> Locator:
    """Write to the channel, and return the thread in which the assistant answers."""
    await page.locator(".channel > .composer textarea").fill(text)
    await page.keyboard.press("Enter")
    thread = page.locator(".thread").last
    await expect(thread.locator(".replies .message")).to_have_count(1)
    return thread


async def say(thread: Locator, text: str) -> None:
    """Answer in the thread, and wait until the assistant has said the next thing."""
    said = await thread.locator(".replies .message").count()
    await thread.locator(".composer textarea").fill(text)
    await thread.locator(".composer textarea").press("Enter")
    await expect(thread.locator(".replies .message")).to_have_count(said + 1)


async def press(thread: Locator, name: str) -> None:
    """Press the newest button of a name, and wait until the assistant has said the next thing."""
    said = await thread.locator(".replies .message").count()
    await thread.locator(f"[data-name='{name}']").last.click()
    await expect(thread.locator(".replies .message")).to_have_count(said + 1)


async def drop(thread: Locator, name: str, content: str) -> None:
    """Drop a text file from outside the browser onto a thread."""
    page = thread.page
    box = await thread.locator(".inside").bounding_box()
    assert box is not None
    data = await page.evaluate_handle(
        """([name, content]) => {
            const data = new DataTransfer();
            data.items.add(new File([content], name, {type: "text/plain"}));
            return data;
        }""",
        [name, content],
    )
    point = {"clientX": box["x"] + 40, "clientY": box["y"] + box["height"] - 8}
    for event in ("dragover", "drop"):
        await page.dispatch_event(".channel", event, {"dataTransfer": data, **point})


async def until_summary(thread: Locator, answers: dict[str, str]) -> None:
    """Answer whatever is asked: by the words given for it, or by skipping it."""
    for _ in range(9):
        if await thread.locator(SUMMARY).count():
            return
        question = await thread.locator(".replies .post").last.inner_text()
        known = [answer for words, answer in answers.items() if words in question]
        if known and known[0].startswith("["):
            await press(thread, known[0].strip("[]"))
        elif known:
            await say(thread, known[0])
        else:
            await press(thread, "dialog.skip")
    raise AssertionError(await thread.inner_text())


def card_of(page: Page) -> Locator:
    return page.locator("[data-channel='desk'] .root").first


async def fill_in(page: Page, opener: str, text: str) -> None:
    """Open a form from the card, write into it and send it."""
    await card_of(page).locator(f"[data-name='{opener}']").click()
    await page.locator("dialog.form textarea").first.fill(text)
    await page.locator("dialog.form .button.primary").click()
    await expect(page.locator("dialog.form")).to_have_count(0)


async def test_a_case_in_spanish_with_a_dropped_file_is_answered_from_another_tab(
    assistant: Assistant, visit: Visit
) -> None:
    ana, marta = await visit(assistant.url, "ana"), await visit(assistant.url, "marta")
    thread = await start(
        ana, "No salen llamadas por la troncal SIP 4471 desde ayer a las 9:15 hora de Lima, afecta a toda la oficina."
    )
    await drop(thread, "registro.txt", "09:15 SIP 503")
    await expect(thread.locator(".chip")).to_contain_text("registro.txt")
    await say(thread, "Aquí va el registro")
    await until_summary(thread, {"debería pasar": "Que timbre del otro lado"})
    await expect(thread.locator(".replies .post").last).to_contain_text("troncal SIP 4471")
    await press(thread, "dialog.send")
    await expect(thread.locator(".replies .post").last).to_contain_text("LD-1")

    card = card_of(marta)
    await expect(card).to_contain_text("LD-1")
    await expect(card).to_contain_text("Ana Quispe")
    async with marta.expect_download() as download:
        await marta.locator("[data-channel='desk']").get_by_role("link", name="registro.txt").first.click()
    assert Path(await (await download.value).path()).read_text() == "09:15 SIP 503"
    await card.locator("[data-name='case.take']").click()
    await expect(card).to_contain_text("Marta")
    await fill_in(marta, "case.reply", "Ya cambiamos la ruta, ¿puede probar?")
    await expect(thread).to_contain_text("Ya cambiamos la ruta, ¿puede probar?")
    await fill_in(marta, "case.note", "Era la ruta de Lima")
    await fill_in(marta, "case.resolve", "Se corrigió la ruta.")
    await expect(thread).to_contain_text("Se corrigió la ruta.")
    await expect(thread).not_to_contain_text("Era la ruta de Lima")


async def test_a_case_in_english_and_nobody_of_another_company_sees_it(assistant: Assistant, visit: Visit) -> None:
    luis, ana = await visit(assistant.url, "luis", language="en"), await visit(assistant.url, "ana")
    marta = await visit(assistant.url, "marta")
    thread = await start(luis, "Calls to our main number have been dropping since 8 am, several people are affected")
    await until_summary(thread, {"happen instead": "Calls should stay connected", "workaround": "no"})
    await press(thread, "dialog.send")
    await expect(thread.locator(".replies .post").last).to_contain_text("LD-1")
    await expect(card_of(marta)).to_contain_text("Luis Ferrer")
    await fill_in(marta, "case.reply", "We are rerouting your calls now.")
    await expect(thread).to_contain_text("We are rerouting your calls now.")
    await expect(ana.locator(".post")).to_have_count(0)


async def test_the_process_is_killed_in_mid_form_and_nothing_is_lost(assistant: Assistant, visit: Visit) -> None:
    ana = await visit(assistant.url, "ana")
    thread = await start(ana, "No salen llamadas por la troncal SIP 4471")
    await thread.locator("[data-name='dialog.form']").last.click()
    form = ana.locator("dialog.form")
    await form.locator("[name='expected']").fill("Que timbre del otro lado")
    await form.locator("[name='impact']").select_option(index=3)

    await assistant.kill()
    await expect(ana.get_by_text("Sin conexión con la mesa")).to_be_visible()
    await form.locator("[name='started']").fill("ayer a las 9:15")
    await form.locator(".button.primary").click()
    await expect(form).to_contain_text("Sin conexión con la mesa")
    await assistant.start()
    await assistant.ready()

    await expect(form.locator("[name='expected']")).to_have_value("Que timbre del otro lado")
    await form.locator(".button.primary").click()
    await expect(form).to_have_count(0)
    await expect(thread.locator(".replies .message")).to_have_count(2)
    await until_summary(thread, {})
    await ana.reload()
    thread = ana.locator(".thread").last
    await expect(thread.locator(".replies .post").last).to_contain_text("Que timbre del otro lado")
    await press(thread, "dialog.send")
    await expect(thread.locator(".replies .post").last).to_contain_text("LD-1")
    await expect(ana.locator(".root")).to_have_count(1)
