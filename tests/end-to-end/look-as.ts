import type { Page } from 'playwright-core';

/** Who opens a page, and how it looks to them. */
export interface Look {
  readonly language?: 1033 | 3084;
  readonly theme?: 'light' | 'dark';
  /** id of a persona; left out, the page's own first one */
  readonly persona?: string;
}

/**
 * Makes a page that is not open yet one of somebody who has chosen person, language and theme on an earlier visit.
 * @param url of the form host
 */
export async function lookAs(page: Page, url: string, look: Look): Promise<void> {
  const { language = 1033, theme = 'light', persona } = look;
  await page.addInitScript(
    (settings) => localStorage.setItem('crmjira-page', settings),
    JSON.stringify({ language, theme }),
  );
  if (persona !== undefined) await page.context().addCookies([{ name: 'crmjira-persona', value: persona, url }]);
}
