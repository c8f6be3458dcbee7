import * as React from 'react';
import type { TestAnswer, TryAnswer } from '@crmjira/domain';
import { foundGroups, mappedGroups, withTeam } from '../integration-directory/directory-found';
import { GroupTable, type Team, readTeams } from '../integration-directory/group-table';
import { MappingTable } from '../integrations/enter-mappings';
import { ResponseCard } from '../integrations/enter-response';
import { type ServiceSay, freshMapping } from '../integrations/enter-service';
import { tryAnswerOf } from '../integrations/enter-view';
import type { Entering } from '../integrations/use-entering';
import { PageButton } from '../platform/page-button';
import type { PageFacts } from '../platform/start-page';

interface TabProps {
  readonly entering: Entering;
  readonly isBusy: boolean;
  readonly facts: PageFacts;
  readonly say: ServiceSay;
  /** name of the button that tries them with a record */
  readonly tryText: string;
}

/** Which field, or which group, goes where, and what that gives of a record (R-1614). */
export const MappingsTab = (props: TabProps): React.ReactElement =>
  props.entering.draft.entered.provider === 'ad' ? <GroupsTab {...props} /> : <FieldsTab {...props} />;

function FieldsTab({ entering, isBusy, facts, say, tryText }: TabProps): React.ReactElement {
  const { draft, form } = entering;
  const { provider, mappings } = draft.entered;
  const { format } = facts;
  const [tried, setTried] = React.useState<TryAnswer | null>(null);
  const [sample, setSample] = React.useState('');
  const send = async (): Promise<void> => {
    setTried(tryAnswerOf((await entering.tryMappings(sample.trim() || null)).asked.answer));
  };
  const isService = provider !== 'jira';
  return (
    <>
      <MappingTable
        {...{ mappings, tried, say, format }}
        onMappings={(next) => form.setAt('mappings', next)}
        problems={form.problems}
        side={isService ? 'service' : 'jira'}
        otherField={say(provider === 'jira' ? 'fieldJira' : provider === 'soap' ? 'xPath' : 'jsonPath')}
        fresh={{ ...freshMapping, sourceTable: mappings.at(-1)?.sourceTable ?? '' }}
        actions={
          <PageButton
            text={tryText}
            icon="TestBeaker"
            look="small"
            disabled={isBusy || mappings.length === 0}
            onClick={() => void send()}
          />
        }
      />
      {tried?.sample && <p className="crmjira-sub">{say('triedWith', { name: tried.sample.name })}</p>}
      {isService && (
        <div className="page-field enter-field enter-sample">
          <label htmlFor="enter-sample">
            <b className="crmjira-strong">{say('sample')}</b>
          </label>
          <input
            id="enter-sample"
            className="page-input"
            value={sample}
            spellCheck={false}
            aria-describedby="enter-sample-hint"
            onChange={(event) => setSample(event.currentTarget.value)}
          />
          <span id="enter-sample-hint" className="crmjira-sub">
            {say('sampleHint')}
          </span>
        </div>
      )}
      {isService && (
        <ResponseCard
          response={tried?.response ?? null}
          paths={mappings.map(({ targetField }) => targetField)}
          {...{ isBusy, say, format }}
          onSend={() => void send()}
        />
      )}
    </>
  );
}

function GroupsTab({ entering, isBusy, facts, say }: TabProps): React.ReactElement {
  const { draft, form } = entering;
  const [teams, setTeams] = React.useState<readonly Team[]>([]);
  const [test, setTest] = React.useState<TestAnswer | null>(null);
  React.useEffect(() => {
    readTeams().then(setTeams, (error: unknown) => console.error('The teams could not be read.', error));
  }, []);
  const mapped = mappedGroups(draft.entered);
  return (
    <section className="page-card" aria-label={say('adGroups')}>
      <div className="page-cardhead">
        <h2>{say('adGroups')}</h2>
        <PageButton
          text={say('adReadGroups')}
          icon="Sync"
          look="small"
          disabled={isBusy}
          onClick={() => void entering.test().then(setTest)}
        />
      </div>
      <p className="crmjira-sub">{say('adMappingLead')}</p>
      <GroupTable
        {...{ mapped, teams, say }}
        format={facts.format}
        found={foundGroups(test) ?? []}
        onTeam={(dn, team) => form.setAt('settings.groups', withTeam(mapped, dn, team))}
      />
    </section>
  );
}
