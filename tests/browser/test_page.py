"""The page in a real browser: what is seen, and what hands and keyboards do."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from playwright.async_api import Page, expect

from dialogs.events import Place, Platform
from dialogs.messages import Link, Mail, Message, Paragraph, Plain, Post
from tests.fakes.desk import CARD
from tests.fakes.room import Room

AsPerson = Callable[..., Awaitable[Page]]


async def start(page: Page, text: str) -> None:
    """Write to the channel, as a new conversation."""
    await page.locator(".channel > .composer textarea").last.fill(text)
    await page.keyboard.press("Enter")


async def test_a_conversation_by_keyboard_alone(as_person: AsPerson) -> None:
    page = await as_person("ana")
    await page.locator(".channel > .composer textarea").focus()
    await page.keyboard.type("No entran llamadas")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("desde las 9")
    await page.keyboard.press("Enter")
    await expect(page.locator(".root .text")).to_have_text("No entran llamadas\ndesde las 9")
    answer = page.get_by_role("textbox", name="Responder en este hilo").or_(
        page.get_by_role("combobox", name="Responder en este hilo")
    )
    await expect(answer).to_be_focused()
    await expect(page.locator(".replies .message")).to_contain_text("zona horaria")
    await page.keyboard.press("Shift+Tab")  # the button to attach files
    for _ in range(8):
        if await page.evaluate("document.activeElement.dataset.name") == "zone.default":
            break
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".replies .post").last).to_contain_text("Anotado: America/New_York")


async def test_a_list_is_picked_from(as_person: AsPerson) -> None:
    page = await as_person("ana")
    await start(page, "Hola")
    await page.locator("select[data-name='zone.other']").select_option("America/Lima")
    await expect(page.locator(".replies .post").last).to_contain_text("Anotado: America/Lima")


async def test_an_answer_is_seen_in_another_tab_and_told_to_who_listens(as_person: AsPerson) -> None:
    ana, marta = await as_person("ana"), await as_person("marta")
    await start(ana, "Hola")
    await expect(marta.locator(".root .text")).to_have_text("Hola")
    await marta.locator(".replies + .composer textarea").fill("Ya lo reviso")
    await marta.keyboard.press("Enter")
    await expect(ana.locator(".replies .post").last).to_contain_text("zona horaria")
    await expect(ana.locator(".replies .text")).to_have_text("Ya lo reviso")
    await expect(ana.locator("#live")).to_contain_text("Marta dice: Ya lo reviso")


async def test_what_a_person_writes_stays_text(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana")
    evil = '<img src=x onerror="document.title=1"> <b>x</b> @soporte javascript:alert(1)'
    await start(page, evil)
    await expect(page.locator(".root .text")).to_have_text(evil)
    assert await page.locator(".root .text *").count() == 0
    link = Message(blocks=(Paragraph((Link("aquí", url="javascript:alert(1)"), Plain("<i>y</i>"))),))
    await room.adapter.send(
        Post(place=Place(platform=Platform.WEB, channel="acme"), message=link), key="1", target=None
    )
    await expect(page.locator(".root .message")).to_have_text("aquí<i>y</i>")
    assert await page.locator(".root .message :is(a, i)").count() == 0


async def test_a_form_tells_what_to_mend_and_closes_when_it_is_right(as_person: AsPerson) -> None:
    page = await as_person("marta")
    box = page.locator("[data-channel='desk'] > .composer textarea")
    await box.fill("/caso nota")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Nota interna")
    await expect(dialog.get_by_label("Nota", exact=True)).to_be_focused()
    await dialog.get_by_role("button", name="Guardar la nota").click()
    await expect(dialog.get_by_text("Falta completar este campo.")).to_be_visible()
    await page.keyboard.type("mal")
    await dialog.get_by_role("button", name="Guardar la nota").click()
    await expect(dialog.get_by_text("Diga algo más, por favor.")).to_be_visible()
    await expect(dialog.get_by_label("Nota", exact=True)).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("Nota", exact=True).fill("Revisé la troncal")
    await dialog.get_by_role("button", name="Guardar la nota").click()
    await expect(page.locator("dialog.form")).to_have_count(0)
    await expect(page.locator("[data-channel='desk'] .root")).to_contain_text("Nota: Revisé la troncal")


async def test_escape_closes_a_form_and_gives_the_keyboard_back(as_person: AsPerson, room: Room) -> None:
    page = await as_person("marta")
    await start(page, "tarjeta")
    button = page.get_by_role("button", name="Nota", exact=True)
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Nota interna")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog.form")).to_have_count(0)
    await expect(button).to_be_focused()


async def test_commands_are_completed_as_they_are_typed(as_person: AsPerson) -> None:
    page = await as_person("marta")
    box = page.locator("[data-channel='desk'] > .composer textarea")
    await box.focus()
    await page.keyboard.type("/ca")
    await expect(page.get_by_role("listbox", name="Comandos").get_by_role("option")).to_contain_text("/caso nota")
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("/caso nota ")
    await box.fill("/caso ayuda")
    await page.keyboard.press("Enter")
    await expect(page.locator(".whisper")).to_contain_text("Solo para usted: caso ayuda")


async def test_files_are_dropped_and_shown_and_refused_in_words(as_person: AsPerson) -> None:
    page = await as_person("ana")
    data = await page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["09:15 error"], "registro.txt", {type: "text/plain"}));
            data.items.add(new File(["MZ"], "virus.exe"));
            return data;
        }"""
    )
    await page.dispatch_event(".channel", "dragover", {"dataTransfer": data})
    await expect(page.locator(".veil")).to_contain_text("hasta 50 MB cada uno")
    await page.dispatch_event(".channel", "drop", {"dataTransfer": data})
    await expect(page.locator(".chip")).to_have_count(2)
    await page.get_by_role("button", name="Enviar").first.click()
    await expect(page.locator(".file").first).to_contain_text("registro.txt")
    await expect(page.locator(".file.refused")).to_contain_text("este tipo de archivo no se admite")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="registro.txt").click()
    path = await (await download.value).path()
    assert Path(path).read_text() == "09:15 error"


