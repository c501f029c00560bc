"""Unicode's mathematical alphabets: bold, script, double-struck and fraktur letters."""

from __future__ import annotations

_LETTERLIKE = {
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "double": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}
_ALPHABETS = {
    "bold": (0x1D400, 0x1D41A),
    "script": (0x1D49C, 0x1D4B6),
    "double": (0x1D538, 0x1D552),
    "fraktur": (0x1D504, 0x1D51E),
}


def styled(text: str, font: str) -> str:
    """The text in the alphabet ``bold``, ``script``, ``double`` or ``fraktur``.

    >>> styled("L", "script"), styled("R", "double"), styled("W2", "bold")
    ('ℒ', 'ℝ', '𝐖2')
    """
    return "".join(_letter(letter, font) for letter in text)


def _letter(letter: str, font: str) -> str:
    if letter in _LETTERLIKE.get(font, {}):
        return _LETTERLIKE[font][letter]
    upper, lower = _ALPHABETS[font]
    if "A" <= letter <= "Z":
        return chr(upper + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return chr(lower + ord(letter) - ord("a"))
    return letter
