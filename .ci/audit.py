"""Ask PyPI whether a library of the lock file has a known weakness; without network, say so and stop.

    python3 .ci/audit.py

Exit status: 0 none is known, or nobody could be asked; 1 there is one.
"""

import json
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = [sys.executable, str(ROOT / ".ci" / "uv.py")]
ASKED = "https://pypi.org/pypi/rank-bm25/0.2.2/json"  # as pip-audit asks; any library would do


def main() -> int:
    """Audit what users install; development tools never run beside the bot."""
    try:
        with urllib.request.urlopen(ASKED, timeout=20) as answer:
            json.load(answer)["vulnerabilities"]
    except (OSError, ValueError, LookupError) as error:
        print(f"audit skipped: {ASKED} tells no weaknesses ({error!r})")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "requirements.txt"
        export = ["export", "--quiet", "--frozen", "--no-default-groups", "--no-emit-project"]
        subprocess.run([*UV, *export, "--output-file", str(pinned)], cwd=ROOT, check=True)
        audit = ["pip-audit", "--disable-pip", "--strict", "--require-hashes", "--progress-spinner", "off"]
        run = ["run", "--quiet", "--frozen", "--isolated", "--only-group", "audit"]
        return subprocess.run(
            [*UV, *run, *audit, "--requirement", str(pinned)], cwd=ROOT, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