async def test_own_messages_are_changed_and_taken_back(as_person: AsPerson) -> None:
    ana, marta = await as_person("ana"), await as_person("marta")
    await start(ana, "Ola")
    await ana.locator(".root").hover()
    await ana.locator(".root").get_by_role("button", name="Editar").click()
    await ana.keyboard.press("Control+A")
    await ana.keyboard.type("Hola")
    await ana.keyboard.press("Enter")
    await expect(marta.locator(".root .text")).to_have_text("Hola")
    await expect(marta.locator(".root .by")).to_contain_text("editado")
    await expect(marta.locator(".root").get_by_role("button", name="Editar")).to_have_count(0)
    await ana.locator(".root").hover()
    await ana.locator(".root").get_by_role("button", name="Eliminar").click()
    await ana.locator(".root").get_by_text("¿Eliminar?").click()
    await expect(marta.locator(".root")).to_contain_text("Mensaje eliminado")


async def test_reactions_are_put_and_taken_away(as_person: AsPerson) -> None:
    ana, marta = await as_person("ana"), await as_person("marta")
    await start(ana, "Hola")
    await marta.locator(".root").hover()
    await marta.locator(".root .emoji summary").click()
    await marta.locator(".root").get_by_role("button", name="Lo veo").click()
    await expect(ana.locator(".root .reaction")).to_have_text("👀 1")
    await ana.locator(".root .reaction").click()
    await expect(marta.locator(".root .reaction")).to_have_text("👀 2")
    await marta.locator(".root .reaction").click()
    await expect(ana.locator(".root .reaction")).to_have_text("👀 1")


async def test_reload_keeps_everything_even_words_not_sent_yet(as_person: AsPerson) -> None:
    page = await as_person("ana")
    await start(page, "Hola")
    await expect(page.locator(".replies .message")).to_be_visible()
    await page.locator(".replies + .composer textarea").fill("a medio escribir")
    shown = await page.locator(".list").inner_text()
    await page.reload()
    await expect(page.locator(".replies .message")).to_be_visible()
    assert await page.locator(".list").inner_text() == shown
    await expect(page.locator(".replies + .composer textarea")).to_have_value("a medio escribir")


