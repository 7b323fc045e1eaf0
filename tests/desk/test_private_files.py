"""Files that a customer sends in private, where a platform gives those of a channel to nobody."""

from __future__ import annotations

from dialogs.events import File, FileProblem, Place, Platform
from tests.desk.conftest import ACME, ANA, LOG, LUIS, Office

PRIVATE = Place(platform=Platform.WEB, channel="private", direct=True)


async def test_files_under_the_number_of_a_case_go_with_it(any_office: Office) -> None:
    office = any_office
    await office.files(ANA, ACME, "Sin tono")
    await office.says(ANA, PRIVATE, "LD-1 el registro de hoy", LOG, addressed=True)
    assert office.last(PRIVATE) == "Recibí router.log: va con su caso LD-1."
    assert office.last(office.under_card()) == "Del cliente · Ana Quispe:\n«el registro de hoy»\n📎 router.log"
    assert office.card().files == ("router.log",)


async def test_the_case_of_another_company_is_not_there(office: Office) -> None:
    await office.files(ANA, ACME, "Sin tono")
    await office.says(LUIS, PRIVATE, "LD-1", LOG, addressed=True)
    assert "LD-1" in office.last(PRIVATE)
    assert office.card().files == ()
    assert await office.refusals() == [("luis", "file", "LD-1")]


async def test_a_file_that_a_channel_keeps_to_itself_is_asked_for_in_private(office: Office) -> None:
    thread = await office.files(ANA, ACME, "Sin tono")
    kept = File(id="1", name="informe.pdf", problem=FileProblem.NOT_GIVEN)
    await office.says(ANA, thread, "va el informe", kept)
    assert "mándemelo en nuestro chat privado con el número de su caso, así: LD-1." in office.last(thread)
