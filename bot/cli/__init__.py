"""The command line: arguments come in; lines and an exit status go out.

Exit status: 0 done, 1 failed, 2 misused. What a command says goes to stdout; errors, logs and progress go to
stderr. Commands import the application only once they run, so that ``--help`` comes at once::

    status = main(["ask", "--json", "thư viện mở cửa mấy giờ"])
"""
