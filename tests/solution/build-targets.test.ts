import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildTarget } from '../../solution/tools/build/build-target';
import { contentHash } from '../../solution/tools/build/content-hash';
import { runTarget } from '../../solution/tools/build/run-target';
import { buildTargets } from '../../solution/tools/build/targets';
import { REPOSITORY } from './solution-folder';

let root: string;
let built: number;
let target: BuildTarget;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crmjira-build-'));
  mkdirSync(join(root, 'part', 'src'), { recursive: true });
  writeFileSync(join(root, 'part', 'src', 'one.ts'), 'one');
  built = 0;
  target = {
    name: 'part',
    inputs: ['part'],
    outputs: ['part/dist/one.js'],
    stamp: 'part/dist/.build-hash',
    build: async () => {
      built++;
      mkdirSync(join(root, 'part', 'dist'), { recursive: true });
      writeFileSync(join(root, 'part', 'dist', 'one.js'), 'one');
    },
  };
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('a target is built once and then left alone', async () => {
  expect(await runTarget(root, target, false)).toMatchObject({ target: 'part', outcome: 'built', raw: 3 });
  expect(await runTarget(root, target, false)).toMatchObject({ outcome: 'fresh', raw: 3 });
  expect(built).toBe(1);
});

test('a changed, a new and a renamed input each make it stale', async () => {
  await runTarget(root, target, false);
  writeFileSync(join(root, 'part', 'src', 'one.ts'), 'two');
  expect(await runTarget(root, target, false)).toMatchObject({ outcome: 'built' });
  writeFileSync(join(root, 'part', 'src', 'two.ts'), 'two');
  expect(await runTarget(root, target, false)).toMatchObject({ outcome: 'built' });
  rmSync(join(root, 'part', 'src', 'two.ts'));
  writeFileSync(join(root, 'part', 'src', 'three.ts'), 'two');
  expect(await runTarget(root, target, false)).toMatchObject({ outcome: 'built' });
});

test('a missing output makes it stale, and so does the person who says so', async () => {
  await runTarget(root, target, false);
  rmSync(join(root, 'part', 'dist', 'one.js'));
  expect(await runTarget(root, target, false)).toMatchObject({ outcome: 'built' });
  expect(await runTarget(root, target, true)).toMatchObject({ outcome: 'built' });
});

test('a build that fails is not taken for done the next time', async () => {
  await runTarget(root, target, false);
  writeFileSync(join(root, 'part', 'src', 'one.ts'), 'broken');
  const failing = { ...target, build: () => Promise.reject(new Error('broken')) };
  await expect(runTarget(root, failing, false)).rejects.toThrow('broken');
  expect(await runTarget(root, target, false)).toMatchObject({ outcome: 'built' });
});

test('a tool that says it built but wrote nothing is found out', async () => {
  await expect(runTarget(root, { ...target, build: () => Promise.resolve() }, false)).rejects.toMatchObject({
    code: 'BUILD_FAILED',
    detail: 'The tool ended well but did not write part/dist/one.js.',
  });
});

test('output folders do not count as input', () => {
  const before = contentHash(root, ['part']);
  mkdirSync(join(root, 'part', 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'part', 'node_modules', 'x.js'), 'x');
  expect(contentHash(root, ['part'])).toBe(before);
});

test('controls, web resources, proxy and host page are targets, each rebuilt when domain changes', () => {
  const targets = buildTargets(REPOSITORY);
  expect(targets.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['jira-project', 'webresources', 'form-host']),
  );
  for (const { inputs } of targets) expect(inputs).toContain('domain/src');
});
