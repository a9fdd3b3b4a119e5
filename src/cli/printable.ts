// Control characters but tab and line feed: a terminal would obey them.

const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/** A text whose control characters are shown (`\\u001b`) in place of being obeyed by a terminal. */
export function printable(text: string): string {
  return text.replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
