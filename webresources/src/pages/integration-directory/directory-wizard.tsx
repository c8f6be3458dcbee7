import * as React from 'react';
import { CommandState, type TestAnswer } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { EnterField } from '../integrations/enter-field';
import type { EnteringProps } from '../integrations/enter-page';
import { passed, runAnswerOf, textIn } from '../integrations/enter-view';
import { EnterWizard, type WizardStep, useWizard } from '../integrations/enter-wizard';
import { useEntering } from '../integrations/use-entering';
import { openPage } from '../platform/open-page';
import { ActivateStep } from './activate-step';
import { foundGroups, foundPeople, isPlain, mappedGroups, previewOf, withTeam } from './directory-found';
import { DryRun, TeamsThatChange } from './dry-run';
import { GroupTable, type Team, readTeams } from './group-table';

/** The dry run that was made last. */
interface Made {
  /** id of its row; null: it did not begin */
  readonly run: string | null;
  readonly on: string;
  readonly preview: ReturnType<typeof previewOf>;
}

/** Connects a directory: server, sign-in, search, mapping, dry run, activation (R-1604, R-1605, R-1621). */
export function DirectoryWizard({ start, facts, say }: EnteringProps): React.ReactElement {
  const { format } = facts;
  const entering = useEntering(start, facts, say);
  const { draft, form, perform } = entering;
  const wizard = useWizard(entering.forget);
  const [test, setTest] = React.useState<TestAnswer | null>(null);
  const [teams, setTeams] = React.useState<readonly Team[]>([]);
  const [made, setMade] = React.useState<Made | null>(null);
  const [isRead, setRead] = React.useState(false);
  const { settings } = draft.entered;
  const mapped = mappedGroups(draft.entered);
  const groups = foundGroups(test);
  React.useEffect(() => {
    readTeams().then(setTeams, (error: unknown) => console.error('The teams could not be read.', error));
  }, []);

  const takeTest = async (): Promise<TestAnswer | null> => {
    const answer = await entering.test();
    setTest(answer);
    return answer;
  };
  const keep = (isPassed: boolean): boolean => {
    if (isPassed) void entering.save(true);
    return isPassed;
  };
  const found = (strong: string, text = ''): void => wizard.tell({ tone: 'ok', icon: 'Completed', strong, text });
  const certificateOf = (values: TestAnswer['found']): string => {
    const [host, issuer, until] = [textIn(settings, 'host'), textIn(values, 'issuer'), textIn(values, 'validTo')];
    return issuer === '' || until === ''
      ? host
      : say('adIssued', { host, issuer, d: format.stamp(until).slice(0, -9) });
  };
  const server = (): boolean => {
    if (!entering.require('settings.host', 'settings.port')) return false;
    if (!isPlain(settings)) return true;
    entering.refuse('settings.port', say('adPlain'));
    wizard.tell({ tone: 'over', icon: 'ErrorBadge', strong: say('adPlain'), text: say('adPlainNext') });
    return false;
  };
  const signIn = async (): Promise<boolean> => {
    if (!entering.require('secrets.bindDn', 'secrets.password')) return false;
    const answer = await takeTest();
    if (passed(answer, 'sign-in')) found(say('adSignedIn'));
    else if (passed(answer, 'server')) entering.refuse('secrets.password', say('adRefused'));
    return passed(answer, 'sign-in');
  };
  const dryRun = async (): Promise<boolean> => {
    const { asked } = await perform('dryRun', { payload: { mode: 'dry-run' } });
    if (asked.state !== CommandState.Done) return false;
    const answer = runAnswerOf(asked.answer);
    setMade({ run: answer?.run ?? null, on: new Date().toISOString(), preview: previewOf(answer?.preview) });
    setRead(false);
    return true;
  };
  const activate = async (): Promise<void> => {
    if (!(await entering.setActive(true)) || made === null || made.run === null) return;
    await perform('confirm', { regarding: { table: 'crmjira_sync_log', id: made.run } });
  };
  const steps: readonly WizardStep[] = [
    {
      name: say('adServer'),
      body: (
        <div className="enter-fields enter-two">
          <EnterField form={form} path="settings.host" name={say('adHost')} hint={say('adHostHint')} isRequired />
          <EnterField form={form} path="settings.port" kind="number" name={say('adPort')} hint={say('adPortHint')} />
          <EnterField
            form={form}
            path="settings.protection"
            name={say('adProtection')}
            options={[
              { value: 'ldaps', text: say('adLdaps') },
              { value: 'start-tls', text: say('adStartTls') },
            ]}
          />
        </div>
      ),
      onNext: async () => {
        if (!server()) return false;
        // A directory has no other name than its server, until somebody gives it one.
        if (draft.entered.name.trim() === '') form.setAt('name', textIn(settings, 'host'));
        const answer = await takeTest();
        const isReached = answer !== null && passed(answer, 'server');
        if (isReached) found(say('adTrusted'), certificateOf(answer.found));
        return keep(isReached);
      },
    },
    {
      name: say('signIn'),
      lead: say('adReading'),
      body: (
        <div className="enter-fields">
          <EnterField form={form} path="secrets.bindDn" name={say('adBindDn')} hint={say('adBindHint')} isRequired />
          <EnterField form={form} path="secrets.password" name={say('adPassword')} isRequired />
        </div>
      ),
      more: [{ text: say('adTestSignIn'), icon: 'TestBeaker', onClick: () => void signIn() }],
      onNext: async () => keep(await signIn()),
    },
    {
      name: say('adSearch'),
      lead: say('adSearchLead'),
      body: (
        <div className="enter-fields">
          <EnterField form={form} path="settings.baseDn" name={say('adBaseDn')} hint={say('adBaseHint')} isRequired />
          <EnterField
            form={form}
            path="settings.userSearch"
            name={say('adUserSearch')}
            hint={say('adUserHint')}
            isRequired
          />
          <EnterField
            form={form}
            path="settings.groupSearch"
            name={say('adGroupSearch')}
            hint={say('adGroupHint')}
            isRequired
          />
          <EnterField form={form} path="settings.leaveOut" name={say('adLeaveOut')} hint={say('adLeaveHint')} />
        </div>
      ),
      onNext: async () => {
        if (!entering.require('settings.baseDn', 'settings.userSearch', 'settings.groupSearch')) return false;
        const answer = await takeTest();
        if (answer?.ok !== true) return false;
        const [users, names] = [format.number(foundPeople(answer)), format.number(foundGroups(answer)?.length ?? 0)];
        found(say('adFound', { users, groups: names }));
        return keep(true);
      },
    },
    {
      name: say('adMapping'),
      lead: say('adMappingLead'),
      body: (
        <>
          {groups === null && mapped.length === 0 ? (
            <p className="crmjira-sub">{say('adNoGroups')}</p>
          ) : (
            <GroupTable
              {...{ mapped, teams, say, format }}
              found={groups ?? []}
              onTeam={(dn, team) => form.setAt('settings.groups', withTeam(mapped, dn, team))}
            />
          )}
          <div className="enter-fields enter-two">
            <EnterField form={form} path="everyMinutes" kind="number" name={say('syncEvery')} hint={say('everyHint')} />
            <EnterField
              form={form}
              path="settings.brakePercent"
              kind="number"
              name={say('adBrake')}
              hint={say('adBrakeHint')}
            />
          </div>
        </>
      ),
      more: groups === null ? [{ text: say('adReadGroups'), icon: 'Sync', onClick: () => void takeTest() }] : [],
      onNext: async () => {
        if (mapped.length === 0) {
          wizard.tell({ tone: 'over', icon: 'ErrorBadge', strong: say('adChooseTeam'), text: '' });
          return false;
        }
        const saved = await entering.save();
        return saved?.isSaved === true && (await entering.testSaved())?.ok === true && dryRun();
      },
    },
    {
      name: say('adDryRun'),
      lead: say('adDryLead'),
      chip: <Chip tone="ok" icon="Completed" text={say('adNothing')} />,
      isWide: true,
      body: made?.preview && <DryRun preview={made.preview} {...{ say, format }} />,
      below: made?.preview && <TeamsThatChange preview={made.preview} {...{ say, format }} />,
      more: [{ text: say('adRunAgain'), icon: 'Sync', onClick: () => void dryRun() }],
      onNext: async () => made?.preview?.isRefused === false || ((await dryRun()) && false),
    },
    {
      name: say('activateStep'),
      body: made?.preview && (
        <ActivateStep
          {...{ say, format, isRead, setRead }}
          preview={made.preview}
          on={made.on}
          everyMinutes={draft.entered.everyMinutes}
        />
      ),
      last: entering.isActive
        ? { text: say('openDashboard'), disabled: false }
        : { text: say('activate'), disabled: !isRead },
      onNext: async () => {
        if (entering.isActive) openPage('integrations-dashboard');
        else await activate();
        return false;
      },
    },
  ];
  return <EnterWizard title={say('newDirectory')} {...{ steps, wizard, entering, facts, say }} />;
}
