import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { approvingTests } from '../visual/approving-tests';
import { differing } from '../visual/contact-sheet';

/** How pictures are approved (R-1936): what may be renewed is renewed, and what was renewed is told. */
describe('npm run visual -- --update', () => {
  test('R-1936 reaches the pictures of controls, pages and the portfolio, and the transcripts', () => {
    expect(approvingTests().map((file) => basename(file))).toEqual([
      'alone.test.ts',
      'page-pictures.test.ts',
      'pictures.test.ts',
      'portfolio.test.ts',
      'read-aloud.test.ts',
    ]);
  });

  test('R-1936 names each picture that differs, also those in a folder of their own', () => {
    const folder = mkdtempSync(join(tmpdir(), 'crmjira-differences-'));
    try {
      for (const name of ['page-a', 'portfolio/rows', 'BudgetBurn-b']) {
        mkdirSync(join(folder, name), { recursive: true });
        writeFileSync(join(folder, name, 'now.png'), '');
      }
      writeFileSync(join(folder, 'contact-sheet.png'), '');
      expect(differing(folder)).toEqual(['BudgetBurn-b', 'page-a', 'portfolio/rows']);
      expect(differing(join(folder, 'none'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
