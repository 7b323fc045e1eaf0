"""Where words go on the page, and whether who wrote them sees what comes back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from playwright.async_api import Locator, Page, expect

from dialogs.events import Place, Platform
from dialogs.messages import Code, Message, Paragraph, Plain, Post
from tests.fakes.room import Room

AsPerson = Callable[..., Awaitable[Page]]

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def below(page: Page) -> Locator:
    """The place to write at the foot of the channel that is last on the page."""
    return page.locator(".channel > .composer textarea").last


async def write(box: Locator, text: str) -> None:
    await box.fill(text)
    await box.press("Enter")


async def answer(room: Room, thread: str, text: str, *, channel: str = "acme") -> None:
    """Let the assistant say something in a thread."""
    place = Place(platform=Platform.WEB, channel=channel, thread=thread)
    message = Message(blocks=(Paragraph((Plain(text),)),))
    await room.adapter.send(Post(place=place, message=message), key=f"{thread} {text[:20]}", target=None)


async def test_lines_written_fast_are_one_conversation(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana")
    await below(page).focus()
    for line in ("no me sirve el internet", "en la oficina de San Isidro", "desde las 8 y media"):
        await page.keyboard.type(line)
        await page.keyboard.press("Enter")
    events = await room.desk.heard(3)
    assert len({event.place.key for event in events}) == 1
    await expect(page.locator(".root")).to_have_count(1)
    await expect(page.locator(".replies .text")).to_have_text(["en la oficina de San Isidro", "desde las 8 y media"])
    await expect(page.locator(".replies + .composer textarea")).to_be_focused()


async def test_words_begun_before_a_question_came_count_from_then(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana")
    await write(below(page), "silencio")
    [event] = await room.desk.heard(1)
    await page.keyboard.type("desde las")
    begun = await page.evaluate("performance.now()")
    await answer(room, event.place.thread or "", "¿En qué oficina?")
    await expect(page.locator(".replies").get_by_text("¿En qué oficina?")).to_be_visible()
    await page.keyboard.type(" 8")
    since = await page.evaluate("performance.now()") - begun
    await page.keyboard.press("Enter")
    said = (await room.desk.heard(2))[1]
    assert room.clock[0] - said.at >= timedelta(milliseconds=int(since))


async def test_words_below_go_on_where_something_is_being_asked(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana")
    await write(below(page), "Hola")
    await expect(page.locator(".replies .message")).to_have_count(1)
    await expect(below(page)).to_have_attribute("placeholder", "Seguir la conversación…")
    await write(below(page), "en Lima")
    await expect(page.locator(".replies .text")).to_have_text("en Lima")
    await expect(page.locator(".root")).to_have_count(1)
    await page.locator("[data-name='zone.default']").last.click()
    await expect(page.locator(".replies .post").last).to_contain_text("Anotado")
    await expect(below(page)).to_have_attribute("placeholder", "Nueva conversación…")
    await write(below(page), "Otra cosa")
    await expect(page.locator(".root .text")).to_have_text(["Hola", "Otra cosa"])


async def test_an_answer_in_another_thread_is_followed(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana", viewport={"width": 900, "height": 500})
    first = await room["ana"].says("Hola")
    for number in range(5):
        await answer(room, first["id"], f"Línea {number}: " + "palabras y más palabras " * 12)
    await write(below(page), "silencio")
    await expect(page.locator(".root")).to_have_count(2)
    await expect(page.locator(".composer")).to_have_count(2)
    await expect(below(page)).to_be_focused()
    await answer(room, first["id"], "¿Sigue sin internet?")
    await expect(page.locator(".replies").get_by_text("¿Sigue sin internet?")).to_be_in_viewport()
    await expect(page.locator(f"#thread-{first['id']} textarea")).to_be_focused()


async def test_the_focus_stays_with_words_that_are_half_written(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana")
    await write(below(page), "silencio")
    [event] = await room.desk.heard(1)
    await page.keyboard.type("y adem")
    await answer(room, event.place.thread or "", "¿Desde cuándo?")
    await expect(page.locator(".replies").get_by_text("¿Desde cuándo?")).to_be_visible()
    await page.keyboard.type("ás")
    await expect(below(page)).to_have_value("y además")


async def test_an_answer_is_seen_where_it_was_asked_for_in_a_long_thread(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana", viewport={"width": 900, "height": 500})
    first = await room["ana"].says("silencio")
    await room["ana"].says("silencio")
    for number in range(8):
        await answer(room, first["id"], f"Línea {number}: " + "palabras y más palabras " * 12)
    box = page.locator(f"#thread-{first['id']} textarea")
    await box.scroll_into_view_if_needed()
    await write(box, "¿y ahora?")
    asked = page.locator(f"#thread-{first['id']} .post").filter(has_text="zona horaria")
    await expect(asked).to_be_in_viewport(ratio=1)
    await expect(box).to_be_in_viewport(ratio=1)
    await asked.locator("[data-name='zone.default']").click()
    await expect(page.locator(".replies").get_by_text("Anotado: America/New_York")).to_be_in_viewport(ratio=1)
    await expect(box).to_be_in_viewport(ratio=1)


async def test_an_answer_taller_than_the_page_is_read_from_its_beginning(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana", viewport={"width": 900, "height": 420})
    await write(below(page), "silencio")
    [event] = await room.desk.heard(1)
    await answer(room, event.place.thread or "", "Resumen. " + "palabras y más palabras " * 200)
    await expect(page.locator(".replies .by").last).to_be_in_viewport(ratio=1)


async def test_who_scrolled_away_is_left_there(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana", viewport={"width": 900, "height": 420})
    first = await room["ana"].says("silencio")
    for number in range(8):
        await answer(room, first["id"], f"Línea {number}: " + "palabras y más palabras " * 12)
    await write(page.locator(".replies + .composer textarea"), "silencio")
    await expect(page.locator(".replies .text")).to_have_text("silencio")
    await page.locator(".stream").hover()
    await page.mouse.wheel(0, -5000)
    await expect(page.locator(".root")).to_be_in_viewport()
    await answer(room, first["id"], "Ya lo revisamos")
    await expect(page.get_by_role("button", name="Ir a lo último")).to_be_visible()
    await expect(page.locator(".root")).to_be_in_viewport()


async def test_talk_at_the_desk_leaves_the_keyboard_where_it_was(as_person: AsPerson, room: Room) -> None:
    page = await as_person("marta")
    await write(below(page), "silencio")
    await expect(page.locator("[data-channel='desk'] .root")).to_have_count(1)
    await page.keyboard.type("/caso lista")
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-channel='desk'] .list > .whisper")).to_contain_text("caso lista")


async def test_what_is_written_under_a_card_is_called_an_internal_note(as_person: AsPerson, room: Room) -> None:
    page = await as_person("marta")
    desk = page.locator("[data-channel='desk']")
    await write(below(page), "silencio")
    await desk.locator(".toggle").get_by_text("Nota interna").click()
    await expect(desk.locator(".inside textarea")).to_have_attribute("placeholder", "Nota interna…")
    await desk.locator(".root").hover()
    await expect(desk.locator(".tools").get_by_role("button", name="Nota interna")).to_be_visible()
    await room["ana"].says("Hola")
    customer = page.locator("[data-channel='acme']")
    await expect(customer.locator(".inside textarea")).to_have_attribute("placeholder", "Responder en este hilo…")


async def test_words_can_be_written_as_soon_as_the_page_is_there(as_person: AsPerson) -> None:
    ana, marta = await as_person("ana"), await as_person("marta")
    await expect(below(ana)).to_be_focused()
    await expect(marta.locator("[data-channel='desk'] > .composer textarea")).to_be_focused()
    phone = await as_person("ana", **PHONE)
    await expect(phone.locator(".channel .empty")).to_be_visible()
    await expect(below(phone)).not_to_be_focused()


async def test_a_question_that_is_open_has_the_keyboard_when_the_page_comes_back(as_person: AsPerson) -> None:
    page = await as_person("ana")
    await write(below(page), "Hola")
    await expect(page.locator(".replies .message")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".replies + .composer textarea")).to_be_focused()


async def test_the_choice_comes_right_before_the_place_to_answer(as_person: AsPerson) -> None:
    page = await as_person("ana")
    await write(below(page), "Hola")
    await expect(page.locator(".replies + .composer textarea")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(page.locator("select[data-name='zone.other']")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(page.locator("[data-name='zone.default']")).to_be_focused()


async def test_the_send_key_of_a_phone_sends(as_person: AsPerson) -> None:
    phone = await as_person("ana", **PHONE)
    await below(phone).tap()
    await phone.keyboard.type("No entran llamadas")
    await expect(below(phone)).to_have_attribute("enterkeyhint", "send")
    await phone.keyboard.press("Enter")
    await expect(phone.locator(".root .text")).to_have_text("No entran llamadas")


async def test_a_phone_shows_the_whole_clock_and_keeps_words_to_type_in_one_piece(
    as_person: AsPerson, room: Room
) -> None:
    phone = await as_person("ana", **PHONE)
    last = await phone.locator(".moves button").last.bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= 360
    first = await room["ana"].says("silencio")
    place = Place(platform=Platform.WEB, channel="acme", thread=first["id"])
    for width in range(8, 40, 2):
        spans = (Plain("x" * width + " "), Code("estado LD-1"), Plain(", o "), Code("9" * 80))
        await room.adapter.send(
            Post(place=place, message=Message(blocks=(Paragraph(spans),))), key=str(width), target=None
        )
    codes = phone.locator(".message code:nth-of-type(1)")
    await expect(codes).to_have_count(16)
    heights = await codes.evaluate_all("nodes => nodes.map(node => node.getBoundingClientRect().height)")
    assert max(heights) < 30
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert await phone.evaluate("document.querySelector('.stream').scrollWidth <= 360")
