import type { Browser, Page } from 'playwright-core';
import { noteOf } from '../../../src/core/examples.ts';
import type { NumberedEvaluation } from '../../../src/extension/evaluation/evaluated.ts';
import { evaluationState, placesFor } from '../../../src/extension/evaluation/viewModel.ts';
import { Channel } from '../../../src/protocol/channel.ts';
import { evaluationHostContract, evaluationPageContract } from '../../../src/protocol/evaluation.ts';
import { origin, prepareWindow, serve, withOwnColors } from './panelPage.ts';
import type { Asked } from './panelPage.ts';
import type { Theme } from './themes.ts';
import { undefinedElements } from './undefinedElements.ts';

/** The page of evaluations in a browser, with the test in the place of the extension. */
export interface EvaluationPageInTest {
  readonly page: Page;
  readonly asked: readonly Asked[];
  readonly problems: readonly string[];
  /** Shows one of the evaluations. */
  readonly show: (evaluation: NumberedEvaluation | undefined) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface EvaluationPageOptions {
  readonly theme: Theme;
  readonly evaluations: readonly NumberedEvaluation[];
  readonly width?: number;
  readonly height?: number;
  readonly kept?: unknown;
}

/** Opens the page as VS Code does; places come from the evaluations themselves. */
export async function openEvaluationPage(
  browser: Browser,
  { theme, evaluations, width = 1000, height = 900, kept }: EvaluationPageOptions,
): Promise<EvaluationPageInTest> {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const problems: string[] = [];
  const asked: Asked[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  await serve(page, 'evaluation');
  let receive: (message: unknown) => void = () => undefined;
  await page.exposeFunction('postToHost', (message: unknown) => {
    receive(message);
  });
  await page.exposeFunction('reportProblem', (problem: string) => problems.push(problem));
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.addInitScript(prepareWindow, { kept, theme: await withOwnColors(theme) });
  const port = {
    post: (message: unknown): void => {
      page
        .evaluate((data) => {
          window.postMessage(data, '*');
        }, message)
        .catch((error: unknown) => problems.push(`post: ${String(error)}`));
    },
    onMessage: (listener: (message: unknown) => void) => {
      receive = listener;
      return { dispose: () => undefined };
    },
  };
  let revision = 0;
  const record =
    (method: string) =>
    (params: unknown): void => {
      asked.push({ method, params });
    };
  let ready: () => void = () => undefined;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const channel = new Channel(
    port,
    evaluationHostContract,
    evaluationPageContract,
    {
      requests: {
        places: (wanted) => {
          record('places')(wanted);
          const evaluation = evaluations.find(({ id }) => id === wanted.evaluation);
          if (evaluation === undefined) throw new Error('no such evaluation');
          const { total, places } = placesFor(evaluation, wanted);
          return Promise.resolve({
            total,
            places: places.map((place) => ({
              ...{ before: place.before, text: place.text, after: place.after, note: noteOf(place) },
              where: `${place.file ?? ''}:${String(place.line)}`,
            })),
          });
        },
      },
      notifications: {
        ready: () => {
          ready();
        },
        openPlace: record('openPlace'),
        copy: record('copy'),
        show: record('show'),
        evaluate: record('evaluate'),
        exportReport: record('exportReport'),
      },
    },
    (problem) => {
      problems.push(`invalid message from the page: ${problem}`);
    },
  );
  await page.goto(`${origin}/`);
  await isReady;
  const show = async (evaluation: NumberedEvaluation | undefined): Promise<void> => {
    channel.notify('state', evaluationState(evaluations, evaluation, ++revision));
    await page.locator('main > :not(.empty), .empty h2').first().waitFor();
  };
  await show(evaluations[0]);
  return {
    page,
    asked,
    problems,
    show,
    close: async () => {
      problems.push(...(await undefinedElements(page)));
      channel.dispose();
      await context.close();
    },
  };
}
