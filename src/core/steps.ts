/** A computation that can pause after each draw or round, so that a caller with other duties need not wait for the whole. */
export type Steps<Value> = Generator<void, Value, void>;

/** Runs a computation to its end. */
export function finish<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
