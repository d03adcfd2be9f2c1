"""Settings: what is read, from where, and what is said of a wrong value."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.errors import SettingsError
from bot.language import Languages
from bot.settings import Settings

TOKEN = "123456789:AAEhBOweik-9_xyz"
EXAMPLE = Path(__file__).parent.parent / ".env.example"


pytestmark = pytest.mark.usefixtures("nowhere")


def test_everything_has_a_default() -> None:
    settings = Settings.load()
    assert settings.telegram_token is None
    assert settings.admin_ids == ()
    assert settings.articles_dir == Path("data/articles")
    assert settings.database_url == "sqlite:///data/state/hoibao.db"
    assert settings.index_dir == Path("data/state/index")
    assert settings.timezone == ZoneInfo("Asia/Ho_Chi_Minh")
    assert settings.secrets == ()


def test_env_file_of_the_current_folder_is_read_and_the_environment_goes_first(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (nowhere / ".env").write_text("PORT=9000\nLISTEN=0.0.0.0\nSOMETHING_ELSE=1\n", encoding="utf-8-sig")
    monkeypatch.setenv("LISTEN", "::1")
    settings = Settings.load()
    assert (settings.port, settings.listen) == (9000, "::1")


def test_admin_ids_are_comma_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_IDS", " 12, 345,")
    assert Settings.load().admin_ids == (12, 345)


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_blank_value_stands_for_the_default(name: str, blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name.upper(), blank)
    assert Settings.load() == Settings()
    assert getattr(Settings.load(), name) == Settings.model_fields[name].default


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "http", "PORT needs a whole number from 1 to 65535, not 'http'"),
        ("PORT", "70000", "PORT needs a whole number from 1 to 65535, not '70000'"),
        ("ADMIN_IDS", "1,An", "ADMIN_IDS needs whole numbers, comma-separated, not 'An'"),
        ("TIMEZONE", "Mars/Base", "TIMEZONE needs a name like Asia/Ho_Chi_Minh, not 'Mars/Base'"),
        ("DEFAULT_LANGUAGE", "xx", "DEFAULT_LANGUAGE needs vi or en, not 'xx'"),
        ("QUIET_HOURS", "22h-7h", "QUIET_HOURS needs two hours like 22-7, or none, not '22h-7h'"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT needs console or json, not 'xml'"),
        (
            "WEBHOOK_URL",
            "bot.test",
            "WEBHOOK_URL needs an address like https://bot.example.vn/hook, not 'bot.test'",
        ),
    ],
)
def test_wrong_value_is_named_in_one_line_with_what_it_needs(
    name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert str(caught.value) == f"{message}: correct it in .env or in the environment"


def test_words_to_choose_from_may_be_written_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("LOG_LEVEL", "debug"), ("LOG_FORMAT", "JSON"), ("DEFAULT_LANGUAGE", "EN")):
        monkeypatch.setenv(name, value)
    settings = Settings.load()
    assert (settings.log_level, settings.log_format, settings.default_language) == ("DEBUG", "json", "en")


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "WEBHOOK_SECRET"])
def test_wrong_secret_is_not_repeated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "half/a/secret")
    with pytest.raises(SettingsError, match=f"^{name} needs ") as caught:
        Settings.load()
    assert "half" not in str(caught.value)


def test_several_wrong_values_are_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    with pytest.raises(SettingsError, match=r"PORT needs [^\n]*; LOG_LEVEL needs [^\n]*$"):
        Settings.load()


def test_env_file_in_another_encoding_is_refused_in_plain_words(nowhere: Path) -> None:
    (nowhere / ".env").write_text("PORT=9000\n", encoding="utf-16")
    with pytest.raises(SettingsError, match="save it again as UTF-8"):
        Settings.load()


def test_secrets_are_hidden_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("WEBHOOK_SECRET", "open-sesame")
    settings = Settings.load()
    assert settings.secrets == (TOKEN, "open-sesame")
    assert TOKEN not in repr(settings)
    assert "sesame" not in f"{settings}"


def test_every_language_that_has_texts_may_be_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for code in Languages("en", ZoneInfo("UTC")).codes:
        monkeypatch.setenv("DEFAULT_LANGUAGE", code)
        assert Settings.load().default_language == code


def test_example_lists_exactly_what_is_read_with_its_default_and_an_explanation() -> None:
    blocks = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    expected = []
    for name, field in Settings.model_fields.items():
        default = [f"# Default: {field.default}"] if field.default else []
        expected.append("\n".join([f"# {field.description}", *default, f"{name.upper()}="]))
    assert blocks == expected


def test_copied_example_changes_nothing(nowhere: Path) -> None:
    (nowhere / ".env").write_bytes(EXAMPLE.read_bytes())
    assert Settings.load() == Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic's own argument
