"""Sets this machine up and runs PracticeLens on it: a first run, the tests, every command.

`bootstrap` runs under the machine's own Python, before any package is there, and makes `.venv`.
Everything else runs inside it: `services` starts PostgreSQL and the broker where none is named,
`demo` runs the whole product, `__main__` has the commands that the Makefile calls.
"""
