"""The command line says what it does, and what to do when it cannot."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from dialogs.cases import EventKind
from dialogs.events import Platform
from storage.database import Database
from tests.conftest import NewDatabase
from tests.storage.samples import ANA, NOW, new_case


@pytest.fixture(autouse=True)
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An English-speaking operator in an empty folder."""
    for variable in ("DATABASE_URL", "HOST", "PORT", "PAGE_TOKEN", "SUPPORT_SETTINGS", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en_GB.UTF-8", "opens the try page, with sample companies"),
        ("es_CO.UTF-8", "abre la página de prueba, con empresas de muestra"),
        ("C", "abre la página de prueba, con empresas de muestra"),
    ],
)
def test_help_is_in_the_operators_language_and_spanish_by_default(
    language: str, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", language)
    assert main(["--help"]) == 0
    assert line in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["docto"], "There is no command “docto”. Did you mean “ldsupport doctor”?"),
        (["fly"], "There is no command “fly”. Those there are: ldsupport --help"),
        (["try", "--port", "a"], "It is used like this: ldsupport try [--port N]"),
        (["doctor", "now"], "It is used like this: ldsupport doctor"),
    ],
)
def test_wrong_use_is_answered_with_the_right_one(
    words: list[str], answer: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.strip() == answer


@pytest.mark.parametrize("command", ["try", "run", "export"])
def test_a_typo_in_the_settings_stops_every_command_that_needs_them(
    command: str, operator: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (operator / "support.toml").write_text('[zone]\ndefualt = "America/Bogota"\n')
    assert main(["db", "upgrade"]) == 0
    assert main([command]) == 2
    told = capsys.readouterr().err
    assert "line 2: There is no “zone.defualt”. Did you mean “default”?" in told
    assert "Traceback" not in told


def test_mistakes_in_the_environment_are_told_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "eighty")
    monkeypatch.setenv("SUPPORT_SETTINGS", "gone.toml")
    assert main(["export"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("There are 2 mistakes in the environment:")
    assert "PORT cannot be “eighty”" in told
    assert "SUPPORT_SETTINGS names a file that is not there: gone.toml" in told


def test_the_page_is_not_opened_to_other_machines_without_a_token(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")
    assert main(["try"]) == 2
    assert "The page would be open to other machines on 0.0.0.0" in capsys.readouterr().err


def test_running_with_nothing_configured_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "upgrade"]) == 0
    assert main(["run"]) == 2
    assert "No platform is configured to serve on." in capsys.readouterr().err


def test_a_database_without_its_tables_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export"]) == 1
    assert "ldsupport db upgrade" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["run"], ["try"], ["export"], ["db", "upgrade"]])
