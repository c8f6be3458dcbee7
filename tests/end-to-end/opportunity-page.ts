import type { Locator } from 'playwright-core';
import { word } from '../../sandbox/src/form-host/client/words';
import type { WatchedPage } from './browser';

/** The Opportunity form as a person uses it: by the names of what is on it. */
export function opportunityPage(page: WatchedPage, language: 1033 | 3084 = 1033) {
  const french = language === 3084;
  const burn = page.getByRole('region', { name: french ? 'Consommation du budget' : 'Budget burn' });
  const project = page.getByRole('region', { name: french ? 'Projet Jira' : 'Jira project', exact: true });
  const process = page.getByRole('navigation', { name: word(language, 'process') });
  const signedInAs = (name: string) => page.getByRole('button', { name: `${word(language, 'actAs')} ${name}` });

  async function command(name: string): Promise<void> {
    const inBar = page.getByRole('menuitem', { name, exact: true });
    const more = page.getByRole('menuitem', { name: word(language, 'more') });
    await inBar.or(more).first().waitFor();
    if (!(await inBar.isVisible())) await more.click();
    await inBar.click();
  }

  async function open(url: string, name: string): Promise<void> {
    await page.goto(url);
    await page.getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  }

  /** Waits until the burn tells what is spent. */
  const figures = (): Promise<void> =>
    burn
      .getByText(french ? /dépensés sur/ : /spent of/)
      .first()
      .waitFor();

  return {
    burn,
    project,
    process,
    command,

    /** Says yes to what the form asks over the page. */
    confirm: (): Promise<void> => page.getByRole('alertdialog').getByRole('button', { name: 'OK' }).click(),

    open,
    figures,

    /** Opens the form of a project that is under way, and waits for its figures. */
    async openWithFigures(url: string, name: string): Promise<void> {
      await open(url, name);
      await figures();
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
      await signedInAs('').click();
      await page.getByRole('radio', { name }).click();
      await signedInAs(name).waitFor();
      await page.keyboard.press('Escape');
    },

    /** Logs work in the panel. @returns the moment of Jira's answer, on `performance.now()` */
    async logWork(hours: number, rate: number): Promise<number> {
      const panel = page.getByRole('complementary', { name: word(language, 'logWork') });
      if (!(await panel.isVisible())) await page.getByRole('button', { name: word(language, 'logWork') }).click();
      await panel.getByRole('textbox', { name: word(language, 'hours') }).fill(String(hours));
      await panel
        .getByRole('textbox', { name: word(language, 'rate', { currency: '' }).replace(' ()', '') })
        .fill(String(rate));
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/host/jira/worklogs')),
        panel.getByRole('button', { name: word(language, 'logButton') }).click(),
      ]);
      const at = performance.now();
      if (answer.status() !== 201) throw new Error(`The panel was answered ${answer.status()}: ${await answer.text()}`);
      await panel
        .getByRole('status')
        .filter({ hasText: word(language, 'logged', { n: '' }).trim() })
        .waitFor();
      return at;
    },
  };
}
