import type { Locator } from 'playwright-core';
import type { WatchedPage } from './browser';

/** The Opportunity form as a person uses it: by the names of what is on it. */
export function opportunityPage(page: WatchedPage) {
  const burn = page.getByRole('region', { name: 'Budget burn' });
  const project = page.getByRole('region', { name: 'Jira project', exact: true });
  const process = page.getByRole('navigation', { name: 'Business process' });

  async function command(name: string): Promise<void> {
    const inBar = page.getByRole('menuitem', { name, exact: true });
    const more = page.getByRole('menuitem', { name: 'More commands' });
    await inBar.or(more).first().waitFor();
    if (!(await inBar.isVisible())) await more.click();
    await inBar.click();
  }

  return {
    burn,
    project,
    process,
    command,

    async open(url: string, name: string): Promise<void> {
      await page.goto(url);
      await page.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    },

    /** Opens the steps of a stage. */
    async openStage(name: string): Promise<Locator> {
      const dialog = page.getByRole('dialog', { name });
      if (!(await dialog.isVisible())) await process.getByRole('button', { name }).click();
      await dialog.waitFor();
      return dialog;
    },

    /** Waits until a stage is the active one. */
    async stageIs(name: string, withinMs?: number): Promise<void> {
      await process
        .getByRole('listitem')
        .and(page.locator('[aria-current=step]'))
        .filter({ hasText: name })
        .waitFor({ timeout: withinMs });
    },

    async become(name: string): Promise<void> {
      await page.getByRole('button', { name: /^Signed in as/ }).click();
      await page.getByRole('radio', { name }).click();
      await page.getByRole('button', { name: `Signed in as ${name}` }).waitFor();
      await page.keyboard.press('Escape');
    },

    /** Logs work in the panel. @returns the moment of Jira's answer, on `performance.now()` */
    async logWork(hours: number, rate: number): Promise<number> {
      const panel = page.getByRole('complementary', { name: 'Log work in Jira' });
      if (!(await panel.isVisible())) await page.getByRole('button', { name: 'Log work in Jira' }).click();
      await panel.getByRole('textbox', { name: 'Hours' }).fill(String(hours));
      await panel.getByRole('textbox', { name: 'Rate per hour' }).fill(String(rate));
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/host/jira/worklogs')),
        panel.getByRole('button', { name: 'Log work' }).click(),
      ]);
      const at = performance.now();
      if (answer.status() !== 201) throw new Error(`The panel was answered ${answer.status()}: ${await answer.text()}`);
      await panel.getByRole('status').filter({ hasText: 'hours logged in Jira' }).waitFor();
      return at;
    },
  };
}