def test_a_database_that_newer_code_has_changed_is_left_alone(
    command: list[str], operator: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", "upgrade"]) == 0
    with closing(sqlite3.connect(operator / "data" / "support.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 'from the future'")
        database.commit()
    assert main(command) == 1
    assert "A newer version has already changed the database." in capsys.readouterr().err


def test_a_port_in_use_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert main(["try", "--port", str(other.getsockname()[1])]) == 1
    assert "Is another program on that port?" in capsys.readouterr().err


class TestBadDatabases:
    """Each has a clear answer."""

    @pytest.mark.parametrize(
        ("url", "answer"),
        [
            ("mysql://localhost/desk", "DATABASE_URL is no known address."),
            ("not an address", "DATABASE_URL is no known address."),
            ("postgresql://desk@127.0.0.1:1/desk", "The database cannot be opened."),
            ("sqlite+aiosqlite:////dev/null/support.db", "The database cannot be opened."),
        ],
    )
    def test_one_that_is_not_there(
        self, url: str, answer: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", url)
        for command in (["try"], ["db", "upgrade"], ["export"]):
            assert main(command) == 1
            assert capsys.readouterr().err.startswith(answer)
        assert main(["doctor"]) == 1
        assert f"✗ {answer}" in capsys.readouterr().out

    def test_one_that_is_no_database(self, operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (operator / "data").mkdir()
        (operator / "data" / "support.db").write_text("a shopping list " * 100)
        assert main(["try"]) == 1
        assert "is damaged, or is no database" in capsys.readouterr().err

    def test_one_that_another_program_keeps_locked(
        self, operator: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("storage.engine.BUSY_SECONDS", 0.1)
        assert main(["db", "upgrade"]) == 0
        other = sqlite3.connect(operator / "data" / "support.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        assert main(["try"]) == 1
        other.close()
        assert capsys.readouterr().err.startswith("Another program keeps the database busy.")

    @pytest.fixture
    def full_disk(self) -> Iterator[None]:
        """Make the kernel refuse to let any file of this process grow beyond 40 kB."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)

    def test_one_on_a_full_disk(self, full_disk: None, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["try"]) == 1
        assert capsys.readouterr().err.startswith(("There is no room left", "The database cannot be opened."))


class TestDoctor:
    """Says what is configured, reachable and missing, and what to do."""

    def test_a_fresh_folder_stays_as_it_is(self, operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["doctor"]) == 0
        told = capsys.readouterr().out
        assert "! Settings: there is no" in told
        assert "! Database: new; it is made when the assistant starts" in told
        assert list(operator.iterdir()) == []

    def test_a_database_without_tables_is_new_too(
        self, new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", new_database(False))
        assert main(["doctor"]) == 0
        assert "! Database: new;" in capsys.readouterr().out

    def test_mistakes_in_the_settings_do_not_hide_the_rest(
        self, operator: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (operator / "support.toml").write_text('[zone]\ndefualt = "America/Bogota"\n')
        assert main(["doctor"]) == 1
        told = capsys.readouterr().out
        assert "✗ There is one mistake in support.toml:\n  line 2: There is no “zone.defualt”." in told
        assert "! Database: new;" in told
        assert "✓ Page: 127.0.0.1:8080" in told

    def test_mistakes_in_the_environment_do_not_hide_the_rest(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("LANG", "es_PE.UTF-8")
        monkeypatch.setenv("SUPPORT_SETTINGS", "/nope.toml")
        assert main(["doctor"]) == 1
        told = capsys.readouterr().out
        assert "✗ Hay un error en el entorno:\nSUPPORT_SETTINGS nombra un archivo que no existe: /nope.toml" in told
        assert "! Base de datos: nueva; se crea al arrancar" in told

    def test_a_desk_in_order(self, operator: Path, capsys: pytest.CaptureFixture[str]) -> None:
        channels = "\n".join(
            f'[[channels]]\nplatform = "web"\nid = "{role}"\nname = "{role}"\nrole = "{role}"\norganisation = "ACME"'
            for role in ("customer", "desk", "escalations")
        )
        (operator / "support.toml").write_text(channels)
        assert main(["db", "upgrade"]) == 0
        assert main(["doctor"]) == 0
        told = capsys.readouterr().out
        assert [line[:15] for line in told.splitlines() if line[0] == "!"] == [
            "! No mail leave",
            "! What third pa",
        ]
        assert "✗" not in told
        assert "✓ Channels: 3 configured" in told
        assert "All that is needed is in order." in told

    def test_a_folder_for_files_that_cannot_be_written(
        self, operator: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (operator / "support.toml").write_text('[files]\nfolder = "in_the_way/files"\n')
        (operator / "in_the_way").touch()
        main(["doctor"])
        assert "✗ Files: in_the_way/files cannot be written." in capsys.readouterr().out

    def test_a_page_open_to_everybody(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("HOST", "0.0.0.0")
        assert main(["doctor"]) == 1
        assert "✗ Page: 0.0.0.0:8080 would be open to other machines." in capsys.readouterr().out

    def test_no_password_is_shown(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://desk:s3cret@127.0.0.1:1/desk")
        main(["doctor"])
        assert "s3cret" not in "".join(capsys.readouterr())


async def fill(url: str, cases: int) -> None:
    database = await Database.open(url)
    async with database.unit() as unit:
        for _ in range(cases):
            case = await new_case(unit)
            unit.cases.record(case, EventKind.FILED, actor=ANA.key, at=NOW, platform=Platform.WEB)
        await unit.commit()
    await database.close()


def test_export_writes_every_case_as_a_line_of_json(
    new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    url = new_database(True)
    asyncio.run(fill(url, 205))
    monkeypatch.setenv("DATABASE_URL", url)
    assert main(["export"]) == 0
    cases = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [case["number"] for case in cases] == [f"LD-{number}" for number in range(1, 206)]
    assert set(cases[0]) >= {
        *("number", "status", "organisation", "requester", "language", "description", "expected_behaviour"),
        *("service", "impact", "severity", "started", "zone", "files", "created_at", "history"),
    }
    assert [entry["kind"] for entry in cases[0]["history"]] == ["filed"]


def test_a_reader_who_has_read_enough_of_an_export_may_leave(new_sqlite: NewDatabase, operator: Path) -> None:
    url = new_sqlite(True)
    asyncio.run(fill(url, 400))
    command = f"{sys.executable} -m bot.cli export | head -n 1"
    shell = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        env=os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(shell.stdout)["number"] == "LD-1"
    assert not shell.stderr
    assert shell.returncode == 0


@pytest.mark.parametrize("command", ["export", "erase"])
def test_a_person_nobody_knows_is_told(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "upgrade"]) == 0
    assert main(["person", command, "web:acme:nobody"]) == 1
    assert "Nobody is kept under the key web:acme:nobody." in capsys.readouterr().err
    assert main(["person", command]) == 2
    assert f"ldsupport person {command} KEY" in capsys.readouterr().err
