"""Handlers: an update comes in, one call that sends, edits or acknowledges goes out.

``routes`` lists which plain function takes which update; ``adapters`` hand it its message or its button's
value, with PTB's context (``services``). A handler decides nothing: it asks the collection off the event
loop, lets ``conversation`` or ``render`` say it, and sends. Every question goes through ``asking.answering``,
which counts, searches and notes it, whatever door it came through::

    exchange = await answering.answer(context, "thư viện mở cửa lúc mấy giờ", near=message, id_=id_)
    await send(exchange.reply, to=message)
"""
