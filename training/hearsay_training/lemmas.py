"""Lemmas as edit scripts of the form, e.g. `l-3+y`: lower-case it, drop three characters at its end, add `y`.

Case letters: `l` lower-case everything, `k` keep, `t` first character upper-case and the rest lower.
`=TEXT` is the lemma itself, whatever the form. Characters are Unicode scalar values.
"""


def cased(form, case):
    """The form in the case a script asks for."""
    if case == "l":
        return form.lower()
    if case == "t":
        return form[:1].upper() + form[1:].lower()
    return form


def apply(script, form):
    """The lemma that a script makes of a form."""
    if script.startswith("="):
        return script[1:]
    cut, _, suffix = script[1:].partition("+")
    base = cased(form, script[0])
    kept = base[: max(0, len(base) - int(cut[1:]))]
    return kept + suffix


def script(form, lemma):
    """The script that leads from a form to its lemma: the one that keeps most of the form, lower case first."""
    best = None
    for rank, case in enumerate("lkt"):
        base = cased(form, case)
        if rank and base == cased(form, "l"):
            continue
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        if common and (best is None or common > best[0]):
            best = (common, f"{case}-{len(base) - common}+{lemma[common:]}")
    return best[1] if best else "=" + lemma
