"""Telegram's text: the HTML and MarkdownV2 parsers, entity detection, trimming.

Written from the documented behaviour; refusals are in the words of the open-source Bot API server.
Refusals that say ``fakegram:`` are this emulator's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from .model import Json, bad


class ParseError(Exception):
    """Text that Telegram's entity parser refuses."""


def u16(text: str) -> int:
    """Length in UTF-16 code units, the unit of Telegram's offsets."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, entity: Json) -> str:
    """The part of a text that an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    start = 2 * entity["offset"]
    return units[start : start + 2 * entity["length"]].decode("utf-16-le", "replace")


HTML_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]+)|#(\d+)|(lt|gt|amp|quot)(?![A-Za-z]));?")
SPACES, TAG_NAME = re.compile(rb"[ \t\r\n\v]*"), re.compile(rb"[^ \t\r\n\v\0>]*")
ATTRIBUTE, TOKEN = re.compile(rb"[^ \t\r\n\v\0=>/\"']*"), re.compile(rb"[A-Za-z0-9.-]*")
PRIORITY = {"pre": 11, "code": 20, "text_link": 49, "text_mention": 49, "bold": 90, "italic": 91}


def eat(pattern: re.Pattern[bytes], src: bytes, i: int) -> tuple[str, int]:
    """Match a pattern that always matches; return the text and the place after it."""
    match = pattern.match(src, i)
    return (match[0].decode("utf-8", "replace"), match.end()) if match else ("", i)


def dereference(src: bytes) -> str:
    """Decode HTML character references; one that Telegram does not know stays as it is."""

    def decode(match: re.Match[bytes]) -> bytes:
        if match[3]:
            return {b"lt": b"<", b"gt": b">", b"amp": b"&", b"quot": b'"'}[match[3]]
        number = int(match[1], 16) if match[1] else int(match[2])
        known = 0 < number < 0x10FFFF and len(match[0].rstrip(b";")) < 10
        return chr(number).encode("utf-8", "surrogatepass") if known else match[0]

    return REFERENCE.sub(decode, src).decode("utf-8", "surrogatepass")


def read_attributes(src: bytes, i: int, tag: str, at: int) -> tuple[dict[str, str], int]:
    """Read a start tag's attributes from ``i``; return them and where ``>`` ended.  ``src`` ends in NUL."""
    attributes: dict[str, str] = {}
    while True:
        i = eat(SPACES, src, i)[1]
        if src[i : i + 1] == b">":
            return attributes, i + 1
        name, i = eat(ATTRIBUTE, src, i)
        if not name:
            raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
        i = eat(SPACES, src, i)[1]
        unclosed = ParseError(f'Unclosed start tag "{tag}" at byte offset {at}')
        if not src[i]:
            raise unclosed
        if src[i : i + 1] != b"=":
            attributes[name] = ""
            continue
        i = eat(SPACES, src, i + 1)[1]
        if not src[i]:
            raise unclosed
        if src[i : i + 1] in (b'"', b"'"):
            stop = src.find(src[i : i + 1], i + 1)
            attributes[name], i = dereference(src[i + 1 : stop]), stop + 1 or len(src) - 1
        else:
            value, stop = eat(TOKEN, src, i)
            if src[stop] not in b" \t\r\n\v\0>":
                raise ParseError(f"Unexpected end of name token at byte offset {i}")
            attributes[name], i = value.lower(), stop
        if not src[i]:
            raise ParseError(f"Unclosed start tag at byte offset {at}")


