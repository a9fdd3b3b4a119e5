"""One list of pieces for both families: whole words and word beginnings, and `##` continuations; and its two tokenisers."""
import json
from collections import Counter

import numpy as np

BERT_SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']
T5_SPECIAL = ['<pad>', '</s>', '<unk>', '<O>', '<B-PER>', '<I-PER>', '<B-LOC>', '<I-LOC>', '<B-ORG>', '<I-ORG>', '<B>', '<I>']
FIRST = 16  # id of the first piece in both tokenisers; ids from the specials to here are unused fillers
PROMPT_WORDS = ['full', 'simplified', 'PER', 'LOC', 'ORG', '-', ':', 'example', '=>', '=', ';']


def build_pieces(work, size):
    """pieces.json, the most useful first: prompt words, characters, frequent words, affixes, words of the vectors."""
    path = work / 'pieces.json'
    if path.exists():
        return json.loads(path.read_text(encoding='utf-8'))
    types = json.loads((work / 'types.json').read_text(encoding='utf-8'))
    text = np.load(work / 'text.npz')
    count = text['mix'] + 3 * text['gold']
    order = np.argsort(-count, kind='stable')
    words = [types[i] for i in order if count[i] >= (30 if any(c.isdigit() for c in types[i]) else 4) and len(types[i]) <= 24]
    characters, starts, middles, ends = Counter(), Counter(), Counter(), Counter()
    for i in order:
        word = types[i]
        if count[i] < 2:
            break
        characters.update(set(word))
        if not word.isalpha():
            continue
        for n in range(2, 6):
            if len(word) > n:
                starts[word[:n]] += 1
                ends['##' + word[-n:]] += 1
                middles['##' + word[1 : 1 + n]] += 1
    single = [c for c, n in characters.most_common(700)]
    pieces = dict.fromkeys(PROMPT_WORDS + single + ['##' + c for c in single])
    for words_or_affixes in (
        words[: size // 2],
        [p for p, _ in starts.most_common(6000)],
        [p for p, _ in ends.most_common(8000)],
        [p for p, _ in middles.most_common(4000)],
        words[size // 2 :],
        extra_forms(json.loads((work / 'glove.json').read_text(encoding='utf-8'))),
    ):
        for piece in words_or_affixes:
            if len(pieces) >= size - FIRST:
                break
            pieces.setdefault(piece)
    result = list(pieces)
    path.write_text(json.dumps(result), encoding='utf-8')
    return result


def extra_forms(vector_words):
    """Forms the mix lacks but the vectors know, interleaved by rank: Capitalised (names), lower and upper case."""
    for i, word in enumerate(vector_words[:200000]):
        if word.isalpha() and word.isascii() and len(word) > 2:
            yield word.capitalize()
            if i < 60000:
                yield word
            if i < 6000:
                yield word.upper()


class Pieces:
    """Encodes single words. `bert` is greedy longest match, `t5` is the best Unigram path; both are cached."""

    def __init__(self, pieces):
        self.pieces = pieces
        self.index = {piece: i + FIRST for i, piece in enumerate(pieces)}
        # Any split costs at least 2 * 8 and a whole word at most 12, so that a word in the list is never split.
        self.score = {piece: -8.0 - 4.0 * i / len(pieces) for i, piece in enumerate(pieces)}
        self.cache = {'bert': {}, 't5': {}}

    def bert(self, word, whole=True):
        if whole and word in self.cache['bert']:
            return self.cache['bert'][word]
        ids, start = [], 0
        while start < len(word):
            longest = len(word) if whole or start else len(word) - 1
            for end in range(longest, start, -1):
                piece = self.index.get(('##' if start else '') + word[start:end])
                if piece is not None:
                    break
            else:
                ids = [1]
                break
            ids.append(piece)
            start = end
        if whole:
            self.cache['bert'][word] = ids
        return ids

    def t5(self, word, whole=True):
        if whole and word in self.cache['t5']:
            return self.cache['t5'][word]
        best = [(0.0, None, None)] + [(-1e9, None, None)] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 24), end):
                if not whole and start == 0 and end == len(word) and len(word) > 1:
                    continue
                piece = ('##' if start else '') + word[start:end]
                score = best[start][0] + self.score.get(piece, -30.0 if end == start + 1 else -1e9)
                if score > best[end][0]:
                    best[end] = (score, start, self.index.get(piece, 2))
        ids, end = [], len(word)
        while end:
            _, start, piece = best[end]
            ids.append(piece)
            end = start
        ids.reverse()
        if whole:
            self.cache['t5'][word] = ids
        return ids


