import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { french } from '../../sandbox/src/form-host/client/words/french';
import { english } from '../../sandbox/src/form-host/client/words/english';
import { hostFolders } from '../../sandbox/src/form-host/server/host-folders';
import { parseSiteMap } from '../../sandbox/src/form-host/server/parse-site-map';
import { processStages } from '../../domain/src/schema/generated/process';

const root = join(__dirname, '..', '..');
const folder = join(root, 'docs', 'training');
const pages = ['sales-rep', 'project-manager', 'administrator'];
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** Everything that buttons, stages, fields and entries of the site map are called, in one language. */
function labels(language: 1033 | 3084): ReadonlySet<string> {
  const ribbon = readFileSync(join(root, 'solution/src/Entities/Opportunity/RibbonDiff.xml'), 'utf8');
  const titles = [...ribbon.matchAll(/<Title description="([^"]+)" languagecode="(\d+)"/g)];
  const siteMap = parseSiteMap(readFileSync(hostFolders.siteMap, 'utf8'), { tables: [] });
  return new Set([
    ...siteMap.flatMap(({ title }) => (title ? [title[language]] : [])),
    ...Object.values(language === 1033 ? english : french),
    ...processStages.map(({ name }) => name[language]),
    ...titles.flatMap(([, text = '', code]) => (Number(code) === language ? [text] : [])),
  ]);
}

describe.each(pages)('docs/training/%s (R-2206)', (page) => {
  test.each([
    ['in English', `${page}.md`, 1033],
    ['in French', `${page}.fr.md`, 3084],
  ] as const)('names buttons, stages and fields as they are called %s', (_language, file, language) => {
    const known = labels(language);
    const named = [...read(file).matchAll(/\*\*([^*]+)\*\*/g)].map((match) => match[1]!.replaceAll(/\s+/g, ' '));
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  test('has the same exercises in both languages, and takes half an hour', () => {
    const shape = (file: string) => ({
      minutes: [...read(file).matchAll(/^##.*\((\d+) minutes\)$/gm)].map((match) => Number(match[1])),
      steps: read(file).match(/^\d+\. /gm)?.length,
      figures: [...read(file).matchAll(/\d[\d,. \u00a0]*\d/g)].map(([figure]) => figure.replaceAll(/\D/g, '')),
    });
    expect(shape(`${page}.fr.md`)).toEqual(shape(`${page}.md`));
    expect(shape(`${page}.md`).minutes.reduce((sum, each) => sum + each, 0)).toBe(30);
  });

  test('links to files that exist', () => {
    for (const file of [`${page}.md`, `${page}.fr.md`]) {
      const links = [...read(file).matchAll(/\]\(([^)#]+)/g)].map((match) => match[1]!);
      expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([]);
    }
  });
});

test('R-2206 every page of the training is one of those that are tested', () => {
  expect(readdirSync(folder).sort()).toEqual(pages.flatMap((page) => [`${page}.fr.md`, `${page}.md`]).sort());
});
