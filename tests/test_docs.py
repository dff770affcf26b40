"""The documentation says what the tool does: help, commands, properties, losses, links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from provenance.errors import ExitStatus
from provenance.normalise import ORDER

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(text: str, name: str) -> str:
    found = re.search(rf"<!-- {name}:begin -->\n(.*?)<!-- {name}:end -->", text, re.S)
    assert found is not None, f"no block {name}"
    return found.group(1)


def printed_help(*command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "provenance", *command, "--help"],
        capture_output=True, text=True, check=True, env={"COLUMNS": "80", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    return done.stdout


def test_readme_shows_the_real_help() -> None:
    assert block(README, "help") == f"```\n{printed_help().strip()}\n```\n"


def test_every_command_of_the_help_explains_itself() -> None:
    commands = re.findall(r"^  (\w+)  ", printed_help().split("Commands:")[1], re.M)
    assert {"extract", "validate", "explain", "verify", "schema", "capture", "export"} <= set(commands)
    for command in commands:
        assert "Options:" in printed_help(command)


def test_every_property_of_the_record_is_described() -> None:
    text = (ROOT / "docs" / "fields.md").read_text(encoding="utf-8")
    assert [name for name in ORDER if f"`{name}`" not in text and name != "sdLicense"] == []


def test_every_exit_code_is_described() -> None:
    text = (ROOT / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    for status in ExitStatus:
        assert f"| {int(status)} | `{status.name}` |" in text


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("#"):
            assert (page.parent / target.split("#")[0]).exists(), target


def test_losses_are_those_that_the_real_tools_test_asserts() -> None:
    from tests.test_real_tools import LOSES

    rows = re.findall(
        r"^\| `([\w-]+)` \| (.*) \|$", block((ROOT / "docs" / "forms.md").read_text("utf-8"), "losses"), re.M
    )
    told = {name: frozenset(re.findall(r"`(\w+)`", lost)) for name, lost in rows}
    assert told == dict(LOSES)


def test_choices_of_the_command_line_are_those_of_the_registries() -> None:
    from provenance.commands import arguments, export, schema, validate
    from provenance.configuration import FAIL_ON
    from provenance.exports import EXPORTERS
    from provenance.reports import REPORTERS
    from provenance.validation.schemas import NAMES

    assert {c.value for c in export.Format} == set(EXPORTERS)
    assert {c.value for c in validate.Report} == set(REPORTERS)
    assert {c.value for c in arguments.FailOn} == set(FAIL_ON)
    assert {c.value for c in schema.Profile} == set(NAMES)


def test_every_rule_of_reading_is_listed_and_every_listed_one_exists() -> None:
    page = (ROOT / "docs" / "readings.md").read_text("utf-8")
    listed = set(re.findall(r"`([a-z-]+/[a-z0-9-]+)`", page))
    code = "".join(path.read_text("utf-8") for path in sorted((ROOT / "provenance").rglob("*.py")))
    assert not [rule for rule in sorted(listed) if not _stands_in(code, rule)]
    assert _rules_seen() <= listed


def _stands_in(code: str, rule: str) -> bool:
    """Whether an id stands in the code, whole or put together: `f"{field}/jsonld"`, `"byline/jsonld-" + name`."""
    family, ending = rule.split("/")
    return (
        f'"{rule}"' in code
        or f"/{ending}" in code
        or f"{family}/{ending.split('-')[0]}-" in code
        or f'"{ending}"' in code
    )


def _rules_seen() -> set[str]:
    """Rules that read something, won, agreed or lost, on the samples and the golden pages."""
    from provenance import open_captures, process
    from provenance.options import Options

    seen: set[str] = set()
    for source in [
        *sorted((ROOT / "samples").glob("*/article*")),
        *sorted((ROOT / "tests" / "pages").glob("*/input*")),
    ]:
        for item in open_captures(str(source)):
            evidence = getattr(process(item, Options(any_page=True)), "evidence", None) or {}  # type: ignore[arg-type]
            for entry in (*evidence.get("evidence", ()), *evidence.get("rejected", ())):
                seen |= {entry["rule"], *(other["rule"] for other in entry.get("agrees", ()))}
    return seen


def test_the_example_of_the_library_runs_on_whatever_it_is_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = README.split("## Library")[1].split("```python\n")[1].split("```")[0]
    (tmp_path / "list.html").write_text("<html><body><p>Nothing to read here.</p></body></html>", encoding="utf-8")
    sources = (ROOT / "samples" / "html" / "article.html", tmp_path / "list.html", tmp_path / "nowhere.html")
    for source in sources:
        exec(code.replace("page.mhtml", str(source)), {})
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == len(sources)
    assert "XPathSelector" in printed[0]
    assert "input." in printed[2]