def link(url: str, offset: int, length: int) -> Json:
    """A text_link or text_mention entity, or {} for a URL that Telegram silently drops."""
    if user := re.fullmatch(r"tg://user\?id=(\d+)", url):
        mentioned = {"id": int(user[1]), "is_bot": False, "first_name": f"User{user[1]}"}
        return {"type": "text_mention", "offset": offset, "length": length, "user": mentioned}
    if not re.match(r"(?:https?|tg|ton|ftp)://|mailto:|[\w-]+(\.[\w-]+)+", url):
        return {}
    url = url if ":" in url else "http://" + url
    return {"type": "text_link", "offset": offset, "length": length, "url": url}


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Parse parse_mode=HTML into plain text and entities; a ParseError names the byte offset."""
    src, out, entities = text.replace("\0", " ").encode() + b"\0", "", list[Json]()
    stack: list[tuple[str, dict[str, str], int, int]] = []
    pos, end = 0, len(src) - 1
    while True:
        at = src.find(b"<", pos)
        out += dereference(src[pos : at if at >= 0 else end])
        if at < 0:
            break
        if src[at + 1 : at + 2] != b"/":
            tag, pos = eat(TAG_NAME, src, at + 1)
            if pos >= end:
                raise ParseError(f"Unclosed start tag at byte offset {at}")
            if (tag := tag.lower()) not in HTML_TAGS:
                raise ParseError(f'Unsupported start tag "{tag}" at byte offset {at}')
            attributes, pos = read_attributes(src, pos, tag, at)
            if tag == "span" and attributes.get("class") != "tg-spoiler":
                raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
            stack.append((tag, attributes, u16(out), len(out)))
            continue
        if not stack:
            raise ParseError(f"Unexpected end tag at byte offset {at}")
        name, pos = eat(TAG_NAME, src, at + 2)
        pos = eat(SPACES, src, pos)[1] + 1
        if src[pos - 1 : pos] != b">":
            raise ParseError(f"Unclosed end tag at byte offset {at}")
        tag, attributes, offset, start = stack.pop()
        if name.lower() not in ("", tag):
            raise ParseError(
                f'Unmatched end tag at byte offset {at}, expected "</{tag}>", found "</{name.lower()}>"'
            )
        if not (length := u16(out) - offset):
            continue
        entity: Json = {"type": HTML_TAGS[tag], "offset": offset, "length": length}
        last = (
            entities[-1]
            if entities and (entities[-1]["offset"], entities[-1]["length"]) == (offset, length)
            else {}
        )
        if tag == "a":
            entity = link(attributes.get("href") or out[start:], offset, length)
        elif tag == "tg-emoji":
            if not attributes.get("emoji-id", "").isdigit():
                raise ParseError("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = attributes["emoji-id"]
        elif tag == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        elif tag == "code" and attributes.get("class", "").startswith("language-"):
            entity["language"] = attributes["class"][9:]
        if {tag, last.get("type")} == {"pre", "code"} and (last.get("language") or entity.get("language")):
            last.update(type="pre", language=last.get("language") or entity["language"])
        elif entity:
            entities.append(entity)
    if stack:
        raise ParseError(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return out, entities


MARKS = {  # kind: (opening mark, closing mark, the kind's name in error texts); longer marks first
    "pre": ("```", "```", "Pre"), "code": ("`", "`", "Code"), "underline": ("__", "__", "Underline"),
    "italic": ("_", "_", "Italic"), "bold": ("*", "*", "Bold"), "strikethrough": ("~", "~", "Strikethrough"),
    "spoiler": ("||", "||", "Spoiler"), "custom_emoji": ("![", "]", "CustomEmoji"),
    "text_link": ("[", "]", "TextUrl"), "blockquote": (">", "\0", "BlockQuote"),
}  # fmt: skip


@dataclass
class Open:
    """A MarkdownV2 entity whose end has not been seen."""

    kind: str
    language: str
    offset: int
    start: int
    at: int


def parse_markdown_v2(text: str) -> tuple[str, list[Json]]:
    """Parse parse_mode=MarkdownV2."""
    src, out, entities, stack = text.replace("\0", " ") + "\0\0\0", "", list[Json](), list[Open]()
    i, end, quoting, line_start = 0, len(text), False, True

    def byte(place: int) -> int:
        return len(src[:place].encode())

    def unclosed(item: Open) -> ParseError:
        name = "PreCode" if item.language else MARKS[item.kind][2]
        return ParseError(f"Can't find end of {name} entity at byte offset {byte(item.at)}")

    def close(kind: str, item: Open, **extra: str) -> None:
        if u16(out) > item.offset:
            entities.append({"type": kind, "offset": item.offset, "length": u16(out) - item.offset, **extra})

    def read_url(place: int) -> tuple[str, int]:
        match = re.compile(r"((?:\\[\x01-\x7e]|[^)\0])*)\)").match(src, place)
        if not match:
            raise ParseError(f"Can't find end of a URL at byte offset {byte(place)}")
        return re.sub(r"\\([\x01-\x7e])", r"\1", match[1]), match.end()

    while i < end:
        c, kind = src[i], stack[-1].kind if stack else ""
        if c == "\\" and 0 < ord(src[i + 1]) <= 126:
            out, line_start, i = (
                out + src[i + 1],
                src[i + 1] == "\n" or (line_start and src[i + 1] == "\r"),
                i + 2,
            )
        elif c not in ("`" if kind in ("code", "pre") else "_*[]()~`>#+-=|{}.!\n"):
            out, line_start, i = out + c, line_start and c == "\r", i + 1
        elif quoting and c == "\n" and src[i + 1] != ">":  # here a block quotation ends
            item = stack.pop()
            if expandable := (item.kind == "spoiler" and item.at == i - 2):
                item = stack.pop()
            if item.kind != "blockquote":
                raise unclosed(item)
            out, i, quoting, line_start = out + "\n", i + 1, False, True
            close("expandable_blockquote" if expandable else "blockquote", item)
        elif kind and src.startswith(MARKS[kind][1], i) and (kind != "italic" or src[i + 1] != "_"):
            item, i = stack.pop(), i + len(MARKS[kind][1])
            if kind == "text_link":
                url, i = read_url(i + 1) if src[i] == "(" else (out[item.start :], i)
                entity = link(url, item.offset, u16(out) - item.offset)
                entities += [entity] if entity.get("length") else []
            elif kind == "custom_emoji":
                if src[i] != "(":
                    raise ParseError("The entity must contain a tg://emoji or tg://time URL")
                url, i = read_url(i + 1)
                if not (emoji := re.fullmatch(r"tg://emoji\?id=(\d+)", url)):
                    raise ParseError("Invalid tg://emoji or tg://time URL specified")
                close(kind, item, custom_emoji_id=emoji[1])
            else:
                close(kind, item, **({"language": item.language} if item.language else {}))
        elif c == "\n":
            out, line_start, i = out + "\n", True, i + 1
        elif c == ">" and line_start and quoting:
            i += 1
        else:
            kind = next((k for k, mark in MARKS.items() if src.startswith(mark[0], i)), "")
            if not kind or (kind == "blockquote" and not line_start):
                raise ParseError(f"Character '{c}' is reserved and must be escaped with the preceding '\\'")
            at, language, i = i, "", i + len(MARKS[kind][0])
            quoting = quoting or kind == "blockquote"
            if kind == "pre" and (
                head := re.compile(r"([^\s\0`]*)(\r\n|\n\r|\n|\r|(?=[ \t\v]))").match(src, i)
            ):
                language, i = head[1], head.end()
            stack.append(Open(kind, language, u16(out), len(out), at))
    if quoting and stack:
        if expandable := (stack[-1].kind == "spoiler" and stack[-1].at == end - 2):
            stack.pop()
        if stack[-1].kind == "blockquote":
            close("expandable_blockquote" if expandable else "blockquote", stack.pop())
    if stack:
        raise unclosed(stack[-1])
    return out, entities


AUTO = {
    "url": r"(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,!?;:')\]]|\b[\w-]+\.(?:com|org|net|io|me|ru|dev)\b(?:/\S*)?",
    "email": r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w",
    "bot_command": r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])",
    "mention": r"(?<![\w@])@[A-Za-z0-9_]{2,32}(?!\w)",
    "hashtag": r"(?<![\w#])#\w*[^\W\d]\w*",
}


def detect(text: str, entities: list[Json]) -> list[Json]:
    """Add the commands, mentions, links, e-mails and hashtags that Telegram finds in a text; sort."""
    found = list(entities)
    spans = [
        (e["offset"], e["offset"] + e["length"]) for e in found if e["type"] in ("code", "pre", "text_link")
    ]
    matches = [(match, kind) for kind, pattern in AUTO.items() for match in re.finditer(pattern, text)]
    # Where two overlap, the first counts.
    for match, kind in sorted(matches, key=lambda pair: pair[0].start()):
        start, stop = u16(text[: match.start()]), u16(text[: match.end()])
        if all(stop <= a or start >= b for a, b in spans):
            spans.append((start, stop))
            found.append({"type": kind, "offset": start, "length": stop - start})
    return sorted(found, key=lambda e: (e["offset"], -e["length"], PRIORITY.get(e["type"], 50)))[:100]


CONTROLS = {**dict.fromkeys(range(32), " "), 10: "\n", 13: "\r"}
DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
INVISIBLE = re.compile("[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc]*")


def clean(text: str, entities: list[Json]) -> str:
    """Replace control characters, and drop the characters that Telegram drops; moves the entities along."""
    text = text.translate(CONTROLS)
    gone = [u16(text[: match.start()]) for match in DROPPED.finditer(text)]
    for e in entities if gone else ():
        start, stop = bisect_left(gone, e["offset"]), bisect_left(gone, e["offset"] + e["length"])
        e.update(offset=e["offset"] - start, length=e["length"] - (stop - start))
    return DROPPED.sub("", text)


def check_entities(text: str, entities: list[Json]) -> None:
    """Refuse entities that begin or end outside the text or inside a character."""
    size, byte, places = 0, 0, {0: 0}  # places: UTF-16 offset of each character: byte offset
    for character in text:
        size, byte = size + 1 + (character > "\uffff"), byte + len(character.encode())
        places[size] = byte
    for e in entities:
        start, stop = e["offset"], e["offset"] + e["length"]
        if start > size:
            raise bad(f"Entity begins after the end of the text at UTF-16 offset {start}")
        if start not in places:
            raise bad(f"Entity begins in a middle of a UTF-16 symbol at byte offset {places[start + 1]}")
        if stop > size:
            end = f"ends after the end of the text at UTF-16 offset {stop}"
            raise bad(f"Entity beginning at UTF-16 offset {start} {end}")
        if stop not in places:
            end = f"ends in a middle of a UTF-16 symbol at byte offset {places[stop + 1]}"
            raise bad(f"Entity beginning at UTF-16 offset {start} {end}")


def format_text(
    text: str, mode: str | None, given: list[Json] | None, required: bool
) -> tuple[str, list[Json]]:
    """Apply a parse mode or explicit entities, clean, trim, detect; refuse as the real server would."""
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise bad("Strings must be encoded in UTF-8")
    if len(text.encode()) > 1 << 15:
        raise bad("Text is too long")
    entities = [dict(e) for e in given or []]
    if text and mode and mode.lower() != "none":
        parser = {"html": parse_html, "markdownv2": parse_markdown_v2}.get(mode.lower())
        if not parser:
            raise bad(
                "fakegram: legacy Markdown is not emulated"
                if mode == "Markdown"
                else "Unsupported parse_mode"
            )
        try:
            text, entities = parser(text)
        except ParseError as error:
            raise bad(f"Can't parse entities: {error}") from None
        if any("\ud800" <= c <= "\udfff" for c in text):
            raise bad("Strings must be encoded in UTF-8")
    check_entities(text, entities)
    text = clean(text, entities)
    units = text.encode("utf-16-le")
    entities = [
        e for e in entities if units[2 * e["offset"] :][: 2 * e["length"]].decode("utf-16-le").strip()
    ]
    text = text.rstrip(" \n")
    lead = min([len(text) - len(text.lstrip(" \n")), *(e["offset"] for e in entities)])
    text = text[lead:]
    if INVISIBLE.fullmatch(text):
        if required:
            raise bad("Text must be non-empty")
        return "", []
    for e in entities:
        e.update(offset=e["offset"] - lead, length=min(e["length"], u16(text) - e["offset"] + lead))
    return text, detect(text, [e for e in entities if e["length"] > 0])


def lint(text: str, mode: str | None) -> list[str]:
    """What Telegram lets pass but is probably unescaped text of somebody else's."""
    if not mode or mode.lower() != "html":
        return []
    outside = re.sub(r"<[^>]*>", "", text)
    found = ["bare & in HTML"] if re.search(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)", text) else []
    return found + (["bare > in HTML"] if ">" in outside else [])
