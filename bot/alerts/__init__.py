"""Alerts: new articles come in, and a message goes out to each chat that follows a question they answer.

A finding is told once, outside quiet hours, and at most once an hour in a chat::

    alerts = Alerts(collection, notes, languages, quiet, admission)
    await alerts.look(bot)
"""
