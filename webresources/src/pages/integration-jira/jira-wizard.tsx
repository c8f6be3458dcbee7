import * as React from 'react';
import { Deployment, type TestAnswer } from '@crmjira/domain';
import { Notice } from '../platform/notice';
import { openPage } from '../platform/open-page';
import type { PageFacts } from '../platform/start-page';
import { EnterField } from '../integrations/enter-field';
import { TokenHelp } from '../integrations/enter-token-help';
import { type EnterSay, type Start, passed, textIn } from '../integrations/enter-view';
import { EnterWizard, type WizardStep, useWizard } from '../integrations/enter-wizard';
import { useEntering } from '../integrations/use-entering';
import { JiraChecks } from './jira-checks';
import { JiraDefaults } from './jira-defaults';
import { jiraFound, looksLikeCloud } from './jira-found';
import { minutesToRead } from '../integrations/first-reading';

/** Connects a Jira site: address, sign-in, test, defaults, activation (R-1606, R-1621, R-1622). */
export function JiraWizard(props: {
  readonly start: Start;
  readonly facts: PageFacts;
  readonly say: EnterSay;
}): React.ReactElement {
  const { start, facts, say } = props;
  const { format } = facts;
  const entering = useEntering(start, facts, say);
  const { draft, form, testedOn } = entering;
  const wizard = useWizard(entering.forget);
  const [test, setTest] = React.useState<TestAnswer | null>(null);
  const found = jiraFound(test);
  const { settings } = draft.entered;
  const deployment = settings['deployment'];
  const isCloud =
    found?.isCloud ??
    (typeof deployment === 'number' ? deployment === Deployment.JiraCloud : looksLikeCloud(textIn(settings, 'url')));
  const project = found?.projects.find(({ key }) => key === textIn(settings, 'projectKey'));
  const now = new Date().toISOString();

  const takeTest = async (inBackground = false): Promise<TestAnswer | null> => {
    const answer = await entering.test(inBackground);
    setTest(answer);
    const isCloudSite = jiraFound(answer)?.isCloud ?? null;
    if (isCloudSite !== null)
      form.setAt('settings.deployment', isCloudSite ? Deployment.JiraCloud : Deployment.JiraDataCenter);
    return answer;
  };
  // Which types a project offers is asked once it is chosen.
  const unasked = project?.mayCreate === null ? project.key : null;
  React.useEffect(() => {
    if (unasked !== null) void takeTest(true);
  }, [unasked]);
  const saveAndTest = async (): Promise<boolean> => {
    const saved = await entering.save();
    return saved?.isSaved === true && (await entering.testSaved())?.ok === true;
  };
  const steps: readonly WizardStep[] = [
    {
      name: say('jiraAddress'),
      body: (
        <div className="enter-fields">
          <EnterField form={form} path="name" name={say('name')} isRequired />
          <EnterField form={form} path="settings.url" name={say('baseUrl')} hint={say('baseUrlHint')} isRequired />
        </div>
      ),
      onNext: async () => {
        if (!entering.require('name', 'settings.url')) return false;
        if (URL.parse(textIn(settings, 'url')) === null) {
          entering.refuse('settings.url', say('noAddress'));
          return false;
        }
        // What it is, the site says: nothing is expected of it.
        form.setAt('settings.deployment', null);
        const answer = await takeTest();
        // A site that tells nobody what it is before they have signed in is there all the same.
        if (answer?.fault?.name === 'credentials') return true;
        if (!passed(answer, 'reach', 'product')) return false;
        const isCloudSite = jiraFound(answer)?.isCloud ?? true;
        wizard.tell({
          ...{ tone: 'ok', icon: 'Completed' },
          strong: say(isCloudSite ? 'isCloud' : 'isDataCenter'),
          text: say('isChosen'),
        });
        void entering.save(true);
        return true;
      },
    },
    {
      name: say('signIn'),
      body: (
        <div className="enter-fields">
          {isCloud && (
            <EnterField
              form={form}
              path="settings.username"
              name={say('username')}
              hint={say('usernameHint')}
              isRequired
            />
          )}
          <EnterField
            form={form}
            path="secrets.token"
            name={say(isCloud ? 'apiToken' : 'patToken')}
            hint={say('vault')}
            isRequired
          />
          <TokenHelp {...{ say, isCloud }} />
        </div>
      ),
      onNext: async () => {
        if (!entering.require(...(isCloud ? ['settings.username'] : []), 'secrets.token')) return false;
        if (!passed(await takeTest(), 'sign-in')) return false;
        void entering.save(true);
        return true;
      },
    },
    {
      name: say('jiraTest'),
      lead: say('jiraTestLead'),
      body: <JiraChecks {...{ test, say, format }} />,
      more: [{ text: say('testAgain'), icon: 'TestBeaker', onClick: () => void takeTest() }],
      onNext: async () => test?.ok === true || (await takeTest())?.ok === true,
    },
    {
      name: say('defaults'),
      lead: say('defaultsLead'),
      body: (
        <div className="enter-fields enter-two">
          <JiraDefaults {...{ form, found, say }} isRequired />
          <EnterField form={form} path="everyMinutes" kind="number" name={say('syncEvery')} hint={say('everyHint')} />
          <EnterField
            form={form}
            path="settings.issueLimit"
            kind="number"
            name={say('issueLimit')}
            hint={say('newestFirst')}
          />
          <EnterField form={form} path="batchSize" kind="number" name={say('batch')} hint={say('batchHint')} />
        </div>
      ),
      onNext: async () => entering.require('settings.projectKey', 'settings.issueType') && saveAndTest(),
    },
    {
      name: say('activateStep'),
      body: (
        <>
          <p>{firstSync(found, say, format)}</p>
          {!entering.isActive && testedOn !== null && (
            <Notice
              tone="ok"
              icon="Completed"
              strong={say('testedAt', { t: format.time(testedOn, now) })}
              text={say('canActivate')}
            />
          )}
          {entering.isChanged && (
            <Notice
              tone="warn"
              icon="Warning"
              strong={say('changedSince')}
              text={say('testAgainThen')}
              actions={[{ text: say('testConnection'), icon: 'TestBeaker', onClick: () => void saveAndTest() }]}
            />
          )}
        </>
      ),
      last: entering.isActive
        ? { text: say('openDashboard'), disabled: false }
        : { text: say('activate'), disabled: testedOn === null || entering.isChanged },
      onNext: async () => {
        if (entering.isActive) openPage('integrations-dashboard');
        else await entering.setActive(true);
        return false;
      },
    },
  ];
  return <EnterWizard title={say('newJira')} {...{ steps, wizard, entering, facts, say }} />;
}

function firstSync(found: ReturnType<typeof jiraFound>, say: EnterSay, format: PageFacts['format']): string {
  if (found === null || found.issues === null) return say('firstSyncUnknown');
  return say('firstSync', {
    n: format.number(found.projectCount),
    m: format.number(found.issues),
    t: format.number(minutesToRead({ projects: found.projectCount, issues: found.issues })),
  });
}