def added(content, index):
    return {
        'id': index,
        'content': content,
        'single_word': False,
        'lstrip': False,
        'rstrip': False,
        'normalized': False,
        'special': True,
    }


def write_bert_tokenizer(folder, pieces):
    vocabulary = {s: i for i, s in enumerate(BERT_SPECIAL)}
    vocabulary.update({f'[unused{i}]': i for i in range(len(BERT_SPECIAL), FIRST)})
    vocabulary.update({piece: i + FIRST for i, piece in enumerate(pieces)})
    tokenizer = {
        'version': '1.0',
        'truncation': None,
        'padding': None,
        'added_tokens': [added(s, i) for i, s in enumerate(BERT_SPECIAL)],
        'normalizer': None,
        # Words are given one by one, and "U.S." or "Jean-Luc" is one word: only white space may split.
        'pre_tokenizer': {'type': 'WhitespaceSplit'},
        'post_processor': {
            'type': 'TemplateProcessing',
            'single': [special('[CLS]'), sequence('A'), special('[SEP]')],
            'pair': [special('[CLS]'), sequence('A'), special('[SEP]'), sequence('B', 1), special('[SEP]', 1)],
            'special_tokens': {t: {'id': t, 'ids': [BERT_SPECIAL.index(t)], 'tokens': [t]} for t in ('[CLS]', '[SEP]')},
        },
        'decoder': {'type': 'WordPiece', 'prefix': '##', 'cleanup': False},
        'model': {
            'type': 'WordPiece',
            'unk_token': '[UNK]',
            'continuing_subword_prefix': '##',
            'max_input_chars_per_word': 100,
            'vocab': vocabulary,
        },
    }
    write_json(folder / 'tokenizer.json', tokenizer, compact=True)
    names = ['pad', 'unk', 'cls', 'sep', 'mask']
    config = {'tokenizer_class': 'BertTokenizer', 'do_lower_case': False, 'model_max_length': 512}
    config.update({f'{name}_token': token for name, token in zip(names, BERT_SPECIAL)})
    write_json(folder / 'tokenizer_config.json', config)


def write_t5_tokenizer(folder, pieces):
    encoder = Pieces(pieces)
    entries = [[s, 0.0] for s in T5_SPECIAL] + [[f'<unused{i}>', -99.0] for i in range(len(T5_SPECIAL), FIRST)]
    for piece in pieces:
        text = piece[2:] if is_continuation(piece) else '▁' + piece
        entries.append([text, round(encoder.score[piece], 5)])
    tokenizer = {
        'version': '1.0',
        'truncation': None,
        'padding': None,
        'added_tokens': [added(s, i) for i, s in enumerate(T5_SPECIAL)],
        'normalizer': None,
        'pre_tokenizer': {'type': 'Metaspace', 'replacement': '▁', 'add_prefix_space': True, 'prepend_scheme': 'always'},
        'post_processor': {
            'type': 'TemplateProcessing',
            'single': [sequence('A'), special('</s>')],
            'pair': [sequence('A'), special('</s>'), sequence('B'), special('</s>')],
            'special_tokens': {'</s>': {'id': '</s>', 'ids': [1], 'tokens': ['</s>']}},
        },
        'decoder': {'type': 'Metaspace', 'replacement': '▁', 'add_prefix_space': True, 'prepend_scheme': 'always'},
        'model': {'type': 'Unigram', 'unk_id': 2, 'vocab': entries},
    }
    write_json(folder / 'tokenizer.json', tokenizer, compact=True)
    config = {
        'tokenizer_class': 'T5Tokenizer',
        'model_max_length': 512,
        'pad_token': '<pad>',
        'eos_token': '</s>',
        'unk_token': '<unk>',
        'additional_special_tokens': T5_SPECIAL[3:],
    }
    write_json(folder / 'tokenizer_config.json', config)


def is_continuation(piece):
    return piece.startswith('##') and len(piece) > 2


def special(token, kind=0):
    return {'SpecialToken': {'id': token, 'type_id': kind}}


def sequence(name, kind=0):
    return {'Sequence': {'id': name, 'type_id': kind}}


def write_json(path, value, compact=False):
    text = json.dumps(value, ensure_ascii=False, **({'separators': (',', ':')} if compact else {'indent': 2}))
    path.write_text(text + '\n', encoding='utf-8')
