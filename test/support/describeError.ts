import { inspect } from 'node:util';

const show = (value: unknown): string =>
  typeof value === 'string' ? value : inspect(value, { depth: 6, breakLength: 100, sorted: true });

/** An error as text: message and stack, and for an assertion what was expected where the message does not say. */
export const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return `thrown: ${inspect(error)}`;
  const stack = error.stack ?? error.message;
  const text = stack.includes(error.message) ? stack : `${error.message}\n${stack}`;
  const comparison =
    'actual' in error && 'expected' in error && 'generatedMessage' in error && error.generatedMessage === false
      ? `\nexpected: ${show(error.expected)}\nactual: ${show(error.actual)}`
      : '';
  const cause = error.cause === undefined ? '' : `\ncaused by: ${describeError(error.cause)}`;
  return `${text}${comparison}${cause}`;
};
