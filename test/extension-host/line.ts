/** Starts each line that the suites print in the extension host, among all that VS Code logs there. */
export const linePrefix = '[entity-lens test] ';
