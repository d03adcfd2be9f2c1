"""The colours of a chat, by day and by night."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours, as CSS writes them."""

    name: str
    top: str  # of the wallpaper
    bottom: str
    header: str
    bubble: str
    own: str  # the bubble of the person
    text: str
    link: str  # and the bar of a quote
    time: str
    seen: str  # the time in the person's bubble, and its ticks
    button: str
    primary: str
    edge: str  # around the picture

    @property
    def style(self) -> str:
        """Return the colours as a style sheet."""
        fills = {
            "header": self.header,
            "bubble": self.bubble,
            "own": self.own,
            "text": self.text,
            "link": self.link,
            "time": self.time,
            "seen": self.seen,
            "button": self.button,
            "primary": self.primary,
            "white": "#fff",
            "avatar": "#3a8fd9",
        }
        rules = [f".{name}{{fill:{colour}}}" for name, colour in fills.items()]
        tint = f".tint{{fill:{self.link};opacity:.1}}"
        lines = f".line{{stroke:{self.link};fill:none;stroke-width:1.6}}.edge{{stroke:{self.edge};fill:none}}"
        return "".join(rules) + tint + lines


LIGHT = Theme(
    name="light",
    top="#dfe9d2",
    bottom="#bcd6c4",
    header="#ffffff",
    bubble="#ffffff",
    own="#e9fcd5",
    text="#101418",
    link="#1f76c2",
    time="#8a969f",
    seen="#4b9a45",
    button="#5c7a67",
    primary="#2b83d6",
    edge="#c3ccd3",
)
DARK = Theme(
    name="dark",
    top="#0f1924",
    bottom="#111d26",
    header="#17212b",
    bubble="#1a2836",
    own="#2b5278",
    text="#f2f5f7",
    link="#6cb4f2",
    time="#7b8d9c",
    seen="#8fbbe3",
    button="#2a3947",
    primary="#2f78bd",
    edge="#27343f",
)
