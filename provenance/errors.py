"""Every error of the tool, and every exit code.

    ProvenanceError
    ├── SourceError      an input that cannot be read, or is not what it says
    │   ├── FetchError   an address that cannot be fetched
    │   └── LimitError   an input beyond a limit of `provenance.limits`
    ├── OptionError      a call that cannot be carried out as asked
    ├── SchemaError      a JSON Schema that cannot be used
    └── OutputError      an output that cannot be written

Each error carries a stable `code`, one sentence that says what is wrong, and `advice` that says what to do. Errors
never end the process: the command line turns them into an `ExitStatus`.
"""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """How a run ended (see docs/exit-codes.md)."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    OUTPUT = 4
    INTERRUPTED = 130
    TERMINATED = 143
    PIPE_CLOSED = 141


class ProvenanceError(Exception):
    """Base of all errors. `code` is stable; `advice` tells a person what to do next."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class SourceError(ProvenanceError):
    code = "input.unreadable"


class FetchError(SourceError):
    code = "fetch.failed"


class LimitError(SourceError):
    code = "limit.exceeded"


class OptionError(ProvenanceError):
    code = "usage"


class SchemaError(ProvenanceError):
    code = "schema.unusable"


class OutputError(ProvenanceError):
    code = "output.unwritable"
