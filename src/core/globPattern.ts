import { Pattern } from './pattern.ts';

const NOTHING = new Pattern('a^');

/**
 * A glob pattern of VS Code's settings as a pattern over a path with slashes: `*` and `?` stop at slashes, `**`
 * does not, `{a,b}` is one of several, `[a-z]` and `[!a-z]` one character. A pattern without a slash means a name anywhere;
 * one that cannot be read matches nothing.
 */
export function globPattern(glob: string): Pattern {
  const anywhere = glob.includes('/') ? glob : `**/${glob}`;
  let source = '';
  let depth = 0;
  for (let at = 0; at < anywhere.length; at++) {
    const sign = anywhere.charAt(at);
    if (sign === '*' && anywhere.startsWith('**', at)) {
      // `**/` is any number of folders, none too.
      if (anywhere.charAt(at + 2) === '/') {
        source += '(?:.*/)?';
        at += 2;
      } else {
        source += '.*';
        at++;
      }
    } else if (sign === '*') source += '[^/]*';
    else if (sign === '?') source += '[^/]';
    else if (sign === '{') {
      depth++;
      source += '(?:';
    } else if (sign === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (sign === ',' && depth > 0) source += '|';
    else {
      const set = sign === '[' ? /^\[[!^]?[^\]/]+\]/.exec(anywhere.slice(at))?.[0] : undefined;
      if (set === undefined) source += sign.replace(/[.+^$()|[\]\\{}]/, '\\$&');
      else {
        source += set.replace(/^\[[!^]/, '[^').replace(/\\/g, '\\\\');
        at += set.length - 1;
      }
    }
  }
  try {
    return new Pattern(`^${source}${')'.repeat(depth)}$`, { dotAll: true });
  } catch {
    return NOTHING;
  }
}
