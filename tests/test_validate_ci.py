"""Ready to use in CI: the hook, the action, the snippets of the docs, and the pages that explain rules."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from provenance.configuration import FAIL_ON, Settings, load
from provenance.reports import REPORTERS
from provenance.reports.summary import anchor
from provenance.validation import RULES
from provenance.validation.schemas import NAMES, PROFILES, shipped
from tests import rules_page
from tests.making_records import full_record

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def yaml(text: str) -> Any:
    module = pytest.importorskip("yaml", reason="PyYAML is not installed (pip install pyyaml)")
    return module.safe_load(text)


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", read(page), re.S | re.M)


def tool(name: str) -> str:
    found = shutil.which(name, path=str(BIN)) or shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed (pip install {name})")
    return found


# --- the pages of the docs ----------------------------------------------------------------------------------------


def test_the_page_of_rules_is_that_of_the_table() -> None:
    assert read("docs/rules.md") == rules_page.page(), "run: python -m tests.rules_page"


def test_every_rule_has_a_family_and_an_anchor() -> None:
    headings = re.findall(r"^### (.+)$", read("docs/rules.md"), re.M)
    assert sorted(headings) == sorted(RULES)
    assert {rule.partition("/")[0] for rule in RULES} == set(rules_page.FAMILIES)
    anchors = [anchor(rule) for rule in RULES]
    assert len(set(anchors)) == len(anchors)
    for rule in RULES:  # as GitHub makes anchors of headings: lower case, punctuation but - and _ removed
        assert anchor(rule) == re.sub(r"[^\w -]", "", rule.lower()).replace(" ", "-")


def test_the_page_of_profiles_names_what_the_schemas_ask_for() -> None:
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", read("docs/profiles.md"), re.S | re.M))
    for name in shipped("core")["required"]:
        assert re.search(rf"^\| `{name}` \| required", sections["core"], re.M)
    (needed,) = [part["required"] for part in shipped("archival")["allOf"] if "required" in part]
    row = next(line for line in sections["archival"].splitlines() if line.endswith("| required |"))
    assert re.findall(r"`([^`]+)`", row) == needed
    advised = [part["required"][0] for part in shipped("google")["allOf"] if "required" in part]
    row = next(line for line in sections["google"].splitlines() if line.endswith("| recommended |"))
    assert sorted(re.findall(r"`([^`]+)`", row)) == sorted(advised)
    for name in PROFILES:
        assert f"| {name} |" in read("docs/profiles.md")
    assert set(NAMES) <= sections.keys()


def test_the_schema_of_the_docs_works_as_told() -> None:
    from provenance.validation import validate_record

    (text,) = blocks("docs/profiles.md", "json")
    found = validate_record(full_record() | {"articleSection": ["Moon"]}, schema=json.loads(text))
    assert [(f.rule, f.path, f.message) for f in found] == [
        ("house/section", "/articleSection/0", "articleSection 1 must be one of our sections")
    ]


def test_the_settings_of_the_docs_are_read(tmp_path: Path) -> None:
    (text,) = blocks("docs/ci.md", "toml")
    file = tmp_path / "pyproject.toml"
    file.write_text(text)
    settings = load(file)
    assert settings != Settings(source=file)
    assert settings.profile == "archival"
    own = tmp_path / "provenance.toml"
    own.write_text(text.replace("tool.provenance.", "").replace("[tool.provenance]", ""))
    assert load(own).rules == settings.rules


def test_the_docs_name_every_format_and_level() -> None:
    page = read("docs/ci.md")
    assert re.findall(r"^\| `(\w+)` \|", page, re.M) == list(REPORTERS)
    assert all(f"`{level}`" in page for level in FAIL_ON)


def test_what_remedies_and_pages_name_exists() -> None:
    """Options and pages that a person is sent to."""
    tool("provenance")
    texts = [rule.remedy for rule in RULES.values()] + [
        read("docs/ci.md"),
        read("docs/profiles.md"),
        read("docs/rules.md"),
    ]
    help_of = {
        command: subprocess.run(
            [tool("provenance"), command, "--help"],
            capture_output=True,
            text=True,
            env={**os.environ, "COLUMNS": "200"},
        ).stdout
        for command in ("extract", "validate")
    }
    known = set(re.findall(r"--[a-z][a-z-]+", " ".join(help_of.values())))
    known |= {"--schemafile", "--spec", "--strict"}  # of other tools
    for text in texts:
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known
        for page in re.findall(r"\]\(([\w-]+\.md)", text) + re.findall(r"docs/([\w-]+\.md)", text):
            assert (ROOT / "docs" / page).is_file(), page


# --- what other tools make of our files ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "language", "name", "number"),
    [
        ("vendor.github-actions", "", "action.yml", 0),
        ("vendor.github-workflows", "yaml", "docs/ci.md", 0),
        ("vendor.gitlab-ci", "yaml", "docs/ci.md", 1),
    ],
)
def test_files_and_snippets_are_what_the_services_take(
    tmp_path: Path, schema: str, language: str, name: str, number: int
) -> None:
    file = tmp_path / "file.yml"
    file.write_text(blocks(name, language)[number] if language else read(name))
    command = [tool("check-jsonschema"), "--builtin-schema", schema, str(file)]
    if "gitlab" in schema:
        command[1:1] = ["--data-transform", "gitlab-ci"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stdout


def test_the_action_takes_no_input_into_its_scripts() -> None:
    """An input inside a script would be run by the shell; inputs travel in the environment."""
    for step in yaml(read("action.yml"))["runs"]["steps"]:
        assert "${{" not in step["run"]


def collection(folder: Path, *, good: bool) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    record = full_record() if good else {**full_record(), "headline": "two\nlines"}
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n")
    return folder


def run_action(folder: Path, tmp_path: Path, **given: str) -> subprocess.CompletedProcess[str]:
    action = yaml(read("action.yml"))
    step = action["runs"]["steps"][1]
    inputs = {name: part["default"] for name, part in action["inputs"].items()} | given
    installed = tmp_path / "runner" / "provenance" / "bin"
    installed.mkdir(parents=True, exist_ok=True)
    if not (installed / "provenance").exists():
        (installed / "provenance").symlink_to(tool("provenance"))
    environment = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: inputs[m[1]], v) for key, v in step["env"].items()
    }
    environment |= {"RUNNER_TEMP": str(tmp_path / "runner"), "PATH": os.environ["PATH"], "GITHUB_ACTIONS": "true"}
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def test_the_action_annotates_and_fails(tmp_path: Path) -> None:
    folder = collection(tmp_path / "a b", good=False)
    bad = run_action(folder, tmp_path, paths="records.jsonl\n")
    assert bad.returncode == 1, bad.stderr
    assert "::error file=records.jsonl,title=provenance text/line,line=1" in bad.stdout
    lenient = run_action(folder, tmp_path, **{"fail-on": "never", "sarif-file": "out.sarif"})
    assert lenient.returncode == 0, lenient.stderr
    assert json.loads((folder / "out.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "text/line"


def test_the_example_of_the_docs_passes_on_records_beside_their_pages(tmp_path: Path) -> None:
    """What docs/ci.md asks for, and the action's own default, on a sound collection: no finding, nothing unread."""
    folder = tmp_path / "collection"
    for name in ("pages", "records"):
        (folder / name).mkdir(parents=True)
    for name in ("html", "mhtml"):
        shutil.copy(next((ROOT / "samples" / name).glob("article.*")), folder / "pages")
    records = ["--evidence", "records/evidence.jsonl", "-o", "records/records.jsonl", "--sd-publisher", "City Library"]
    command = [tool("provenance"), "extract", "pages/article.html", "--retrieved", "2024-03-05T10:00:00Z", *records]
    assert subprocess.run(command, cwd=folder, capture_output=True, timeout=60).returncode == 0
    steps = yaml(blocks("docs/ci.md", "yaml")[0])["jobs"]["validate"]["steps"]
    for given in (steps[-1]["with"], {}, {"sarif-file": "out.sarif"}):
        done = run_action(folder, tmp_path, **given)
        assert done.returncode == 0, done.stdout
        assert "::error" not in done.stdout
        assert "::warning" not in done.stdout
        assert "3 records checked: 0 errors" in done.stdout