async def test_a_lost_connection_is_told_and_nothing_is_missed(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana")
    await start(page, "uno")
    await expect(page.locator(".replies .message")).to_have_count(1)
    await page.context.set_offline(offline=True)
    for socket in list(room.adapter._sockets):
        await socket.close()
    await expect(page.get_by_text("Sin conexión con la mesa")).to_be_visible()
    await page.locator(".replies + .composer textarea").fill("dos")
    await page.keyboard.press("Enter")
    await expect(page.locator(".ghost.failed")).to_contain_text("Se enviará en cuanto vuelva")
    await room["marta"].says("Marta contesta", thread=(await room.desk.heard(1))[0].place.thread)
    await page.context.set_offline(offline=False)
    await expect(page.locator(".replies").get_by_text("Marta contesta")).to_be_visible()
    await expect(page.locator(".replies .text").filter(has_text=re.compile("^dos$"))).to_be_visible()
    await expect(page.get_by_text("Sin conexión con la mesa")).to_be_hidden()


async def test_a_burst_arrives_in_the_order_it_was_written(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana")
    await start(page, "Hola")
    await expect(page.locator(".replies .message")).to_have_count(1)
    answer = page.locator(".replies + .composer textarea")
    for text in ("uno", "dos", "tres"):
        await answer.fill(text)
        await page.keyboard.press("Enter")
    await expect(page.locator(".replies .text")).to_have_text(["uno", "dos", "tres"])


async def test_the_tray_shows_letters(as_person: AsPerson, room: Room) -> None:
    page = await as_person("ana")
    letter = Message(blocks=(Paragraph((Plain("Su caso quedó resuelto."),)),))
    await room.adapter.send(Mail(to="ana@example.com", subject="LD-1", message=letter), key="1", target=None)
    await expect(page.locator(".tray-button .count")).to_have_text("1")
    await page.get_by_role("button", name="Correos").click()
    tray = page.get_by_role("dialog", name="Correos")
    await expect(tray).to_contain_text("ana@example.com")
    await expect(tray).to_contain_text("Su caso quedó resuelto.")


async def test_a_letter_is_answered_from_the_tray_as_whoever_it_was_sent_to(as_person: AsPerson, room: Room) -> None:
    page = await as_person("marta")
    letter = Message(blocks=(Paragraph((Plain("¿Pueden revisarlo?"),)),))
    mail = Mail(to="noc@carrierx.example", subject="[LD-1 · x] troncal", message=letter)
    await room.adapter.send(mail, key="1", target=None)
    await page.get_by_role("button", name="Correos").click()
    tray = page.get_by_role("dialog", name="Correos")
    await tray.get_by_role("button", name="Responder como noc@carrierx.example").click()
    await page.keyboard.type("Ya estamos")
    await room.adapter.send(Mail(to="otro@x.example", subject="Otra", message=letter), key="2", target=None)
    await expect(tray.locator(".letter")).to_have_count(2)
    await page.keyboard.type(" en eso.")
    await tray.get_by_role("button", name="Enviar", exact=True).click()
    await expect(tray.locator(".answer")).to_contain_text("Ya estamos en eso.")
    (event,) = await room.desk.heard(1)
    assert event.actor.id == "noc@carrierx.example"


async def test_the_clock_is_moved_and_every_tab_shows_it(as_person: AsPerson) -> None:
    ana, luis = await as_person("ana"), await as_person("luis", language="en")
    await expect(ana.locator(".clock .time")).to_have_text("vie, 20 de nov, 15:50")
    await ana.get_by_role("button", name="+1 h").click()
    await expect(ana.locator(".clock .time")).to_have_text("vie, 20 de nov, 16:50")
    await expect(luis.locator(".clock .time")).to_have_text("Fri, Nov 20, 4:50 PM")


async def test_who_and_language_are_chosen_and_stay_in_the_tab(as_person: AsPerson) -> None:
    page = await as_person("ana")
    await page.get_by_label("Usted es").select_option("luis")
    await expect(page.locator(".column-head h2")).to_have_text("#globex-support")
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("h1")).to_have_text("Support desk")
    await page.reload()
    await expect(page.locator("h1")).to_have_text("Support desk")
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.get_by_label("You are")).to_have_value("luis")


async def test_a_link_leads_to_its_conversation(as_person: AsPerson, room: Room) -> None:
    page = await as_person("marta")
    post = await room["luis"].says("Cosa de Globex", "globex")
    place = Place(platform=Platform.WEB, channel="globex", thread=post["id"])
    link = Message(blocks=(*CARD.blocks, Paragraph((Link("Ver la conversación", place=place),))))
    desk = Place(platform=Platform.WEB, channel="desk")
    await room.adapter.send(Post(place=desk, message=link), key="1", target=None)
    await page.get_by_role("link", name="Ver la conversación").click()
    await expect(page.get_by_text("Cosa de Globex")).to_be_visible()
    await expect(page.get_by_role("button", name="#globex-support").first).to_have_attribute("aria-pressed", "true")


async def test_a_moment_reads_as_it_was_told_and_says_when_that_is_for_the_reader(
    as_person: AsPerson, room: Room
) -> None:
    page = await as_person("ana")
    await room.adapter.send(
        Post(place=Place(platform=Platform.WEB, channel="acme"), message=CARD), key="1", target=None
    )
    moment = page.locator(".message time")
    await expect(moment).to_have_text("hoy 9:15")
    await expect(moment).to_have_attribute("title", "Para usted: dom, 22 de nov, 09:15")


async def test_on_a_phone_channels_are_tabs_and_nothing_sticks_out(as_person: AsPerson, room: Room) -> None:
    phone = await as_person("marta", viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    await room["ana"].says("Hola " + "sinespacios" * 40)
    tabs = phone.get_by_role("navigation").get_by_role("button")
    await expect(tabs).to_have_count(3)
    await tabs.filter(has_text="#acme-soporte").tap()
    await expect(phone.locator(".root").get_by_text("sinespacios")).to_be_visible()
    await expect(phone.locator(".column:visible")).to_have_count(1)
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 360


async def test_long_words_are_folded_and_kept_whole(as_person: AsPerson) -> None:
    page = await as_person("ana")
    await start(page, "línea\n" * 400 + "fin")
    await expect(page.locator(".root .text.clamped")).to_be_visible()
    await page.get_by_role("button", name="Mostrar todo · 2403 caracteres").click()
    await expect(page.locator(".root .text.clamped")).to_have_count(0)
    assert (await page.locator(".root .text").inner_text()).endswith("fin")
