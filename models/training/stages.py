"""The stages of a run; each reads what the ones before left in the work folder."""
import datetime
import json
from functools import cached_property
from pathlib import Path

import numpy as np
import torch

from bert import Shape
from calibrate import calibrate
from data import FULL, SCHEMES, TO_SIMPLIFIED, read_uner
from export import export_bert, export_t5
from gold import Gold
from encode import TypeEncoder
from manifest import prompt_of, write_manifest
from resources import build_context, build_text, build_vectors
from resume import bert_from, pieces_of, t5_from
from settings import CORPORA_MIX, NEAR_MIX, SEED, WEIGHT_EXPONENT
from streams import Mixture, Text, soft_stream, steadily, text_stream
from students import class_weights, new_bert, predict_bert, score_tags, simplified_from, train_bert
from t5 import T5Shape
from t5train import Examples, new_t5, predict_t5, score_answers, share_table, train_t5
from teacher import label_text, mean_probabilities, relabel, score, train_teacher
from vocab import build_pieces

TESTS = {'UNER English EWT dev': 'en_ewt.dev', 'UNER English EWT test': 'en_ewt.test', 'UNER English PUD test': 'en_pud.test'}
K = 0  # few-shot examples in the prompt that the manifest asks for


class Run:
    def __init__(self, chosen, work, sizes):
        self.data, self.out, self.work, self.sizes = Path(chosen.data), Path(chosen.out), work, sizes
        self.vectors = chosen.vectors
        # Where training goes on from, if it does.
        self.start = Path(chosen.start) if sizes['continued'] else None

    def log(self, message):
        line = f'{datetime.datetime.now():%H:%M:%S} {message}'
        print(line, flush=True)
        with (self.work / 'log.txt').open('a', encoding='utf-8') as log:
            log.write(line + '\n')

    @cached_property
    def gold(self):
        return Gold(self.data, self.work, self.sizes['gold_limit'])

    @cached_property
    def pieces(self):
        return pieces_of(self.start / 'bert-full') if self.start else build_pieces(self.work, self.sizes['pieces'])

    @cached_property
    def encoders(self):
        cut = self.pieces[: self.sizes['t5_pieces']]
        return {'bert': TypeEncoder(self.gold.types, self.pieces), 't5': TypeEncoder(self.gold.types, cut)}

    @property
    def dev(self):
        return self.gold.dev[: self.sizes['dev']]

    def weights(self, exponent=WEIGHT_EXPONENT):
        return {scheme: class_weights(self.gold.train['ewt'], exponent, scheme == 'simplified') for scheme in SCHEMES}

    def tables(self):
        build_vectors(self.work, self.vectors)
        build_text(self.data, self.work, self.sizes['paragraphs'])
        build_context(self.work, self.sizes['context_rows'], self.sizes['contexts'], 64)
        self.log(f'{len(self.pieces)} pieces')

    def teacher(self, seed, encoded):
        return train_teacher(
            self.work, self.gold, seed, self.sizes['teacher_words'], self.sizes['teacher_budget'], log=self.log, encoded=encoded
        )

    def teachers(self):
        return [self.teacher(*teacher) for teacher in self.sizes['teachers']]

    def labels(self):
        """The teachers' opinion of the gold that the students see (relabelled.pt) and of the text (soft.npy)."""
        teachers = self.teachers()
        together = [np.log(p + 1e-9) for p in mean_probabilities(teachers, self.dev)]
        self.log(f'the teachers together: dev {score(together, self.dev)}')
        path = self.work / 'relabelled.pt'
        if not path.exists():
            torch.save({name: relabel(self.gold.train[name], teachers) for name in dict.fromkeys(CORPORA_MIX)}, path)
        if self.sizes['label_words'] and not (self.work / 'soft.npy').exists():
            label_text(self.work, teachers, Text(self.work, self.sizes['label_words']), self.log)

    def soft_streams(self, seed):
        """Labelled text and gold with half of the teachers' opinion, near the end more of EWT's; the gold alone without text."""
        relabelled = torch.load(self.work / 'relabelled.pt')
        size = self.sizes['words']
        gold, near = (
            soft_stream([s for name in names for s in relabelled[name]], size, seed + i)
            for i, names in enumerate((CORPORA_MIX, NEAR_MIX))
        )
        if not self.sizes['label_words']:
            return steadily(gold)
        text = Text(self.work, self.sizes['label_words'])
        text.load_soft(self.work)
        return Mixture(text_stream(text, size, seed), gold, near, self.sizes['gold_share'], seed, near_share=self.sizes['near_share'])

    def trained(self, name, model, train):
        """The model with the weights of the file, or trained and then saved there."""
        path = self.work / f'{name}.pt'
        if path.exists():
            model.load_state_dict(torch.load(path))
            return model.eval()
        self.log(f'training {name}')
        partial = self.work / f'{name}.partial.pt'
        model = train(model, partial)
        torch.save(model.state_dict(), path)
        partial.unlink(missing_ok=True)
        return model.eval()

    def bert_trunk(self):
        sizes = self.sizes

        def train(model, partial):
            return train_bert(
                model, self.encoders['bert'], self.soft_streams(SEED), sizes['trunk_steps'], sizes['trunk_rate'], self.log,
                self.weights()['full'], hide=0.12, masked_weight=sizes['masked_weight'], dev=self.dev, save=partial,
                every=sizes['every'], final=0.03, seed=SEED, both=True, budget=sizes['budget'],
            )

        return self.trained('bert-trunk', self.new_bert(), train)

    def new_bert(self):
        return bert_from(self.start, self.sizes['layers']) if self.start else new_bert(self.work, self.pieces, len(FULL), Shape(layers=self.sizes['layers']))

    def bert_model(self, scheme):
        trunk = self.bert_trunk()
        return (simplified_from(trunk) if scheme == 'simplified' else trunk).eval()

    def bert(self):
        self.bert_trunk()

    def new_t5(self):
        torch.manual_seed(SEED)
        if self.start:
            return t5_from(self.start, self.sizes['t5_layers'])
        model = new_t5(self.work, self.pieces[: self.sizes['t5_pieces']], T5Shape(encoder=self.sizes['t5_layers']))
        if not (self.work / 't5.pt').exists():
            share_table(model, self.bert_trunk())
        return model

    def t5_model(self):
        sizes = self.sizes

        def train(model, partial):
            return train_t5(
                model, self.encoders['t5'], self.soft_streams(SEED + 2), self.gold, sizes['t5_steps'], sizes['t5_rate'], self.log,
                self.weights(), word_weight=sizes['word_weight'], examples=Examples(self.gold, sizes['example_shares']),
                dev=self.dev[:800], every=sizes['every'], save=partial, seed=SEED, budget=sizes['budget'],
            )

        return self.trained('t5', self.new_t5(), train)

    def t5(self):
        self.t5_model()

    def evaluated(self, predict, scheme):
        """Scores by corpus and the calibration, of predict(sentences) -> (log-probabilities, tags or None)."""
        scores, calibration = [], None
        for corpus, name in TESTS.items():
            sentences = [self.gold.encode(s, 0) for s in read_uner(self.data, name)]
            if self.sizes['dev'] < 2001:
                sentences = sentences[: self.sizes['dev']]
            rows, tags = predict(sentences)
            simplified = scheme == 'simplified'
            result = score_tags(rows, sentences, simplified) if tags is None else score_answers(tags, sentences, simplified)
            self.log(f'{scheme} {corpus} {result}')
            scores.append({'corpus': corpus, 'scheme': scheme, 'labelledSpanF1': round(result['f1'], 4)})
            if name.endswith('dev'):
                gold = [np.array([TO_SIMPLIFIED[t] if simplified else t for t in s[1]][: len(r)]) for s, r in zip(sentences, rows)]
                calibration = calibrate(rows, gold)
                self.log(f'{scheme} calibration {calibration}')
        return scores, calibration

    def export(self):
        models = []
        for family, export in (('bert', self.export_bert), ('t5', self.export_t5)):
            path = self.work / f'exported-{family}.json'
            if not path.exists():
                path.write_text(json.dumps(export(), indent=1), encoding='utf-8')
            models += json.loads(path.read_text(encoding='utf-8'))
        write_manifest(self.out, models, SEED, f'{datetime.date.today()}')

    def export_bert(self):
        models = []
        for scheme, tags in SCHEMES.items():
            model = self.bert_model(scheme)
            scores, calibration = self.evaluated(lambda s: (predict_bert(model, self.encoders['bert'], s), None), scheme)
            export_bert(model, self.out / f'bert-{scheme}', self.pieces, tags, 'q8')
            models.append(entry(f'bert-{scheme}', f'Entity Lens BERT, {scheme} scheme', 'bert', {scheme: calibration}, scores, None))
        return models

    def export_t5(self):
        model, scores, calibrations = self.t5_model(), [], {}
        for scheme in SCHEMES:

            def predict(sentences, scheme=scheme):
                answers = predict_t5(model, self.encoders['t5'], sentences, scheme)
                return [rows for rows, _ in answers], [tags for _, tags in answers]

            more, calibrations[scheme] = self.evaluated(predict, scheme)
            scores += more
        export_t5(model, self.out / 't5', self.pieces[: self.sizes['t5_pieces']], 'q8')
        return [entry('t5', 'Entity Lens T5', 't5', calibrations, scores, prompt_of(K))]


def entry(identity, name, family, calibrations, scores, prompt):
    return {
        'id': identity,
        'name': name,
        'family': family,
        'dtype': 'q8',
        'schemes': list(calibrations),
        'temperature': {scheme: c['temperature'] for scheme, c in calibrations.items()},
        'prompt': prompt,
        'scores': scores,
    }
