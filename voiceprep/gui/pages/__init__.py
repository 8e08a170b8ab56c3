"""One module a page; each shows what it is given and owns no state of the interview."""
