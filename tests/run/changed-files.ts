import { spawnSync } from 'node:child_process';

function git(root: string, args: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.trim() || `it ended with ${String(status)}`}`);
  return stdout.split('\0').filter(Boolean);
}

/**
 * Files that differ from a revision, committed since or not, and those that git does not know yet; relative to `root`.
 * @throws Error in git's words, for example when there is no such revision
 */
export function changedFiles(root: string, since: string): string[] {
  const differing = git(root, ['diff', '--name-only', '-z', since, '--']);
  const unknown = git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  return [...new Set([...differing, ...unknown])].sort();
}
