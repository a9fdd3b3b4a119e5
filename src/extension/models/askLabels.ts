import * as vscode from 'vscode';
import { NAMELESS, readTags } from '../../core/modelTags.ts';
import type { LabelMap } from '../../core/modelTags.ts';
import { tagsOf } from '../../core/scheme.ts';
import type { ModelSource } from '../../core/span.ts';
import { generalPrompt } from '../../node/models/generalPrompt.ts';
import { titleOf } from './askModel.ts';
import { joinMaps, mapText, usualNames } from './labelMap.ts';

interface Choice<Value> extends vscode.QuickPickItem {
  readonly value: Value;
}

async function pick<Value>(
  source: ModelSource,
  placeHolder: string,
  items: readonly Choice<Value>[],
): Promise<Value | undefined> {
  const chosen = await vscode.window.showQuickPick(items, {
    title: titleOf(source),
    placeHolder,
    ignoreFocusOut: true,
  });
  return chosen?.value;
}

/** How a classifier's labels are read beside ours; asks only where it has others. Undefined where the user gave up. */
export async function askLabelMap(tags: readonly string[], mine: readonly string[]): Promise<LabelMap | undefined> {
  const nameless = await askNameless(tags, mine);
  if (nameless === undefined) return undefined;
  const reading = readTags(tags, nameless);
  if (!reading.ok) throw new Error(reading.message);
  const foreign = reading.value.labels.filter((label) => !mine.includes(label));
  if (foreign.length === 0) return nameless;
  const usual = usualNames(foreign, mine);
  const named = Object.keys(usual);
  const rest = foreign.filter((label) => !named.includes(label));
  const dropping = (labels: readonly string[]): LabelMap => Object.fromEntries(labels.map((label) => [label, 'O']));
  const plans: Choice<LabelMap | 'each'>[] = [
    { label: 'Keep All', description: `also ${foreign.join(', ')}`, value: {} },
    ...(named.length === 0
      ? []
      : [
          {
            label: 'Translate the Usual Names',
            description: `${mapText(usual)}${rest.length === 0 ? '' : '; the others are kept'}`,
            value: usual,
          },
          ...(rest.length === 0
            ? []
            : [
                {
                  label: 'Translate the Usual Names, Leave Out the Rest',
                  description: mapText({ ...usual, ...dropping(rest) }),
                  value: { ...usual, ...dropping(rest) },
                },
              ]),
        ]),
    { label: 'Leave Out All', description: `no entity: ${foreign.join(', ')}`, value: dropping(foreign) },
    { label: 'Decide for Each…', description: `${String(foreign.length)} of them`, value: 'each' },
  ];
  const [only = ''] = foreign;
  const which = foreign.length === 1 ? `label ${only}` : `${String(foreign.length)} labels`;
  const question = `The model has ${which} that you do not have (${mine.join(', ')})`;
  const plan = await pick(source, question, plans);
  if (plan === undefined) return undefined;
  const labels = plan === 'each' ? await askEach(foreign, mine, usual) : plan;
  return labels && joinMaps(nameless, labels, ownLabels(tags));
}

/** The labels of the tags that have a name of their own. */
function ownLabels(tags: readonly string[]): readonly string[] {
  const reading = readTags(
    tags.filter((tag) => !NAMELESS.test(tag)),
    {},
  );
  return reading.ok ? reading.value.labels : [];
}

const source = 'bert';

/** What the tags mean that have only a number as their name. */
async function askNameless(tags: readonly string[], mine: readonly string[]): Promise<LabelMap | undefined> {
  const map: Record<string, string> = {};
  const open = tags.filter((tag) => NAMELESS.test(tag));
  for (const tag of open) {
    const meant = await pick<string>(source, `What does the model's tag ${tag} mean?`, [
      ...[...tagsOf('full', mine), 'B', 'I'].map((value) => ({ label: value, value, description: tagWords(value) })),
      { label: 'Another Tag…', value: '' },
    ]);
    const said = meant === '' ? await askTag(tag) : meant;
    if (said === undefined) return undefined;
    map[tag] = said;
  }
  return map;
}

function tagWords(tag: string): string {
  if (tag === 'O') return 'no entity';
  return `${tag.startsWith('B') ? 'first' : 'further'} word of an entity`;
}

async function askTag(tag: string): Promise<string | undefined> {
  const said = await vscode.window.showInputBox({
    title: titleOf(source),
    prompt: `The tag that ${tag} stands for, such as B-DISEASE`,
    ignoreFocusOut: true,
    validateInput: (value) => (/^(?:O|[BI](?:-\S+)?)$/u.test(value.trim()) ? undefined : 'O, or B- or I- and a label.'),
  });
  return said?.trim();
}

async function askEach(
  foreign: readonly string[],
  mine: readonly string[],
  usual: LabelMap,
): Promise<LabelMap | undefined> {
  const map: Record<string, string> = {};
  for (const label of foreign) {
    const likely = usual[label];
    const others = mine.filter((name) => name !== likely);
    const target = await pick<string>(source, `What is the model's ${label} for you?`, [
      ...[...(likely === undefined ? [] : [likely]), ...others].map((name) => ({
        label: name,
        value: name,
        description: `${label} counts as ${name}`,
      })),
      { label: `Keep ${label}`, value: label, description: 'a label of its own' },
      { label: 'No Entity', value: 'O', description: `${label} is left out` },
    ]);
    if (target === undefined) return undefined;
    if (target !== label) map[label] = target;
  }
  return map;
}

/** What a T5 is asked for and how. */
export interface Question {
  readonly labels: readonly string[];
  readonly template: string | undefined;
}

/** Asks which labels a T5 that nobody tuned for this task is to find, and in which words. Undefined where the user gave up. */
export async function askQuestion(mine: readonly string[]): Promise<Question | undefined> {
  const read = (text: string): readonly string[] => [...new Set(text.split(/[\s,;]+/u).filter((name) => name !== ''))];
  const text = await vscode.window.showInputBox({
    title: titleOf('t5'),
    prompt: 'The labels to ask the model for, separated by blanks. Names that it can understand work best.',
    value: mine.join(' '),
    ignoreFocusOut: true,
    validateInput: (value) => (read(value).length === 0 ? 'Name at least one label.' : undefined),
  });
  if (text === undefined) return undefined;
  const labels = read(text);
  const { template, k } = generalPrompt(labels);
  const how = await pick('t5', 'How is the model asked?', [
    {
      label: 'General Prompt',
      description: `with ${k === 0 ? 'no' : String(k)} ${k === 1 ? 'example' : 'examples'}; the answer is a list`,
      value: 'general',
    },
    { label: 'Prompt of My Own…', description: 'the answer is a list, text = LABEL ; text = LABEL', value: 'own' },
  ]);
  if (how === undefined) return undefined;
  if (how === 'general') return { labels, template: undefined };
  const own = await vscode.window.showInputBox({
    title: titleOf('t5'),
    prompt: 'The prompt. {labels}, {examples} and {sentence} are filled in.',
    value: template,
    ignoreFocusOut: true,
    validateInput: (value) => (value.includes('{sentence}') ? undefined : 'The prompt has no {sentence}.'),
  });
  return own === undefined ? undefined : { labels, template: own };
}
