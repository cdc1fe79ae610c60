"""What is kept of earlier runs, so that a document which did not change is not judged again.

`store` keeps values under keys in files; `basis` sums up all that results rest on beside the document; `results` keeps the
outcome of a document, `rules` the rules in a form that loads fast. Nothing here is needed to judge, and nothing that goes
wrong here is an error: without a folder to write to, each run does all of the work.
"""
