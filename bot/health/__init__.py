"""Health: tell supervisors, Prometheus and the admins' chat how the bot is.

``/healthz``, ``/readyz`` and ``/metrics`` answer on ``HEALTH_PORT``; systemd hears that the loop turns; the
errors that are logged go to ``ERRORS_CHAT``, at most once an hour.
"""
