"""What the bot does with what it is sent: a module per topic, each with a function ``handlers``.

once.py        an update that comes again is not handled again
moderation.py  who asks too much for now is told so, once
questions.py   questions: in a private chat, by /ask, by mention or reply; and their edits
hits.py        the buttons under an answer: the next hit, what people think of it
offers.py      the button under "did you mean"
inline.py      answers listed while somebody types @bot in any chat, and the way from there to the bot
guests.py      questions in chats that the bot is no member of
articles.py    /start, /help, and reading an article page by page
alerts.py      following questions: /alerts, the buttons that begin and end it
groups.py      the bot comes into a group, and says how to ask there
languages.py   /language, and the choice of one
privacy.py     /privacy and /forget: what is kept of somebody, and erasing it
admin.py       /reload, for admins
additions.py   /add: a file or a text becomes an article
removals.py    /remove: take an article out of all answers, and let it in again
statistics.py  /stats and /unanswered: what is asked, and what becomes of it
catalogue.py   /articles: look through the collection
status.py      the one message that tells how a reload goes
others.py      what the bot has no use for, and says so: unknown commands, pictures, old buttons
trouble.py     what happens when one of these fails
answering.py   an answer on its way: found, kept for its buttons, sent
results.py     how an inline or a guest's answer goes to Telegram
desk.py        what they all work with

Handlers read the update, ask the collection off the event loop, render and send.
"""
