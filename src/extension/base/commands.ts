/** A command: it gets what a keybinding, a link or a test passed, which may be anything; the explorer passes its whole selection behind. */
export type Command<Needs> = (needs: Needs, argument: unknown, selection?: unknown) => unknown;

/** The commands of a feature by their names, and what they need of the extension. */
export type CommandTable<Needs> = Readonly<Record<`entityLens.${string}`, Command<Needs>>>;
