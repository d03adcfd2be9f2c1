"""Run uv, the project's installer: the one on PATH, or the one in uv.lock, fetched once into `.tools/`.

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
import ssl
import subprocess
import sys
import time
import urllib.request
import zipfile
from http.client import HTTPException
from pathlib import Path
from typing import Any

PYTHON_NEEDED = (3, 11)
OLDEST_UV = (0, 8)
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Become uv, with this Python as the one it installs for."""
    if sys.version_info < PYTHON_NEEDED:
        sys.exit(f"Python 3.11 or newer is needed; python3 here is {platform.python_version()}.")
    uv = on_path() or pinned()
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


def pinned() -> Path:
    """Return the uv that the lock file names; fetch it where it is not here yet."""
    import tomllib  # an old Python has none

    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    package = next(package for package in packages if package["name"] == "uv")
    uv = ROOT / ".tools" / f"uv-{package['version']}"
    if not uv.exists():
        print(f"Fetching uv {package['version']}, once …", file=sys.stderr, flush=True)
        unpack(download(wheel_for_here(package["wheels"])), uv)
    return uv


def wheel_for_here(wheels: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the lock file's entry of the wheel that runs on this machine."""
    system, machine = platform.system(), platform.machine()
    if system == "Linux":
        system = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    begins = {"Darwin": "macosx"}.get(system, system)
    for wheel in wheels:
        tags = Path(wheel["url"]).stem.split("-")[-1].split(".")
        if any(tag.startswith(begins) and tag.endswith(f"_{machine}") for tag in tags):
            return wheel
    sys.exit(f"There is no uv for {system} {machine} here: install uv (https://docs.astral.sh/uv/).")


def download(wheel: dict[str, Any]) -> bytes:
    """Return the wheel, as the lock file knows it; end the program with a plain line otherwise."""
    for pause in (2, 5, 0):  # seconds before the next try
        try:
            with urllib.request.urlopen(wheel["url"], timeout=60) as response:
                content: bytes = response.read()
            break
        except (OSError, HTTPException) as error:
            reason: Exception = error
            time.sleep(pause)
    else:
        advice = "check the network"
        if isinstance(getattr(reason, "reason", None), ssl.SSLCertVerificationError):
            advice = "install ca-certificates, or set SSL_CERT_FILE"
        sys.exit(f"uv could not be fetched ({reason}): {advice}, or install uv yourself.")
    if f"sha256:{hashlib.sha256(content).hexdigest()}" != wheel["hash"]:
        sys.exit("The uv that came is not the one in uv.lock: try again, or install uv yourself.")
    return content


def unpack(wheel: bytes, uv: Path) -> None:
    """Put the program where it belongs; whoever sees it there sees it whole."""
    uv.parent.mkdir(exist_ok=True)
    part = uv.with_name(f"{uv.name}.{os.getpid()}")
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        part.write_bytes(archive.read(f"{uv.name}.data/scripts/uv"))
    part.chmod(0o755)
    part.replace(uv)


if __name__ == "__main__":
    main()
