"""Attacks on an office with several replicas of the bot over one PostgreSQL, behind one webhook."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from balancing import Balancer, free_port
from postgres import Server
from postgres import running as postgresql

from benchmarks.attacked import Outcome, Stage

PER_SECOND = 60  # questions to all replicas
STEADY = 5.0  # seconds that they are asked before, during and after an attack
STILL = 80.0  # seconds; after sixty without a sign of life others take over what a process has in hand
CROWD = 150  # who ask at once, so that it has something in hand


async def kill_replica(stage: Stage, _: int) -> Outcome:
    """Kill one of three processes behind one webhook while questions come steadily; then add another."""
    async with office(stage, replicas=3) as (processes, balancer, _server):
        await asking(stage, STEADY)
        processes[0].kill()
        await asking(stage, STEADY)
        balancer.ports.append(port := free_port())
        async with stage.bot(PORT=str(port), INDEX_DIR=f"{stage.folder}/index{port}"):
            await listening([port])
            await asking(stage, STEADY)
            await stage.answered()
            return stage.counted()


async def restart_database(stage: Stage, _: int) -> Outcome:
    """Stop PostgreSQL and start it again while three replicas answer."""
    async with office(stage, replicas=3) as (_processes, _balancer, server):
        await asking(stage, STEADY)
        await asyncio.to_thread(server.stop, "fast")
        await asking(stage, STEADY)
        await asyncio.to_thread(server.start)
        await asking(stage, STEADY)
        await stage.answered()
        return stage.counted()


async def stand_still(stage: Stage, _: int) -> Outcome:
    """Let one of three processes stand still amid a burst, until others took it over, and go on then."""
    async with office(stage, replicas=3) as (processes, balancer, _server):
        stage.ask(CROWD)
        await stage.answered(least=CROWD // 10)
        processes[0].send_signal(signal.SIGSTOP)
        balancer.ports.pop(0)
        await asking(stage, STEADY)
        await asyncio.sleep(STILL)
        processes[0].send_signal(signal.SIGCONT)
        await asking(stage, STEADY)
        await stage.answered()
        return stage.counted()


async def asking(stage: Stage, seconds: float) -> None:
    """Let people ask steadily for so long."""
    for _ in range(round(seconds * PER_SECOND)):
        stage.ask()
        await asyncio.sleep(1 / PER_SECOND)


@asynccontextmanager
async def office(
    stage: Stage, replicas: int
) -> AsyncIterator[tuple[list[asyncio.subprocess.Process], Balancer, Server]]:
    """Run so many replicas over one PostgreSQL, each with an index of its own, behind one proxy."""
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgresql())
        database = stack.enter_context(server.database())
        balancer = Balancer([free_port() for _ in range(replicas)])
        url = await stack.enter_async_context(balancer.running())
        stage.environment |= {"WEBHOOK_URL": url, "WEBHOOK_SECRET": "secret", "DATABASE_URL": database}
        processes = []
        for port in balancer.ports:
            own = {"PORT": str(port), "INDEX_DIR": f"{stage.folder}/index{port}"}
            processes.append(await stack.enter_async_context(stage.bot(**own)))
            await listening([port])
        stage.ask(replicas)
        await stage.answered()
        yield processes, balancer, server


async def listening(ports: list[int]) -> None:
    """Wait until somebody listens on each of *ports*."""
    for port in ports:
        while True:
            try:
                (await asyncio.open_connection("127.0.0.1", port))[1].close()
                break
            except OSError:
                await asyncio.sleep(0.1)
