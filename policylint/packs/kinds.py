"""The kinds of agency, and the states. Apart from the models of rules, since the command line needs the words and not the models."""

AGENCY_KINDS = ("police", "sheriff", "fire", "ems", "dispatch", "corrections")

STATES = tuple(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC "
    "SD TN TX UT VT VA WA WV WI WY".split()
)
"""The fifty states, as the mail writes them."""
