"""Run uv, the project's installer: the one on PATH, or a pinned one fetched once into `.tools/`.

    python3 .ci/uv.py sync --frozen

Needs nothing but Python: a fresh Debian has neither uv nor pip nor ensurepip. The network is asked only
where no uv is found; proxies and SSL_CERT_FILE count as everywhere in Python.
"""

from __future__ import annotations  # so that an old Python comes as far as saying that it is too old

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import time
import urllib.request
import zipfile
from http.client import HTTPException
from pathlib import Path

PYTHON_NEEDED = (3, 11)
OLDEST_UV = (0, 8)
VERSION = "0.13.9"
FILES = "https://files.pythonhosted.org/packages"
# To renew: the files of https://pypi.org/project/uv/#files, each with its address and SHA-256.
WHEELS = {
    ("Linux", "x86_64"): (
        "3d/aa/26d64642d808de4a652579ef950d7cd2d37f080a8babf9c67c6b75fc4c3f",
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    ("Linux", "aarch64"): (
        "fe/2f/51a5de367c602592c018a42a23d57fba5f2689fe6c3bf025dcf043b39c61",
        "manylinux_2_28_aarch64",
        "ecb6028d79dc96fbeafffe5c8af62a7099487ebc05a701e76714eebcffd06375",
    ),
    ("Darwin", "x86_64"): (
        "1e/db/08e9ef4879bd667e6d7b4705e594e5bd3e4585f10fc63cb16b9fa2fac63e",
        "macosx_10_12_x86_64",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    ("Darwin", "arm64"): (
        "a8/d7/b074798c7fb3b26b37584b8fe2e29df2ccdc24ce7902caab2a53edbf",
        "macosx_11_0_arm64",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
}
OWN = Path(__file__).resolve().parent.parent / ".tools" / f"uv-{VERSION}"


def main() -> None:
    """Become uv, with this Python as the one it installs for."""
    if sys.version_info < PYTHON_NEEDED:
        sys.exit(f"Python 3.11 or newer is needed; python3 here is {platform.python_version()}.")
    uv = on_path() or OWN
    if uv == OWN and not OWN.exists():
        fetch()
    os.environ.setdefault("UV_PYTHON", sys.executable)
    os.environ.setdefault("UV_PYTHON_DOWNLOADS", "never")
    if os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR"):
        os.environ.setdefault("UV_SYSTEM_CERTS", "1")
    os.execv(uv, [str(uv), *sys.argv[1:]])


def on_path() -> Path | None:
    """Return the uv that is installed, where it is new enough to read the lock file."""
    found = shutil.which("uv")
    if not found:
        return None
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = re.match(r"uv (\d+)\.(\d+)", said)
    return Path(found) if numbers and tuple(map(int, numbers.groups())) >= OLDEST_UV else None


def fetch() -> None:
    """Put uv where it belongs; whoever sees it there sees it whole."""
    machine = (platform.system(), platform.machine())
    if machine not in WHEELS:
        sys.exit(f"There is no uv for {' '.join(machine)} here: install uv (https://docs.astral.sh/uv/).")
    folder, tag, digest = WHEELS[machine]
    wheel = download(f"{FILES}/{folder}/uv-{VERSION}-py3-none-{tag}.whl")
    if hashlib.sha256(wheel).hexdigest() != digest:
        sys.exit(f"The uv {VERSION} that came is not the one expected: try again, or install uv yourself.")
    OWN.parent.mkdir(exist_ok=True)
    part = OWN.with_name(f"{OWN.name}.{os.getpid()}")
    part.write_bytes(zipfile.ZipFile(io.BytesIO(wheel)).read(f"uv-{VERSION}.data/scripts/uv"))
    part.chmod(0o755)
    part.replace(OWN)


def download(url: str) -> bytes:
    """Return what stands at *url*; end the program with a plain line where it cannot be had."""
    print(f"Fetching uv {VERSION}, once …", file=sys.stderr, flush=True)
    for pause in (2, 5, 0):  # seconds before the next try
        try:
            with urllib.request.urlopen(url, timeout=60) as response:
                content: bytes = response.read()
                return content
        except (OSError, HTTPException) as error:
            reason: Exception = error
            time.sleep(pause)
    sys.exit(f"uv could not be fetched ({reason}): check the network, or install uv yourself.")


if __name__ == "__main__":
    main()
