"""The command `hoibao`: which commands there are, and what is said if they fail."""

import errno
import gc
import io
import os
import socket
import sys
from collections.abc import Sequence

import click

from bot.cli.articles import articles
from bot.cli.quality import evaluate, rehearse
from bot.cli.questions import ask, why
from bot.cli.sources import list_sources, reload
from bot.cli.starting import start
from bot.cli.state import backup, db, index, restore
from bot.cli.talk import chat, run
from bot.cli.upkeep import doctor, init
from bot.errors import BotError
from retrieval.errors import ReadError, RetrievalError

# New objects between two looks for garbage. With 700, as is usual, there are 300 looks while a command loads
# what it needs: an eighth of that time, and nothing is found. What answers sets its own (``settle``).
_NEW_OBJECTS = 50_000


def main(args: Sequence[str] | None = None) -> int:
    """Run one command, by default the one of the process's arguments, and return its exit status.

    Whatever an operator can mend is one line on stderr; only a mistake of the program's own is raised.
    """
    gc.set_threshold(_NEW_OBJECTS)
    _open_streams()
    try:
        status = hoibao.main(args, prog_name="hoibao", standalone_mode=False)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "hoibao"
        return _refuse(f"{error.format_message()} See `{path} --help`.", status=2)
    except click.Abort:
        return _refuse("stopped")
    except OSError as error:
        return _refuse(_plain(error))
    except ReadError as error:
        return _refuse(f"{error}: check the path, or ARTICLES_DIR where you gave none")
    except (BotError, RetrievalError) as error:
        return _refuse(str(error))
    return status or 0


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hoibao", message="%(prog)s %(version)s")
@click.pass_context
def hoibao(context: click.Context) -> None:
    """Ask the paper: questions in, verbatim passages of your articles out, each with its link.

    Without a command: `run` where TELEGRAM_TOKEN is set, otherwise `chat`.
    """
    if context.invoked_subcommand is None:
        settings, _ = start()
        context.invoke(run if settings.telegram_token else chat)


for command in (
    run,
    chat,
    ask,
    why,
    reload,
    list_sources,
    articles,
    evaluate,
    rehearse,
    db,
    index,
    init,
    backup,
    restore,
    doctor,
):
    hoibao.add_command(command)


def _refuse(message: str, *, status: int = 1) -> int:
    click.echo(f"hoibao: {' '.join(message.split())}", err=True)
    return status


def _plain(error: OSError) -> str:
    """Say what the system refused, of which file, and what to do."""
    file = f"{error.filename}: " if error.filename else ""
    if isinstance(error, socket.gaierror):
        advice = _NO_ADDRESS
    elif error.errno == errno.EACCES and not error.filename:
        advice = "set PORT to a number above 1023"
    else:
        advice = _ADVICE.get(error.errno or 0, "run `hoibao doctor`")
    return f"{file}{error.strerror or error}: {advice}"


_NO_ADDRESS = "set LISTEN to an address of this machine"
_ADVICE = {
    errno.ENOSPC: "free some space and try again",
    errno.EADDRINUSE: "stop the program that listens there, or set PORT to another number",
    errno.EADDRNOTAVAIL: _NO_ADDRESS,
    errno.EACCES: "give this user the right to it",
    errno.EROFS: "choose a folder that can be written",
}


def _open_streams() -> None:
    """Let no letter that a stream cannot carry stop the program, nor a stream that is closed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # as long as it runs
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
