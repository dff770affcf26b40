"""The shipped schemas: sound, self-contained, and understood alike by other validators."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import provenance.schemas
import pytest

from provenance.validation import validate_record
from provenance.validation.schemas import NAMES, PROFILES, bundle, read_schema, shipped
from provenance.validation.structure import _validator
from tests.making_records import archival_record, full_record, good_record, mangled
from tests.npm_packages import npm_packages

FOLDER = Path(provenance.schemas.__file__).parent
ROOT = Path(__file__).parents[1]


def parts(schema: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        below = [found for key, value in schema.items() for found in parts(value, f"{path}/{key}")]
        return [(path, schema), *below]
    return (
        [found for i, value in enumerate(schema) for found in parts(value, f"{path}/{i}")]
        if isinstance(schema, list)
        else []
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_draft_2020_12_under_our_address(name: str) -> None:
    from jsonschema import Draft202012Validator

    schema = shipped(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://w3id.org/news-provenance/schema/1/{name}.schema.json"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("name", NAMES)
def test_a_bundle_is_up_to_date_and_refers_to_nothing_outside(name: str) -> None:
    text = (FOLDER / f"{name}.bundle.schema.json").read_text("utf-8")
    assert text == json.dumps(bundle(name), indent=1) + "\n"
    known = {part["$id"].rpartition("/")[2] for _, part in parts(json.loads(text)) if "$id" in part}
    referred = {part["$ref"].partition("#")[0] for _, part in parts(json.loads(text)) if "$ref" in part}
    assert referred - {""} <= known | {"core.schema.json"}
    if "core.schema.json" in referred:
        assert "core.schema.json" in known


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_a_pattern_and_patterns_mean_the_same_everywhere(name: str) -> None:
    """Other validators may ignore formats; \\d, \\s and a bare $ differ between Python and ECMAScript."""
    for path, part in parts(shipped(name)):
        if "format" in part and not path.endswith(("/then", "/else")):
            assert "pattern" in part, path
        if isinstance(part.get("pattern"), str):
            pattern = part["pattern"]
            re.compile(pattern)
            assert not re.search(r"\\[dDwWb]", pattern), path
            if pattern.endswith(r"$(?!\n)"):
                pattern = pattern[: -len(r"$(?!\n)")]
            assert not re.search(r"(?<!\\)\$$", pattern), path


def test_every_constraint_of_a_value_has_a_code_and_a_message() -> None:
    for path, part in parts(shipped("core")):
        constrained = bool({"pattern", "enum", "const", "minimum", "minItems"} & part.keys())
        if constrained and "/if" not in path and not path.endswith("/properties"):
            assert "x-code" in part, path
            assert "x-message" in part, path


def test_the_core_profile_is_closed_at_every_level() -> None:
    """Closed by `propertyNames`: `unevaluatedProperties` would report fields twice when one fails."""
    for path, part in parts(shipped("core")):
        if part.get("type") == "object" and path != "/$defs/party":
            allowed = set(part["propertyNames"]["enum"])
            assert set(part["properties"]) <= allowed, path
            assert allowed - set(part["properties"]) <= {"@id"}, path


def test_slots_that_can_repeat_are_lists() -> None:
    core = shipped("core")["properties"]
    repeated = {name for name, part in core.items() if part.get("type") == "array"}
    assert repeated == set(
        "articleSection keywords author contributor editor translator sourceOrganization provider copyrightHolder "
        "isBasedOn correction image identifier archivedAt".split()
    )


def test_a_schema_that_is_none_is_said(tmp_path: Path) -> None:
    from provenance.errors import SchemaError

    for content in (b"", b"[]", b"{", b"\xff"):
        file = tmp_path / "s.json"
        file.write_bytes(content)
        with pytest.raises(SchemaError):
            read_schema(file)
    with pytest.raises(SchemaError):
        read_schema(tmp_path / "none.json")


# --- other validators ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, Any]]]:
    """200 generated records, good and broken, each in a file of its own."""
    folder = tmp_path_factory.mktemp("records")
    records = [good_record(seed) for seed in range(40)] + [archival_record(seed) for seed in range(40, 60)]
    records += [mangled(seed) for seed in range(140)]
    found = {}
    for i, record in enumerate(records):
        file = folder / f"{i:03}.json"
        file.write_text(json.dumps(record), encoding="utf-8")
        found[str(file)] = (file, record)
    return found


def own_verdict(record: dict[str, Any], profile: str) -> bool:
    return not any(True for _ in _validator(profile).iter_errors(record))


def test_the_generated_records_are_a_fair_mix(files: dict[str, Any]) -> None:
    good = sum(own_verdict(record, "core") for _, record in files.values())
    assert 60 <= good <= 150


def test_the_verdict_of_the_tool_is_that_of_its_schema(files: dict[str, Any]) -> None:
    codes = {"schema/constraint"} | {
        part["x-code"] for name in PROFILES for _, part in parts(shipped(name)) if isinstance(part.get("x-code"), str)
    }
    codes |= {"record/missing-property", "record/wrong-type"}
    for _, record in list(files.values())[::4]:
        for profile in PROFILES:
            found = [f.rule for f in validate_record(record, profile=profile) if f.rule in codes]
            assert (not found) == own_verdict(record, profile)


@pytest.mark.parametrize("profile", ["archival"])
def test_check_jsonschema_gives_the_same_verdict(files: dict[str, Any], profile: str) -> None:
    command = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent)) or shutil.which(
        "check-jsonschema"
    )
    if not command:
        pytest.skip("check-jsonschema is not installed (pip install check-jsonschema)")
    schema = str(FOLDER / f"{profile}.bundle.schema.json")
    environment = {
        "PATH": "",
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "HOME": "/nowhere",
    }
    result = subprocess.run(
        [command, "--schemafile", schema, "-o", "JSON", *files],
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
    )
    report = json.loads(result.stdout)
    refused = {error["filename"] for error in report["errors"]}
    expected = {name for name, (_, record) in files.items() if not own_verdict(record, profile)}
    assert refused == expected


AJV = """
const Ajv = require("ajv/dist/2020").default, fs = require("fs");
const ajv = new Ajv({strict: false, allErrors: false});
require("ajv-formats").default(ajv);
const check = ajv.compile(JSON.parse(fs.readFileSync(process.argv[2])));
const bad = process.argv.slice(3).filter(f => !check(JSON.parse(fs.readFileSync(f))));
console.log(JSON.stringify(bad));
"""


@pytest.mark.parametrize("profile", PROFILES)
def test_ajv_gives_the_same_verdict(files: dict[str, Any], profile: str) -> None:
    folder = npm_packages("ajv@8", "ajv-formats@3")
    script = folder / "check.cjs"
    script.write_text(AJV)
    schema = str(FOLDER / f"{profile}.bundle.schema.json")
    result = subprocess.run(
        ["node", str(script), schema, *files], capture_output=True, text=True, cwd=folder, check=True, timeout=120
    )
    expected = {name for name, (_, record) in files.items() if not own_verdict(record, profile)}
    assert set(json.loads(result.stdout)) == expected


# --- evidence ------------------------------------------------------------------------------------------------------


def test_the_evidence_schema_knows_what_it_must() -> None:
    from tests.test_validate_records import evidence_for

    evidence = evidence_for(full_record())
    check = _validator("evidence").is_valid
    assert check(evidence)
    evidence["capture"]["layers"] = [
        {"kind": "gzip"},
        {"kind": "warc", "url": "https://a.example/", "detail": {"offset": "12"}},
    ]
    pointer = {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc6901", "value": "/headline"}
    evidence["evidence"][0]["selector"] = {
        "type": "XPathSelector",
        "value": "/html/head/script[1]",
        "refinedBy": pointer,
    }
    lines = {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc5147",
        "value": "line=0,2",
        "refinedBy": [],
    }
    evidence["evidence"][2]["agrees"] = [{"source": "visible-text", "rule": "headline/h1", "selector": lines}]
    evidence["rejected"] = [
        {"field": "author", "value": 7, "reason": "a role", "source": "meta", "rule": "byline/meta", "selector": lines}
    ]
    assert check(evidence)
    for change in (
        {"rejected": [{"value": "x", "reason": "no place"}]},
        {"evidence": [{"path": "headline", "basis": "verbatim", "rule": "a/b"}]},
        {"evidence": [{"path": "/x", "basis": "verbatim", "rule": "a/b", "selector": {"type": "TextQuoteSelector"}}]},
        {
            "evidence": [
                {
                    "path": "/x",
                    "basis": "verbatim",
                    "rule": "a/b",
                    "selector": {"type": "FragmentSelector", "value": "x"},
                }
            ]
        },
        {"capture": {"sha256": "x", "mediaType": "text/html"}},
    ):
        assert not check({**evidence, **change}), change
