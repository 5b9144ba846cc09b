"""PostgreSQL, asked to keep words of observations out of its own log.

When a statement fails, the server writes it down. So that no observation is written down with it,
values are bound apart from the statement (`server_side_binding`), and each connection asks for the
settings in `quiet`, as far as its role may. What is left for whoever owns the server is said by a
check.
"""
