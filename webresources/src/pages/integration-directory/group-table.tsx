import * as React from 'react';
import { textField } from '@crmjira/form-data';
import type { EnterSay } from '../integrations/enter-view';
import { Notice } from '../platform/notice';
import type { PageFormat } from '../platform/page-format';
import { readRows } from '../platform/read-rows';
import { ScrollTable } from '../platform/scroll-table';
import type { FoundGroup, GroupTeam } from './directory-found';

export interface Team {
  readonly id: string;
  readonly name: string;
}

/** Teams whose members a sync may choose: owner teams, not those that each business unit has by itself. */
const OWNER_TEAM = 0;

/** @throws what the client API throws */
export async function readTeams(): Promise<readonly Team[]> {
  const rows = await readRows(
    'team',
    `?$select=teamid,name&$filter=teamtype eq ${OWNER_TEAM} and isdefault eq false&$orderby=name`,
  );
  return rows.map((row) => ({ id: textField(row, 'teamid') ?? '', name: textField(row, 'name') ?? '' }));
}

/** Which team has whose members; a group without a team is left out (R-1605). */
export function GroupTable(props: {
  readonly found: readonly FoundGroup[];
  readonly mapped: readonly GroupTeam[];
  readonly teams: readonly Team[];
  readonly say: EnterSay;
  readonly format: PageFormat;
  readonly onTeam: (groupDn: string, teamId: string) => void;
}): React.ReactElement {
  const { found, mapped, teams, say, format, onTeam } = props;
  const teamOf = (dn: string): string => mapped.find(({ groupDn }) => groupDn === dn)?.teamId ?? '';
  // What is mapped stands here, also where the search does not find it any more.
  const gone = mapped.filter(({ groupDn }) => !found.some(({ dn }) => dn === groupDn));
  const groups = [...found, ...gone.map(({ groupDn }) => ({ dn: groupDn, name: groupDn }))];
  const left = groups.filter(({ dn }) => teamOf(dn) === '');
  return (
    <>
      <ScrollTable name={say('adGroups')} className="enter-table">
        <thead>
          <tr>
            <th scope="col">{say('adGroup')}</th>
            <th scope="col">{say('adTeam')}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ dn, name }) => (
            <tr key={dn}>
              <th scope="row">
                {name}
                <small>{dn}</small>
              </th>
              <td className="enter-cell">
                <select
                  className="page-input"
                  aria-label={say('adTeamOf', { group: name })}
                  value={teamOf(dn)}
                  onChange={(event) => onTeam(dn, event.currentTarget.value)}
                >
                  <option value="">{say('adNoTeam')}</option>
                  {teams.map((team) => (
                    <option key={team.id} value={team.id}>
                      {team.name}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {left.length > 0 && left.length < groups.length && (
        <Notice
          tone="neutral"
          icon="Info"
          strong={say(left.length === 1 ? 'adLeftOne' : 'adLeft', {
            n: format.number(left.length),
            groups: left.map(({ name }) => name).join(', '),
          })}
          text={say('adLeftNext')}
        />
      )}
    </>
  );
}
