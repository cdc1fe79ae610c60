"""Judging documents: one by the rules that are asked for (`rules`), or many, by several processes (`many`)."""
