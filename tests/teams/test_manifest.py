"""`ldsupport manifest teams`: the package that is uploaded, held to what the published schema demands of it."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
from PIL import Image

from adapters.teams.manifest import PERMISSIONS
from bot.cli import main
from bot.desk.commanding import find, read_words
from bot.desk.commands import COMMANDS
from bot.settings import Settings, load_settings
from bot.teams_app import menu, teams_package
from dialogs.events import Language

TOP = Path(__file__).parent.parent.parent
APP, HOST = "6F1C2B3A-0d4e-4f5a-8b6c-7d8e9f0a1b2c", "soporte.example.com"
NOW = datetime(2026, 11, 27, 0, 5, tzinfo=UTC)


def limited(length: int) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": length}


def exactly(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}


# The parts of schema 1.25 that the package uses, with their limits; anything else in it is refused.
GUID = {"type": "string", "pattern": "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$"}
WEB = {"type": "string", "pattern": "^https://", "maxLength": 2048}
SCOPES = {"const": ["personal", "team", "groupChat"]}
ENTRY = exactly(title=limited(128), description=limited(4000))
COMMAND_LIST = exactly(scopes=SCOPES, commands={"type": "array", "minItems": 1, "maxItems": 12, "items": ENTRY})
BOT = exactly(
    botId=GUID,
    scopes=SCOPES,
    supportsFiles={"const": True},
    isNotificationOnly={"const": False},
    commandLists={"type": "array", "minItems": 1, "maxItems": 3, "items": COMMAND_LIST},
)
PERMISSION = exactly(name=limited(128), type={"const": "Application"})
BASE = exactly(
    **{"$schema": {"const": "https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json"}},
    manifestVersion={"const": "1.25"},
    version={"type": "string", "pattern": r"^([0-9]|[1-9]+[0-9]*)(\.([0-9]|[1-9]+[0-9]*)){2}$"},
    id=GUID,
    localizationInfo={
        "const": {"defaultLanguageTag": "es", "additionalLanguages": [{"languageTag": "en", "file": "en.json"}]}
    },
    developer=exactly(name=limited(32), websiteUrl=WEB, privacyUrl=WEB, termsOfUseUrl=WEB),
    name=exactly(short=limited(30), full=limited(100)),
    description=exactly(short=limited(80), full=limited(4000)),
    icons=exactly(color={"const": "color.png"}, outline={"const": "outline.png"}),
    accentColor={"type": "string", "pattern": "^#[0-9a-f]{6}$"},
    bots={"type": "array", "minItems": 1, "maxItems": 1, "items": BOT},
    permissions={"const": ["identity", "messageTeamMembers"]},
    validDomains={"type": "array", "minItems": 1, "maxItems": 16, "items": limited(2048)},
    supportsChannelFeatures={"const": "tier1"},
    defaultInstallScope={"const": "team"},
    defaultGroupCapability={"const": {"team": "bot", "groupchat": "bot"}},
)
CONSENT = {
    "webApplicationInfo": exactly(id=GUID, resource=limited(2048)),
    "authorization": exactly(
        permissions=exactly(resourceSpecific={"type": "array", "maxItems": 16, "items": PERMISSION})
    ),
}


def shape(*, hears_all: bool) -> dict[str, Any]:
    return exactly(**BASE["properties"], **(CONSENT if hears_all else {}))


@pytest.fixture
def settings() -> Settings:
    return load_settings(Path("no such file"))


def opened(package: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(package: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    files = opened(package)
    return json.loads(files["manifest.json"]), json.loads(files["en.json"])


@pytest.mark.parametrize("hears_all", [False, True])
def test_the_manifest_is_what_the_schema_wants(settings: Settings, *, hears_all: bool) -> None:
    spanish, _ = read(teams_package(APP, HOST, settings, NOW, hears_all=hears_all))
    jsonschema.validate(spanish, shape(hears_all=hears_all))
    assert spanish["id"] == spanish["bots"][0]["botId"] == APP.lower()
    assert spanish["validDomains"] == [HOST]


@pytest.mark.parametrize("organisation", ["A", "Telecomunicaciones Interamericanas del Caribe", "Ñ" * 200])
def test_names_of_any_length_fit(settings: Settings, organisation: str) -> None:
    named = settings.model_copy(
        update={"organisation": settings.organisation.model_copy(update={"name": organisation})}
    )
    spanish, english = read(teams_package(APP, HOST, named, NOW, hears_all=True))
    jsonschema.validate(spanish, shape(hears_all=True))
    assert len(english["name.short"]) <= 30
    assert len(english["name.full"]) <= 100
    assert len(english["description.short"]) <= 80


def test_everything_said_in_spanish_is_said_in_english_too(settings: Settings) -> None:
    spanish, english = read(teams_package(APP, HOST, settings, NOW, hears_all=False))
    commands = spanish["bots"][0]["commandLists"][0]["commands"]
    told = {f"{group}.{part}": text for group in ("name", "description") for part, text in spanish[group].items()} | {
        f"bots[0].commandLists[0].commands[{number}].{part}": text
        for number, command in enumerate(commands)
        for part, text in command.items()
    }
    assert english.keys() - {"$schema"} == told.keys()
    assert all(english[place] != text for place, text in told.items())


@pytest.mark.parametrize("language", Language)
def test_what_the_menu_types_is_the_command_it_names(language: Language) -> None:
    offered = [command.name for command in COMMANDS if command.offered]
    understood = []
    for entry in menu(language, "LD"):
        words = read_words(entry.title, addressed=False, loose=True)
        found = find(words) if words else None
        assert found is not None
        understood.append(found[0].name)
    assert understood == offered
    assert {"help", "mine", "status", "list", "channel"} <= set(offered)


def test_the_right_to_read_everything_is_asked_for_only_when_told_to(settings: Settings) -> None:
    quiet, _ = read(teams_package(APP, HOST, settings, NOW, hears_all=False))
    assert not {"authorization", "webApplicationInfo"} & quiet.keys()
    assert "solo los mensajes que lo mencionan" in quiet["description"]["full"]
    spanish, english = read(teams_package(APP, HOST, settings, NOW, hears_all=True))
    asked = spanish["authorization"]["permissions"]["resourceSpecific"]
    assert {one["name"] for one in asked} == PERMISSIONS.keys()
    assert spanish["webApplicationInfo"]["id"] == APP.lower()
    assert "lee todos los mensajes" in spanish["description"]["full"]
    assert "reads every message" in english["description.full"]


def test_each_permission_has_its_reason_in_the_guide() -> None:
    guide = (TOP / "docs" / "teams.md").read_text(encoding="utf-8")
    for permission, reason in PERMISSIONS.items():
        assert f"| `{permission}` | {reason} |" in guide


def test_a_later_package_is_an_update_of_an_earlier_one(settings: Settings) -> None:
    def number(made: datetime) -> list[int]:
        manifest, _ = read(teams_package(APP, HOST, settings, made, hears_all=False))
        return [int(part) for part in manifest["version"].split(".")]

    moments = [NOW + timedelta(minutes=minutes) for minutes in (-10, 0, 1, 600, 40_000)]
    numbers = [number(made) for made in moments]
    assert numbers == sorted(numbers)
    assert len({tuple(one) for one in numbers}) == len(moments)


def test_the_icons_are_as_teams_wants_them(settings: Settings) -> None:
    files = opened(teams_package(APP, HOST, settings, NOW, hears_all=False))
    assert files.keys() == {"manifest.json", "en.json", "color.png", "outline.png"}
    color = Image.open(io.BytesIO(files["color.png"])).convert("RGBA")
    outline = Image.open(io.BytesIO(files["outline.png"])).convert("RGBA")
    assert (color.size, outline.size) == ((192, 192), (32, 32))
    assert color.getextrema()[3] == (255, 255)
    assert outline.getextrema() == ((255, 255), (255, 255), (255, 255), (0, 255))


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Spanish-speaking operator in an empty folder."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG", "SUPPORT_SETTINGS", "PORT", "DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def order(*words: str) -> int:
    return main(["manifest", "teams", *words])


def test_the_package_lies_where_the_operator_wants_it(operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (operator / "support.toml").write_text('[organisation]\nname = "Fibra Andina"\nwebsite = "https://fibra.example"\n')
    assert order("--app-id", APP, "--host", HOST, "--out", "app.zip") == 0
    said = capsys.readouterr().out
    assert "Listo: app.zip" in said
    assert "apuntan a https://fibra.example" in said
    spanish, english = read((operator / "app.zip").read_bytes())
    assert spanish["name"]["short"] == "Soporte Fibra Andina"
    assert english["name.short"] == "Fibra Andina Support"
    assert spanish["developer"] == {
        "name": "Fibra Andina",
        "websiteUrl": "https://fibra.example",
        "privacyUrl": "https://fibra.example",
        "termsOfUseUrl": "https://fibra.example",
    }


def test_with_the_three_addresses_told_nothing_is_missing(operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    addresses = "".join(f'{name} = "https://fibra.example/{name}"\n' for name in ("website", "privacy", "terms"))
    (operator / "support.toml").write_text(f"[organisation]\n{addresses}")
    assert order("--app-id", APP, "--host", HOST) == 0
    assert "support.toml" not in capsys.readouterr().out
    spanish, _ = read((operator / "ldsupport-teams.zip").read_bytes())
    assert spanish["developer"]["termsOfUseUrl"] == "https://fibra.example/terms"


@pytest.mark.parametrize(
    "host", ["https://soporte.example.com", "soporte.example.com:443", "localhost", "10.0.0.1", "a..b", "*.example.com"]
)
def test_a_host_that_is_none_is_told_with_how_one_looks(
    host: str, operator: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert order("--app-id", APP, "--host", host) == 2
    assert f"--host no puede ser «{host}»" in capsys.readouterr().err
    assert not list(operator.iterdir())


def test_all_that_is_wrong_is_told_together(operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert order("--app-id", "my-bot", "--host", "http://x") == 2
    said = capsys.readouterr().err
    assert said.startswith("Hay 2 errores en ldsupport manifest teams:")
    assert "--app-id no puede ser «my-bot»" in said
    assert "Microsoft App ID" in said


def test_what_is_left_out_is_answered_with_how_it_is_used(operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert order("--host", HOST) == 2
    assert "--app-id ID --host NAME [--rsc] [--out FILE]" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_told(operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert order("--app-id", APP, "--host", HOST, "--out", "not/there.zip") == 1
    assert re.search(r"No se puede escribir not/there\.zip: .+ --out", capsys.readouterr().err)
