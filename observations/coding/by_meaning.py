"""Suggest by words and by meaning together, where a sentence model reads."""

from .nearness import ENGINE, LIKELY_FROM, PERHAPS_FROM, before_learning, both, of_codebook, read_by
from .suggesting import Found, by_model, keyword_places


def by_meaning(sentences, codebook, model, by_words):
    """`{theme: Found}`: what was learned beside the same sentence model, else the codebook alone.

    `by_words` is what keywords found. It stays, and is perhaps there where the meaning does not bear it out.
    """
    vectors, sizes = read_by(codebook, sentences)
    learned = known_by(model, codebook.reader)
    best = found_before_learning(sentences, codebook, model, (vectors, sizes), by_words)
    if learned:
        best |= found_by_both(sentences, model, (vectors, sizes))
    elif model and model.themes:
        # By words: it was learned beside another sentence model, or none.
        best |= by_model(sentences, model)
    return best


def known_by(model, reader):
    """Whether what was learned by meaning was learned with this reader: others are never mixed."""
    return bool(model and model.near and model.near.sha256 == reader.sha256)


def found_before_learning(sentences, codebook, model, read, by_words):
    """`{theme: Found}` of the themes that were not learned."""
    near = of_codebook(codebook)
    of_passage, of_sentences = near.odds(*read)
    best = {}
    for column, theme in enumerate(near.codes):
        if model and theme in model.themes:
            continue
        word = by_words.get(theme)
        score = before_learning(of_passage[column], word and word.score)
        if word:
            best[theme] = word._replace(score=max(score, PERHAPS_FROM))
        elif score >= PERHAPS_FROM:
            sentence = sentences[int(of_sentences[:, column].argmax())]
            places = keyword_places(sentence, theme)
            best[theme] = Found(score, LIKELY_FROM, sentence, places, ENGINE)
    return best


def found_by_both(sentences, model, read):
    """`{theme: Found}` of the themes that were learned, by words and by meaning."""
    heard = model.hear(sentences)
    of_passage, of_sentences = model.near.odds(*read)
    scores = both(heard.scores, of_passage)
    rows = both(heard.by_sentence[: len(of_sentences)], of_sentences).argmax(axis=0)
    best = {}
    for column, theme in enumerate(model.codes):
        near = model.near.themes[theme]
        if scores[column] >= near.perhaps:
            sentence, row = sentences[rows[column]], int(rows[column])
            places = heard.telling(row, column) | keyword_places(sentence, theme)
            bar = max(near.likely, near.perhaps)
            best[theme] = Found(scores[column], bar, sentence, places, model.name)
    return best
