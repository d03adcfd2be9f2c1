"""The HTTP side: what the bot requests, file downloads, and the control API."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .model import ApiError, Call, Files, Json, Upload

if TYPE_CHECKING:
    from .server import FakeTelegram

CONTROL = {  # methods of FakeTelegram that POST /control/<name> runs
    *(
        "add_chat",
        "add_topic",
        "push",
        "send_text",
        "send_file",
        "send_post",
        "edit_text",
        "press",
        "press_raw",
        "inline_query",
    ),
    *("choose", "guest_text", "member", "configure", "fault", "limit", "reset"),
    *("sent", "wait", "ready", "messages", "latencies"),
}


def build_app(fake: FakeTelegram) -> web.Application:
    """The web application of one FakeTelegram."""
    endpoints = Endpoints(fake)
    app = web.Application(client_max_size=50 * 2**20)
    app.router.add_route("*", "/bot{token}/{method}", endpoints.bot)
    app.router.add_get("/file/bot{token}/{path:.+}", endpoints.file)
    app.router.add_post("/control/{action}", endpoints.control)
    return app


class Endpoints:
    """The handlers of the web application."""

    def __init__(self, fake: FakeTelegram) -> None:
        self.fake = fake

    async def bot(self, request: web.Request) -> web.StreamResponse:
        """A Bot API request."""
        fake, at = self.fake, time.monotonic()
        token, name = request.match_info["token"], request.match_info["method"]
        body: Json = {"ok": True}
        try:
            raw, files = await read_request(request)
            if token != fake.token:
                well_formed = re.fullmatch(r"\d+:[\w-]+", token)
                raise ApiError(401, "Unauthorized") if well_formed else ApiError(404, "Not Found")
            fault = fake.fault_for(name, raw)
            if fault and fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            if fault and fault.kind in ("drop", "error"):
                fake.record(Call(name, raw, at, files, error=f"fault: {fault.kind}"))
                if fault.kind == "error" and fault.code in (502, 503, 504):
                    return web.Response(
                        status=fault.code, text="<html>Bad Gateway</html>", content_type="text/html"
                    )
                if fault.kind == "error":
                    raise fault.error()
            else:
                body["result"] = await self.execute(request, name, raw, files, at)
            if fault and fault.kind.startswith("drop") and request.transport:
                request.transport.abort()
            if fault and fault.kind == "garbage":
                return web.Response(text=fault.text, content_type="text/html")
            return web.json_response(body)
        except web.HTTPRequestEntityTooLarge:
            return web.json_response(ApiError(413, "Request Entity Too Large").body(), status=413)
        except ApiError as error:
            wait = error.parameters.get("retry_after")
            headers = {"Retry-After": str(wait)} if wait else {}
            return web.json_response(error.body(), status=error.code, headers=headers)

    async def execute(self, request: web.Request, name: str, raw: Json, files: Files, at: float) -> Any:
        """Run a request; a long poll ends when its connection does, as on the real server."""
        work = asyncio.ensure_future(self.fake.execute(name, raw, files, at))
        while name.lower() == "getupdates" and not work.done():
            await asyncio.wait({work}, timeout=0.1)
            if request.transport is None or request.transport.is_closing():
                work.cancel()
        return await work

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Download a file that getFile named."""
        path = request.match_info["path"]
        file_id = next((file_id for file_id, known in self.fake.paths.items() if known == path), "")
        if request.match_info["token"] != self.fake.token or not file_id:
            return web.json_response(ApiError(404, "Not Found").body(), status=404)
        return web.Response(body=self.fake.files[file_id].data, content_type="application/octet-stream")

    async def control(self, request: web.Request) -> web.StreamResponse:
        """POST /control/<action> with the action's arguments as a JSON object."""
        action = request.match_info["action"]
        try:
            if action not in CONTROL:
                raise LookupError(f"no action {action}; there are: {' '.join(sorted(CONTROL))}")
            arguments = await request.json() if request.can_read_body else {}
            result = getattr(self.fake, action)(**arguments)
            body = {"ok": True, "result": await result if asyncio.iscoroutine(result) else result}
        except (TypeError, LookupError, TimeoutError, ValueError) as error:
            body = {"ok": False, "description": f"{type(error).__name__}: {error}"}
        return web.json_response(body, status=200 if body["ok"] else 400, dumps=encode)


async def read_request(request: web.Request) -> tuple[Json, Files]:
    """Read parameters from the query, a form, multipart data or a JSON body."""
    raw, files = dict[str, Any](request.query), Files()
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise ApiError(400, "Bad Request: can't parse request: invalid JSON") from None
        if not isinstance(body, dict):
            raise ApiError(400, "Bad Request: can't parse request: a JSON object is expected")
        return raw | body, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.file.read(), value.filename, value.content_type)
        else:
            raw[name] = value if isinstance(value, str) else bytes(value).decode()
    return raw, files


def encode(value: Any) -> str:
    """JSON for the control API: dataclasses as objects, bytes as base64."""

    def plain(item: Any) -> Any:
        if isinstance(item, bytes):
            return base64.b64encode(item).decode()
        if is_dataclass(item):
            return {f.name: getattr(item, f.name) for f in fields(item)}
        raise TypeError(f"{type(item).__name__} has no JSON form")

    return json.dumps(value, default=plain)
