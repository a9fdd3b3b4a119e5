import * as v from 'valibot';
import { PassingError } from './retry.ts';
import type { ServerAnswer } from './serverRequest.ts';

/** An answer as JSON of a shape. Throws PassingError where it is half of one, and what `unfit` makes of its first fault where it has another shape. */
export function jsonOf<Schema extends v.GenericSchema>(
  schema: Schema,
  { bytes }: ServerAnswer,
  address: string,
  unfit: (fault: string) => Error,
): v.InferOutput<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new PassingError(`${address} answers with no whole JSON`);
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw unfit(`${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
}
