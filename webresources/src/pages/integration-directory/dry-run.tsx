import * as React from 'react';
import type { integrationEnterTexts } from '../../strings/generated/integration-enter';
import { Notice } from '../platform/notice';
import type { PageFormat } from '../platform/page-format';
import { type Say, counted } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { Preview } from './directory-found';

interface Shown {
  readonly preview: Preview;
  readonly say: Say<typeof integrationEnterTexts>;
  readonly format: PageFormat;
}

const LISTS = ['flagged', 'added', 'removed', 'withoutUser'] as const;
type List = (typeof LISTS)[number];

const NAMES = { flagged: 'adFlagged', added: 'adToAdd', removed: 'adToRemove', withoutUser: 'adWithout' } as const;

const teamsWith = ({ teams }: Preview, what: 'added' | 'removed'): number =>
  teams.filter((team) => team[what] > 0).length;

/** What a sync would do, in figures and by name (R-1605). */
export function DryRun({ preview, say, format }: Shown): React.ReactElement {
  const [list, show] = React.useState<List>('flagged');
  if (preview.isRefused) return <Notice tone="warn" icon="Warning" strong={say('adIncomplete')} text="" />;
  const { counts, matched, withoutUser, read, onBothSides, lists } = preview;
  const number = (value: number): string => format.number(value);
  const figures = [
    [say('adMatched'), matched, say('adOfAccounts', { n: number(read) })],
    [say('adWithout'), withoutUser, say('adAsTheyAre')],
    [say('adToAdd'), counts.added, counted(say, 'adInTeams', teamsWith(preview, 'added'), format)],
    [say('adToRemove'), counts.removed, counted(say, 'adInTeams', teamsWith(preview, 'removed'), format)],
    [say('adFlagged'), counts.flagged, say('adOfMatched', { n: number(matched) })],
  ] as const;
  const of: Readonly<Record<List, number>> = { ...counts, withoutUser };
  const does = (team: string | null): string => {
    if (list === 'flagged') return say('adFlags');
    if (list === 'withoutUser') return say('adLeaves');
    return say(list === 'added' ? 'adAdds' : 'adRemoves', { team: team ?? '' });
  };
  return (
    <>
      <dl className="enter-figures">
        {figures.map(([name, value, note]) => (
          <div key={name}>
            <dt className="crmjira-sub">{name}</dt>
            <dd>
              <b>{number(value)}</b>
              <span className="crmjira-sub">{note}</span>
            </dd>
          </div>
        ))}
      </dl>
      <div className="page-filters" role="group" aria-label={say('adLists')}>
        {LISTS.map((one) => (
          <button key={one} type="button" className="page-pill" aria-pressed={one === list} onClick={() => show(one)}>
            {say('adListOf', { name: say(NAMES[one]), n: number(of[one]) })}
          </button>
        ))}
      </div>
      {lists[list].length === 0 ? (
        <p className="crmjira-sub">{say('adNone')}</p>
      ) : (
        <ScrollTable name={say(NAMES[list])} className="enter-plain">
          <thead>
            <tr>
              <th scope="col">{say('adUser')}</th>
              <th scope="col">{say('adInDirectory')}</th>
              <th scope="col">{say('adDoes')}</th>
            </tr>
          </thead>
          <tbody>
            {lists[list].map(({ who, where, team }) => (
              <tr key={`${where} ${team ?? ''} ${who}`}>
                <th scope="row">{who}</th>
                <td>{where}</td>
                <td>{does(team)}</td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
      {lists[list].length < of[list] && (
        <p className="crmjira-sub">{say('adShown', { n: number(lists[list].length) })}</p>
      )}
      {list === 'flagged' && counts.flagged > 0 && (
        <p className="crmjira-sub">
          {counted(say, 'adStill', counts.flagged, format)}
          {onBothSides > 0 && ` ${counted(say, 'adBoth', onBothSides, format)}`}
        </p>
      )}
    </>
  );
}

/** Teams that change, and their sum. */
export function TeamsThatChange({ preview, say, format }: Shown): React.ReactElement | null {
  const { teams } = preview;
  if (teams.length === 0) return null;
  const columns = ['wanted', 'now', 'added', 'removed'] as const;
  const sum = (column: (typeof columns)[number]): number => teams.reduce((all, team) => all + team[column], 0);
  return (
    <section className="page-card">
      <h2>{say('adTeams')}</h2>
      <ScrollTable name={say('adTeams')} className="enter-plain">
        <thead>
          <tr>
            <th scope="col">{say('adTeam')}</th>
            {(['adInGroup', 'adInTeam', 'adAdded', 'adRemoved'] as const).map((name) => (
              <th key={name} scope="col" className="page-number">
                {say(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {teams.map((team) => (
            <tr key={team.name}>
              <th scope="row">{team.name}</th>
              {columns.map((column) => (
                <td key={column} className="page-number">
                  {format.number(team[column])}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">
              <b>{say('adTotal')}</b>
            </th>
            {columns.map((column) => (
              <td key={column} className="page-number">
                <b>{format.number(sum(column))}</b>
              </td>
            ))}
          </tr>
        </tbody>
      </ScrollTable>
    </section>
  );
}
