"""The figures of RESULTS.md that leave out or change one thing: python3 models/training/ablate.py --data DIR --work DIR [NAME...]

Every row is measured on EWT dev, kept in ablations.json in the work folder and not made again; --table prints what is there.
"""
import argparse
import json
import time
from pathlib import Path

import torch

import ablations
from data import span_scores
from failures import KINDS, failures_of
from halves import use_halves
from settings import RUNS
from stages import Run

NAMES = ['weights', 'scratch', 'teachers', 'examples', 'constraints', 'corruption', 'validation']


class Rows:
    """Results by `ablation/row`, written after each row."""

    def __init__(self, path, log):
        self.path, self.log = path, log
        self.rows = json.loads(path.read_text(encoding='utf-8')) if path.exists() else {}

    def lacks(self, *names):
        return any(name not in self.rows for name in names)

    def add(self, name, gold, predicted, raw=None, **more):
        scores = span_scores(gold, predicted)
        row = {k: round(scores[k], 4) for k in ('f1', 'precision', 'recall')}
        row.update(labels=scores['labels'], failures=failures_of(gold, predicted, raw), **more)
        self.rows[name] = row
        self.path.write_text(json.dumps(self.rows, indent=1), encoding='utf-8')
        self.log(f'ablation {name} {row}')

    def table(self):
        """Rows as Markdown tables, one an ablation."""
        lines, last = [], None
        for name, row in self.rows.items():
            ablation, what = name.split('/', 1)
            if ablation != last:
                lines += ['', f'### {ablation}', '', f'| | F1 | precision | recall | {" | ".join(KINDS)} | |', '|' + '---|' * (5 + len(KINDS))]
                last = ablation
            figures = [f'{row[k]:.3f}'.lstrip('0') for k in ('f1', 'precision', 'recall')]
            more = ', '.join(f'{k}: {v}' for k, v in row.items() if k not in ('f1', 'precision', 'recall', 'labels', 'failures'))
            lines.append('| ' + ' | '.join([what, *figures, *(str(row['failures'][k]) for k in KINDS), more]) + ' |')
        return '\n'.join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True)
    parser.add_argument('--work', required=True, help='as of train.py, whose tables must be there')
    parser.add_argument('--start', default=str(Path(__file__).resolve().parents[1]), help='the model folders that are examined')
    parser.add_argument('--words', type=int, default=300_000, help='words seen by each model that is trained')
    parser.add_argument('--sentences', type=int, default=2001, help='of EWT dev, where a T5 decodes one at a time')
    parser.add_argument('--table', action='store_true', help='only print the rows that are there')
    parser.add_argument('names', nargs='*', default=NAMES, help='some of ' + ', '.join(NAMES))
    chosen = parser.parse_args()
    chosen.out, chosen.vectors = '.', None
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    use_halves()
    work = Path(chosen.work) / 'continued'
    run = Run(chosen, work, RUNS['continued'])
    rows = Rows(work / 'ablations.json', run.log)
    if chosen.table:
        print(rows.table())
        return
    for name in chosen.names:
        started = time.time()
        getattr(ablations, name)(run, rows, chosen)
        run.log(f'ablation {name}: {time.time() - started:.0f} s')


if __name__ == '__main__':
    main()
