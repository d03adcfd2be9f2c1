"""The doors of Hỏi Báo: Telegram, the terminal and the command line."""
