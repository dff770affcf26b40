"""`python -m provenance`, and where the installed command begins."""

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command. Until all is imported, Ctrl-C ends the process at once and without a traceback."""
    awaited = signal.getsignal(signal.SIGINT)
    if awaited is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from provenance.cli import main as run

    signal.signal(signal.SIGINT, awaited)
    run()


if __name__ == "__main__":
    main()
