"""Figures for RESULTS.md on EWT dev that need no new training: few-shot examples, and T5 without constraints.

python3 models/training/ablate.py --data ../shared/data --work DIR [--sentences 500]
"""
import argparse
import math
import time
from collections import Counter
from pathlib import Path

import torch

from data import FULL, SCHEMES, span_scores
from encode import SCHEME_TAG_IDS, Prompt
from gold import seeded
from settings import RUNS, SEED
from stages import Run
from t5 import TAG_ROWS
from t5train import Examples, decode_t5


class Nearest:
    """Examples of the pool that share the rarest words with a sentence."""

    def __init__(self, pool):
        self.pool = pool
        seen = Counter(w.lower() for words, _ in pool for w in set(words))
        self.weight = {w: math.log(len(pool) / n) for w, n in seen.items()}
        self.sets = [{w.lower() for w in words} for words, _ in pool]

    def __call__(self, words, k):
        wanted = {w.lower() for w in words}
        scores = [sum(self.weight[w] for w in s & wanted) / math.sqrt(len(s)) for s in self.sets]
        best = sorted(range(len(scores)), key=lambda i: -scores[i])[:k]
        return [self.pool[i] for i in best]


def unconstrained(model, encoder, words, scheme, every_row):
    """Tags of a greedy answer over all pieces, or the name of what is wrong with it."""
    pieces = [encoder(w, 't5') for w in words]
    source = torch.tensor([Prompt(encoder).prefix(scheme, []) + [p for word in pieces for p in word] + [1]])
    mask = torch.ones_like(source)
    crossed, past, token, answer = model.crossed(model.encode(source, mask)), None, 0, []
    for _ in range(2 * source.shape[1] + 8):
        states, past = model.decode(torch.tensor([[token]]), mask, crossed, past)
        state = states[0, -1]
        token = int(torch.cat([model.tag_head(state), model.narrow(state) @ every_row]).argmax())
        if token == 1:
            break
        answer.append(token)
    else:
        return None, 'no end'
    names = {i: t for t, i in zip(SCHEMES[scheme], SCHEME_TAG_IDS[scheme])}
    tags, place, last = [], 0, 'O'
    for word in pieces:
        if answer[place : place + len(word)] != word:
            return None, 'a word is changed, lost or added'
        place += len(word)
        tag = names.get(answer[place]) if place < len(answer) else None
        if tag is None:
            return None, 'a word without a tag of the scheme'
        tags.append(tag)
        place += 1
    if place != len(answer):
        return None, 'text after the last word'
    for tag in tags:
        if tag[0] == 'I' and (last == 'O' or last[1:] != tag[1:]):
            return tags, 'I without its B'
        last = tag
    return tags, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--data', required=True)
    parser.add_argument('--work', required=True)
    parser.add_argument('--sentences', type=int, default=500)
    parser.add_argument('--run', default='full', choices=sorted(RUNS))
    parser.add_argument('--out', default='.')
    parser.add_argument('--vectors')
    chosen = parser.parse_args()
    torch.set_num_threads(1)
    run = Run(chosen, Path(chosen.work) / chosen.run, RUNS[chosen.run])
    model, encoder, gold = run.t5_model(), run.encoders['t5'], run.gold
    dev = gold.dev[: chosen.sentences]
    truth = [[FULL[t] for t in tags] for _, tags, _ in dev]
    pool = Examples(gold).pool
    nearest = Nearest(pool)
    with torch.no_grad():
        for way in ('random', 'nearest'):
            for k in range(4) if way == 'random' else range(1, 4):
                rng, started, out = seeded(SEED), time.time(), []
                for words, _, _ in dev:
                    text = [gold.types[w] for w in words]
                    examples = [rng.choice(pool) for _ in range(k)] if way == 'random' else nearest(text, k)
                    out.append(decode_t5(model, encoder, words, 'full', examples)[1])
                result = span_scores(truth, out)
                run.log(f'ablation k {k} {way} {result} {len(dev) / (time.time() - started):.1f} sentences/s')
        every_row = model.word_rank(torch.cat([model.table(p) for p in torch.arange(TAG_ROWS, model.table.free.num_embeddings).split(8192)])).t()
        failures, out = Counter(), []
        for words, _, _ in dev:
            tags, failure = unconstrained(model, encoder, words, 'full', every_row)
            failures[failure or 'none'] += 1
            out.append(tags or ['O'] * len(words))
        run.log(f'ablation unconstrained {span_scores(truth, out)} failures {dict(failures)}')


if __name__ == '__main__':
    main()
