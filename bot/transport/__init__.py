"""Between Telegram and the handlers: limits, order, polling, sending."""
