"""Every bench, one after another: `make bench`, or `make bench ARGS="--trials 20"` for a quick look."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHES = (
    "panic",
    "guardian",
    "hands",
    "echo",
    "start",
    "supervisor",
    "seal",
    "append",
    "opening",
    "news",
    "desk",
    "merge",
)
"""In the order in which `docs/figures.md` shows them."""


def main() -> int:
    """Run each with the arguments given. Returns 1 when one of them failed."""
    failed = []
    for name in BENCHES:
        print(f"\n## bench/{name}.py\n", flush=True)
        script = Path(__file__).with_name(f"{name}.py")
        if subprocess.run([sys.executable, str(script), *sys.argv[1:]], check=False).returncode:
            failed.append(name)
    if failed:
        print("\nFailed: " + ", ".join(failed), file=sys.stderr)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
