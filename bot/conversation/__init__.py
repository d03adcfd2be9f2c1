"""What the bot says, on Telegram and in the terminal alike."""
