import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { repositoryRoot } from '../../sandbox/src/form-host/index';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { eventually } from '../plugins-proxy/eventually';
import { type WatchedPage, openPage, startBrowser } from './browser';
import { lookAs } from './look-as';
import { opportunityPage } from './opportunity-page';
import { OLIVIA, PAUL, TOOLS, type WebApi, signIn } from './people';
import { type SandboxUnderTest, startSandbox } from './sandbox-under-test';

const NAME = 'Digital Transformation Project - Acme Corp';
const ADA = 'Ada Singh';
/** Milliseconds that a step may take beside other work. */
const SEEN_WITHIN = 90_000;

const languages = [
  ['en', 1033],
  ['fr', 3084],
] as const;

/** A page of docs/training, on one line; what a test does must stand there. */
function training(name: string): (...words: readonly string[]) => void {
  const text = readFileSync(join(repositoryRoot, 'docs', 'training', `${name}.md`), 'utf8').replaceAll(/\s+/g, ' ');
  return (...words) => {
    for (const word of words) expect(text).toContain(word);
  };
}

describe.each(languages)('%s', (tongue, language) => {
  let sandbox: SandboxUnderTest;
  let browser: Browser;
  let page: WatchedPage;
  let form: ReturnType<typeof opportunityPage>;
  let tools: WebApi;

  /** The words of this language. */
  const t = (english: string, french: string): string => (language === 3084 ? french : english);
  const pageOf = (role: string) => training(tongue === 'fr' ? `${role}.fr` : role);
  /** `46,000.00`, `46 000,00` */
  const figure = (whole: string): string => t(`${whole}.00`, `${whole.replace(',', ' ')},00`);
  const stages = {
    qualification: t('Opportunity Qualification', 'Qualification de l’opportunité'),
    approval: t('Budget Approval', 'Approbation du budget'),
    execution: t('Project Execution', 'Exécution du projet'),
    review: t('Budget Review Required', 'Révision du budget requise'),
  };
  const regarding = (collection: string) =>
    tools.rows(`${collection}?$filter=_regardingobjectid_value eq ${EXAMPLE_OPPORTUNITY_ID}`);

  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([startSandbox(), startBrowser()]);
    page = await openPage(browser);
    await lookAs(page, sandbox.urls.formHost, { language });
    form = opportunityPage(page, language);
    tools = await signIn(sandbox.endpoints, TOOLS);
  });
  afterAll(async () => {
    await browser?.close();
    await sandbox?.close();
  });

  test('R-2206 sales rep, first exercise: what is missing is said, then the project comes and the approval is asked for', async () => {
    const says = pageOf('sales-rep');
    const next = t('Next stage', 'Étape suivante');
    says(`${t('You are', 'Vous êtes')} Olivia Owens`, `_${NAME}_`, `**${stages.qualification}**`, `**${next}**`);
    await form.open(sandbox.urls.formHost, NAME);
    await page.getByRole('button', { name: OLIVIA.name }).waitFor();
    const steps = await form.openStage(stages.qualification);
    await steps.getByRole('button', { name: next }).click();
    const amount = t('Budget Amount', 'Montant du budget');
    const missing = t('Must be greater than $10,000', 'Doit être supérieur à 10 000 $');
    says(t(`"${missing}" beside **${amount}**`, `« ${missing} » à côté de **${amount}**`));
    await steps.getByText(missing).waitFor();
    await form.stageIs(stages.qualification);

    says(
      t(
        'Enter 250,000 there, press Enter, then **Save**',
        'Saisissez-y 250 000, appuyez sur Entrée, puis **Enregistrer**',
      ),
      t('a project key of ten letters, and the stage', 'une clé de projet de dix lettres et l’étape'),
      `**${stages.approval}**`,
    );
    const budget = steps.getByLabel(amount);
    await budget.fill('250000');
    await budget.press('Enter');
    await form.command(t('Save', 'Enregistrer'));
    await form.stageIs(stages.approval, SEEN_WITHIN);
    await form.project
      .getByText(/CRM[A-Z]{7}/)
      .first()
      .waitFor({ timeout: SEEN_WITHIN });

    const request = t('Request Approval', 'Demander l’approbation');
    const requested = t(
      'Approval requested. The budget approvers will be notified.',
      'Approbation demandée. Les approbateurs du budget en seront avisés.',
    );
    says(`**${request}**`, requested);
    await form.command(request);
    await page.getByText(requested).waitFor({ timeout: SEEN_WITHIN });
  });

  test('R-2206 project manager, first exercise: the approval moves the process', async () => {
    const says = pageOf('project-manager');
    const approve = t('Approve Budget', 'Approuver le budget');
    says(
      t('become Paul Martin', 'devenez Paul Martin'),
      t(`**${approve}** and confirm`, `**${approve}** et confirmez`),
    );
    await form.become(PAUL.name);
    await form.command(approve);
    await form.confirm();
    const approved = t('Budget of $250,000.00 CAD approved.', 'Budget de 250 000,00 $ CAD approuvé.');
    says(approved, `${t('the stage', 'l’étape')} **${stages.execution}**`);
    await page.getByText(approved).waitFor({ timeout: SEEN_WITHIN });
    await form.stageIs(stages.execution, SEEN_WITHIN);
  });

  test('R-2206 sales rep, second and third exercise: the burn follows without a reload, chart and table say the same', async () => {
    const says = pageOf('sales-rep');
    says(
      t('**Log work in Jira**: 368 hours at 125', '**Consigner du travail dans Jira** : 368 heures à 125'),
      t('46,000.00 spent, 18.4 %, without a reload', '46 000,00 dépensés, 18,4 %, sans recharger la page'),
    );
    await form.become(OLIVIA.name);
    await form.logWork(368, 125);
    await form.burn.getByText(figure('46,000')).first().waitFor({ timeout: SEEN_WITHIN });
    await form.burn
      .getByText(/18[.,]4\s?%/)
      .first()
      .waitFor({ timeout: SEEN_WITHIN });
    says(t('Switch from chart to table.', 'Passez du graphique au tableau.'));
    // Where there is little room the label is its icon.
    await form.burn
      .locator('label')
      .filter({ hasText: t('Table', 'Tableau') })
      .click();
    await form.burn
      // Without the cents where there is little room.
      .getByRole('cell', { name: /46[,\s]000/ })
      .first()
      .waitFor();
    const sync = t('Sync Now', 'Synchroniser');
    says(`**${sync}**`);
    await form.command(sync);
  });

  test('R-2206 project manager, second exercise: one alert, one task, one e-mail, once for the threshold', async () => {
    const says = pageOf('project-manager');
    says(
      t('1,332 more', '1 332 de plus'),
      t('212,500.00 spent, 85 %, and the stage', '212 500,00 dépensés, 85 %, et l’étape'),
      `**${stages.review}**`,
    );
    await form.logWork(1_332, 125);
    await form.burn.getByText(figure('212,500')).first().waitFor({ timeout: SEEN_WITHIN });
    await form.stageIs(stages.review, SEEN_WITHIN);

    const timeline = t('Timeline', 'Chronologie');
    says(`**${timeline}**`, t('one task, "Review Budget Status", and one e-mail', 'une tâche et un courriel'));
    await page.getByRole('tab', { name: timeline }).click();
    // what the service writes for everybody stands in the language of the organization
    await page.getByRole('region', { name: timeline }).getByText('Review Budget Status').waitFor();
    const outbox = t('Outbox', 'Boîte d’envoi');
    says(`**${outbox}**`);
    await page.getByRole('button', { name: outbox }).click();
    await page.getByRole('complementary', { name: outbox }).getByText(`Budget Warning: ${NAME}`).waitFor();

    says(
      t('Log 8 hours more', 'Consignez 8 heures de plus'),
      t('213,500.00, and still one task and one e-mail', '213 500,00, et toujours une tâche et un courriel'),
    );
    await page.getByRole('tab', { name: t('Jira budget', 'Budget Jira') }).click();
    await form.logWork(8, 125);
    await form.burn.getByText(figure('213,500')).first().waitFor({ timeout: SEEN_WITHIN });
    await eventually(async () => {
      const [tasks, emails] = [await regarding('tasks'), await regarding('emails')];
      // and the e-mails that told of the request and of its approval
      expect([tasks.length, emails.length]).toEqual([1, 3]);
    });
  });

  test('R-2206 administrator: health, set-up, and what the two commands say', async () => {
    const says = pageOf('administrator');
    const [health, guide] = [
      t('Health Page', 'Page de santé'),
      t('Connection Set-up', 'Configuration de la connexion'),
    ];
    const done = t('6 of 6 steps done', 'Étapes terminées : 6 sur 6');
    says(`${t('You are', 'Vous êtes')} Ada Singh`, `**${health}**`, `**${guide}**`, done);
    await page.goto(sandbox.urls.formHost);
    await form.become(ADA);
    await page.getByRole('link', { name: health }).click();
    await page.frameLocator('iframe').locator('.page-figure').first().waitFor({ timeout: SEEN_WITHIN });
    await page.getByRole('link', { name: guide }).click();
    await page.frameLocator('iframe').getByText(done).waitFor({ timeout: SEEN_WITHIN });

    const run = (script: string, ...args: readonly string[]) => {
      says(`npm run ${script} -- ${args.join(' ')}`);
      // the same commands in both languages: they are run once
      if (language === 3084) return null;
      return spawnSync(process.execPath, ['--import', 'tsx', `solution/tools/${script}.ts`, ...args], {
        cwd: repositoryRoot,
        encoding: 'utf8',
      });
    };
    says(
      t(
        'every place that is still to be filled in, and exit code 1',
        'chaque valeur qui reste à fournir, et le code de sortie 1',
      ),
      'Generated files say what solution/src says.',
    );
    const settings = run('settings', 'dev', '--check');
    const generated = run('generate', '--check');
    if (settings) expect(settings).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing was written') });
    if (generated)
      expect(generated).toMatchObject({ status: 0, stdout: 'Generated files say what solution/src says.\n' });
  });
});
