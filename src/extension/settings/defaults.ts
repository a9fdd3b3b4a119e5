import { DEFAULT_LABELS } from './labels.ts';

/** What holds of each setting where its value is missing or of a wrong type. A test holds it to what package.json tells people. */
export const DEFAULTS = {
  labels: DEFAULT_LABELS,
  annotatorName: '',
  'correction.start': 'agreement',
  'gold.autoSave': true,
  'evaluation.trainingCorpus': '',
  'annotate.onOpen': 'switchedOn',
  'annotate.debounce': 400,
  models: {},
  'inference.modelsFolder': '',
  'inference.hub': '',
  'inference.threads': 0,
  'decorations.gold': true,
  'decorations.bert': true,
  'decorations.t5': true,
  'decorations.disagreements': true,
  'decorations.labelText': true,
  'corpus.exclude': ['*.curated.iob2', '*.curated-*.iob2'],
  threshold: 0,
  diagnostics: 'off',
} as const;

/** The settings whose values are of one type. */
export type SettingOf<Value> = {
  [Key in keyof typeof DEFAULTS]: (typeof DEFAULTS)[Key] extends Value ? Key : never;
}[keyof typeof DEFAULTS];
