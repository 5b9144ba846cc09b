"""Verdict files: the argued case to keep, adapt or drop a framework, a domain or a criterion.

What is counted is of groups that may be told of (`planning`), by rules without a database
(`counting`), and becomes plain figures (`gathering`) and first words (`wording`), which a person
makes their own. `content` is the frozen whole that page and paper read.
"""
