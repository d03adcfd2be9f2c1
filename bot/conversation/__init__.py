"""Conversation: a message comes in, the reply to it goes out, on Telegram and in the terminal alike.

Nothing here knows chats or sends anything. An ``Exchange`` is a message's reply with the answer behind it::

    exchange = replies.answer(collection, texts, "thư viện mở cửa lúc mấy giờ", links, answer_id=id_)
    exchange.reply.text, exchange.understood_as
"""
