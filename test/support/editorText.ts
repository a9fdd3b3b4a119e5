import type { Page } from 'playwright-core';

/** One decorated piece of text in the visible editors, as it is painted. */
export interface EditorDecoration {
  /** Text under the decoration, on one line. */
  readonly text: string;
  /** `inline` changes the text itself, `overlay` is painted behind or around it. */
  readonly kind: 'inline' | 'overlay';
  readonly className: string;
  readonly style: Readonly<Record<StyleName, string>>;
  /** Text that the decoration itself adds before and after. */
  readonly before: string;
  readonly after: string;
}

const styleNames = [
  'color',
  'backgroundColor',
  'borderTopStyle',
  'borderTopWidth',
  'borderBottomWidth',
  'borderBottomStyle',
  'borderLeftStyle',
  'borderBottomColor',
  'outlineStyle',
  'textDecorationLine',
  'textDecorationStyle',
  'fontWeight',
  'fontStyle',
] as const;
export type StyleName = (typeof styleNames)[number];

/** All decorations that extensions have put on the lines that are visible now. */
export const readDecorations = (page: Page): Promise<readonly EditorDecoration[]> =>
  page.evaluate((names) => {
    interface Character {
      readonly text: string;
      readonly box: DOMRect;
    }
    const charactersOf = (line: Element): Character[] => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const characters: Character[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.textContent ?? '';
        for (let i = 0; i < text.length; i += 1) {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          characters.push({ text: text.charAt(i), box: range.getBoundingClientRect() });
        }
      }
      return characters;
    };
    const content = (element: Element, pseudo: string): string => {
      const value = getComputedStyle(element, pseudo).content;
      return value === 'none' || value === 'normal' ? '' : value.replace(/^"|"$/g, '');
    };
    const describe = (element: Element, kind: 'inline' | 'overlay', text: string): EditorDecoration => {
      const computed = getComputedStyle(element);
      const style = Object.fromEntries(names.map((name) => [name, computed[name]])) as Record<StyleName, string>;
      const [before, after] = [content(element, '::before'), content(element, '::after')];
      return { text: text.replaceAll('\u00a0', ' '), kind, className: element.className, style, before, after };
    };
    return [...document.querySelectorAll('.monaco-editor')].flatMap((editor) => {
      const inline = [...editor.querySelectorAll('.view-lines [class*="ced-"]')].map((element) =>
        describe(element, 'inline', element.textContent),
      );
      const characters = [...editor.querySelectorAll('.view-lines .view-line')].flatMap(charactersOf);
      const overlays = [...editor.querySelectorAll('.view-overlays [class*="ced-"]')].map((element) => {
        const box = element.getBoundingClientRect();
        const under = characters.filter(({ box: { left, right, top, bottom } }) => {
          const [x, y] = [(left + right) / 2, (top + bottom) / 2];
          return right > left && x > box.left && x < box.right && y > box.top && y < box.bottom;
        });
        return describe(element, 'overlay', under.map((character) => character.text).join(''));
      });
      return [...inline, ...overlays];
    });
  }, styleNames);

/** Middle of a text's first appearance on one of the visible lines, in pixels of the page. */
export const findText = (page: Page, text: string): Promise<{ x: number; y: number } | undefined> =>
  page.evaluate((wanted) => {
    for (const line of document.querySelectorAll('.monaco-editor .view-lines .view-line')) {
      const at = line.textContent.replaceAll('\u00a0', ' ').indexOf(wanted);
      if (at < 0) continue;
      const middle = at + Math.floor(wanted.length / 2);
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let seen = 0;
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const length = node.textContent?.length ?? 0;
        if (middle < seen + length) {
          const range = document.createRange();
          range.setStart(node, middle - seen);
          range.setEnd(node, middle - seen + 1);
          const box = range.getBoundingClientRect();
          return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
        }
        seen += length;
      }
    }
    return undefined;
  }, text);
