"""``python -m tests.bench [NAME [ARGUMENTS]]``: one measurement, or all of them.

A measurement is a module beside this one with ``main(arguments) -> int``; 0 means its goal is met.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def _names() -> list[str]:
    files = sorted(Path(__file__).parent.glob("*.py"))
    return [file.stem for file in files if "\ndef main(" in file.read_text(encoding="utf-8")]


def _run(name: str, arguments: list[str]) -> int:
    print(f"== {name}", flush=True)
    module = importlib.import_module(f"tests.bench.{name}")
    return int(module.main(arguments))


def _main(arguments: list[str]) -> int:
    if not arguments:
        return max(_run(name, []) for name in _names())
    if arguments[0] not in _names():
        print(f"no measurement {arguments[0]}; there are {', '.join(_names())}", file=sys.stderr)
        return 2
    return _run(arguments[0], arguments[1:])


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
