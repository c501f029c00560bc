"""Faults put into good pairs on purpose, one function per check and severity.

A mutation takes a good Sample and gives its faulty target, or None where it does not apply. All
are deterministic: no chance, no clock. The docstring's first line says what a reader would see
and ends with an example; ``design.md`` marks the faults that document names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.bench.mutations import leaks, names, numbers, spans, style, terms, text
from tests.bench.mutations.registry import MUTATIONS, Mutation
from tests.bench.samples import Faulty, Sample

__all__ = ["MUTATIONS", "PER_BLIND_MUTATION", "PER_MUTATION", "Mutation", "make_faulty"]

PER_MUTATION = 14
PER_BLIND_MUTATION = 2  # with the pairs written by hand, a fifth of all faulty ones
_FAMILIES = (numbers, spans, names, terms, text, style, leaks)


def make_faulty(
    samples: Sequence[Sample],
    *,
    per_mutation: int = PER_MUTATION,
    per_blind_mutation: int = PER_BLIND_MUTATION,
) -> Iterator[Faulty]:
    """The faulty pairs that all mutations make of good ones.

    Which bases a mutation takes is a fixed rule: those it applies to, in the order of a hash of
    mutation and base, the first ``per_mutation`` of the open and the first ``per_blind_mutation``
    of the blind ones.
    """
    for mutation in MUTATIONS:
        left = {False: per_mutation, True: per_blind_mutation}
        for sample in sorted(samples, key=lambda one: _place(mutation.name, one.sample_id)):
            if not left[sample.blind]:
                continue
            target = mutation.apply(sample)
            if target is None or target == sample.target:
                continue
            left[sample.blind] -= 1
            name = f"{sample.sample_id}/{mutation.name}"
            faulty = replace(sample, sample_id=name, target=target)
            yield Faulty(
                faulty, sample.sample_id, mutation.name, mutation.fault_class, mutation.severity
            )


def _place(mutation: str, sample_id: str) -> bytes:
    return hashlib.sha256(f"{mutation} {sample_id}".encode()).digest()
