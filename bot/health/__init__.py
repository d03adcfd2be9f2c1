"""Health: the bot's state comes in, and goes out to pages, systemd's watchdog and the admins' chat.

``/healthz``, ``/readyz`` and ``/metrics`` answer on ``HEALTH_PORT``; systemd hears that the loop turns; the
errors that are logged go to ``ERRORS_CHAT``, at most once an hour::

    health = Health(readiness, metrics, address="127.0.0.1", port=8080, complaints=None)
    await health.begin(bot)  # and at the end: await health.end()
"""
