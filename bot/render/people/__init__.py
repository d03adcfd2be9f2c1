"""Messages to anybody beside an answer: the welcome, an article, alerts, what is kept of people."""
