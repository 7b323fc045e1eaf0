"""Who and what is on the try page: two customers, a desk, and the people of each. All of it is made up."""

from __future__ import annotations

from adapters.web.people import WebChannel, WebPerson
from bot.settings import Settings
from bot.settings.escalation import ContactSection
from dialogs.cases import ChannelRole
from dialogs.events import Language, Platform

ACME = "ACME Perú"
GLOBEX = "Globex Florida"

CHANNELS = (
    WebChannel(id="acme", name="acme-soporte", role=ChannelRole.CUSTOMER, organisation=ACME),
    WebChannel(id="globex", name="globex-support", role=ChannelRole.CUSTOMER, organisation=GLOBEX),
    WebChannel(id="desk", name="mesa-de-casos", role=ChannelRole.DESK),
    WebChannel(id="escalations", name="escalaciones", role=ChannelRole.ESCALATIONS),
)


def people(organisation: str) -> tuple[WebPerson, ...]:
    """Return who can be chosen on the page; `organisation` is the desk's own company."""
    desk = ("acme", "globex", "desk")
    return (
        WebPerson(
            id="ana",
            name="Ana Quispe",
            tenant="acme",
            company=ACME,
            channels=("acme",),
            language=Language.SPANISH,
            zone="America/Lima",
            email="ana.quispe@acme.example",
        ),
        WebPerson(
            id="rosa",
            name="Rosa Huamán",
            tenant="acme",
            company=ACME,
            channels=("acme",),
            language=Language.SPANISH,
            zone="America/Lima",
            email="rosa.huaman@acme.example",
        ),
        WebPerson(
            id="luis",
            name="Luis Ferrer",
            tenant="globex",
            company=GLOBEX,
            channels=("globex",),
            language=Language.ENGLISH,
            zone="America/Chicago",
            email="luis.ferrer@globex.example",
        ),
        WebPerson(
            id="kim",
            name="Kim Lee",
            tenant="globex",
            company=GLOBEX,
            channels=("globex",),
            language=Language.ENGLISH,
            zone="America/Chicago",
            email="kim.lee@globex.example",
        ),
        WebPerson(
            id="marta",
            name="Marta Rivas",
            tenant="desk",
            company=organisation,
            channels=desk,
            language=Language.SPANISH,
            zone="America/New_York",
            email="marta.rivas@desk.example",
            staff=True,
        ),
        WebPerson(
            id="diego",
            name="Diego Salas",
            tenant="desk",
            company=organisation,
            channels=desk,
            language=Language.SPANISH,
            zone="America/Bogota",
            email="diego.salas@desk.example",
            staff=True,
        ),
        WebPerson(
            id="carmen",
            name="Carmen Ortiz",
            tenant="desk",
            company=organisation,
            channels=(*desk, "escalations"),
            language=Language.SPANISH,
            zone="America/New_York",
            email="carmen.ortiz@desk.example",
            staff=True,
        ),
    )


def with_managers(settings: Settings) -> Settings:
    """Return the settings with managers on the escalation list, where the operator named nobody.

    The first is on the page, the second one is reached by e-mail only: the tray shows it.
    """
    told = settings.escalation
    if any(level.contacts for level in told.every_level().values()):
        return settings
    managers = (
        ContactSection(name="Carmen Ortiz", email="carmen.ortiz@desk.example", platform=Platform.WEB, id="carmen"),
        ContactSection(name="Jorge Medina", email="jorge.medina@desk.example"),
    )
    named = [
        level.model_copy(update={"contacts": (manager,)}) for level, manager in zip(told.levels, managers, strict=False)
    ]
    levels = (*named, *told.levels[len(named) :])
    return settings.model_copy(update={"escalation": told.model_copy(update={"levels": levels})})
