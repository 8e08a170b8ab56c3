"""Texts of all kinds, for properties that hold for any of them."""

from hypothesis import strategies as st

STRANGE = (
    "e\u0301te\u0301 na\u00efve",
    "quan\u00adti\u200bzation",
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\u0645\u0631\u062d\u0628\u0627 model drift",
    "\u202edrift ledom\u202c",
    "\U0001f600 drift \U0001f469\u200d\U0001f4bb",
    "\u0928\u092e\u0938\u094d\u0924\u0947",
    "3\ufe0f\u20e3 points",
    "don\u2019t can't users' node's",
    "P.C.I. D.S.S. vs. e.g. etc.",
    "_a_b_ __ ___",
    "\ufb01ne \u00bd \u2167",
    "line\none\r\ntwo\u2028three",
)

ORDINARY = (
    "we monitor the drift of our model every day , because predictions get worse . it is not "
    "that important ? you know GDPR and PCI-DSS ! don't skip , no need if I'd rather"
)

words = st.one_of(st.sampled_from(ORDINARY.split()), st.sampled_from(STRANGE), st.text(max_size=6))
texts = st.one_of(st.text(), st.lists(words, max_size=60).map(" ".join))
