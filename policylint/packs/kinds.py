"""The kinds of agency. Apart from the models of rules, since the command line needs the words and not the models."""

AGENCY_KINDS = ("police", "sheriff", "fire", "ems", "dispatch", "corrections")
