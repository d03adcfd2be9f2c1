"""Messages to admins: what was taken in, what a reload did, how the bot is used."""
