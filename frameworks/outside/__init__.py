"""A framework for people outside: a page and a paper."""
