"""The emulator as a process of its own: ``python -m fakegram --port 8081``."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
from pathlib import Path

from .model import BotSettings
from .server import FakeTelegram


def main() -> None:
    """Serve one bot's Telegram until interrupted."""
    parser = argparse.ArgumentParser(prog="fakegram", description=main.__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081, help="0 picks a free one")
    parser.add_argument("--token", default="123456:FAKE")
    parser.add_argument("--username", default="fake_bot")
    parser.add_argument(
        "--privacy", action="store_true", help="group privacy mode, as new bots have it on Telegram"
    )
    parser.add_argument(
        "--lenient", action="store_true", help="only list schema complaints, do not refuse for them"
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--schema", type=Path, help="the schema's path (default: the one found beside the package)"
    )
    group.add_argument("--no-schema", action="store_true")
    options = parser.parse_args()

    async def serve() -> None:
        schema = None if options.no_schema else options.schema or "auto"
        fake = FakeTelegram(options.token, options.username, schema, BotSettings(privacy=options.privacy))
        fake.strict = not options.lenient
        async with fake.running(options.host, options.port):
            about = fake.schema.version if fake.schema else "no schema"
            print(f"{fake.url}/bot{fake.token}/getMe ({about})", flush=True)
            await asyncio.Event().wait()

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve())


if __name__ == "__main__":
    main()
