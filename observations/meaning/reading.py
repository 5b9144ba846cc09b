"""The sums of a BERT (Devlin and others, 2018) over sentences that are laid end to end.

Only where words look at one another are the sentences kept apart; all else is one large product of
matrices for many sentences, which is twice as quick as one sentence at a time.
"""

import threading
from collections import OrderedDict
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from threadpoolctl import ThreadpoolController

from .folder import Shape, fingerprint, weights_of
from .pieces import Pieces

# Pieces that are laid end to end: more are no quicker, and take memory.
A_BATCH = 640
# Sentences whose numbers are remembered: reading one takes a hundredth of a second.
REMEMBERED = 8_000

# erf(x) to within 1.5e-7 (Abramowitz and Stegun, 7.1.26).
ERF_AT = np.float32(0.3275911)
ERF = [np.float32(x) for x in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)]
HALF_ROOT, HALF = np.float32(0.70710678), np.float32(0.5)
# Rows that are worked on at once.
A_BLOCK = 48


class Reader:
    """Reads with the model of one folder, which is opened at the first sentence."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.sha256 = fingerprint(folder)
        self._kept = OrderedDict()
        self._lock = threading.Lock()

    def read(self, texts):
        """A row of length 1 for each text, the same for the same text; their products are cosines."""
        with self._lock, self._threads.limit(limits=1):
            new = sorted({text for text in texts if text not in self._kept}, key=len)
            fresh = dict(zip(new, self._read_anew(new), strict=True))
            found = np.array([fresh[t] if t in fresh else self._kept[t] for t in texts])
            self._kept |= fresh
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return found.reshape(len(texts), self.model.width)

    def _read_anew(self, texts):
        batch, size = [], 0
        for text in texts:
            numbers = self.pieces.numbers_of(text, self.shape.longest)
            if batch and size + len(numbers) > A_BATCH:
                yield from self.model.rows(batch)
                batch, size = [], 0
            batch.append(numbers)
            size += len(numbers)
        if batch:
            yield from self.model.rows(batch)

    @cached_property
    def _threads(self):
        """Two threads of one product wait for each other where other processes work too."""
        return ThreadpoolController()

    @cached_property
    def shape(self):
        return Shape.of(self.folder)

    @cached_property
    def pieces(self):
        return Pieces(self.folder / "vocab.txt", self.shape.lower)

    @cached_property
    def model(self):
        return Bert(weights_of(self.folder, self.shape), self.shape)


class Bert:
    """The weights of a BERT, and what is done with them."""

    def __init__(self, weights, shape):
        self.weights, self.shape = weights, shape
        self.words = weights["embeddings.word_embeddings.weight"]
        self.places = weights["embeddings.position_embeddings.weight"]
        self.places = self.places + weights["embeddings.token_type_embeddings.weight"][0]
        self.width = self.words.shape[1]
        self.layers = [self._layer(f"encoder.layer.{at}.") for at in range(shape.layers)]

    def _layer(self, name):
        asks = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
        parts = {
            "attends": f"{name}attention.output.dense",
            "widens": f"{name}intermediate.dense",
            "narrows": f"{name}output.dense",
        }
        layer = {part: self._linear([at]) for part, at in parts.items()}
        return layer | {
            "asks": self._linear(asks),
            "attended": f"{name}attention.output.LayerNorm",
            "done": f"{name}output.LayerNorm",
        }

    def _linear(self, names):
        """What a row is multiplied with, and what is added: of several parts side by side."""
        by = np.concatenate([self.weights[f"{name}.weight"] for name in names])
        plus = np.concatenate([self.weights[f"{name}.bias"] for name in names])
        return np.ascontiguousarray(by.T), plus

    def rows(self, batch):
        """A row for each list of numbers."""
        ends = np.cumsum([0, *(len(numbers) for numbers in batch)])
        at = np.concatenate([np.arange(len(numbers)) for numbers in batch])
        row = self.words[np.concatenate(batch)] + self.places[at]
        row = self._level(row, "embeddings.LayerNorm")
        for layer in self.layers:
            row = self._passed(row, layer, ends)
        if self.shape.pools_first:
            pooled = row[ends[:-1]]
        else:
            pooled = np.add.reduceat(row, ends[:-1], axis=0) / np.diff(ends)[:, None]
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _passed(self, row, layer, ends):
        looked = self._looked(plus(row, layer["asks"]), ends)
        row = self._level(plus(looked, layer["attends"]) + row, layer["attended"])
        wide = gelu(plus(row, layer["widens"]))
        return self._level(plus(wide, layer["narrows"]) + row, layer["done"])

    def _looked(self, asked, ends):
        """Each piece, as the pieces of its own sentence that it looks at."""
        heads = self.shape.heads
        asked = asked.reshape(len(asked), 3, heads, -1)
        found = np.empty(asked.shape[0:1] + asked.shape[2:], dtype=np.float32)
        scale = np.float32(1 / np.sqrt(asked.shape[-1]))
        for start, end in pairwise(ends):
            query, key, value = asked[start:end].transpose(1, 2, 0, 3)
            weight = query @ key.transpose(0, 2, 1) * scale
            weight = np.exp(weight - weight.max(axis=-1, keepdims=True))
            weight /= weight.sum(axis=-1, keepdims=True)
            found[start:end] = (weight @ value).transpose(1, 0, 2)
        return found.reshape(len(found), -1)

    def _level(self, row, name):
        """Each row with mean 0 and variance 1, then scaled as was learned."""
        row = row - row.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", row, row)[:, None] / row.shape[1]
        row /= np.sqrt(variance + np.float32(self.shape.epsilon))
        return row * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def plus(row, linear):
    by, added = linear
    found = row @ by
    found += added
    return found


def gelu(x):
    """x times the share of the normal distribution that lies below it; in place, and given back.

    A block at a time: what lies in the processor's own memory is worked on twice as quickly.
    """
    for start in range(0, len(x), A_BLOCK):
        block = x[start : start + A_BLOCK]
        size = np.abs(block)
        root = size * HALF_ROOT
        part = np.reciprocal(root * ERF_AT + 1)
        above = part * ERF[0]
        for factor in ERF[1:]:
            above += factor
            above *= part
        above *= np.exp(np.negative(root * root))  # 1 - erf
        above *= size
        above *= HALF
        np.maximum(block, 0, out=block)
        block -= above
    return x
