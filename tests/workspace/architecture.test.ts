import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..', '..');
const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

/** Folders drawn in the first code block that holds the tree: one `path/` or several at the start of a line. */
function drawnFolders(): string[] {
  const block = /```tree\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  return block.split('\n').flatMap((line) => {
    const words = line.split(/\s+/);
    const end = words.findIndex((word) => !word.endsWith('/'));
    return words.slice(0, end < 0 ? words.length : end).map((word) => word.slice(0, -1));
  });
}

/** Folders that hold tracked files, cut to the depth at which the document speaks. */
function trackedFolders(): string[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(root, file)));
  const folders = new Set<string>();
  for (const file of files) {
    const parts = dirname(file).split('/');
    if (parts[0] === '.') continue;
    const depth =
      parts[0] === 'controls' ? 2 : parts[1] === 'src' ? 3 : parts[0] === 'tests' || parts[0] === 'solution' ? 2 : 1;
    folders.add(parts.slice(0, depth).join('/'));
  }
  return [...folders].filter((folder) => !folder.startsWith('solution/src')).sort();
}

describe('ARCHITECTURE.md', () => {
  test('names no folder that is not there', () => {
    expect(drawnFolders().length).toBeGreaterThan(20);
    expect(drawnFolders().filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
  });

  test('misses no folder that is there', () => {
    const drawn = drawnFolders();
    const isDrawn = (folder: string): boolean => drawn.some((name) => name === folder || name.startsWith(`${folder}/`));
    expect(trackedFolders().filter((folder) => !isDrawn(folder))).toEqual([]);
  });

  test('stays short enough to be read', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(200);
  });
});
