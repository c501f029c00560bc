"""Words of a target language that the checks look for: config/languages/*/lexicon.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Data for bot.quality; an empty entry turns the checks that need it off.

    Attributes:
        magnitudes: Words that multiply the number before them (만: 10000).
        number_words: Words that are numbers themselves (두: 2, 절반: 0.5).
        number_tens: Words for tens that take one of the others behind them (스물: 20).
        number_digits: Digits in words of larger numbers (오: 5, as in 오십).
        number_ranges: Words for one of several numbers (서너: 3, 4).
        half: What stands behind a number and its unit and adds a half (1년 반).
        not_magnitudes: Words that begin like a magnitude behind a number (조차, 백본).
        number_units: Number words that hold their unit (days: 하루).
        times: What stands behind a number that multiplies (배).
        rank: What stands behind a number that gives a rank (번째).
        month: What stands behind the number of a month (월).
        particle_magnitudes: Magnitudes that are particles as well: 3만 may be "only 3".
        vague: Magnitudes without a number (수천: 1000).
        joints: What stands between two numbers of a range or list (에서, 와).
        origins: What stands behind a number that something comes from (에서).
        among: What stands behind a whole of which a part is told (30개 중).
        clause_ends: Endings that join two clauses (며, 지만).
        counters: What may follow a number word at once (두개).
        units: Renderings by unit, whose names are those of bot.quality.units ("percent").
        before: Qualifiers that stand before a number, by class ("at_most": 최대).
        after: Qualifiers that stand after a number and its unit ("at_least": 이상).
        weak: What satisfies a qualifier of the source without being a sign of an added one.
        comparing: Regular expression for what ends the reach of a qualifier behind a number (보다).
        towards: What stands behind a number that something comes to (로).
        turned: What behind a number says for certain that it is not reached, or passed.
        directions: Words by direction ("increase", "decrease", "better", "worse", …).
        negation: Signs of a negation, however weak.
        denial: Sentence endings that certainly negate.
        not_denial: Idioms with such an ending that deny nothing (손색이 없습니다).
        opposites: What states the opposite of what the source denies, by what it denies
            ("change": 그대로).
        litotes: What denies the opposite of what the source states, by what it states ("same":
            달라지지 않).
        everyday_names: Names that stay in Latin letters although their transliteration, or
            translation, is an everyday word (하늘: Sora).
        variants: What sizes and variants of models are called ("mini": 미니).
        homonyms: Those of everyday_names that other English words call for as well (우주, space).
        exonyms: Capitalised English words that the language writes in its own script.
        polite: Regular expression for the end of a sentence in the register.
        plain: The same for the wrong register, certain.
        request: The same for requests that readers accept beside the register.
        question: The same for indirect questions, which stand in numbered lists of them.
        asking: Words that announce such questions.
        nominal: The same for endings in a nominalised verb, right in titles only.
        shares: What stands for a share in percent ("100": 모두).
        familiar: Regular expression for "you" as one says it to a child, wrong but in quotes.
        stated: Regular expression for an end of a polite statement, which no title has.
        names: Names that stay in Latin letters, by the transliteration readers must not meet.
        entities: Companies and people by the rendering that is fine where the source has them.
        family_names: Family names, before a given name and a title.
        like_particles: Words that end like a particle that would be wrong (경로).
        like_object: Regular expression for verbs that end like one (특징지을).
        institutions: Beginnings of English words that call for the end of an institution's name
            (대학교: universit).
        person_titles: What stands behind a person's name (교수).
        chatter: What a model says around a translation.
        prompt_leaks: What comes from the prompt.
        note: Regular expression for the beginning of a translator's note in brackets.
        remark: Regular expression for brackets in which a translator speaks of the text.
        notes: English words before a colon that call for such a word of a note (참고: note).
        letters: Names of Greek letters (η: 에타).
        field_labels: Names of the fields of a request, wrong before a colon at the beginning.
        placeholders: What stands for a translation that is missing.
        doubled_particles: Two particles where one belongs.
        length: Shortest and longest plausible length of target per source character.
        fraction: What stands behind a denominator (분의).
        spaces: Words are separated by spaces.
    """

    magnitudes: Mapping[str, int] = field(default_factory=dict, hash=False)
    number_words: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    number_tens: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    number_digits: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    number_ranges: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    half: str = ""
    not_magnitudes: tuple[str, ...] = ()
    number_units: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    month: str = ""
    times: str = ""
    rank: str = ""
    particle_magnitudes: tuple[str, ...] = ()
    vague: Mapping[str, Decimal] = field(default_factory=dict, hash=False)
    joints: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    clause_ends: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    after: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    weak: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    comparing: str = ""
    towards: tuple[str, ...] = ()
    turned: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    directions: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    negation: tuple[str, ...] = ()
    denial: tuple[str, ...] = ()
    not_denial: tuple[str, ...] = ()
    opposites: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    litotes: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    everyday_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    homonyms: tuple[str, ...] = ()
    exonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    polite: str = ""
    plain: str = ""
    request: str = ""
    question: str = ""
    asking: tuple[str, ...] = ()
    nominal: str = ""
    shares: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    familiar: str = ""
    stated: str = ""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    family_names: tuple[str, ...] = ()
    like_particles: tuple[str, ...] = ()
    like_object: str = ""
    institutions: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    person_titles: tuple[str, ...] = ()
    chatter: tuple[str, ...] = ()
    prompt_leaks: tuple[str, ...] = ()
    note: str = ""
    remark: str = ""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    field_labels: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    doubled_particles: tuple[str, ...] = ()
    length: tuple[Decimal, Decimal] | None = None
    fraction: str = ""
    spaces: bool = True
