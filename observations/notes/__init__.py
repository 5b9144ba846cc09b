"""An observation's own writing, reading and life."""
