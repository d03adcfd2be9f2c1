"""Storage: notes on chats and people come in, and go out again also after a restart.

Only one thread writes, in batches (``writer``); nobody waits long for it. Texts of questions are kept no
longer than they are of use::

    await notes.remember_answer(message, answer_id, "thư viện mở cửa lúc mấy giờ")
    previous, shown = notes.last(next_message)
"""
