/** `npm run diagram`: draws docs/architecture-diagram.png from the table of ARCHITECTURE.md. */
import { writeFileSync } from 'node:fs';
import { startBrowser } from './browser';
import { currentPage, pictureFile, recordFile, sha256 } from './diagram/picture-record';

async function main(): Promise<void> {
  const html = currentPage();
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1240, height: 100 } });
    await page.setContent(html);
    const picture = await page.screenshot({ fullPage: true });
    writeFileSync(pictureFile, picture);
    writeFileSync(recordFile, `${JSON.stringify({ page: sha256(html), picture: sha256(picture) }, null, 2)}\n`);
  } finally {
    await browser.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
