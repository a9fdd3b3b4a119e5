import * as vscode from 'vscode';

/** Where a step stands among all, as its title says it. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly total: number;
}

/** A question of several; it gives the state after the answer, `back`, or undefined where the user gave up. */
export interface Step<State> {
  /** False where earlier answers leave nothing to ask. */
  readonly applies?: (state: State) => boolean;
  readonly ask: (state: State, place: StepPlace) => Promise<State | 'back' | undefined>;
}

/** Asks step by step, with a way back; undefined where the user gave up. */
export async function askSteps<State>(
  title: string,
  steps: readonly Step<State>[],
  initial: State,
): Promise<State | undefined> {
  const asked: { readonly index: number; readonly state: State }[] = [];
  let state = initial;
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    if (step === undefined || step.applies?.(state) === false) {
      index++;
      continue;
    }
    const current = state;
    const open = steps.slice(index).filter((other) => other.applies?.(current) !== false).length;
    const place = { title, step: asked.length + 1, total: asked.length + open };
    const answer = await step.ask(state, place);
    if (answer === undefined) return undefined;
    if (answer === 'back') {
      const last = asked.pop();
      if (last === undefined) return undefined;
      ({ index, state } = last);
      continue;
    }
    asked.push({ index, state });
    state = answer;
    index++;
  }
  return state;
}

/** A line of a list; one without a value only tells something. */
export interface Choice<Value> extends vscode.QuickPickItem {
  readonly value?: Value;
}

/** Lets the user choose one line; lines without a value do nothing. */
export function chooseOne<Value>(
  place: StepPlace,
  placeholder: string,
  items: readonly Choice<Value>[],
  active?: Value,
): Promise<Value | 'back' | undefined> {
  const input = vscode.window.createQuickPick<Choice<Value>>();
  prepare(input, place);
  input.placeholder = placeholder;
  input.items = items;
  input.matchOnDescription = true;
  const last = items.find(({ value }) => value !== undefined && value === active);
  if (last !== undefined) input.activeItems = [last];
  return answerOf<Value>(input, () => input.selectedItems[0]?.value);
}

/** Lets the user choose several lines, all of them at first. */
export function chooseMany<Value>(
  place: StepPlace,
  placeholder: string,
  items: readonly (Choice<Value> & { readonly value: Value })[],
): Promise<readonly Value[] | 'back' | undefined> {
  const input = vscode.window.createQuickPick<Choice<Value> & { readonly value: Value }>();
  prepare(input, place);
  input.placeholder = placeholder;
  input.canSelectMany = true;
  input.items = items;
  input.selectedItems = items;
  return answerOf<readonly Value[]>(input, () =>
    input.selectedItems.length === 0 ? undefined : input.selectedItems.map(({ value }) => value),
  );
}

/** Lets the user write a line; `fault` says what is wrong with it. */
export function writeLine(
  place: StepPlace,
  prompt: string,
  value: string,
  fault: (text: string) => string | undefined,
): Promise<{ readonly text: string } | 'back' | undefined> {
  const input = vscode.window.createInputBox();
  prepare(input, place);
  input.prompt = prompt;
  input.value = value;
  input.onDidChangeValue((text) => {
    input.validationMessage = fault(text) ?? '';
  });
  return answerOf<{ readonly text: string }>(input, () => {
    const message = fault(input.value);
    input.validationMessage = message ?? '';
    return message === undefined ? { text: input.value } : undefined;
  });
}

function prepare(input: vscode.QuickInput & { buttons: readonly vscode.QuickInputButton[] }, place: StepPlace): void {
  input.title = place.title;
  input.step = place.step;
  input.totalSteps = place.total;
  input.ignoreFocusOut = true;
  if (place.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
}

/** Shows an input until it gives a value (undefined keeps it open), the user goes back, or gives up. */
function answerOf<Value>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  valueOf: () => Value | undefined,
): Promise<Value | 'back' | undefined> {
  return new Promise((resolve) => {
    const end = (answer: Value | 'back' | undefined): void => {
      resolve(answer);
      input.dispose();
    };
    input.onDidAccept(() => {
      const value = valueOf();
      if (value !== undefined) end(value);
    });
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) end('back');
    });
    input.onDidHide(() => {
      end(undefined);
    });
    input.show();
  });
}