def test_the_action_annotates_also_what_it_cannot_read(tmp_path: Path) -> None:
    folder = collection(tmp_path / "collection", good=False)
    done = run_action(folder, tmp_path, paths="records.jsonl\nnope.html", **{"sarif-file": "out.sarif"})
    assert done.returncode == 3
    assert "::error file=nope.html,title=input.missing" in done.stdout
    assert "title=provenance text/line" in done.stdout


def test_the_gitlab_script_writes_its_report(tmp_path: Path) -> None:
    from lxml import etree

    folder = tmp_path
    collection(folder / "records", good=False)
    job = yaml(blocks("docs/ci.md", "yaml")[1])["validate"]
    script = job["script"][-1]
    environment = {"PATH": f"{BIN}:{os.environ['PATH']}"}
    tool("provenance")
    result = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 1, result.stderr
    report = folder / job["artifacts"]["reports"]["junit"]
    assert etree.parse(str(report)).getroot().get("failures") == "1"


def test_pre_commit_runs_the_hook(tmp_path: Path) -> None:
    """pre-commit itself, on a repository of ours with the shipped hook; only its environment is the one at hand."""
    pre_commit, git = tool("pre-commit"), tool("git")
    tool("provenance")
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def call(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)

    def commit(folder: Path) -> str:
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--no-verify", "-m", "x"]):
            assert call(git, *command, folder=folder).returncode == 0
        return call(git, "rev-parse", "HEAD", folder=folder).stdout.strip()

    hooks = tmp_path / "hooks"
    hooks.mkdir()
    text = read(".pre-commit-hooks.yaml")
    assert "language: python\n" in text
    (hooks / ".pre-commit-hooks.yaml").write_text(text.replace("language: python\n", "language: system\n"))
    revision = commit(hooks)

    folder = collection(tmp_path / "collection", good=False)
    (folder / "package.json").write_text("{}")
    settings = yaml(blocks("docs/ci.md", "yaml")[2])
    settings["repos"][0] |= {"repo": str(hooks), "rev": revision}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps(settings))
    commit(folder)
    bad = call(pre_commit, "run", "--all-files", folder=folder)
    assert bad.returncode == 1, bad.stdout + bad.stderr
    assert "text/line" in bad.stdout
    assert "package.json" not in bad.stdout
    collection(folder, good=True)
    good = call(pre_commit, "run", "--all-files", folder=folder)
    assert good.returncode == 0, good.stdout + good.stderr
    assert "Passed" in good.stdout
