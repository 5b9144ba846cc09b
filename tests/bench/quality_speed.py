"""How many passages are coded in a second, and in how much memory: in a process that does no more."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from resource import RUSAGE_SELF, getrusage
from time import process_time

from observations.coding import code

WORDS_A_PASSAGE = 150


def passages_of(notes):
    """The notes' words cut into passages of one length, none of them read before."""
    words = " ".join(note["text"] for note in notes).split()
    starts = range(0, len(words) - WORDS_A_PASSAGE, WORDS_A_PASSAGE)
    return [" ".join(words[at : at + WORDS_A_PASSAGE]) for at in starts]


def alone(passages, codebook, model=None):
    """(passages a second, megabytes at the most) of a fresh process that codes them."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(coded, passages, codebook, model).result()


def coded(passages, codebook, model):
    started = process_time()  # of this process alone: machines are shared
    for passage in passages:
        code(passage, codebook, model)
    rate = len(passages) / (process_time() - started)
    return rate, megabytes()


def megabytes():
    """The most that this process has held."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024
