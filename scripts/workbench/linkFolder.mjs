import { symlink } from 'node:fs/promises';
import process from 'node:process';

/**
 * Gives a folder a second name, unless it has it already. Windows lets everybody link folders by absolute path only.
 * @param {string} link
 * @param {string} folder absolute
 * @param {string} relative the same folder as seen from where the link lies
 */
export const linkFolder = async (link, folder, relative) => {
  const windows = process.platform === 'win32';
  try {
    await symlink(windows ? folder : relative, link, windows ? 'junction' : 'dir');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
};
