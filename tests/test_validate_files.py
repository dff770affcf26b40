"""`provenance.validating.run`: folders, files and standard input, places in them, settings and baselines."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from provenance.configuration import Settings, find, load
from provenance.errors import OptionError, SchemaError
from provenance.model import Finding, Position, Severity
from provenance.reports.summary import file_of
from provenance.validating import run, update_baseline
from provenance.validation.places import Places
from tests.making_records import MISTAKES, full_record, good_record, mistaken

Mistake = tuple[str, str, Any]


def findings(*paths: Path | str, settings: Settings | None = None, stdin: bytes = b"") -> list[Finding]:
    found, _ = run(map(str, paths), settings or Settings(), stdin=io.BytesIO(stdin))
    return list(found)


def renamed(record: dict[str, Any], number: int) -> dict[str, Any]:
    """The record with an address of its own, so that a folder of them has nothing twice."""
    if record.get("url") == full_record()["url"] and record.get("@id") == full_record()["@id"]:
        from uuid import NAMESPACE_URL, uuid5

        record["url"] = f"https://gazette.example/2024/03/02/bridge-{number}"
        record["@id"] = f"urn:uuid:{uuid5(NAMESPACE_URL, record['url'])}"
    return record


@pytest.fixture
def seeded(tmp_path: Path) -> tuple[Path, dict[str, Mistake]]:
    """A folder of records in every form of file: good ones, and one for each mistake; mistakes by locator."""
    expected: dict[str, Mistake] = {}
    chosen = [m for m in MISTAKES if m[1] not in ("/@id", "/url", "/archivedAt/0/url")]
    records = [renamed(mistaken(change), number) for number, (_, _, change) in enumerate(chosen)]
    assert len(records) >= 30
    (tmp_path / "deep").mkdir()
    lines = tmp_path / "many.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for i, (record, mistake) in enumerate(zip(records[:12], chosen[:12], strict=True)):
            file.write(json.dumps(good_record(i), ensure_ascii=False) + "\n\n")
            file.write(json.dumps(record, ensure_ascii=False) + "\r\n")
            expected[f"{lines}#{2 * i + 2}"] = mistake
    listed = tmp_path / "deep" / "list.json"
    listed.write_text(json.dumps(records[12:18], indent=1, ensure_ascii=False), encoding="utf-8")
    expected |= {f"{listed}#{i}": mistake for i, mistake in enumerate(chosen[12:18], 1)}
    graph = tmp_path / "deep" / "graph.jsonld"
    nodes = [
        {"@type": "WebSite", "name": "x"},
        *({k: v for k, v in r.items() if k != "@context"} for r in records[18:22]),
    ]
    graph.write_text(json.dumps({"@context": "https://schema.org", "@graph": nodes}, indent="\t"), encoding="utf-8")
    expected |= {f"{graph}#{i}": mistake for i, mistake in enumerate(chosen[18:22], 1)}
    packed = tmp_path / "packed.ndjson.gz"
    packed.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in records[22:26]).encode(), mtime=0))
    expected |= {f"{packed}#{i}": mistake for i, mistake in enumerate(chosen[22:26], 1)}
    for i, (record, mistake) in enumerate(zip(records[26:], chosen[26:], strict=True)):
        single = tmp_path / f"single-{i:02}.json"
        single.write_text(json.dumps(record, indent=2, ensure_ascii=False), encoding="utf-8")
        expected[str(single)] = mistake
    (tmp_path / "package.json").write_text('{"name": "none of our business", "version": "1.0.0"}', encoding="utf-8")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.json").write_text('{"@type": "NewsArticle"}', encoding="utf-8")
    return tmp_path, expected


def text_at(file: str, position: Position) -> str:
    raw = Path(file).read_bytes()
    text = (gzip.decompress(raw) if file.endswith(".gz") else raw).decode("utf-8")
    return text.split("\n")[position.line - 1][position.column - 1 :]


def test_each_seeded_mistake_is_found_at_its_place(seeded: tuple[Path, dict[str, Mistake]]) -> None:
    folder, expected = seeded
    found = findings(folder)
    assert sorted((f.locator, f.rule, f.path) for f in found) == sorted(
        (loc, m[0], m[1]) for loc, m in expected.items()
    )
    for finding in found:
        assert finding.position is not None
        there = text_at(file_of(finding.locator), finding.position)
        last = finding.path.rpartition("/")[2]
        if not finding.path:
            assert there.startswith("{")
        elif last.isdigit():
            assert there[0] in '{["'
        else:
            assert there.startswith(json.dumps(last, ensure_ascii=False))


def test_counts_are_those_of_the_folder(seeded: tuple[Path, dict[str, Mistake]]) -> None:
    folder, expected = seeded
    found, tally = run([str(folder)], Settings())
    assert len(list(found)) == len(expected)
    assert tally.records == len(expected) + 12
    assert sum(tally.by_rule.values()) == len(expected)
    assert tally.failed
    first = tally.statistics().splitlines()[0].split()
    assert int(first[0]) == max(tally.by_rule.values())
    assert {file_of(locator) for locator in expected} <= set(tally.summary().files)


def test_memory_and_order_do_not_depend_on_the_size(tmp_path: Path) -> None:
    """The stream is read as it is consumed: the first finding comes before the last line exists."""
    read: list[int] = []

    class Slow(io.RawIOBase):
        def __init__(self) -> None:
            self.number = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            if self.number >= 100:
                return 0
            self.number += 1
            read.append(self.number)
            line = (json.dumps({**good_record(self.number), "headline": ""}) + "\n").encode()
            buffer[: len(line)] = line
            return len(line)

    found, tally = run(["-"], Settings(), stdin=io.BufferedReader(Slow(), 60_000))  # type: ignore[arg-type]
    next(iter(found))
    assert tally.records == 1
    assert len(read) < 20
    assert sum(1 for _ in found) == 99


@pytest.mark.parametrize(
    ("body", "rule", "line", "column"),
    [
        (b'{"@type": "NewsArticle",\n "headline": "x"\n "url": "y"}', "record/not-json", 3, 2),
        (b'{"headline": "a"}\n{"headline": NaN}\n', "record/not-json", 2, 1),
        (b'{"headline": "a"}\n{"headline": "\xff"}\n', "record/not-json", 2, 15),
        (b"[" * 100_000, "record/not-json", 1, 1),
        (b'[1, {"headline": ', "record/not-json", 1, 18),
    ],
)
def test_what_is_no_json_is_found_at_its_place(body: bytes, rule: str, line: int, column: int) -> None:
    found = [f for f in findings("-", stdin=body) if f.rule == rule]
    assert len(found) == 1
    assert found[0].position is not None
    assert (found[0].position.line, found[0].position.column) == (line, column)


def test_a_name_that_stands_twice_is_found(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    text = json.dumps(full_record())
    file.write_text(text[:-1] + ', "headline": "Bridge to Close for Two Years"}')
    assert [(f.rule, f.found) for f in findings(file)] == [("record/duplicate-name", '"headline"')]


def test_one_object_on_one_line_has_no_number(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({**full_record(), "headline": ""}) + "\n")
    assert [f.locator for f in findings(file)] == [str(file)]


@pytest.mark.parametrize("content", [None, b"{", b"\x1f\x8bgarbage"])
def test_a_file_that_cannot_be_read_is_a_failure_and_the_run_goes_on(tmp_path: Path, content: bytes | None) -> None:
    bad, good = tmp_path / "bad.json", tmp_path / "good.json"
    if content is not None:
        bad.write_bytes(content)
    good.write_text(json.dumps(full_record()))
    found, tally = run([str(bad), str(good)], Settings())
    told = list(found)
    assert tally.records == 1
    assert len(tally.failures) + len(told) == 1


def test_evidence_is_paired_by_identity(tmp_path: Path) -> None:
    from tests.test_validate_records import evidence_for

    known, unknown = full_record(), good_record(1)
    records, sidecars = tmp_path / "r.jsonl", tmp_path / "e.jsonl"
    records.write_text(json.dumps(known) + "\n" + json.dumps(unknown) + "\n")
    sidecars.write_text("no json\n" + json.dumps(evidence_for(known)) + "\n")
    found = findings(records, settings=Settings(evidence=sidecars))
    assert [(f.rule, f.locator) for f in found] == [("evidence/missing", f"{records}#2")]


def test_evidence_itself_is_checked(tmp_path: Path) -> None:
    from tests.test_validate_records import evidence_for

    evidence = evidence_for(full_record())
    evidence["evidence"][0]["basis"] = "guessed"
    file = tmp_path / "e.jsonl"
    file.write_text(json.dumps(evidence) + "\n")
    (found,) = findings(file)
    assert (found.rule, found.path) == ("evidence/form", "/evidence/0/basis")


# --- settings ------------------------------------------------------------------------------------------------------


def test_settings_are_found_upwards_and_given_ones_go_before(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.provenance]\nprofile = "archival"\nfail-on = "warning"\nbaseline = "known.json"\n'
        '[tool.provenance.rules]\n"image/missing-credit" = "off"\ngoogle = "note"\n'
    )
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    settings = load(find(inner))
    assert settings.profile == "archival"
    assert settings.fail_on is Severity.WARNING
    assert settings.baseline == tmp_path / "known.json"
    assert settings.rules == {"image/missing-credit": Severity.OFF, "google": Severity.NOTE}
    changed = settings.given(profile="core", fail_on="never", rules=("google=error",), baseline=tmp_path / "x.json")
    assert (changed.profile, changed.fail_on, changed.baseline) == ("core", Severity.OFF, tmp_path / "x.json")
    assert changed.rules == {"image/missing-credit": Severity.OFF, "google": Severity.ERROR}


def test_a_file_of_its_own_goes_before_pyproject_and_a_repository_is_the_border(tmp_path: Path) -> None:
    (tmp_path / "provenance.toml").write_text('profile = "google"\n')
    (tmp_path / "pyproject.toml").write_text("[tool.provenance]\n")
    assert load(find(tmp_path)).profile == "google"
    inner = tmp_path / "repository"
    (inner / ".git").mkdir(parents=True)
    (inner / "pyproject.toml").write_text("[tool.other]\n")
    assert find(inner) is None
    assert load(None) == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('profil = "core"', "Did you mean profile?"),
        ('profile = "gold"', "no profile"),
        ("profile = 7", "wrong type"),
        ('fail-on = "sometimes"', "no level to fail on"),
        ('[rules]\n"no/rule" = "off"', "no rule"),
        ('[rules]\n"text/line" = "maybe"', "no level"),
        ("profile = ", "no TOML"),
    ],
)
def test_what_is_wrong_with_settings_is_said_with_the_file(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "provenance.toml"
    file.write_text(text)
    with pytest.raises(OptionError) as caught:
        load(file)
    assert said in str(caught.value)
    assert str(file) in str(caught.value)


def test_levels_hold_for_a_run(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({**full_record(), "description": "Bridge to Close for Two Years"}))
    assert findings(file, settings=Settings().given(rules=("text/repeated=off",))) == []
    for level, failed in (("note", False), ("warning", False), ("error", True)):
        found, tally = run([str(file)], Settings().given(rules=(f"text/repeated={level}",)))
        assert [f.severity.name.lower() for f in found] == [level]
        assert tally.failed is failed
    found, tally = run([str(file)], Settings().given(fail_on="never", rules=("text=error",)))
    list(found)
    assert not tally.failed


def test_a_broken_schema_is_said_before_anything_is_read(tmp_path: Path) -> None:
    schema = tmp_path / "s.json"
    schema.write_text('{"type": 7}')
    with pytest.raises(SchemaError, match="wrong at /type"):
        run(["-"], Settings(schema=schema))


# --- baseline ------------------------------------------------------------------------------------------------------


def test_known_findings_are_not_counted_and_new_ones_are(tmp_path: Path) -> None:
    file, known = tmp_path / "a.jsonl", tmp_path / "known.json"
    first = {**full_record(), "description": "Bridge to Close for Two Years"}
    file.write_text(json.dumps(first) + "\n")
    settings = Settings(baseline=known)
    assert update_baseline([str(file)], settings).findings == 1
    found, tally = run([str(file)], settings)
    assert list(found) == []
    assert (tally.known, tally.failed) == (1, False)

    second = renamed({**full_record(), "description": "Bridge to Close for Two Years"}, 2)
    file.write_text(json.dumps(good_record(5)) + "\n" + json.dumps(first) + "\n" + json.dumps(second) + "\n")
    found, tally = run([str(file)], settings)
    assert [f.locator for f in found] == [f"{file}#3"]
    assert tally.known == 1


def test_a_baseline_is_the_same_for_the_same_findings_and_readable(tmp_path: Path) -> None:
    file, known = tmp_path / "a.json", tmp_path / "known.json"
    file.write_text(json.dumps({**full_record(), "headline": "", "inLanguage": "EN"}))
    update_baseline([str(file)], Settings(baseline=known))
    once = known.read_text()
    update_baseline([str(file)], Settings(baseline=known))
    assert known.read_text() == once
    assert {entry["rule"] for entry in json.loads(once)["findings"].values()} == {"text/line", "language/tag"}


@pytest.mark.parametrize("text", ["", "[]", '{"findings": []}', '{"findings": {"a": {}}}'])
def test_what_is_no_baseline_is_said(tmp_path: Path, text: str) -> None:
    known = tmp_path / "known.json"
    known.write_text(text)
    with pytest.raises(OptionError, match="no baseline"):
        run(["-"], Settings(baseline=known))


# --- places --------------------------------------------------------------------------------------------------------


def test_places_of_members_start_at_the_key_and_end_with_the_value() -> None:
    text = '{\n "a/b": [1, {"ö": "x\\"}"}],\r\n "~": {}\n}'
    places = Places(text, first_line=10)
    assert places.position("/a~1b") == Position(11, 2, 11, 27)
    assert places.position("/a~1b/0") == Position(11, 10, 11, 11)
    assert places.position("/a~1b/1/ö") == Position(11, 14, 11, 25)
    assert places.position("/~0") == Position(12, 2, 12, 9)
    assert places.position("") == Position(10, 1, 10, 2)
    assert places.position("/a~1b/7/none") == places.position("/a~1b")
    assert places.line(11) == ' "a/b": [1, {"ö": "x\\"}"}],'


def test_places_agree_with_the_data() -> None:
    """Every pointer's extent holds the JSON of its value."""
    from provenance.validation.places import extents
    from provenance.validation.problems import leaves

    for seed in range(20):
        record = good_record(seed)
        for indent in (None, 1, "\t"):
            text = json.dumps(record, indent=indent, ensure_ascii=bool(seed % 2))
            found = extents(text)
            for path, value in leaves(record):
                part = text[slice(*found[path])]
                assert json.loads(part if path.rpartition("/")[2].isdigit() else part.partition(":")[2]) == value
